"""From the focus to a plan that is handed in."""

from collections.abc import Mapping

from hedgerow.core.rooms import Deed
from hedgerow.journeys.queries.submissions import digest_of
from hedgerow.people.example import Scene
from hedgerow.workplans.actions import handing_in, objectives, plans, steps
from hedgerow.workplans.models import Objective, StepKind, Strand
from hedgerow.workplans.models import Step as PlanStep
from hedgerow.workplans.queries.plans import plan_now

from .steps import Step, day, plan_of


def _plan(scene: Scene, slug: str, step: Step) -> None:
    by = scene.by(step["by"])
    plan = plans.begin_plan(by=by, cluster=scene.clusters[slug])
    plans.write_plan(
        by=by,
        workplan=plan,
        summary=step["summary"],
        meetings=step["meetings"],
        version=plan.version,
    )


def _objective(scene: Scene, slug: str, step: Step) -> None:
    """A new one, one that came out of the focus, or one that is called back and changed."""
    by, row = scene.by(step["by"]), _known(scene, slug, step)
    if row is None:
        row = objectives.add_objective(
            by=by, workplan=plan_of(scene, slug), title=step["title"], strand=Strand.MAIN
        )
    row.refresh_from_db()
    row = objectives.change_objective(
        by=by,
        objective=row,
        title=step.get("title", row.title),
        for_whom=step.get("for_whom", row.for_whom),
        judged_how=step.get("judged_how", row.judged_how),
        judged_on=day(scene, step, "judged_on") or row.judged_on,
        strand=step.get("strand", row.strand),
        version=row.version,
    )
    if "found" in step:
        row = objectives.come_in_behind(
            by=by,
            objective=row,
            **{name: step[name] for name in Objective.BEHIND},
            version=row.version,
        )
    scene.kept[step["key"]] = row


def _known(scene: Scene, slug: str, step: Step) -> Objective | None:
    if "theme" in step:
        theme = scene.kept[step["theme"]].pk
        return Objective.objects.get(workplan=plan_of(scene, slug), theme=theme)
    return scene.kept.get(step["key"])


def _plan_steps(scene: Scene, slug: str, step: Step) -> None:
    by = scene.by(step["by"])
    for told in step["steps"]:
        objective = scene.kept[step["objective"]]
        said = {
            "kind": told.get("kind", StepKind.ACTIVITY),
            "title": told["title"],
            "starts_on": day(scene, told, "starts"),
            "due_on": day(scene, told, "due"),
            "is_quick_win": told.get("quick", False),
        }
        row = _begun(objective) if told.get("quick") else None
        if row is None:
            row = steps.add_step(by=by, objective=objective, **said)
        else:
            row = steps.change_step(by=by, step=row, **said, version=row.version)
        first, second = (scene.seats[key] for key in told["pair"])
        row = steps.name_pair(
            by=by, step=row, first=first, second=second, alone_because="", version=row.version
        )
        if "after" in told:
            waited = [scene.kept[key] for key in told["after"]]
            row = steps.wait_for(by=by, step=row, on=waited, version=row.version)
        scene.kept[told["key"]] = row


def _begun(objective: Objective) -> PlanStep | None:
    """The quick win that came out of the focus, until somebody takes it up."""
    return objective.steps.filter(is_quick_win=True, first=None, dropped_at=None).first()


def _hand_in(scene: Scene, slug: str, step: Step) -> None:
    handing_in.hand_in(
        by=scene.by(step["by"]),
        cluster=scene.clusters[slug],
        words=step.get("words", ""),
        digest=digest_of(plan_now(plan_of(scene, slug))),
    )


DEEDS: Mapping[str, Deed] = {
    "plan": _plan,
    "objective": _objective,
    "plan_steps": _plan_steps,
    "hand_in": _hand_in,
}
