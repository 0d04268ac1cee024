"""A journey on one page."""

from dataclasses import dataclass

from hedgerow.core import clock
from hedgerow.journeys.models import Journey

from .board import days_since_step, last_steps, since_step
from .days import DaysLine, days_of_journeys
from .gathered import dates_of, stages_of
from .stages import StageLine, Where, lines_of, where_of, without_links


@dataclass(frozen=True, kw_only=True)
class Overview:
    where: Where
    lines: tuple[StageLine, ...]
    days: tuple[DaysLine, ...]
    momentum: str  # empty before it begins and after it ends


def overview(journey: Journey, *, linked: bool) -> Overview:
    """Six queries. `linked`: whether the reader may open the stages' own pages."""
    stages = stages_of([journey])
    here, dates = stages[journey.pk], dates_of([journey])[journey.pk]
    lines = lines_of(journey, here, dates)
    last_step = last_steps([journey]).get(journey.cluster_id)
    quiet = days_since_step(journey, here, last_step, clock.today())
    return Overview(
        where=where_of(here),
        lines=tuple(lines if linked else without_links(lines)),
        days=tuple(days_of_journeys([journey], stages)[journey.pk]),
        momentum="" if quiet is None else since_step(quiet),
    )
