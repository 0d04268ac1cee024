"""Plans and returns for the tests of what is handed in, with the people who do it."""

from dataclasses import replace
from datetime import date

from hedgerow.analysis.returns import (
    ClusterReturn,
    GainTold,
    LineSpent,
    ObjectiveResult,
    Said,
    StepResult,
)
from hedgerow.analysis.workplan import Line, Objective, Step, Workplan
from hedgerow.journeys import actions
from hedgerow.journeys.models import Submission, SubmissionKind
from tests.factories import Team, actor

from .walks import Walk, walk

# What people type, and what must stay words wherever it is shown.
HOSTILE = '<b>bold</b> #import "x" $x$ *b* _u_ [x] \\ @x // {{ view }} \x07 =cmd ”'
ENDLESS = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"


def plan_for(own: Team, **changed) -> Workplan:
    """Two objectives in two steps, three lines, three members."""
    first, second, third = (one.pk for one in own.organisations)
    plan = Workplan(
        summary="We learn together.",
        meetings="On the first Tuesday of each month.",
        meeting_days=(date(2027, 1, 5), date(2027, 2, 2)),
        award=20_000_00,
        members=(first, second, third),
        boards_needed=2,
        boards_agreed=1,
        objectives=(an_objective(1, "All of us train together"), an_objective(2, "We buy as one")),
        steps=(
            a_step(1, holders=(first, second)),
            a_step(2, objective=2, holders=(third,), alone_because="Only they buy.", after=(1,)),
        ),
        lines=(
            a_line(1, 900_00),
            a_line(2, 400_00, member=second, kind="levelling_up", category="ict-support"),
            a_line(3, 0, objective=None, member=third, kind="in_kind", hours=40, category="staff"),
        ),
    )
    return replace(plan, **changed)


def an_objective(number: int, title: str, **changed) -> Objective:
    told = {
        "for_whom": "Our workers",
        "judged_how": "We count who came.",
        "judged_on": date(2027, 6, 1),
        "theme": "Training",
        "strand": "main",
        "found": "Courses in other towns.",
        "stands_behind": "The council’s own course.",
        "differs": "It is here, in the evening.",
    }
    return Objective(number=number, title=title, **{**told, **changed})


def a_step(number: int, **changed) -> Step:
    told = {
        "objective": 1,
        "kind": "activity",
        "title": f"Find a trainer, part {number}",
        "starts_on": date(2027, 1, 10),
        "due_on": date(2027, 2, 20),
        "holders": (),
        "alone_because": "",
        "after": (),
        "is_quick_win": False,
    }
    return Step(number=number, **{**told, **changed})


def a_line(number: int, pence: int, **changed) -> Line:
    told = {
        "objective": 1,
        "member": None,
        "category": "training",
        "kind": "shared",
        "title": f"Course {number}",
        "hours": None,
    }
    return Line(number=number, pence=pence, **{**told, **changed})


def a_return(own: Team, **changed) -> ClusterReturn:
    found = ClusterReturn(
        as_at=date(2027, 9, 1),
        award=20_000_00,
        released=15_000_00,
        drawn=12_000_00,
        committed=1_000_00,
        spent=11_000_00,
        objectives=(
            ObjectiveResult(number=1, title="All train", judged="met", words="Forty people came."),
            ObjectiveResult(number=2, title="We buy as one", judged="", words=""),
        ),
        steps=(
            StepResult(
                number=1,
                objective=1,
                title="Find a trainer",
                became="done",
                on=date(2027, 3, 1),
                planned_on=date(2027, 2, 20),
                due_on=date(2027, 3, 1),
                why="The first one was ill.",
            ),
        ),
        lines=(LineSpent(number=1, title="Courses", planned=9_00, committed=0, spent=8_50),),
        gains=(
            GainTold(
                words="A trainer found us a hall.",
                kind="opening",
                on=date(2027, 4, 1),
                members=(own.organisations[0].pk,),
                others="Two other charities",
                evidence="The letter of 1 April",
                pence=300_00,
            ),
        ),
        n_members=3,
        n_asked=2,
        said=(Said(heading="What we learnt", words="To begin earlier."),),
    )
    return replace(found, **changed)


class HandedIn:
    """A walk whose cluster hands in plans, and a programme that answers."""

    def __init__(self, w: Walk | None = None):
        self.w = w or walk()
        self.team, self.journey = self.w.team, self.w.journey
        self.cluster = self.team.cluster
        self.core, self.second = self.w.core, actor(self.team.second)
        self.manager = self.w.manager

    def plan(self, **changed) -> Workplan:
        return plan_for(self.team, **changed)

    def hands_in(self, result=None, *, words="", by=None) -> Submission:
        result = result or self.plan()
        is_return = isinstance(result, ClusterReturn)
        return actions.submit(
            by=by or self.core,
            journey=self.journey,
            kind=SubmissionKind.RETURN if is_return else SubmissionKind.PLAN,
            result=result,
            words=words,
        )

    def takes_back(self, submission: Submission, *, by=None, version=None) -> Submission:
        return actions.take_back(by=by or self.core, submission=submission, version=version)

    def answers(self, submission, answer, *, words="", version=None) -> Submission:
        return actions.answer(
            by=self.manager, submission=submission, answer=answer, words=words, version=version
        )
