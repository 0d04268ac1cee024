"""The sheet of a form with its single questions, one under another."""

from typing import Any

from xlsxwriter.worksheet import Worksheet

from hedgerow.diagnostics.questions.instruments import Answers, Instrument, Item, Kind

from .layout import (
    ANSWER,
    COST,
    COST_ASKED,
    HELP,
    NOTE,
    NOTE_ASKED,
    QUESTION,
    REF,
    option_ref,
    single_headings,
)
from .paper import Paper, limit_of, put, put_answer, put_mark

_WIDTHS = {REF: 16, QUESTION: 58, ANSWER: 34, NOTE: 40, COST: 18, HELP: 58}
_LISTS = (Kind.SEVERAL, Kind.RANKED)
_NOT_HERE = (*_LISTS, Kind.TABLE, Kind.FILE)  # answered below, on another sheet, on the page


class Singles:
    """Writes the sheet row by row."""

    def __init__(self, paper: Paper, sheet: Worksheet, tables: dict[str, str]) -> None:
        """`tables` are the names of the sheets in which tables are answered."""
        self.paper, self.sheet, self.tables = paper, sheet, tables
        self.row = 0
        self.at: dict[str, int] = {}

    def write(self, instrument: Instrument, answers: Answers, first: int) -> None:
        """The headings are in row `first`, from 0."""
        headings = (*single_headings(instrument), HELP)
        self.at = {heading: column for column, heading in enumerate(headings)}
        for heading, column in self.at.items():
            put(self.sheet, first, column, heading, self.paper.heading)
            self.sheet.set_column(column, column, _WIDTHS[heading])
        self.sheet.freeze_panes(first + 1, 1)
        self.row = first + 1
        for section in instrument.sections:
            self._line("", section.name, section.sentence, is_strong=True)
            for item in section.items:
                self._question(item, answers.get(item.slug))

    def _line(self, ref: str, words: str, told: str, *, is_strong: bool = False) -> None:
        put(self.sheet, self.row, self.at[REF], ref, self.paper.small)
        look = self.paper.strong if is_strong else self.paper.plain
        put(self.sheet, self.row, self.at[QUESTION], words, look)
        put(self.sheet, self.row, self.at[HELP], told, self.paper.small)
        self.row += 1

    def _question(self, item: Item, value: Any) -> None:
        for heading in {ANSWER, NOTE, COST} & self.at.keys():
            self.sheet.write_blank(self.row, self.at[heading], None, self.paper.not_asked)
        if item.kind is Kind.SAYS:
            self._said(item, value or {})
        elif item.kind not in _NOT_HERE:
            put_answer(self.paper, self.sheet, self.row, self.at[ANSWER], item, value)
        self._line(item.slug, item.question, self._told(item))
        if item.kind in _LISTS:
            self._options(item, value or [])

    def _said(self, item: Item, value: Answers) -> None:
        say = {"say": value["say"]} if "say" in value else None
        put_answer(self.paper, self.sheet, self.row, self.at[ANSWER], item, say)
        for asked, is_asked in ((NOTE_ASKED, item.has_note), (COST_ASKED, item.has_cost)):
            if is_asked:
                column = self.at[asked.name]
                put_answer(self.paper, self.sheet, self.row, column, asked, value.get(asked.slug))

    def _options(self, item: Item, chosen: list[str]) -> None:
        for option in item.options:
            place = chosen.index(option.slug) + 1 if option.slug in chosen else 0
            put_mark(self.paper, self.sheet, self.row, self.at[ANSWER], item, place)
            self._line(option_ref(item, option.slug), option.name, option.help)

    def _told(self, item: Item) -> str:
        """What stands beside a question: its help, its limit, its unit."""
        limit = limit_of(item)
        if item.kind is Kind.TABLE:
            limit = f"Fill in the sheet “{self.tables[item.slug]}”."
        unit = f"Count {item.unit}." if item.unit else ""
        public = "This is public knowledge." if item.is_public else ""
        return " ".join(filter(None, (item.help, limit, unit, public)))
