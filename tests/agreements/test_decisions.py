"""Putting something to the vote, closing it, withdrawing and reopening it, one refusal at a time."""

from datetime import time, timedelta

import pytest
from django.db import IntegrityError, transaction

from hedgerow.agreements import actions
from hedgerow.agreements.models import Decision, Meeting, Voice
from hedgerow.agreements.queries import voices
from hedgerow.agreements.queries.decision_log import log_rows
from hedgerow.core import clock
from hedgerow.core.actions import Refused, Stale
from hedgerow.core.models import Event
from hedgerow.people import actions as people
from hedgerow.people.models import Role
from tests.factories import (
    ClusterFactory,
    MemberFactory,
    SeatFactory,
    actor,
)

from .polls import CLOCK, CLOSES, OPENED, TUESDAY, WAYS, days_later, member_of, on, poll, refusal

pytestmark = pytest.mark.django_db


def proposing(p, **changes):
    return {
        "by": p.core,
        "cluster": p.team.cluster,
        "title": "We share a van",
        "words": "",
        "options": [],
        "way": WAYS["consent"],
        "closes_on": CLOSES,
        **changes,
    }


# --- opening


def test_a_proposal_has_its_number_its_options_and_the_way_as_it_stood():
    p = poll(options=["A van", "A bicycle"])

    assert p.decision.number == 1
    assert [option.words for option in p.decision.options.all()] == ["A van", "A bicycle"]
    assert p.decision.way["carries"] == "consent"
    assert poll(own=p.team).decision.number == 2


def test_a_plain_proposal_is_its_own_only_option():
    assert [option.words for option in poll().decision.options.all()] == ["We share a van"]


def test_it_is_open_until_the_end_of_the_day_in_london():
    p = poll()
    with on(days_later(-1), time(23, 59, 58)):
        p.says(p.core)
    with on(days_later(-1), time(23, 59, 59)):
        assert "ended on 9 March 2026" in refusal(p.says, by=p.second)


def test_in_summer_too_the_day_ends_when_it_ends_in_london():
    p = poll()
    with on(OPENED):
        summer = actions.propose(**proposing(p, closes_on=CLOSES.replace(month=7)))

    assert summer.closes_at.isoformat() == "2026-07-09T23:59:59+01:00"


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"title": " "}, "Say what is to be decided"),
        ({"title": "x" * 161}, "160 are the most"),
        ({"title": "Two\nlines"}, "on one line"),
        ({"words": "x" * 4001}, "4,000 are the most"),
        ({"options": ["A", "A"]}, "“A” is there twice"),
        ({"options": ["A", " "]}, "has no words"),
        ({"options": [str(n) for n in range(9)]}, "8 are the most"),
        ({"closes_on": OPENED - timedelta(days=1)}, "1 March 2026 is too soon"),
        ({"closes_on": OPENED}, "Choose tomorrow or a later day"),
        ({"closes_on": OPENED + timedelta(days=367)}, "more than a year ahead"),
    ],
)
def test_what_cannot_be_put_to_the_vote_is_refused_in_a_sentence(changes, sentence):
    p = poll()
    with on(OPENED):
        assert sentence in refusal(actions.propose, **proposing(p, **changes))


def test_tomorrow_can_be_the_last_day():
    p = poll()
    with on(OPENED):
        assert actions.propose(**proposing(p, closes_on=OPENED + timedelta(days=1))).is_open


def test_a_cluster_that_ended_decides_nothing_more():
    p = poll()
    with on(TUESDAY):
        people.end_cluster(by=CLOCK, cluster=p.team.cluster)

        assert "ended on" in refusal(actions.propose, **proposing(p))
        assert "ended on" in refusal(p.says, by=p.core)
        assert "ended on" in refusal(actions.remark, by=p.core, decision=p.fresh, words="Oh.")
    assert p.closed_by_the_clock().is_open


def test_where_nobody_has_a_voice_nothing_is_put_to_the_vote():
    facilitator = SeatFactory(role=Role.FACILITATOR)
    asked = proposing(poll(), by=actor(facilitator), cluster=facilitator.cluster)
    with on(OPENED):
        facilitator.began_at = clock.now()
        facilitator.save()

        assert "no full member yet" in refusal(actions.propose, **asked)


def test_a_meeting_of_another_cluster_or_one_called_off_is_not_its_meeting():
    p = poll()
    with on(OPENED):
        meeting = Meeting(
            cluster=p.team.cluster,
            starts_at=clock.now(),
            minutes=60,
            called_by=p.team.core,
            called_at=clock.now(),
        )
        meeting.save()
        assert actions.propose(**proposing(p, meeting=meeting)).meeting == meeting

        meeting.called_off_at = clock.now()
        assert "not been called off" in refusal(actions.propose, **proposing(p, meeting=meeting))
        meeting.called_off_at, meeting.cluster = None, ClusterFactory()
        assert "of this cluster" in refusal(actions.propose, **proposing(p, meeting=meeting))


# --- closing


def test_a_decision_closes_early_once_all_have_spoken():
    p = poll()
    with on(TUESDAY):
        p.says(p.core)
        p.says(p.second)
        missing = refusal(actions.close, by=p.core, decision=p.decision)
        assert missing.startswith(f"{p.team.third.organisation} has not voted yet.")
        p.says(p.third)
        closed = actions.close(by=p.facilitator, decision=p.decision)

        assert (closed.outcome, closed.closed_by) == ("carried", p.team.facilitator)
        assert closed.chosen == p.option(1)
        assert "closed on 3 March 2026 already" in refusal(
            actions.close, by=p.core, decision=p.decision
        )


def test_it_does_not_close_early_while_something_written_down_waits():
    p = poll()
    with on(TUESDAY):
        p.says(p.core)
        p.says(p.second)
        voice = p.writes(p.team.third.organisation)
        said = refusal(actions.close, by=p.core, decision=p.decision)
        assert f"written down for {p.team.third.organisation} waits" in said
        actions.confirm_voice(by=p.third, voice=voice)
        assert actions.close(by=p.core, decision=p.decision).closed_at


def test_whoever_may_can_close_what_is_over_before_the_clock_does():
    p = poll()
    with on(days_later(0)):
        assert actions.close(by=p.core, decision=p.decision).outcome == "no_quorum"


def test_a_stranger_closes_nothing():
    p, elsewhere = poll(), poll()
    with on(days_later(0)):
        for act, more in ((actions.close, {}), (actions.withdraw, {"reason": "So.", "version": 1})):
            with pytest.raises(Refused):
                act(by=elsewhere.core, decision=p.decision, **more)


def test_the_clock_lets_be_what_is_still_open():
    p = poll()
    with on(TUESDAY):
        actions.close(by=CLOCK, decision=p.decision)
        assert actions.close_due(by=CLOCK) == 0
    assert p.fresh.is_open


def test_the_clock_closes_once():
    p = poll()
    closed = p.closed_by_the_clock()
    with on(days_later(3)):
        actions.close(by=CLOCK, decision=p.decision)
        assert actions.close_due(by=CLOCK) == 0

    assert p.fresh.closed_at == closed.closed_at
    assert (closed.closed_by, closed.outcome) == (None, "no_quorum")
    assert Event.objects.filter(did="agreements.decision_closed").count() == 1


def test_when_the_clock_runs_late_it_counts_as_of_the_last_moment():
    p = poll()
    with on(TUESDAY):
        p.all_agree()
    with on(days_later(1)):
        people.leave_cluster(by=p.third, member=member_of(p, p.team.third))
        MemberFactory(cluster=p.team.cluster, joined_at=clock.now())
    with on(days_later(2)):
        actions.close_due(by=CLOCK)

    assert p.fresh.entitled == sorted(one.pk for one in p.team.organisations)
    assert p.fresh.outcome == "carried"


def test_whoever_leaves_takes_their_voice_out_of_what_is_open():
    p = poll()
    with on(TUESDAY):
        p.says(p.core)
        p.says(p.second)
        p.says(p.third, "block")
        people.leave_cluster(by=p.third, member=member_of(p, p.team.third))
        assert voices.tally_now(p.fresh).counts["block"] == 0
    closed = p.closed_by_the_clock()

    assert closed.outcome == "carried"
    assert p.team.third.organisation_id not in closed.entitled
    assert Voice.objects.filter(organisation=p.team.third.organisation, ended_at=None).exists()


def test_whoever_leaves_later_stays_in_what_was_decided():
    p = poll()
    with on(TUESDAY):
        p.all_agree()
        actions.close(by=p.core, decision=p.decision)
    with on(TUESDAY + timedelta(days=1)):  # before its last day, too
        people.leave_cluster(by=p.third, member=member_of(p, p.team.third))

        assert voices.tally_now(p.fresh).counts["agree"] == 3
        assert p.team.third.organisation_id in p.fresh.entitled


def test_whoever_joins_before_it_closes_has_a_voice():
    p = poll()
    with on(TUESDAY):
        member = MemberFactory(cluster=p.team.cluster, joined_at=clock.now())
        newcomer = SeatFactory(
            cluster=p.team.cluster, organisation=member.organisation, began_at=clock.now()
        )
        p.all_agree()
        assert "has not voted" in refusal(actions.close, by=p.core, decision=p.decision)
        p.says(newcomer, "block")
        assert actions.close(by=p.core, decision=p.decision).outcome == "blocked"


def test_a_supporter_is_not_among_those_who_have_a_voice():
    p = poll()
    closed = p.closed_by_the_clock()
    assert closed.entitled == sorted(one.pk for one in p.team.organisations)


# --- withdrawing and reopening


def test_what_is_withdrawn_keeps_its_reason_and_is_closed():
    p = poll()
    with on(TUESDAY):
        p.says(p.core)
        said = refusal(actions.withdraw, by=p.core, decision=p.decision, reason=" ", version=1)
        assert "Say why" in said
        gone = actions.withdraw(
            by=p.core, decision=p.decision, reason="The van is sold.", version=1
        )
        assert "was closed on" in refusal(p.says, by=p.second)

    assert (gone.outcome, gone.withdrawn_because, gone.chosen) == (
        "withdrawn",
        "The van is sold.",
        None,
    )
    assert Voice.objects.filter(decision=gone, ended_at=None).count() == 1


def test_only_who_proposed_it_withdraws_it_or_who_leads_once_they_are_gone():
    p = poll()
    with on(TUESDAY):
        told = {"decision": p.decision, "reason": "So.", "version": 1}
        for other in (p.second, p.facilitator):
            assert "Only whoever put it" in refusal(actions.withdraw, by=other, **told)
        people.end_seat(by=p.facilitator, seat=p.decision.proposed_by)

        assert actions.withdraw(by=p.second, **told).outcome == "withdrawn"


def test_what_somebody_else_changed_meanwhile_is_not_withdrawn():
    p = poll()
    with on(TUESDAY), pytest.raises(Stale):
        actions.withdraw(by=p.core, decision=p.decision, reason="So.", version=7)


def reopening(p, by, days=40):
    with on(days_later(days)):
        return actions.reopen(
            by=by,
            decision=p.decision,
            reason="The lease has ended.",
            closes_on=days_later(days + 7),
        )


def test_it_is_reopened_as_another_decision_and_the_old_one_stays():
    p = poll(options=["A van", "A bicycle"], reopens="any_member")
    closed = p.closed_by_the_clock()
    again = reopening(p, p.core)

    assert (again.reopens, again.number, again.way) == (closed, 2, closed.way)
    assert [option.words for option in again.options.all()] == ["A van", "A bicycle"]
    assert (again.title, again.words) == (closed.title, closed.words)
    assert Voice.objects.filter(decision=again).count() == 0
    assert p.fresh.version == closed.version and not p.fresh.is_open
    assert "reopened already, as decision 2" in refusal(reopening, p=p, by=p.core)


def test_decided_again_and_withdrawn_it_keeps_both_reasons():
    p = poll(reopens="any_member")
    p.closed_by_the_clock()
    again = reopening(p, p.core)
    with on(days_later(41)):
        gone = actions.withdraw(by=p.core, decision=again, reason="It was sold.", version=1)

    assert (gone.reason, gone.withdrawn_because) == ("The lease has ended.", "It was sold.")
    cells = log_rows([gone])[1]
    assert cells[-2:] == ["The lease has ended.", "It was sold."]


@pytest.mark.parametrize(
    "wrong", [{"outcome": "withdrawn"}, {"outcome": "carried", "withdrawn_because": "So."}]
)
def test_only_what_is_withdrawn_says_why_and_it_always_does(wrong):
    p = poll()
    with pytest.raises(IntegrityError), transaction.atomic():
        Decision.objects.filter(pk=p.decision.pk).update(closed_at=OPENED, **wrong)


def test_what_is_open_or_withdrawn_is_not_reopened():
    p = poll(reopens="any_member", reopens_after_days=0)
    assert "still open" in refusal(reopening, p=p, by=p.core)
    with on(TUESDAY):
        actions.withdraw(by=p.core, decision=p.decision, reason="So.", version=1)
    assert "was withdrawn" in refusal(reopening, p=p, by=p.core)


def test_some_ways_never_reopen():
    p = poll(reopens="never", reopens_after_days=0)
    p.closed_by_the_clock()
    assert "is not reopened" in refusal(reopening, p=p, by=p.core)


def test_it_rests_for_as_long_as_its_way_says():
    p = poll(reopens="any_member", reopens_after_days=30)
    with on(TUESDAY):
        p.all_agree()
    p.closed_by_the_clock()
    assert "can be reopened from 9 April 2026" in refusal(reopening, p=p, by=p.core, days=29)
    assert reopening(p, p.core, days=30)


def test_what_was_not_carried_need_not_rest():
    p = poll(reopens="any_member", reopens_after_days=30)
    p.closed_by_the_clock()
    assert reopening(p, p.core, days=1)


def test_only_who_did_not_agree_reopens_where_the_way_says_so():
    p = poll(way="majority", reopens="who_did_not_agree")
    with on(TUESDAY):
        p.says(p.core)
        p.says(p.second)
        p.says(p.third, "disagree")
    p.closed_by_the_clock()
    assert "yours did" in refusal(reopening, p=p, by=p.core)
    assert reopening(p, p.third)


def test_who_agreed_to_another_option_did_not_agree_to_what_was_chosen():
    p = poll(way="majority", options=["A van", "A bicycle"], reopens="who_did_not_agree")
    with on(TUESDAY):
        p.says(p.core, option=p.option(1))
        p.says(p.second, option=p.option(1))
        p.says(p.third, option=p.option(2))
    assert p.closed_by_the_clock().chosen == p.option(1)
    assert reopening(p, p.third)


def test_who_has_no_vote_reopens_nothing_and_says_why():
    p = poll(reopens="any_member")
    p.closed_by_the_clock()
    assert "facilitator has no vote" in refusal(reopening, p=p, by=p.facilitator)
    with on(days_later(40)):
        said = refusal(
            actions.reopen, by=p.core, decision=p.fresh, reason=" ", closes_on=days_later(50)
        )
    assert "Say why" in said


# --- remarks


def test_a_remark_is_taken_back_by_whoever_made_it_and_its_words_go():
    p = poll()
    with on(TUESDAY):
        made = actions.remark(by=p.facilitator, decision=p.decision, words=" Whose van? ")
        assert made.words == "Whose van?"
        assert "Only whoever said it" in refusal(actions.take_back_remark, by=p.core, remark=made)
        gone = actions.take_back_remark(by=p.facilitator, remark=made)
        actions.take_back_remark(by=p.facilitator, remark=made)

    assert gone.taken_back_at and gone.words == ""
    assert Event.objects.filter(did="agreements.remark_taken_back").count() == 1


def test_a_remark_has_words_and_can_be_made_after_closing():
    p = poll()
    p.closed_by_the_clock()
    with on(days_later(1)):
        assert "Write your remark" in refusal(
            actions.remark, by=p.core, decision=p.decision, words="  "
        )
        assert actions.remark(by=p.core, decision=p.decision, words="A pity.")
