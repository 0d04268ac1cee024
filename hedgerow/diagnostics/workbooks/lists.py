"""Reading the single questions of a form back from their sheet."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from hedgerow.core.sheets import Kind as Held
from hedgerow.core.sheets import Sheet
from hedgerow.diagnostics.questions.answers import wrong_with
from hedgerow.diagnostics.questions.instruments import Answers, Instrument, Item, Kind

from .grid import Grid, Wanted
from .layout import (
    ANSWER,
    COST_ASKED,
    HELP,
    NOTE_ASKED,
    QUESTION,
    REF,
    option_ref,
    single_headings,
)
from .rows import Rows, only_once
from .values import is_marked, words_in

_ELSEWHERE = {
    Kind.TABLE: "This is answered on a sheet of its own. Write it there, and empty this cell.",
    Kind.FILE: "Give this file on the page: a workbook cannot carry it. Empty this cell.",
    Kind.SEVERAL: "Mark those that are so in the rows below, and empty this cell.",
    Kind.RANKED: "Number them in the rows below, and empty this cell.",
}


@dataclass(frozen=True, kw_only=True)
class _Line:
    """What a row is about: a question, or one option of it."""

    item: str
    option: str = ""


def read_singles(sheet: Sheet, instrument: Instrument) -> tuple[Grid, Answers]:
    headings = single_headings(instrument)
    wanted = Wanted(labels=headings[:2], answers=headings[2:], ignored=(HELP,))
    grid = Grid(sheet, wanted)
    return grid, _Singles(grid, instrument).read() if grid.is_readable else {}


class _Singles:
    def __init__(self, grid: Grid, instrument: Instrument) -> None:
        self.grid = grid
        self.items = {item.slug: item for item in instrument.items}
        lines = {item.slug: _Line(item=item.slug) for item in self.items.values()}
        by_words = only_once([(item.question, lines[item.slug]) for item in self.items.values()])
        for item in self.items.values():
            if item.kind in (Kind.SEVERAL, Kind.RANKED):
                for option in item.options:
                    ref = option_ref(item, option.slug)
                    lines[ref] = _Line(item=item.slug, option=option.slug)
        self.rows = Rows(grid, REF, QUESTION, lines, by_words)
        self.answers: Answers = {}
        self.chosen: dict[str, dict[str, int]] = {}  # item -> option -> its row, or its place

    def read(self) -> Answers:
        last: Item | None = None
        for row in self.grid.rows():
            line = self.rows.find(row, _options(last))
            if line is None:
                continue
            last = self.items[line.item]
            if line.option:
                self._option(row, last, line.option)
            else:
                self._question(row, last)
        for slug, chosen in self.chosen.items():
            self._close(self.items[slug], chosen)
        return {slug: self.answers[slug] for slug in self.items if slug in self.answers}

    def _question(self, row: int, item: Item) -> None:
        n_faults = len(self.grid.faults)
        value = None
        if item.kind not in _ELSEWHERE:
            value = self.grid.value(row, ANSWER, item)
        elif self.grid.cell(row, ANSWER):
            self.grid.fault(row, ANSWER, _ELSEWHERE[item.kind])
        beside = self._beside(row, item)
        if beside:
            value = {**(value or {}), **beside}
        if value is not None and len(self.grid.faults) == n_faults:
            self.answers[item.slug] = value

    def _beside(self, row: int, item: Item) -> Answers:
        """The note and the cost beside an answer."""
        found: Answers = {}
        for asked, is_asked in ((NOTE_ASKED, item.has_note), (COST_ASKED, item.has_cost)):
            if not is_asked and self.grid.cell(row, asked.name):
                self.grid.fault(row, asked.name, "Nothing is asked for here. Empty this cell.")
            elif (value := self.grid.value(row, asked.name, asked)) is not None:
                found[asked.slug] = value
        return found

    def _option(self, row: int, item: Item, option: str) -> None:
        cell = self.grid.read_cell(row, ANSWER)
        chosen = self.chosen.setdefault(item.slug, {})
        try:
            if item.kind is Kind.RANKED and cell:
                if cell.kind not in (Held.NUMBER, Held.TEXT) or not words_in(cell).isdecimal():
                    raise ValueError("Write a whole number here: 1 is the first.")
                chosen[option] = int(words_in(cell))
            elif item.kind is Kind.SEVERAL and is_marked(cell):
                chosen[option] = row
        except ValueError as wrong:
            self.grid.fault(row, ANSWER, str(wrong))
            chosen[""] = 0  # then the whole of it is not read

    def _close(self, item: Item, chosen: Mapping[str, int]) -> None:
        if not chosen or "" in chosen:
            return
        if item.kind is Kind.RANKED:
            value = sorted(chosen, key=lambda option: chosen[option])
            wrong = _wrong_with_places(chosen)
        else:
            value = [option.slug for option in item.options if option.slug in chosen]
            wrong = ""
        wrong = wrong or wrong_with(item, value)
        if wrong:
            line = _Line(item=item.slug, option=value[-1])
            self.grid.fault(self.rows.first[repr(line)], ANSWER, wrong)
        else:
            self.answers[item.slug] = value


def _wrong_with_places(chosen: Mapping[str, int]) -> str:
    places = sorted(chosen.values())
    if len(set(places)) < len(places):
        return "Two have the same number. Give each its own."
    if places != list(range(1, len(places) + 1)):
        return f"The numbers must run from 1 to {len(places)}, with none left out."
    return ""


def _options(item: Item | None) -> dict[str, Any]:
    if item is None or item.kind not in (Kind.SEVERAL, Kind.RANKED):
        return {}
    return {it.name: _Line(item=item.slug, option=it.slug) for it in item.options}
