"""What was changed about a meeting, one change after another, each with its reason."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from hedgerow.agreements.models import Meeting, MeetingChange
from hedgerow.look.words import clock_time, listed, weekday
from hedgerow.people.readers import seat_words

from .agenda import hours

_WORDS = {"place": "the place", "link": "the link to join", "social": "what comes after it"}


@dataclass(frozen=True, kw_only=True)
class ChangeLine:
    at: datetime
    sentence: str
    reason: str  # empty where none was given


def changes_of(meeting: Meeting) -> list[ChangeLine]:
    """Oldest first. One query; none for a meeting that stands as it was called."""
    if not meeting.sequence:
        return []
    changes = list(
        meeting.changes.select_related(
            "by__user", "by__organisation", "by__cluster", "by__programme"
        ).order_by("pk")
    )
    # Each row holds what was said until then, so what was said from then on is in the next one.
    after = [*changes[1:], meeting]
    return [
        ChangeLine(
            at=change.at,
            sentence=f"{seat_words(change.by)} {_did(change, then)}.",
            reason=change.reason,
        )
        for change, then in zip(changes, after, strict=True)
    ]


def _did(change: MeetingChange, then: MeetingChange | Meeting) -> str:
    if change.to_at is None:
        return f"called it off; it was to be on {_on(change.from_at)}"
    return f"changed {listed(_parts(change, change.to_at, then))}"


def _parts(change: MeetingChange, to_at: datetime, then: MeetingChange | Meeting) -> Iterator[str]:
    if change.title != then.title:
        yield f"its name from “{change.title}” to “{then.title}”"
    if change.from_at != to_at:
        yield f"the time from {_on(change.from_at)}, to {_on(to_at)}"
    if change.minutes != then.minutes:
        yield f"how long it takes from {hours(change.minutes)} to {hours(then.minutes)}"
    for name, what in _WORDS.items():
        was, now = getattr(change, name), getattr(then, name)
        if was != now:
            yield f"{what} from {_said(was)} to {_said(now)}"


def _on(instant: datetime) -> str:
    return f"{weekday(instant)}, {clock_time(instant)}"


def _said(words: str) -> str:
    return f"“{words}”" if words else "none"
