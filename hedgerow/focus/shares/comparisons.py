"""The same marks and the same budget under other rules, side by side."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal

from hedgerow.analysis.ballots import tie_order
from hedgerow.analysis.greedy import greedy

from .described import Sharing

AT_MOST = 3

Rule = Literal["shares", "shares-alone", "greedy", "three"]


@dataclass(frozen=True, kw_only=True)
class Column:
    rule: Rule
    chosen: frozenset[str]  # keys
    cost: int
    n_served: int  # members that have at least one thing they want
    level: tuple[str, ...] = ()  # titles that were equally wanted where only some had a place

    def fits(self, budget: int) -> bool:
        return self.cost <= budget


@dataclass(frozen=True, kw_only=True)
class Row:
    title: str
    cost: int
    n_wanted: int
    n_points: int
    cells: tuple[bool, ...]  # chosen, for each column


@dataclass(frozen=True, kw_only=True)
class Comparison:
    sharing: Sharing
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]  # in the order of the list

    @property
    def agrees(self) -> bool:
        """Whether every rule chooses the same."""
        return len({column.chosen for column in self.columns}) == 1


@lru_cache(maxsize=32)
def compared(sharing: Sharing) -> Comparison:
    """Equal shares as agreed, equal shares alone (where that is another rule), what most want for
    its cost first, and the three that most want."""
    election = sharing.election()
    columns = [_column(sharing, "shares", sharing.choose(election))]
    if sharing.completion != "none":
        alone = replace(sharing, completion="none")
        columns.append(_column(sharing, "shares-alone", alone.choose(election)))
    most = greedy(election, sharing.utility, sharing.ties).selected
    columns += [_column(sharing, "greedy", most), _three(sharing)]
    points = _points(sharing)
    return Comparison(
        sharing=sharing,
        columns=tuple(columns),
        rows=tuple(
            Row(
                title=one.title,
                cost=one.cost,
                n_wanted=election.votes[one.key],
                n_points=points[one.key],
                cells=tuple(one.key in column.chosen for column in columns),
            )
            for one in sharing.things
        ),
    )


def _three(sharing: Sharing) -> Column:
    """Most points first, which are ticks where members tick; whatever they cost. What nobody wants
    is not among them."""
    points, order = _points(sharing), tie_order(sharing.election(), sharing.ties)
    places = {one.key: order[place] for place, one in enumerate(sharing.things)}
    wanted = sorted(
        (key for key, n in points.items() if n), key=lambda key: (-points[key], places[key])
    )
    three, rest = wanted[:AT_MOST], wanted[AT_MOST:]
    level: tuple[str, ...] = ()
    if rest and points[rest[0]] == points[three[-1]]:
        titles = sharing.titles
        level = tuple(titles[key] for key in wanted if points[key] == points[three[-1]])
    return _column(sharing, "three", three, level)


def _points(sharing: Sharing) -> dict[str, int]:
    found = {one.key: 0 for one in sharing.things}
    for holder in sharing.holders:
        for key, n in holder.points:
            found[key] += n
    return found


def _column(
    sharing: Sharing, rule: Rule, chosen: Collection[str], level: tuple[str, ...] = ()
) -> Column:
    keys = frozenset(chosen)
    return Column(
        rule=rule,
        chosen=keys,
        cost=sum(one.cost for one in sharing.things if one.key in keys),
        n_served=sharing.n_served(keys),
        level=level,
    )
