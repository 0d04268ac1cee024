"""Ballots over projects that cost something: what is voted on, by whom, and what a vote is worth."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal, get_args

Utility = Literal["cost", "count", "score"]
Ties = Literal["file", "name", "cost", "votes"]

UTILITIES: tuple[Utility, ...] = get_args(Utility)
TIES: tuple[Ties, ...] = get_args(Ties)


@dataclass(frozen=True, kw_only=True)
class Project:
    key: str
    cost: int  # in the smallest unit of the election; not negative
    name: str = ""


@dataclass(frozen=True, kw_only=True)
class Ballot:
    """One voter's. Points are above nought; a plain mark is one point."""

    voter: str
    points: Mapping[str, int]  # by key of project; what is not marked is not here


@dataclass(frozen=True, kw_only=True)
class Election:
    """Raises ValueError if a key comes twice, a ballot names what is not there, or a sum is negative."""

    budget: int  # in the smallest unit
    projects: Sequence[Project]  # in the order of the file
    ballots: Sequence[Ballot]
    unit: int = (
        1  # how many of the smallest unit are one of the currency: 100 where pence are counted
    )

    def __post_init__(self) -> None:
        keys = {project.key for project in self.projects}
        if len(keys) < len(self.projects):
            raise ValueError("a project is there twice")
        if len({ballot.voter for ballot in self.ballots}) < len(self.ballots):
            raise ValueError("a voter votes twice")
        if self.budget < 0 or self.unit < 1 or any(one.cost < 0 for one in self.projects):
            raise ValueError("a budget or a cost cannot be negative")
        for ballot in self.ballots:
            if not keys.issuperset(ballot.points) or any(n < 1 for n in ballot.points.values()):
                raise ValueError(f"{ballot.voter} marks what is not there, or gives no points")

    @cached_property
    def votes(self) -> Mapping[str, int]:
        """How many marked each project, whatever the points; in the order of the projects."""
        counts = {project.key: 0 for project in self.projects}
        for ballot in self.ballots:
            for key in ballot.points:
                counts[key] += 1
        return counts

    @cached_property
    def costs(self) -> Mapping[str, int]:
        return {project.key: project.cost for project in self.projects}


@dataclass(frozen=True, kw_only=True)
class Worth:
    """What a project is worth to each group of voters who voted alike."""

    groups: Sequence[int]  # places in Blocks.sizes
    utilities: Sequence[int]  # of each of these groups; above nought
    total: int  # over all voters


@dataclass(frozen=True, kw_only=True)
class Blocks:
    """The same election with voters who voted alike taken together: they always pay alike."""

    sizes: Sequence[int]  # how many voters each group has
    group_of: Mapping[str, int]  # voter -> place in sizes
    worth: Sequence[Worth]  # of each project, in the order of the file


def blocks(election: Election, utility: Utility) -> Blocks:
    """Utility of a marked project: `cost` its cost, `count` one, `score` its points.

    Source: Peters, Pierczyński, Skowron, “Proportional Participatory Budgeting with Additive
    Utilities”, NeurIPS 2021.
    """
    order = {project.key: place for place, project in enumerate(election.projects)}
    seen: dict[frozenset[object], int] = {}
    known: dict[int, int] = {}
    sizes: list[int] = []
    first: list[Mapping[str, int]] = []  # of each group, a ballot of it
    group_of: dict[str, int] = {}
    for ballot in election.ballots:
        points = ballot.points
        place = known.get(id(points), -1)  # a reader may hand over equal marks as one object
        if place < 0:
            alike = frozenset(points.items() if utility == "score" else points)
            place = known[id(points)] = seen.setdefault(alike, len(sizes))
            if place == len(sizes):
                sizes.append(0)
                first.append(points)
        sizes[place] += 1
        group_of[ballot.voter] = place
    backers: list[list[int]] = [[] for _ in order]
    utilities: list[list[int]] = [[] for _ in order]
    same = {key: election.costs[key] if utility == "cost" else 1 for key in order}
    for group, points in enumerate(first):
        for key, n in points.items():
            if worth := n if utility == "score" else same[key]:
                backers[order[key]].append(group)
                utilities[order[key]].append(worth)
    return Blocks(
        sizes=sizes,
        group_of=group_of,
        worth=[
            Worth(
                groups=groups,
                utilities=worths,
                total=sum(sizes[group] * u for group, u in zip(groups, worths, strict=True)),
            )
            for groups, worths in zip(backers, utilities, strict=True)
        ],
    )


@dataclass(frozen=True, kw_only=True)
class Tie:
    """Several were equally good; the rule for ties chose one of them."""

    round: int  # from 1
    between: tuple[str, ...]  # keys, in the order of the rule for ties
    chosen: str


def tie_order(election: Election, ties: Ties) -> list[int]:
    """The place of each project where several are equally good; the lowest is taken.

    By file, by name, by cost (low first) or by votes (high first); where that is equal, by file.
    """
    projects = election.projects
    match ties:
        case "file":
            ranked = list(range(len(projects)))
        case "name":
            ranked = sorted(range(len(projects)), key=lambda place: projects[place].name)
        case "cost":
            ranked = sorted(range(len(projects)), key=lambda place: projects[place].cost)
        case "votes":
            ranked = sorted(
                range(len(projects)), key=lambda place: -election.votes[projects[place].key]
            )
    places = [0] * len(projects)
    for rank, place in enumerate(ranked):
        places[place] = rank
    return places
