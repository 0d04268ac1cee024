"""On what terms the rounds of Equal Shares are run: who backs what, at what cost, with what share.

Money is whole numbers: in 1/n of the smallest unit, n the number of voters.
"""

from collections.abc import Sequence
from copy import copy
from math import gcd
from typing import Self

from hedgerow.analysis.ballots import ByUtility, Election, Ties, Utility, blocks, tie_order

# Groups to which a project is worth the same, by what it is worth to them over what divides it all.
Backers = Sequence[tuple[int, Sequence[int]]]


class Terms:
    """What does not change while shares are raised. Lists are by place of the project."""

    def __init__(self, election: Election, utility: Utility, ties: Ties) -> None:
        n = self.n_voters = max(1, len(election.ballots))
        self.keys = [project.key for project in election.projects]
        self.blocks = blocks(election, utility)
        self.sizes = self.blocks.sizes
        self.order: Sequence[int] = tie_order(election, ties)
        self.costs = [project.cost * n for project in election.projects]
        self.budget = election.budget * n
        self.share = election.budget  # of each voter, in 1/n
        self.unit = election.unit * n
        self.backers = [_backers(one.by_utility) for one in self.blocks.worth]
        self.totals = [one.total for one in self.blocks.worth]
        self.common = [gcd(*one.by_utility) or 1 for one in self.blocks.worth]

    def among(self, sizes: Sequence[int], worth: Sequence[ByUtility]) -> Self:
        """The same voters in other groups."""
        other = copy(self)
        other.sizes = sizes
        other.backers = [_backers(by_utility) for by_utility in worth]
        return other

    def changed(self, place: int, cost: int, by_utility: ByUtility, order: Sequence[int]) -> Self:
        """The same with one project at another cost, or worth something else to its backers."""
        other = copy(self)
        other.order = order
        other.costs, other.totals = list(self.costs), list(self.totals)
        other.common, other.backers = list(self.common), list(self.backers)
        other.costs[place] = cost * self.n_voters
        other.backers[place], other.common[place] = _backers(by_utility), gcd(*by_utility) or 1
        other.totals[place] = sum(
            worth * sum([self.sizes[group] for group in groups])
            for worth, groups in by_utility.items()
        )
        return other


def _backers(by_utility: ByUtility) -> Backers:
    common = gcd(*by_utility)
    return [(utility // common, groups) for utility, groups in by_utility.items()]
