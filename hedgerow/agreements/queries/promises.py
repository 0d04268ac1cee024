"""Promises as they stand, who holds them, and what became of them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Exists, OuterRef, Q, QuerySet

from hedgerow.agreements import rules
from hedgerow.agreements.models import Promise, PromiseStep, StepKind
from hedgerow.core import clock
from hedgerow.core.models import Event
from hedgerow.core.prepared import prepared
from hedgerow.core.readings import asked_once_by, beside
from hedgerow.core.rooms import Told, sentence_of
from hedgerow.look.words import count, day, number
from hedgerow.people.access import visible, visible_events
from hedgerow.people.models import Cluster, Member, Role, Seat
from hedgerow.people.readers import (
    LiveSeat,
    Reader,
    live,
    seat_words,
    seats_named,
    with_seats,
)

_SEAT = ("user", "organisation", "cluster", "programme")  # what seat_words reads
_CAME_FROM = ("meeting__title", "meeting__starts_at", "decision__number", "decision__title")
_OPEN = Q(kept_at=None, let_go_at=None)
_SEATS = ("first", "second", "made_by", "ended_by")


@dataclass(frozen=True, kw_only=True)
class Holder:
    """One of the two who hold a promise."""

    seat: int
    title: str  # "Chief executive"
    organisation: str
    organisation_key: int | None
    ended_on: date | None  # the day their seat ended; None while it lasts

    @property
    def words(self) -> str:
        return f"{self.title}, {self.organisation}"

    @property
    def half(self) -> tuple[str, str]:
        """As the tag `pair` wants it."""
        return self.title, self.organisation


@dataclass(frozen=True, kw_only=True)
class PromiseLine:
    key: int
    version: int
    words: str
    first: Holder
    second: Holder | None
    alone_because: str  # why one holds it alone; empty for a pair
    due_on: date
    first_due_on: date
    days: int  # until it is due; below nothing if it is late
    kept_on: date | None
    let_go_on: date | None
    ended_by: str  # who said that it was kept, or let it go
    reason: str  # why the day was moved last, or it was let go
    made_by: str
    made_on: date
    meeting: int | None
    decision: int | None
    came_from: str  # "Core Group meeting, 3 May 2026", "Decision 4: …"; empty if neither

    @property
    def is_open(self) -> bool:
        return self.kept_on is None and self.let_go_on is None

    @property
    def is_late(self) -> bool:
        return self.is_open and self.days < 0

    @property
    def is_moved(self) -> bool:
        return self.due_on != self.first_due_on

    @property
    def is_on_time(self) -> bool:
        """Kept by the day that was promised at the start."""
        return self.kept_on is not None and self.kept_on <= self.first_due_on

    @property
    def holders(self) -> tuple[Holder, ...]:
        return (self.first, self.second) if self.second else (self.first,)

    @property
    def gone(self) -> tuple[Holder, ...]:
        """Holders of an open promise whose seat has ended."""
        return tuple(h for h in self.holders if h.ended_on) if self.is_open else ()

    @property
    def state(self) -> str:
        if self.kept_on:
            late = (self.kept_on - self.first_due_on).days
            if late <= 0:
                return f"Kept on {day(self.kept_on)}"
            return f"Kept on {day(self.kept_on)}, {count(late, 'day')} after the day first promised"
        if self.let_go_on:
            return f"Let go on {day(self.let_go_on)}"
        if self.days < 0:
            return f"Late by {count(-self.days, 'day')}"
        return {0: "Due today", 1: "Due tomorrow"}.get(
            self.days, f"Due in {count(self.days, 'day')}"
        )

    @property
    def dot(self) -> int:
        """For the tag `state`."""
        return 2 if self.kept_on else 3 if self.is_late else 0


@dataclass(frozen=True, kw_only=True)
class Promises:
    """All promises of one cluster."""

    late: tuple[PromiseLine, ...]  # the oldest first
    due: tuple[PromiseLine, ...]  # the next first
    kept: tuple[PromiseLine, ...]  # the newest first
    let_go: tuple[PromiseLine, ...]  # the newest first

    @property
    def open_ones(self) -> tuple[PromiseLine, ...]:
        return (*self.late, *self.due)

    @property
    def all(self) -> tuple[PromiseLine, ...]:
        return (*self.open_ones, *self.kept, *self.let_go)

    @property
    def headline(self) -> str:
        if not self.all:
            return "No promises yet"
        late = f", {number(len(self.late))} late" if self.late else ""
        return f"Promises: {number(len(self.open_ones), zero='none')} open{late}"


@dataclass(frozen=True, kw_only=True)
class PastLine:
    at: datetime
    sentence: str
    why: str  # as it was given: “The firm is shut.”; empty where nothing was said


def promises_of(cluster: Cluster, today: date) -> Promises:
    """Two queries."""
    lines = promises_from(cluster.promises.all(), today)
    return Promises(
        late=tuple(line for line in lines if line.is_late),
        due=tuple(line for line in lines if line.is_open and not line.is_late),
        kept=tuple(_newest(line for line in lines if line.kept_on)),
        let_go=tuple(_newest(line for line in lines if line.let_go_on)),
    )


def promises_from(promises: QuerySet[Promise], today: date) -> list[PromiseLine]:
    """Of these, such as those of a meeting or a decision, by the day they are due. Two
    queries."""
    return [_line(promise, today) for promise in _named(promises)]


def promise_line(promise: Promise, today: date) -> PromiseLine:
    """Two queries."""
    return promises_from(Promise.objects.filter(pk=promise.pk), today)[0]


@asked_once_by
def open_promises_for(reader: Reader) -> tuple[tuple[PromiseLine, Cluster], ...]:
    """In all the reader's clusters, by the day they are due. Two queries."""
    today, found = clock.today(), with_seats(_open_ones(reader), *_SEATS)
    return tuple((_line(promise, today), promise.cluster) for promise in found)


@prepared
def _open_ones(reader: Reader) -> QuerySet[Promise]:
    return _with_words(visible(reader, rules.SEE_PROMISE).filter(_OPEN))


def open_promises(reader: Reader, cluster: Cluster) -> list[PromiseLine]:
    """In one of them, by the day they are due. No query where the page asked for those of all."""
    return [line for line, there in open_promises_for(reader) if there.pk == cluster.pk]


def can_hold(cluster: Cluster) -> QuerySet[Seat]:
    """Live seats from which a promise can be held: of members and of those who support them."""
    here = Member.objects.filter(
        cluster=cluster, organisation=OuterRef("organisation"), left_at=None
    )
    return (
        Seat.objects.filter(Exists(here), live(clock.now()), cluster=cluster)
        .select_related(*_SEAT)
        .order_by("organisation__name", "pk")
    )


def has_facilitator(cluster: Cluster) -> bool:
    """One query."""
    return Seat.objects.filter(live(clock.now()), cluster=cluster, role=Role.FACILITATOR).exists()


def answers_for(promise: Promise, seat: LiveSeat, *, is_led: bool) -> bool:
    """Whether a promise may be kept, moved or let go from this seat: by either of the pair, by
    whoever has the voice of one of their organisations, and by who leads: the facilitator, or
    where the cluster has none (`is_led` is False) any Core Group member."""
    if seat.cluster != promise.cluster_id:
        return False
    holders = [holder for holder in (promise.first, promise.second) if holder]
    if seat.key in [holder.pk for holder in holders] or Role.FACILITATOR in seat.roles:
        return True
    if Role.CORE not in seat.roles:
        return False
    return not is_led or seat.organisation in [holder.organisation_id for holder in holders]


def past_of(reader: Reader, promise: Promise) -> list[PastLine]:
    """What was done to one promise, oldest first, as far as the reader may know, each with the
    reason that was given. Four queries; three of a promise nothing became of yet."""
    thing = f"{promise._meta.label_lower}:{promise.pk}"
    events = list(visible_events(reader).filter(thing=thing).order_by("number"))
    seats = _seats_named_in(events)
    whys = _whys_in(promise, events)
    return [
        PastLine(
            at=event.at,
            sentence=sentence_of(event.did)(
                Told(
                    by=_words(seats, event.by_seat),
                    look_up=lambda: promise,
                    detail=event.detail,
                    named=lambda label, key: _words(seats, key),
                )
            ),
            why=whys.get(event.detail.get("step"), ""),
        )
        for event in events
    ]


# --- rows into lines


def _named(promises: QuerySet[Promise]) -> list[Promise]:
    """By the day they are due, with all that their lines say. Two queries."""
    return with_seats(_with_words(promises), *_SEATS)


def _with_words(promises: QuerySet[Promise]) -> QuerySet[Promise]:
    found = beside(promises, "cluster__name", "cluster__ended_at", *_CAME_FROM)
    return found.order_by("due_on", "pk")


def _newest(lines: Iterable[PromiseLine]) -> list[PromiseLine]:
    return sorted(
        lines, key=lambda line: (line.kept_on or line.let_go_on or date.min, line.key), reverse=True
    )


def _line(promise: Promise, today: date) -> PromiseLine:
    return PromiseLine(
        key=promise.pk,
        version=promise.version,
        words=promise.words,
        first=_holder(promise.first),
        second=_holder(promise.second) if promise.second else None,
        alone_because=promise.alone_because,
        due_on=promise.due_on,
        first_due_on=promise.first_due_on,
        days=(promise.due_on - today).days,
        kept_on=clock.day_of(promise.kept_at) if promise.kept_at else None,
        let_go_on=clock.day_of(promise.let_go_at) if promise.let_go_at else None,
        ended_by=seat_words(promise.ended_by) if promise.ended_by else "",
        reason=promise.reason,
        made_by=seat_words(promise.made_by),
        made_on=clock.day_of(promise.made_at),
        meeting=promise.meeting_id,
        decision=promise.decision_id,
        came_from=_came_from(promise),
    )


def _came_from(promise: Promise) -> str:
    if promise.decision:
        return f"Decision {promise.decision.number}: {promise.decision}"
    if promise.meeting:
        return f"{promise.meeting}, {day(promise.meeting.starts_at)}"
    return ""


def _holder(seat: Seat) -> Holder:
    has_ended = seat.ended_at is not None and seat.ended_at <= clock.now()
    return Holder(
        seat=seat.pk,
        title=seat.user.title or seat.get_role_display(),
        organisation=str(seat.organisation or ""),
        organisation_key=seat.organisation_id,
        ended_on=clock.day_of(seat.ended_at) if has_ended else None,
    )


def _seats_named_in(events: Iterable[Event]) -> Mapping[int, Seat | None]:
    keys = set[int]()
    for event in events:
        named = (event.by_seat, event.detail.get("first"), event.detail.get("second"))
        keys |= {key for key in named if key}
    return seats_named(keys)


def _whys_in(promise: Promise, events: Iterable[Event]) -> Mapping[int, str]:
    """By the step. No query where nothing became of the promise yet."""
    keys = [event.detail["step"] for event in events if "step" in event.detail]
    if not keys:
        return {}
    return {step.pk: _why(step) for step in promise.steps.filter(pk__in=keys).exclude(reason="")}


def _why(step: PromiseStep) -> str:
    if step.kind == StepKind.TAKEN_OVER:
        return f"Until then one held it alone: “{step.reason}”"
    return f"“{step.reason}”"


def _words(seats: Mapping[int, Seat | None], key: object) -> str:
    seat = seats.get(key) if isinstance(key, int) else None
    return seat_words(seat) if seat else "Somebody"
