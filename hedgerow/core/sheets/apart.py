"""Reads one workbook in a process of its own, which has little memory and little time.

`python -m hedgerow.core.sheets.apart` takes limits as JSON and the file on stdin, and answers with JSON on stdout:
{"refused": sentence} or {"sheets": […]}, as `told` makes it and `sheets.read_sheets` reads it.
"""

import datetime
import io
import json
import math
import sys
import zipfile
from collections.abc import Iterator
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from .limits import USUAL, Limits
from .scanned import Scan, scanned, shown
from .zipped import NotASpreadsheet, directory_of, inflated

MOST_IN_A_CELL = 32_767  # characters; more than that no spreadsheet holds

_BROKEN = "The workbook could not be read. Copy the answers into a fresh one, and send that."


def told(data: bytes, limits: Limits = USUAL) -> dict[str, Any]:
    """What a workbook holds: its name, whether it is hidden, its cells and merged areas, by sheet.

    A cell is [row, column, kind, value, whether a formula made it]; kinds are text, number, truth,
    day, hour, error, unsolved.
    """
    try:
        parts = dict(_needed(data, limits))
        scans = scanned({name.casefold(): content for name, content in parts.items()}, limits)
        return {"sheets": _sheets(_repacked(parts), scans, limits)}
    except NotASpreadsheet as refused:
        return {"refused": str(refused)}
    except CalamineError:
        return {"refused": _BROKEN}


def _needed(data: bytes, limits: Limits) -> Iterator[tuple[str, bytes]]:
    """The parts that hold words. Pictures and what else there is are inflated, and left out."""
    for name, content in inflated(data, directory_of(data, limits), limits):
        if name.casefold().endswith((".xml", ".rels")):
            yield name, content


def _repacked(parts: dict[str, bytes]) -> io.BytesIO:
    """The same parts in a zip file of ours, so that the reader sees what was scanned and no more."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as into:
        for name, content in parts.items():
            into.writestr(name, content)
    packed.seek(0)
    return packed


def _sheets(
    packed: io.BytesIO, scans: list[tuple[str, Scan]], limits: Limits
) -> list[dict[str, Any]]:
    sheets, words = [], 0
    with CalamineWorkbook.from_filelike(packed) as book:
        if [known.name for known in book.sheets_metadata] != [name for name, _ in scans]:
            raise NotASpreadsheet(_BROKEN)
        for at, (known, (name, scan)) in enumerate(zip(book.sheets_metadata, scans, strict=True)):
            cells = []
            if known.typ is SheetTypeEnum.WorkSheet:
                rows = book.get_sheet_by_index(at).to_python(skip_empty_area=False)
                cells = _cells(name, rows, scan)
            words += sum(len(cell[3]) for cell in cells if isinstance(cell[3], str))
            if words > limits.words:
                raise NotASpreadsheet("It holds more words than any form asks for. Shorten it.")
            is_hidden = known.visible is not SheetVisibleEnum.Visible
            sheets.append(
                {"name": name, "is_hidden": is_hidden, "cells": cells, "merged": scan.merged}
            )
    return sheets


def _cells(name: str, rows: list[list[Any]], scan: Scan) -> list[list[Any]]:
    found = {
        (row, column): _kept(value)
        for row, values in enumerate(rows, start=1)
        for column, value in enumerate(values, start=1)
        if value != ""
    }
    found |= {at: ("error", code) for at, code in scan.errors.items()}
    found |= {at: ("unsolved", "") for at in scan.unsolved}
    for at, (_, value) in found.items():
        if isinstance(value, str) and len(value) > MOST_IN_A_CELL:
            raise NotASpreadsheet(
                f"Cell {shown(at)} of the sheet “{name}” holds more than {MOST_IN_A_CELL:,} "
                "characters. Shorten it."
            )
    return [[*at, *kept, at in scan.formulas] for at, kept in sorted(found.items())]


def _kept(value: Any) -> tuple[str, Any]:
    """Kind and value as JSON holds them."""
    match value:
        case bool():
            return "truth", value
        case int():
            return "number", value
        case float() if not math.isfinite(value):
            return "error", str(value)
        case float():
            return "number", int(value) if value.is_integer() else value
        case datetime.datetime() | datetime.date():
            return "day", value.isoformat()[:10]
        case datetime.time() | datetime.timedelta():
            return "hour", str(value)
        case _:
            return "text", str(value)


def _keep_small(limits: Limits) -> None:
    """No more memory than this for what follows, where the system can see to it."""
    try:
        import resource
    except ImportError:  # Windows; the clock of whoever called still runs
        return
    resource.setrlimit(resource.RLIMIT_AS, (limits.memory, limits.memory))
    resource.setrlimit(resource.RLIMIT_CPU, (limits.seconds, limits.seconds))


if __name__ == "__main__":
    given = Limits(**json.loads(sys.argv[1]))
    _keep_small(given)
    json.dump(told(sys.stdin.buffer.read(), given), sys.stdout)
