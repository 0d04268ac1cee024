"""The rounds of Equal Shares: who can pay what, in whole numbers (`equal_shares` is the rule).

To the scale of money in `Terms` comes another, which grows where a payment does not divide.
"""

from collections.abc import Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from fractions import Fraction
from heapq import heapify, heappop, heappush
from math import gcd
from typing import Self

from hedgerow.analysis.equal_shares_terms import Backers, Terms

# The first bits of a rate, rounded down; exact rates are compared where these are equal.
_BITS = 64


@dataclass(frozen=True, slots=True)
class Bought:
    place: int  # of the project
    level: tuple[int, ...]  # places of those that cost as little, itself first
    payers: Backers  # each pays price * utility / parts
    poor: Sequence[int]  # groups that pay all they have left
    price: int
    parts: int  # the scale of money grows so many times

    def after(self, money: Sequence[int]) -> list[int]:
        parts = self.parts
        left = [pence * parts for pence in money] if parts > 1 else list(money)
        for utility, groups in self.payers:
            paid = self.price * utility
            for group in groups:
                left[group] -= paid
        for group in self.poor:
            left[group] = 0
        return left


class Run:
    """How it stands before a round.

    Who could not pay a rate once, cannot later, because rates only rise while money falls: so
    nobody is asked again, and a rate that was asked is a bound from below for later rounds.
    """

    def __init__(self, terms: Terms, share: int) -> None:
        self.terms, self.share = terms, share
        self.money: Sequence[int] = [share] * len(terms.sizes)  # of each voter of each group
        self.scale = 1
        self.bought: list[Bought] = []
        self.rich = list(terms.backers)  # of each project, who can still pay its rate
        self.utility = [
            total // common for total, common in zip(terms.totals, terms.common, strict=True)
        ]  # of the rich, over what divides it all
        self.poor: list[list[int]] = [[] for _ in terms.costs]
        self.rest = [0] * len(terms.costs)  # what the rich have to pay
        # No rate can be lower than where all backers can pay it; so this is where to begin.
        self.waiting = [
            ((cost << _BITS) // total, place)
            for place, (cost, total) in enumerate(zip(terms.costs, terms.totals, strict=True))
            if total
        ]
        heapify(self.waiting)
        # Whoever was asked, in order: the project, and who can pay its rate; None where all they
        # have is too little. After each round the projects that were as low.
        self.steps: list[tuple[int, Backers | None] | tuple[int, ...]] = []
        self.n_asked = 0  # voters, in every run that `outcome` made to get here

    def to_the_end(self) -> Self:
        while self.buy_next():
            pass
        return self

    def buy_next(self) -> bool:
        asked: list[tuple[int, int]] = []
        least, waiting = -1, self.waiting
        while waiting and (least < 0 or waiting[0][0] <= least):
            _, place = heappop(waiting)
            first = self.rate(place)
            self.steps.append((place, self.rich[place] if first >= 0 else None))
            if first >= 0:
                asked.append((first, place))
                if least < 0 or first < least:
                    least = first
        if not asked:
            return False
        level = self._level([place for first, place in asked if first == least])
        self.steps.append(level)
        for one in asked:
            if one[1] != level[0]:
                heappush(waiting, one)
        self._buy(level)
        return True

    def rate(self, place: int) -> int:
        """The first bits of what its backers pay for each point of utility; -1 if all they have is
        too little."""
        sizes, money = self.terms.sizes, self.money
        poor = self.poor[place]
        rest = self.terms.costs[place] * self.scale
        if poor:
            rest -= sum([sizes[group] * money[group] for group in poor])
        utility, rich = self.utility[place], self.rich[place]
        while True:
            payers, left = [], utility
            short: list[int] = []
            for one in rich:
                worth, groups = one
                due = -(-rest * worth // utility)
                lacking = [group for group in groups if money[group] < due]
                if not lacking:
                    payers.append(one)
                    continue
                if len(lacking) < len(groups):
                    payers.append((worth, [group for group in groups if money[group] >= due]))
                left -= worth * sum([sizes[group] for group in lacking])
                short += lacking
            if not short:
                break
            if not left:
                return -1
            rich, utility = payers, left
            poor = [group for group in poor if money[group]]
            poor += [group for group in short if money[group]]
            rest -= sum([sizes[group] * money[group] for group in short])
        self.poor[place], self.rich[place] = poor, rich
        self.utility[place], self.rest[place] = utility, rest
        return (rest << _BITS) // (utility * self.terms.common[place] * self.scale)

    def before(self, place: int, one: Bought) -> bool:
        """Whether this, at the rate that was asked last, would be bought before the other."""
        common, order = self.terms.common, self.terms.order
        mine = self.rest[place] * one.parts * common[one.place]
        other = one.price * self.utility[place] * common[place]
        return mine < other or (mine == other and order[place] < order[one.place])

    def as_it_stands(self) -> Self:
        other = copy(self)
        other.bought, other.steps = list(self.bought), list(self.steps)
        other.rich, other.poor = list(self.rich), list(self.poor)
        other.utility, other.rest = list(self.utility), list(self.rest)
        other.waiting = list(self.waiting)
        return other

    def but_with(self, terms: Terms, place: int) -> Self:
        """Another run from here, on terms that are changed for one project, not bought yet."""
        other = self.as_it_stands()
        other.terms = terms
        other.rich[place], other.poor[place] = terms.backers[place], []
        other.utility[place] = terms.totals[place] // terms.common[place]
        other.waiting = [one for one in self.waiting if one[1] != place]
        if terms.totals[place]:
            other.waiting.append((0, place))
        heapify(other.waiting)
        return other

    def _level(self, places: Sequence[int]) -> tuple[int, ...]:
        """Of these, whose rates begin alike, those with exactly the lowest, first of ties first."""
        if len(places) > 1:
            common, order = self.terms.common, self.terms.order
            exact = {
                place: Fraction(self.rest[place], self.utility[place] * common[place])
                for place in places
            }
            least = min(exact.values())
            places = sorted(
                (place for place in places if exact[place] == least), key=order.__getitem__
            )
        return tuple(places)

    def _buy(self, level: tuple[int, ...]) -> None:
        place = level[0]
        shared = gcd(self.rest[place], self.utility[place])
        one = Bought(
            place=place,
            level=level,
            payers=self.rich[place],
            poor=self.poor[place],
            price=self.rest[place] // shared,
            parts=self.utility[place] // shared,
        )
        self.bought.append(one)
        self.money, self.scale = one.after(self.money), self.scale * one.parts


class TooLong(Exception):
    """To raise shares to the end takes longer than was allowed."""


def outcome(terms: Terms, raised: bool, most: int | None = None) -> Run:
    """With the share of the budget; or the last within the budget, going up by one of the currency
    until there is nothing left that would fit.

    Where two shares lead to the same steps, all shares between them do: as long as the same pay all
    they have, what is held and every rate are straight lines over the share, and what is so at both
    ends of a line is so between them. So shares between them are passed over, more and more of
    them until the steps differ.
    """
    found = Run(terms, terms.share).to_the_end()
    n_asked = len(found.steps) * len(terms.sizes)
    seen: dict[int, Run] = {}  # that were too far ahead
    ahead = 1
    while raised and _could_have_more(found):
        if most is not None and n_asked > most:
            raise TooLong
        share = found.share + ahead * terms.unit
        more = seen.pop(share, None)
        if more is None:
            more = Run(terms, share).to_the_end()
            n_asked += len(more.steps) * len(terms.sizes)
        if more.steps == found.steps:
            found = more
            ahead *= 2
        elif ahead > 1:
            ahead //= 2
            seen[share] = more
        elif sum(terms.costs[one.place] for one in more.bought) > terms.budget:
            break
        else:
            found = more
    found.n_asked = n_asked
    return found


def _could_have_more(found: Run) -> bool:
    terms = found.terms
    taken = {one.place for one in found.bought}
    left = terms.budget - sum(terms.costs[place] for place in taken)
    return any(
        cost <= left
        for place, cost in enumerate(terms.costs)
        if terms.totals[place] and place not in taken
    )


def payments(found: Run) -> Mapping[str, Mapping[int, Fraction]]:
    """Project -> group -> what each voter in it pays, in the smallest unit."""
    money: Sequence[int] = [found.share] * len(found.money)
    scale = found.terms.n_voters
    told: dict[str, Mapping[int, Fraction]] = {}
    for one in found.bought:
        scale *= one.parts
        after = one.after(money)
        backers = (*one.poor, *(group for _, groups in one.payers for group in groups))
        paid = {group: money[group] * one.parts - after[group] for group in backers}
        exact = {pence: Fraction(pence, scale) for pence in set(paid.values())}
        told[found.terms.keys[one.place]] = {group: exact[pence] for group, pence in paid.items()}
        money = after
    return told
