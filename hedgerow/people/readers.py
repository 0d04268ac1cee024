"""A person and the seats they hold at this instant: what every rule is asked with."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, Q

from hedgerow.core import clock
from hedgerow.core.actors import Actor, Via

from .models import OF_A_PROGRAMME, Mandate, Role, Seat, User

STAFF = frozenset({*OF_A_PROGRAMME, Role.OPERATOR})  # must show a second factor


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


@dataclass(frozen=True, kw_only=True)
class Reader:
    person: User | None  # None: somebody who has not signed in
    seats: tuple[LiveSeat, ...] = ()
    waits_for_second_factor: bool = False  # holds staff seats that stay shut until it is shown

    def in_cluster(self, key: int) -> tuple[LiveSeat, ...]:
        return tuple(seat for seat in self.seats if seat.cluster == key)

    def has(self, *roles: Role) -> bool:
        return any(seat.role in roles for seat in self.seats)

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
    """The reader as of now. One query.

    Seats of programme staff and operators open nothing until a second factor has been shown.
    """
    if not user.is_active:
        return ANYBODY
    seats = [_live_seat(seat, user) for seat in _seats_of(user)]
    shut = [seat for seat in seats if seat.role in STAFF and not second_factor]
    return Reader(
        person=user,
        seats=tuple(seat for seat in seats if seat not in shut),
        waits_for_second_factor=bool(shut),
    )


def standing_in() -> Exists:
    """Of seats: whether a mandate for today makes a deputy act for the Core Group member."""
    today = clock.today()
    mandates = Mandate.objects.filter(
        deputy=OuterRef("pk"), ended_at=None, from_on__lte=today, until_on__gte=today
    )
    return Exists(mandates)


def _seats_of(user: User) -> Iterable[Seat]:
    return (
        Seat.objects.filter(live(clock.now()), user=user)
        .select_related("cluster", "organisation", "programme")
        .annotate(stands_in=standing_in())
        .order_by("pk")
    )


def _live_seat(seat: Seat, user: User) -> LiveSeat:
    seat.user = user  # known already, and its words need it
    return LiveSeat(
        key=seat.pk,
        role=Role(seat.role),
        cluster=seat.cluster_id,
        organisation=seat.organisation_id,
        programme=seat.programme_id,
        under=seat.cluster.programme_id if seat.cluster else None,
        stands_in=seat.role == Role.DEPUTY and seat.stands_in,
        words=seat_words(seat),
    )


def seat_words(seat: Seat) -> str:
    """ "Chief executive, Open Door"; the role's own word where the person gives no title."""
    title = seat.user.title or seat.get_role_display()
    where = seat.organisation or seat.programme or seat.cluster
    return f"{title}, {where}" if where else title
