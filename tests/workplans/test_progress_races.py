"""When two do at once what can be done once, on a database that lets things happen at once."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from hedgerow.agreements.models import Promise
from hedgerow.core.actions import action, nothing_to_do
from hedgerow.journeys.models import Submission
from hedgerow.workplans.actions import gains, steps
from hedgerow.workplans.actions.progress import judge, take_up, take_up_all
from hedgerow.workplans.actions.returning import hand_in_return
from hedgerow.workplans.models import GainsSaid
from hedgerow.workplans.queries.returning import return_page
from tests.at_once import all_at_once, tables_locked
from tests.factories import actor

from .carried import agreed, gained, under_way
from .planned import begun, in_days, planned

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


def test_of_two_who_take_up_one_step_at_once_one_does():
    p = planned()
    agreed(p)
    step = p.step(1)

    answers = all_at_once(
        *[lambda by=by: take_up(by=by, step=step) for by in (p.core, p.facilitator)]
    )

    assert answers == ["done", "refused"]
    assert Promise.objects.count() == 1
    assert p.step(1).promise


def test_a_step_is_changed_or_taken_up_first_and_nobody_waits_for_ever():
    p = planned()
    agreed(p)
    third = p.step(3)

    @action
    def opens(*, by):
        take_up_all(p.carrying_out, by)
        nothing_to_do()

    answers = all_at_once(
        lambda: opens(by=p.core),
        lambda: steps.change_step(
            by=p.facilitator,
            step=third,
            kind=third.kind,
            title="Ask four firms",
            starts_on=third.starts_on,
            due_on=in_days(50),
            is_quick_win=False,
            version=third.version,
        ),
    )

    assert answers in (["done", "done"], ["done", "refused"])
    step = p.step(3)
    assert step.promise.words == step.title
    assert step.promise.due_on == step.due_on
    assert Promise.objects.count() == 3


def test_of_two_returns_at_once_one_is_handed_in():
    p = under_way()
    digest = return_page(p.cluster).digest

    answers = all_at_once(
        *[
            lambda by=by: hand_in_return(by=by, cluster=p.cluster, said={}, words="", digest=digest)
            for by in (p.core, p.facilitator)
        ]
    )

    assert answers == ["done", "refused"]
    assert Submission.objects.filter(kind="return").count() == 1


def test_of_two_words_of_one_member_at_once_one_stands():
    p = begun()

    answers = all_at_once(
        *[
            lambda words=words: gains.say_gains(
                by=p.core, workplan=p.plan, has_nothing=False, words=words
            )
            for words in ("A trainer.", "A caretaker.")
        ]
    )

    assert answers == ["done", "done"]
    assert GainsSaid.objects.filter(ended_at=None).count() == 1
    assert GainsSaid.objects.count() == 2


def test_what_is_written_down_while_they_speak_never_stands_over_their_own_word():
    p = begun()

    answers = all_at_once(
        lambda: gains.say_gains(
            by=actor(p.team.second), workplan=p.plan, has_nothing=True, words=""
        ),
        lambda: gains.record_gains(
            by=p.facilitator,
            workplan=p.plan,
            organisation=p.team.second.organisation,
            has_nothing=False,
            words="A trainer.",
            channel="phone",
        ),
    )

    assert answers in (["done", "done"], ["done", "refused"])
    assert GainsSaid.objects.get(ended_at=None).has_nothing


def test_of_two_who_take_back_one_gain_at_once_one_does():
    p = begun()
    gain = gained(p)

    answers = all_at_once(
        *[
            lambda by=by: gains.take_back_gain(by=by, gain=gain, because="So.")
            for by in (p.core, p.facilitator)
        ]
    )

    assert answers == ["done", "refused"]


def test_of_two_who_judge_after_the_same_reading_one_does():
    p = under_way()
    objective = p.objective(1)

    answers = all_at_once(
        *[
            lambda result=result: judge(
                by=p.core,
                objective=objective,
                result=result,
                words="So.",
                version=objective.version,
            )
            for result in ("met", "not_met")
        ]
    )

    assert answers == ["done", "refused"]
    assert p.objective(1).version == objective.version + 1


def test_an_objective_is_judged_anew_while_its_budget_is_written():
    """The plan first for both, or each would wait for the other."""
    p = under_way()
    judge(by=p.core, objective=p.objective(1), result="met", words="So.")

    with CaptureQueriesContext(connection) as asked:
        judge(by=p.core, objective=p.objective(1), result="not_met", words="No.")

    plans = ("workplans_workplan", "workplans_objective")
    assert [table for table in tables_locked(asked) if table in plans] == list(plans)
