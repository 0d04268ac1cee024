"""Ballots over projects that cost something: what is voted on, by whom, and what a vote is worth."""

from collections import Counter
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


@dataclass(frozen=True, kw_only=True, slots=True)
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
        for ballot in {id(one.points): one for one in self.ballots}.values():
            points = ballot.points
            if not keys.issuperset(points) or min(points.values(), default=1) < 1:
                raise ValueError(f"{ballot.voter} marks what is not there, or gives no points")

    @cached_property
    def votes(self) -> Mapping[str, int]:
        """How many marked each project, whatever the points; in the order of the projects."""
        counts = {project.key: 0 for project in self.projects}
        cast = [one.points for one in self.ballots]
        objects = {id(points): points for points in cast}
        for known, times in Counter(map(id, cast)).items():
            for key in objects[known]:
                counts[key] += times
        return counts

    @cached_property
    def costs(self) -> Mapping[str, int]:
        return {project.key: project.cost for project in self.projects}


# What a project is worth, above nought -> the groups to which it is, as places in Blocks.sizes.
ByUtility = Mapping[int, Sequence[int]]


@dataclass(frozen=True, kw_only=True)
class Worth:
    """What a project is worth to each group of voters who voted alike."""

    by_utility: ByUtility
    total: int  # over all voters

    @property
    def groups(self) -> list[int]:
        return [group for groups in self.by_utility.values() for group in groups]


@dataclass(frozen=True, kw_only=True)
class Blocks:
    """The same election with voters who voted alike taken together: they always pay alike."""

    sizes: Sequence[int]  # how many voters each group has
    worth: Sequence[Worth]  # of each project, in the order of the file
    ballots: Sequence[Ballot]
    places: Mapping[int, int]  # id of a ballot's points -> place in sizes

    @cached_property
    def group_of(self) -> Mapping[str, int]:
        """Voter -> place in sizes."""
        return {one.voter: self.places[id(one.points)] for one in self.ballots}


def blocks(election: Election, utility: Utility) -> Blocks:
    """Utility of a marked project: `cost` its cost, `count` one, `score` its points.

    Source: Peters, Pierczyński, Skowron, “Proportional Participatory Budgeting with Additive
    Utilities”, NeurIPS 2021.
    """
    cast = [one.points for one in election.ballots]
    # A reader may hand over equal marks as one object: these are the objects, and how often.
    objects = {id(points): points for points in cast}
    times = Counter(map(id, cast))
    scored = utility == "score" and any(
        max(one.values(), default=0) > 1 for one in objects.values()
    )
    seen: dict[tuple[object, ...], int] = {}
    places: dict[int, int] = {}
    sizes: list[int] = []
    first: list[Mapping[str, int]] = []  # of each group, a ballot of it
    for known, points in objects.items():
        order = sorted(points)
        alike = (*order, *map(points.__getitem__, order)) if scored else tuple(order)
        place = places[known] = seen.setdefault(alike, len(first))
        if place == len(first):
            sizes.append(times[known])
            first.append(points)
        else:
            sizes[place] += times[known]
    return Blocks(
        sizes=sizes,
        worth=_by_points(election, sizes, first)
        if scored
        else _by_marks(election, utility, sizes, first),
        ballots=election.ballots,
        places=places,
    )


def _by_marks(
    election: Election, utility: Utility, sizes: Sequence[int], first: Sequence[Mapping[str, int]]
) -> list[Worth]:
    """A mark is worth the same on every ballot; where a cost is nought, by cost it is worth nought."""
    backers: dict[str, list[int]] = {key: [] for key in election.costs}
    back = {key: groups.append for key, groups in backers.items()}
    for group, points in enumerate(first):
        for key in points:
            back[key](group)
    worths = []
    for key, groups in backers.items():
        worth = election.costs[key] if utility == "cost" else 1
        n = sum([sizes[group] for group in groups])
        by_utility = {worth: groups} if worth and groups else {}
        worths.append(Worth(by_utility=by_utility, total=worth * n))
    return worths


def _by_points(
    election: Election, sizes: Sequence[int], first: Sequence[Mapping[str, int]]
) -> list[Worth]:
    backers: dict[str, dict[int, list[int]]] = {key: {} for key in election.costs}
    for group, points in enumerate(first):
        for key, n in points.items():
            if n in (groups := backers[key]):
                groups[n].append(group)
            else:
                groups[n] = [group]
    return [
        Worth(
            by_utility=by_utility,
            total=sum(n * sum([sizes[g] for g in groups]) for n, groups in by_utility.items()),
        )
        for by_utility in backers.values()
    ]


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
    return tie_places(
        ties,
        [one.name for one in election.projects],
        [one.cost for one in election.projects],
        list(election.votes.values()) if ties == "votes" else [],
    )


def tie_places(
    ties: Ties, names: Sequence[str], costs: Sequence[int], votes: Sequence[int]
) -> list[int]:
    """`tie_order` of projects that are known by these; only what the rule asks for is looked at."""
    ranked = list(range(len(names)))
    match ties:
        case "file":
            pass
        case "name":
            ranked.sort(key=lambda place: names[place])
        case "cost":
            ranked.sort(key=lambda place: costs[place])
        case "votes":
            ranked.sort(key=lambda place: -votes[place])
    places = [0] * len(ranked)
    for rank, place in enumerate(ranked):
        places[place] = rank
    return places


def totals(election: Election, utility: Utility) -> list[int]:
    """What each project is worth to all voters together, in the order of the file."""
    if utility == "score":
        sums = dict.fromkeys(election.costs, 0)
        for ballot in election.ballots:
            for key, n in ballot.points.items():
                sums[key] += n
        return list(sums.values())
    votes = election.votes
    return [votes[key] * (cost if utility == "cost" else 1) for key, cost in election.costs.items()]
