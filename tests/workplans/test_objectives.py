"""Objectives: adding and wording them, coming in behind, and dropping them."""

from datetime import date

import pytest

from hedgerow.core.actions import Refused, Stale
from hedgerow.core.models import Event
from hedgerow.workplans.actions import objectives as actions
from hedgerow.workplans.actions.progress import take_up
from hedgerow.workplans.models import Budget, Objective, Wording
from hedgerow.workplans.queries.plan_wordings import changes_of

from .planned import BEHIND, begun, in_days, planned
from .test_plans import answer, hand_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def p():
    return begun()


def said_of(objective, **more):
    names = ("title", "for_whom", "judged_how", "judged_on", "strand")
    return {**{name: getattr(objective, name) for name in names}, **more}


def change(p, objective, *, version=None, **more):
    return actions.change_objective(
        by=p.core,
        objective=objective,
        version=version or objective.version,
        **said_of(objective, **more),
    )


def drop(p, objective, because="No time."):
    objective.refresh_from_db()
    return actions.drop_objective(
        by=p.core, objective=objective, because=because, version=objective.version
    )


def test_one_sentence_is_enough_for_an_objective(p):
    one = actions.add_objective(by=p.core, workplan=p.plan, title=" All train together ")

    assert (one.title, one.number, one.strand) == ("All train together", 1, "main")
    assert (one.for_whom, one.judged_on, one.theme) == ("", None, None)
    assert Event.objects.get(did="workplans.objective_added").detail == {"objective": 1}


def test_no_number_comes_back(p):
    p.adds("One")
    drop(p, p.adds("Two"))

    assert p.adds("Three").number == 3


@pytest.mark.parametrize(
    ("said", "refusal"),
    [
        ({"title": " "}, "Say what will be true"),
        ({"title": "x" * 201}, "201 characters long; 200 are the most"),
        ({"title": "Two\nlines"}, "on one line"),
        ({"for_whom": "x" * 201}, "200 are the most"),
        ({"judged_how": "x" * 1001}, "1,000 are the most"),
        ({"judged_on": date(2020, 1, 1)}, "1 January 2020 has passed"),
        ({"judged_on": date(2226, 1, 1)}, "more than five years ahead"),
    ],
)
def test_what_no_objective_can_say_is_refused_in_a_sentence(p, said, refusal):
    with pytest.raises(Refused, match=refusal):
        p.adds(**said)

    one = p.adds()
    with pytest.raises(Refused, match=refusal):
        change(p, one, **said)
    assert Objective.objects.get().version == 1


def test_a_plan_has_an_end(p, monkeypatch):
    monkeypatch.setattr(actions, "MOST_OBJECTIVES", 2)
    drop(p, p.adds("Dropped ones do not count"))
    p.adds("One")
    p.adds("Two")

    with pytest.raises(Refused, match="has two objectives; 2 are the most"):
        p.adds("Three")


def test_a_change_keeps_what_each_changed_field_said(p):
    one = p.adds(judged_on=in_days(90))

    changed = change(p, one, title="We all train", strand="parallel", judged_on=in_days(80))

    kept = Wording.objects.get()
    assert (kept.objective, kept.step, kept.by) == (one, None, p.team.core)
    assert kept.said == {
        "title": "All of us train together",
        "judged_on": in_days(90).isoformat(),
        "strand": "main",
    }
    assert changed.version == 2
    assert [(line.name, line.said) for line in changes_of(changed)[0].was][::2] == [
        ("What it is", "All of us train together"),
        ("Main theme, or beside it", "Main theme"),
    ]
    assert Event.objects.get(did="workplans.objective_changed").detail == {"objective": 1, "n": 3}


def test_a_day_that_has_passed_since_can_stay(p):
    one = p.adds()
    Objective.objects.update(judged_on=date(2020, 1, 1))
    one.refresh_from_db()

    assert change(p, one, title="We all train").judged_on == date(2020, 1, 1)


def test_the_same_again_changes_nothing(p):
    one = p.adds()

    assert change(p, one).version == 1
    assert not Wording.objects.exists()


def test_of_two_who_word_one_objective_the_second_is_told(p):
    one = p.adds()
    change(p, one, title="Hers")

    with pytest.raises(Stale):
        change(p, one, version=1, title="His")

    assert Objective.objects.get().title == "Hers"


def test_an_agreed_plan_is_changed_with_its_wording_kept():
    p = planned()
    answer(p, hand_in(p), "agreed")

    change(p, p.objective(1), title="Half of us train together")

    assert Wording.objects.last().said == {"title": "All of us train together"}


# come in behind


def test_the_three_questions_are_answered_each_by_itself(p):
    one = p.adds()

    actions.come_in_behind(
        by=p.core, objective=one, version=1, found=" The college. ", stands_behind="", differs=""
    )
    answered = p.comes_in_behind(one)

    assert {name: getattr(answered, name) for name in Objective.BEHIND} == BEHIND
    assert Wording.objects.last().said["found"] == "The college."
    told = Event.objects.filter(did="workplans.came_in_behind").order_by("number")
    assert [event.detail["n"] for event in told] == [1, 3]


@pytest.mark.parametrize("name", Objective.BEHIND)
def test_each_answer_has_its_limit(p, name):
    one = p.adds()

    with pytest.raises(Refused, match="1,001 characters long; 1,000 are the most"):
        p.comes_in_behind(one, **{name: "x" * 1001})


def test_of_two_who_answer_the_second_is_told(p):
    one = p.adds()
    p.comes_in_behind(one)

    with pytest.raises(Stale):
        actions.come_in_behind(by=p.core, objective=one, version=1, **BEHIND)


# dropping


def test_a_dropped_objective_takes_its_steps_along_and_all_stays_to_be_read():
    p = planned()

    gone = drop(p, p.objective(1), "Nobody has the time.")

    assert (gone.number, gone.dropped_because) == (1, "Nobody has the time.")
    assert gone.dropped_by == p.team.core
    rows = [(step.number, step.dropped_because) for step in p.plan.steps.all()]
    assert rows == [(1, "Nobody has the time."), (2, "Nobody has the time."), (3, "")]
    assert Event.objects.get(did="workplans.objective_dropped").detail == {"objective": 1, "n": 2}


def test_dropping_wants_a_reason_and_can_be_done_once(p):
    one = p.adds()
    with pytest.raises(Refused, match="Say why"):
        drop(p, one, "  ")

    drop(p, one)
    for act in (drop, change):
        with pytest.raises(Refused, match="Objective 1 was dropped on"):
            act(p, Objective.objects.get())
    with pytest.raises(Refused, match="was dropped on"):
        p.adds_step(one)


def test_what_somebody_has_taken_up_is_answered_for_first():
    p = planned()
    answer(p, hand_in(p), "agreed")
    take_up(by=p.core, step=p.step(1))

    with pytest.raises(Refused, match=r"Step 1 of it is taken up\. Say first what became of it"):
        drop(p, p.objective(1))

    assert p.objective(1).dropped_at is None


def test_lines_of_the_budget_are_taken_out_first(p):
    one = p.adds()
    budget = Budget.objects.create(
        workplan=p.plan, number=1, begun_by=p.team.core, begun_at=p.plan.begun_at
    )
    line = budget.lines.create(
        number=1, objective=one, category="training", kind="shared", title="A trainer", pence=100
    )
    with pytest.raises(Refused, match=r"has one line for this objective\. Take it out"):
        drop(p, one)

    line.delete()
    assert drop(p, one).dropped_at
