"""Every row of one file, accounted for as it is read."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from hedgerow.core.cells import bare
from hedgerow.core.faults import Fault

from .checking import Checker
from .loose import Broken
from .noting import At, Told
from .shapes import Grant
from .standard import NEEDED, PERSON, RECIPIENT, Path, title_of
from .tables import Table, joined, stray, told_by

MOST_GRANTS = 250_000


@dataclass(frozen=True, kw_only=True)
class Reading:
    """What a file holds. `len(grants) + n_faulty + n_blank + n_joined == n_rows`.

    With a fault of the whole file nothing is read, and all of these are 0.
    """

    name: str
    kind: str = ""  # JSON, CSV or XLSX; "" where it is none of them
    grants: tuple[Grant, ...] = ()
    faults: tuple[Fault, ...] = ()  # in the order of the file
    notes: tuple[str, ...] = ()  # sentences for whoever made it
    n_rows: int = 0  # of JSON, grants
    n_faulty: int = 0
    n_blank: int = 0
    n_joined: int = 0  # rows of other sheets that were added to their grants


class Refused(Exception):
    """Of the whole file: a sentence, and the row; 0 where there is none."""

    def __init__(self, sentence: str, row: int = 0) -> None:
        super().__init__(sentence)
        self.sentence, self.row = sentence, row


@dataclass(kw_only=True, eq=False)
class Account:
    name: str
    kind: str
    is_typed: bool  # as in `loose.words_of`
    told: Told = field(default_factory=Told)
    n_rows: int = 0
    n_faulty: int = 0
    n_blank: int = 0
    n_joined: int = 0
    _grants: list[Grant] = field(default_factory=list)
    _first: dict[str, At] = field(default_factory=dict)  # where each id stands
    _again: dict[str, list[At]] = field(default_factory=dict)  # all places of those that come twice
    _parts: dict[str, list[tuple[At, Mapping[str, Any]]]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.checker = Checker(told=self.told, is_typed=self.is_typed)

    def take(self, said: Any, at: At, wrong: Sequence[str] = ()) -> None:
        """One grant, as it was found. `wrong` is what is known to be wrong with it already."""
        if len(self._grants) >= MOST_GRANTS:
            raise Refused(f"There are more than {MOST_GRANTS:,} grants. Send the file in parts.")
        for sentence in wrong:
            self.told.fault(at, (), sentence)
        grant = self.checker.grant(said, at)
        self._know(grant.id if grant else _id_of(said), at)
        if grant and not wrong:
            self._grants.append(grant)
        else:
            self.n_faulty += 1

    def _know(self, key: str, at: At) -> None:
        if key in self._first:
            self._again.setdefault(key, [self._first[key]]).append(at)
        elif key:
            self._first[key] = at

    def take_rows(self, table: Table) -> None:
        """Of grants. `take_parts` comes before, if there are other sheets."""
        for at, said in self._rows(table):
            for _, more in self._parts.pop(_id_of(said), ()):
                joined(said, more)
                self.n_joined += 1
            self.take(said, at)

    def take_parts(self, table: Table) -> None:
        """Of a sheet that adds to the grants of another."""
        for at, said in self._rows(table):
            key = _id_of(said)
            if key:
                said.pop("id")
                self._parts.setdefault(key, []).append((at, said))
            else:
                self._faulty(at, ("id",), "This row does not say which grant it belongs to.")

    def missing(self, table: Table, elsewhere: set[Path]) -> None:
        """Tell of columns that are not there once, and not again in each row."""
        there = table.known | elsewhere
        recipient = PERSON if there & set(PERSON) and not there & set(RECIPIENT) else RECIPIENT
        self.told.lacks = {path for path in (*NEEDED, *recipient) if path not in there}
        at = At(table.name, table.row, 0, table.column_of)
        for path in (*NEEDED, *recipient):
            if path in self.told.lacks:
                self.told.fault_of_all(at, path, f"There is no column “{title_of(path)}”.")

    def reading(self) -> Reading:
        for rows in self._parts.values():
            for at, _ in rows:
                self._faulty(at, ("id",), "No grant in this file has this id.")
        if not self.n_rows:
            raise Refused("There are no grants in this file.")
        kept = [grant for grant in self._grants if grant.id not in self._again]
        self.n_faulty += len(self._grants) - len(kept)
        for key, places in self._again.items():
            for at in places:
                self.told.fault(at, ("id",), _comes_again(key, at, places))
        return Reading(
            name=self.name,
            kind=self.kind,
            grants=tuple(kept),
            faults=self.faults(),
            notes=tuple(self.told.notes()),
            n_rows=self.n_rows,
            n_faulty=self.n_faulty,
            n_blank=self.n_blank,
            n_joined=self.n_joined,
        )

    def faults(self) -> tuple[Fault, ...]:
        return tuple(self.told.faults())

    def _rows(self, table: Table) -> Any:
        """What each row says that is neither blank nor broken."""
        for number, cells in table.rows:
            self.n_rows += 1
            at = At(table.name, number, self.n_rows, table.column_of)
            if isinstance(cells, str):
                self._faulty(at, (), cells)
            elif all(cell == "" for cell in cells):
                self.n_blank += 1
            elif found := stray(table, cells):
                self._faulty(At(table.name, number, self.n_rows, _named(found[0])), (), found[1])
                if table.is_of_grants:  # its id is taken all the same: which one is right?
                    self._know(_id_of(told_by(table, cells)), at)
            else:
                yield at, told_by(table, cells)

    def _faulty(self, at: At, path: Path, sentence: str) -> None:
        self.n_faulty += 1
        self.told.fault(at, path, sentence)


def _id_of(said: Any) -> str:
    """As far as it can be told of something that may be no grant; "" if it cannot."""
    key = said.get("id") if isinstance(said, Mapping) else None
    if key is None or isinstance(key, bool | Broken | Mapping | list):
        return ""
    return bare(str(key))


def _named(column: str) -> Any:
    return lambda number, path: column


def _comes_again(key: str, at: At, places: Sequence[At]) -> str:
    others = [one.shown() for one in places if one is not at]
    more = f" and {len(others) - 1} more" if len(others) > 1 else ""
    return f"The id “{key[:80]}” comes more than once; also in {others[0]}{more}. Keep one of them."
