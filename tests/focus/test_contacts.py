"""Whom to ask and what to check: one line each, what came of it, and striking one out."""

import pytest
from django.urls import reverse

from hedgerow.core import clock
from hedgerow.core.actions import Refused
from hedgerow.core.models import Event
from hedgerow.focus.actions import contacts as actions
from hedgerow.focus.models import Contact, ContactKind
from hedgerow.people.models import Role
from tests.factories import actor, signed_in
from tests.front.pages import cost_of, main_of, page, text_of

from .found import withdrawn
from .scenes_ideas import idea_of

pytestmark = pytest.mark.django_db


def added(seat, cluster=None, idea=None, words="Head of training at the council.") -> Contact:
    return actions.add_contact(
        by=actor(seat),
        cluster=cluster or seat.cluster,
        idea=idea,
        kind=ContactKind.PERSON,
        words=words,
    )


def url(name, thing):
    return reverse(f"focus:{name}", args=[thing.pk])


@pytest.mark.parametrize(
    "role", [Role.CORE, Role.DEPUTY, Role.STAFF, Role.FACILITATOR, Role.SUPPORTER]
)
def test_anybody_round_the_table_adds_a_line(s, role):
    idea = idea_of(s.own)

    contact = added(s.seats[role], idea=idea)

    assert (contact.idea, contact.by) == (idea, s.seats[role])
    assert Event.objects.get(did="focus.contact_added").detail == {
        "idea": idea.pk,
        "kind": "person",
    }


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("  ", "Say whom to ask"),
        ("x" * 201, "200 are the most"),
        ("Council\nA second line", "on one line"),
    ],
)
def test_what_is_not_one_short_line_is_refused(s, words, said):
    with pytest.raises(Refused, match=said):
        added(s.own.core, words=words)


def test_an_idea_that_is_off_the_list_gets_no_new_line(s):
    idea = withdrawn(idea_of(s.own))
    with pytest.raises(Refused, match="no longer on the long list"):
        added(s.own.core, idea=idea)
    with pytest.raises(ValueError, match="of its own cluster"):
        added(s.own.core, idea=idea_of(s.neighbour))


def test_somebody_without_a_seat_there_adds_nothing(s):
    with pytest.raises(Refused, match="no seat"):
        added(s.neighbour.core, cluster=s.cluster)


def test_what_came_of_it_is_written_beside_it(s):
    contact = added(s.own.core)

    actions.note_contact(by=actor(s.own.second), contact=contact, came_of=" Four places. ")
    actions.note_contact(by=actor(s.own.third), contact=contact, came_of="Four places.")

    assert Contact.objects.get().came_of == "Four places."
    assert Event.objects.filter(did="focus.contact_noted").count() == 1
    with pytest.raises(Refused, match="Say in a few words"):
        actions.note_contact(by=actor(s.own.second), contact=contact, came_of="")


def test_what_is_struck_out_stays_struck_out(s):
    contact = added(s.own.core)
    actions.strike_contact(by=actor(s.own.second), contact=contact)

    for do, words in (
        (actions.strike_contact, {}),
        (actions.note_contact, {"came_of": "Nothing."}),
    ):
        with pytest.raises(Refused, match="was struck out"):
            do(by=actor(s.own.core), contact=contact, **words)


def test_in_a_cluster_that_ended_nothing_is_added_or_struck(s):
    contact = added(s.own.core)
    s.cluster.ended_at = clock.now()
    s.cluster.save()
    contact = Contact.objects.get(pk=contact.pk)

    with pytest.raises(Refused):
        added(s.own.core)
    with pytest.raises(Refused):
        actions.strike_contact(by=actor(s.own.core), contact=contact)


# the pages


def test_those_round_the_table_read_the_list_and_nobody_else(client, s):
    added(s.own.core)
    inside = {Role.CORE, Role.DEPUTY, Role.STAFF, Role.FACILITATOR, Role.SUPPORTER}
    for role, seat in s.seats.items():
        page(client, url("contacts", s.cluster), seat, status=200 if role in inside else 404)
    page(client, url("contacts", s.cluster), s.neighbour.core, status=404)


def test_a_line_is_changed_by_members_and_the_facilitator(client, s):
    contact = added(s.own.core)
    able = {Role.CORE, Role.DEPUTY, Role.STAFF, Role.FACILITATOR}
    for role in (*able, Role.SUPPORTER, Role.MANAGER):
        status = 200 if role in able else 403 if role is Role.SUPPORTER else 404
        page(client, url("change_contact", contact), s.seats[role], status=status)
    page(client, url("change_contact", contact), s.neighbour.core, status=404)


def test_the_list_stands_by_idea_and_the_form_asks_for_roles(client, s):
    training, bus = idea_of(s.own), idea_of(s.own, "A bus")
    added(s.own.core, idea=bus, words="Depot manager at the bus firm.")
    added(s.own.core, words="The county’s grants office.")
    added(s.own.core, idea=training)

    shown = page(client, url("contacts", s.cluster), s.own.second)

    order = [shown.index(words) for words in ("Head of", "Depot manager", "The county’s")]
    assert order == sorted(order)
    assert "For all of it" in shown
    assert "No private telephone numbers or addresses" in shown


def test_a_line_is_added_noted_and_struck_by_form(client, s):
    idea = idea_of(s.own)
    core = signed_in(client, s.own.core)
    assert f'value="{idea.pk}" selected' in main_of(
        core.get(url("contacts", s.cluster), {"idea": idea.pk})
    )

    told = {"kind": "resource", "words": "The old minibus.", "idea": idea.pk}
    answer = core.post(url("add_contact", s.cluster), told, follow=True)
    contact = Contact.objects.get()
    assert "The old minibus." in text_of(answer)
    assert contact.kind == ContactKind.RESOURCE

    answer = core.post(url("change_contact", contact), {"came_of": "It runs."}, follow=True)
    assert "What came of it: It runs." in text_of(answer)

    answer = core.post(url("strike_contact", contact), follow=True)
    assert "The old minibus." not in text_of(answer)
    assert core.post(url("strike_contact", contact)).status_code == 409


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("Three firms in town", "Three firms in town. For “Shared training”."),
        ("Who lets halls?", "Who lets halls? For “Shared training”."),
        ("The depot.", "The depot. For “Shared training”."),
    ],
)
def test_a_line_that_is_no_sentence_ends_before_the_next_begins(client, s, words, shown):
    contact = added(s.own.core, idea=idea_of(s.own), words=words)

    assert shown in page(client, url("change_contact", contact), s.own.core)
    assert "Nobody has written down yet what came of it." in page(
        client, url("contacts", s.cluster), s.own.core
    )


def test_looking_at_the_address_that_strikes_strikes_nothing(client, s):
    contact = added(s.own.core)

    answer = signed_in(client, s.own.core).get(url("strike_contact", contact))

    assert answer["Location"] == url("change_contact", contact)
    assert Contact.objects.get().struck_at is None


def test_a_line_that_cannot_be_taken_comes_back_with_its_words(client, s):
    told = {"kind": "person", "words": "", "idea": ""}

    answer = signed_in(client, s.own.core).post(url("add_contact", s.cluster), told)

    assert answer.status_code == 422
    assert "Say whom to ask or what to check, and what for." in text_of(answer)
    assert signed_in(client, s.own.core).get(url("add_contact", s.cluster)).status_code == 405


def test_the_list_costs_the_same_however_long(client, s):
    added(s.own.core, idea=idea_of(s.own))
    core = signed_in(client, s.own.core)
    core.get(url("contacts", s.cluster))
    before = cost_of(core, url("contacts", s.cluster))

    for n in range(4):
        added(s.own.second, idea=idea_of(s.own, f"Idea {n}"))

    assert cost_of(core, url("contacts", s.cluster)) == before
