"""The rounds of Equal Shares: who can pay what, in whole numbers (`equal_shares` is the rule)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from heapq import heapify, heappop, heappush
from math import gcd

from hedgerow.analysis.ballots import Election, Ties, Utility, Worth, blocks, tie_order

# A rate, the place of its project where several are as good, and the place of the project. The
# rate comes twice, as `_ranked` says.
_Asked = tuple[int, Fraction, int, int]


def _ranked(price: int, utility: int) -> tuple[int, Fraction]:
    """A rate to sort by: its first 64 bits, by which most differ and which compare a good deal
    faster, and the rate itself. Equal rates are the same object, so that they are seen at once."""
    shared = gcd(price, utility)
    return _in_lowest_terms(price // shared, utility // shared)


@lru_cache(maxsize=4096)
def _in_lowest_terms(price: int, utility: int) -> tuple[int, Fraction]:
    return (price << 64) // utility, Fraction(price, utility)


# Groups to which a project is worth the same, by what it is worth to them.
_Backers = Sequence[tuple[int, Sequence[int]]]


def _by_worth(one: Worth, common: int) -> _Backers:
    found: dict[int, list[int]] = {}
    for group, utility in zip(one.groups, one.utilities, strict=True):
        found.setdefault(utility // common, []).append(group)
    return list(found.items())


@dataclass(frozen=True, slots=True)
class Bought:
    place: int  # of the project
    level: tuple[int, ...]  # places of those that cost as little, itself first
    payers: _Backers  # each pays price * utility / parts
    poor: Sequence[int]  # groups that pay all they have left
    price: int
    parts: int  # the scale of money grows so many times

    def after(self, money: Sequence[int]) -> list[int]:
        parts = self.parts
        left = [pence * parts for pence in money]
        for utility, groups in self.payers:
            paid = self.price * utility
            for group in groups:
                left[group] -= paid
        for group in self.poor:
            left[group] = 0
        return left


class Rounds:
    """What does not change while shares are raised.

    Money is whole numbers: in 1/n of the smallest unit, n the number of voters, and times a scale
    that grows when a payment does not divide.
    """

    def __init__(self, election: Election, utility: Utility, ties: Ties) -> None:
        n = self.n_voters = max(1, len(election.ballots))
        self.keys = [project.key for project in election.projects]
        self.blocks = blocks(election, utility)
        self.order = tie_order(election, ties)
        self.costs = [project.cost * n for project in election.projects]
        self.budget = election.budget * n
        self.unit = election.unit * n
        # Utilities of a project over what divides all of them: rates are told with it again.
        self.common = [gcd(*one.utilities) for one in self.blocks.worth]
        self.backers = [
            _by_worth(one, common)
            for one, common in zip(self.blocks.worth, self.common, strict=True)
        ]
        self.totals = [
            one.total // common if common else 0
            for one, common in zip(self.blocks.worth, self.common, strict=True)
        ]
        # No rate can be lower than where all backers can pay it; so this is where to begin.
        self.lowest = [
            (*_ranked(self.costs[place], one.total), self.order[place], place)
            for place, one in enumerate(self.blocks.worth)
            if one.total
        ]
        heapify(self.lowest)

    def raised(self, share: int) -> int:
        """The last share, going up by one of the currency, whose outcome is within the budget."""
        backed = {place for *_, place in self.lowest}
        kept = share
        while True:
            bought, _, _ = self.run(share)
            taken = {one.place for one in bought}
            spent = sum(self.costs[place] for place in taken)
            if spent > self.budget:
                return kept
            kept = share
            if all(spent + self.costs[place] > self.budget for place in backed - taken):
                return kept
            share += self.unit

    def run(self, share: int) -> tuple[list[Bought], list[int], int]:
        """What is bought in order; what each voter of each group has left; and in what scale."""
        money, scale = [share] * len(self.blocks.sizes), 1
        waiting = list(self.lowest)
        still = _Payers(self)
        bought: list[Bought] = []
        while True:
            asked: list[_Asked] = []
            while waiting and (not asked or waiting[0][:2] <= min(asked)[:2]):
                _, _, rank, place = heappop(waiting)
                if rate := still.rate(place, money, scale):
                    asked.append((*rate, rank, place))
            if not asked:
                return bought, money, scale
            asked.sort()
            level = tuple(place for *rate, _, place in asked if rate == [*asked[0][:2]])
            for one in asked[1:]:
                heappush(waiting, one)
            bought.append(still.buy(level))
            money, scale = bought[-1].after(money), scale * bought[-1].parts

    def payments(
        self, bought: Sequence[Bought], share: int
    ) -> Mapping[str, Mapping[int, Fraction]]:
        money, scale = [share] * len(self.blocks.sizes), self.n_voters
        told: dict[str, Mapping[int, Fraction]] = {}
        for one in bought:
            scale *= one.parts
            after = one.after(money)
            backers = (*one.poor, *(group for _, groups in one.payers for group in groups))
            paid = {group: money[group] * one.parts - after[group] for group in backers}
            exact = {pence: Fraction(pence, scale) for pence in set(paid.values())}
            told[self.keys[one.place]] = {group: exact[pence] for group, pence in paid.items()}
            money = after
        return told


class _Payers:
    """For each project, who can still pay the rate for it. Who could not once, cannot later: rates
    only rise while money falls. So nobody is asked again."""

    def __init__(self, rule: Rounds) -> None:
        self.rule = rule
        self.rich = list(rule.backers)
        self.utility = list(rule.totals)  # of the rich
        self.poor: list[list[int]] = [[] for _ in rule.backers]
        self.rest = [0] * len(rule.backers)  # what the rich have to pay, in 1/scale

    def rate(self, place: int, money: Sequence[int], scale: int) -> tuple[int, Fraction] | None:
        """What its backers pay for each point of utility; None if all they have is too little."""
        sizes, held = self.rule.blocks.sizes, money.__getitem__
        poor = [group for group in self.poor[place] if money[group]]
        rest = self.rule.costs[place] * scale - sum([sizes[g] * money[g] for g in poor])
        utility, rich = self.utility[place], self.rich[place]
        n_poor = -1
        while utility and n_poor < len(poor):
            n_poor, payers = len(poor), rich
            rich, left = [], utility
            for worth, groups in payers:
                least = -(-rest * worth // utility)
                if min(map(held, groups)) >= least:
                    rich.append((worth, groups))
                    continue
                if able := [group for group in groups if money[group] >= least]:
                    rich.append((worth, able))
                short = [group for group in groups if money[group] < least]
                left -= worth * sum([sizes[group] for group in short])
                poor += short
            rest -= sum([sizes[group] * money[group] for group in poor[n_poor:]])
            utility = left
        self.poor[place] = poor
        if not utility:
            return None
        self.rich[place], self.utility[place], self.rest[place] = rich, utility, rest
        return _ranked(rest, utility * self.rule.common[place] * scale)

    def buy(self, level: tuple[int, ...]) -> Bought:
        place = level[0]
        shared = gcd(self.rest[place], self.utility[place])
        return Bought(
            place=place,
            level=level,
            payers=self.rich[place],
            poor=self.poor[place],
            price=self.rest[place] // shared,
            parts=self.utility[place] // shared,
        )
