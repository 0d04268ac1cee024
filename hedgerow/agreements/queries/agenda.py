"""What there is to talk about at a meeting: made from what is open, not typed."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Q

from hedgerow.agreements.models import Decision, Meeting, Promise
from hedgerow.core import clock
from hedgerow.journeys import kinds
from hedgerow.journeys.models import Stage
from hedgerow.look.words import count, day, out_of
from hedgerow.people.models import Member
from hedgerow.people.readers import seat_words

_SEATS = tuple(
    f"{seat}__{name}"
    for seat in ("first", "second")
    for name in ("user", "organisation", "cluster", "programme")
)
_SOON = timedelta(days=7)  # promises due this long after a meeting are talked about at it
_OPENING, _DECIDING, _PROMISE, _MISSING, _ITEM, _NEXT = 5, 10, 3, 5, 10, 5  # minutes


@dataclass(frozen=True, kw_only=True)
class AgendaLine:
    sentence: str
    minutes: int
    url: str = ""
    item: int | None = None  # key of an AgendaItem, which can be taken off
    is_late: bool = False


@dataclass(frozen=True, kw_only=True)
class AgendaPart:
    heading: str
    lines: tuple[AgendaLine, ...]


@dataclass(frozen=True, kw_only=True)
class Agenda:
    parts: tuple[AgendaPart, ...]
    meant: int  # minutes that the meeting is called for
    social: str  # empty where nothing is planned

    @property
    def minutes(self) -> int:
        return _OPENING + sum(line.minutes for part in self.parts for line in part.lines)

    @property
    def length(self) -> str:
        """How long it takes, as a sentence."""
        over = self.minutes - self.meant
        said = f"About {hours(self.minutes)}, with five minutes to arrive"
        if over > 0:
            return (
                f"{said}: {hours(over)} more than it is called for. "
                "Take something off, or call it for longer."
            )
        return f"{said}. It is called for {hours(self.meant)}."


def hours(minutes: int) -> str:
    """ "an hour and a half", "50 minutes", "2 hours 10 minutes"."""
    whole, rest = divmod(minutes, 60)
    if not whole:
        return count(rest, "minute")
    said = count(whole, "hour")
    return f"{said} {count(rest, 'minute')}" if rest else said


def agenda_of(meeting: Meeting) -> Agenda:
    """At most seven queries, and what the exit test of a room's own stage asks."""
    on = clock.day_of(meeting.starts_at)
    parts = (
        AgendaPart(heading="Decisions that are open", lines=tuple(_decisions(meeting))),
        AgendaPart(heading="Promises due or late", lines=tuple(_promises(meeting, on))),
        AgendaPart(heading="What this stage still needs", lines=tuple(_missing(meeting))),
        AgendaPart(heading="What somebody wants to talk about", lines=tuple(_items(meeting))),
        AgendaPart(heading="The next meeting", lines=tuple(_next(meeting))),
    )
    return Agenda(
        parts=tuple(part for part in parts if part.lines),
        meant=meeting.minutes,
        social=meeting.social,
    )


def open_decisions(meeting: Meeting) -> list[Decision]:
    """Of its cluster, soonest to close first, each with n_spoken. One query."""
    spoken = Count("voices", filter=Q(voices__ended_at=None))
    waiting = Decision.objects.filter(cluster=meeting.cluster_id, closed_at=None)
    return list(waiting.annotate(n_spoken=spoken).order_by("closes_at", "number"))


def n_voices(meeting: Meeting) -> int:
    """How many members have one. One query."""
    members = Member.objects.filter(cluster=meeting.cluster_id, left_at=None, is_second_tier=False)
    return members.count()


def _decisions(meeting: Meeting) -> Iterator[AgendaLine]:
    decisions = open_decisions(meeting)
    n = n_voices(meeting) if decisions else 0
    for decision in decisions:
        n_spoken = min(decision.n_spoken, n)
        yield AgendaLine(
            sentence=f"“{decision.title}” closes on {day(last_day(decision))}; "
            f"{out_of(n_spoken, n)} {'has' if n_spoken == 1 else 'have'} spoken.",
            minutes=_DECIDING,
            url=decision.get_absolute_url(),
            is_late=decision.closes_at <= clock.now(),
        )


def last_day(decision: Decision) -> date:
    """On which one can still speak, whether it closes at its last second or at midnight."""
    return clock.day_of(decision.closes_at - timedelta(seconds=1))


def _promises(meeting: Meeting, on: date) -> Iterator[AgendaLine]:
    waiting = Promise.objects.filter(
        cluster=meeting.cluster_id, kept_at=None, let_go_at=None, due_on__lte=on + _SOON
    )
    today = clock.today()
    for promise in waiting.select_related(*_SEATS):
        is_late = promise.due_on < today
        who = seat_words(promise.first)
        if promise.second:
            who += f" and {seat_words(promise.second)}"
        yield AgendaLine(
            sentence=f"“{promise.words}” by {who} {'was' if is_late else 'is'} "
            f"due on {day(promise.due_on)}.",
            minutes=_PROMISE,
            url=promise.get_absolute_url(),
            is_late=is_late,
        )


def _missing(meeting: Meeting) -> Iterator[AgendaLine]:
    stage = (
        Stage.objects.filter(
            journey__cluster=meeting.cluster_id,
            opened_at__isnull=False,
            closed_at=None,
            left_at=None,
        )
        .select_related("journey__cluster")
        .first()
    )
    for sentence in kinds.still_missing(stage) if stage else ():
        yield AgendaLine(sentence=sentence, minutes=_MISSING, url=stage.get_absolute_url())


def _items(meeting: Meeting) -> Iterator[AgendaLine]:
    for item in meeting.items.filter(taken_off_at=None).select_related(
        "by__user", "by__organisation", "by__cluster", "by__programme"
    ):
        yield AgendaLine(
            sentence=f"{item.words} ({seat_words(item.by)})", minutes=_ITEM, item=item.pk
        )


def _next(meeting: Meeting) -> Iterator[AgendaLine]:
    later = Meeting.objects.filter(
        cluster=meeting.cluster_id, called_off_at=None, starts_at__gt=meeting.starts_at
    ).first()
    if later:
        sentence = f"The next one is on {day(later.starts_at)}: does the day still suit all?"
        yield AgendaLine(sentence=sentence, minutes=1, url=later.get_absolute_url())
    else:
        yield AgendaLine(sentence="Agree on which day to meet next.", minutes=_NEXT)
