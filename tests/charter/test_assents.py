"""Each member's yes to the rules: its own, by letter, or written down for it."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from hedgerow.agreements.models import Channel
from hedgerow.charter import actions
from hedgerow.charter.models import Assent, RuleSet
from hedgerow.charter.prompts.rules import of_rules
from hedgerow.charter.queries.rules import assent_state, version_lines
from hedgerow.charter.rule_letters import BY_LETTER
from hedgerow.core import clock, links
from hedgerow.core.actions import Refused, Stale
from hedgerow.core.actors import Actor
from hedgerow.core.models import Event, Mail
from hedgerow.front.digest import letter_for
from hedgerow.people.actions import leave_cluster
from hedgerow.people.models import Member, Role
from tests.at_once import all_at_once
from tests.factories import MandateFactory, MemberFactory, SeatFactory, actor, scene, signed_in
from tests.factories import reader as reader_of_seat

from .scenes_rules import RULES, rule_set

pytestmark = pytest.mark.django_db

CHANGED = (RULES[0], replace(RULES[1], sentence="We pass on all that helps."), RULES[2])


@pytest.fixture
def s():
    return scene()


def words_of(response):
    return " ".join(response.content.decode().split())


def agree(s, seat=None, **more):
    return actions.assent(by=actor(seat or s.own.core), rule_set=rule_set(s), **more)


def change(s):
    return actions.lay_down_rules(
        by=actor(s.own.facilitator),
        cluster=s.cluster,
        rules=CHANGED,
        reason="It was too narrow.",
        after=1,
    )


def write_down(s, organisation=None, channel=Channel.PAPER, **more):
    return actions.record_assent(
        by=actor(s.own.facilitator),
        rule_set=rule_set(s),
        organisation=organisation or s.own.organisations[0],
        channel=channel,
        **more,
    )


def prompts_of(seat):
    return {
        prompt.key.split(":")[0]: prompt for prompt in of_rules(reader_of_seat(seat), clock.today())
    }


def rules_url(s):
    return reverse("charter:rules", args=[s.cluster.pk])


# --- saying yes


def test_a_member_agrees_by_whom_when_and_with_what_note(s):
    said = agree(s, note=" As far as our board allows. ")

    assert (said.organisation, said.by, said.channel) == (
        s.own.organisations[0],
        s.own.core,
        "page",
    )
    assert said.note == "As far as our board allows."
    (line,) = assent_state(s.cluster).agreed
    assert line.by == f"Chief executive, {s.own.organisations[0]}"
    assert line.on == clock.today()
    event = Event.objects.get(did="charter.assented")
    assert event.detail == {"organisation": s.own.organisations[0].pk, "number": 1}


def test_the_state_counts_full_members_only_and_names_who_is_missing(s):
    assert assent_state(s.cluster).rule_set is None
    agree(s)

    state = assent_state(s.cluster)

    assert state.n_members == 3
    assert state.in_short == "one of three members has agreed"
    assert set(state.missing) == {str(one) for one in s.own.organisations[1:]}
    assert not state.is_whole
    for seat in (s.own.second, s.own.third):
        agree(s, seat)
    assert assent_state(s.cluster).is_whole


def test_agreeing_twice_is_agreeing_once(s):
    first = agree(s, note="Gladly.")

    assert agree(s) == agree(s, note="Gladly.") == first
    with pytest.raises(Refused, match="Take that back first"):
        agree(s, note="Less gladly.")
    assert Event.objects.filter(did="charter.assented").count() == 1


def test_a_note_has_a_length(s):
    for act in (agree, write_down):
        with pytest.raises(Refused, match="2,000 characters"):
            act(s, note="x" * 2001)


def test_a_change_asks_everybody_again_and_keeps_what_was_said(s):
    agree(s)
    change(s)

    assert assent_state(s.cluster).agreed == ()
    assert len(assent_state(s.cluster).missing) == 3
    newest, first = version_lines(s.cluster)
    assert (newest.agreed, len(first.agreed)) == ((), 1)


def test_who_agrees_to_what_no_longer_holds_is_told_what_does(s):
    old = rule_set(s)
    change(s)

    with pytest.raises(Stale, match="version 2 holds now, in place of version 1"):
        actions.assent(by=actor(s.own.core), rule_set=old)
    assert not Assent.objects.exists()


def test_a_deputy_agrees_on_the_days_on_which_they_stand_in_and_on_no_other(s):
    deputy = s.seats[Role.DEPUTY]
    with pytest.raises(Refused, match="on the days on which they stand in"):
        agree(s, deputy)
    MandateFactory(deputy=deputy)

    said = agree(s, deputy)

    assert (said.by, said.organisation) == (deputy, s.own.organisations[0])
    assert agree(s) == said, "one voice an organisation"


@pytest.mark.parametrize("role", [Role.STAFF, Role.SUPPORTER, Role.FACILITATOR, Role.SPONSOR])
def test_nobody_else_agrees_for_anybody(s, role):
    with pytest.raises(Refused, match="Only a Core Group member"):
        agree(s, s.seats[role])


def test_of_another_cluster_or_a_seat_that_ended_nobody_agrees(s):
    with pytest.raises(Refused, match="You have no seat"):
        agree(s, s.neighbour.core)
    s.own.core.ended_at = clock.now()
    s.own.core.save()
    with pytest.raises(Refused, match="You have no seat"):
        agree(s)


def test_what_is_taken_back_is_missing_again_and_stays_in_the_history(s):
    said = agree(s)

    actions.take_back_assent(by=actor(s.own.core), assent=said)

    assert len(assent_state(s.cluster).missing) == 3
    (version,) = version_lines(s.cluster)
    assert version.agreed[0].ended_on == clock.today()
    with pytest.raises(Refused, match="was taken back or undone on"):
        actions.take_back_assent(by=actor(s.own.core), assent=said)
    assert agree(s) != said


def test_nobody_takes_back_what_another_organisation_said(s):
    said = agree(s)

    with pytest.raises(Refused, match="This is for"):
        actions.take_back_assent(by=actor(s.own.second), assent=said)


def test_in_a_cluster_that_has_ended_nobody_agrees_or_takes_back(s):
    said = agree(s)
    s.cluster.ended_at = clock.now()
    s.cluster.save()

    for act in (
        lambda: agree(s, s.own.second),
        lambda: write_down(s, s.own.organisations[1]),
        lambda: actions.take_back_assent(by=actor(s.own.core), assent=said),
    ):
        with pytest.raises(Refused, match="ended on"):
            act()


# --- written down for somebody


@pytest.mark.parametrize("channel", [Channel.PHONE, Channel.PAPER, Channel.TABLE])
def test_what_is_written_down_counts_says_so_and_waits(s, channel):
    said = write_down(s, channel=channel, note="Signed on Tuesday.")

    assert (said.by, said.recorded_by) == (s.own.core, s.own.facilitator)
    state = assent_state(s.cluster)
    assert len(state.agreed) == 1
    assert state.waiting_to_confirm == (str(s.own.organisations[0]),)
    assert state.agreed[0].recorded_by == f"Chief executive, {s.cluster}"


@pytest.mark.parametrize("channel", ["page", "link", "pigeon", ""])
def test_only_ways_in_which_somebody_writes_it_down_can_be_written_down(s, channel):
    with pytest.raises(Refused, match="Say how they told you"):
        write_down(s, channel=channel)


def test_nothing_is_written_down_for_who_agreed_supports_or_is_not_there(s):
    agree(s)
    with pytest.raises(Refused, match="already"):
        write_down(s)
    for stranger in (s.seats[Role.SUPPORTER].organisation, s.neighbour.organisations[0]):
        with pytest.raises(Refused, match="Only full members"):
            write_down(s, stranger)


def test_where_nobody_sits_for_a_member_nobody_can_have_agreed(s):
    s.own.second.ended_at = clock.now()
    s.own.second.save()

    with pytest.raises(Refused, match="has no Core Group member just now"):
        write_down(s, s.own.organisations[1])


def test_its_own_people_confirm_it_once(s):
    said = write_down(s)
    with pytest.raises(Refused, match="Confirm it or undo it"):
        actions.take_back_assent(by=actor(s.own.core), assent=said)
    for _ in range(2):
        said = actions.confirm_assent(by=actor(s.own.core), assent=said)

    assert (said.confirmed_by, assent_state(s.cluster).waiting_to_confirm) == (s.own.core, ())
    assert Event.objects.filter(did="charter.assent_confirmed").count() == 1
    with pytest.raises(Refused, match="Take it back if it holds no longer"):
        actions.undo_assent(by=actor(s.own.core), assent=said)
    actions.take_back_assent(by=actor(s.own.core), assent=said)


def test_its_own_people_undo_it_and_can_agree_themselves(s):
    said = write_down(s)

    actions.undo_assent(by=actor(s.own.core), assent=said)

    assert assent_state(s.cluster).agreed == ()
    assert agree(s).recorded_by is None
    with pytest.raises(Refused, match="was taken back or undone"):
        actions.confirm_assent(by=actor(s.own.core), assent=said)


def test_nobody_confirms_or_undoes_for_another(s):
    said = write_down(s)

    for act in (actions.confirm_assent, actions.undo_assent):
        for seat in (s.own.second, s.own.facilitator, s.seats[Role.STAFF]):
            with pytest.raises(Refused):
                act(by=actor(seat), assent=said)


def test_what_one_said_oneself_is_neither_confirmed_nor_undone(s):
    said = agree(s)

    with pytest.raises(Refused, match="nothing to confirm"):
        actions.confirm_assent(by=actor(s.own.core), assent=said)
    with pytest.raises(Refused, match="has said this itself"):
        actions.undo_assent(by=actor(s.own.core), assent=said)


def test_agreeing_oneself_confirms_what_was_written_down(s):
    said = write_down(s, note="Signed.")

    assert agree(s) == said
    said.refresh_from_db()
    assert said.confirmed_by == s.own.core


def test_agreeing_with_words_of_ones_own_takes_the_place_of_what_was_written_down(s):
    said = write_down(s, note="Signed.")

    own = agree(s, note="All but rule 2.")

    assert own != said
    assert [line.note for line in assent_state(s.cluster).agreed] == ["All but rule 2."]


def test_of_rules_that_no_longer_hold_nothing_is_confirmed(s):
    said = write_down(s)
    change(s)

    for act in (actions.confirm_assent, actions.undo_assent, actions.take_back_assent):
        with pytest.raises(Stale):
            act(by=actor(s.own.core), assent=said)


def test_the_database_holds_one_assent_an_organisation_and_says_who_wrote_it(s):
    told = {
        "rule_set": rule_set(s),
        "organisation": s.own.organisations[0],
        "by": s.own.core,
        "at": clock.now(),
    }
    agree(s)
    for wrong in (
        {"channel": "page"},
        {"channel": "paper", "ended_at": clock.now()},
        {"channel": "page", "recorded_by": s.own.facilitator, "ended_at": clock.now()},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Assent.objects.create(**told, **wrong)
    Assent.objects.create(**told, channel="page", ended_at=clock.now())


# --- who comes and goes


def test_an_organisation_that_leaves_is_not_counted_and_its_word_stays(s):
    agree(s, s.own.third)
    member = Member.objects.get(organisation=s.own.organisations[2])

    leave_cluster(by=actor(s.own.third), member=member)

    state = assent_state(s.cluster)
    assert (state.n_members, state.agreed) == (2, ())
    (version,) = version_lines(s.cluster)
    assert version.agreed[0].organisation == str(s.own.organisations[2])
    assert version.agreed[0].ended_on is None


def test_who_joins_later_is_asked(s):
    for seat in (s.own.core, s.own.second, s.own.third):
        agree(s, seat)
    member = MemberFactory(cluster=s.cluster, joined_at=clock.now())

    assert assent_state(s.cluster).missing == (str(member.organisation),)
    seat = SeatFactory(cluster=s.cluster, organisation=member.organisation)
    assert "charter.assent" in prompts_of(seat)


def test_who_left_and_comes_back_is_asked_again(s):
    first = agree(s, s.own.third)
    organisation = s.own.organisations[2]
    leave_cluster(by=actor(s.own.third), member=Member.objects.get(organisation=organisation))
    MemberFactory(cluster=s.cluster, organisation=organisation, joined_at=clock.now())
    again = SeatFactory(cluster=s.cluster, organisation=organisation)

    assert str(organisation) in assent_state(s.cluster).missing
    second = agree(s, again)

    assert second != first
    assert [line.key for line in assent_state(s.cluster).agreed] == [second.pk]


# --- what waits


def test_who_speaks_for_a_member_is_asked_and_after_that_no_longer(s):
    rule_set(s)

    prompt = prompts_of(s.own.core)["charter.assent"]

    assert prompt.sentence == "Read the ground rules, and agree to them"
    assert (prompt.act, prompt.act_on, prompt.act_version) == (BY_LETTER, rule_set(s).pk, 1)
    for role in (Role.FACILITATOR, Role.STAFF, Role.DEPUTY, Role.SUPPORTER):
        assert not prompts_of(s.seats[role])
    agree(s)
    assert not prompts_of(s.own.core)


def test_after_a_change_the_prompt_says_since_which_version_and_why(s):
    agree(s)
    change(s)

    prompt = prompts_of(s.own.core)["charter.assent"]
    assert prompt.sentence == "Agree to the ground rules as they are now"
    assert "since version 1, which you agreed to: It was too narrow." in prompt.why
    assert "what the members hold each other to" in prompts_of(s.own.second)["charter.assent"].why


def test_what_was_written_down_waits_for_its_own_people(s):
    said = write_down(s)

    prompt = prompts_of(s.own.core)["charter.confirm"]
    assert prompt.url == reverse("charter:confirm_assent", args=[said.pk])
    assert "charter.confirm" not in prompts_of(s.own.second)
    actions.confirm_assent(by=actor(s.own.core), assent=said)
    assert not prompts_of(s.own.core)


def test_many_members_cost_a_prompt_no_more_queries(s):
    rule_set(s)

    def price():
        with CaptureQueriesContext(connection) as asked:
            list(of_rules(reader_of_seat(s.own.core), clock.today()))
        return len(asked)

    few = price()
    for seat in (s.own.second, s.own.third):
        agree(s, seat)
    MemberFactory(cluster=s.cluster)
    assert price() == few


# --- pages


def test_the_leaders_own_part_is_one_page_and_one_button(client, s):
    rule_set(s)
    signed_in(client, s.own.core)
    home = words_of(client.get(reverse("home")))
    url = reverse("charter:assent", args=[rule_set(s).pk])
    assert url in home

    page = words_of(client.get(url))
    assert "Do you agree to these rules?" in page
    assert "We pass on what helps." in page
    answer = client.post(url, {"note": ""})

    assert answer["Location"] == rules_url(s)
    assert "Agreed: version 1 holds for you." in words_of(client.get(answer["Location"]))


def test_the_page_shows_what_changed_since_the_version_one_agreed_to(client, s):
    agree(s)
    change(s)
    signed_in(client, s.own.core)

    for url in (reverse("charter:assent", args=[rule_set(s).pk]), rules_url(s)):
        page = words_of(client.get(url))
        assert "Why: It was too narrow." in page
        assert "It said: <s>We pass on what helps.</s>" in page
        assert "It says now: We pass on all that helps." in page


def test_who_presses_after_a_change_is_told_and_led_to_the_new_version(client, s):
    old = rule_set(s)
    signed_in(client, s.own.core)
    change(s)

    answer = client.post(reverse("charter:assent", args=[old.pk]))

    page = words_of(answer)
    assert answer.status_code == 409
    assert "version 2 holds now" in page
    assert reverse("charter:assent", args=[rule_set(s).pk]) in page
    assert "We agree" not in page


def test_the_facilitator_writes_it_down_and_its_people_confirm_it_on_the_pages(client, s):
    organisation = s.own.organisations[0]
    url = reverse("charter:record_assent", args=[rule_set(s).pk, organisation.pk])
    signed_in(client, s.own.facilitator)
    assert url in words_of(client.get(rules_url(s)))
    assert client.get(url).status_code == 200
    assert client.post(url, {"note": "x"}).status_code == 422
    assert client.post(url, {"channel": "paper", "note": "Signed."}).status_code == 302
    assert client.post(url, {"channel": "paper"}).status_code == 409
    assert "still to be confirmed by them" in words_of(client.get(rules_url(s)))

    said = Assent.objects.get()
    confirm = reverse("charter:confirm_assent", args=[said.pk])
    signed_in(client, s.own.second)
    assert client.get(confirm).status_code == 403
    signed_in(client, s.own.core)
    assert "Confirm or undo it" in words_of(client.get(rules_url(s)))
    assert "Yes, we agreed" in words_of(client.get(confirm))
    assert client.post(confirm).status_code == 302
    assert "confirmed by Chief executive" in words_of(client.get(rules_url(s)))
    assert "confirmed it." in words_of(client.get(confirm))


def test_what_was_written_down_is_undone_and_taken_back_on_the_pages(client, s):
    said = write_down(s)
    signed_in(client, s.own.core)
    undo = reverse("charter:undo_assent", args=[said.pk])
    assert client.get(undo).status_code == 405
    assert client.post(undo).status_code == 302
    refused = client.post(undo)
    assert refused.status_code == 409
    assert "was taken back or undone on" in words_of(refused)
    confirm = client.post(reverse("charter:confirm_assent", args=[said.pk]))
    assert confirm.status_code == 409
    assert "Yes, we agreed" not in words_of(confirm)

    own = agree(s)
    assert "Take it back" in words_of(client.get(rules_url(s)))
    answer = client.post(reverse("charter:take_back_assent", args=[own.pk]))
    page = words_of(client.get(answer["Location"]))
    assert "That you had agreed stays in the history." in page
    assert "Taken back or undone on" in page


def test_nothing_can_be_written_down_for_who_is_no_full_member(client, s):
    signed_in(client, s.own.facilitator)
    rules = rule_set(s).pk
    for stranger in (s.seats[Role.SUPPORTER].organisation, s.neighbour.organisations[0]):
        url = reverse("charter:record_assent", args=[rules, stranger.pk])
        assert client.get(url).status_code == 404


@pytest.mark.parametrize(
    ("role", "status"),
    [
        (Role.CORE, 200),
        (Role.DEPUTY, 403),
        (Role.STAFF, 403),
        (Role.FACILITATOR, 403),
        (Role.SUPPORTER, 403),
        (Role.SPONSOR, 404),
        (Role.MANAGER, 404),
    ],
)
def test_only_who_speaks_for_a_member_meets_the_button(client, s, role, status):
    signed_in(client, s.seats[role])

    assert client.get(reverse("charter:assent", args=[rule_set(s).pk])).status_code == status


# --- letters


def link_in(mail):
    return re.search(r"/charter/by-letter/assent/\S+", mail.text)[0]


def token(s, seat=None, **changes):
    seat = seat or s.own.core
    told = {
        "person": seat.user_id,
        "seat": seat.pk,
        "about": rule_set(s).pk,
        "version": 1,
        "expires_at": clock.now() + timedelta(days=7),
    }
    return links.make(BY_LETTER, **{**told, **changes})


def by_letter(token):
    return reverse("charter:assent_by_letter", args=[token])


def test_a_letter_goes_to_each_core_seat_and_to_nobody_else(s):
    rule_set(s)

    mails = Mail.objects.filter(why="assent")
    assert set(mails.values_list("person", flat=True)) == {
        seat.user_id for seat in (s.own.core, s.own.second, s.own.third)
    }
    mail = mails.get(person=s.own.core.user_id)
    assert mail.subject == f"Do you agree to the rules: {s.cluster}"
    assert "1. Turn up (essential)" in mail.text
    assert "We pass on what helps." in mail.text


def test_after_a_change_the_letter_says_what_is_different_and_why(s):
    change_of = rule_set(s)
    change(s)

    mail = Mail.objects.filter(why="assent", person=s.own.core.user_id).latest("pk")
    assert change_of.number == 1
    assert mail.subject == f"The rules have changed: {s.cluster}"
    assert "Why: It was too narrow." in mail.text
    assert "It says now: We pass on all that helps." in mail.text
    assert "different from version 1" in mail.text


def test_the_people_of_the_example_and_closed_accounts_are_not_written_to(s):
    user = s.own.core.user
    user.is_example, user.name = True, ""
    user.save()
    s.own.second.user.is_active = False
    s.own.second.user.save()
    s.own.third.ended_at = clock.now()
    s.own.third.save()

    rule_set(s)

    assert not Mail.objects.filter(why="assent").exists()


def test_a_letter_shows_first_and_acts_on_one_button_once(client, s):
    rule_set(s)
    url = link_in(Mail.objects.get(person=s.own.core.user_id))

    page = words_of(client.get(url))
    assert "We agree" in page
    assert not Assent.objects.exists()

    page = words_of(client.post(url, {"note": "Gladly."}))
    assert "Agreed: version 1 holds for you" in page
    said = Assent.objects.get()
    assert (said.by, said.channel, said.note) == (s.own.core, "link", "Gladly.")

    again = client.post(url)
    assert again.status_code == 409
    assert "works once" in words_of(again)
    assert "We agree" not in words_of(again)
    assert Assent.objects.count() == 1


def test_a_used_link_does_not_agree_again_for_who_took_it_back(client, s):
    url = by_letter(token(s))
    client.post(url)
    actions.take_back_assent(by=actor(s.own.core), assent=Assent.objects.get())

    assert client.post(url).status_code == 409
    assert assent_state(s.cluster).agreed == ()


def test_a_forged_an_expired_and_a_half_link_open_nothing(client, s):
    good = token(s)
    flipped = good[:-1] + ("A" if good[-1] != "A" else "B")
    old = token(s, expires_at=clock.now() - timedelta(minutes=1))
    other = links.make(
        "stands",
        person=s.own.core.user_id,
        seat=s.own.core.pk,
        about=rule_set(s).pk,
        version=1,
        expires_at=clock.now() + timedelta(days=1),
    )
    for wrong in (flipped, old, other, good[:10]):
        assert client.post(by_letter(wrong)).status_code == 410
    assert not Assent.objects.exists()


def test_a_link_is_for_one_version_one_seat_and_one_cluster(client, s):
    elsewhere = actions.lay_down_rules(
        by=actor(s.neighbour.facilitator), cluster=s.neighbour.cluster, rules=RULES, after=0
    )
    for wrong in (
        token(s, version=2),
        token(s, about=elsewhere.pk),
        token(s, about=999_999),
        token(s, s.own.facilitator),
        token(s, s.seats[Role.STAFF]),
        token(s, s.seats[Role.DEPUTY]),
    ):
        assert client.post(by_letter(wrong)).status_code in (404, 410)
    url = by_letter(token(s))
    s.own.core.ended_at = clock.now()
    s.own.core.save()
    assert client.post(url).status_code == 410
    assert not Assent.objects.exists()


def test_a_letter_about_rules_that_have_changed_agrees_to_nothing(client, s):
    url = by_letter(token(s))
    change(s)

    assert "We agree" not in words_of(client.get(url))
    answer = client.post(url)
    assert answer.status_code == 409
    assert "version 2 holds now" in words_of(answer)
    assert not Assent.objects.exists()


def test_the_weekly_letter_has_the_link_that_agrees(client, s):
    rule_set(s)

    letter = letter_for(s.own.core.user, clock.today())

    assert client.post(link_in(letter)).status_code == 200
    assert Assent.objects.get().channel == "link"


def test_the_clock_agrees_to_nothing(s):
    with pytest.raises(Refused):
        actions.assent(by=Actor.clock(), rule_set=rule_set(s))


# --- at once


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_an_assent_never_lands_on_rules_that_change_at_the_same_moment():
    """Either it came before, and stands with the first version; or it is refused."""
    s = scene()
    old = rule_set(s)

    answers = all_at_once(
        lambda: change(s), lambda: actions.assent(by=actor(s.own.core), rule_set=old)
    )

    assert answers in (["done", "done"], ["done", "refused"])
    agreed, changed = (
        Event.objects.filter(did=did).order_by("number").first()
        for did in ("charter.assented", "charter.rules_laid_down")
    )
    second = Event.objects.filter(did="charter.rules_laid_down").latest("number")
    assert changed.number < second.number
    assert (agreed is None) == (answers == ["done", "refused"])
    assert agreed is None or agreed.number < second.number


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_of_many_who_write_from_one_version_at_once_one_lays_the_next_down():
    s = scene()
    rule_set(s)

    answers = all_at_once(*[lambda: change(s) for _ in range(4)])

    assert answers == ["done", *["refused"] * 3]
    assert RuleSet.objects.count() == 2


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_one_organisation_that_agrees_and_is_written_down_at_once_has_one_assent():
    s = scene()
    rule_set(s)

    answers = all_at_once(lambda: agree(s), lambda: agree(s), lambda: write_down(s))

    assert answers.count("done") >= 2
    assert Assent.objects.filter(ended_at=None).count() == 1
