"""A plan of the own cluster of a scene, as rows, with a budget and what came of it."""

from hedgerow.agreements.models import Channel
from hedgerow.core import clock
from hedgerow.workplans.models import (
    Budget,
    BudgetLine,
    Dependency,
    Gainer,
    GainsSaid,
    Objective,
    Step,
    UnplannedGain,
    Wording,
    Workplan,
)
from tests.factories import Scene


def plan(scene: Scene) -> Workplan:
    found = Workplan.objects.filter(cluster=scene.cluster).first()
    return found or Workplan.objects.create(
        cluster=scene.cluster, begun_by=scene.own.core, begun_at=clock.now()
    )


def objective(scene: Scene) -> Objective:
    found = plan(scene).objectives.first()
    return found or plan(scene).objectives.create(
        number=1, title="All of us train together", by=scene.own.core, at=clock.now()
    )


def step(scene: Scene) -> Step:
    return plan(scene).steps.first() or _step(scene, 1)


def _step(scene: Scene, number: int) -> Step:
    return plan(scene).steps.create(
        objective=objective(scene),
        number=number,
        kind="activity",
        title="Find a trainer",
        by=scene.own.core,
        at=clock.now(),
    )


def dependency(scene: Scene) -> Dependency:
    return _step(scene, 2).waits_for.create(on=step(scene))


def wording(scene: Scene) -> Wording:
    return plan(scene).wordings.create(
        said={"summary": "Before."}, by=scene.own.core, at=clock.now()
    )


def budget(scene: Scene) -> Budget:
    found = plan(scene).budgets.first()
    return found or plan(scene).budgets.create(
        number=1, begun_by=scene.own.core, begun_at=clock.now()
    )


def line(scene: Scene) -> BudgetLine:
    return budget(scene).lines.create(
        number=1, category="training", kind="shared", title="A trainer", pence=100_000
    )


def gain(scene: Scene) -> UnplannedGain:
    found = UnplannedGain.objects.filter(cluster=scene.cluster).first()
    return found or UnplannedGain.objects.create(
        cluster=scene.cluster,
        words="We share a caretaker now.",
        kind="support",
        on=clock.today(),
        by=scene.own.core,
        at=clock.now(),
    )


def gainer(scene: Scene) -> Gainer:
    return gain(scene).gainers.create(organisation=scene.own.organisations[0])


def gains_said(scene: Scene) -> GainsSaid:
    return plan(scene).gains_said.create(
        organisation=scene.own.organisations[0],
        channel=Channel.PHONE,
        words="We know our neighbours.",
        by=scene.own.core,
        recorded_by=scene.own.facilitator,
        at=clock.now(),
    )


SCENES = {
    "workplans.Workplan": plan,
    "workplans.Objective": objective,
    "workplans.Step": step,
    "workplans.Dependency": dependency,
    "workplans.Wording": wording,
    "workplans.Budget": budget,
    "workplans.BudgetLine": line,
    "workplans.UnplannedGain": gain,
    "workplans.Gainer": gainer,
    "workplans.GainsSaid": gains_said,
}
