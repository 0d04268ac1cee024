"""What waits for one person, and where they are."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import QuerySet

from hedgerow.core import clock
from hedgerow.core.models import Event
from hedgerow.core.owners import Owner
from hedgerow.core.prepared import prepared
from hedgerow.core.rooms import DatedLine, Prompt, rooms
from hedgerow.journeys.queries.gathered import dates_of as planned_of
from hedgerow.journeys.queries.gathered import journeys_of, stages_of
from hedgerow.journeys.queries.stages import StageLine, Where, lines_of, where_of
from hedgerow.journeys.rules import SEE_BOARD, SEE_JOURNEY
from hedgerow.people.access import visible
from hedgerow.people.models import Cluster, Programme, Seat, User
from hedgerow.people.readers import Reader
from hedgerow.people.rules import SEE_CLUSTER

ONE_VISIT = timedelta(hours=12)  # coming back sooner than this is the same visit
LOOKED_IN = "front.looked_in"


@dataclass(frozen=True, kw_only=True)
class NextLine:
    prompt: Prompt
    is_late: bool


@dataclass(frozen=True, kw_only=True)
class NextList:
    lines: tuple[NextLine, ...]  # late, then by day, then what has no day
    waiting: tuple[Prompt, ...]  # the reader has done their part

    @property
    def minutes(self) -> int:
        return sum(line.prompt.minutes for line in self.lines)


@dataclass(frozen=True, kw_only=True)
class Place:
    """A cluster that the reader has a seat in."""

    key: int
    name: str
    where: Where | None  # None before its journey begins, and for whom that is not open
    sees_journey: bool
    lines: tuple[StageLine, ...]
    dates: tuple[DatedLine, ...]


def next_list(reader: Reader, today: date) -> NextList:
    """One list from every room's prompts; the same thing once, whoever asks for it."""
    prompts = {
        prompt.key: prompt
        for room in rooms()
        for prompts_for in room.prompts
        for prompt in prompts_for(reader, today)
    }
    mine = sorted(
        (prompt for prompt in prompts.values() if not prompt.waits_on),
        key=lambda prompt: prompt.due_on or date.max,
    )
    return NextList(
        lines=tuple(_line(prompt, today) for prompt in mine),
        waiting=tuple(prompt for prompt in prompts.values() if prompt.waits_on),
    )


def held_a_seat(user: User) -> bool:
    """Ever, whether it has ended or not. One query."""
    return Seat.objects.filter(user=user).exists()


def is_same_visit(user: User) -> bool:
    return bool(user.looked_at) and clock.now() - user.looked_at < ONE_VISIT


def last_visit(user: User) -> datetime | None:
    """When the visit before this one began; None if there was none. One query at most."""
    if not is_same_visit(user):
        return user.looked_at
    visits = Event.objects.filter(owner_kind=Owner.PERSON, owner_key=user.pk, did=LOOKED_IN)
    return visits.order_by("-number").values_list("at", flat=True)[1:2].first()


def places_of(reader: Reader, today: date) -> list[Place]:
    """Five queries for any number of clusters, and what the rooms ask for the dates of each."""
    keys = {seat.cluster for seat in reader.seats if seat.cluster}
    if not keys:
        return []
    journeys = [journey for journey in journeys_of(reader) if journey.cluster_id in keys]
    stages, planned = stages_of(journeys), planned_of(journeys)
    by_cluster = {journey.cluster_id: journey for journey in journeys}
    found = []
    for cluster in _clusters(reader, keys):
        journey = by_cluster.get(cluster.pk)
        here = stages[journey.pk] if journey else None
        found.append(
            Place(
                key=cluster.pk,
                name=cluster.name,
                where=where_of(here) if here else None,
                sees_journey=any(
                    seat.roles & SEE_JOURNEY.seats for seat in reader.in_cluster(cluster.pk)
                ),
                lines=tuple(lines_of(journey, here, planned[journey.pk])) if here else (),
                dates=tuple(dates_of(reader, cluster, today)),
            )
        )
    return found


@prepared
def _clusters(reader: Reader, keys: Iterable[int]) -> QuerySet[Cluster]:
    here = visible(reader, SEE_CLUSTER).filter(pk__in=keys)
    return here.only("name", "ended_at", "programme").order_by("name")


def boards_of(reader: Reader) -> list[Programme]:
    """Programmes whose board the reader may see. One query, or none."""
    if not any(seat.roles & SEE_BOARD.seats for seat in reader.seats):
        return []
    return list(visible(reader, SEE_BOARD).order_by("name"))


def dates_of(reader: Reader, cluster: Cluster, today: date, limit: int = 5) -> list[DatedLine]:
    """The next dates of a cluster, soonest first."""
    coming = [line for line in _dates(reader, cluster) if line.on >= today]
    return sorted(coming, key=lambda line: line.on)[:limit]


def _line(prompt: Prompt, today: date) -> NextLine:
    due = prompt.due_on
    return NextLine(
        prompt=prompt,
        is_late=due is not None and due < today,
    )


def _dates(reader: Reader, cluster: Cluster) -> Iterable[DatedLine]:
    for room in rooms():
        for dates in room.dates:
            yield from dates(reader, cluster)
