"""Votes to give, votes to confirm, and decisions that can be closed."""

from collections.abc import Iterator, Sequence
from datetime import date

from django.urls import reverse

from hedgerow.agreements import letters
from hedgerow.agreements.queries.decisions_gathered import (
    Heard,
    heard_in,
    last_day,
    open_decisions_of,
)
from hedgerow.core import clock
from hedgerow.core.rooms import Prompt
from hedgerow.look.words import first_up, out_of
from hedgerow.people.models import Role
from hedgerow.people.readers import LiveSeat, Reader

A_VOTE, A_LOOK = 3, 1  # minutes


def of_decisions(reader: Reader, today: date) -> Iterator[Prompt]:
    """Four queries at most, for any number of clusters and decisions; one where none is open."""
    for heard in heard_in(open_decisions_of(reader)):
        seats = reader.in_cluster(heard.decision.cluster_id)
        if heard.decision.closes_at > clock.now():
            yield from _to_vote(heard, seats)
            yield from _to_confirm(heard, seats)
        yield from _to_close(heard, seats)


def _own(heard: Heard, seats: Sequence[LiveSeat]) -> list[int]:
    """Keys of the members that the reader speaks for."""
    own = {seat.organisation for seat in seats if Role.CORE in seat.roles}
    return [key for key in heard.entitled if key in own]


def _to_vote(heard: Heard, seats: Sequence[LiveSeat]) -> Iterator[Prompt]:
    one = heard.decision
    voiced = {voice.organisation_id for voice in heard.voices}
    for organisation in _own(heard, seats):
        if organisation in voiced:
            continue
        again = "It is decided again. " if one.reopens_id else ""
        yield Prompt(
            key=f"agreements.voice:{one.pk}:{organisation}",
            sentence=f"Vote on “{one.title}”",
            why=f"{again}{_how_many(heard)} Yours can be changed until it closes.",
            minutes=A_VOTE,
            url=f"{one.get_absolute_url()}#vote",
            button="Vote",
            place=one.cluster.name,
            due_on=last_day(one),
            act=letters.VOICE,
            act_on=one.pk,
            act_version=one.version,
        )


def _how_many(heard: Heard) -> str:
    n = heard.sums.n_spoke
    have = "has" if n == 1 else "have"
    return f"{first_up(out_of(n, heard.sums.n_entitled))} members {have} voted."


def _to_confirm(heard: Heard, seats: Sequence[LiveSeat]) -> Iterator[Prompt]:
    one, own = heard.decision, _own(heard, seats)
    for voice in heard.voices:
        if voice.organisation_id not in own or not voice.recorded_by_id or voice.confirmed_at:
            continue
        said = voice.get_stance_display().lower()
        yield Prompt(
            key=f"agreements.confirm:{voice.pk}",
            sentence=f"Confirm your vote on “{one.title}”, or undo it",
            why=f"Written down for {voice.organisation}: {said}. It counts until you undo it.",
            minutes=A_LOOK,
            url=f"{one.get_absolute_url()}#voice-{voice.pk}",
            button="Look at it",
            place=one.cluster.name,
            due_on=last_day(one),
        )


def _to_close(heard: Heard, seats: Sequence[LiveSeat]) -> Iterator[Prompt]:
    """For the facilitator and whoever proposed it. When its time is over the clock closes it."""
    one = heard.decision
    leads = any(seat.role is Role.FACILITATOR or seat.key == one.proposed_by_id for seat in seats)
    if not leads or heard.sums.n_spoke < heard.sums.n_entitled or not heard.entitled:
        return
    if any(voice.recorded_by_id and not voice.confirmed_at for voice in heard.voices):
        return
    yield Prompt(
        key=f"agreements.close:{one.pk}",
        sentence=f"Close “{one.title}”",
        why="All members have voted, so nobody needs to wait for its last day.",
        minutes=A_LOOK,
        url=f"{reverse('agreements:decision', args=[one.pk])}#close",
        button="Open it",
        place=one.cluster.name,
        due_on=last_day(one),
    )
