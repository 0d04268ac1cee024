"""Grants in tables: one sheet of them, and others beside it with more of their parts.

Source: 360Giving's guidance on spreadsheets. A row of another sheet names its grant in the column
“Identifier”; it adds to a list of that grant, or, where it names one of the list, to that one.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, BinaryIO

from hedgerow.core.cells import neat
from hedgerow.core.encodings import text_of
from hedgerow.core.headings import heading_of, letter, wrong_with
from hedgerow.core.sheets import Cell, Kind, Limits, Sheet, read_sheets

from .loose import Broken
from .standard import GRANT, NEEDED, PERSON, RECIPIENT, Fields, Path, path_of, title_of

MOST_COLUMNS = 200
# About what 400 MB hold; a publisher with more has a CSV file too.
OF_A_WORKBOOK = Limits(
    rows=100_000,
    cells=500_000,
    words=20_000_000,
    inflated=96 * 1024 * 1024,
    memory=768 * 1024 * 1024,
    seconds=60,
)
_IS_OF_GRANTS = 2  # of what a grant needs, so many columns beside its id
_NOT_A_VALUE = {
    Kind.TRUTH: "This is true or false, and words or a number are needed.",
    Kind.HOUR: "This is an hour without a day.",
    Kind.UNSOLVED: "This formula has no result. Open the workbook, save it, and send that.",
}


@dataclass(kw_only=True, eq=False)
class Table:
    """One sheet, or a CSV file. A row is its number and its cells, or why it cannot be read."""

    name: str
    row: int  # of the heading
    headings: Sequence[str]
    rows: Iterator[tuple[int, Sequence[Any] | str]]
    fault: str = ""
    notes: tuple[str, ...] = ()
    paths: Sequence[Path | None] = field(init=False)

    def __post_init__(self) -> None:
        self.paths = [path_of(name) if name else None for name in self.headings]
        known = [path for path in self.paths if path]
        if not self.fault and len(set(known)) < len(known):
            twice = next(path for path in known if known.count(path) > 1)
            self.fault = f"Two columns mean “{title_of(twice)}”. Keep one of them."

    @property
    def known(self) -> set[Path]:
        return {path for path in self.paths if path}

    @property
    def unknown(self) -> list[str]:
        named = zip(self.headings, self.paths, strict=True)
        return [name for name, path in named if name and path is None]

    @property
    def is_of_grants(self) -> bool:
        return ("id",) in self.known and len(self.known & set(NEEDED[1:5])) >= _IS_OF_GRANTS

    @property
    def is_of_parts(self) -> bool:
        return not self.is_of_grants and ("id",) in self.known and len(self.known) > 1

    def column_of(self, number: int, path: Path) -> str:
        """As the file has it, where it has it."""
        named = zip(self.headings, self.paths, strict=True)
        return next((name for name, one in named if one == path), title_of(path))


def tables_of_csv(stream: BinaryIO, name: str) -> list[Table]:
    """Raises core.encodings.NotText."""
    text, note = text_of(stream)
    heading = heading_of(text, [title_of(path) for path in (*NEEDED, *RECIPIENT, *PERSON)])
    wrong = next(wrong_with(heading, (), MOST_COLUMNS), None)
    return [
        Table(
            name=name,
            row=heading.row,
            headings=heading.names,
            rows=_neat(heading.records),
            fault=wrong[1] if wrong else "",
            notes=tuple(filter(None, (note, heading.note))),
        )
    ]


def _neat(
    records: Iterator[tuple[int, list[str] | str]],
) -> Iterator[tuple[int, Sequence[Any] | str]]:
    for number, record in records:
        yield number, record if isinstance(record, str) else [neat(cell) for cell in record]


def tables_of_xlsx(data: bytes, name: str) -> list[Table]:
    """Raises core.sheets.NotASpreadsheet."""
    return [_table(sheet) for sheet in read_sheets(data, name=name, limits=OF_A_WORKBOOK).sheets]


def _table(sheet: Sheet) -> Table:
    rows: dict[int, dict[int, Cell]] = {}
    for cell in sheet.cells:
        rows.setdefault(cell.row, {})[cell.column] = cell
    first = min(rows, default=0)
    return Table(
        name=sheet.name,
        row=first,
        headings=[neat(str(said)) for said in _cells(rows.get(first, {}))],
        rows=((number, _cells(rows[number])) for number in sorted(rows) if number > first),
        notes=(_HIDDEN.format(sheet.name),) if sheet.is_hidden else (),
    )


_HIDDEN = "The sheet “{}” is hidden; it was read all the same."


def _cells(row: Mapping[int, Cell]) -> list[Any]:
    return [_value(row[at]) if at in row else "" for at in range(1, max(row, default=0) + 1)]


def _value(cell: Cell) -> Any:
    if cell.kind is Kind.ERROR:
        return Broken(f"The spreadsheet shows {cell.value} here.")
    if cell.kind in _NOT_A_VALUE:
        return Broken(_NOT_A_VALUE[cell.kind])
    if cell.kind is Kind.DAY:
        return str(cell.value)
    if isinstance(cell.value, float):
        return Decimal(repr(cell.value))
    return neat(cell.value) if isinstance(cell.value, str) else cell.value


def stray(table: Table, cells: Sequence[Any]) -> tuple[str, str] | None:
    """The column and the sentence of the first cell under no heading."""
    for at, said in enumerate(cells):
        if said != "" and not (at < len(table.headings) and table.headings[at]):
            words = said.sentence if isinstance(said, Broken) else str(said)
            sentence = f"“{words[:60]}” stands under no heading. Is a comma here out of place?"
            return f"column {letter(at)}", sentence
    return None


def told_by(table: Table, cells: Sequence[Any]) -> dict[str, Any]:
    """What one row says, in the shape that JSON would have."""
    said: dict[Any, Any] = {}
    for path, value in zip(table.paths, cells, strict=False):
        if path is None or value == "":
            continue
        into = said
        for step in path[:-1]:
            into = into.setdefault(step, {})
        into[path[-1]] = value
    return _listed(said, GRANT)


def _listed(said: Mapping[Any, Any], fields: Fields) -> dict[str, Any]:
    """Numbered parts become lists."""
    found: dict[str, Any] = {}
    for key, value in said.items():
        part = fields.parts.get(key)
        if part is None:
            found[key] = value
        elif part.is_single:
            found[key] = _listed(value, part)
        else:
            found[key] = [_listed(value[n], part) for n in sorted(value)]
    return found


def joined(said: dict[str, Any], more: Mapping[str, Any]) -> None:
    """Add to a grant what a row of another sheet says of its parts."""
    for key, value in more.items():
        if isinstance(value, dict):
            joined(said.setdefault(key, {}), value)
            continue
        if not isinstance(value, list):
            said.setdefault(key, value)
            continue
        items = said.setdefault(key, [])
        for item in value:
            same = next((one for one in items if _is_same(one, item)), None)
            if same is None:
                items.append(item)
            else:
                joined(same, item)


def _is_same(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    return one.get("id") is not None and one.get("id") == other.get("id")
