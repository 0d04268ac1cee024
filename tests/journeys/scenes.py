"""A thing of each kind in the own cluster of a scene, for the tests of rules and doors."""

from datetime import date, timedelta

from hedgerow.core import clock
from hedgerow.journeys import actions
from hedgerow.journeys.models import (
    Allowance,
    DayLog,
    ExitTest,
    Journey,
    Milestone,
    Move,
    PlannedDate,
    Stage,
    StageResult,
    Standing,
    Tick,
    Timetable,
)
from tests.factories import Scene, actor

from .walks import short_design


def journey(scene: Scene) -> Journey:
    """Begun on the day of the scene."""
    found = Journey.objects.filter(cluster=scene.cluster).first()
    if found:
        return found
    short_design(scene.programme)
    return actions.start_journey(
        by=actor(scene.staff["manager"]), cluster=scene.cluster, starts_on=clock.today()
    )


def stage(scene: Scene) -> Stage:
    return journey(scene).stages.get(position=1)


def exit_test(scene: Scene) -> ExitTest:
    return stage(scene).exit_tests.get(position=1)


def tick(scene: Scene) -> Tick:
    return actions.tick(
        by=actor(scene.own.core), exit_test=exit_test(scene), evidence="The list of members."
    )


def own_milestone(scene: Scene) -> Milestone:
    return journey(scene).milestones.get(slug="formed")


def programme_milestone(scene: Scene) -> Milestone:
    return journey(scene).milestones.get(slug="answers-in")


def timetable(scene: Scene) -> Timetable:
    return journey(scene).timetables.get(number=1)


def planned_date(scene: Scene) -> PlannedDate:
    return timetable(scene).dates.get(milestone__slug="formed")


def move(scene: Scene) -> Move:
    milestone = programme_milestone(scene)
    return actions.ask_to_move(
        by=actor(scene.own.facilitator),
        milestone=milestone,
        to_on=planned_on(milestone) + timedelta(days=2),
        reason="Two members were away.",
    )


def standing(scene: Scene) -> Standing:
    milestone = own_milestone(scene)
    return actions.say_it_stands(
        by=actor(scene.own.core), milestone=milestone, on=planned_on(milestone)
    )


def allowance(scene: Scene) -> Allowance:
    return journey(scene).allowances.get()


def log(scene: Scene) -> DayLog:
    return actions.log_days(
        by=actor(scene.own.facilitator),
        allowance=allowance(scene),
        on=clock.today(),
        half_days=1,
        what="A meeting",
    )


def result(scene: Scene) -> StageResult:
    return StageResult.objects.create(
        stage=stage(scene), kind="made-up", version=1, whole={}, made_at=clock.now()
    )


def planned_on(milestone: Milestone) -> date:
    return milestone.dates.latest("timetable__number").on


SCENES = {
    "journeys.Design": lambda scene: journey(scene).design,
    "journeys.Journey": journey,
    "journeys.Stage": stage,
    "journeys.ExitTest": exit_test,
    "journeys.Tick": tick,
    "journeys.Milestone": own_milestone,
    "journeys.Timetable": timetable,
    "journeys.PlannedDate": planned_date,
    "journeys.Move": move,
    "journeys.Standing": standing,
    "journeys.Allowance": allowance,
    "journeys.DayLog": log,
    "journeys.StageResult": result,
}
