"""The votes of a pabulib file: marks, ranks or points, each ballot checked by its line."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from hedgerow.analysis.ballots import Ballot
from hedgerow.focus.tallying.pabulib_limits import beyond
from hedgerow.focus.tallying.sums import Sums, is_sum, one_unit

KINDS = ("approval", "ordinal", "cumulative", "scoring", "choose-1")
_WITH_POINTS = ("cumulative", "scoring")


@dataclass(frozen=True, slots=True)
class Cast:
    """What cells say, read once however many voters wrote the same."""

    marked: Sequence[str]
    points: Sequence[str]
    wrong: tuple[str, str] | None  # column and sentence


@dataclass(kw_only=True)
class Votes:
    kind: str
    costs: Mapping[str, Decimal]  # by key of project
    columns: Sequence[str]
    allowed: Mapping[str, Decimal]  # what META says of a ballot; see `limits`
    fault: Callable[[int, str, str], None]
    marks: dict[str, Cast] = field(default_factory=dict)  # by voter
    rows: list[Sequence[str]] = field(default_factory=list)
    known: dict[tuple[str, str], Cast] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.voter_at, self.vote_at = self.columns.index("voter_id"), self.columns.index("vote")
        self.points_at = self.columns.index("points") if self.reads_points else -1

    @property
    def needs_points(self) -> bool:
        return self.kind in _WITH_POINTS

    @property
    def reads_points(self) -> bool:
        return self.needs_points and "points" in self.columns

    def take(self, line: int, cells: Sequence[str]) -> None:
        voter = cells[self.voter_at].strip()
        raw = cells[self.vote_at], cells[self.points_at] if self.points_at >= 0 else ""
        cast = self.known.get(raw)
        if cast is None:
            cast = self.known[raw] = self._read(*map(_split, raw))
        if not voter:
            self.fault(line, "voter_id", "A voter needs a key.")
        elif voter in self.marks:
            self.fault(line, "voter_id", f"Voter {voter} votes twice.")
        elif cast.wrong:
            self.fault(line, *cast.wrong)
        self.marks[voter] = cast
        self.rows.append(cells)

    def _read(self, marked: Sequence[str], points: Sequence[str]) -> Cast:
        return Cast(marked, points, self._wrong(marked, points))

    def _wrong(self, marked: Sequence[str], points: Sequence[str]) -> tuple[str, str] | None:
        """The column and the sentence of the first thing wrong with a ballot."""
        for key in marked:
            if key not in self.costs:
                return "vote", f"“{key}” is not one of the projects."
        if len(set(marked)) < len(marked):
            return "vote", "One project is marked twice."
        if self.kind == "choose-1" and len(marked) > 1:
            return "vote", f"One project is to be chosen; {len(marked)} are."
        if self.needs_points and len(points) != len(marked):
            return "points", f"There are {len(marked)} projects and {len(points)} points."
        for point in points:
            if not is_sum(point):
                return "points", f"“{point}” is not a number of points."
        return beyond(self.allowed, marked, points, self.costs)

    def ballots(self) -> list[Ballot]:
        """Points as whole numbers. A plain mark is one. Of ranks the last that a ballot may have is
        one, and each before it one more (Borda), as pabulib's own column “score” counts them.

        Equal marks are one object, in whatever order they were written.
        """
        points_of = self._reading()
        alike: dict[tuple[str | int, ...], Mapping[str, int]] = {}
        points: dict[int, Mapping[str, int]] = {}
        for cast in self.known.values():
            found = points_of(cast.marked, cast.points)
            order = sorted(found)
            points[id(cast)] = alike.setdefault((*order, *map(found.__getitem__, order)), found)
        return [Ballot(voter=voter, points=points[id(cast)]) for voter, cast in self.marks.items()]

    @property
    def others(self) -> list[Mapping[str, str]]:
        """Of each voter, every column but `vote` and `points`."""
        kept = [
            (place, name)
            for place, name in enumerate(self.columns)
            if name not in ("vote", "points")
        ]
        return [{name: cells[place] for place, name in kept} for cells in self.rows]

    def _reading(self) -> Callable[[Sequence[str], Sequence[str]], Mapping[str, int]]:
        if self.kind == "ordinal":
            most = max((len(cast.marked) for cast in self.known.values()), default=0)
            most = max(most, int(self.allowed.get("max_length", 0)))
            return lambda marked, _: {key: most - n for n, key in enumerate(marked)}
        if not self.needs_points:
            return lambda marked, _: dict.fromkeys(marked, 1)
        sums = Sums(one_unit({point for cast in self.known.values() for point in cast.points}))
        return lambda marked, points: {
            key: whole
            for key, point in zip(marked, points, strict=True)
            if (whole := sums.whole(point))
        }


def _split(cell: str) -> Sequence[str]:
    return [part.strip() for part in cell.split(",")] if cell.strip() else ()
