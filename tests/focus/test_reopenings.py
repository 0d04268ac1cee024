"""What was struck out or dropped comes back only if everyone agrees."""

import pytest

from hedgerow.core.models import Event
from hedgerow.focus.actions import reopenings as actions
from hedgerow.focus.models import Answer, Reopening
from hedgerow.focus.queries.reopenings import reopening_page
from hedgerow.people import actions as people
from hedgerow.people.models import Member
from tests.factories import MemberFactory, SeatFactory, actor, reader

from .shortlistings import MONDAY, TUESDAY, begun, on, refusal

pytestmark = pytest.mark.django_db


@pytest.fixture
def run():
    """The first of five is struck out by the second member."""
    made = begun()
    with on(MONDAY):
        return made.past_spots(None, 1)


def fresh(reopening):
    return Reopening.objects.get(pk=reopening.pk)


def records(run, asked, organisation, *, agrees=True, **more):
    how = {
        "by": run.facilitator,
        "reopening": asked,
        "organisation": organisation,
        "agrees": agrees,
        "reason": "" if agrees else "It is dear.",
        "channel": "phone",
    }
    return actions.record_answer(**{**how, **more})


def leaves(run, seat):
    member = Member.objects.get(cluster=run.team.cluster, organisation=seat.organisation)
    people.leave_cluster(by=actor(seat), member=member)


def test_it_comes_back_inside_the_act_by_which_the_last_agrees(run):
    asked = run.asks(run.core, 1)
    assert run.standing() == [2, 3, 4, 5]
    run.answers(run.second, asked)
    assert run.standing() == [2, 3, 4, 5]
    run.answers(run.third, asked)

    assert run.standing() == [1, 2, 3, 4, 5]
    assert fresh(asked).granted_at
    assert fresh(asked).members == sorted(one.pk for one in run.team.organisations)
    assert run.stands().reopened == (str(run.candidate(1).pk),)


def test_one_that_does_not_agree_ends_it(run):
    asked = run.asks(run.core, 1)
    run.answers(run.second, asked, agrees=False)

    assert fresh(asked).declined_at and not fresh(asked).is_taken_back
    assert run.standing() == [2, 3, 4, 5]
    told = refusal(run.answers, by=run.third, reopening=asked)
    assert "was declined on" in told


def test_whoever_does_not_agree_says_why(run):
    asked = run.asks(run.core, 1)
    told = refusal(actions.answer_reopening, by=run.second, reopening=asked, agrees=False)
    assert told.startswith("Say why you do not agree")


def test_whoever_agreed_may_think_again_while_it_is_open(run):
    asked = run.asks(run.core, 1)
    run.answers(run.core, asked, agrees=False)

    assert [one.agrees for one in Answer.objects.all()] == [True, False]
    assert fresh(asked).declined_at


def test_it_can_be_asked_for_again_once_it_was_declined(run):
    run.answers(run.second, run.asks(run.core, 1), agrees=False)
    asked = run.asks(run.core, 1)
    for by in (run.second, run.third):
        run.answers(by, asked)
    assert run.standing() == [1, 2, 3, 4, 5]


def test_what_came_back_and_dropped_can_come_back_once_more(run):
    asked = run.asks(run.core, 1)
    for by in (run.second, run.third):
        run.answers(by, asked)
    run.round_of({2: 4, 3: 3, 4: 3}, {5: 10}, {5: 10})
    assert run.standing() == [2, 3, 4, 5]
    again = run.asks(run.third, 1)
    for by in (run.second, run.core):
        run.answers(by, again)
    assert run.standing() == [1, 2, 3, 4, 5]


def test_who_is_a_member_on_that_day_has_to_agree(run):
    asked = run.asks(run.core, 1)
    member = MemberFactory(cluster=run.team.cluster)
    newcomer = SeatFactory(cluster=run.team.cluster, organisation=member.organisation)
    for by in (run.second, run.third):
        run.answers(by, asked)
    assert not fresh(asked).granted_at
    run.answers(actor(newcomer), asked)
    assert newcomer.organisation_id in fresh(asked).members


def test_once_the_last_that_had_not_answered_has_left_one_says_it_again(run):
    asked = run.asks(run.core, 1)
    run.answers(run.second, asked)
    leaves(run, run.team.third)
    page = reopening_page(reader(run.team.core), asked)
    assert page.has_all_agreed and page.is_open
    assert page.sentence.startswith("All who are members today have agreed.")

    n = Event.objects.filter(did="focus.answer_given").count()
    run.answers(run.second, asked)
    assert Event.objects.filter(did="focus.answer_given").count() == n
    assert run.standing() == [1, 2, 3, 4, 5]


def test_what_one_that_left_had_agreed_to_does_not_count(run):
    asked = run.asks(run.third, 1)
    run.answers(run.second, asked)
    leaves(run, run.team.third)
    run.answers(run.core, asked)

    assert fresh(asked).members == sorted(one.pk for one in run.team.organisations[:2])


def test_a_member_alone_has_it_back_by_asking(run):
    leaves(run, run.team.second)
    leaves(run, run.team.third)
    run.asks(run.core, 1)
    assert run.standing() == [1, 2, 3, 4, 5]


def test_it_is_asked_only_between_two_rounds(run):
    other = begun()
    assert "A round is open" in refusal(other.asks, by=other.core, n=1)
    run.opens()
    assert "A round is open" in refusal(run.asks, by=run.core, n=1)
    run.casts(run.core, {2: 5, 3: 5})
    run.closes()
    assert "are level at the bottom" in refusal(run.asks, by=run.core, n=1)


def test_what_stands_need_not_come_back(run):
    assert refusal(run.asks, by=run.core, n=2) == (
        "“One rota” stands already, so it need not come back."
    )


def test_a_request_says_why_and_is_made_once_at_a_time(run):
    assert "Say why it should come back" in refusal(run.asks, by=run.core, n=1, reason=" ")
    run.asks(run.core, 1)
    told = refusal(run.asks, by=run.second, n=1)
    assert told == "Somebody asked for “A van” already. Say there that you agree."


def test_only_who_votes_asks_and_answers(run):
    assert "A facilitator has no vote" in refusal(run.asks, by=run.facilitator, n=1)
    asked = run.asks(run.core, 1)
    told = refusal(run.answers, by=run.facilitator, reopening=asked)
    assert "A facilitator has no vote" in told


def test_the_next_round_waits_for_the_answers_or_until_it_is_taken_back(run):
    asked = run.asks(run.core, 1)
    told = refusal(run.opens)
    assert told.startswith("Somebody asks that “A van” comes back, and not all have answered.")

    with on(TUESDAY):
        actions.take_back_reopening(by=run.facilitator, reopening=asked)
    assert fresh(asked).is_taken_back
    told = refusal(run.answers, by=run.second, reopening=asked)
    assert told == (
        "This request was taken back on 3 March 2026. It can be asked for again between two rounds."
    )
    run.opens()


def test_only_whoever_holds_a_seat_takes_it_back(run):
    asked = run.asks(run.core, 1)
    stranger = actor(SeatFactory())
    told = refusal(actions.take_back_reopening, by=stranger, reopening=asked)
    assert "You have no seat" in told


def test_what_came_back_is_not_answered_any_more(run):
    asked = run.asks(run.core, 1)
    for by in (run.second, run.third):
        run.answers(by, asked)
    told = refusal(run.answers, by=run.second, reopening=asked, agrees=False)
    assert told.startswith("All agreed on")
    assert "All agreed on" in refusal(actions.take_back_reopening, by=run.core, reopening=asked)


# written down for somebody


def test_what_is_written_down_counts_and_can_be_confirmed_also_afterwards(run):
    asked = run.asks(run.core, 1)
    records(run, asked, run.team.second.organisation)
    answer = records(run, asked, run.team.third.organisation)
    assert run.standing() == [1, 2, 3, 4, 5]

    assert actions.confirm_answer(by=run.third, answer=answer).confirmed_by == run.team.third
    n = Event.objects.count()
    actions.confirm_answer(by=run.third, answer=answer)
    assert Event.objects.count() == n
    assert "confirmed this on" in refusal(actions.undo_answer, by=run.third, answer=answer)


def test_what_was_written_down_and_is_not_so_takes_it_out_again(run):
    asked = run.asks(run.core, 1)
    run.answers(run.third, asked)
    answer = records(run, asked, run.team.second.organisation)
    assert run.standing() == [1, 2, 3, 4, 5]
    actions.undo_answer(by=run.second, answer=answer)

    assert run.standing() == [2, 3, 4, 5]
    assert (fresh(asked).granted_at, fresh(asked).members) == (None, [])
    assert fresh(asked).declined_at
    told = refusal(actions.undo_answer, by=run.second, answer=answer)
    assert told == "This request is over. If it should come back after all, ask for it again."


def test_once_the_next_round_has_opened_it_stays_back(run):
    asked = run.asks(run.core, 1)
    run.answers(run.third, asked)
    with on(TUESDAY):
        answer = records(run, asked, run.team.second.organisation)
    run.opens()

    told = refusal(actions.undo_answer, by=run.second, answer=answer)
    assert told.startswith("“A van” came back on 3 March 2026, and a round has opened since.")
    assert 1 in run.standing()


def test_what_is_undone_before_all_answered_waits_for_them_again(run):
    asked = run.asks(run.core, 1)
    answer = records(run, asked, run.team.second.organisation)
    actions.undo_answer(by=run.second, answer=answer)

    assert fresh(asked).is_open
    told = refusal(records, run=run, asked=asked, organisation=run.team.second.organisation)
    assert "undid what was written down" in told
    run.answers(run.second, asked)


def test_a_no_that_is_written_down_ends_it_with_its_reason(run):
    asked = run.asks(run.core, 1)
    second = run.team.second.organisation
    told = refusal(records, run=run, asked=asked, organisation=second, agrees=False, reason="")
    assert told.startswith("Say why you do not agree")
    answer = records(run, asked, second, agrees=False)
    assert fresh(asked).declined_at
    assert "This request is over" in refusal(actions.undo_answer, by=run.second, answer=answer)


def test_what_a_member_said_itself_is_not_written_over(run):
    asked = run.asks(run.core, 1)
    told = refusal(records, run=run, asked=asked, organisation=run.team.core.organisation)
    assert "spoke for itself" in told


def test_only_a_facilitator_writes_it_down(run):
    asked = run.asks(run.core, 1)
    told = refusal(
        records, run=run, asked=asked, organisation=run.team.second.organisation, by=run.core
    )
    assert told.startswith("Only a facilitator")


def test_nothing_is_asked_or_answered_in_a_cluster_that_has_ended(run):
    asked = run.asks(run.core, 1)
    answer = records(run, asked, run.team.second.organisation)
    run.team.cluster.ended_at = run.round.closed_at
    run.team.cluster.save()

    for act, how in (
        (run.asks, {"by": run.core, "n": 1}),
        (run.answers, {"by": run.third, "reopening": asked}),
        (actions.confirm_answer, {"by": run.second, "answer": answer}),
    ):
        assert "nothing in it can be changed" in refusal(act, **how)


# the page


def test_its_page_says_who_agreed_and_whom_it_waits_for(run, django_assert_max_num_queries):
    asked = run.asks(run.core, 1)
    records(run, asked, run.team.second.organisation)
    who = reader(run.team.second)
    with django_assert_max_num_queries(12):
        page = reopening_page(who, Reopening.objects.get(pk=asked.pk))

    first, second, third = run.team.organisations
    assert (page.title, page.state, page.reason) == ("A van", "open", "We know more now.")
    assert [(one.organisation, one.waits, one.is_own) for one in page.answers] == [
        (first.name, False, False),
        (second.name, True, True),
    ]
    assert page.waits_for == ((third.pk, third.name),)
    assert page.sentence == (
        f"Two of three agree. It comes back if every member does; it waits for {third}."
    )


def test_its_page_says_what_came_of_it(run):
    who = reader(run.team.core)
    with on(TUESDAY):
        asked = run.asks(run.core, 1)
        run.answers(run.second, asked, agrees=False)
        assert reopening_page(who, asked).sentence == (
            f"{run.team.second.organisation} did not agree, so it did not come back. "
            "That was on 3 March 2026."
        )
        asked = run.asks(run.core, 1)
        actions.take_back_reopening(by=run.core, reopening=asked)
        told = "The request was taken back on 3 March 2026."
        assert reopening_page(who, asked).sentence == told
        asked = run.asks(run.core, 1)
        for by in (run.second, run.third):
            run.answers(by, asked)
        told = "Every member agreed, so it came back on 3 March 2026."
        assert reopening_page(who, asked).sentence == told
