"""Meetings as lines, and what was written down at one."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count, Q, QuerySet

from hedgerow.agreements import rules
from hedgerow.agreements.models import Answer, Attendance, Decision, Meeting, Note, Promise
from hedgerow.core import clock
from hedgerow.core.prepared import prepared
from hedgerow.core.readings import asked_once_by
from hedgerow.look.words import clock_time, count, day, first_up, listed, out_of, weekday
from hedgerow.people.access import visible
from hedgerow.people.models import Cluster, Role, Seat
from hedgerow.people.readers import Reader, seat_words

from .agenda import hours, last_day
from .attendance import Attended, Chair, attendance_of, chairs

LATELY = timedelta(days=28)  # who came is not asked for longer than this

__all__ = ["Attended", "attendance_of", "meeting_line", "meetings_of", "minutes_of", "next_of"]


@dataclass(frozen=True, kw_only=True)
class MeetingLine:
    key: int
    title: str
    starts_at: datetime
    minutes: int
    state: str  # "Called off", "Going on", "Held", "To come", or what is to be done
    dot: int  # as `state` draws it
    n_coming: int
    n_decisions: int
    n_promises: int

    @property
    def on(self) -> date:
        return clock.day_of(self.starts_at)

    @property
    def when(self) -> str:
        return when(self.starts_at, self.minutes)

    @property
    def came_to(self) -> str:
        """What it led to, in words; empty where nothing did."""
        said = [
            count(self.n_decisions, "decision") if self.n_decisions else "",
            count(self.n_promises, "promise") if self.n_promises else "",
        ]
        return first_up(listed(part for part in said if part))


@dataclass(frozen=True, kw_only=True)
class DecisionLine:
    number: int  # in its cluster
    title: str
    how: str  # "Carried", "Open until 12 December 2026"
    url: str


@dataclass(frozen=True, kw_only=True)
class PromiseLine:
    words: str
    first: tuple[str, str]  # who, and for whom
    second: tuple[str, str] | None  # None where one holds it alone
    due_on: date
    url: str


@dataclass(frozen=True, kw_only=True)
class NoteLine:
    key: int
    words: str
    by: str
    at: datetime
    is_struck: bool
    is_late: bool  # written on a day after the meeting ended


@dataclass(frozen=True, kw_only=True)
class Minutes:
    """What was written down: this, and nothing typed beside it."""

    chairs: Sequence[Chair]
    decisions: Sequence[DecisionLine]
    promises: Sequence[PromiseLine]
    notes: Sequence[NoteLine]

    @property
    def came(self) -> list[Chair]:
        return [chair for chair in self.chairs if chair.came]

    @property
    def absent(self) -> list[Chair]:
        return [chair for chair in self.chairs if chair.came is False]

    @property
    def unwritten(self) -> list[Chair]:
        """Core Group members of whom nobody has said it, and whom nobody stood in for."""
        there = {chair.organisation for chair in self.came if chair.stood_in}
        return [
            chair
            for chair in self.chairs
            if chair.came is None and chair.role is Role.CORE and chair.organisation not in there
        ]

    @property
    def standing_notes(self) -> list[NoteLine]:
        return [note for note in self.notes if not note.is_struck]

    @property
    def attendance(self) -> str:
        """A sentence: of how many members somebody was there."""
        core = {chair.organisation for chair in self.chairs if chair.role is Role.CORE}
        there = {
            chair.organisation
            for chair in self.came
            if chair.is_of_core_group and chair.organisation in core
        }
        if not core:
            return "Nobody holds a Core Group seat."
        n = len(there)
        return f"{first_up(out_of(n, len(core)))} members {'was' if n == 1 else 'were'} there."


def when(starts_at: datetime, minutes: int) -> str:
    """ "Thursday 3 December 2026, 10am, for 2 hours"."""
    return f"{weekday(starts_at)}, {clock_time(starts_at)}, for {hours(minutes)}"


def meetings_of(cluster: Cluster) -> tuple[list[MeetingLine], list[MeetingLine]]:
    """To come, soonest first; and past, newest first. One query."""
    lines = [_line(meeting) for meeting in _counted(Meeting.objects.filter(cluster=cluster))]
    now = clock.now()
    coming = [line for line, meeting in lines if _is_to_come(meeting, now)]
    past = [line for line, meeting in lines if not _is_to_come(meeting, now)]
    return coming, past[::-1]


def next_of(clusters: Iterable[int]) -> dict[int, Meeting]:
    """The next meeting of each cluster that is going on or to come, by its key. One query."""
    now = clock.now()
    found: dict[int, Meeting] = {}
    waiting = Meeting.objects.filter(
        cluster__in=list(clusters), called_off_at=None, ended_at=None
    ).select_related("cluster")
    for meeting in waiting.order_by("starts_at", "pk"):
        if meeting.ends_at > now:
            found.setdefault(meeting.cluster_id, meeting)
    return found


@asked_once_by
def recent_for(reader: Reader) -> tuple[Meeting, ...]:
    """In all the reader's clusters: what is to come and what was lately, soonest first, without
    what was called off. One query."""
    return tuple(_since(reader, clock.now() - LATELY))


@prepared
def _since(reader: Reader, instant: datetime) -> QuerySet[Meeting]:
    found = visible(reader, rules.SEE_MEETING).filter(called_off_at=None, starts_at__gt=instant)
    return found.select_related("cluster").order_by("starts_at", "pk")


def meeting_line(meeting: Meeting) -> MeetingLine:
    return _line(_counted(Meeting.objects.filter(pk=meeting.pk)).get())[0]


def own_answer(reader: Reader, meeting: Meeting, seat: int | None) -> str:
    """What the seat that they act from has answered; empty if nothing. One query."""
    mine = {held.key for held in reader.in_cluster(meeting.cluster_id)}
    if seat not in mine:
        return ""
    told = Attendance.objects.filter(meeting=meeting, seat=seat).first()
    return told.answer if told else ""


def minutes_of(meeting: Meeting) -> Minutes:
    """Six queries."""
    return Minutes(
        chairs=chairs(meeting),
        decisions=[_decision(found) for found in _decisions_at(meeting)],
        promises=[_promise(found) for found in _promises_at(meeting)],
        notes=[_note(meeting, found) for found in _notes_of(meeting)],
    )


def _counted(meetings):
    coming = Count("attendances", filter=Q(attendances__answer=Answer.COMING), distinct=True)
    return meetings.annotate(
        n_coming=coming,
        n_decisions=Count("decisions", distinct=True),
        n_promises=Count("promises", distinct=True),
    ).order_by("starts_at", "pk")


def _line(meeting: Meeting) -> tuple[MeetingLine, Meeting]:
    state, dot = _state(meeting, clock.now())
    line = MeetingLine(
        key=meeting.pk,
        title=meeting.title,
        starts_at=meeting.starts_at,
        minutes=meeting.minutes,
        state=state,
        dot=dot,
        n_coming=meeting.n_coming,
        n_decisions=meeting.n_decisions,
        n_promises=meeting.n_promises,
    )
    return line, meeting


def _is_to_come(meeting: Meeting, now: datetime) -> bool:
    return not meeting.called_off_at and not meeting.ended_at and meeting.ends_at > now


def _state(meeting: Meeting, now: datetime) -> tuple[str, int]:
    if meeting.called_off_at:
        return "Called off", 0
    if meeting.ended_at:
        return "Held", 2
    if meeting.begun_at:
        return "Going on", 1
    if meeting.ends_at > now:
        return "To come", 0
    return "Nobody wrote down whether it was held", 3


def _decisions_at(meeting: Meeting) -> Iterable[Decision]:
    return Decision.objects.filter(meeting=meeting).order_by("number")


def _decision(decision: Decision) -> DecisionLine:
    how = decision.get_outcome_display() or f"Open until {day(last_day(decision))}"
    return DecisionLine(
        number=decision.number,
        title=decision.title,
        how=how,
        url=decision.get_absolute_url(),
    )


def _promises_at(meeting: Meeting) -> Iterable[Promise]:
    names = ("user", "organisation", "cluster", "programme")
    return Promise.objects.filter(meeting=meeting).select_related(
        *(f"{seat}__{name}" for seat in ("first", "second") for name in names)
    )


def _promise(promise: Promise) -> PromiseLine:
    return PromiseLine(
        words=promise.words,
        first=_half(promise.first),
        second=_half(promise.second) if promise.second else None,
        due_on=promise.due_on,
        url=promise.get_absolute_url(),
    )


def _half(seat: Seat) -> tuple[str, str]:
    """As a pair shows each of the two."""
    return seat.user.title or seat.get_role_display(), str(seat.organisation or seat.cluster)


def _notes_of(meeting: Meeting) -> Iterable[Note]:
    return meeting.notes.select_related(
        "by__user", "by__organisation", "by__cluster", "by__programme"
    )


def _note(meeting: Meeting, note: Note) -> NoteLine:
    ended = meeting.ended_at
    return NoteLine(
        key=note.pk,
        words=note.words,
        by=seat_words(note.by),
        at=note.at,
        is_struck=bool(note.struck_at),
        is_late=bool(ended and clock.day_of(note.at) > clock.day_of(ended)),
    )
