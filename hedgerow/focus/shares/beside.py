"""Rules side by side, put into words for their page."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from hedgerow.look.words import first_low, listed, number, out_of
from hedgerow.units import pounds

from .comparisons import AT_MOST, Column, Comparison
from .words import REST

_THREE = "the three that most members want, whatever they cost"
_THREE_BY_POINTS = "the three with most points, whatever they cost"
_GREEDY: Mapping[str, tuple[str, str]] = {
    "cost": (
        "What most want first",
        "what most members want is taken first; what no longer fits is left out",
    ),
    "count": (
        "Most wanted for its cost first",
        "what most members want for each pound is taken first; what no longer fits is left out",
    ),
    "score": (
        "Most points for its cost first",
        "what has most points for each pound is taken first; what no longer fits is left out",
    ),
}


@dataclass(frozen=True, kw_only=True)
class ColumnLine:
    heading: str
    how: str  # within a sentence
    chosen: str  # titles, or that there are none
    cost: str
    fits: str
    served: str
    level: str


@dataclass(frozen=True, kw_only=True)
class RowLine:
    title: str
    cost: int
    wanted: str
    cells: tuple[bool, ...]


@dataclass(frozen=True, kw_only=True)
class ComparisonWords:
    columns: list[ColumnLine]
    rows: list[RowLine]
    agrees: bool
    has_points: bool


def comparison_words(found: Comparison) -> ComparisonWords:
    has_points = found.sharing.utility == "score"
    return ComparisonWords(
        columns=[_column(found, column) for column in found.columns],
        rows=[
            RowLine(
                title=row.title,
                cost=row.cost,
                wanted=f"{row.n_wanted} ({row.n_points})" if has_points else str(row.n_wanted),
                cells=row.cells,
            )
            for row in found.rows
        ],
        agrees=found.agrees,
        has_points=has_points,
    )


def _column(found: Comparison, column: Column) -> ColumnLine:
    heading, how = _named(found, column)
    budget, n = found.sharing.budget, len(found.sharing.holders)
    titles = [one.title for one in found.sharing.things if one.key in column.chosen]
    left = pounds(abs(budget - column.cost))
    return ColumnLine(
        heading=heading,
        how=how,
        chosen=_quoted(titles) or "none of them",
        cost=pounds(column.cost),
        fits=f"fits, {left} left" if column.fits(budget) else f"{left} more than there is",
        served=out_of(column.n_served, n),
        level=f"Equally wanted there: {_quoted(column.level)}." if column.level else "",
    )


def _quoted(titles: Iterable[str]) -> str:
    return listed(f"“{title}”" for title in titles)


def _named(found: Comparison, column: Column) -> tuple[str, str]:
    sharing = found.sharing
    match column.rule:
        case "shares":
            return "Equal shares", (
                f"each member pays for what it wants out of one equal share. For the rest: "
                f"{first_low(REST[sharing.completion]).rstrip('.')}"
            )
        case "shares-alone":
            return "Equal shares alone", "the same, but what is left stays"
        case "greedy":
            return _GREEDY[sharing.utility]
        case "three":
            how = _THREE_BY_POINTS if sharing.utility == "score" else _THREE
            return f"At most {number(AT_MOST)}", how
