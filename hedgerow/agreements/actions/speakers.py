"""Who acts, from which seat, on what: asked by every action about a decision, inside its own
transaction. The door has asked the rule; between its question and the lock, a seat can end."""

from django.db import models

from hedgerow.agreements.models import Decision
from hedgerow.core import clock
from hedgerow.core.actions import Refused, locked, record
from hedgerow.core.actors import Actor
from hedgerow.core.models import Event
from hedgerow.core.owners import Audience, Owner
from hedgerow.look.words import clock_time, day
from hedgerow.people import tries
from hedgerow.people.actions.clusters import going_on
from hedgerow.people.models import Cluster, Member, Role, Seat
from hedgerow.people.readers import live, standing_in

MOST_WORDS = 4000

_NO_VOICE = {
    Role.STAFF: "A member’s staff have no vote. Your Core Group member speaks for you.",
    Role.FACILITATOR: (
        "A facilitator has no vote. What a member told you, you can write down for them."
    ),
    Role.SUPPORTER: "Supporters have no vote. Say what you think under the proposal.",
    Role.SPONSOR: "Sponsors have no vote here.",
}


def seat_in(by: Actor, cluster: Cluster) -> Seat:
    """The seat somebody acts from, if they hold it in this cluster now. Else Refused."""
    seat = (
        Seat.objects.filter(live(clock.now()), pk=by.seat, user=by.person, cluster=cluster)
        .select_related("organisation")
        .annotate(stands_in=standing_in())
        .first()
    )
    if seat is None:
        raise Refused(f"You have no seat in {cluster} any more, so this was not done.")
    return seat


def seat_with_voice(by: Actor, cluster: Cluster) -> Seat:
    """The same, if it speaks for a full member. Else Refused, with the reason."""
    seat = seat_in(by, cluster)
    if seat.role == Role.DEPUTY and not seat.stands_in:
        raise Refused(
            f"A deputy votes on the days on which they stand in, and today is not one. Ask "
            f"{seat.organisation}’s Core Group member to say that you stand in for them."
        )
    if seat.role not in (Role.CORE, Role.DEPUTY):
        raise Refused(_NO_VOICE.get(Role(seat.role), "This seat has no vote here."))
    full_member(cluster, seat.organisation_id)
    return seat


def full_member(cluster: Cluster, organisation: int | None) -> Member:
    """Raises Refused if this organisation has no voice in the cluster."""
    member = Member.objects.filter(
        cluster=cluster, organisation=organisation, left_at=None
    ).select_related("organisation")
    found = member.first()
    if found is None:
        raise Refused(f"This organisation is not a member of {cluster}, so it has no vote here.")
    if found.is_second_tier:
        raise Refused(f"{found.organisation} supports {cluster} and has no vote.")
    return found


def open_decision(decision: Decision) -> Decision:
    """The decision, locked, while one can still vote. Else Refused, saying since when not."""
    fresh = kept_decision(decision)
    if fresh.closed_at:
        raise Refused(
            f"“{fresh}” was closed on {day(fresh.closed_at)} and stays as it was decided. "
            "What you think of it can still be said below it."
        )
    if clock.now() >= fresh.closes_at:
        raise Refused(
            f"Voting on “{fresh}” ended on {day(fresh.closes_at)} at "
            f"{clock_time(fresh.closes_at)}. The votes are being counted."
        )
    return fresh


def kept_decision(decision: Decision) -> Decision:
    """The decision, locked, open or not. Raises Refused if its cluster has ended."""
    fresh = locked(decision)
    going_on(fresh.cluster)
    return fresh


def may_write_to_all(by: Actor, cluster: Cluster) -> None:
    """Count what posts a letter to everybody here. Raises Refused if somebody did it too often."""
    most = tries.ROUNDS_OF_LETTERS
    if not tries.take(most, f"{cluster.pk} {by.person}"):
        raise Refused(
            f"In one day you have had {most.n} letters sent to everybody in {cluster}; that is the "
            "most. Go on tomorrow."
        )


def write_down(did: str, *, by: Actor, to: models.Model, cluster: int, **detail: object) -> Event:
    return record(
        did,
        by=by,
        to=to,
        owner=(Owner.CLUSTER, cluster),
        audience=Audience.CLUSTER,
        **detail,
    )


def said(words: str, *, most: int = MOST_WORDS) -> str:
    """What somebody wrote, without the space round it. Raises Refused if it is too long."""
    words = words.strip()
    if len(words) > most:
        raise Refused(f"This is {len(words):,} characters long; {most:,} are the most. Shorten it.")
    return words
