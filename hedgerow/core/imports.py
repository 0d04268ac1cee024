"""Reading a table that somebody else made: every fault is found, every row is accounted for."""

import contextlib
import difflib
import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import BinaryIO, Generic, TextIO, TypeVar, cast

from hedgerow.units import Pence, read_pounds

from .cells import alike, neat, unseen
from .days import read_day
from .encodings import NotText, text_of
from .faults import Fault
from .headings import Heading, heading_of, letter, wrong_with

Row = TypeVar("Row")
Value = TypeVar("Value")

MOST_FAULTS = 1000


@dataclass(frozen=True, kw_only=True)
class Limits:
    bytes: int = 20 * 1024 * 1024
    rows: int = 100_000  # below the heading
    columns: int = 200
    characters: int = 32_767  # in a cell; more than that no spreadsheet holds


_USUAL = Limits()


@dataclass(frozen=True, kw_only=True)
class Reading(Generic[Row]):
    """What a table holds. `len(rows) + n_faulty + n_blank == n_rows`.

    With a fault of the whole file nothing is read, and all of these are 0.
    """

    rows: tuple[tuple[int, Row], ...] = ()  # those without a fault, each with its number
    faults: tuple[Fault, ...] = ()  # in the order of the file
    n_rows: int = 0  # below the heading, as far as the file could be read
    n_faulty: int = 0
    n_blank: int = 0
    extra: tuple[str, ...] = ()  # columns that are not asked for, and were not read
    notes: tuple[str, ...] = ()  # what was concluded about the file: sentences for its maker


@dataclass(kw_only=True, eq=False)
class Line:
    """One row. Taking things from it never raises: what is wrong becomes a fault, and something
    empty of the right type is handed back, so that every cell is looked at."""

    number: int  # as a spreadsheet numbers it: the heading is 1
    cells: Mapping[str, str]
    sheet: str
    faults: list[Fault] = field(default_factory=list)

    def text(self, column: str, *, otherwise: str | None = None, most: int = 200) -> str:
        """Words; never empty, unless `otherwise` says what an empty cell means."""

        def read(said: str) -> str:
            if len(said) > most:
                raise ValueError(f"This has {len(said):,} characters; {most:,} is the most.")
            return said

        return self._read(column, read, otherwise, "")

    def choice(
        self, column: str, of: Mapping[str, Value], *, otherwise: Value | None = None
    ) -> Value:
        """What one of some words stands for, however it is spaced or capitalised. What it stands
        for is understood too."""
        known = {alike(str(value)): value for value in of.values()}
        known |= {alike(word): value for word, value in of.items()}

        def read(said: str) -> Value:
            if alike(said) in known:
                return known[alike(said)]
            near = difflib.get_close_matches(said, of, n=1)
            meant = f"Did you mean “{near[0]}”?" if near else f"Write one of: {'; '.join(of)}."
            raise ValueError(f"“{said[:60]}” is not one of the words for this. {meant}")

        return self._read(column, read, otherwise, next(iter(of.values())))

    def pounds(self, column: str, *, otherwise: Pence | None = None) -> Pence:
        return self._read(column, read_pounds, otherwise, Pence(0))

    def day(self, column: str, *, otherwise: date | None = None) -> date:
        return self._read(column, read_day, otherwise, date.min)

    def fault(self, column: str, sentence: str) -> None:
        """Say what is wrong with a cell, or, with the column "", with the row."""
        fault = Fault(sheet=self.sheet, row=self.number, column=column, sentence=sentence)
        self.faults.append(fault)

    def _read(
        self,
        column: str,
        read: Callable[[str], Value],
        otherwise: Value | None,
        empty: Value,
    ) -> Value:
        said = self.cells.get(column, "")
        if not said:
            if otherwise is None:
                self.fault(column, "Nothing is written here, and it is needed.")
            return empty if otherwise is None else otherwise
        try:
            return read(said)
        except ValueError as wrong:
            self.fault(column, str(wrong))
            return empty


def read_csv(
    stream: BinaryIO | TextIO,
    *,
    name: str,
    columns: Sequence[str],
    optional: Sequence[str] = (),
    parse: Callable[[Line], Row],
    limits: Limits = _USUAL,
) -> Reading[Row]:
    """Read every row of a CSV file with `parse`; rows in which it finds a fault are left out.

    The stream can be read from its start again, and stays open. `name` is what the faults call
    the file. Headings are found however they are spaced or capitalised; what stands in a cell is
    words, whatever it looks like. Holds the rows in memory.
    """
    try:
        with _opened(stream, limits) as (text, note):
            heading = heading_of(text, (*columns, *optional))
            notes = tuple(filter(None, (note, heading.note)))
            found = list(wrong_with(heading, columns, limits.columns))
            if not found:
                return _read_rows(heading, name, parse, limits, notes)
    except NotText as wrong:
        return Reading(faults=(Fault(sheet=name, row=0, column="", sentence=str(wrong)),))
    faults = (Fault(sheet=name, row=heading.row, column=c, sentence=s) for c, s in found)
    return Reading(faults=tuple(faults), extra=heading.extra, notes=notes)


@contextlib.contextmanager
def _opened(stream: BinaryIO | TextIO, limits: Limits) -> Iterator[tuple[TextIO, str]]:
    if stream.seek(0, io.SEEK_END) > limits.bytes:
        raise NotText(
            f"The file is larger than {limits.bytes // 1024**2} MB. "
            "Take out what is not asked for, or send it in parts."
        )
    stream.seek(0)
    if isinstance(stream.read(0), str):
        yield io.StringIO(cast("TextIO", stream).read(), newline=""), ""
        return
    text, note = text_of(cast("BinaryIO", stream))
    try:
        yield text, note
    finally:
        text.detach()  # else the stream would be closed with it


def _read_rows(
    heading: Heading,
    name: str,
    parse: Callable[[Line], Row],
    limits: Limits,
    notes: tuple[str, ...],
) -> Reading[Row]:
    rows: list[tuple[int, Row]] = []
    faults: list[Fault] = []
    n_rows = n_faulty = n_blank = 0
    for number, record in heading.records:
        if n_rows == limits.rows:
            sentence = f"There are more than {limits.rows:,} rows. Send the file in parts."
            faults.append(Fault(sheet=name, row=0, column="", sentence=sentence))
            break
        n_rows += 1
        line = Line(number=number, cells={}, sheet=name)
        if isinstance(record, str):
            line.fault("", record)
        elif not any(cells := [neat(cell) for cell in record]):
            n_blank += 1
            continue
        else:
            line.cells = {c: cells[at] for c, at in heading.places.items() if at < len(cells)}
            _look_at(cells, line, heading, limits)
            row = parse(line)
        if line.faults:
            n_faulty += 1
            faults += line.faults[: max(0, MOST_FAULTS - len(faults))]
        else:
            rows.append((number, row))
    if len(faults) >= MOST_FAULTS:
        sentence = f"The list stops at {MOST_FAULTS:,} faults; there may be more. Mend these first."
        faults.append(Fault(sheet=name, row=0, column="", sentence=sentence))
    return Reading(
        rows=tuple(rows),
        faults=tuple(faults),
        n_rows=n_rows,
        n_faulty=n_faulty,
        n_blank=n_blank,
        extra=heading.extra,
        notes=notes,
    )


def _look_at(cells: list[str], line: Line, heading: Heading, limits: Limits) -> None:
    """What is wrong with cells whatever they are about."""
    for at, words in enumerate(cells):
        column = heading.names[at] if at < len(heading.names) else ""
        if words and not column:
            line.fault(
                f"column {letter(at)}",
                f"“{words[:60]}” stands under no heading. Is a comma in this row out of place?",
            )
        if len(words) > limits.characters:
            line.fault(column, f"This cell holds more than {limits.characters:,} characters.")
        if sign := unseen(words):
            line.fault(column, f"A sign here cannot be seen or was lost ({sign}). Type it again.")
