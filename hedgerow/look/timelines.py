"""One step of a plan on a calendar, drawn beside its words: when it is, what came of it, and what
it waits for. Positions are in per cent, as in `drawings`; shapes tell what colours tell."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from .drawings import FILL, MONTHS, per_cent

Sign = Literal["done", "planned", "left", "late", "stopped"]

_HEIGHT = 28
_MONTHLY = 18  # months; of a longer time the years are written
_YEARLY = 12  # years; of a longer time some are left out
# Drawn from the point they stand at, so that they keep their shape on any width.
_SIGNS: dict[tuple[Sign, bool], str] = {
    ("done", True): '<path class="c-full" d="M0-7l7 7-7 7-7-7z"/>',
    ("planned", True): '<path class="c-then" d="M0-7l7 7-7 7-7-7z"/>',
    ("late", True): '<path class="c-late" d="M0-7l7 7-7 7-7-7z"/>',
    ("planned", False): '<circle class="c-then" r="4"/>',
    ("done", False): '<path class="c-mid" fill="none" d="M-5 0l4 4 7-9"/>',
    ("late", False): '<path class="c-mid" fill="none" d="M0-7v8M0 4v3"/>',
}
_CROSS = '<path class="c-mid" fill="none" d="M-5-5l10 10M5-5l-10 10"/>'


@dataclass(frozen=True, kw_only=True)
class Calendar:
    """The days between which everything is drawn; `last` comes after `first`."""

    first: date
    last: date
    today: date | None = None  # None: too far off to be drawn

    def at(self, day: date) -> float:
        """In per cent of the width; what lies outside stands at the end."""
        share = 100 * (day - self.first).days / (self.last - self.first).days
        return max(0.0, min(100.0, share))


@dataclass(frozen=True, kw_only=True)
class Bar:
    start: date
    end: date
    kind: str  # a key of FILL


@dataclass(frozen=True, kw_only=True)
class Row:
    bars: tuple[Bar, ...] = ()
    marks: tuple[tuple[date, Sign], ...] = ()
    is_milestone: bool = False
    waits: tuple[date, ...] = ()  # the days on which what it waits for is over
    begins: date | None = None  # to which lines lead from there


def timeline_row(calendar: Calendar, row: Row) -> str:
    """A drawing of its own for each step, so that its words can wrap beside it."""
    at = calendar.at
    shapes = [_line("c-grid", at(day)) for day, _ in _ticks(calendar)]
    for day in row.waits:
        x, far = at(day), at(row.begins or day)
        shapes.append(
            f'<line class="c-line" x1="{per_cent(x)}" x2="{per_cent(far)}" y1="24" y2="24"/>'
            f'<circle class="c-then" cx="{per_cent(x)}" cy="24" r="3"/>'
        )
    if row.waits and row.begins:
        x = per_cent(at(row.begins))
        shapes.append(f'<line class="c-line" x1="{x}" x2="{x}" y1="17" y2="24"/>')
    for bar in row.bars:
        x, width = at(bar.start), at(bar.end) - at(bar.start)
        shapes.append(
            f'<rect class="{FILL[bar.kind]}" x="{per_cent(x)}" width="{per_cent(width)}" '
            'y="5" height="12"/>'
        )
    if calendar.today:
        shapes.append(_line("c-now", at(calendar.today)))
    shapes += [_sign(at(day), sign, row.is_milestone) for day, sign in row.marks]
    return _drawing("".join(shapes), _HEIGHT)


def timeline_head(calendar: Calendar) -> str:
    """The months over it, or the years where there are many."""
    names = (
        f'<text class="t-quiet" x="{per_cent(calendar.at(day))}" y="14" dx="3">{name}</text>'
        for day, name in _ticks(calendar)
        if name
    )
    return _drawing("".join(names), 18)


def around(days: Iterable[date], today: date) -> Calendar:
    """From the first of a month to the first of another, with room for all; today is drawn where
    it is not more than three months off."""
    every = sorted(days) or [today]
    near = _months(every[0], today) >= -3 and _months(today, every[-1]) >= -3
    if near:
        every = sorted([*every, today])
    first, last = every[0].replace(day=1), _next_month(every[-1])
    return Calendar(first=first, last=last, today=today if near else None)


def _ticks(calendar: Calendar) -> Iterator[tuple[date, str]]:
    n = _months(calendar.first, calendar.last)
    if n <= _MONTHLY:
        letters = 3 if n <= 6 else 1
        day = calendar.first.replace(day=1)
        while day < calendar.last:
            yield day, MONTHS[day.month - 1][:letters]
            day = _next_month(day)
        return
    step = 1 + (calendar.last.year - calendar.first.year) // _YEARLY
    for year in range(calendar.first.year, calendar.last.year + 1, step):
        day = max(date(year, 1, 1), calendar.first)
        room = calendar.at(calendar.last) - calendar.at(day)
        if day < calendar.last:
            yield day, str(year) if room > 6 else ""


def _months(start: date, end: date) -> int:
    return 12 * (end.year - start.year) + end.month - start.month


def _next_month(day: date) -> date:
    if (day.year, day.month) == (date.max.year, 12):
        return date.max
    return day.replace(year=day.year + day.month // 12, month=day.month % 12 + 1, day=1)


def _line(kind: str, x: float) -> str:
    return f'<line class="{kind}" x1="{per_cent(x)}" x2="{per_cent(x)}" y2="{_HEIGHT}"/>'


def _sign(x: float, sign: Sign, is_milestone: bool) -> str:
    shape = _SIGNS.get((sign, is_milestone), "" if sign != "stopped" else _CROSS)
    return f'<svg x="{per_cent(x)}" y="11" overflow="visible">{shape}</svg>' if shape else ""


def _drawing(shapes: str, height: int) -> str:
    return f'<svg class="ch" width="100%" height="{height}" aria-hidden="true">{shapes}</svg>'
