"""Asking that something struck out or dropped comes back: it does once every member has agreed."""

from hedgerow.agreements.actions.speakers import said, seat_in, write_down
from hedgerow.agreements.actions.words import (
    Put,
    confirmed,
    own_speaker,
    put,
    recorded_speaker,
    undone,
)
from hedgerow.agreements.models import Channel
from hedgerow.agreements.queries.voices import entitled
from hedgerow.core import clock
from hedgerow.core.actions import Refused, action, locked, nothing_to_do
from hedgerow.core.actors import Actor
from hedgerow.focus.models import Answer, Candidate, Reopening, Shortlisting
from hedgerow.focus.queries.shortlisting import stands
from hedgerow.look.words import day
from hedgerow.people.actions.clusters import going_on
from hedgerow.people.models import Organisation

from .standing import open_shortlisting, refuse_level, refuse_open_round, titles_of, words_of


@action
def ask_to_reopen(*, by: Actor, candidate: Candidate, reason: str) -> Reopening:
    """Ask, between two rounds, that all agree to have it back. Who asks agrees."""
    shortlisting = open_shortlisting(candidate.shortlisting)
    speaker = own_speaker(by, shortlisting.cluster, Channel.PAGE)
    refuse_open_round(shortlisting, so="Ask once it is closed, before the next one opens.")
    state = stands(shortlisting)
    refuse_level(state, titles_of(shortlisting))
    if str(candidate.pk) in state.standing:
        raise Refused(f"“{candidate}” stands already, so it need not come back.")
    if Reopening.objects.filter(candidate=candidate, granted_at=None, declined_at=None).exists():
        raise Refused(f"Somebody asked for “{candidate}” already. Say there that you agree.")
    reopening = Reopening.objects.create(
        candidate=candidate,
        after=shortlisting.rounds.filter(closed_at__isnull=False).latest("number"),
        reason=words_of(reason, "Say why it should come back, so that the others can answer it."),
        asked_by=speaker.by,
        asked_at=clock.now(),
    )
    put(Answer, speaker, about={"reopening": reopening}, said={"agrees": True, "reason": ""})
    _record(by, reopening, "focus.reopening_asked", organisation=speaker.organisation.pk)
    _end_if_answered(by, shortlisting, reopening)
    return reopening


@action
def answer_reopening(*, by: Actor, reopening: Reopening, agrees: bool, reason: str = "") -> Answer:
    """Agree that it comes back, or not, with the reason. One that does not agree ends the request;
    with the last that agrees, it stands again."""
    shortlisting, reopening = _open(reopening)
    speaker = own_speaker(by, shortlisting.cluster, Channel.PAGE)
    done = put(Answer, speaker, about={"reopening": reopening}, said=_told(agrees, reason))
    did = "focus.answer_changed" if done.before else "focus.answer_given"
    return _answered(by, shortlisting, reopening, done, did)


@action
def record_answer(
    *,
    by: Actor,
    reopening: Reopening,
    organisation: Organisation,
    agrees: bool,
    reason: str,
    channel: str,
) -> Answer:
    """Write down what a member said to it. What it said itself is never written over."""
    shortlisting, reopening = _open(reopening)
    speaker = recorded_speaker(by, shortlisting.cluster, organisation, channel)
    done = put(Answer, speaker, about={"reopening": reopening}, said=_told(agrees, reason))
    return _answered(by, shortlisting, reopening, done, "focus.answer_recorded")


@action
def confirm_answer(*, by: Actor, answer: Answer) -> Answer:
    """Say that what was written down for one's organisation is right; also once it is over."""
    cluster = going_on(_shortlisting(answer.reopening).cluster)
    reopening = locked(answer.reopening)
    done = confirmed(by, cluster, answer)
    if not done.is_new:
        nothing_to_do()
        return done.word
    _record(by, reopening, "focus.answer_confirmed", organisation=done.word.organisation_id)
    return done.word


@action
def undo_answer(*, by: Actor, answer: Answer) -> Answer:
    """Take out what was written down for one's organisation. If it let an idea come back, that is
    out again, as long as no round has opened since."""
    shortlisting = open_shortlisting(_shortlisting(answer.reopening))
    reopening = locked(answer.reopening)
    if reopening.declined_at:
        raise Refused("This request is over. If it should come back after all, ask for it again.")
    if reopening.granted_at and shortlisting.rounds.latest("number").pk != reopening.after_id:
        raise Refused(
            f"“{reopening.candidate}” came back on {day(reopening.granted_at)}, and a round has "
            "opened since. Say at the next talk that you did not agree."
        )
    answer = undone(by, shortlisting.cluster, answer)
    _record(by, reopening, "focus.answer_undone", organisation=answer.organisation_id)
    if reopening.granted_at:
        reopening.granted_at, reopening.members = None, []
        _end(by, shortlisting, reopening, "focus.reopening_undone", declined_at=clock.now())
    return answer


@action
def take_back_reopening(*, by: Actor, reopening: Reopening) -> Reopening:
    """End a request without an answer, so that the next round can open."""
    shortlisting, reopening = _open(reopening)
    seat_in(by, shortlisting.cluster)
    reopening.is_taken_back = True
    _end(by, shortlisting, reopening, "focus.reopening_taken_back", declined_at=clock.now())
    return reopening


def _open(reopening: Reopening) -> tuple[Shortlisting, Reopening]:
    """Both locked, while it can be answered. Else Refused, saying since when not."""
    shortlisting = open_shortlisting(_shortlisting(reopening))
    fresh = locked(reopening)
    if fresh.granted_at:
        raise Refused(f"All agreed on {day(fresh.granted_at)}: “{fresh.candidate}” stands again.")
    if fresh.declined_at:
        how = "taken back" if fresh.is_taken_back else "declined"
        raise Refused(
            f"This request was {how} on {day(fresh.declined_at)}. It can be asked for again "
            "between two rounds."
        )
    return shortlisting, fresh


def _told(agrees: bool, reason: str) -> dict[str, object]:
    if not agrees:
        reason = words_of(
            reason, "Say why you do not agree, so that whoever asked can answer it in the talk."
        )
    return {"agrees": agrees, "reason": said(reason)}


def _answered(
    by: Actor, shortlisting: Shortlisting, reopening: Reopening, done: Put[Answer], did: str
) -> Answer:
    """Said again, it changes nothing; but it may be the last one now that another has left."""
    if done.is_new:
        _record(by, reopening, did, organisation=done.word.organisation_id)
    else:
        nothing_to_do()
    _end_if_answered(by, shortlisting, reopening)
    return done.word


def _end_if_answered(by: Actor, shortlisting: Shortlisting, reopening: Reopening) -> None:
    members = entitled(shortlisting.cluster, clock.now())
    answers = dict(
        Answer.objects.filter(
            reopening=reopening, ended_at=None, organisation__in=members
        ).values_list("organisation", "agrees")
    )
    if not all(answers.values()):
        _end(by, shortlisting, reopening, "focus.reopening_declined", declined_at=clock.now())
    elif len(answers) == len(members):
        reopening.members = members
        _end(by, shortlisting, reopening, "focus.reopening_granted", granted_at=clock.now())


def _end(
    by: Actor, shortlisting: Shortlisting, reopening: Reopening, did: str, **when: object
) -> None:
    """What stands may be other than before, so whoever read it before reads it again."""
    for name, instant in when.items():
        setattr(reopening, name, instant)
    reopening.version += 1
    reopening.save()
    shortlisting.version += 1
    shortlisting.save(update_fields=["version"])
    _record(by, reopening, did)


def _shortlisting(reopening: Reopening) -> Shortlisting:
    return reopening.candidate.shortlisting


def _record(by: Actor, reopening: Reopening, did: str, **detail: object) -> None:
    shortlisting = _shortlisting(reopening)
    write_down(
        did,
        by=by,
        to=reopening,
        cluster=shortlisting.cluster_id,
        shortlisting=shortlisting.pk,
        candidate=reopening.candidate_id,
        **detail,
    )
