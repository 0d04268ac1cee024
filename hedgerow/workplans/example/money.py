"""The budget of the example, its changes, and what was ordered and paid."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from hedgerow.agreements import ways
from hedgerow.core.rooms import Deed
from hedgerow.ledger.queries import award_of
from hedgerow.people.example import Scene
from hedgerow.workplans.actions import budget_changes, budgets, spending
from hedgerow.workplans.models import BudgetLine

from .steps import Step, organisation, plan_of


def _budget(scene: Scene, slug: str, step: Step) -> None:
    by = scene.by(step["by"])
    budget = budgets.begin_budget(by=by, workplan=plan_of(scene, slug))
    for told in step["lines"]:
        scene.kept[told["key"]] = budgets.add_line(
            by=by,
            budget=budget,
            title=told["title"],
            kind=told.get("kind", "shared"),
            category=told["category"],
            pence=told["pence"],
            hours=told.get("hours"),
            member=organisation(scene, told.get("member")),
            objective=scene.kept[told["objective"]],
        )


def _change_budget(scene: Scene, slug: str, step: Step) -> None:
    by, cluster = scene.by(step["by"]), scene.clusters[slug]
    budget = budget_changes.begin_change(by=by, workplan=plan_of(scene, slug))
    for key in step.get("drop", ()):
        line = _line(scene, budget.pk, key)
        budgets.drop_line(by=by, line=line, version=line.version)
    for key, pence in step["change"].items():
        line = _line(scene, budget.pk, key)
        budgets.change_line(
            by=by,
            line=line,
            title=line.title,
            kind=line.kind,
            category=line.category,
            pence=pence,
            hours=line.hours,
            member=line.member,
            objective=line.objective,
            version=line.version,
        )
    budget.refresh_from_db()
    way = next(way for way in ways.ways_of(cluster) if way.slug == step["way"])
    scene.kept[step["key"]] = budget_changes.put_change(
        by=by,
        budget=budget,
        words=step["words"],
        way=way,
        closes_on=scene.day(step["closes"]),
        version=budget.version,
    )


def _line(scene: Scene, budget: int, key: str) -> BudgetLine:
    return BudgetLine.objects.get(budget=budget, number=scene.kept[key].number)


def _commit(scene: Scene, slug: str, step: Step) -> None:
    _enter(scene, slug, step, spending.commit)


def _spend(scene: Scene, slug: str, step: Step) -> None:
    """What was not committed before is committed and spent at once."""
    was_ordered = step.get("committed", False)
    _enter(scene, slug, step, partial(spending.spend, was_ordered=was_ordered))


def _enter(scene: Scene, slug: str, step: Step, act: Callable[..., Any]) -> None:
    act(
        by=scene.by(step["by"]),
        award=award_of(scene.clusters[slug]),
        line=scene.kept[step["line"]].number,
        member=organisation(scene, step["by"]),
        pence=step["pence"],
        on=scene.day(step["day"]),
        words=step["words"],
    )


DEEDS: Mapping[str, Deed] = {
    "budget": _budget,
    "change_budget": _change_budget,
    "commit": _commit,
    "spend": _spend,
}
