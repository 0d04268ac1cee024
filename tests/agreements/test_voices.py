"""Voting, and writing down for somebody, one refusal at a time."""

from datetime import timedelta

import pytest

from hedgerow.agreements import actions, rules
from hedgerow.agreements.models import Channel, Outcome, Voice
from hedgerow.core.models import Event
from hedgerow.people import actions as people
from hedgerow.people.access import visible
from hedgerow.people.models import Role
from tests.factories import (
    MandateFactory,
    MemberFactory,
    reader,
)

from .polls import TUESDAY, days_later, on, poll, refusal

pytestmark = pytest.mark.django_db


# --- speaking


def test_a_voice_is_changed_by_saying_it_again_and_the_older_one_is_kept():
    p = poll()
    with on(TUESDAY):
        before = p.says(p.core, "disagree")
        after = p.says(p.core, "agree")

    before.refresh_from_db()
    assert before.ended_at and not before.is_undone
    assert p.standing() == {after.organisation_id: "agree"}


def test_the_same_said_again_is_one_voice_and_one_event():
    p = poll()
    with on(TUESDAY):
        assert p.says(p.core) == p.says(p.core)
    assert Event.objects.filter(did__startswith="agreements.voice").count() == 1


def test_a_second_voice_for_an_organisation_by_its_deputy_is_the_same_voice():
    p = poll()
    deputy = p.team.seats[Role.DEPUTY]
    with on(TUESDAY):
        MandateFactory(deputy=deputy, given_by=p.team.core)
        p.says(p.core, "agree")
        p.says(deputy, "abstain")

    assert p.standing() == {deputy.organisation_id: "abstain"}


def test_a_deputy_without_a_mandate_for_today_does_not_vote():
    p = poll()
    deputy = p.team.seats[Role.DEPUTY]
    with on(TUESDAY):
        MandateFactory(deputy=deputy, given_by=p.team.core)
    with on(TUESDAY + timedelta(days=1)):
        assert "on the days on which they stand in" in refusal(p.says, by=deputy)


@pytest.mark.parametrize(
    ("role", "sentence"),
    [
        (Role.STAFF, "staff have no vote"),
        (Role.FACILITATOR, "A facilitator has no vote"),
        (Role.SUPPORTER, "Supporters have no vote"),
        (Role.SPONSOR, "Sponsors have no vote"),
    ],
)
def test_no_other_seat_has_a_vote(role, sentence):
    p = poll()
    with on(TUESDAY):
        assert sentence in refusal(p.says, by=p.team.seats[role])


def test_a_seat_that_ended_or_is_elsewhere_has_no_vote():
    p, elsewhere = poll(), poll()
    with on(TUESDAY):
        assert "no seat in" in refusal(p.says, by=elsewhere.core)
        people.end_seat(by=p.second, seat=p.team.second)
        assert "no seat in" in refusal(p.says, by=p.second)


def test_whose_organisation_only_supports_the_cluster_has_no_vote():
    p = poll()
    member = p.team.cluster.members.get(organisation=p.team.second.organisation)
    member.is_second_tier = True
    member.save()
    with on(TUESDAY):
        assert "supports" in refusal(p.says, by=p.second)
        assert "supports" in refusal(p.writes, organisation=member.organisation)


@pytest.mark.parametrize("stance", ["disagree", "block"])
def test_who_is_against_says_why(stance):
    p = poll()
    with on(TUESDAY):
        assert f"Say why you {stance}" in refusal(p.says, by=p.core, stance=stance, reason="  ")
        assert p.says(p.core, stance).reason


def test_with_several_options_agreeing_is_to_one_of_these():
    p, other = poll(options=["A van", "A bicycle"]), poll()
    with on(TUESDAY):
        assert "Choose which" in refusal(p.says, by=p.core)
        assert "not among them" in refusal(p.says, by=p.core, option=other.option(1))
        assert p.says(p.core, option=p.option(2)).option == p.option(2)
        assert p.says(p.core, "abstain", option=p.option(2)).option is None


def test_a_vote_after_closing_is_refused_and_the_outcome_stays():
    p = poll()
    with on(TUESDAY):
        p.all_agree()
    with on(days_later(0)):
        assert "The votes are being counted" in refusal(p.says, by=p.core, stance="block")
        closed = p.closed_by_the_clock()
        assert "was closed on 10 March 2026" in refusal(p.says, by=p.core, stance="block")
    assert closed.outcome == Outcome.CARRIED


def test_a_voice_for_somebody_cannot_be_slipped_in_as_ones_own():
    p = poll()
    with on(TUESDAY), pytest.raises(ValueError):
        p.says(p.core, channel=Channel.PHONE)


# --- written down for somebody


def test_what_is_written_down_counts_and_says_who_wrote_it_and_how():
    p = poll()
    with on(TUESDAY):
        voice = p.writes(p.team.second.organisation, "abstain", channel=Channel.PAPER)

    assert (voice.by, voice.recorded_by) == (p.team.second, p.team.facilitator)
    assert (voice.channel, voice.confirmed_at) == ("paper", None)
    assert p.standing() == {voice.organisation_id: "abstain"}


def test_only_a_facilitator_writes_down_for_others():
    p = poll()
    with on(TUESDAY):
        said = refusal(p.writes, organisation=p.team.second.organisation, by=p.core)
    assert "Only a facilitator" in said


def test_it_says_how_it_came():
    p = poll()
    with on(TUESDAY):
        said = refusal(p.writes, organisation=p.team.second.organisation, channel=Channel.PAGE)
    assert "Say how it reached you" in said


def test_nothing_is_written_down_for_an_organisation_nobody_sits_for():
    p = poll()
    with on(TUESDAY):
        people.end_seat(by=p.second, seat=p.team.second)
        said = refusal(p.writes, organisation=p.team.second.organisation)
        assert "Nobody sits in the Core Group for" in said
        stranger = MemberFactory().organisation
        assert "not a member of" in refusal(p.writes, organisation=stranger)


def test_what_they_said_themselves_is_not_written_over():
    p = poll()
    with on(TUESDAY):
        own = p.says(p.second, "disagree")
        said = refusal(p.writes, organisation=p.team.second.organisation)
        assert "spoke for itself on 3 March 2026" in said
    assert p.standing() == {own.organisation_id: "disagree"}


def test_what_they_confirmed_is_not_written_over():
    p = poll()
    with on(TUESDAY):
        actions.confirm_voice(by=p.second, voice=p.writes(p.team.second.organisation))
        said = refusal(p.writes, organisation=p.team.second.organisation, stance="abstain")
    assert "confirmed what was written down" in said


def test_what_was_written_down_wrongly_is_written_down_anew():
    p = poll()
    with on(TUESDAY):
        first = p.writes(p.team.second.organisation, "abstain")
        again = p.writes(p.team.second.organisation, "agree")
        same = p.writes(p.team.second.organisation, "agree")

    first.refresh_from_db()
    assert first.ended_at and not first.is_undone and same == again
    assert p.standing() == {again.organisation_id: "agree"}


def test_their_own_word_takes_the_place_of_what_was_written_down():
    p = poll()
    with on(TUESDAY):
        written = p.writes(p.team.second.organisation)
        own = p.says(p.second)

    written.refresh_from_db()
    assert written.ended_at and own != written and own.recorded_by is None


def test_undoing_brings_nothing_back():
    p = poll()
    with on(TUESDAY):
        p.writes(p.team.second.organisation, "abstain")
        actions.undo_voice(by=p.second, voice=p.writes(p.team.second.organisation, "agree"))

    assert p.standing() == {}
    assert Voice.objects.filter(is_undone=True).count() == 1


@pytest.mark.parametrize("answer", [actions.confirm_voice, actions.undo_voice])
def test_only_they_answer_what_was_written_down_for_them(answer):
    p = poll()
    with on(TUESDAY):
        voice = p.writes(p.team.second.organisation)
        assert "only they can answer it" in refusal(answer, by=p.third, voice=voice)
        assert "facilitator has no vote" in refusal(answer, by=p.facilitator, voice=voice)
        own = p.says(p.third)
        assert "You said this yourselves" in refusal(answer, by=p.third, voice=own)


@pytest.mark.parametrize("answer", [actions.confirm_voice, actions.undo_voice])
def test_what_counts_no_more_is_not_answered(answer):
    p = poll()
    with on(TUESDAY):
        voice = p.writes(p.team.second.organisation)
        p.says(p.second)
        assert "has spoken since" in refusal(answer, by=p.second, voice=voice)
        other = p.writes(p.team.third.organisation)
        actions.undo_voice(by=p.third, voice=other)
        assert "undone already" in refusal(answer, by=p.third, voice=other)


def test_what_was_confirmed_is_not_undone_but_voted_on_again():
    p = poll()
    with on(TUESDAY):
        voice = p.writes(p.team.second.organisation)
        actions.confirm_voice(by=p.second, voice=voice)
        actions.confirm_voice(by=p.second, voice=voice)
        assert "say it again" in refusal(actions.undo_voice, by=p.second, voice=voice)
        p.says(p.second, "abstain")
    assert Event.objects.filter(did="agreements.voice_confirmed").count() == 1


def test_after_closing_it_can_be_confirmed_but_not_undone():
    p = poll(quorum_percent=0)
    with on(TUESDAY):
        voice = p.writes(p.team.second.organisation)
    p.closed_by_the_clock()
    with on(days_later(1)):
        assert "was closed on" in refusal(actions.undo_voice, by=p.second, voice=voice)
        assert actions.confirm_voice(by=p.second, voice=voice).confirmed_at


# --- who may, asked of the rules


def test_the_rules_and_the_actions_agree_on_who_may_vote():
    p = poll()
    deputy = p.team.seats[Role.DEPUTY]
    with on(TUESDAY):
        MandateFactory(deputy=deputy, given_by=p.team.core)
        for seat in (*p.team.seats.values(), p.team.second):
            may = p.decision in visible(reader(seat), rules.SPEAK)
            assert may == (seat.role in (Role.CORE, Role.DEPUTY))
            if may:
                p.says(seat)
            else:
                refusal(p.says, by=seat)
