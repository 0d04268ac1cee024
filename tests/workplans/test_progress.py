"""Taking up what was planned, and what is said of it then: by steps, and by objectives."""

from datetime import timedelta

import pytest

from hedgerow.agreements.models import Promise
from hedgerow.core import clock
from hedgerow.core.actions import Refused, Stale
from hedgerow.core.actors import Actor
from hedgerow.core.models import Event
from hedgerow.people.actions import end_seat
from hedgerow.workplans.actions import objectives, steps
from hedgerow.workplans.actions.progress import judge, take_up, take_up_all
from hedgerow.workplans.models import Objective, Result, Step, Wording
from hedgerow.workplans.queries.progress import Progress, progress_in
from tests.factories import actor

from .carried import agreed, keeps, lets_go, line_of, moves, opened, progress_of, under_way
from .planned import in_days, planned

pytestmark = pytest.mark.django_db


@pytest.fixture
def p():
    return under_way()


def judged(p, number=1, result=Result.MET, words="Twenty came.", version=None):
    return judge(
        by=p.core, objective=p.objective(number), result=result, words=words, version=version
    )


# taking up


def test_as_the_stage_opens_each_step_is_the_promise_of_its_pair(p):
    step = p.step(1)

    assert step.promise.words == step.title
    assert (step.promise.first, step.promise.second) == (step.first, step.second)
    assert step.promise.due_on == step.due_on
    assert Promise.objects.count() == 3
    assert Event.objects.filter(did="workplans.step_taken_up").count() == 3


def test_what_has_no_pair_no_day_or_a_day_that_passed_is_left_and_the_stage_opens():
    p = planned()
    bare = p.adds_step(p.objective(1), "Nobody’s", due_on=None, starts_on=None)
    Step.objects.filter(number=1).update(starts_on=None, due_on=clock.today() - timedelta(days=1))
    end_seat(by=Actor.command(), seat=p.team.third)
    agreed(p)

    opened(p)

    assert not Promise.objects.exists()
    assert (
        line_of(p, bare.number).sentence == "It has no day yet; it waits for a pair and for a day."
    )
    assert "it waits for a new day, as that one has passed" in line_of(p, 1).sentence
    assert "it waits for a new pair, as somebody’s seat has ended" in line_of(p, 2).sentence
    assert len(progress_of(p).waiting) == 4


def test_nothing_is_taken_up_twice(p):
    take_up_all(p.carrying_out, p.core)

    assert Promise.objects.count() == 3
    with pytest.raises(Refused, match="Step 1 is taken up already"):
        take_up(by=p.core, step=p.step(1))


def test_a_step_that_was_added_later_is_taken_up_by_itself(p):
    late = p.adds_step(p.objective(1), "Ask them what changed")
    if late.promise_id is None:
        p.names_pair(late)
    late = p.step(late.number)

    promise = late.promise or take_up(by=p.core, step=late)

    assert p.step(late.number).promise == promise
    assert p.step(late.number).version > 1


@pytest.mark.parametrize(
    ("changed", "refusal"),
    [
        ({"first": None, "second": None}, "nobody’s yet"),
        ({"starts_on": None, "due_on": None}, "no day yet"),
        ({"second": None}, "Choose a second person"),
    ],
)
def test_a_step_without_its_pair_or_its_day_is_nobodys(changed, refusal):
    p = planned()
    agreed(p)
    Step.objects.filter(number=1).update(**changed)

    with pytest.raises(Refused, match=refusal):
        take_up(by=p.core, step=p.step(1))

    assert not Promise.objects.exists()


def test_nothing_is_taken_up_or_judged_before_the_plan_is_agreed():
    p = planned()

    with pytest.raises(Refused, match="not agreed yet"):
        take_up(by=p.core, step=p.step(1))
    with pytest.raises(Refused, match="not agreed yet"):
        judged(p)


def test_what_was_dropped_is_not_taken_up():
    p = planned()
    step = p.step(3)
    steps.drop_step(by=p.core, step=step, because="No time.", version=step.version)
    agreed(p)
    opened(p)

    assert p.step(3).promise is None
    with pytest.raises(Refused, match="was dropped on"):
        take_up(by=p.core, step=p.step(3))


def test_where_the_clock_opens_the_stage_nobody_promises():
    p = planned()
    agreed(p)

    take_up_all(p.carrying_out, Actor.command())

    assert not Promise.objects.exists()


# how a step stands


def test_a_step_is_done_on_the_day_its_promise_was_kept(p):
    keeps(p, 1)

    line = line_of(p, 1)
    assert (line.became, line.on, line.state, line.dot) == ("done", clock.today(), "Done", 2)
    assert line.sentence.startswith("Done on ")


def test_a_step_slips_with_the_day_it_was_for_and_why(p):
    before = p.step(1).due_on
    moves(p, 1, in_days(45))

    line = line_of(p, 1)
    assert (line.is_slipping, line.planned_on, line.due_on) == (True, before, in_days(45))
    assert line.sentence.startswith("Slipping: it was for ")
    assert line.why == "The hall was shut."


def test_a_step_that_is_brought_forward_does_not_slip(p):
    moves(p, 1, in_days(14))

    assert not line_of(p, 1).is_slipping
    assert "Due in 14 days" in line_of(p, 1).sentence


def test_a_step_that_was_let_go_is_stopped_with_the_reason(p):
    lets_go(p, 1)

    line = line_of(p, 1)
    assert (line.became, line.why) == ("stopped", "Nobody has the time.")
    assert line.sentence.startswith("Stopped on ")


def test_a_step_whose_day_has_passed_is_overdue_and_needs_attention(p):
    with clock.at(clock.now() + timedelta(days=30)):
        line = line_of(p, 1)

    assert (line.state, line.dot) == ("Overdue", 3)
    assert ", two days ago." in line.sentence


def test_progress_counts_what_is_done_stopped_slipping_and_nobodys(p):
    keeps(p, 1)
    lets_go(p, 2)
    moves(p, 3, in_days(60))

    assert progress_of(p).in_short == "One of three steps done, one stopped, one slipping."


def test_a_plan_without_steps_says_so():
    assert Progress().in_short == "The plan has no steps yet."


def test_what_was_dropped_while_the_plan_was_written_is_not_told_later():
    p = planned()
    step = p.step(3)
    steps.drop_step(by=p.core, step=step, because="No time.", version=step.version)
    handed_in = agreed(p).submitted_at
    late = p.adds_step(p.objective(1), "One more")
    steps.drop_step(by=p.core, step=late, because="Too much.", version=p.step(late.number).version)

    found = progress_of(p).given_up_since(handed_in)

    told = [one.number for objective in found.objectives for one in objective.steps]
    assert told == [1, 2, late.number]
    assert len(found.steps) == 2


def test_progress_of_any_number_of_plans_is_six_questions(p, django_assert_max_num_queries):
    other = planned()

    with django_assert_max_num_queries(6):
        found = progress_in([p.plan.pk, other.plan.pk])

    assert [len(one.steps) for one in found.values()] == [3, 3]


# objectives


def test_an_objective_is_judged_with_what_shows_it(p):
    judged(p)

    (one, _) = progress_of(p).live
    assert (one.says, one.words, one.judged_at) == ("Met", "Twenty came.", clock.today())
    assert progress_of(p).judgement == "One of two objectives is met; one is not judged yet."
    told = Event.objects.get(did="workplans.objective_judged").detail
    assert told == {"objective": 1, "result": "met"}


def test_judged_anew_what_stood_there_is_kept(p):
    judged(p)
    judged(p, result=Result.PARTLY, words="Ten of them stayed.")

    kept = Wording.objects.filter(objective=p.objective(1)).last()
    assert kept.said == {"result": "met", "result_words": "Twenty came."}
    assert progress_of(p).judgement == (
        "One of two objectives is partly met; one is not judged yet."
    )


def test_the_same_judgement_again_is_one(p):
    judged(p)
    judged(p)

    assert Event.objects.filter(did="workplans.objective_judged").count() == 1


def test_a_judgement_needs_what_shows_it(p):
    with pytest.raises(Refused, match="Say what shows it"):
        judged(p, words="  ")


def test_of_two_who_judge_after_the_same_reading_the_second_looks_again(p):
    version = p.objective(1).version
    judged(p, version=version)

    with pytest.raises(Stale):
        judged(p, result=Result.NOT_MET, words="No.", version=version)


def test_what_was_given_up_is_not_judged(p):
    objective = p.adds("A choir")
    objectives.drop_objective(
        by=p.core, objective=objective, because="No time.", version=objective.version
    )

    with pytest.raises(Refused, match="dropped on"):
        judged(p, number=objective.number)


def test_it_is_time_to_judge_once_the_day_has_come_or_nothing_is_open(p):
    def due():
        return [one.number for one in progress_of(p).live if one.can_be_judged_now]

    assert due() == []
    keeps(p, 3)
    assert due() == [2]
    Objective.objects.filter(number=1).update(judged_on=clock.today())
    assert due() == [1, 2]
    judged(p)
    assert due() == [2]


def test_who_has_no_seat_here_takes_nothing_up_and_judges_nothing(p):
    end_seat(by=Actor.command(), seat=p.team.core)

    with pytest.raises(Refused, match="no seat"):
        judge(by=actor(p.team.core), objective=p.objective(1), result="met", words="Yes.")
