"""Saying where an organisation stands, writing it down for one, and answering for that."""

from hedgerow.agreements.letters import VOICE
from hedgerow.agreements.models import Channel, Decision, Option, Stance, Voice
from hedgerow.core.actions import Refused, Stale, action, nothing_to_do
from hedgerow.core.actors import Actor
from hedgerow.core.links import Link, spend
from hedgerow.people.models import Organisation

from .speakers import kept_decision, open_decision, said, write_down
from .words import confirmed, own_speaker, put, recorded_speaker, undone

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
    speaker = own_speaker(by, decision.cluster, channel)
    told = _told(decision, stance, option, reason, had_to_check_back)
    done = put(Voice, speaker, about={"decision": decision}, said=told)
    if not done.is_new:
        nothing_to_do()
        return done.word
    did = "agreements.voice_changed" if done.before else "agreements.voice_given"
    _record(by, done.word, did)
    return done.word


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
    speaker = recorded_speaker(by, decision.cluster, organisation, channel)
    told = _told(decision, stance, option, reason, had_to_check_back)
    done = put(Voice, speaker, about={"decision": decision}, said=told)
    if not done.is_new:
        nothing_to_do()
        return done.word
    _record(by, done.word, "agreements.voice_recorded")
    return done.word


@action
def confirm_voice(*, by: Actor, voice: Voice) -> Voice:
    """Say that what was written down for one's organisation is right; also once it is closed."""
    decision = kept_decision(voice.decision)
    done = confirmed(by, decision.cluster, voice)
    if not done.is_new:
        nothing_to_do()
        return done.word
    _record(by, done.word, "agreements.voice_confirmed")
    return done.word


@action
def undo_voice(*, by: Actor, voice: Voice) -> Voice:
    """Take out what was written down for one's organisation. It has no voice until it speaks:
    nothing that was written down before comes back."""
    decision = open_decision(voice.decision)
    voice = undone(by, decision.cluster, voice)
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
