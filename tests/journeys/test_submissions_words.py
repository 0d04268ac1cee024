"""Every change of a plan in a sentence that reads as one."""

import re
from dataclasses import fields, replace
from datetime import date

import pytest
from hypothesis import given

from hedgerow.analysis.plan_changes import changes
from hedgerow.analysis.workplan import Line, Objective, Step
from hedgerow.journeys.change_words import plan_changes
from hedgerow.journeys.queries.plan_views import boards_words, view_of
from hedgerow.journeys.queries.return_views import (
    BECAME,
    GAIN_KINDS,
    JUDGED,
    judged_words,
    return_view_of,
)
from hedgerow.journeys.return_words import return_changes
from hedgerow.workplans.models import GainKind
from hedgerow.workplans.models import Result as Judgement
from tests.analysis.plans import plans
from tests.factories import Team

from .handed_in import a_line, a_return, a_step, an_objective, plan_for

NAMES = {1: "Open Door", 2: "Quay Trust", 3: "The Mill"}


class _Organisation:
    def __init__(self, pk):
        self.pk = pk


TEAM = Team(
    cluster=None,
    organisations=tuple(map(_Organisation, NAMES)),
    seats={},
    second=None,
    third=None,
)
PLAN = plan_for(TEAM)


def said(**changed):
    return [one.sentence for one in plan_changes(PLAN, replace(PLAN, **changed), NAMES)]


def with_objective(**changed):
    return said(objectives=(replace(PLAN.objectives[0], **changed), PLAN.objectives[1]))


def with_step(**changed):
    return said(steps=(replace(PLAN.steps[0], **changed), PLAN.steps[1]))


def with_line(**changed):
    return said(lines=(replace(PLAN.lines[0], **changed), *PLAN.lines[1:]))


@pytest.mark.parametrize(
    ("sentences", "expected"),
    [
        (said(award=30_000_00), "The award is £30,000 now; it was £20,000."),
        (
            said(members=(1, 2, 4)),
            "An organisation that is gone joined. The Mill is not in it any more.",
        ),
        (
            said(meeting_days=(date(2027, 1, 5), date(2027, 3, 2))),
            "Meetings now also on 2 March 2027. No meeting any more on 2 February 2027.",
        ),
        (said(boards_agreed=2), "Two members’ boards have to agree; both have."),
        (said(meetings=""), "How often the Core Group meets was taken out."),
        (
            with_objective(title="All train"),
            "Objective 1, “All train”, was called “All of us train together” before.",
        ),
        (
            with_objective(strand="parallel"),
            (
                "Objective 1, “All of us train together”: its strand is a low-cost activity beside the "
                "main themes now; it was a main theme."
            ),
        ),
        (
            with_objective(judged_on=None),
            (
                "Objective 1, “All of us train together”: when it is judged is not said any more; "
                "it was 1 June 2027."
            ),
        ),
        (
            with_objective(found="Nothing."),
            "Objective 1, “All of us train together”: what there is already was written again.",
        ),
        (
            with_step(due_on=date(2027, 3, 1)),
            (
                "Step 1, “Find a trainer, part 1”: the day it is due is 1 March 2027 now; "
                "it was 20 February 2027."
            ),
        ),
        (
            with_step(holders=(1, 3)),
            (
                "Step 1, “Find a trainer, part 1”: who holds it is Open Door and The Mill now; "
                "it was Open Door and Quay Trust."
            ),
        ),
        (
            with_step(after=(2,)),
            (
                "Step 1, “Find a trainer, part 1”: what it waits for is step 2 now; "
                "it was not said before."
            ),
        ),
        (with_step(is_quick_win=True), "Step 1, “Find a trainer, part 1”, is a quick win now."),
        (
            with_line(member=2),
            "Budget line 1, “Course 1”: whom it is for is Quay Trust now; it was all together.",
        ),
        (
            with_line(objective=None),
            "Budget line 1, “Course 1”: what it is for is the whole plan now; it was objective 1.",
        ),
        (
            said(steps=(*PLAN.steps, a_step(3, objective=2))),
            "Step 3, “Find a trainer, part 3”, is new under objective 2.",
        ),
        (
            said(lines=PLAN.lines[:2]),
            "Budget line 3, “Course 3”, 40 hours, was dropped.",
        ),
        (
            said(objectives=(*PLAN.objectives, an_objective(3, "We lend"))),
            "Objective 3, “We lend”, is new.",
        ),
    ],
)
def test_a_change_is_said_in_one_sentence(sentences, expected):
    assert sentences == [expected]


def test_what_it_comes_to_is_said_first_of_the_budget():
    assert with_line(pence=950_00) == [
        "The budget comes to £1,350. That is £50 more than before.",
        "Budget line 1, “Course 1”: its amount is £950 now; it was £900.",
    ]
    assert said(lines=())[0] == "The budget comes to £0. That is £1,300 less than before."


OTHER = {
    "objective": 2,
    "kind": "milestone",
    "strand": "parallel",
    "holders": (3,),
    "after": (2,),
    "is_quick_win": True,
    "member": 2,
    "category": "advice",
    "pence": 1,
    "hours": 7,
    "starts_on": date(2027, 1, 1),
    "due_on": date(2027, 12, 1),
    "judged_on": date(2027, 12, 1),
}


@pytest.mark.parametrize(
    ("thing", "tell"), [(Objective, with_objective), (Step, with_step), (Line, with_line)]
)
def test_each_field_of_each_thing_has_its_words(thing, tell):
    for field in fields(thing):
        if field.name != "number":
            other = OTHER.get(field.name, "Other words")
            if thing is Line and field.name == "kind":
                other = "quick_win"
            sentence = tell(**{field.name: other})[-1]
            assert re.fullmatch(r"[A-Z“].*[.]", sentence), sentence


@given(plans(), plans())
def test_any_two_plans_can_be_compared_in_words(before, after):
    found = plan_changes(before, after, NAMES)

    assert bool(found) == bool(changes(before, after))
    assert all(re.fullmatch(r"[A-Z“].*[.]", one.sentence) for one in found)
    assert all(one.is_long for one in found if "written again" in one.sentence)


@given(plans())
def test_any_plan_can_be_shown_and_its_lines_stand_once_each_way(found):
    view = view_of(found, "Hazelford", NAMES, on=date(2027, 1, 1))

    for sums in (view.by_objective, view.by_kind, view.by_category):
        numbers = sorted(line.number for one in sums for line in one.lines)
        assert numbers == sorted(line.number for line in found.lines)
        assert sum(one.money for one in sums) == view.money
    assert view.n_steps == len(found.steps)
    assert view.left == found.award - found.money


@pytest.mark.parametrize(
    ("needed", "agreed", "sentence"),
    [
        (0, 0, "No member has said that its board has to agree."),
        (1, 0, "One member’s board has to agree, and it has not yet."),
        (1, 1, "One member’s board has to agree, and it has."),
        (3, 0, "Three members’ boards have to agree; none of three have."),
        (3, 1, "Three members’ boards have to agree; one of three has."),
        (3, 3, "Three members’ boards have to agree; all three have."),
    ],
)
def test_what_boards_said_is_one_sentence(needed, agreed, sentence):
    assert boards_words(replace(PLAN, boards_needed=needed, boards_agreed=agreed)) == sentence


def test_every_word_of_the_room_above_is_known_here():
    assert dict(GAIN_KINDS) == dict(GainKind.choices)
    assert {key: words for key, (_, words) in JUDGED.items() if key} == dict(Judgement.choices)
    assert set(BECAME) == {"done", "stopped", "open"}


def test_a_return_beside_itself_has_not_changed():
    assert return_changes(a_return(TEAM), a_return(TEAM)) == ()


def test_what_became_of_a_step_is_set_against_its_first_day():
    found = a_return(TEAM)
    (one,) = found.steps
    told = [
        replace(one, became="open", on=None),
        replace(one, became="stopped"),
        replace(one, on=one.planned_on),
    ]
    view = return_view_of(replace(found, steps=tuple(told)), "Hazelford", NAMES)

    assert [step.how for step in view.objectives[0].steps] == [
        "Planned for 20 February 2027. Now due on 1 March 2027.",
        "Planned for 20 February 2027. Stopped on 1 March 2027.",
        "Planned for 20 February 2027. Done on 20 February 2027.",
    ]


def test_a_return_without_objectives_or_gains_is_said_shortly():
    found = replace(a_return(TEAM), objectives=(), gains=(), steps=())

    view = return_view_of(found, "Hazelford", NAMES)

    assert view.in_short == "No objectives; £11,000 of £20,000 spent."
    assert view.free == 8_000_00


@pytest.mark.parametrize(
    ("judged", "words"),
    [
        ((), ""),
        (("Not judged yet",), "The objective not judged yet"),
        (
            ("Not judged yet", "Not judged yet", "Partly met", "Not judged yet"),
            "One of four objectives partly met, three not judged yet",
        ),
        (("Not met", "Met", "Met"), "Two of three objectives met, one not met"),
        (("Met", "Met"), "Both objectives met"),
    ],
)
def test_what_nobody_has_judged_yet_is_not_told_as_a_failure(judged, words):
    assert judged_words(judged) == words


@pytest.mark.parametrize(
    ("on", "held", "to_come"),
    [
        (date(2027, 1, 1), "", 2),
        (date(2027, 1, 5), "", 2),
        (date(2027, 1, 6), "One meeting was held before 6 January 2027.", 1),
        (date(2027, 3, 1), "Two meetings were held before 1 March 2027.", 0),
    ],
)
def test_a_plan_tells_the_meetings_that_were_from_those_to_come(on, held, to_come):
    view = view_of(PLAN, "Hazelford", NAMES, on=on)

    assert (view.met_words, len(view.to_meet_on)) == (held, to_come)


def test_lines_without_money_say_their_hours():
    assert said(lines=(*PLAN.lines, a_line(4, 0, kind="in_kind", hours=1, member=1))) == [
        "Budget line 4, “Course 4”, one hour, is new."
    ]
