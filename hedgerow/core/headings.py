"""The heading of a CSV file: where each column is, and what sets the columns apart."""

import csv
import difflib
import itertools
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TextIO

from .cells import alike, neat
from .encodings import NotText

_DELIMITERS = {",": "commas", ";": "semicolons", "\t": "tabs"}


@dataclass(frozen=True, kw_only=True)
class Heading:
    row: int
    names: tuple[str, ...]  # as the file has them
    places: dict[str, int]  # of the columns that are wanted
    delimiter: str
    fault: str  # why it cannot be read; "" if it can
    records: Iterator[tuple[int, list[str] | str]]  # what follows, or why it cannot be read

    @property
    def extra(self) -> tuple[str, ...]:
        known = self.places.values()
        return tuple(name for at, name in enumerate(self.names) if name and at not in known)

    @property
    def note(self) -> str:
        if self.delimiter == ",":
            return ""
        return f"The columns are taken to be set apart by {_DELIMITERS[self.delimiter]}."


def heading_of(text: TextIO, wanted: Sequence[str]) -> Heading:
    """The first row that is not blank, cut at whichever sign shows the most columns.

    Raises NotText where two signs would do.
    """
    seen: list[str] = []
    ways = [
        _cut(itertools.chain(seen, _noted(text, seen)), delimiter, wanted)
        for delimiter in _DELIMITERS
    ]
    most = max(len(way.places) for way in ways)
    able = [way for way in ways if len(way.places) == most]
    if most and any(way.names != able[0].names for way in able):
        signs = " or by ".join(_DELIMITERS[way.delimiter] for way in able)
        raise NotText(f"Are the columns set apart by {signs}? Both can be read. Use commas only.")
    best = able[0] if most else max(able, key=lambda way: len(way.names))
    return _cut(itertools.chain(seen, text), best.delimiter, wanted)


def _noted(lines: Iterable[str], seen: list[str]) -> Iterator[str]:
    for line in lines:
        seen.append(line)
        yield line


def _cut(lines: Iterable[str], delimiter: str, wanted: Sequence[str]) -> Heading:
    records = enumerate(_records(csv.reader(lines, delimiter=delimiter, strict=True)), start=1)
    number, record = next(
        (found for found in records if isinstance(found[1], str) or any(map(neat, found[1]))),
        (1, []),
    )
    fault, cells = (record, []) if isinstance(record, str) else ("", record)
    names = tuple(neat(cell) for cell in cells)
    first: dict[str, int] = {}
    for at, name in enumerate(names):
        first.setdefault(alike(name), at)
    places = {column: first[alike(column)] for column in wanted if alike(column) in first}
    return Heading(
        row=number, names=names, places=places, delimiter=delimiter, fault=fault, records=records
    )


def _records(reader: Iterator[list[str]]) -> Iterator[list[str] | str]:
    """Rows, and a sentence in the place of each that is not one."""
    while True:
        try:
            yield next(reader)
        except StopIteration:
            return
        except csv.Error as wrong:
            if "expected after" in str(wrong):
                yield _AFTER_A_MARK
                continue
            yield _ENDLESS if "field larger" in str(wrong) else _NEVER_CLOSED
            return


_AFTER_A_MARK = (
    "There are words after a closing quotation mark in this row. Quotation marks inside a cell "
    "are written twice."
)
_ENDLESS = (
    "A cell in this row is longer than any spreadsheet holds, so nothing from here on was read. "
    "Perhaps a quotation mark is opened here and never closed."
)
_NEVER_CLOSED = (
    "A quotation mark is opened in this row and never closed, so nothing from here on could be "
    "read. Close it, or take it out."
)


def wrong_with(heading: Heading, columns: Sequence[str], most: int) -> Iterator[tuple[str, str]]:
    """(column, sentence) for all that keeps the rows under this heading from being read."""
    if heading.fault:
        yield "", heading.fault
        return
    if len(heading.names) > most:
        yield "", f"There are more than {most} columns. Send only those asked for."
        return
    first: dict[str, str] = {}
    for name in filter(None, heading.names):
        if alike(name) in first:
            yield name, f"Two columns are headed “{first[alike(name)][:60]}”. Keep one of them."
        first.setdefault(alike(name), name)
    for column in columns:
        if column not in heading.places:
            near = difflib.get_close_matches(column, heading.extra, n=1)
            meant = f" Is it the one headed “{near[0][:60]}”?" if near else ""
            yield column, f"This column is missing.{meant}"


def letter(at: int) -> str:
    """What a spreadsheet calls a column: 0 is A, 26 is AA."""
    before, rest = divmod(at, 26)
    return (letter(before - 1) if before else "") + chr(ord("A") + rest)
