"""What the card of an idea says of its pair, and what the history tells of all of it."""

import pytest

from hedgerow.agreements import actions as agreements
from hedgerow.core import clock
from hedgerow.core.owners import Owner
from hedgerow.focus.actions import contacts
from hedgerow.focus.queries.studies import idea_more
from hedgerow.look.words import day
from hedgerow.people.models import Role
from hedgerow.people.queries.history import history_of
from tests.factories import actor, reader, signed_in
from tests.front.pages import page

from .found import handed_in, in_days, pair_on, proposed, withdrawn, wrote
from .scenes_ideas import idea_of
from .test_contacts import added

pytestmark = pytest.mark.django_db


@pytest.fixture
def idea(s):
    return idea_of(s.own)


def test_the_card_names_the_pair_the_report_and_whom_to_ask(client, s, idea):
    study = handed_in(s.own.core, pair_on(s.own, idea))
    contacts.note_contact(
        by=actor(s.own.core), contact=added(s.own.core, idea=idea), came_of="Four places."
    )
    added(s.own.core, words="For all of them.")

    shown = page(client, idea.get_absolute_url(), s.own.third)

    assert f"Handed in on {day(clock.today())}. Read the report" in shown
    assert "Head of training at the council. What came of it: Four places." in shown
    assert "For all of them." not in shown
    assert (
        study.get_absolute_url()
        in signed_in(client, s.own.third).get(idea.get_absolute_url()).content.decode()
    )


def test_a_pair_is_named_from_the_card_by_those_who_may_while_there_is_none(s, idea):
    def may(seat):
        return idea_more(reader(seat), idea).may_name_pair

    assert may(s.own.core)
    assert not may(s.own.seats[Role.STAFF])
    study = pair_on(s.own, idea)
    assert not may(s.own.core)
    agreements.let_go(by=actor(s.own.core), promise=study.promise, reason="No time.")
    assert may(s.own.core)
    withdrawn(idea)
    assert not may(s.own.core)


def test_the_old_pair_stays_on_the_card_with_why_it_let_go(client, s, idea):
    study = pair_on(s.own, idea)
    agreements.let_go(by=actor(s.own.core), promise=study.promise, reason="No time at all.")
    pair_on(s.own, idea, first=s.own.second, second=s.own.third)

    shown = page(client, idea.get_absolute_url(), s.own.core)

    assert "Why: No time at all." in shown
    assert shown.index("Due in 21 days") < shown.index("No time at all.")


def test_the_card_asks_the_same_however_much_there_is(s, idea, django_assert_max_num_queries):
    pair_on(s.own, idea)
    for n in range(4):
        added(s.own.core, idea=idea, words=f"Office {n}.")
    who = reader(s.own.core)

    with django_assert_max_num_queries(8):
        idea_more(who, idea)


def test_everything_that_is_done_is_told_in_a_sentence(s, idea):
    who = f"Chief executive, {s.own.core.organisation}"
    other = f"Chief executive, {s.own.second.organisation}"
    leads = f"Chief executive, {s.cluster}"
    study = wrote(s.own.core, pair_on(s.own, idea))
    handed_in(s.own.core, study)
    contact = added(s.own.core, idea=idea)
    contacts.note_contact(by=actor(s.own.core), contact=contact, came_of="Yes.")
    contacts.strike_contact(by=actor(s.own.core), contact=contact)
    added(s.own.core)
    proposed(s.own, idea)

    colleague = reader(s.own.seats[Role.DEPUTY])
    told = {
        line.sentence
        for owner, key in (
            (Owner.CLUSTER, s.cluster.pk),
            (Owner.ORGANISATION, s.own.core.organisation_id),
        )
        for line in history_of(colleague, owner=owner, key=key, limit=50)
    }

    by = day(in_days(21))
    assert told >= {
        f"{leads} asked {who}, and {other}, to look into “Shared training” by {by}.",
        f"{who} went on writing the report on “Shared training”.",
        f"{who} handed in the report on “Shared training”.",
        f"{who} wrote down somebody to ask for “Shared training”.",
        f"{who} wrote down what came of asking for “Shared training”.",
        f"{who} struck out a contact for “Shared training”.",
        f"{who} wrote down somebody to ask.",
        f"{who} put one idea to the vote as our focus, as decision 1.",
    }
