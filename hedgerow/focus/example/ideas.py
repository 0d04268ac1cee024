"""Ideas on the long list, put together, and who says what it would gain."""

from collections.abc import Mapping

from hedgerow.agreements.models import Channel
from hedgerow.core.rooms import Deed
from hedgerow.focus.actions import gains, ideas, shaping
from hedgerow.focus.models import Gain
from hedgerow.people.example import Scene

from .steps import Step, kept


def _ideas(scene: Scene, slug: str, step: Step) -> None:
    for told in step["list"]:
        said = {name: value for name, value in told.items() if name != "key"}
        scene.kept[told["key"]] = ideas.add_idea(
            by=scene.by(step["by"]), cluster=scene.clusters[slug], **({"words": ""} | said)
        )


def _merge(scene: Scene, slug: str, step: Step) -> None:
    scene.kept[step["key"]] = shaping.merge_ideas(
        by=scene.by(step["by"]),
        cluster=scene.clusters[slug],
        ideas=kept(scene, step["ideas"]),
        title=step["title"],
        words=step["words"],
        because=step["because"],
    )


def _gains(scene: Scene, slug: str, step: Step) -> None:
    """Each member says for itself what it would gain."""
    for key, words in step["said"].items():
        gains.say_gain(
            by=scene.by(key), idea=scene.kept[step["idea"]], would_gain=True, words=words
        )


def _record_gain(scene: Scene, slug: str, step: Step) -> None:
    gains.record_gain(
        by=scene.by(step["by"]),
        idea=scene.kept[step["idea"]],
        organisation=scene.seats[step["for"]].organisation,
        would_gain=True,
        words=step["words"],
        channel=Channel(step["channel"]),
    )


def _confirm_gain(scene: Scene, slug: str, step: Step) -> None:
    by = scene.by(step["by"])
    said = Gain.objects.get(
        idea=scene.kept[step["idea"]], organisation=by.for_organisation, ended_at=None
    )
    gains.confirm_gain(by=by, gain=said)


DEEDS: Mapping[str, Deed] = {
    "ideas": _ideas,
    "merge": _merge,
    "gains": _gains,
    "record_gain": _record_gain,
    "confirm_gain": _confirm_gain,
}
