"""Ballots in pabulib's format: three tables, META, PROJECTS and VOTES, under one another.

Source: Faliszewski and others, “Participatory Budgeting: Data, Tools, and Analysis” (IJCAI 2023).
What we do not know is kept as it stands. A file in which anything is broken is not read at all.
"""

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import BinaryIO

from hedgerow.analysis.ballots import Election, Project
from hedgerow.core.faults import Fault
from hedgerow.focus.tallying.pabulib_limits import LIMITS, decimal, limits
from hedgerow.focus.tallying.pabulib_votes import KINDS, Votes
from hedgerow.focus.tallying.sums import Sums, is_sum, one_unit

_SECTIONS = ("META", "PROJECTS", "VOTES")
_NEEDS = {
    "META": ("key", "value"),
    "PROJECTS": ("project_id", "cost"),
    "VOTES": ("voter_id", "vote"),
}
_MOST_FAULTS = 50


@dataclass(frozen=True, kw_only=True)
class Ballots:
    """A file as it was read. `election` counts in the smallest unit that its sums need."""

    election: Election
    kind: str  # one of KINDS
    meta: Mapping[str, str]  # every key of META, in its order
    projects: Sequence[Mapping[str, str]]  # every column of each project
    cast: Votes

    @cached_property
    def votes(self) -> Sequence[Mapping[str, str]]:
        """Every column of each voter but `vote` and `points`, in the order of the file."""
        return self.cast.others


def read_ballots(stream: BinaryIO, name: str) -> tuple[Ballots | None, list[Fault]]:
    """The ballots, or every fault by line, up to fifty; never both."""
    reader = _Reader(name)
    try:
        for line, section, cells in _rows(stream):
            reader.take(line, section, cells)
            if len(reader.faults) >= _MOST_FAULTS:
                return None, reader.faults
    except _Stop as stop:
        reader.fault(stop.line, "", stop.sentence)
    except UnicodeDecodeError:
        reader.fault(0, "", "This is not text in UTF-8. Save it as UTF-8, and read it again.")
    found = reader.finish()
    return (None, reader.faults) if reader.faults else (found, [])


class _Stop(Exception):
    def __init__(self, line: int, sentence: str) -> None:
        self.line, self.sentence = line, sentence


def _rows(stream: BinaryIO) -> Iterator[tuple[int, str, Sequence[str]]]:
    """Each row with the line it begins on and its section; the section's name itself as no cells."""
    section, line = "", 0
    reader = csv.reader(_lines(stream), delimiter=";")
    while True:
        line = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as wrong:
            raise _Stop(line, f"This line cannot be read as a table: {wrong}.") from wrong
        if reader.line_num > line and (section == "VOTES" or _swallows(cells)):
            raise _Stop(line, "A quotation mark opens on this line and does not close on it.")
        if len(cells) == 1 and (title := cells[0].strip()) in _SECTIONS:
            section = title
            yield line, section, ()
        elif any(cells):
            yield line, section, cells


def _lines(stream: BinaryIO) -> Iterator[str]:
    for number, line in enumerate(stream, start=1):
        try:
            text = line.decode("utf-8-sig" if number == 1 else "utf-8")
        except UnicodeDecodeError as wrong:
            sentence = "This line is not in UTF-8. Save the file as UTF-8, and read it again."
            raise _Stop(number, sentence) from wrong
        if "\0" in text:
            raise _Stop(number, "This line is not text.")
        yield text


def _swallows(cells: Iterable[str]) -> bool:
    return any(line.strip() in _SECTIONS for cell in cells for line in cell.split("\n"))


class _Reader:
    def __init__(self, name: str) -> None:
        self.name = name
        self.faults: list[Fault] = []
        self.columns: dict[str, Sequence[str]] = {}
        self.started: list[str] = []
        self.meta: dict[str, str] = {}
        self.meta_lines: dict[str, int] = {}
        self.projects: dict[str, Mapping[str, str]] = {}
        self.votes: Votes | None = None

    def fault(self, line: int, column: str, sentence: str) -> None:
        self.faults.append(Fault(sheet=self.name, row=line, column=column, sentence=sentence))

    def take(self, line: int, section: str, cells: Sequence[str]) -> None:
        if not cells:
            self._start(line, section)
        elif not section:
            raise _Stop(line, "The file must begin with a line that says META, and nothing else.")
        elif section == "VOTES" and self.votes and len(cells) == len(self.votes.columns):
            self.votes.take(line, cells)
        elif section not in self.columns:
            self._head(line, section, [cell.strip() for cell in cells])
        elif len(cells) != len(self.columns[section]):
            n, wanted = len(cells), len(self.columns[section])
            self.fault(line, "", f"This line has {n} cells, and its table has {wanted} columns.")
        else:
            row = dict(zip(self.columns[section], cells, strict=True))
            if section == "META":
                self._meta(line, row)
            else:
                self._project(line, row)

    def _start(self, line: int, section: str) -> None:
        due = _SECTIONS[len(self.started)] if len(self.started) < len(_SECTIONS) else ""
        if section != due:
            after = f"{due} is due here" if due else "all tables have been"
            raise _Stop(line, f"{section} stands where {after}: META, PROJECTS, VOTES, once each.")
        self.started.append(section)

    def _head(self, line: int, section: str, names: Sequence[str]) -> None:
        missing = [name for name in _NEEDS[section] if name not in names]
        if missing:
            raise _Stop(line, f"{section} has no column “{missing[0]}”.")
        if len(set(names)) < len(names):
            raise _Stop(line, f"{section} has two columns of the same name.")
        self.columns[section] = names
        if section == "VOTES":
            self.votes = Votes(
                kind=self.meta.get("vote_type", ""),
                costs=self._costs(),
                columns=names,
                allowed=limits(self.meta),
                fault=self.fault,
            )
            if self.votes.needs_points and "points" not in names:
                raise _Stop(line, f"Votes that are {self.votes.kind} need a column “points”.")

    def _meta(self, line: int, row: Mapping[str, str]) -> None:
        key, value = row["key"].strip(), row["value"].strip()
        if key in self.meta:
            self.fault(line, "key", f"“{key}” is said twice.")
        self.meta[key] = value
        self.meta_lines[key] = line
        if key == "budget" and not is_sum(value):
            self.fault(line, "value", f"The budget “{value}” is not a sum of money.")
        if key in LIMITS and value and not is_sum(value):
            self.fault(line, "value", f"{key} is “{value}”, which is not a number.")
        if key == "vote_type" and value not in KINDS:
            kinds = ", ".join(KINDS)
            self.fault(line, "value", f"“{value}” is no kind of vote: write one of {kinds}.")

    def _project(self, line: int, row: Mapping[str, str]) -> None:
        key, cost = row["project_id"].strip(), row["cost"].strip()
        if not key or "," in key:
            self.fault(line, "project_id", "A project needs a key, without a comma in it.")
        elif key in self.projects:
            self.fault(line, "project_id", f"Project {key} is there twice.")
        if not is_sum(cost):
            self.fault(line, "cost", f"The cost “{cost}” is not a sum of money.")
        self.projects[key] = row

    def _costs(self) -> dict[str, Decimal]:
        """Where a cost is no sum, which has been told, nought."""
        costs = {key: row["cost"].strip() for key, row in self.projects.items()}
        return {key: decimal(cost) if is_sum(cost) else Decimal() for key, cost in costs.items()}

    def finish(self) -> Ballots | None:
        if not self.faults:
            self._whole()
        if self.faults or not self.votes:
            return None
        costs = [row["cost"].strip() for row in self.projects.values()]
        sums = Sums(one_unit([self.meta["budget"], *costs]))
        projects = [
            Project(key=key, cost=sums.whole(cost), name=row.get("name", "").strip())
            for (key, row), cost in zip(self.projects.items(), costs, strict=True)
        ]
        return Ballots(
            election=Election(
                budget=sums.whole(self.meta["budget"]),
                projects=projects,
                ballots=self.votes.ballots(),
                unit=sums.unit,
            ),
            kind=self.votes.kind,
            meta=self.meta,
            projects=list(self.projects.values()),
            cast=self.votes,
        )

    def _whole(self) -> None:
        """Whether anything is missing, which no single line could show."""
        for section in _SECTIONS:
            if section not in self.columns:
                return self.fault(0, "", f"There is no table {section}: the file may be cut off.")
        for key in ("budget", "vote_type"):
            if key not in self.meta:
                return self.fault(0, "", f"META does not say “{key}”.")
        n_votes = len(self.votes.marks) if self.votes else 0
        for key, n in (("num_projects", len(self.projects)), ("num_votes", n_votes)):
            said = self.meta.get(key, str(n))
            if said != str(n):
                sentence = f"{key} is {said}, and there are {n}: the file may be cut off."
                self.fault(self.meta_lines[key], "value", sentence)
        return None
