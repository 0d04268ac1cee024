"""Saying where an organisation stands, writing it down for one, and answering for that."""

from hedgerow.agreements.letters import VOICE
from hedgerow.agreements.models import ON_BEHALF, Channel, Decision, Option, Stance, Voice
from hedgerow.agreements.queries import voices
from hedgerow.core import clock
from hedgerow.core.actions import Refused, Stale, action, locked, nothing_to_do
from hedgerow.core.actors import Actor
from hedgerow.core.links import Link, spend
from hedgerow.look.words import day
from hedgerow.people.actions.clusters import core_seat
from hedgerow.people.models import Organisation, Role

from .speakers import (
    full_member,
    kept_decision,
    open_decision,
    said,
    seat_in,
    seat_with_voice,
    write_down,
)

_DISSENT = (Stance.DISAGREE, Stance.BLOCK)


@action
def speak(
    *,
    by: Actor,
    decision: Decision,
    stance: str,
    option: Option | None = None,
    reason: str = "",
    had_to_check_back: bool = False,
    channel: str = Channel.PAGE,
    link: Link | None = None,
) -> Voice:
    """Say where one's organisation stands. What it said before is kept, and counts no more.

    Agreeing is to an `option`, which may be left out where there is one; with another stance it
    is left aside. `link`: the signed one it was said by, which works this once.
    """
    decision = open_decision(decision)
    if link is not None:
        _check_link(by, decision, link)
        spend(link)
        channel = Channel.LINK
    if channel in ON_BEHALF:
        raise ValueError("what is said for somebody is recorded, not spoken")
    seat = seat_with_voice(by, decision.cluster)
    told = _told(decision, stance, option, reason, had_to_check_back)
    before = _standing(decision, seat.organisation_id)
    if before and before.recorded_by_id is None and _is_same(before, told):
        nothing_to_do()
        return before
    voice = _put(decision, seat.organisation_id, before, by=seat, channel=channel, **told)
    _record(by, voice, "agreements.voice_changed" if before else "agreements.voice_given")
    return voice


@action
def record_voice(
    *,
    by: Actor,
    decision: Decision,
    organisation: Organisation,
    stance: str,
    option: Option | None,
    reason: str,
    channel: str,
    had_to_check_back: bool,
) -> Voice:
    """Write down what a member said by telephone, on paper or at the table.

    It counts, and says who wrote it down, until that member's own people undo it or speak. What
    they said themselves is never written over, nor that it is not so.
    """
    decision = open_decision(decision)
    writer = seat_in(by, decision.cluster)
    if writer.role != Role.FACILITATOR:
        raise Refused("Only a facilitator writes down what a member said. Vote for your own.")
    if channel not in ON_BEHALF:
        raise Refused("Say how it reached you: by telephone, on paper or at a meeting.")
    full_member(decision.cluster, organisation.pk)
    sitting = core_seat(decision.cluster, organisation)
    if sitting is None:
        raise Refused(
            f"Nobody sits in the Core Group for {organisation} just now, so nobody there can "
            "confirm or undo what is written down. Invite somebody first."
        )
    before = _standing(decision, organisation.pk)
    if before and (before.recorded_by_id is None or before.confirmed_at):
        how = "spoke for itself" if before.recorded_by_id is None else "confirmed its vote"
        on = day(before.confirmed_at or before.at)
        raise Refused(
            f"{organisation} {how} on {on}, and only its own people can change that. "
            "Ask them to vote again."
        )
    if before is None and _was_undone(decision, organisation.pk):
        raise Refused(
            f"{organisation} undid what was written down for it. It votes for itself from now on; "
            "ask its own people."
        )
    told = _told(decision, stance, option, reason, had_to_check_back)
    if before and before.channel == channel and _is_same(before, told):
        nothing_to_do()
        return before
    voice = _put(
        decision, organisation.pk, before, by=sitting, recorded_by=writer, channel=channel, **told
    )
    _record(by, voice, "agreements.voice_recorded")
    return voice


@action
def confirm_voice(*, by: Actor, voice: Voice) -> Voice:
    """Say that what was written down for one's organisation is right; also once it is closed."""
    decision = kept_decision(voice.decision)
    voice = _recorded_for(by, decision, voice)
    if voice.confirmed_at:
        nothing_to_do()
        return voice
    voice.confirmed_by_id, voice.confirmed_at = by.seat, clock.now()
    voice.save(update_fields=["confirmed_by", "confirmed_at"])
    _record(by, voice, "agreements.voice_confirmed")
    return voice


@action
def undo_voice(*, by: Actor, voice: Voice) -> Voice:
    """Take out what was written down for one's organisation. It has no voice until it speaks:
    nothing that was written down before comes back."""
    decision = open_decision(voice.decision)
    voice = _recorded_for(by, decision, voice)
    if voice.confirmed_at:
        raise Refused(
            f"{voice.organisation} confirmed this on {day(voice.confirmed_at)}. "
            "To change it, vote again."
        )
    voice.ended_at, voice.is_undone = clock.now(), True
    voice.save(update_fields=["ended_at", "is_undone"])
    _record(by, voice, "agreements.voice_undone")
    return voice


def _check_link(by: Actor, decision: Decision, link: Link) -> None:
    if (link.purpose, link.about, link.seat) != (VOICE, decision.pk, by.seat):
        raise Refused("This link is for something else, so nothing was done.")
    if link.version != decision.version:
        raise Stale("The proposal has changed since this link was sent. Sign in to see it now.")


def _told(
    decision: Decision, stance: str, option: Option | None, reason: str, had_to_check_back: bool
) -> dict[str, object]:
    stance, reason = Stance(stance), said(reason)
    if stance in _DISSENT and not reason:
        raise Refused(
            f"Say why you {stance.value}, so that the others can answer it. "
            "The reason is kept with the decision."
        )
    return {
        "stance": stance,
        "option_id": _agreed_to(decision, option).pk if stance == Stance.AGREE else None,
        "reason": reason,
        "had_to_check_back": had_to_check_back,
    }


def _agreed_to(decision: Decision, option: Option | None) -> Option:
    options = list(decision.options.order_by("position"))
    if option is None and len(options) == 1:
        return options[0]
    if option is None:
        raise Refused("Choose which of the options you agree to.")
    if option not in options:
        raise Refused("Choose one of the options of this proposal; that one is not among them.")
    return option


def _standing(decision: Decision, organisation: int | None) -> Voice | None:
    return voices.standing_voices(decision).filter(organisation=organisation).first()


def _was_undone(decision: Decision, organisation: int) -> bool:
    undone = Voice.objects.filter(decision=decision, organisation=organisation, is_undone=True)
    return undone.exists()


def _is_same(voice: Voice, told: dict[str, object]) -> bool:
    return all(getattr(voice, name) == value for name, value in told.items())


def _put(
    decision: Decision, organisation: int | None, before: Voice | None, **how: object
) -> Voice:
    """The decision is locked, so of two who speak at once one comes after the other."""
    now = clock.now()
    if before:
        before.ended_at = now
        before.save(update_fields=["ended_at"])
    return Voice.objects.create(decision=decision, organisation_id=organisation, at=now, **how)


def _recorded_for(by: Actor, decision: Decision, voice: Voice) -> Voice:
    """The voice, locked, if it was written down for the organisation of whoever asks, and stands."""
    voice = locked(voice)
    seat = seat_with_voice(by, decision.cluster)
    if seat.organisation_id != voice.organisation_id:
        raise Refused(f"This was written down for {voice.organisation}; only they can answer it.")
    if voice.recorded_by_id is None:
        raise Refused("You said this yourselves. To change it, vote again.")
    if voice.is_undone:
        raise Refused("This was undone already. To be counted, vote.")
    if voice.ended_at:
        raise Refused(f"{voice.organisation} has spoken since, so this counts no more.")
    return voice


def _record(by: Actor, voice: Voice, did: str) -> None:
    write_down(
        did,
        by=by,
        to=voice,
        cluster=voice.decision.cluster_id,
        decision=voice.decision_id,
        organisation=voice.organisation_id,
        stance=voice.stance,
        option=voice.option_id,
    )
