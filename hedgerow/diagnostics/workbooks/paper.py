"""The cells in which something is answered: how they look, what they take, what stands in them."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from hedgerow.core.cells import marked
from hedgerow.diagnostics.questions.answers import MOST_NUMBER, MOST_POUNDS, MOST_TEXT, shown
from hedgerow.diagnostics.questions.instruments import SAYS, Column, Item, Kind
from hedgerow.units import pounds

from .layout import MARK, WORDS

_MOST_IN_A_LIST = 255  # characters that a list inside a cell's check can have
_PART_A_LIST = ',"'  # what a word of such a list cannot hold
_MOST_IN_A_CELL = 32_767
_MOST_IN_A_HINT = 255
_AS = {Kind.NUMBER: "#,##0", Kind.MONEY: "£#,##0.00", Kind.DAY: "d mmmm yyyy"}
_FIRST, _LAST = date(1900, 1, 1), date(2100, 12, 31)


class Paper:
    """A workbook in the making: its looks, and the lists that its cells choose from."""

    def __init__(self, book: xlsxwriter.Workbook) -> None:
        self.book = book
        wrapped = {"text_wrap": True, "valign": "top"}
        self.plain = book.add_format(wrapped)
        self.title = book.add_format({"bold": True, "font_size": 14, "valign": "top"})
        self.lead = book.add_format({"bold": True})  # on into the empty cells beside it
        self.strong = book.add_format({**wrapped, "bold": True})
        self.heading = book.add_format(
            {**wrapped, "bold": True, "bg_color": "#E4EBDD", "bottom": 1}
        )
        self.small = book.add_format({**wrapped, "font_color": "#595959"})
        self.not_asked = book.add_format({"bg_color": "#EDEDED"})
        self._answers: dict[str, Format] = {}
        self._lists: dict[tuple[str, ...], int] = {}

    def answer(self, kind: Kind) -> Format:
        """How a cell looks in which something of this kind is answered. Words stay as typed."""
        shape = _AS.get(kind, "@")
        if shape not in self._answers:
            self._answers[shape] = self.book.add_format(
                {"num_format": shape, "text_wrap": True, "valign": "top", "align": "left"}
                | {"border": 1, "border_color": "#8A8A8A", "bg_color": "#FFFDF2"}
            )
        return self._answers[shape]

    def source(self, words: Sequence[str]) -> list[str] | str:
        """What a cell's list is made from: the words, or where they stand on the sheet of words."""
        safe = [marked(word) for word in words]
        if len(",".join(safe)) <= _MOST_IN_A_LIST and not set(_PART_A_LIST) & set("".join(safe)):
            return safe
        at = self._lists.setdefault(tuple(safe), len(self._lists))
        column = xlsxwriter.utility.xl_col_to_name(at)
        return f"='{WORDS}'!${column}$3:${column}${len(safe) + 2}"

    def write_lists(self) -> None:
        """The sheet of the words that are too many to stand in a cell's check."""
        if not self._lists:
            return
        sheet = self.book.add_worksheet(WORDS)
        put(sheet, 0, 0, WORDS, self.title)
        put(sheet, 1, 0, "The lists in the forms are made from these. Leave them.", self.plain)
        sheet.set_column(0, len(self._lists) - 1, 40)
        for words, column in self._lists.items():
            for row, word in enumerate(words, start=2):
                sheet.write_string(row, column, word, self.plain)
        fit(sheet)


def put(sheet: Worksheet, row: int, column: int, words: str, look: Format) -> None:
    """Words as words, whatever they look like. Rows and columns are counted from 0, as
    xlsxwriter does."""
    safe = marked(words)
    if len(safe) > _MOST_IN_A_CELL:
        raise ValueError(f"No cell holds more than {_MOST_IN_A_CELL:,} characters.")
    if safe:
        sheet.write_string(row, column, safe, look)
    else:
        sheet.write_blank(row, column, None, look)


def fit(sheet: Worksheet) -> None:
    """Print it on sheets of A4, one page wide."""
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(0.5, 0.5, 0.6, 0.6)
    sheet.set_footer("&L&A&RPage &P of &N")


def put_answer(
    paper: Paper, sheet: Worksheet, row: int, column: int, asked: Item | Column, value: Any = None
) -> None:
    """A cell for one value, with what is answered already, and a check of what is typed."""
    look = paper.answer(asked.kind)
    if value is None:
        sheet.write_blank(row, column, None, look)
    elif asked.kind is Kind.NUMBER:
        sheet.write_number(row, column, value, look)
    elif asked.kind is Kind.MONEY:
        sheet.write_number(row, column, value / 100, look)
    elif asked.kind is Kind.DAY:
        sheet.write_datetime(row, column, date.fromisoformat(value), look)
    else:
        put(sheet, row, column, shown(asked, value), look)
    sheet.data_validation(row, column, row, column, _check(paper, asked))


def put_mark(paper: Paper, sheet: Worksheet, row: int, column: int, item: Item, at: int) -> None:
    """A cell to mark, or to number, an option in; `at` is its place among those chosen, from 1."""
    if item.kind is Kind.SEVERAL:
        put(sheet, row, column, MARK if at else "", paper.answer(Kind.TEXT))
        check = {"validate": "list", "source": [MARK], **_told("Write x here, or leave it empty.")}
    else:
        look = paper.answer(Kind.NUMBER)
        if at:
            sheet.write_number(row, column, at, look)
        else:
            sheet.write_blank(row, column, None, look)
        check = _between(1, item.most or len(item.options), "1 is the first, 2 the second …")
    sheet.data_validation(row, column, row, column, check)


def options_of(asked: Item | Column) -> tuple[str, ...]:
    """The words that can be chosen; () where there is no list."""
    if asked.kind is Kind.SAYS:
        return tuple(SAYS.values())
    if asked.kind is Kind.CHOICE:
        return tuple(option.name for option in asked.options)
    if asked.kind is Kind.SCALE:
        assert asked.scale
        return tuple(shown(asked, at) for at in range(1, len(asked.scale.steps) + 1))
    return ()


def limit_of(asked: Item | Column) -> str:
    """What can be answered, in words."""
    match asked.kind:
        case Kind.TEXT:
            return f"Words, {asked.most or MOST_TEXT:,} characters at most."
        case Kind.NUMBER:
            return f"A whole number, {asked.most or MOST_NUMBER:,} at most."
        case Kind.MONEY:
            return f"An amount in pounds, {pounds(asked.most or MOST_POUNDS)} at most."
        case Kind.DAY:
            return "A day, as 17 March 2026."
        case Kind.SEVERAL:
            most = f", {asked.most} at most" if asked.most else ""
            return f"Mark with an x those that are so{most}."
        case Kind.RANKED:
            return f"Number them: 1 is the first. {asked.most or len(asked.options)} at most."
        case Kind.FILE:
            return "Give this file on the page; a workbook cannot carry it."
        case _:
            return "Choose from the list."


def _check(paper: Paper, asked: Item | Column) -> dict[str, Any]:
    told = limit_of(asked)
    match asked.kind:
        case Kind.TEXT:
            most = asked.most or MOST_TEXT
            rule = {"validate": "length", "criteria": "<=", "value": most}
            return rule | _told(told)
        case Kind.NUMBER:
            return _between(0, asked.most or MOST_NUMBER, told)
        case Kind.MONEY:
            return _between(0, (asked.most or MOST_POUNDS) / 100, told) | {"validate": "decimal"}
        case Kind.DAY:
            return _between(_FIRST, _LAST, told) | {"validate": "date"}
        case _:
            return {"validate": "list", "source": paper.source(options_of(asked)), **_told(told)}


def _between(least: object, most: object, told: str) -> dict[str, Any]:
    rule = {"validate": "integer", "criteria": "between", "minimum": least, "maximum": most}
    return rule | _told(told)


def _told(sentence: str) -> dict[str, Any]:
    return {
        "error_title": "Not an answer to this",
        "error_message": sentence[:_MOST_IN_A_HINT],
        "ignore_blank": True,
    }
