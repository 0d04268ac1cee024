"""The votes of a pabulib file: marks, ranks or points, each ballot checked by its line."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from hedgerow.analysis.ballots import Ballot
from hedgerow.focus.sums import Sums, is_sum, one_unit

KINDS = ("approval", "ordinal", "cumulative", "scoring", "choose-1")
_WITH_POINTS = ("cumulative", "scoring")


@dataclass(frozen=True, slots=True)
class Row:
    line: int
    cells: Mapping[str, str]


@dataclass(kw_only=True)
class Votes:
    kind: str
    projects: Mapping[str, object]  # by key
    has_points: bool
    longest: str  # how many a ballot may rank, as META says it; "" if it does not
    fault: Callable[[int, str, str], None]
    marks: dict[str, tuple[Sequence[str], Sequence[str]]] = field(default_factory=dict)
    others: list[Mapping[str, str]] = field(default_factory=list)

    @property
    def needs_points(self) -> bool:
        return self.kind in _WITH_POINTS

    def take(self, row: Row) -> None:
        cells = row.cells
        voter, marked = cells["voter_id"].strip(), _split(cells["vote"])
        points = _split(cells["points"]) if self.needs_points and self.has_points else ()
        if wrong := self._wrong(voter, marked, points):
            self.fault(row.line, *wrong)
        self.marks[voter] = marked, points
        self.others.append({k: v for k, v in cells.items() if k not in ("vote", "points")})

    def _wrong(
        self, voter: str, marked: Sequence[str], points: Sequence[str]
    ) -> tuple[str, str] | None:
        """The column and the sentence of the first thing wrong with a ballot."""
        if not voter:
            return "voter_id", "A voter needs a key."
        if voter in self.marks:
            return "voter_id", f"Voter {voter} votes twice."
        for key in marked:
            if key not in self.projects:
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
        return None

    def ballots(self) -> list[Ballot]:
        """Points as whole numbers. A plain mark is one; of ranks the last is one (Borda)."""
        points_of = self._reading()
        alike: dict[tuple[tuple[str, ...], tuple[str, ...]], Mapping[str, int]] = {}
        found = []
        for voter, (marked, points) in self.marks.items():
            cast = tuple(marked), tuple(points)
            if cast not in alike:
                alike[cast] = points_of(*cast)
            found.append(Ballot(voter=voter, points=alike[cast]))
        return found

    def _reading(self) -> Callable[[Sequence[str], Sequence[str]], Mapping[str, int]]:
        if self.kind == "ordinal":
            most = max((len(marked) for marked, _ in self.marks.values()), default=0)
            if self.longest.isdecimal():
                most = max(most, int(self.longest))
            return lambda marked, _: {key: most - n for n, key in enumerate(marked)}
        if not self.needs_points:
            return lambda marked, _: dict.fromkeys(marked, 1)
        sums = Sums(one_unit({point for _, points in self.marks.values() for point in points}))
        return lambda marked, points: {
            key: whole
            for key, point in zip(marked, points, strict=True)
            if (whole := sums.whole(point))
        }


def _split(cell: str) -> Sequence[str]:
    return [part.strip() for part in cell.split(",")] if cell.strip() else ()
