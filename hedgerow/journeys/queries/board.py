"""All clusters of a programme in one table."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db.models import Count, Max, Q

from hedgerow.analysis.schedule import DateCounts, days_since
from hedgerow.core import clock
from hedgerow.core.cells import marked
from hedgerow.core.models import Event
from hedgerow.core.owners import Owner
from hedgerow.core.rooms import BoardCell, board_columns
from hedgerow.journeys import rules
from hedgerow.journeys.models import Journey
from hedgerow.journeys.steps import STEPS
from hedgerow.look.words import count, first_up
from hedgerow.people.access import visible
from hedgerow.people.models import Cluster, Programme
from hedgerow.people.readers import Reader
from hedgerow.people.rules import SEE_CLUSTER

from .days import DaysLine, days_of_journeys
from .gathered import Dates, Stages, dates_of, stages_of
from .stages import Where, where_of

SLOW_AFTER = 28  # days without a step, from which a cluster is said to be slowing


@dataclass(frozen=True, kw_only=True)
class BoardLine:
    key: int  # of the cluster
    cluster: str
    n_members: int
    journey: int | None  # None: it has not begun
    is_open_to_reader: bool  # whether the journey's own pages are
    has_page_for_reader: bool  # whether the cluster's own page is open to the reader
    where: Where | None
    n_closed: int  # stages
    opened_on: date | None  # the stage that is open now
    days_since_step: int | None  # None before the journey begins and after it ends
    dates: DateCounts | None
    days: tuple[DaysLine, ...]
    next_on: date | None
    next_name: str
    cells: tuple[BoardCell, ...] = ()  # of what other rooms hand over, in the order of its columns

    @property
    def is_slow(self) -> bool:
        return self.days_since_step is not None and self.days_since_step >= SLOW_AFTER

    @property
    def momentum(self) -> str:
        """How long since something was done; never how good."""
        if self.where is None:
            return "The journey has not begun."
        if self.where.stage is None:
            return "At the end of the journey."
        if self.days_since_step is None:
            return "Begins later."
        return since_step(self.days_since_step)

    @property
    def kept(self) -> str:
        if self.dates is None:
            return ""
        done = self.dates.n_kept + self.dates.n_done_later
        if not done:
            return "None met yet"
        return f"{self.dates.n_kept} of {done} kept"

    @property
    def moved(self) -> str:
        """What is not as first set, in words; empty if all is."""
        if self.dates is None:
            return ""
        said = []
        if self.dates.n_moved:
            said.append(f"{self.dates.n_moved} moved")
        if self.dates.n_late:
            said.append(f"{self.dates.n_late} late")
        return ", ".join(said)


@dataclass(frozen=True, kw_only=True)
class Sums:
    """The foot of the board."""

    n_clusters: int
    n_members: int
    n_begun: int
    n_slow: int
    n_kept: int
    n_met: int
    n_moved: int
    n_late: int
    days: tuple[tuple[str, int, int], ...]  # name of the allowance, half days used, given

    @property
    def sentence(self) -> str:
        """The board for whoever reads no further."""
        if not self.n_clusters:
            return "There is no cluster yet."
        whole = f"{first_up(count(self.n_clusters, 'cluster'))}, {count(self.n_members, 'member')}."
        slow = count(self.n_slow, "of them", "of them", zero="none")
        slowing = f"{first_up(slow)} {'is' if self.n_slow in (0, 1) else 'are'} slowing"
        late = f"{count(self.n_late, 'date')} {'is' if self.n_late == 1 else 'are'} late"
        return f"{whole} {slowing}; {late}."


def since_step(n_days: int) -> str:
    if n_days == 0:
        return "A step was done today."
    return f"{first_up(count(n_days, 'day'))} since a step was done."


@dataclass(frozen=True, kw_only=True)
class Board:
    lines: tuple[BoardLine, ...]  # each cluster that has not ended, by name
    headings: tuple[str, ...]  # of the columns that other rooms hand over
    totals: tuple[BoardCell, ...]  # of each of them

    @property
    def sums(self) -> Sums:
        return sums(self.lines)


def board(reader: Reader, programme: Programme) -> Board:
    """Ten queries for any number of clusters, and what the rooms ask for their columns."""
    lines, columns = _lines(reader, programme), board_columns()
    keys = [line.key for line in lines]
    read = [column.read(reader, keys) for column in columns]
    return Board(
        lines=tuple(
            replace(line, cells=tuple(cells[line.key] for cells, _ in read)) for line in lines
        ),
        headings=tuple(column.heading for column in columns),
        totals=tuple(total for _, total in read),
    )


def _lines(reader: Reader, programme: Programme) -> list[BoardLine]:
    clusters = list(
        visible(reader, rules.SEE_ON_BOARD)
        .filter(programme=programme, ended_at=None)
        .annotate(n_members=Count("members", filter=Q(members__left_at=None), distinct=True))
        .order_by("name")
    )
    journeys = list(Journey.objects.filter(cluster__in=clusters))
    mine = set(
        visible(reader, rules.SEE_JOURNEY)
        .filter(cluster__programme=programme)
        .values_list("pk", flat=True)
    )
    pages = set(
        visible(reader, SEE_CLUSTER).filter(programme=programme).values_list("pk", flat=True)
    )
    stages, dates = stages_of(journeys), dates_of(journeys)
    allowances, steps = days_of_journeys(journeys, stages), last_steps(journeys)
    by_cluster = {journey.cluster_id: journey for journey in journeys}
    found = []
    for cluster in clusters:
        journey = by_cluster.get(cluster.pk)
        if journey is None:
            found.append(_not_begun(cluster, has_page_for_reader=cluster.pk in pages))
            continue
        found.append(
            _line(
                cluster,
                journey,
                stages[journey.pk],
                dates[journey.pk],
                allowances[journey.pk],
                steps.get(cluster.pk),
                is_open_to_reader=journey.pk in mine,
                has_page_for_reader=cluster.pk in pages,
            )
        )
    return found


def last_steps(journeys: Sequence[Journey]) -> Mapping[int, datetime]:
    """When something was last done on each journey, by the key of its cluster. One query."""
    steps = Event.objects.filter(
        owner_kind=Owner.CLUSTER.value,
        owner_key__in=[journey.cluster_id for journey in journeys],
        did__in=STEPS,
    )
    return dict(steps.values_list("owner_key").annotate(Max("at")))


def sums(lines: Sequence[BoardLine]) -> Sums:
    counts = [line.dates for line in lines if line.dates]
    given: dict[str, tuple[int, int]] = {}
    for line in lines:
        for allowance in line.days:
            used, whole = given.get(allowance.name, (0, 0))
            given[allowance.name] = (used + allowance.used, whole + allowance.half_days)
    return Sums(
        n_clusters=len(lines),
        n_members=sum(line.n_members for line in lines),
        n_begun=len(counts),
        n_slow=sum(line.is_slow for line in lines),
        n_kept=sum(c.n_kept for c in counts),
        n_met=sum(c.n_kept + c.n_done_later for c in counts),
        n_moved=sum(c.n_moved for c in counts),
        n_late=sum(c.n_late for c in counts),
        days=tuple((name, used, whole) for name, (used, whole) in given.items()),
    )


def board_rows(board: Board) -> list[list[str | int]]:
    """The board as a spreadsheet takes it: a row of headings, then one for each cluster."""
    headings = [
        "Cluster",
        "Members",
        "Stage",
        "Number of the stage",
        "Stages in all",
        "Run",
        "Days since a step",
        "Dates kept",
        "Dates met",
        "Dates moved",
        "Dates late",
        "Days of help used",
        "Days of help given",
        "Next date",
        "Next",
        *(heading for column in board_columns() for heading in column.headings),
    ]
    return [headings, *map(_row, board.lines)]


def _row(line: BoardLine) -> list[str | int]:
    where, dates = line.where, line.dates
    n_met = dates.n_kept + dates.n_done_later if dates else ""
    return [
        marked(line.cluster),
        line.n_members,
        marked(where.name) if where else "Not begun",
        where.position if where and where.stage else "",
        where.n_stages if where else "",
        where.run if where and where.stage else "",
        "" if line.days_since_step is None else line.days_since_step,
        dates.n_kept if dates else "",
        n_met,
        dates.n_moved if dates else "",
        dates.n_late if dates else "",
        _number(sum(given.used for given in line.days)) if line.days else "",
        _number(sum(given.half_days for given in line.days)) if line.days else "",
        line.next_on.isoformat() if line.next_on else "",
        marked(line.next_name),
        *(figure for cell in line.cells for figure in cell.figures),
    ]


def _number(half_days: int) -> str:
    """As a spreadsheet reads it."""
    return f"{half_days / 2:g}"


def _not_begun(cluster: Cluster, *, has_page_for_reader: bool) -> BoardLine:
    return BoardLine(
        key=cluster.pk,
        cluster=cluster.name,
        n_members=cluster.n_members,
        journey=None,
        is_open_to_reader=False,
        has_page_for_reader=has_page_for_reader,
        where=None,
        n_closed=0,
        opened_on=None,
        days_since_step=None,
        dates=None,
        days=(),
        next_on=None,
        next_name="",
    )


def _line(
    cluster: Cluster,
    journey: Journey,
    stages: Stages,
    dates: Dates,
    allowances: Sequence[DaysLine],
    last_step: datetime | None,
    *,
    is_open_to_reader: bool,
    has_page_for_reader: bool,
) -> BoardLine:
    today, stage = clock.today(), stages.open_one
    coming = [m for m in dates.open_ones if dates.now[m.pk] >= today]
    following = coming[0] if coming else None
    return BoardLine(
        key=cluster.pk,
        cluster=cluster.name,
        n_members=cluster.n_members,
        journey=journey.pk,
        is_open_to_reader=is_open_to_reader,
        has_page_for_reader=has_page_for_reader,
        where=where_of(stages),
        n_closed=sum(bool(run.closed_at) for run in stages.newest),
        opened_on=clock.day_of(stage.opened_at) if stage else None,
        days_since_step=days_since_step(journey, stages, last_step, today),
        dates=dates.counts(today),
        days=tuple(allowances),
        next_on=dates.now[following.pk] if following else None,
        next_name=following.name if following else "",
    )


def days_since_step(
    journey: Journey, stages: Stages, last_step: datetime | None, today: date
) -> int | None:
    """None before the journey begins and after it ends."""
    if stages.open_one is None or journey.started_on > today:
        return None
    stepped_on = clock.day_of(last_step) if last_step else journey.started_on
    return days_since(min(max(stepped_on, journey.started_on), today), today)
