"""What a cluster's own page and its reports show of its journey."""

from collections.abc import Iterator

from django.urls import reverse

from hedgerow.core import clock
from hedgerow.core.rooms import DatedLine, Panel, Section
from hedgerow.look.words import count, day
from hedgerow.people.access import visible
from hedgerow.people.models import Cluster
from hedgerow.people.readers import Reader

from . import kinds, rules
from .models import Journey, Stage
from .queries.dates import MilestoneLine, kept, timetable_lines
from .queries.gathered import dates_of, journeys_of
from .queries.overview import Overview, overview
from .queries.stages import StageLine, exit_test_lines

NEXT_DATES = 4  # on the cluster's page; the rest are in the timetable


def panels(reader: Reader, cluster: Cluster) -> Iterator[Panel]:
    journey = _journey(reader, cluster)
    if journey is None:
        return
    stages = {stage.pk: stage for stage in visible(reader, rules.SEE_STAGE).filter(journey=journey)}
    page = overview(journey, linked=bool(stages))
    yield _where(journey, page, stages.get(page.where.stage))
    yield _dates(journey)
    if page.days:
        yield Panel(
            heading="Days of help",
            template="journeys/_days.html",
            context={"journey": journey, "lines": page.days},
            order=30,
        )


def dates(reader: Reader, cluster: Cluster) -> Iterator[DatedLine]:
    """What is not met yet, by the day it stands at. Three queries."""
    journey = _journey(reader, cluster)
    if journey is None:
        return
    url = reverse("journeys:timetable", args=[journey.pk])
    found = dates_of([journey])[journey.pk]
    for milestone in found.open_ones:
        yield DatedLine(
            on=found.now[milestone.pk],
            sentence=milestone.name,
            url=f"{url}#date-{milestone.pk}",
        )


def sections(reader: Reader, cluster: Cluster) -> Iterator[Section]:
    """How the journey went: stages as run, dates as kept and moved, and why."""
    journey = _journey(reader, cluster)
    if journey is None:
        return
    page, milestones = overview(journey, linked=False), timetable_lines(journey)
    yield Section(
        heading="How the journey went",
        sentences=(
            page.where.sentence,
            *(sentence for line in page.lines for sentence in _went(line)),
            kept(milestones),
            *(sentence for line in milestones for sentence in _moved(line)),
            *(line.sentence for line in page.days),
        ),
        source="The stages, timetable and log of days of this journey.",
        as_at=clock.today(),
        order=20,
    )


def _journey(reader: Reader, cluster: Cluster) -> Journey | None:
    return next((j for j in journeys_of(reader) if j.cluster_id == cluster.pk), None)


def _where(journey: Journey, page: Overview, stage: Stage | None) -> Panel:
    """`stage`: the open one, if the reader may see what ends it."""
    is_plain = stage is not None and kinds.kind_of(stage).page == kinds.PLAIN_PAGE
    return Panel(
        heading="Where we are",
        template="journeys/_where.html",
        context={
            "journey": journey,
            "where": page.where,
            "lines": page.lines,
            "stage": stage,
            "tests": exit_test_lines(stage) if is_plain else (),
        },
        order=10,
    )


def _dates(journey: Journey) -> Panel:
    coming = [line for line in timetable_lines(journey) if not line.done_on]
    return Panel(
        heading="Dates",
        template="journeys/_dates.html",
        context={
            "journey": journey,
            "lines": coming[:NEXT_DATES],
            "n_more": len(coming[NEXT_DATES:]),
        },
        order=20,
    )


def _went(line: StageLine) -> Iterator[str]:
    for run in line.earlier:
        yield f"{run.name}: {run.when}. {run.ended}."
    name = f"{line.name}, run {line.run}" if line.run > 1 else line.name
    yield f"{name}: {line.when}."
    if line.reason:
        yield f"It was run again because: {line.reason}"


def _moved(line: MilestoneLine) -> Iterator[str]:
    for change in line.changes:
        yield f"On {day(change.on)} {change.sentence}"
    if line.is_late:
        yield f"“{line.name}” is late by {count(-line.days, 'day')}."
