"""A member's word, said by its own people or written down for it: what votes and ballots share."""

from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from hedgerow.agreements.models import ON_BEHALF, Word
from hedgerow.core import clock
from hedgerow.core.actions import Refused, locked
from hedgerow.core.actors import Actor
from hedgerow.look.words import day
from hedgerow.people.actions.clusters import core_seat
from hedgerow.people.models import Cluster, Organisation, Role, Seat

from .speakers import full_member, seat_in, seat_with_voice

W = TypeVar("W", bound=Word)


@dataclass(frozen=True, kw_only=True)
class Speaker:
    """Whose word it is, and who wrote it down if they did not say it themselves."""

    organisation: Organisation
    by: Seat
    channel: str
    recorded_by: Seat | None = None


@dataclass(frozen=True, kw_only=True)
class Put(Generic[W]):
    word: W
    before: W | None  # what it said until now
    is_new: bool  # False: it said so already, and nothing was changed


def own_speaker(by: Actor, cluster: Cluster, channel: str) -> Speaker:
    """For one's own organisation. Raises Refused where the seat has no voice today."""
    if channel in ON_BEHALF:
        raise ValueError("what is said for somebody is recorded, not spoken")
    seat = seat_with_voice(by, cluster)
    assert seat.organisation
    return Speaker(organisation=seat.organisation, by=seat, channel=channel)


def recorded_speaker(
    by: Actor, cluster: Cluster, organisation: Organisation, channel: str
) -> Speaker:
    """A facilitator, who writes down what a member said by telephone, on paper or at the table."""
    writer = seat_in(by, cluster)
    if writer.role != Role.FACILITATOR:
        raise Refused("Only a facilitator writes down what a member said. Speak for your own.")
    if channel not in ON_BEHALF:
        raise Refused("Say how it reached you: by telephone, on paper or at a meeting.")
    full_member(cluster, organisation.pk)
    sitting = core_seat(cluster, organisation)
    if sitting is None:
        raise Refused(
            f"Nobody sits in the Core Group for {organisation} just now, so nobody there can "
            "confirm or undo what is written down. Invite somebody first."
        )
    return Speaker(organisation=organisation, by=sitting, channel=channel, recorded_by=writer)


def put(rows: type[W], speaker: Speaker, *, about: dict[str, Any], said: dict[str, Any]) -> Put[W]:
    """Let this word stand from now on, and end the one before it.

    What they said themselves is never written over, nor that it is not so. What it is about is
    locked, so of two who speak at once one comes after the other.
    """
    words = rows._default_manager.filter(**about, organisation=speaker.organisation)
    before = words.filter(ended_at=None).first()
    if speaker.recorded_by:
        _refuse_writing_over(speaker.organisation, before, words.filter(is_undone=True).exists())
    if before and _is_same(before, speaker, said):
        return Put(word=before, before=before, is_new=False)
    now = clock.now()
    if before:
        before.ended_at = now
        before.save(update_fields=["ended_at"])
    word = rows._default_manager.create(**about, **vars(speaker), **said, at=now)
    return Put(word=word, before=before, is_new=True)


def confirmed(by: Actor, cluster: Cluster, word: W) -> Put[W]:
    """What was written down for one's organisation is right; also once it is closed."""
    word = _recorded_for(by, cluster, word)
    if word.confirmed_at:
        return Put(word=word, before=None, is_new=False)
    word.confirmed_by_id, word.confirmed_at = by.seat, clock.now()
    word.save(update_fields=["confirmed_by", "confirmed_at"])
    return Put(word=word, before=None, is_new=True)


def undone(by: Actor, cluster: Cluster, word: W) -> W:
    """Take out what was written down for one's organisation. It has said nothing until it speaks:
    nothing that was written down before comes back."""
    word = _recorded_for(by, cluster, word)
    if word.confirmed_at:
        raise Refused(
            f"{word.organisation} confirmed this on {day(word.confirmed_at)}. "
            "To change it, say it again."
        )
    word.ended_at, word.is_undone = clock.now(), True
    word.save(update_fields=["ended_at", "is_undone"])
    return word


def _refuse_writing_over(organisation: Organisation, before: Word | None, was_undone: bool) -> None:
    if before and (before.recorded_by_id is None or before.confirmed_at):
        how = (
            "spoke for itself"
            if before.recorded_by_id is None
            else "confirmed what was written down"
        )
        on = day(before.confirmed_at or before.at)
        raise Refused(
            f"{organisation} {how} on {on}, and only its own people can change that. "
            "Ask them to say it again."
        )
    if before is None and was_undone:
        raise Refused(
            f"{organisation} undid what was written down for it. It speaks for itself from now on; "
            "ask its own people."
        )


def _is_same(before: Word, speaker: Speaker, said: dict[str, Any]) -> bool:
    """A recorded word said again by its own people is a new one: it waits for nobody any more."""
    if speaker.recorded_by is None and before.recorded_by_id is not None:
        return False
    if speaker.recorded_by and before.channel != speaker.channel:
        return False
    return all(getattr(before, name) == value for name, value in said.items())


def _recorded_for(by: Actor, cluster: Cluster, word: W) -> W:
    """The word, locked, if it was written down for the organisation of whoever asks, and stands."""
    word = locked(word)
    seat = seat_with_voice(by, cluster)
    if seat.organisation_id != word.organisation_id:
        raise Refused(f"This was written down for {word.organisation}; only they can answer it.")
    if word.recorded_by_id is None:
        raise Refused("You said this yourselves. To change it, say it again.")
    if word.is_undone:
        raise Refused("This was undone already. To be counted, say it yourselves.")
    if word.ended_at:
        raise Refused(f"{word.organisation} has spoken since, so this counts no more.")
    return word
