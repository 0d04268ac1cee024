"""What a seat may commit, and where members compete."""

from collections.abc import Sequence

from hedgerow.charter.models import Competition, Delegation
from hedgerow.core import clock
from hedgerow.core.actions import Refused, action, locked, nothing_to_do, record
from hedgerow.core.actors import Actor
from hedgerow.core.owners import Owner
from hedgerow.people.actions.clusters import going_on
from hedgerow.people.kinds import refuse_unseen
from hedgerow.people.models import Cluster, Member, Organisation, Role, Seat
from hedgerow.units import Pence

MOST_DAYS = 366  # of people's time; more is a slip of the pen


@action
def delegate(
    *, by: Actor, seat: Seat, words: str, up_to: Pence | None, days: int | None
) -> Delegation:
    """Say what the holder of a Core Group seat may commit without going back to ask.

    `up_to`: money in pence; None, like `days`: not said. What was said before stays, with its end.
    """
    seat = locked(seat)
    cluster = _cluster_of(seat)
    if seat.role != Role.CORE:
        raise ValueError("only a Core Group seat commits its organisation")
    if seat.ended_at:
        raise Refused("This seat has ended, so it commits nothing any more.")
    if by.for_organisation != seat.organisation_id:
        raise Refused(f"What this seat may commit is for {seat.organisation} to say.")
    words = words.strip()
    if not words:
        raise Refused("Say in words what your seat may commit, and what it may not.")
    if up_to is not None and up_to < 0:
        raise Refused("The money it may commit is nothing or more.")
    if days is not None and not 0 <= days <= MOST_DAYS:
        raise Refused(f"The days it may commit are between 0 and {MOST_DAYS}.")
    before = Delegation.objects.filter(seat=seat, ended_at=None).first()
    if before and (before.words, before.up_to, before.days) == (words, up_to, days):
        nothing_to_do()
        return before
    now = clock.now()
    Delegation.objects.filter(seat=seat, ended_at=None).update(ended_at=now)
    said = Delegation.objects.create(
        seat=seat, words=words, up_to=up_to, days=days, by_id=_seat_of(by), at=now
    )
    _record(by, said, "charter.delegated", cluster, seat=seat.pk)
    return said


@action
def declare_competition(
    *, by: Actor, member: Member, where: str, stops: str, others: Sequence[Organisation]
) -> Competition:
    """Say where an organisation competes with other members and what it stops doing there; or,
    with nothing in `where`, that it competes with them nowhere."""
    member = locked(member)
    cluster = going_on(member.cluster)
    if member.left_at:
        raise Refused(f"{member.organisation} has left {cluster}. It can join again first.")
    if by.for_organisation != member.organisation_id:
        raise Refused(f"Where it competes is for {member.organisation} to say.")
    where, stops = where.strip(), stops.strip()
    refuse_unseen(where)
    _refuse_strangers(member, others)
    said = Competition.objects.filter(
        cluster=cluster, organisation=member.organisation, taken_back_at=None
    )
    if not where:
        if stops or others:
            raise Refused("Say where you compete: in which area, for which work, with which buyer.")
        standing = said.first()
        if standing and standing.where:
            raise Refused(
                f"You said that you compete: “{standing.where}”. Take that back first, if it no "
                "longer holds."
            )
        if standing:
            nothing_to_do()
            return standing
    elif said.filter(where=where).exists():
        raise Refused("You have said this already. To change it, take it back and say it anew.")
    said.filter(where="").update(taken_back_at=clock.now())
    competition = Competition.objects.create(
        cluster=cluster,
        organisation=member.organisation,
        where=where,
        stops=stops,
        by_id=_seat_of(by),
        at=clock.now(),
    )
    competition.others.set(others)
    _record(
        by,
        competition,
        "charter.competition_declared",
        cluster,
        organisation=member.organisation_id,
        is_nowhere=not where,
    )
    return competition


@action
def take_back_competition(*, by: Actor, competition: Competition) -> Competition:
    """It holds no longer. The row stays, with the day it was taken back."""
    competition = locked(competition)
    cluster = going_on(competition.cluster)
    if by.for_organisation != competition.organisation_id:
        raise Refused(f"This is for {competition.organisation} to take back.")
    if competition.taken_back_at:
        nothing_to_do()
        return competition
    competition.taken_back_at = clock.now()
    competition.save(update_fields=["taken_back_at"])
    _record(
        by,
        competition,
        "charter.competition_taken_back",
        cluster,
        organisation=competition.organisation_id,
    )
    return competition


def _refuse_strangers(member: Member, others: Sequence[Organisation]) -> None:
    """Raises Refused if one of them is not another member today."""
    here = set(
        Member.objects.filter(cluster=member.cluster, left_at=None)
        .exclude(organisation=member.organisation)
        .values_list("organisation", flat=True)
    )
    for other in others:
        if other.pk not in here:
            raise Refused(f"{other} is not another member of {member.cluster}. Leave it out.")


def _cluster_of(seat: Seat) -> Cluster:
    if seat.cluster is None:
        raise ValueError("this seat is in no cluster")
    return going_on(seat.cluster)


def _seat_of(by: Actor) -> int:
    """Raises ValueError for the clock and the command line, which hold no seat."""
    if by.seat is None:
        raise ValueError("this is done by somebody in a seat")
    return by.seat


def _record(
    by: Actor, thing: Delegation | Competition, did: str, cluster: Cluster, **detail: object
) -> None:
    record(did, by=by, to=thing, owner=(Owner.CLUSTER, cluster.pk), **detail)
