"""Each thing that taking the plan forward comes to: steps, the award, and what members gained."""

from collections.abc import Collection, Mapping
from types import MappingProxyType

from django.urls import reverse

from hedgerow.journeys.queries.parts import Part
from hedgerow.ledger.queries.awards import award_of, money_in
from hedgerow.look.words import count, day, first_up, listed
from hedgerow.people.models import Cluster
from hedgerow.units import pounds

from .gains_said import said_in
from .plans import plan_of
from .progress import Progress, progress_in
from .progress_steps import StepLine

# Sentences of a design that the room can answer by itself: slug of the sentence -> part.
KNOWN: Mapping[str, str] = MappingProxyType(
    {
        "steps-done-or-stopped": "steps",
        "award-spent-or-committed": "money",
        "gains-asked-for": "gains",
    }
)
MOST_NAMED = 3  # steps; of the rest, how many


def carrying_parts(cluster: Cluster, slugs: Collection[str]) -> dict[str, Part]:
    """By slug; `slugs`: of the design's sentences. Where no award was made, what is said of one is
    ticked."""
    makes = {"steps": _steps, "money": _money, "gains": _gains}
    wanted = {KNOWN[slug] for slug in slugs if slug in KNOWN}
    made = {slug: make(cluster) for slug, make in makes.items() if slug in wanted}
    return {slug: part for slug, part in made.items() if part is not None}


def answering_carrying(slug: str, _: Collection[str]) -> tuple[str, ...]:
    return (KNOWN[slug],) if slug in KNOWN else ()


def _steps(cluster: Cluster) -> Part:
    plan = plan_of(cluster)
    progress = progress_in([plan.pk])[plan.pk] if plan else Progress()
    missing = [_open(step) for step in progress.open[:MOST_NAMED]]
    if n_more := len(progress.open) - len(missing):
        verb = "is" if n_more == 1 else "are"
        missing.append(f"{first_up(count(n_more, 'more step'))} {verb} open.")
    return Part(
        slug="steps",
        sentence="Each step of the plan is done, or stopped with its reason.",
        there=(progress.in_short,) if progress.steps else (),
        missing=tuple(missing),
        url=reverse("workplans:progress", args=[cluster.pk]),
        button="Open the plan as it goes",
    )


def _open(step: StepLine) -> str:
    if step.promise is None:
        return f"“{step.title}” is nobody’s yet."
    assert step.due_on
    return f"“{step.title}” is open; it is due on {day(step.due_on)}."


def _money(cluster: Cluster) -> Part | None:
    award = award_of(cluster)
    if award is None:
        return None
    money = money_in([award.pk])[award.pk]
    there = (
        f"Of {pounds(money.award)}, {pounds(money.spent)} is spent, and {pounds(money.open)} more "
        "is committed."
    )
    return Part(
        slug="money",
        sentence="The award is spent or committed.",
        there=(there,),
        missing=(f"{pounds(money.free)} of the award is free: neither spent nor committed.",)
        if money.free
        else (),
        url=award.get_absolute_url(),
        button="Open the account",
    )


def _gains(cluster: Cluster) -> Part:
    table = said_in([cluster.pk])[cluster.pk]
    silent = [line.organisation for line in table.silent]
    verb = "has" if len(silent) == 1 else "have"
    missing = (
        f"{listed(silent)} {verb} not said what they gained, or that they have nothing to add."
    )
    return Part(
        slug="gains",
        sentence="Each member has been asked what it gained, planned or not.",
        there=(table.in_short,) if table.said else (),
        missing=(missing,) if silent else (),
        url=reverse("workplans:gains", args=[cluster.pk]),
        button="See what members gained",
    )
