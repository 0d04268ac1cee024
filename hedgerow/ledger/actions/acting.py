"""Who acts on an award, from which seat, and on what day: asked by every action about money, once
the award is locked. The door has asked the rule; between its question and the lock, a seat can end."""

from collections.abc import Iterable
from datetime import date

from django.db import models

from hedgerow.core import clock
from hedgerow.core.actions import Refused, for_change, locked, record
from hedgerow.core.actors import Actor
from hedgerow.core.models import Event
from hedgerow.core.owners import Audience, Owner
from hedgerow.ledger.models import Award, Claim
from hedgerow.look.words import day
from hedgerow.people.actions.clusters import going_on
from hedgerow.people.models import Cluster, Member, Organisation, Programme, Role, Seat
from hedgerow.people.readers import live

MOST_WORDS = 2000  # characters


def manager_in(by: Actor, programme: Programme) -> Seat:
    """The manager's seat that somebody acts from, if they hold it now. Else Refused."""
    seats = Seat.objects.filter(live(clock.now()), pk=by.seat, user=by.person)
    seat = seats.filter(role=Role.MANAGER, programme=programme).first()
    if seat is None:
        raise Refused(f"Only the manager of {programme} can do this, so it was not done.")
    return seat


def seat_about(by: Actor, award: Award) -> Seat:
    """The same of everybody in its cluster and of the programme's manager. What the manager does
    can still be done when the cluster has ended: the award is the programme's."""
    cluster = award.cluster
    seats = Seat.objects.filter(live(clock.now()), pk=by.seat, user=by.person)
    here = models.Q(cluster=cluster) | models.Q(role=Role.MANAGER, programme=cluster.programme_id)
    seat = seats.filter(here).select_related("organisation").first()
    if seat is None:
        raise Refused(f"You have no seat in {cluster} any more, so this was not done.")
    if seat.role != Role.MANAGER:
        going_on(cluster)
    return seat


def open_award(award: Award, *, version: int | None = None) -> Award:
    """The award, locked, while anything can still be changed in it. Else Refused, saying since
    when not; Stale if `version` is told and is no longer its own."""
    fresh = locked(award)
    if fresh.closed_on:
        raise Refused(
            f"This award was closed on {day(fresh.closed_on)}, and stays as it was then. What "
            "follows from it is for the next one."
        )
    return fresh if version is None else locked(award, version=version)


def full_member(cluster: Cluster, organisation: Organisation) -> Member:
    """Locked, so that it does not leave meanwhile. Raises Refused if it is none, or has no voice."""
    member = member_here(cluster, organisation)
    if member.is_second_tier:
        raise Refused(f"{organisation} supports {cluster} and is no full member. Choose one.")
    return member


def members_here(cluster: Cluster, *organisations: Organisation | None) -> None:
    """Locked, so that none leaves meanwhile, in the order in which several are locked elsewhere.
    Raises Refused for one that is no member."""
    asked = [one for one in organisations if one is not None]
    rows = Member.objects.filter(cluster=cluster, organisation__in=asked, left_at=None)
    list(for_change(rows.order_by("pk")))
    for one in asked:
        member_here(cluster, one)


def member_here(cluster: Cluster, organisation: Organisation) -> Member:
    rows = Member.objects.filter(cluster=cluster, organisation=organisation)
    found = for_change(rows.order_by("-joined_at", "-pk")).first()
    if found is None:
        raise Refused(f"{organisation} is not a member of {cluster}. Choose one that is.")
    if found.left_at:
        raise Refused(
            f"{organisation} left {cluster} on {day(found.left_at)}. Choose a member that is here."
        )
    return found


def day_of_award(award: Award, on: date) -> date:
    """Raises Refused if this day is before the award or still to come."""
    if on < award.awarded_on:
        raise Refused(
            f"{day(on)} is before the award, which was made on {day(award.awarded_on)}. Choose "
            "that day or a later one."
        )
    return not_to_come(on)


def not_to_come(on: date) -> date:
    if on > clock.today():
        raise Refused(f"{day(on)} is still to come. Write it down once it has happened.")
    return on


def words_of(text: str, *, most: int = MOST_WORDS, else_say: str = "") -> str:
    """Without the space round it. Raises Refused if it is too long; and if it is empty, with
    `else_say`, where that is told."""
    text = text.strip()
    if not text and else_say:
        raise Refused(else_say)
    if len(text) > most:
        raise Refused(f"This is {len(text):,} characters long; {most:,} are the most. Shorten it.")
    return text


def doubt_them(claims: Iterable[Claim], *, seat: Seat, reason: str) -> None:
    """Say of what the cluster says is so, locked, that it is not yet, and why; or, until it is said
    anew, say that otherwise."""
    reason = words_of(reason, else_say="Say what is still missing.")
    now = clock.now()
    for one in claims:
        one.doubt, one.doubted_by, one.doubted_at = reason, seat, now
        if one.told:
            one.doubted, one.told, one.told_by, one.told_at = one.told, "", None, None
        one.version += 1
        one.save()


def write_down(did: str, *, by: Actor, to: models.Model, award: Award, **detail: object) -> Event:
    """The manager and everybody in the cluster read it."""
    return record(
        did,
        by=by,
        to=to,
        owner=(Owner.CLUSTER, award.cluster_id),
        audience=Audience.FUNDER,
        award=award.pk,
        **detail,
    )
