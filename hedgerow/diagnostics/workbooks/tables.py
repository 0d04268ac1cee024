"""The sheet of a form with one of its tables."""

from typing import Any

from xlsxwriter.worksheet import Worksheet

from hedgerow.diagnostics.questions.instruments import Column, Item, Kind

from .layout import ROWS_TO_FILL, help_heading, table_headings
from .paper import Paper, limit_of, put, put_answer

_ROW_NAME = Column(slug="row", name="", kind=Kind.TEXT, most=120)
_REF, _NAME, _HELP = 16, 36, 50  # how wide
_WIDE = {Kind.TEXT: 36, Kind.SCALE: 28, Kind.CHOICE: 28}
_ELSE = 18


def write_table(paper: Paper, sheet: Worksheet, item: Item, rows: list[Any], first: int) -> None:
    """The headings are in row `first`, from 0; what each column takes stands above them."""
    headings = table_headings(item)
    n_named = len(headings) - len(item.columns)
    for column, heading in enumerate(headings):
        put(sheet, first, column, heading, paper.heading)
        sheet.set_column(column, column, _NAME if column else _REF)
    for column, asked in enumerate(item.columns, start=n_named):
        told = " ".join(filter(None, (asked.help, limit_of(asked))))
        put(sheet, first - 1, column, told, paper.small)
        sheet.set_column(column, column, _WIDE.get(asked.kind, _ELSE))
    sheet.freeze_panes(first + 1, n_named)
    if item.rows:
        _write_asked(paper, sheet, item, rows, first + 1)
    else:
        sheet.set_column(0, 0, _NAME)
        _write_free(paper, sheet, item, rows, first + 1)


def _write_asked(paper: Paper, sheet: Worksheet, item: Item, rows: list[Any], first: int) -> None:
    cells = {row["row"]: row["cells"] for row in rows}
    help_at = 2 + len(item.columns)
    sheet.set_column(help_at, help_at, _HELP)
    put(sheet, first - 1, help_at, help_heading(item), paper.heading)
    for at, row in enumerate(item.rows, start=first):
        put(sheet, at, 0, row.slug, paper.small)
        put(sheet, at, 1, row.name, paper.plain)
        _write_row(paper, sheet, at, 2, item, cells.get(row.slug, {}))
        put(sheet, at, help_at, row.help, paper.small)


def _write_free(paper: Paper, sheet: Worksheet, item: Item, rows: list[Any], first: int) -> None:
    n_rows = max(len(rows), min(item.most or ROWS_TO_FILL, ROWS_TO_FILL))
    for at in range(n_rows):
        row = rows[at] if at < len(rows) else {"row": None, "cells": {}}
        put_answer(paper, sheet, first + at, 0, _ROW_NAME, row["row"])
        _write_row(paper, sheet, first + at, 1, item, row["cells"])


def _write_row(
    paper: Paper, sheet: Worksheet, at: int, first: int, item: Item, cells: dict[str, Any]
) -> None:
    for column, asked in enumerate(item.columns, start=first):
        put_answer(paper, sheet, at, column, asked, cells.get(asked.slug))
