"""What repeats the figures beside it, drawn inside a page.

Positions are in per cent and there is no viewBox where words stand, so that they keep their size
on a narrow screen. Everything is hidden from ears but what stands alone, which has a name.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from html import escape

from .plants import short

# What a part of a bar, or a strip on a calendar, stands for.
FILL = {"done": "c-bar", "planned": "c-plan", "left": "c-rest", "late": "c-late"}
_MONTHS = "January February March April May June July August September October November December"
MONTHS = tuple(_MONTHS.split())


def _fill(kind: str) -> str:
    """The class of a key of FILL; a class may be given as it is."""
    fill = FILL.get(kind, kind)
    assert fill in FILL.values(), f"no part of a drawing is called {kind}"
    return fill


def per_cent(x: float) -> str:
    return f"{short(x)}%"


def _drawing(shapes: str, height: int, extra: str = "") -> str:
    return (
        f'<svg class="ch{extra}" width="100%" height="{height}" aria-hidden="true">{shapes}</svg>'
    )


def hedge() -> str:
    """Three rows of dots whose beat never repeats; what grows on them is laid over by the sheet."""
    return (
        '<div class="hedge"><svg width="100%" height="30" aria-hidden="true"><g class="a-hedge">'
        '<line x2="100%" y1="25" y2="25" stroke-width="22" stroke-dasharray="0 27"/>'
        '<line x1="9" x2="100%" y1="26" y2="26" stroke-width="30" stroke-dasharray="0 61"/>'
        '<line x1="4" x2="100%" y1="27" y2="27" stroke-width="16" stroke-dasharray="0 17"/>'
        '<rect width="100%" y="23" height="8"/></g></svg></div>'
    )


def bar(parts: Iterable[tuple[float, str]], *, height: int = 14, mark: float | None = None) -> str:
    """parts: share of the whole in per cent, and a key of FILL. mark: where a thin line stands."""
    x, shapes = 0.0, []
    for share, kind in parts:
        if share > 0:
            shapes.append(
                f'<rect class="{_fill(kind)}" x="{per_cent(x)}" width="{per_cent(share)}" '
                f'y="1" height="{height - 2}"/>'
            )
        x += share
    if mark is not None:
        at = per_cent(mark)
        shapes.append(f'<line class="c-mid" x1="{at}" x2="{at}" y2="{height}"/>')
    return _drawing("".join(shapes), height)


def steps(done: int, total: int = 6) -> str:
    """A journey small enough for a table cell; the words stand beside it."""
    far = total * 16
    dots = "".join(
        f'<circle class="{"c-full" if i < done else "c-you" if i == done else "c-then"}" '
        f'cx="{8 + i * 16}" cy="8" r="5"/>'
        for i in range(total)
    )
    line = f'<line class="c-line" x1="8" x2="{far - 8}" y1="8" y2="8"/>'
    return f'<svg class="steps" viewBox="0 0 {far} 16" aria-hidden="true">{line}{dots}</svg>'


def pips(placed: int, total: int) -> str:
    """Votes: those that are placed are filled."""
    dots = "".join(
        f'<circle class="{"c-full" if i < placed else "c-empty"}" cx="{10 + i * 20}" cy="10" r="6.5"/>'
        for i in range(total)
    )
    return f'<svg class="pips" viewBox="0 0 {total * 20} 20" aria-hidden="true">{dots}</svg>'


def dot_range(
    low: float,
    high: float,
    points: Iterable[tuple[float, str, float]],
    *,
    band: tuple[float, float] | None = None,
    middle: float | None = None,
    height: int = 26,
) -> str:
    """A line from low to high with a band, a tick at the middle, and dots.

    points: value, one of "you", "then" and "late", radius. What lies outside stands at the end.
    """

    def at(value: float) -> float:
        return max(1.5, min(98.5, 100 * (value - low) / (high - low)))

    y = short(height / 2)
    shapes = [f'<line class="c-line" x2="100%" y1="{y}" y2="{y}"/>']
    if band:
        width = per_cent(at(band[1]) - at(band[0]))
        shapes.append(
            f'<rect class="c-band" x="{per_cent(at(band[0]))}" width="{width}" '
            f'y="{short(height / 2 - 6)}" height="12"/>'
        )
    if middle is not None:
        x = per_cent(at(middle))
        ends = f'y1="{short(height / 2 - 9)}" y2="{short(height / 2 + 9)}"'
        shapes.append(f'<line class="c-mid" x1="{x}" x2="{x}" {ends}/>')
    shapes += [
        f'<circle class="c-{kind}" cx="{per_cent(at(value))}" cy="{y}" r="{short(radius)}"/>'
        for value, kind, radius in points
    ]
    return _drawing("".join(shapes), height)


def strip(
    first: date,
    last: date,
    *,
    start: date | None = None,
    end: date | None = None,
    kind: str = "done",
    today: date | None = None,
) -> str:
    """A bar from start to end on a calendar from first to last, with its months and today."""

    def at(day: date) -> float:
        return max(0.0, min(100.0, 100 * (day - first).days / (last - first).days))

    shapes = [
        f'<line class="c-grid" x1="{per_cent(at(day))}" x2="{per_cent(at(day))}" y2="22"/>'
        for day in _month_starts(first, last)
        if first < day < last
    ]
    if start and end:
        shapes.append(
            f'<rect class="{_fill(kind)}" x="{per_cent(at(start))}" '
            f'width="{per_cent(at(end) - at(start))}" y="6" height="10"/>'
        )
    if today:
        shapes.append(
            f'<line class="c-now" x1="{per_cent(at(today))}" x2="{per_cent(at(today))}" y2="22"/>'
        )
    return _drawing("".join(shapes), 22)


def strip_head(first: date, last: date, letters: int = 1) -> str:
    """The names of the months over strips, cut to so many letters."""
    days = (last - first).days
    names = (
        f'<text x="{per_cent(max(0, 100 * (day - first).days / days))}" y="14" dx="3">'
        f"{MONTHS[day.month - 1][:letters]}</text>"
        for day in _month_starts(first, last)
    )
    return _drawing("".join(names), 18)


def _month_starts(first: date, last: date) -> Iterable[date]:
    day = first.replace(day=1)
    while day < last:
        yield day
        day = day.replace(year=day.year + day.month // 12, month=day.month % 12 + 1)


def trend(values: Sequence[float], height: int = 28) -> str:
    """A line through two values or more, with a dot at the last."""
    low, high = min(values), max(values)

    def y(value: float) -> float:
        return height - 4 - (height - 8) * (value - low) / ((high - low) or 1)

    far = len(values) - 1
    points = " ".join(f"{short(100 * i / far)},{short(y(v))}" for i, v in enumerate(values))
    line = (
        f'<svg viewBox="0 0 100 {height}" width="97%" height="{height}" preserveAspectRatio="none">'
        f'<polyline class="c-trend" points="{points}"/></svg>'
    )
    dot = f'<circle class="c-you" cx="97%" cy="{short(y(values[-1]))}" r="4"/>'
    return _drawing(line + dot, height, " spark")


def network(
    title: str,
    nodes: Mapping[str, tuple[str, float, float, float, bool]],
    ties: Iterable[tuple[str, str, int, bool]],
    height: int = 330,
) -> str:
    """Who works with whom. It stands alone, so it has a name, and a table under it.

    nodes: label, place across and down in per cent, radius, whether it is you.
    ties: two keys of nodes, number of jobs, whether both sides say so.
    """
    lines, dots, words = [], [], []
    for one, other, jobs, both in ties:
        (_, ax, ay, *_), (_, bx, by, *_) = nodes[one], nodes[other]
        ends = f'x1="{per_cent(ax)}" y1="{per_cent(ay)}" x2="{per_cent(bx)}" y2="{per_cent(by)}"'
        width = 1 + 2 * jobs if both else 3
        lines.append(f'<line class="n-{"tie" if both else "one"}" {ends} stroke-width="{width}"/>')
    for label, left, down, radius, is_you in nodes.values():
        x, y = per_cent(left), per_cent(down)
        kind = "you" if is_you else "dot"
        dots.append(f'<circle class="n-{kind}" cx="{x}" cy="{y}" r="{short(radius)}"/>')
        lift = short(-radius - 8 if down < 50 else radius + 18)
        words.append(f'<text x="{x}" y="{y}" dy="{lift}">{escape(label)}</text>')
    return (
        f'<svg class="ch net" width="100%" height="{height}" role="img" '
        f'aria-label="{escape(title)}">{"".join(lines)}{"".join(dots)}{"".join(words)}</svg>'
    )
