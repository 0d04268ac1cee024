"""Each member's yes to the rules as they stand: its own, or written down for it."""

from hedgerow.agreements.actions.speakers import seat_in
from hedgerow.agreements.models import ON_BEHALF, Channel
from hedgerow.charter.models import Assent, RuleSet
from hedgerow.charter.queries.rules import counts, full_members, newest_rule_set
from hedgerow.core import clock
from hedgerow.core.actions import Refused, Stale, action, locked, nothing_to_do, record
from hedgerow.core.actors import Actor
from hedgerow.core.links import Link, spend
from hedgerow.core.owners import Owner
from hedgerow.journeys.actions.stages import seat_of
from hedgerow.look.words import day
from hedgerow.people.actions.clusters import core_seat, going_on
from hedgerow.people.models import Cluster, Member, Organisation, Role

from .rules import MOST_WORDS


@action
def assent(*, by: Actor, rule_set: RuleSet, note: str = "", link: Link | None = None) -> Assent:
    """Agree for an organisation. Stale if the rules have changed since.

    What was written down for it is confirmed by this; said with a note of its own, it takes that
    one's place. `link`: the signed one it was said by, which works this once.
    """
    note = _note(note)
    rule_set = _holds(rule_set)
    if link is not None:
        spend(link)
    member = _member(rule_set, _speaks_for(by, rule_set.cluster))
    before = _standing(rule_set, member)
    if before and before.recorded_by_id and not before.confirmed_at and note in ("", before.note):
        return _confirm(by, before)
    if before and (before.confirmed_at or not before.recorded_by_id):
        if note in ("", before.note):
            nothing_to_do()
            return before
        raise Refused(
            f"{member.organisation} agreed on {day(before.at)}. "
            "Take that back first if you want to say it with another note."
        )
    if before:
        _end(before)
    given = Assent.objects.create(
        rule_set=rule_set,
        organisation=member.organisation,
        note=note,
        channel=Channel.LINK if link else Channel.PAGE,
        by_id=seat_of(by),
        at=clock.now(),
    )
    _record("charter.assented", by, given)
    return given


@action
def record_assent(
    *, by: Actor, rule_set: RuleSet, organisation: Organisation, channel: str, note: str = ""
) -> Assent:
    """Write down that a member agreed by telephone, on paper or at a meeting. It counts, says so,
    and waits for that member's own people."""
    note = _note(note)
    rule_set = _holds(rule_set)
    if channel not in ON_BEHALF:
        raise Refused("Say how they told you: by telephone, on paper or at a meeting.")
    member = _member(rule_set, organisation.pk)
    if before := _standing(rule_set, member):
        raise Refused(f"{organisation} agreed on {day(before.at)} already.")
    if _said_no_more(rule_set, member):
        raise Refused(
            f"{organisation} undid or took back its yes to this version. Only its own people can "
            "agree again; ask them."
        )
    seat_in(by, rule_set.cluster)
    speaker = core_seat(rule_set.cluster, organisation)
    if speaker is None:
        raise Refused(
            f"{organisation} has no Core Group member just now, so nobody could have agreed for "
            "it. Fill that seat first."
        )
    given = Assent.objects.create(
        rule_set=rule_set,
        organisation=organisation,
        note=note,
        channel=channel,
        by=speaker,
        recorded_by_id=seat_of(by),
        at=clock.now(),
    )
    _record("charter.assent_recorded", by, given)
    return given


@action
def confirm_assent(*, by: Actor, assent: Assent) -> Assent:
    """Say that what was written down for one's organisation is right."""
    assent = _answerable(by, assent)
    if not assent.recorded_by_id:
        raise Refused("Your organisation said this itself, so there is nothing to confirm.")
    if assent.confirmed_at:
        nothing_to_do()
        return assent
    return _confirm(by, assent)


@action
def undo_assent(*, by: Actor, assent: Assent) -> Assent:
    """Say that what was written down for one's organisation is not right."""
    assent = _answerable(by, assent)
    if not assent.recorded_by_id or assent.confirmed_at:
        raise Refused("Your organisation has said this itself. Take it back if it holds no longer.")
    _end(assent)
    _record("charter.assent_undone", by, assent)
    return assent


@action
def take_back_assent(*, by: Actor, assent: Assent) -> Assent:
    """Agree no longer. That the organisation had agreed stays in the history."""
    assent = _answerable(by, assent)
    if assent.recorded_by_id and not assent.confirmed_at:
        raise Refused("This was written down for you. Confirm it or undo it.")
    _end(assent)
    _record("charter.assent_taken_back", by, assent)
    return assent


def _holds(rule_set: RuleSet) -> RuleSet:
    """The rules that somebody answers, with their cluster locked, so that no other version comes
    in between. Raises Stale if one has."""
    cluster = going_on(locked(rule_set.cluster))
    newest = newest_rule_set(cluster)
    if newest is None or newest.pk != rule_set.pk:
        number = newest.number if newest else 0
        raise Stale(
            f"The rules have changed since: version {number} holds now, in place of version "
            f"{rule_set.number}. Read what is different, and say whether you agree to that."
        )
    newest.cluster = cluster
    return newest


def _speaks_for(by: Actor, cluster: Cluster) -> int | None:
    """The organisation whose voice this is, asked again under the lock."""
    seat = seat_in(by, cluster)
    if seat.role == Role.CORE or (seat.role == Role.DEPUTY and seat.stands_in):
        return seat.organisation_id
    raise Refused(
        "Only a Core Group member, or a deputy on the days on which they stand in, can agree for "
        "an organisation."
    )


def _member(rule_set: RuleSet, organisation: int) -> Member:
    found = full_members(rule_set.cluster).filter(organisation=organisation)
    member = found.select_related("organisation").first()
    if member is None:
        raise Refused(f"Only full members of {rule_set.cluster} agree to its rules.")
    return member


def _standing(rule_set: RuleSet, member: Member) -> Assent | None:
    """What the organisation said and still holds. What it said before it left and came back is
    ended: the same one is asked again."""
    before = Assent.objects.filter(
        rule_set=rule_set, organisation=member.organisation_id, ended_at=None
    ).first()
    if before and not counts(before, member):
        _end(before)
        return None
    return before


def _said_no_more(rule_set: RuleSet, member: Member) -> bool:
    """Whether its own people ended a yes that it gave, or that was written down, since it joined."""
    return Assent.objects.filter(
        rule_set=rule_set,
        organisation=member.organisation_id,
        at__gte=member.joined_at,
        ended_at__isnull=False,
    ).exists()


def _answerable(by: Actor, assent: Assent) -> Assent:
    rule_set = _holds(assent.rule_set)
    assent = locked(assent)
    if _speaks_for(by, rule_set.cluster) != assent.organisation_id:
        raise Refused(f"This is for {assent.organisation} to say.")
    if assent.ended_at:
        raise Refused(f"This was taken back or undone on {day(assent.ended_at)}.")
    return assent


def _confirm(by: Actor, assent: Assent) -> Assent:
    assent.confirmed_by_id, assent.confirmed_at = seat_of(by), clock.now()
    assent.save(update_fields=["confirmed_by", "confirmed_at"])
    _record("charter.assent_confirmed", by, assent)
    return assent


def _end(assent: Assent) -> None:
    assent.ended_at = clock.now()
    assent.save(update_fields=["ended_at"])


def _note(note: str) -> str:
    note = note.strip()
    if len(note) > MOST_WORDS:
        raise Refused(f"Write the note in {MOST_WORDS:,} characters at most.")
    return note


def _record(did: str, by: Actor, assent: Assent) -> None:
    record(
        did,
        by=by,
        to=assent,
        owner=(Owner.CLUSTER, assent.rule_set.cluster_id),
        organisation=assent.organisation_id,
        number=assent.rule_set.number,
    )
