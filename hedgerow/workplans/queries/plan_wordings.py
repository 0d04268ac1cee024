"""What the plan, an objective or a step said until it was changed: what, when, from which seat."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet

from hedgerow.core import clock
from hedgerow.look.words import day, listed
from hedgerow.people.models import Seat
from hedgerow.people.readers import seat_words, seats_named
from hedgerow.workplans.models import Objective, Result, Step, StepKind, Strand, Wording, Workplan

NOTHING = "Nothing was said"

# In the order of the pages, whatever order a database keeps.
NAMES: Mapping[str, str] = {
    "summary": "The summary",
    "meetings": "The meetings",
    "title": "What it is",
    "for_whom": "For whom",
    "judged_how": "How it is judged",
    "judged_on": "When it is judged",
    "strand": "Main theme, or beside it",
    "found": "What there is already",
    "stands_behind": "What we stand behind",
    "differs": "What is different",
    "kind": "What kind of step",
    "starts_on": "The first day",
    "due_on": "The last day",
    "is_quick_win": "Whether it is a quick win",
    "first": "Who does it",
    "second": "Together with whom",
    "alone_because": "Why one does it alone",
    "after": "What it waits for",
    "result": "What became of it",
    "result_words": "What shows it",
}
_CHOICES: Mapping[str, Mapping[str, str]] = {
    "strand": dict(Strand.choices),
    "kind": dict(StepKind.choices),
    "result": dict(Result.choices),
}
_DAYS = ("judged_on", "starts_on", "due_on")
_SEATS = ("first", "second")


@dataclass(frozen=True, kw_only=True)
class WasLine:
    name: str  # "For whom"
    said: str  # what it said until then


@dataclass(frozen=True, kw_only=True)
class Changed:
    on: date
    by: str
    was: tuple[WasLine, ...]


def changes_of(thing: Workplan | Objective | Step) -> tuple[Changed, ...]:
    """Of the thing itself, the newest first. Two queries at most."""
    rows = list(_wordings(thing).order_by("-pk"))
    if not rows:
        return ()
    named = {row.said[name] for row in rows for name in _SEATS if row.said.get(name)}
    seats = seats_named({row.by_id for row in rows} | named)
    return tuple(
        Changed(
            on=clock.day_of(row.at),
            by=_seat(seats, row.by_id),
            was=tuple(
                WasLine(name=called, said=_said(name, row.said[name], seats))
                for name, called in NAMES.items()
                if name in row.said
            ),
        )
        for row in rows
    )


def now_in(thing: Workplan | Objective | Step, names: list[str]) -> tuple[WasLine, ...]:
    """What these fields of it say now, in the order of the pages."""
    return tuple(
        WasLine(name=called, said=_said(name, getattr(thing, name), {}))
        for name, called in NAMES.items()
        if name in names
    )


def _wordings(thing: Workplan | Objective | Step) -> QuerySet[Wording]:
    if isinstance(thing, Objective):
        return Wording.objects.filter(objective=thing)
    if isinstance(thing, Step):
        return Wording.objects.filter(step=thing)
    return Wording.objects.filter(workplan=thing, objective=None, step=None)


def _said(name: str, value: Any, seats: Mapping[int, Seat | None]) -> str:
    if name == "is_quick_win":
        return "Quick win" if value else "No quick win"
    if name == "after":
        return f"Step {listed(value)}" if value else "No other step"
    if value in (None, ""):
        return NOTHING
    if name in _DAYS:
        return day(value if isinstance(value, date) else date.fromisoformat(value))
    if name in _SEATS:
        return seat_words(value) if isinstance(value, Seat) else _seat(seats, value)
    return _CHOICES[name][value] if name in _CHOICES else str(value)


def _seat(seats: Mapping[int, Seat | None], key: int) -> str:
    seat = seats.get(key)
    return seat_words(seat) if seat else "Somebody"
