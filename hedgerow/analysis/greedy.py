"""The usual way to spend a budget: the most utility for its cost first, skipping what does not fit."""

from collections.abc import Collection
from dataclasses import dataclass
from fractions import Fraction
from itertools import groupby

from hedgerow.analysis.ballots import Election, Tie, Ties, Utility, blocks, tie_order


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
    worth = blocks(election, utility).worth
    order = tie_order(election, ties)
    costs = [project.cost for project in election.projects]
    keys = [project.key for project in election.projects]
    left = election.budget - sum(election.costs[key] for key in already)
    open_ = [place for place, key in enumerate(keys) if key not in already and worth[place].total]
    # The free ones first, as infinitely good.
    value = {p: (costs[p] > 0, -Fraction(worth[p].total, costs[p] or 1)) for p in open_}
    selected: list[str] = []
    told: list[Tie] = []
    for _, equal in groupby(sorted(open_, key=lambda p: (value[p], order[p])), key=value.get):
        level = list(equal)
        while fitting := [place for place in level if costs[place] <= left]:
            if len(fitting) > 1 and sum(costs[place] for place in fitting) > left:
                between = tuple(keys[place] for place in fitting)
                told.append(Tie(round=len(selected) + 1, between=between, chosen=between[0]))
            selected.append(keys[fitting[0]])
            left -= costs[fitting[0]]
            level.remove(fitting[0])
    spent = sum(election.costs[key] for key in selected)
    return Greedy(selected=tuple(selected), cost=spent, ties=tuple(told))
