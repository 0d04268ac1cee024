"""What came of the plans of the example: done, slipped, stopped, and what nobody had planned."""

from collections.abc import Mapping

from hedgerow.agreements import actions as agreements
from hedgerow.agreements.models import Promise
from hedgerow.core.rooms import Deed
from hedgerow.people.example import Scene
from hedgerow.workplans.actions import gains, progress

from .steps import Step, plan_of


def _done(scene: Scene, slug: str, step: Step) -> None:
    agreements.keep(by=scene.by(step["by"]), promise=_promise(scene, step))


def _moved(scene: Scene, slug: str, step: Step) -> None:
    agreements.move_promise(
        by=scene.by(step["by"]),
        promise=_promise(scene, step),
        due_on=scene.day(step["to"]),
        reason=step["reason"],
    )


def _stopped(scene: Scene, slug: str, step: Step) -> None:
    agreements.let_go(by=scene.by(step["by"]), promise=_promise(scene, step), reason=step["reason"])


def _promise(scene: Scene, step: Step) -> Promise:
    return Promise.objects.get(plan_step=scene.kept[step["step"]])


def _judge(scene: Scene, slug: str, step: Step) -> None:
    progress.judge(
        by=scene.by(step["by"]),
        objective=scene.kept[step["objective"]],
        result=step["result"],
        words=step["words"],
    )


def _gain_seen(scene: Scene, slug: str, step: Step) -> None:
    gains.log_gain(
        by=scene.by(step["by"]),
        cluster=scene.clusters[slug],
        words=step["words"],
        kind=step["kind"],
        on=scene.day(step["day"]),
        members=[scene.seats[key].organisation for key in step["members"]],
        evidence=step.get("evidence", ""),
        pence=step.get("pence"),
    )


def _gained(scene: Scene, slug: str, step: Step) -> None:
    gains.say_gains(
        by=scene.by(step["by"]),
        workplan=plan_of(scene, slug),
        has_nothing=False,
        words=step["words"],
    )


def _record_gained(scene: Scene, slug: str, step: Step) -> None:
    gains.record_gains(
        by=scene.by(step["by"]),
        workplan=plan_of(scene, slug),
        organisation=scene.seats[step["for"]].organisation,
        has_nothing=False,
        words=step["words"],
        channel=step["channel"],
    )


DEEDS: Mapping[str, Deed] = {
    "step_done": _done,
    "step_moved": _moved,
    "step_stopped": _stopped,
    "judge": _judge,
    "gain_seen": _gain_seen,
    "gained": _gained,
    "record_gained": _record_gained,
}
