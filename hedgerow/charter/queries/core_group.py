"""Who speaks for whom, what they may commit, and where members compete."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef

from hedgerow.agreements.queries.meetings import attendance_of
from hedgerow.charter.models import Competition, Delegation
from hedgerow.core import clock
from hedgerow.look.words import count, day, first_up, listed, out_of
from hedgerow.people.models import Cluster, Mandate, Member, Role, Seat
from hedgerow.people.queries import MemberLine, SeatLine, members_of, people_of
from hedgerow.people.readers import live
from hedgerow.units import Pence, pounds

_BESIDE = (Role.FACILITATOR, Role.SUPPORTER, Role.SPONSOR)


@dataclass(frozen=True, kw_only=True)
class DelegationLine:
    words: str
    up_to: Pence | None  # None: not said
    days: int | None  # None: not said
    since: date

    @property
    def money(self) -> str:
        if self.up_to is None:
            return "Money: not said"
        return f"Money: up to {pounds(self.up_to)}" if self.up_to else "No money"

    @property
    def time(self) -> str:
        if self.days is None:
            return "Time: not said"
        return f"Time: up to {count(self.days, 'day')}" if self.days else "No days of people’s time"


@dataclass(frozen=True, kw_only=True)
class DeputyLine:
    seat: int
    words: str
    stands_in: bool  # today
    mandate: str  # "from 3 May 2026 to 9 May 2026"; empty without one


@dataclass(frozen=True, kw_only=True)
class CompetitionLine:
    key: int
    organisation: str
    organisation_key: int
    where: str  # empty: nowhere
    stops: str  # empty: nothing
    others: tuple[str, ...]
    on: date

    @property
    def with_whom(self) -> str:
        return f"With {listed(self.others)}" if self.others else "With whoever it may be"


@dataclass(frozen=True, kw_only=True)
class CoreSeatLine:
    """A full member, and its one seat in the Core Group."""

    member: int
    organisation: str
    organisation_key: int
    holder: SeatLine | None  # None: nobody speaks for it
    delegation: DelegationLine | None  # None: not said
    deputies: tuple[DeputyLine, ...]
    attendance: str  # a sentence; empty without a holder
    competitions: tuple[CompetitionLine, ...]
    is_you: bool  # the reader's own organisation

    @property
    def has_said_where(self) -> bool:
        return bool(self.competitions)


@dataclass(frozen=True, kw_only=True)
class CoreGroup:
    lines: tuple[CoreSeatLine, ...]  # by name
    beside: tuple[SeatLine, ...]  # facilitators, supporters, sponsors: without a vote

    @property
    def empty(self) -> tuple[CoreSeatLine, ...]:
        return tuple(line for line in self.lines if line.holder is None)

    @property
    def competitions(self) -> tuple[CompetitionLine, ...]:
        """Where anybody competes."""
        return tuple(said for line in self.lines for said in line.competitions if said.where)

    @property
    def nowhere(self) -> tuple[CompetitionLine, ...]:
        """Those who said that they compete nowhere."""
        return tuple(said for line in self.lines for said in line.competitions if not said.where)

    @property
    def unsaid(self) -> tuple[CoreSeatLine, ...]:
        """Members that have not said whether they compete."""
        return tuple(line for line in self.lines if not line.has_said_where)

    @property
    def sentences(self) -> tuple[str, ...]:
        return _in_short(
            n=len(self.lines),
            n_held=len(self.lines) - len(self.empty),
            n_said=sum(line.delegation is not None for line in self.lines),
            n_where=len(self.lines) - len(self.unsaid),
        )


def _in_short(*, n: int, n_held: int, n_said: int, n_where: int) -> tuple[str, ...]:
    if not n:
        return ("No organisation is a full member yet.",)
    return (
        f"{_of_members(n_held, n)} somebody who speaks for {'it' if n_held == 1 else 'them'}."
        if n_held
        else "Nobody speaks for any member yet.",
        f"{_of_members(n_said, n)} said what their seat may commit.",
        f"{_of_members(n_where, n)} said whether they compete with the others.",
    )


def core_group_in_short(cluster: Cluster) -> tuple[str, ...]:
    """The sentences of `core_group` without the rest of it. One query."""
    its = {"cluster": OuterRef("cluster"), "organisation": OuterRef("organisation")}
    seats = Seat.objects.filter(live(clock.now()), role=Role.CORE, **its)
    said = seats.filter(Exists(Delegation.objects.filter(seat=OuterRef("pk"), ended_at=None)))
    where = Competition.objects.filter(taken_back_at=None, **its)
    members = Member.objects.filter(cluster=cluster, left_at=None, is_second_tier=False)
    found = members.values_list(Exists(seats), Exists(said), Exists(where))
    held, has_said, has_said_where = zip(*found, strict=True) if found else ((), (), ())
    return _in_short(
        n=len(held), n_held=sum(held), n_said=sum(has_said), n_where=sum(has_said_where)
    )


def core_group(cluster: Cluster, own: frozenset[int] = frozenset()) -> CoreGroup:
    """`own`: keys of the reader's organisations. Nine queries for any number of members."""
    people, mandates = people_of(cluster), _mandates(cluster)
    members = [member for member in members_of(cluster) if not member.is_second_tier]
    delegations, competing = _delegations(cluster), competitions_of(cluster)
    attended = attendance_of(cluster)
    lines = []
    for member in members:
        here = [seat for seat in people if seat.organisation_key == member.organisation_key]
        holder = next((seat for seat in here if seat.role is Role.CORE), None)
        came = attended.get(holder.key) if holder else None
        lines.append(
            CoreSeatLine(
                member=member.key,
                organisation=member.name,
                organisation_key=member.organisation_key,
                holder=holder,
                delegation=delegations.get(holder.key) if holder else None,
                deputies=_deputies(here, mandates),
                attendance=came.words if came else "",
                competitions=tuple(competing[member.organisation_key]),
                is_you=member.organisation_key in own,
            )
        )
    return CoreGroup(
        lines=tuple(lines), beside=tuple(seat for seat in people if seat.role in _BESIDE)
    )


def competitions_of(cluster: Cluster) -> Mapping[int, Sequence[CompetitionLine]]:
    """What stands today, by the key of the organisation, oldest first. Two queries."""
    found: dict[int, list[CompetitionLine]] = defaultdict(list)
    said = (
        Competition.objects.filter(cluster=cluster, taken_back_at=None)
        .select_related("organisation")
        .prefetch_related("others")
    )
    for one in said:
        found[one.organisation_id].append(
            CompetitionLine(
                key=one.pk,
                organisation=one.organisation.name,
                organisation_key=one.organisation_id,
                where=one.where,
                stops=one.stops,
                others=tuple(str(other) for other in one.others.all()),
                on=clock.day_of(one.at),
            )
        )
    return found


def other_members(member: Member) -> list[MemberLine]:
    """The others in its cluster today, by name. One query."""
    return [
        line
        for line in members_of(member.cluster)
        if line.organisation_key != member.organisation_id
    ]


def standing_delegation(seat: int) -> DelegationLine | None:
    """One query."""
    said = Delegation.objects.filter(seat=seat, ended_at=None).first()
    return _delegation(said) if said else None


def _delegations(cluster: Cluster) -> dict[int, DelegationLine]:
    """By the key of the seat. One query."""
    said = Delegation.objects.filter(seat__cluster=cluster, ended_at=None)
    return {one.seat_id: _delegation(one) for one in said}


def _delegation(said: Delegation) -> DelegationLine:
    return DelegationLine(
        words=said.words, up_to=said.up_to, days=said.days, since=clock.day_of(said.at)
    )


def _mandates(cluster: Cluster) -> dict[int, str]:
    """The next days on which each deputy stands in, by the key of the seat. One query."""
    found: dict[int, str] = {}
    mandates = Mandate.objects.filter(
        deputy__cluster=cluster, ended_at=None, until_on__gte=clock.today()
    )
    for one in mandates.order_by("from_on", "pk"):
        is_one_day = one.from_on == one.until_on
        days = f"on {day(one.from_on)}" if is_one_day else _span(one.from_on, one.until_on)
        found.setdefault(one.deputy_id, days)
    return found


def _span(from_on: date, until_on: date) -> str:
    return f"from {day(from_on)} to {day(until_on)}"


def _deputies(here: Sequence[SeatLine], mandates: Mapping[int, str]) -> tuple[DeputyLine, ...]:
    return tuple(
        DeputyLine(
            seat=seat.key,
            words=seat.words,
            stands_in=seat.stands_in,
            mandate=mandates.get(seat.key, ""),
        )
        for seat in here
        if seat.role is Role.DEPUTY
    )


def _of_members(n: int, total: int) -> str:
    if total == 1:
        return "The one member has" if n else "The one member has not"
    return f"{first_up(out_of(n, total))} members {'has' if n == 1 else 'have'}"
