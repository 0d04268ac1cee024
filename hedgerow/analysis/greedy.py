"""The usual way to spend a budget: the most utility for its cost first, skipping what does not fit."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import groupby

from hedgerow.analysis.ballots import Election, Tie, Ties, Utility, tie_order, totals


@dataclass(frozen=True, kw_only=True)
class Greedy:
    selected: tuple[str, ...]  # in the order of selection
    cost: int
    ties: tuple[Tie, ...]


def greedy(
    election: Election,
    utility: Utility = "cost",
    ties: Ties = "file",
    already: Collection[str] = (),
) -> Greedy:
    """Take what has the most utility for its cost and still fits, beside what is `already` taken.

    With utility `cost` that is the most votes. What nobody marked is never taken. A tie is told
    where not all of those that are equally good, and fit, can be taken.
    """
    keys = [project.key for project in election.projects]
    taken = set(already)
    found = filled(
        costs=[project.cost for project in election.projects],
        worth=totals(election, utility),
        order=tie_order(election, ties),
        budget=election.budget,
        taken={place for place, key in enumerate(keys) if key in taken},
    )
    selected = tuple(keys[one[0]] for one in found)
    return Greedy(
        selected=selected,
        cost=sum(election.costs[key] for key in selected),
        ties=tuple(
            Tie(
                round=number,
                between=tuple(keys[place] for place in level),
                chosen=keys[level[0]],
            )
            for number, level in enumerate(found, start=1)
            if len(level) > 1
        ),
    )


def filled(
    *,
    costs: Sequence[int],
    worth: Sequence[int],
    order: Sequence[int],
    budget: int,
    taken: Collection[int],
) -> list[tuple[int, ...]]:
    """Places of what is taken besides, each before those that it went before in a tie."""
    left = budget - sum(costs[place] for place in taken)
    open_ = [place for place, n in enumerate(worth) if n and place not in taken]
    # The free ones first, as infinitely good.
    value = {p: (costs[p] > 0, -Fraction(worth[p], costs[p] or 1)) for p in open_}
    found: list[tuple[int, ...]] = []
    for _, equal in groupby(sorted(open_, key=lambda p: (value[p], order[p])), key=value.get):
        level = list(equal)
        while fitting := [place for place in level if costs[place] <= left]:
            tied = sum(costs[place] for place in fitting) > left
            found.append(tuple(fitting) if tied else (fitting[0],))
            left -= costs[fitting[0]]
            level.remove(fitting[0])
    return found
