"""Putting something to the vote, closing it, withdrawing it, and asking for it again."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date, datetime, time, timedelta

from django.db.models import Max

from hedgerow.agreements import letters
from hedgerow.agreements.models import Decision, Meeting, Option, Outcome, Stance
from hedgerow.agreements.queries import voices
from hedgerow.agreements.ways import way_of
from hedgerow.analysis.voices import Way
from hedgerow.core import clock
from hedgerow.core.actions import Refused, action, for_change, locked, nothing_to_do
from hedgerow.core.actors import Actor, Via
from hedgerow.look.words import count, day, listed
from hedgerow.people.actions.clusters import going_on
from hedgerow.people.kinds import refuse_published, refuse_unseen
from hedgerow.people.models import Cluster, Seat

from .speakers import (
    kept_decision,
    may_write_to_all,
    open_decision,
    said,
    seat_in,
    seat_with_voice,
    write_down,
)

FURTHEST = timedelta(days=366)
MOST_OPTIONS = 8
LONGEST_TITLE, LONGEST_OPTION = 160, 200  # characters
LAST_MOMENT = time(23, 59, 59)  # of the day until which it is open, in London


@action
def propose(
    *,
    by: Actor,
    cluster: Cluster,
    title: str,
    words: str,
    options: Sequence[str],
    way: Way,
    closes_on: date,
    meeting: Meeting | None = None,
) -> Decision:
    """Put something to the vote until the end of a day, and write to all who have a voice.

    Without `options` there is one: what the title says.
    """
    cluster = locked(cluster)
    going_on(cluster)
    refuse_published(by, cluster)
    seat = seat_in(by, cluster)
    if meeting is not None and (meeting.cluster_id != cluster.pk or meeting.called_off_at):
        raise Refused("Choose a meeting of this cluster that has not been called off.")
    decision = _open(
        cluster,
        title=_title(title),
        words=said(words),
        way=asdict(way),
        proposed_by=seat,
        meeting=meeting,
        closes_at=_closes_at(closes_on),
        options=_options(options) or [_title(title)],
    )
    may_write_to_all(by, cluster)
    _record(by, decision, "agreements.decision_opened")
    letters.ask_for_voices(decision)
    return decision


@action
def close(*, by: Actor, decision: Decision) -> Decision:
    """Count the voices, for good, and write to the Core Group what came of it.

    A person may once its time is over, or earlier if all have spoken and nothing that was written
    down for somebody waits for them. The clock closes what is over, and lets the rest be.
    """
    if by.via is Via.CLOCK:
        return _close_by_clock(by, decision)
    decision = kept_decision(decision)
    seat = seat_in(by, decision.cluster)
    if decision.closed_at:
        raise Refused(f"“{decision}” was closed on {day(decision.closed_at)} already.")
    if not voices.has_ended(decision):
        _refuse_too_early(decision)
    return _close(by, decision, closed_by=seat)


@action
def close_due(*, by: Actor) -> int:
    """Close every decision whose time is over, in clusters that go on. How many."""
    # All of them before the first is written down: whoever votes on one meanwhile would wait for
    # us, and we for them.
    found = list(for_change(voices.due()))
    for decision in found:
        close(by=by, decision=decision)
    nothing_to_do()  # each of them is recorded as its own
    return len(found)


@action
def withdraw(*, by: Actor, decision: Decision, reason: str, version: int) -> Decision:
    """Take it off the table while it is open. What was said stays readable."""
    decision = locked(open_decision(decision), version=version)
    seat = seat_in(by, decision.cluster)
    if not voices.may_withdraw(decision, seat=seat.pk, organisation=seat.organisation_id):
        raise Refused(
            "Only whoever put it to the vote can withdraw it. What you think of it is your vote, "
            "and can be said below it."
        )
    decision.withdrawn_because = _reason(reason, "Say why it is withdrawn; it stays in the log.")
    _end(decision, Outcome.WITHDRAWN, voices.entitled_in(decision), closed_by=seat)
    _record(by, decision, "agreements.decision_withdrawn")
    letters.tell_the_outcome(decision)
    return decision


@action
def reopen(*, by: Actor, decision: Decision, reason: str, closes_on: date) -> Decision:
    """Ask for it again, as the way it was decided allows: another decision with the same words,
    options and way. The old one stays as it is."""
    cluster = locked(decision.cluster)
    decision = kept_decision(decision)
    seat = seat_with_voice(by, cluster)
    _check_reopening(decision, seat.organisation_id)
    again = _open(
        cluster,
        title=decision.title,
        words=decision.words,
        way=decision.way,
        proposed_by=seat,
        reopens=decision,
        reason=_reason(reason, "Say why it should be decided again; the others read it first."),
        closes_at=_closes_at(closes_on),
        options=list(decision.options.order_by("position").values_list("words", flat=True)),
    )
    _record(by, again, "agreements.decision_reopened", reopens=decision.pk)
    letters.ask_for_voices(again)
    return again


def _close_by_clock(by: Actor, decision: Decision) -> Decision:
    decision = locked(decision)
    if decision.closed_at or not voices.has_ended(decision) or decision.cluster.ended_at:
        nothing_to_do()
        return decision
    return _close(by, decision, closed_by=None)


def _close(by: Actor, decision: Decision, closed_by: Seat | None) -> Decision:
    # Asked once: of somebody who leaves meanwhile, both or neither must know.
    entitled = voices.entitled_in(decision)
    sums = voices.tally_now(decision, entitled)
    decision.chosen_id = sums.chosen
    _end(decision, Outcome(sums.outcome), entitled, closed_by=closed_by)
    _record(
        by,
        decision,
        "agreements.decision_closed",
        outcome=sums.outcome,
        chosen=sums.chosen,
        n_spoke=sums.n_spoke,
        n_entitled=sums.n_entitled,
    )
    letters.tell_the_outcome(decision)
    return decision


def _end(
    decision: Decision, outcome: Outcome, entitled: Sequence[int], closed_by: Seat | None
) -> None:
    """Those who had a voice are written down: who comes and goes later changes nothing here."""
    decision.entitled = list(entitled)
    decision.outcome, decision.closed_at = outcome, clock.now()
    decision.closed_by = closed_by
    decision.version += 1
    decision.save()


def _refuse_too_early(decision: Decision) -> None:
    silent, waiting = voices.silent_in(decision), voices.unconfirmed_in(decision)
    until = f"It closes by itself at the end of {day(decision.closes_at)}."
    if silent:
        has = "has" if len(silent) == 1 else "have"
        raise Refused(f"{listed(silent)} {has} not voted yet. {until}")
    if waiting:
        names = listed(sorted(str(voice.organisation) for voice in waiting))
        raise Refused(
            f"What was written down for {names} waits to be confirmed or undone by them. {until}"
        )


def _check_reopening(decision: Decision, organisation: int | None) -> None:
    """Raises Refused if the way it was decided does not let this organisation ask again now."""
    way = way_of(decision)
    if decision.closed_at is None:
        raise Refused("This is still open. Change your vote instead.")
    if decision.outcome == Outcome.WITHDRAWN:
        raise Refused("This was withdrawn, so nothing was decided. Put it to the vote anew.")
    if again := Decision.objects.filter(reopens=decision).first():
        raise Refused(f"This was reopened already, as decision {again.number}.")
    if way.reopens == "never":
        raise Refused(f"What is decided by “{way.name}” is not reopened. Propose something new.")
    from_on = clock.day_of(decision.closed_at) + timedelta(days=way.reopens_after_days)
    if decision.outcome == Outcome.CARRIED and clock.today() < from_on:
        raise Refused(
            f"What is decided by “{way.name}” rests for {count(way.reopens_after_days, 'day')}. "
            f"It can be reopened from {day(from_on)}."
        )
    if way.reopens == "who_did_not_agree" and _agreed(decision, organisation):
        raise Refused(
            f"What is decided by “{way.name}” is reopened only by a member that did not agree to "
            "it, and yours did. Ask one that did not."
        )


def _agreed(decision: Decision, organisation: int | None) -> bool:
    """Whether it agreed then: to what was chosen, if something was."""
    voice = voices.standing_voices(decision).filter(organisation=organisation).first()
    if voice is None or organisation not in decision.entitled or voice.stance != Stance.AGREE:
        return False
    return decision.chosen_id in (None, voice.option_id)


def _open(cluster: Cluster, *, options: Sequence[str], **how: object) -> Decision:
    """The cluster is locked, so that two at once get two numbers."""
    if not voices.entitled(cluster, clock.now()):
        raise Refused(f"{cluster} has no full member yet, so nobody could vote.")
    last = cluster.decisions.aggregate(last=Max("number"))["last"] or 0
    decision = Decision.objects.create(
        cluster=cluster, number=last + 1, opened_at=clock.now(), **how
    )
    Option.objects.bulk_create(
        Option(decision=decision, position=position, words=words)
        for position, words in enumerate(options, start=1)
    )
    return decision


def _title(title: str) -> str:
    refuse_unseen(title)
    title = said(title, most=LONGEST_TITLE)
    if not title:
        raise Refused("Say what is to be decided, in a line.")
    return title


def _options(options: Sequence[str]) -> list[str]:
    refuse_unseen(*options)
    found = [said(option, most=LONGEST_OPTION) for option in options]
    if not all(found):
        raise Refused("One of the options has no words. Take it out, or say what it is.")
    if len(found) > MOST_OPTIONS:
        raise Refused(f"There are {len(found)} options; {MOST_OPTIONS} are the most.")
    if twice := [one for one in found if found.count(one) > 1]:
        raise Refused(f"“{twice[0]}” is there twice. Take one out.")
    return found


def _reason(reason: str, missing: str) -> str:
    reason = said(reason)
    if not reason:
        raise Refused(missing)
    return reason


def _closes_at(closes_on: date) -> datetime:
    """The end of a day in London. Raises Refused if it is not after today, or very far."""
    if closes_on <= clock.today():
        raise Refused(
            f"{day(closes_on)} is too soon. Choose tomorrow or a later day, so that everybody can "
            "be heard; once all have voted it can be closed at any time."
        )
    if closes_on > clock.today() + FURTHEST:
        raise Refused(f"{day(closes_on)} is more than a year ahead. Check the year.")
    return datetime.combine(closes_on, LAST_MOMENT, clock.LONDON)


def _record(by: Actor, decision: Decision, did: str, **detail: object) -> None:
    write_down(did, by=by, to=decision, cluster=decision.cluster_id, **detail)
