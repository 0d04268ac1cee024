"""A person and the seats they hold at this instant: what every rule is asked with."""

from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from types import SimpleNamespace
from typing import Any, TypeVar, cast

from django.db.models import Exists, Model, OuterRef, Q, QuerySet

from hedgerow.core import clock
from hedgerow.core.actors import Actor, Via
from hedgerow.core.prepared import prepared
from hedgerow.core.readings import asked_once

from .models import OF_A_PROGRAMME, Mandate, Role, Seat, User

STAFF = frozenset({*OF_A_PROGRAMME, Role.OPERATOR})  # must show a second factor

M = TypeVar("M", bound=Model)

_WHERE = ("organisation", "programme", "cluster")


@dataclass(frozen=True, kw_only=True)
class LiveSeat:
    key: int
    role: Role
    cluster: int | None
    organisation: int | None
    programme: int | None  # of the seat itself; a seat in a cluster has `under`
    under: int | None  # the programme that the seat's cluster belongs to
    stands_in: bool  # a deputy with a mandate for today
    words: str  # "Chief executive, Open Door"

    @property
    def roles(self) -> frozenset[Role]:
        """The roles it acts in. A deputy acts for the Core Group member only while standing in."""
        return frozenset({self.role, Role.CORE} if self.stands_in else {self.role})

    def shape(self) -> Hashable:
        return self.role, self.stands_in, *(value is None for value in self.values())

    def values(self) -> tuple[int | None, ...]:
        return self.key, self.cluster, self.organisation, self.programme, self.under

    def filled(self, values: Iterator[Any]) -> "LiveSeat":
        key, cluster, organisation, programme, under = (
            None if value is None else next(values) for value in self.values()
        )
        return LiveSeat(
            key=key,
            role=self.role,
            cluster=cluster,
            organisation=organisation,
            programme=programme,
            under=under,
            stands_in=self.stands_in,
            words="",
        )


@dataclass(frozen=True, kw_only=True)
class Reader:
    person: User | None  # None: somebody who has not signed in
    seats: tuple[LiveSeat, ...] = ()
    waits_for_second_factor: bool = False  # holds staff seats that stay shut until it is shown

    def in_cluster(self, key: int) -> tuple[LiveSeat, ...]:
        return tuple(seat for seat in self.seats if seat.cluster == key)

    def has(self, *roles: Role) -> bool:
        return any(seat.role in roles for seat in self.seats)

    # What a prepared question makes of it (core/prepared.py): roles shape the question, keys only
    # fill it.

    def shape(self) -> Hashable:
        return self.person is None, *(seat.shape() for seat in self.seats)

    def values(self) -> Iterator[int | None]:
        if self.person:
            yield self.person.pk
        for seat in self.seats:
            yield from seat.values()

    def filled(self, values: Iterator[Any]) -> "Reader":
        person = cast("User", SimpleNamespace(pk=next(values))) if self.person else None
        return Reader(person=person, seats=tuple(seat.filled(values) for seat in self.seats))

    def actor(self, seat: LiveSeat | None, via: Via = Via.PAGE) -> Actor:
        return Actor(
            person=self.person.pk if self.person else None,
            seat=seat.key if seat else None,
            for_organisation=seat.organisation if seat else None,
            via=via,
        )


ANYBODY = Reader(person=None)


def live(at: datetime) -> Q:
    """Of seats: those that have begun and have not ended at this instant."""
    return Q(began_at__lte=at) & (Q(ended_at=None) | Q(ended_at__gt=at))


def reader_of(user: User, *, second_factor: bool = False) -> Reader:
    """The reader as of now. One query, and another for a deputy.

    Seats of programme staff and operators open nothing until a second factor has been shown.
    """
    if not user.is_active:
        return ANYBODY
    found = _seats_of(user.pk, clock.now())
    deputising = _standing_in(seat.pk for seat in found if seat.role == Role.DEPUTY)
    seats = [_live_seat(seat, user, stands_in=seat.pk in deputising) for seat in found]
    shut = [seat for seat in seats if seat.role in STAFF and not second_factor]
    return Reader(
        person=user,
        seats=tuple(seat for seat in seats if seat not in shut),
        waits_for_second_factor=bool(shut),
    )


def standing_in() -> Exists:
    """Of seats: whether a mandate for today makes a deputy act for the Core Group member."""
    return Exists(_mandates_today().filter(deputy=OuterRef("pk")))


def _standing_in(deputies: Iterable[int]) -> frozenset[int]:
    """Those of these seats that do. One query, or none."""
    keys = list(deputies)
    if not keys:
        return frozenset()
    return frozenset(_mandates_today().filter(deputy__in=keys).values_list("deputy", flat=True))


def _mandates_today() -> QuerySet[Mandate]:
    today = clock.today()
    return Mandate.objects.filter(ended_at=None, from_on__lte=today, until_on__gte=today)


@prepared
def _seats_of(user: int, now: datetime) -> QuerySet[Seat]:
    return (
        Seat.objects.filter(live(now), user=user)
        .select_related(*_WHERE)
        .only("role", "cluster__programme", *(f"{where}__name" for where in _WHERE))
        .order_by("pk")
    )


def _live_seat(seat: Seat, user: User, *, stands_in: bool) -> LiveSeat:
    seat.user = user  # known already, and its words need it
    return LiveSeat(
        key=seat.pk,
        role=Role(seat.role),
        cluster=seat.cluster_id,
        organisation=seat.organisation_id,
        programme=seat.programme_id,
        under=seat.cluster.programme_id if seat.cluster else None,
        stands_in=stands_in,
        words=seat_words(seat),
    )


def seat_words(seat: Seat) -> str:
    """ "Chief executive, Open Door"; the role's own word where the person gives no title."""
    title = seat.user.title or seat.get_role_display()
    where = seat.organisation or seat.programme or seat.cluster
    return f"{title}, {where}" if where else title


@asked_once
def seats_named(keys: Iterable[int]) -> dict[int, Seat | None]:
    """By key, with what `seat_words` reads and when they ended, and nothing besides; None for one
    that is not there. One query."""
    wanted = set(keys)
    found = {seat.pk: seat for seat in _named(wanted)} if wanted else {}
    return {key: found.get(key) for key in wanted}


@prepared
def _named(keys: Iterable[int]) -> QuerySet[Seat]:
    read = ("role", "ended_at", "user__title", *(f"{where}__name" for where in _WHERE))
    return Seat.objects.filter(pk__in=keys).select_related("user", *_WHERE).only(*read)


def with_seats(rows: Iterable[M], *names: str) -> list[M]:
    """The rows, with the seats that these fields of them name. One query for all, where joining
    each seat to each row, and to each seat what stands beside it, would read many columns."""
    rows = list(rows)
    keys = {getattr(row, f"{name}_id") for row in rows for name in names}
    seats = seats_named(keys - {None})
    for row in rows:
        for name in names:
            setattr(row, name, seats.get(getattr(row, f"{name}_id")))
    return rows
