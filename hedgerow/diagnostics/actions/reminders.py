"""Reminding a member of what it is asked, and a member saying why it does not answer."""

from datetime import timedelta

from hedgerow.agreements.actions.speakers import said, seat_in, seat_with_voice
from hedgerow.core import clock
from hedgerow.core.actions import Refused, action, locked, nothing_to_do, record
from hedgerow.core.actors import Actor
from hedgerow.core.owners import Owner
from hedgerow.diagnostics.letters import remind
from hedgerow.diagnostics.models import Round, WhyNot
from hedgerow.diagnostics.queries.round_status import MemberStatus
from hedgerow.diagnostics.queries.rounds import status_of
from hedgerow.look.words import day
from hedgerow.people import tries
from hedgerow.people.models import Member

from .rounds import kept_one, open_one

MOST_WHY_NOT = 500  # characters
A_DAY = timedelta(days=1)
ONE_A_DAY = tries.Limit(kind="nudge", n=1, span=A_DAY)  # a member and round
MOST_NUDGES = tries.Limit(kind="nudges", n=100, span=A_DAY)  # a person and cluster


@action
def say_why_not(*, by: Actor, member: Member, round: Round, words: str) -> WhyNot:
    """In a member's own words, before the whole cluster. It stays until it is taken back."""
    round = kept_one(round)
    seat = seat_with_voice(by, round.cluster)
    status = _status(round, member)
    if seat.organisation_id != member.organisation_id:
        raise Refused(f"{member.organisation} says for itself why it does not answer.")
    if status.has_answered:
        raise Refused(f"{member.organisation} has answered all of it, so nothing is missing.")
    words = said(words, most=MOST_WHY_NOT)
    if not words:
        raise Refused("Say in a few words why not. The others read it.")
    before = WhyNot.objects.filter(
        round=round, organisation=member.organisation_id, ended_at=None
    ).first()
    if before:
        if before.words == words:
            nothing_to_do()
            return before
        before.ended_at = clock.now()
        before.save()
    why_not = WhyNot.objects.create(
        round=round, organisation=member.organisation, words=words, by=seat, at=clock.now()
    )
    _record("diagnostics.why_not_said", by, round, organisation=member.organisation_id)
    return why_not


@action
def take_back_why_not(*, by: Actor, why_not: WhyNot) -> WhyNot:
    """They answer after all, for which the round must be open."""
    round = open_one(why_not.round)
    seat = seat_with_voice(by, round.cluster)
    why_not = locked(why_not)
    if seat.organisation_id != why_not.organisation_id:
        raise Refused(f"Only {why_not.organisation} takes back what it said.")
    if why_not.ended_at:
        nothing_to_do()
        return why_not
    why_not.ended_at = clock.now()
    why_not.save()
    _record("diagnostics.why_not_taken_back", by, round, organisation=why_not.organisation_id)
    return why_not


@action
def nudge(*, by: Actor, member: Member, round: Round) -> int:
    """Write to those of a member who can answer and have not. How many letters: none in the
    example, where nobody is mailed."""
    round = open_one(round)
    seat = seat_in(by, round.cluster)
    status = _status(round, member)
    if seat.organisation_id == member.organisation_id:
        raise Refused("It is your own organisation that has not answered: you need no letter.")
    if status.is_done:
        done = "has answered" if status.has_answered else "has said why it does not answer"
        raise Refused(f"{member.organisation} {done}, so there is nothing to remind them of.")
    if not tries.take(ONE_A_DAY, f"{round.pk} {member.pk}"):
        raise Refused(
            f"{member.organisation} was reminded less than a day ago. Once a day is enough; a "
            "telephone call may do more."
        )
    if not tries.take(MOST_NUDGES, f"{round.cluster_id} {by.person}"):
        raise Refused(
            f"You have sent {MOST_NUDGES.n} reminders in {round.cluster} within a day; that is "
            "the most. Go on tomorrow."
        )
    n = remind(round, status, by=seat)
    _record("diagnostics.nudged", by, round, organisation=member.organisation_id)
    return n


def _status(round: Round, member: Member) -> MemberStatus:
    """Of a full member that is still there. Else Refused."""
    found = status_of([round])[round.pk].of(member.organisation_id)
    if member.cluster_id != round.cluster_id or found is None:
        raise Refused(
            f"{member.organisation} is not among those whom {round} asks, since "
            f"{day(round.opened_at)}."
        )
    return found


def _record(did: str, by: Actor, round: Round, *, organisation: int) -> None:
    record(
        did,
        by=by,
        to=round,
        owner=(Owner.CLUSTER, round.cluster_id),
        organisation=organisation,
    )
