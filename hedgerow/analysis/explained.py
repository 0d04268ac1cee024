"""Why a ballot came out as it did: what would have changed it, and how steady it is.

Nothing here is estimated: every change that is told was made, and the whole rule run again; by
`SharesAgain` from the round on in which the change first matters, which is the same and faster.
"""

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Protocol

from hedgerow.analysis.ballots import Ballot, Election
from hedgerow.analysis.equal_shares import EqualShares
from hedgerow.analysis.equal_shares_again import SharesAgain

# A rule: the keys that it selects. Where it is Equal Shares, over the ballots that are explained.
Choose = Callable[[Election], Collection[str]] | SharesAgain


@dataclass(frozen=True, kw_only=True)
class Near:
    """The least that would have changed it for one that was not selected."""

    project: str
    price: int | None  # it would have been selected at this price; None if at no lower one
    step: int  # and not at a price higher by this step
    votes: tuple[str, ...] | None  # or had these backed it too, and not without the last of them


@dataclass(frozen=True, kw_only=True)
class Covered:
    """What one voter has of it."""

    voter: str
    paid: dict[str, Fraction]  # project -> what this share paid for it
    left: Fraction
    wanted: tuple[str, ...]  # what it backed and what was selected


@dataclass(frozen=True, kw_only=True)
class Steady:
    project: str
    n_still: int  # after so many of the changes it is still selected
    n_changes: int  # every single mark of every ballot, put or taken away

    @property
    def share(self) -> Fraction:
        return Fraction(self.n_still, self.n_changes)


def least_changes(
    election: Election,
    selected: Collection[str],
    choose: Choose,
    asked: Sequence[str],
    lower_never_loses: bool,
) -> list[Near]:
    """For every project that was not selected, the lower price and the votes it was short of.

    `asked`: voters in the order in which those who had not backed it are added. Where a lower price
    never undoes being selected, the price is exact to one unit of the currency; else it goes down
    by steps, about a hundred of them, and stops at the first at which it is selected.
    """
    again = _again(election, choose)
    return [
        Near(
            project=project.key,
            price=(found := _price(election, project.key, again, lower_never_loses))[0],
            step=found[1],
            votes=_votes(election, project.key, again, asked),
        )
        for project in election.projects
        if project.key not in selected
    ]


def at_price(election: Election, key: str, price: int) -> Election:
    projects = [replace(one, cost=price) if one.key == key else one for one in election.projects]
    return replace(election, projects=projects)


def with_votes(election: Election, key: str, voters: Collection[str]) -> Election:
    """These voters back it too, with as many points as whoever gave it most."""
    points = _points(election, key)
    ballots = [
        replace(one, points={**one.points, key: points})
        if one.voter in voters and key not in one.points
        else one
        for one in election.ballots
    ]
    return replace(election, ballots=ballots)


def _points(election: Election, key: str) -> int:
    return max((one.points[key] for one in election.ballots if key in one.points), default=1)


class _Again(Protocol):
    """What one change comes to, as `SharesAgain` says it."""

    def with_price(self, key: str, price: int) -> bool: ...

    def with_votes(self, key: str, voters: Collection[str]) -> bool: ...

    def flipped(self) -> Iterator[tuple[Collection[str], int]]: ...


@dataclass(frozen=True)
class _FromTheStart:
    """The same for any rule, by running the whole of it."""

    election: Election
    choose: Callable[[Election], Collection[str]]

    def with_price(self, key: str, price: int) -> bool:
        return key in self.choose(at_price(self.election, key, price))

    def with_votes(self, key: str, voters: Collection[str]) -> bool:
        return key in self.choose(with_votes(self.election, key, voters))

    def flipped(self) -> Iterator[tuple[Collection[str], int]]:
        for changed in flips(self.election):
            yield self.choose(changed), 1


def _again(election: Election, choose: Choose) -> _Again:
    return choose if isinstance(choose, SharesAgain) else _FromTheStart(election, choose)


def _price(
    election: Election, key: str, again: _Again, lower_never_loses: bool
) -> tuple[int | None, int]:
    cost = election.costs[key]

    def wins(n_steps: int, step: int) -> bool:
        return again.with_price(key, cost - n_steps * step)

    step = election.unit
    most = (cost - 1) // step  # a price stays above nought
    if not lower_never_loses:
        step = _round_step(cost, step)
        found = next((n for n in range(1, (cost - 1) // step + 1) if wins(n, step)), None)
    elif most < 1 or not wins(most, step):
        found = None
    else:
        too_few, found = 0, most
        while found - too_few > 1:
            middle = (found + too_few) // 2
            if wins(middle, step):
                found = middle
            else:
                too_few = middle
    return (None if found is None else cost - found * step), step


def _round_step(cost: int, unit: int) -> int:
    """The least of 1, 2, 5, 10, 20 and so on of a unit of which a hundred make up the cost."""
    step = unit
    while step * 100 < cost:
        step = step * 5 // 2 if str(step // unit).startswith("2") else step * 2
    return step


def _votes(
    election: Election, key: str, again: _Again, asked: Sequence[str]
) -> tuple[str, ...] | None:
    backers = {one.voter for one in election.ballots if key in one.points}
    others = [voter for voter in asked if voter not in backers]
    for n in range(1, len(others) + 1):
        if again.with_votes(key, set(others[:n])):
            return tuple(others[:n])
    return None


def covered(election: Election, shares: EqualShares) -> list[Covered]:
    """For every voter, in the order of the file."""
    return [
        Covered(
            voter=one.voter,
            paid=shares.paid(one.voter),
            left=shares.left[shares.blocks.group_of[one.voter]],
            wanted=tuple(key for key in shares.selected if key in one.points),
        )
        for one in election.ballots
    ]


def steadiness(election: Election, selected: Sequence[str], choose: Choose) -> list[Steady]:
    """For every selected project, after how many changes of one mark on one ballot it still is."""
    still = dict.fromkeys(selected, 0)
    n = 0
    for found, times in _again(election, choose).flipped():
        n += times
        for key in still.keys() & set(found):
            still[key] += times
    return [Steady(project=key, n_still=still[key], n_changes=n) for key in selected]


def flips(election: Election) -> Iterator[Election]:
    """The election with each mark of each ballot taken away, or put where there was none."""
    points = {key: _points(election, key) for key in election.costs}
    for place, ballot in enumerate(election.ballots):
        for key in election.costs:
            marks = dict(ballot.points)
            if not marks.pop(key, None):
                marks[key] = points[key]
            changed = Ballot(voter=ballot.voter, points=marks)
            ballots = [*election.ballots[:place], changed, *election.ballots[place + 1 :]]
            yield replace(election, ballots=ballots)
