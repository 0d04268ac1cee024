"""The acid test: what each member says it would gain from an idea, or why it would not."""

from hedgerow.agreements.actions.speakers import said, write_down
from hedgerow.agreements.actions.words import confirmed, own_speaker, put, recorded_speaker, undone
from hedgerow.agreements.models import Channel
from hedgerow.core.actions import Refused, action, locked, nothing_to_do
from hedgerow.core.actors import Actor
from hedgerow.focus.models import Gain, Idea
from hedgerow.people.actions.clusters import going_on
from hedgerow.people.kinds import refuse_unseen
from hedgerow.people.models import Organisation

from .ideas import live_idea

LONGEST_WORDS = 200  # characters


@action
def say_gain(*, by: Actor, idea: Idea, would_gain: bool, words: str) -> Gain:
    """For one's own organisation. What it said before is kept, and counts no more."""
    idea = live_idea(idea)
    speaker = own_speaker(by, idea.cluster, Channel.PAGE)
    done = put(Gain, speaker, about={"idea": idea}, said=_told(would_gain, words))
    if not done.is_new:
        nothing_to_do()
        return done.word
    _record("focus.gain_changed" if done.before else "focus.gain_said", by, done.word)
    return done.word


@action
def record_gain(
    *,
    by: Actor,
    idea: Idea,
    organisation: Organisation,
    would_gain: bool,
    words: str,
    channel: str,
) -> Gain:
    """Write down what a member said by telephone, on paper or at the table. It counts, and waits
    for them to confirm it or undo it."""
    idea = live_idea(idea)
    speaker = recorded_speaker(by, idea.cluster, organisation, channel)
    done = put(Gain, speaker, about={"idea": idea}, said=_told(would_gain, words))
    if not done.is_new:
        nothing_to_do()
        return done.word
    _record("focus.gain_recorded", by, done.word)
    return done.word


@action
def confirm_gain(*, by: Actor, gain: Gain) -> Gain:
    """What was written down for one's organisation is right."""
    idea = locked(gain.idea)
    done = confirmed(by, going_on(idea.cluster), gain)
    if not done.is_new:
        nothing_to_do()
        return done.word
    _record("focus.gain_confirmed", by, done.word)
    return done.word


@action
def undo_gain(*, by: Actor, gain: Gain) -> Gain:
    """Take out what was written down for one's organisation; it has said nothing until it does."""
    idea = live_idea(gain.idea)
    gain = undone(by, idea.cluster, gain)
    _record("focus.gain_undone", by, gain)
    return gain


def _told(would_gain: bool, words: str) -> dict[str, object]:
    words = said(words, most=LONGEST_WORDS)
    refuse_unseen(words)
    if not words:
        raise Refused(
            "Say in a line what you would gain."
            if would_gain
            else "Say in a line why you would gain nothing, so that the others can answer it."
        )
    return {"would_gain": would_gain, "words": words}


def _record(did: str, by: Actor, gain: Gain) -> None:
    write_down(
        did,
        by=by,
        to=gain,
        cluster=gain.idea.cluster_id,
        idea=gain.idea_id,
        organisation=gain.organisation_id,
    )
