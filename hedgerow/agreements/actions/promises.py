"""Making promises, keeping them, moving their day, letting go, taking up again, and taking over."""

from datetime import date, timedelta

from hedgerow.agreements.models import Decision, Meeting, Promise, PromiseStep, StepKind
from hedgerow.agreements.queries.promises import answers_for, can_hold, has_facilitator
from hedgerow.core import clock
from hedgerow.core.actions import Refused, action, locked, record
from hedgerow.core.actors import Actor
from hedgerow.core.links import Link, spend
from hedgerow.core.owners import Owner
from hedgerow.look.words import day, listed
from hedgerow.people.actions.clusters import going_on
from hedgerow.people.kinds import refuse_unseen
from hedgerow.people.models import Cluster, Role, Seat, User
from hedgerow.people.readers import LiveSeat, reader_of, seat_words

FURTHEST = timedelta(days=5 * 366)  # a day further off than this is a slip of the pen


@action
def promise(
    *,
    by: Actor,
    cluster: Cluster,
    words: str,
    first: Seat,
    second: Seat | None,
    alone_because: str,
    due_on: date,
    meeting: Meeting | None = None,
    decision: Decision | None = None,
) -> Promise:
    """Write down what two people of different members take on, with its day; or one alone, with
    the reason."""
    cluster = going_on(locked(cluster))
    if any(source and source.cluster_id != cluster.pk for source in (meeting, decision)):
        raise ValueError("a promise comes from a meeting or a decision of its own cluster")
    refuse_unseen(words, alone_because)
    if not words.strip():
        raise Refused("Say what is promised.")
    _check_day(due_on)
    check_holders(cluster, first, second, alone_because)
    made = Promise.objects.create(
        cluster=cluster,
        words=words.strip(),
        first=first,
        second=second,
        alone_because=alone_because.strip(),
        due_on=due_on,
        first_due_on=due_on,
        meeting=meeting,
        decision=decision,
        made_by_id=_seat_of(by),
        made_at=clock.now(),
    )
    _record(
        by,
        made,
        "agreements.promise_made",
        first=first.pk,
        second=second.pk if second else None,
        due_on=due_on,
    )
    return made


@action
def keep(*, by: Actor, promise: Promise, link: Link | None = None) -> Promise:
    """Say that a promise was kept, today. `link`: the signed one it is said by, which works once
    and only for the promise as it stood when the letter was written."""
    promise = _fresh(by, promise)
    if link is not None:
        spend(link)
        if link.version != promise.version:
            raise Refused(
                f"This promise has changed since the letter was written: it is for "
                f"{day(promise.due_on)} now. Open it to read what changed, and say there that it "
                "is done."
            )
    promise.kept_at, promise.ended_by_id = clock.now(), _seat_of(by)
    _save(promise, "kept_at", "ended_by")
    step = _step(by, promise, StepKind.KEPT)
    _record(by, promise, "agreements.promise_kept", due_on=promise.due_on, step=step)
    return promise


@action
def move_promise(
    *, by: Actor, promise: Promise, due_on: date, reason: str, version: int | None = None
) -> Promise:
    """Set another day, with the reason. The day that was promised at the start stays beside it,
    and each day between with its own reason."""
    promise = _fresh(by, promise, version)
    if not reason.strip():
        raise Refused("Say why the day moves; the others plan with it.")
    if due_on == promise.due_on:
        raise Refused(f"It is for {day(due_on)} already. Choose another day.")
    _check_day(due_on)
    before = promise.due_on
    promise.due_on, promise.reason = due_on, reason.strip()
    _save(promise, "due_on", "reason")
    step = _step(by, promise, StepKind.MOVED, promise.reason, from_on=before, to_on=due_on)
    _record(by, promise, "agreements.promise_moved", from_on=before, to_on=due_on, step=step)
    return promise


@action
def let_go(*, by: Actor, promise: Promise, reason: str, version: int | None = None) -> Promise:
    """Say that a promise will not be kept, and why. It stays to be read."""
    promise = _fresh(by, promise, version)
    if not reason.strip():
        raise Refused("Say why it is let go, so that nobody waits for it.")
    promise.let_go_at, promise.ended_by_id = clock.now(), _seat_of(by)
    promise.reason = reason.strip()
    _save(promise, "let_go_at", "ended_by", "reason")
    step = _step(by, promise, StepKind.LET_GO, promise.reason)
    _record(by, promise, "agreements.promise_let_go", due_on=promise.due_on, step=step)
    return promise


@action
def take_up_again(
    *, by: Actor, promise: Promise, reason: str, version: int | None = None
) -> Promise:
    """It was not done after all, or it will be: open again, held by the same and for the same day.
    Who said before that it was over, and why, stays with it."""
    promise = _locked(promise, version)
    if promise.is_open:
        raise Refused("This promise is open: nobody has to take it up again.")
    _check_theirs(by, promise)
    if not reason.strip():
        raise Refused("Say why it is taken up again; it was said to be over.")
    promise.kept_at = promise.let_go_at = promise.ended_by = None
    moves = promise.steps.filter(kind=StepKind.MOVED)
    promise.reason = moves.values_list("reason", flat=True).last() or ""
    _save(promise, "kept_at", "let_go_at", "ended_by", "reason")
    step = _step(by, promise, StepKind.TAKEN_UP_AGAIN, reason.strip())
    _record(by, promise, "agreements.promise_taken_up", due_on=promise.due_on, step=step)
    return promise


@action
def take_over(
    *,
    by: Actor,
    promise: Promise,
    first: Seat,
    second: Seat | None,
    alone_because: str,
    version: int | None = None,
) -> Promise:
    """Somebody else takes the place of a holder whose seat has ended. Whoever still holds it
    stays one of the two."""
    promise = _open(promise, version)
    seat = _live_seat(by)
    leads = seat.roles & {Role.CORE, Role.FACILITATOR}
    if not leads and seat.key not in (promise.first_id, promise.second_id):
        raise Refused(
            "Somebody of the Core Group, the facilitator, or whoever still holds this promise can "
            "say who takes it over. Ask one of them."
        )
    able = {holder.pk for holder in can_hold(promise.cluster)}
    holders = [holder for holder in (promise.first, promise.second) if holder]
    still = [holder for holder in holders if holder.pk in able]
    if len(still) == len(holders):
        raise Refused(
            f"{listed(map(seat_words, still))} still {'hold' if len(still) > 1 else 'holds'} this "
            "promise, so nobody can take it over. Its day can be moved, or it can be let go."
        )
    for holder in still:
        if holder not in (first, second):
            raise Refused(
                f"{seat_words(holder)} still holds this promise, so they stay one of the two. "
                "Choose who joins them."
            )
    refuse_unseen(alone_because)
    check_holders(promise.cluster, first, second, alone_because)
    step = _step(by, promise, StepKind.TAKEN_OVER, promise.alone_because)
    promise.first, promise.second = first, second
    promise.alone_because = alone_because.strip()
    _save(promise, "first", "second", "alone_because")
    _record(
        by,
        promise,
        "agreements.promise_taken_over",
        first=first.pk,
        second=second.pk if second else None,
        step=step,
    )
    return promise


def _fresh(by: Actor, promise: Promise, version: int | None = None) -> Promise:
    """As it stands now, locked. Raises Refused if it is over, or not theirs to answer for."""
    promise = _open(promise, version)
    _check_theirs(by, promise)
    return promise


def _check_theirs(by: Actor, promise: Promise) -> None:
    if not answers_for(promise, _live_seat(by), is_led=has_facilitator(promise.cluster)):
        holders = [seat_words(holder) for holder in (promise.first, promise.second) if holder]
        raise Refused(
            f"This promise is held by {listed(holders)}. Ask one of them, their Core Group member "
            "or the facilitator to say what became of it."
        )


def _open(promise: Promise, version: int | None) -> Promise:
    promise = _locked(promise, version)
    if not promise.is_open:
        assert promise.ended_by
        ended = "was kept" if promise.kept_at else "was let go"
        on = day(promise.kept_at or promise.let_go_at)
        raise Refused(
            f"This promise {ended}: {seat_words(promise.ended_by)} said so on {on}. Nothing more "
            "is asked of anybody."
        )
    return promise


def _locked(promise: Promise, version: int | None) -> Promise:
    promise = locked(promise, version=version)
    going_on(promise.cluster)
    return promise


def _live_seat(by: Actor) -> LiveSeat:
    """The seat it is done from, as it stands now. Raises ValueError for the clock and the command
    line, and Refused if it has ended."""
    key, user = _seat_of(by), User.objects.get(pk=by.person)
    for seat in reader_of(user, second_factor=True).seats:
        if seat.key == key:
            return seat
    raise Refused("Your seat has ended, so this is for somebody else to say.")


def _check_day(due_on: date) -> None:
    today = clock.today()
    if due_on < today:
        raise Refused(f"{day(due_on)} has passed. Choose today or a later day.")
    if due_on > today + FURTHEST:
        raise Refused(f"{day(due_on)} is more than five years ahead. Check the year.")


def check_holders(cluster: Cluster, first: Seat, second: Seat | None, alone_because: str) -> None:
    """Raises Refused unless two of different members hold it, or one who says why."""
    able = {seat.pk for seat in can_hold(cluster)}
    for seat in (first, second):
        if seat is not None and seat.pk not in able:
            raise Refused(
                f"{seat_words(seat)} cannot hold a promise here: it is held from a seat for one of "
                "the organisations that has not ended. Choose somebody else."
            )
    if second is None:
        if not alone_because.strip():
            raise Refused(
                "Choose a second person, from another member: what two hold slips less. "
                "If one has to hold it alone, say why."
            )
        return
    if alone_because.strip():
        raise Refused(
            "You chose two people and wrote why one holds it alone. Leave one of the two out."
        )
    if first.pk == second.pk:
        raise Refused("You chose the same person twice. Choose somebody of another member too.")
    if first.organisation_id == second.organisation_id:
        raise Refused(
            f"Both are from {first.organisation}. A pair is from two different members, so that it "
            "does not hang on one of them. Choose somebody of another member."
        )


def _save(promise: Promise, *fields: str) -> None:
    promise.version += 1
    promise.save(update_fields=[*fields, "version"])


def _step(
    by: Actor,
    promise: Promise,
    kind: StepKind,
    reason: str = "",
    *,
    from_on: date | None = None,
    to_on: date | None = None,
) -> int:
    """Write down what became of it. Its key, for the record."""
    return PromiseStep.objects.create(
        promise=promise,
        kind=kind,
        from_on=from_on,
        to_on=to_on,
        reason=reason,
        by_id=_seat_of(by),
        at=clock.now(),
    ).pk


def _seat_of(by: Actor) -> int:
    """Raises ValueError for the clock and the command line, which hold no seat."""
    if by.seat is None:
        raise ValueError("this is done by somebody in a seat")
    return by.seat


def _record(by: Actor, promise: Promise, did: str, **detail: object) -> None:
    record(did, by=by, to=promise, owner=(Owner.CLUSTER, promise.cluster_id), **detail)
