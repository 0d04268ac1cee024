"""What the lines are made from, for one journey or many at the same number of queries."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db.models import Count, Q, QuerySet

from hedgerow.analysis.schedule import DateCounts, kept_and_moved
from hedgerow.core import clock
from hedgerow.core.prepared import prepared
from hedgerow.core.readings import asked_once, asked_once_by
from hedgerow.journeys import kinds, rules
from hedgerow.journeys.models import Journey, Milestone, PlannedDate, Stage
from hedgerow.people.access import visible
from hedgerow.people.models import Cluster
from hedgerow.people.readers import Reader

SEAT = ("user", "organisation", "cluster", "programme")  # what people.readers.seat_words reads
_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, kw_only=True)
class Stages:
    """All runs of one journey's stages. Each carries n_tests and n_met."""

    runs: Sequence[Stage]  # by position, then run

    @property
    def newest(self) -> list[Stage]:
        """The last run of each position, in order."""
        return list({run.position: run for run in self.runs}.values())

    @property
    def open_one(self) -> Stage | None:
        """None once the journey is at its end."""
        return next((run for run in self.runs if run.is_open), None)

    def n_closed(self, *, until: int) -> int:
        """Of the stages up to this position."""
        return sum(bool(run.closed_at) for run in self.newest if run.position <= until)


@dataclass(frozen=True, kw_only=True)
class Dates:
    """Of one journey, by the key of a milestone."""

    milestones: list[Milestone]  # by their position
    first: dict[int, date] = field(default_factory=dict)  # as the first timetable had them
    now: dict[int, date] = field(default_factory=dict)

    @property
    def open_ones(self) -> list[Milestone]:
        """Those that are not met, soonest first."""
        waiting = [milestone for milestone in self.milestones if not milestone.done_on]
        return sorted(waiting, key=lambda milestone: self.now[milestone.pk])

    def counts(self, today: date) -> DateCounts:
        return kept_and_moved(
            first={str(key): on for key, on in self.first.items()},
            current={str(key): on for key, on in self.now.items()},
            done={str(m.pk): m.done_on for m in self.milestones if m.done_on},
            today=today,
        )

    def spans(self, started_on: date, stages: Stages) -> dict[int, tuple[date, date]]:
        """First and last planned day of each stage, by position.

        A stage ends on the last date that its end stands for, or after its planned days where
        there is none; it begins when the one before it has ended.
        """
        ends: dict[int, date] = {}
        for milestone in self.milestones:
            if milestone.ends_stage:
                on = self.now[milestone.pk]
                ends[milestone.ends_stage] = max(on, ends.get(milestone.ends_stage, on))
        found, begins = {}, started_on
        for stage in stages.newest:
            last = ends.get(stage.position) or begins + (stage.planned_days - 1) * _ONE_DAY
            found[stage.position] = (min(begins, last), last)
            begins = (clock.day_of(stage.closed_at) if stage.closed_at else last) + _ONE_DAY
        return found


@asked_once_by
def journeys_of(reader: Reader) -> tuple[Journey, ...]:
    """Every journey that the reader may see, with its cluster, oldest first. One query."""
    return tuple(_journeys(reader))


@prepared
def _journeys(reader: Reader) -> QuerySet[Journey]:
    return visible(reader, rules.SEE_JOURNEY).select_related("cluster").order_by("pk")


@asked_once
def stages_of(journeys: Iterable[Journey]) -> dict[int, Stages]:
    """By the key of the journey. One query."""
    keys = [journey.pk for journey in journeys]
    found = defaultdict(list)
    for run in _runs(keys):
        found[run.journey_id].append(run)
    return {key: Stages(runs=found[key]) for key in keys}


@prepared
def _runs(journeys: Iterable[int]) -> QuerySet[Stage]:
    stands = Q(exit_tests__ticks__undone_at=None)
    return (
        Stage.objects.filter(journey__in=journeys)
        .annotate(
            n_tests=Count("exit_tests", distinct=True),
            n_met=Count("exit_tests__ticks", filter=stands, distinct=True),
        )
        .order_by("position", "run")
    )


def open_on(reader: Reader, page: str, clusters: Collection[int | None]) -> dict[int, Stage]:
    """By the key of the cluster, of these: its open stage, if this page is where that is run. Where
    a page has asked for journeys and stages, no query of its own."""
    journeys = [
        journey
        for journey in journeys_of(reader)
        if journey.cluster_id in clusters and not journey.cluster.ended_at
    ]
    stages = stages_of(journeys) if journeys else {}
    found = {}
    for journey in journeys:
        stage = stages[journey.pk].open_one
        if stage and kinds.kind_of(stage).page == page:
            stage.journey = journey  # known, and its exit test asks for it
            found[journey.cluster_id] = stage
    return found


def has_come_to(reader: Reader, cluster: Cluster, slugs: Collection[str]) -> bool:
    """Whether a stage of one of these kinds was ever opened in the cluster's journey; True where
    the reader sees no journey of it, so that nothing is held back. Where a page has asked for
    journeys and stages, no query of its own."""
    journey = next((one for one in journeys_of(reader) if one.cluster_id == cluster.pk), None)
    if journey is None:
        return True
    runs = stages_of([journey])[journey.pk].runs
    return any(run.opened_at and run.kind in slugs for run in runs)


@asked_once
def dates_of(journeys: Iterable[Journey]) -> dict[int, Dates]:
    """By the key of the journey. Two queries."""
    keys = [journey.pk for journey in journeys]
    found = {key: Dates(milestones=[]) for key in keys}
    for milestone in _milestones(keys):
        found[milestone.journey_id].milestones.append(milestone)
    for journey, milestone, on in _planned(keys):
        found[journey].first.setdefault(milestone, on)
        found[journey].now[milestone] = on
    return found


@prepared
def _milestones(journeys: Iterable[int]) -> QuerySet[Milestone]:
    return Milestone.objects.filter(journey__in=journeys).order_by("position")


@prepared
def _planned(journeys: Iterable[int]) -> QuerySet[PlannedDate, tuple[int, int, date]]:
    planned = PlannedDate.objects.filter(timetable__journey__in=journeys)
    in_order = planned.order_by("timetable__number")
    return in_order.values_list("timetable__journey", "milestone", "on")
