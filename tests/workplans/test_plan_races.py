"""When two people write one plan in the same instant."""

import pytest

from hedgerow.journeys.queries.submissions import digest_of
from hedgerow.people import actions as people
from hedgerow.workplans.actions import budgets, handing_in, objectives, plans, steps
from hedgerow.workplans.models import Dependency, Step, Wording, Workplan
from hedgerow.workplans.queries.plans import plan_now
from tests.at_once import all_at_once
from tests.factories import ProgrammeFactory, actor, team

from .planned import begun, planned
from .test_objectives import said_of

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


def test_steps_that_are_added_at_once_get_a_number_each():
    p = begun()
    one, other = p.adds(), p.adds("Another")

    answers = all_at_once(*(lambda to=to: p.adds_step(to) for to in (one, other, one, other)))

    assert answers == ["done"] * 4
    assert sorted(Step.objects.values_list("number", flat=True)) == [1, 2, 3, 4]


def test_objectives_that_are_added_at_once_never_pass_the_most(monkeypatch):
    monkeypatch.setattr(objectives, "MOST_OBJECTIVES", 2)
    p = begun()
    p.adds()

    answers = all_at_once(lambda: p.adds("One"), lambda: p.adds("Two"))

    assert answers == ["done", "refused"]
    assert sorted(p.plan.objectives.values_list("number", flat=True)) == [1, 2]


def test_of_two_who_word_one_objective_at_once_one_is_told():
    p = begun()
    one = p.adds()

    def word(title):
        return lambda: objectives.change_objective(
            by=p.core, objective=one, version=1, **said_of(one, title=title)
        )

    assert all_at_once(word("Hers"), word("His")) == ["done", "refused"]
    assert p.objective(1).title in ("Hers", "His")
    assert Wording.objects.get().said == {"title": "All of us train together"}


def test_a_plan_that_is_begun_twice_at_once_is_one():
    own = team(ProgrammeFactory())

    def begin(seat):
        return lambda: plans.begin_plan(by=actor(seat), cluster=own.cluster)

    assert all_at_once(begin(own.core), begin(own.second)) == ["done", "done"]
    assert Workplan.objects.count() == 1


def test_two_steps_that_would_wait_for_each_other_at_once_make_no_ring():
    p = begun()
    one = p.adds()
    first, second = p.adds_step(one), p.adds_step(one)

    def wait(step, on):
        return lambda: steps.wait_for(by=p.core, step=step, on=[on], version=1)

    assert all_at_once(wait(first, second), wait(second, first)) == ["done", "refused"]
    assert Dependency.objects.count() == 1


def test_whoever_leaves_while_a_pair_is_named_is_in_it_or_is_not():
    p = begun()
    step = p.adds_step(p.adds())
    member = p.cluster.members.get(organisation=p.team.second.organisation)

    answers = all_at_once(
        lambda: people.leave_cluster(by=actor(p.team.second), member=member),
        lambda: p.names_pair(step),
    )

    assert answers in (["done", "done"], ["done", "refused"])
    assert (p.step(1).second is not None) == (answers == ["done", "done"])


def test_a_step_and_its_objective_dropped_at_once_are_both_gone():
    p = planned()
    one, step = p.objective(1), p.step(1)

    answers = all_at_once(
        lambda: objectives.drop_objective(
            by=p.core, objective=one, because="So.", version=one.version
        ),
        lambda: steps.drop_step(by=p.core, step=step, because="Now.", version=step.version),
    )

    assert "done" in answers
    assert p.objective(1).dropped_at
    assert p.step(1).dropped_because in ("So.", "Now.")


def test_what_is_handed_in_while_somebody_writes_is_what_was_read(monkeypatch):
    monkeypatch.setattr(handing_in, "stops_in", lambda facts: ())
    p = planned()
    budgets.begin_budget(by=p.core, workplan=p.fresh())
    digest = digest_of(plan_now(p.fresh()))

    answers = all_at_once(
        lambda: handing_in.hand_in(by=p.core, cluster=p.cluster, words="", digest=digest),
        lambda: p.writes("Anew."),
    )

    assert answers == ["done", "refused"]
    handed_in = p.journey.submissions.filter(digest=digest).exists()
    assert p.fresh().summary == ("We train together." if handed_in else "Anew.")
