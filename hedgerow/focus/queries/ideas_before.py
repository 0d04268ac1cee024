"""What a card said until it was changed: what, when, and from which seat."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from hedgerow.core import clock
from hedgerow.focus.models import Idea, IdeaBefore
from hedgerow.people.readers import seat_words, seats_named
from hedgerow.units import pounds

from .ideas_asked import NAMES

# In the order of the card, whatever order a database keeps.
_NAMES = {
    "title": "The title",
    "words": "What it is",
    **NAMES,
    "cost": "The cost",
    "is_quick_win": "Whether it is a quick win",
}


@dataclass(frozen=True, kw_only=True)
class WasLine:
    name: str  # "The effect"
    said: str  # what it said until then


@dataclass(frozen=True, kw_only=True)
class Changed:
    on: date
    by: str
    was: tuple[WasLine, ...]


def changes_of(idea: Idea) -> tuple[Changed, ...]:
    """The newest first. Two queries."""
    rows = list(IdeaBefore.objects.filter(idea=idea).order_by("-pk"))
    seats = seats_named({row.by_id for row in rows})
    return tuple(
        Changed(
            on=clock.day_of(row.at),
            by=seat_words(seat) if (seat := seats[row.by_id]) else "",
            was=tuple(
                WasLine(name=called, said=_said(name, row.said[name]))
                for name, called in _NAMES.items()
                if name in row.said
            ),
        )
        for row in rows
    )


def _said(name: str, value: Any) -> str:
    if name == "is_quick_win":
        return "Quick win" if value else "No quick win"
    if name == "cost":
        return "Nothing was said" if value is None else pounds(value)
    return str(value) or "Nothing was said"
