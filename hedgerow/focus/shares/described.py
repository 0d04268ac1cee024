"""All that fair shares are worked out from, as one value: the same value, the same outcome."""

from dataclasses import dataclass

from hedgerow.analysis.ballots import Ballot, Election, Project, Ties, Utility
from hedgerow.analysis.equal_shares import Completion, winners

A_POUND = 100  # pence


@dataclass(frozen=True, kw_only=True)
class Thing:
    key: str
    title: str
    cost: int  # pence, above nought


@dataclass(frozen=True, kw_only=True)
class Holder:
    """A member with a share. Whoever has not marked anything has one too."""

    key: str
    name: str
    points: tuple[tuple[str, int], ...]  # key of a thing -> points above nought
    has_marked: bool  # True also where it said that it wants none of them


@dataclass(frozen=True, kw_only=True)
class Sharing:
    budget: int  # pence
    things: tuple[Thing, ...]  # in the order of the list
    holders: tuple[Holder, ...]  # by name, whatever order they are given in
    utility: Utility
    completion: Completion
    ties: Ties

    def __post_init__(self) -> None:
        by_name = sorted(self.holders, key=lambda one: (one.name, one.key))
        object.__setattr__(self, "holders", tuple(by_name))

    def election(self) -> Election:
        return Election(
            budget=self.budget,
            projects=[Project(key=one.key, cost=one.cost, name=one.title) for one in self.things],
            ballots=[Ballot(voter=one.key, points=dict(one.points)) for one in self.holders],
            unit=A_POUND,
        )

    def choose(self, election: Election) -> tuple[str, ...]:
        return winners(election, self.utility, self.completion, self.ties)

    def n_served(self, chosen: frozenset[str]) -> int:
        """How many members have at least one thing they want among these."""
        return sum(any(key in chosen for key, _ in one.points) for one in self.holders)

    @property
    def titles(self) -> dict[str, str]:
        return {one.key: one.title for one in self.things}

    @property
    def names(self) -> dict[str, str]:
        return {one.key: one.name for one in self.holders}
