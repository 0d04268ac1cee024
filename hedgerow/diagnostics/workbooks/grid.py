"""A sheet that came back, under its headings, wherever those stand now."""

import difflib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from hedgerow.core.cells import alike
from hedgerow.core.faults import Fault
from hedgerow.core.headings import letter
from hedgerow.core.sheets import Cell, Sheet, shown
from hedgerow.diagnostics.questions.instruments import Column, Item

from .layout import FIRST_ROWS
from .values import is_empty, is_turned, label_in, value_in, words_in


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """Headings that are looked for."""

    labels: tuple[str, ...] = ()  # say which row it is; one of them is enough
    answers: tuple[str, ...]  # all of them are needed
    also: Mapping[str, str] = field(default_factory=dict)  # heading -> what else it is called
    ignored: tuple[str, ...] = ()  # ours, and nothing is read from it

    @property
    def known(self) -> dict[str, str]:
        """What a heading may say -> which it is."""
        said = {alike(other): heading for heading, other in self.also.items()}
        return said | {alike(heading): heading for heading in (*self.labels, *self.answers)}


class Grid:
    """Taking things from it never raises: what is wrong becomes a fault, and None is handed back."""

    def __init__(self, sheet: Sheet, wanted: Wanted) -> None:
        self.sheet, self.wanted = sheet, wanted
        self.faults: list[Fault] = []
        self.notes: list[str] = []
        self._cells = {(cell.row, cell.column): cell for cell in sheet.cells}
        self._formulas: list[str] = []
        self._merged: set[tuple[int, ...]] = set()
        self.row, self.at = self._headings()
        self.is_readable = not self.faults

    def rows(self) -> Iterator[int]:
        """Those below the headings that hold anything in a column that is read."""
        columns = set(self.at.values())
        found = {
            cell.row
            for cell in self.sheet.cells
            if cell.row > self.row and cell.column in columns and not is_empty(cell)
        }
        yield from sorted(found)

    def fault(self, row: int, heading: str, sentence: str) -> None:
        self.faults.append(Fault(sheet=self.sheet.name, row=row, column=heading, sentence=sentence))

    def cell(self, row: int, heading: str) -> Cell | None:
        """None too if there is nothing but blanks in it."""
        found = self._cells.get((row, self.at[heading])) if heading in self.at else None
        return None if is_empty(found) else found

    def label(self, row: int, heading: str) -> str:
        return label_in(self.cell(row, heading))

    def is_answered(self, row: int) -> bool:
        return any(self.cell(row, heading) for heading in self.wanted.answers)

    def value(self, row: int, heading: str, asked: Item | Column) -> Any:
        cell = self.cell(row, heading)
        if cell is None:
            return None
        try:
            value = value_in(asked, cell)
        except ValueError as wrong:
            self.fault(row, heading, str(wrong))
            return None
        self._note(cell)
        if is_turned(asked, cell):
            self.notes.append(
                f"“{self.sheet.name}”, {cell.place}: the spreadsheet holds a day or a time where "
                f"words are asked for. It was read as “{words_in(cell)}”."
            )
        return value

    def read_cell(self, row: int, heading: str) -> Cell | None:
        """A cell that its caller reads; noted if a formula made it."""
        cell = self.cell(row, heading)
        if cell:
            self._note(cell)
        return cell

    def is_whole(self, row: int) -> bool:
        """Whether no cell of this row that is read is merged with another; else it is a fault."""
        headings = [*self.wanted.labels[:1], *self.wanted.answers]
        for heading in headings:
            area = self.sheet.merged_at((row, self.at[heading])) if heading in self.at else None
            if area and area not in self._merged:
                self._merged.add(area)
                where = f"{shown(area[:2])}:{shown(area[2:])}"
                self.fault(
                    row,
                    heading,
                    f"The cells {where} are merged, so it cannot be told what they answer. "
                    "Unmerge them, and fill in each.",
                )
            if area:
                return False
        return True

    def told(self) -> list[str]:
        """What was concluded about the sheet: sentences for its maker."""
        notes = list(self.notes)
        if self._formulas:
            notes.append(
                f"“{self.sheet.name}”: what the formulas in {', '.join(self._formulas)} last came "
                "to was read."
            )
        return notes

    def _note(self, cell: Cell) -> None:
        if cell.is_formula:
            self._formulas.append(cell.place)

    def _headings(self) -> tuple[int, dict[str, int]]:
        known = self.wanted.known
        rows: dict[int, list[tuple[int, str]]] = {}
        for cell in self.sheet.cells:
            if cell.row <= FIRST_ROWS and label_in(cell):
                rows.setdefault(cell.row, []).append((cell.column, label_in(cell)))

        def found(row: int) -> int:
            return len({known[alike(said)] for _, said in rows[row] if alike(said) in known})

        best = max(sorted(rows), key=found, default=0)
        if not best or found(best) < 2:
            names = "”, “".join((*self.wanted.labels, *self.wanted.answers))
            self.fault(
                0,
                "",
                f"The headings are not in the first {FIRST_ROWS} rows: “{names}”. Copy them from a "
                "fresh workbook.",
            )
            return 0, {}
        return best, self._places(best, rows[best], known)

    def _places(
        self, row: int, said: Sequence[tuple[int, str]], known: Mapping[str, str]
    ) -> dict[str, int]:
        at: dict[str, int] = {}
        extra = []
        for column, words in said:
            heading = known.get(alike(words))
            if heading is None:
                if alike(words) not in map(alike, self.wanted.ignored):
                    extra.append(words)
            elif heading in at:
                both = f"{letter(at[heading] - 1)} and {letter(column - 1)}"
                self.fault(
                    row, heading, f"Two columns are headed “{heading}”: {both}. Keep one of them."
                )
            else:
                at[heading] = column
        self._missing(row, at, extra)
        self._note_extra(row, {column for column, _ in said}, extra)
        return at

    def _missing(self, row: int, at: Mapping[str, int], extra: Sequence[str]) -> None:
        missing = [heading for heading in self.wanted.answers if heading not in at]
        if self.wanted.labels and not any(heading in at for heading in self.wanted.labels):
            missing.insert(0, self.wanted.labels[0])
        for heading in missing:
            near = difflib.get_close_matches(heading, extra, n=1)
            meant = f" Is it the one headed “{near[0][:60]}”?" if near else ""
            self.fault(row, heading, f"The column “{heading}” is missing.{meant}")

    def _note_extra(self, row: int, headed: set[int], extra: Sequence[str]) -> None:
        bare = {
            cell.column
            for cell in self.sheet.cells
            if cell.row > row and cell.column not in headed and not is_empty(cell)
        }
        names = [f"“{words[:60]}”" for words in extra]
        names += [f"{letter(column - 1)}, which has no heading" for column in sorted(bare)]
        if names:
            self.notes.append(
                f"“{self.sheet.name}”: not asked for, and not read: {'; '.join(names)}."
            )
