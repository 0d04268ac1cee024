"""Equal Shares again with one project changed, taken up at the round where the change first matters.

Before a project is bought, nobody's money depends on it: every round is as it was, until its own
rate, with the change, comes first. With shares that are raised, everything is run again.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from hedgerow.analysis.ballots import ByUtility, Election, Ties, Utility, tie_places
from hedgerow.analysis.equal_shares import Completion
from hedgerow.analysis.equal_shares_rounds import Run, TooLong, outcome
from hedgerow.analysis.equal_shares_terms import Terms
from hedgerow.analysis.greedy import filled

__all__ = ["SharesAgain", "TooLong"]


@dataclass(frozen=True, kw_only=True)
class _Ran:
    """What was run without the change."""

    terms: Terms
    worth: Sequence[ByUtility]
    rounds: Mapping[int, int]  # project -> the round in which it was bought, from nought
    stood: Sequence[Run]  # before each round, and at the end


class SharesAgain:
    """Equal Shares over these ballots, and what one change would come to (see `explained`).

    `most`: so many voters may be asked while shares are raised, over all changes together; raises
    TooLong with the next.
    """

    def __init__(
        self,
        election: Election,
        utility: Utility = "cost",
        completion: Completion = "none",
        ties: Ties = "file",
        most: int | None = None,
    ) -> None:
        self.election, self.left = election, most
        self.utility, self.completion, self.ties = utility, completion, ties
        self.terms = Terms(election, utility, ties)
        self.places = {key: place for place, key in enumerate(self.terms.keys)}
        self.names = [one.name for one in election.projects]
        self.costs = [one.cost for one in election.projects]
        self.votes = list(election.votes.values())
        self.cast = {
            self.terms.blocks.places[id(one.points)]: one.points for one in election.ballots
        }
        self.ran = _run(self.terms, [one.by_utility for one in self.terms.blocks.worth])

    def with_price(self, key: str, price: int) -> bool:
        """Whether it is selected at this lower price, above nought."""
        place = self.places[key]
        by_utility = self.ran.worth[place]
        if self.utility == "cost" and by_utility:  # all its backers under one utility: its cost
            by_utility = {price: next(iter(by_utility.values()))}
        return self._selects(self.ran, place, price, by_utility, 0)

    def with_votes(self, key: str, voters: Collection[str]) -> bool:
        """Whether it is selected if these, who had not, back it too, with the most points given."""
        place = self.places[key]
        added = [self.numbers[voter] for voter in voters]
        by_utility = _put(self.alone.worth[place], self._worth_of_a_mark[place], added)
        return self._selects(self.alone, place, self.costs[place], by_utility, len(added))

    def flipped(self) -> Iterator[tuple[Collection[str], int]]:
        """What is selected after one mark of one ballot is changed, and of how many voters who
        voted alike this is so."""
        for group, size in enumerate(self.terms.sizes):
            ran, one = (self.ran, group) if size == 1 else self._parted(group)
            for place, key in enumerate(self.terms.keys):
                if key in self.cast[group]:
                    votes, by_utility = -1, _taken(ran.worth[place], one)
                else:
                    worth = self._worth_of_a_mark[place]
                    votes, by_utility = 1, _put(ran.worth[place], worth, [one])
                yield self._selected(ran, place, self.costs[place], by_utility, votes), size

    @cached_property
    def _worth_of_a_mark(self) -> list[int]:
        """Where one is put: as much as whoever gave most."""
        if self.utility == "cost":
            return self.costs
        return [max(by_utility, default=1) for by_utility in self.ran.worth]

    @cached_property
    def numbers(self) -> Mapping[str, int]:
        return {one.voter: number for number, one in enumerate(self.election.ballots)}

    @cached_property
    def alone(self) -> _Ran:
        """The same run with each voter alone, so that any of them can be given a mark."""
        members: list[list[int]] = [[] for _ in self.terms.sizes]
        group_of = self.terms.blocks.group_of
        for voter, number in self.numbers.items():
            members[group_of[voter]].append(number)
        worth = [
            {
                utility: [number for group in groups for number in members[group]]
                for utility, groups in by_utility.items()
            }
            for by_utility in self.ran.worth
        ]
        return _run(self.terms.among([1] * len(self.numbers), worth), worth)

    def _parted(self, group: int) -> tuple[_Ran, int]:
        """The same run with one voter of the group in a new one, and the place of that."""
        one = len(self.terms.sizes)
        sizes = [*self.terms.sizes, 1]
        sizes[group] -= 1
        worth = [
            {
                utility: [*groups, one] if group in groups else groups
                for utility, groups in by_utility.items()
            }
            for by_utility in self.ran.worth
        ]
        return _run(self.terms.among(sizes, worth), worth), one

    def _changed(
        self, ran: _Ran, place: int, cost: int, by_utility: ByUtility, votes: int
    ) -> Terms:
        order = ran.terms.order
        if self.ties in ("cost", "votes"):
            costs, counts = list(self.costs), list(self.votes)
            costs[place] = cost
            counts[place] += votes
            order = tie_places(self.ties, self.names, costs, counts)
        return ran.terms.changed(place, cost, by_utility, order)

    def _selects(self, ran: _Ran, place: int, cost: int, by_utility: ByUtility, votes: int) -> bool:
        if self.completion != "add1u" and place not in ran.rounds:
            terms = self._changed(ran, place, cost, by_utility, votes)
            if _first(ran, terms, place) is not None:
                return True
            if self.completion == "none":
                return False
        return self.terms.keys[place] in self._selected(ran, place, cost, by_utility, votes)

    def _selected(
        self, ran: _Ran, place: int, cost: int, by_utility: ByUtility, votes: int
    ) -> set[str]:
        terms = self._changed(ran, place, cost, by_utility, votes)
        run = ran.stood[-1]
        if self.completion == "add1u":
            run = outcome(terms, raised=True, most=self.left)
            if self.left is not None:
                self.left -= run.n_asked
                if self.left < 0:
                    raise TooLong
        elif (first := _first(ran, terms, place)) is not None:
            run = ran.stood[first].but_with(terms, place).to_the_end()
        taken = {one.place for one in run.bought}
        if self.completion == "greedy":
            more = filled(
                costs=terms.costs,
                worth=terms.totals,
                order=terms.order,
                budget=terms.budget,
                taken=taken,
            )
            taken.update(level[0] for level in more)
        return {terms.keys[place] for place in taken}


def _run(terms: Terms, worth: Sequence[ByUtility]) -> _Ran:
    run = Run(terms, terms.share)
    stood = [run.as_it_stands()]
    while run.buy_next():
        stood.append(run.as_it_stands())
    stood[-1] = run
    rounds = {one.place: number for number, one in enumerate(run.bought)}
    return _Ran(terms=terms, worth=worth, rounds=rounds, stood=stood)


def _first(ran: _Ran, terms: Terms, place: int) -> int | None:
    """The round from which it may go another way; None if it goes as it went."""
    was = ran.rounds.get(place)
    if not terms.totals[place]:
        return was
    probe = Run(terms, terms.share)
    for number, one in enumerate(ran.stood[-1].bought[:was]):
        probe.money, probe.scale = ran.stood[number].money, ran.stood[number].scale
        if probe.rate(place) < 0:
            return was
        if probe.before(place, one):
            return number
    if was is not None:
        return was
    probe.money, probe.scale = ran.stood[-1].money, ran.stood[-1].scale
    return len(ran.rounds) if probe.rate(place) >= 0 else None


def _put(by_utility: ByUtility, worth: int, groups: Sequence[int]) -> ByUtility:
    if not worth:
        return by_utility
    return {**by_utility, worth: [*by_utility.get(worth, ()), *groups]}


def _taken(by_utility: ByUtility, one: int) -> ByUtility:
    left = {
        utility: [group for group in groups if group != one]
        for utility, groups in by_utility.items()
    }
    return {utility: groups for utility, groups in left.items() if groups}
