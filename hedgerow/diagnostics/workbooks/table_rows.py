"""Reading a table of a form back from its sheet."""

from typing import Any

from hedgerow.core.cells import alike
from hedgerow.core.sheets import Sheet
from hedgerow.diagnostics.questions.answers import wrong_with
from hedgerow.diagnostics.questions.instruments import Column, Item, Kind

from .grid import Grid, Wanted
from .layout import help_heading, ref_heading, row_heading
from .rows import Rows, only_once

_ROW_NAME = Column(slug="row", name="", kind=Kind.TEXT, most=120)


def read_table(sheet: Sheet, item: Item) -> tuple[Grid, list[dict[str, Any]]]:
    """Its rows; none if nothing is filled in, or if anything in it has a fault."""
    columns = tuple(column.name for column in item.columns)
    also = {column.name: column.slug for column in item.columns}
    if item.rows:
        labels: tuple[str, ...] = (ref_heading(item), row_heading(item))
        ignored: tuple[str, ...] = (help_heading(item),)
    else:
        labels, ignored = (row_heading(item),), ()
    grid = Grid(sheet, Wanted(labels=labels, answers=columns, also=also, ignored=ignored))
    if not grid.is_readable:
        return grid, []
    rows = _asked(grid, item) if item.rows else _named(grid, item)
    if rows and not grid.faults and (wrong := wrong_with(item, rows)):
        grid.fault(0, "", wrong)
    return grid, [] if grid.faults else rows


def _asked(grid: Grid, item: Item) -> list[dict[str, Any]]:
    """Rows that are asked for, in the order in which they are."""
    by_ref = {row.slug: row.slug for row in item.rows}
    by_words = only_once([(row.name, row.slug) for row in item.rows])
    rows = Rows(grid, ref_heading(item), row_heading(item), by_ref, by_words)
    found = {}
    for at in grid.rows():
        slug = rows.find(at)
        if slug is not None and (cells := _cells(grid, item, at)):
            found[slug] = cells
    return [{"row": slug, "cells": found[slug]} for slug in by_ref if slug in found]


def _named(grid: Grid, item: Item) -> list[dict[str, Any]]:
    """Rows that whoever answered named, in their order."""
    heading, found = row_heading(item), []
    first: dict[str, int] = {}
    for at in grid.rows():
        if not grid.is_whole(at):
            continue
        name = grid.value(at, heading, _ROW_NAME)
        cells = _cells(grid, item, at)
        if name is None:
            if not grid.cell(at, heading):
                grid.fault(at, heading, "Say here what this row is about.")
        elif alike(name) in first:
            grid.fault(at, heading, f"“{name[:60]}” stands in row {first[alike(name)]} too.")
        else:
            first[alike(name)] = at
            found.append({"row": name, "cells": cells})
            if item.most and len(found) == item.most + 1:
                grid.fault(at, heading, f"Fill in {item.most} rows at most; this is one more.")
    return found


def _cells(grid: Grid, item: Item, row: int) -> dict[str, Any]:
    cells = {column.slug: grid.value(row, column.name, column) for column in item.columns}
    return {slug: value for slug, value in cells.items() if value is not None}
