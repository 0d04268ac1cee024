"""A programme's design, as its page shows it."""

from dataclasses import dataclass
from functools import lru_cache

from hedgerow.core.faults import Fault
from hedgerow.journeys import kinds
from hedgerow.journeys.models import Design
from hedgerow.journeys.packs import (
    Milestone,
    ProgrammePack,
    StagePlan,
    load_programme_pack,
    read_programme_pack,
    shipped_packs,
)
from hedgerow.look.words import count, days_of


@dataclass(frozen=True, kw_only=True)
class PlanLine:
    plan: StagePlan
    length: str  # "4 weeks"
    is_checklist: bool  # whether ticks end it, here and now


@dataclass(frozen=True, kw_only=True)
class PlannedDateLine:
    name: str
    when: str
    whose: str


@dataclass(frozen=True, kw_only=True)
class DesignPage:
    pack: ProgrammePack
    stages: tuple[PlanLine, ...]
    dates: tuple[PlannedDateLine, ...]
    allowances: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class ShippedLine:
    slug: str
    sentence: str
    button: str  # "Use Collaborate 2: six stages, 40 weeks"


def read_design(design: Design) -> ProgrammePack:
    """Raises LookupError, with a sentence, if a design of long ago can no longer be read."""
    pack, faults = _read(design.text, str(design))
    if pack is None:
        raise LookupError(f"{design} cannot be read any more; load it again. {faults[0].sentence}")
    return pack


def name_of_design(design: Design) -> str:
    """ "Collaborate 2, version 1"; by its slug where it can no longer be read."""
    pack, _ = _read(design.text, str(design))
    return f"{pack.name if pack else design.pack}, version {design.version}"


@lru_cache(maxsize=64)  # a text is read the same way each time, and a pack cannot be changed
def _read(text: str, name: str) -> tuple[ProgrammePack | None, tuple[Fault, ...]]:
    return read_programme_pack(text, name=name)


def shipped_lines() -> list[ShippedLine]:
    """The designs that come with Hedgerow. No query."""
    return [_shipped_line(slug, load_programme_pack(slug)) for slug in shipped_packs()]


def _shipped_line(slug: str, pack: ProgrammePack) -> ShippedLine:
    n_days = sum(plan.planned_days for plan in pack.stages)
    return ShippedLine(
        slug=slug,
        sentence=pack.sentence,
        button=f"Use {pack.name}: {count(len(pack.stages), 'stage')}, {_length(n_days)}",
    )


def design_page(design: Design) -> DesignPage:
    """No query. Raises LookupError as `read_design` does."""
    pack = read_design(design)
    names = {plan.kind: plan.name for plan in pack.stages}
    return DesignPage(
        pack=pack,
        stages=tuple(
            PlanLine(
                plan=plan,
                length=_length(plan.planned_days),
                is_checklist=kinds.runs_as_checklist(plan),
            )
            for plan in pack.stages
        ),
        dates=tuple(_date_line(milestone, names) for milestone in pack.milestones),
        allowances=tuple(
            f"{given.name}: {days_of(given.half_days)}, up to the end of “{names[given.until]}”."
            for given in pack.allowances
        ),
    )


def _date_line(milestone: Milestone, names: dict[str, str]) -> PlannedDateLine:
    when = (
        f"At the end of “{names[milestone.at_end_of]}”"
        if milestone.at_end_of
        else f"{count(milestone.weeks_after_start or 0, 'week')} after the start".capitalize()
    )
    whose = "The programme’s" if milestone.belongs_to == "programme" else "The cluster’s own"
    return PlannedDateLine(name=milestone.name, when=when, whose=whose)


def _length(n_days: int) -> str:
    weeks, rest = divmod(n_days, 7)
    return count(n_days, "day") if rest else count(weeks, "week")
