"""Budgets shared out."""

from collections.abc import Mapping

from hedgerow.core.actors import Actor
from hedgerow.core.rooms import Deed
from hedgerow.focus.actions import ideas, sharing
from hedgerow.focus.models import Costed, Idea
from hedgerow.people.example import Scene

from .steps import Step, kept


def _share_out(scene: Scene, slug: str, step: Step) -> None:
    by = scene.by(step["by"])
    for key, cost in step.get("costs", {}).items():
        _cost(scene, by, scene.kept[key], cost)
    scene.kept[step["key"]] = sharing.open_share_out(
        by=by,
        cluster=scene.clusters[slug],
        ideas=kept(scene, step["ideas"]),
        budget=step["budget"],
        marks=step["marks"],
        completion=step["completion"],
        ties=step["ties"],
        is_secret=step["secret"],
        due_on=scene.day(step["due"]),
    )


def _marks(scene: Scene, slug: str, step: Step) -> None:
    """Each member marks for itself."""
    share_out = scene.kept[step["of"]]
    for key, told in step["cast"].items():
        points = {
            Costed.objects.get(share_out=share_out, idea=scene.kept[idea]).pk: n
            for idea, n in told.items()
        }
        sharing.mark(by=scene.by(key), share_out=share_out, points=points)


def _close_share_out(scene: Scene, slug: str, step: Step) -> None:
    share_out = scene.kept[step["of"]]
    share_out.refresh_from_db()
    sharing.close_share_out(
        by=scene.by(step["by"]), share_out=share_out, knows_absent=False, version=share_out.version
    )


def _cost(scene: Scene, by: Actor, idea: Idea, cost: int) -> None:
    idea.refresh_from_db()
    said = {name: getattr(idea, name) for name in ("title", "words", "is_quick_win", *Idea.TESTS)}
    ideas.change_idea(by=by, idea=idea, version=idea.version, cost=cost, **said)


DEEDS: Mapping[str, Deed] = {
    "share_out": _share_out,
    "marks": _marks,
    "close_share_out": _close_share_out,
}
