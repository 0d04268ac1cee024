"""Reading a workbook (.xlsx) that a stranger made.

It is looked at from outside first (`zipped`), then read in another process
(`apart`), so that whatever is wrong with it ends in a sentence.
"""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from . import apart
from .limits import USUAL, Limits
from .scanned import Area, Place, shown
from .zipped import NotASpreadsheet, directory_of, look_at_start

__all__ = ["Cell", "Kind", "Limits", "NotASpreadsheet", "Sheet", "Sheets", "read_sheets", "shown"]

# All that the process apart is told of this one: no key and no address of a database.
_NEEDED = ("LD_LIBRARY_PATH", "SYSTEMROOT")


class Kind(StrEnum):
    TEXT = "text"
    NUMBER = "number"
    TRUTH = "truth"
    DAY = "day"
    HOUR = "hour"  # a time without a day, or how long something lasts
    ERROR = "error"  # the value is what the spreadsheet shows: “#REF!”
    UNSOLVED = "unsolved"  # a formula without a result


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    row: int  # from 1
    column: int  # from 1
    kind: Kind
    value: str | int | float | date  # a whole number is an int; an hour is in words
    is_formula: bool = False  # the value is its last result

    @property
    def place(self) -> str:
        return shown((self.row, self.column))


@dataclass(frozen=True, kw_only=True)
class Sheet:
    name: str
    is_hidden: bool
    cells: tuple[Cell, ...]  # those with something in them, row by row
    merged: tuple[Area, ...]  # first row and column, last row and column, from 1

    def merged_at(self, at: Place) -> Area | None:
        """The merged area in which a cell lies."""
        row, column = at
        for area in self.merged:
            if area[0] <= row <= area[2] and area[1] <= column <= area[3]:
                return area
        return None


@dataclass(frozen=True, kw_only=True)
class Sheets:
    name: str  # of the file
    sheets: tuple[Sheet, ...]


def read_sheets(data: bytes, *, name: str, limits: Limits = USUAL) -> Sheets:
    """Everything in the cells of a workbook, in the order of its sheets.

    Raises NotASpreadsheet with a sentence for whoever sent it.
    """
    if len(data) > limits.bytes:
        raise NotASpreadsheet(
            f"The file is larger than {limits.bytes // 1024**2} MB. Take out pictures and what is "
            "not asked for, or send it in parts."
        )
    look_at_start(data)
    directory_of(data, limits)
    told = _told(data, limits)
    if "refused" in told:
        raise NotASpreadsheet(told["refused"])
    return Sheets(name=name, sheets=tuple(map(_sheet, told["sheets"])))


def _told(data: bytes, limits: Limits) -> Any:
    """What the process apart answers. Raises NotASpreadsheet where it does not."""
    asked = [sys.executable, "-I", "-m", apart.__name__, json.dumps(asdict(limits))]
    bare = {name: os.environ[name] for name in _NEEDED if name in os.environ}
    try:
        answer = subprocess.run(
            asked, input=data, capture_output=True, check=True, timeout=limits.seconds, env=bare
        )
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired) as wrong:
        raise NotASpreadsheet(
            "Reading this workbook took more than a workbook should. Copy the answers into a fresh "
            "one, and send that."
        ) from wrong
    return json.loads(answer.stdout)


def _sheet(told: Any) -> Sheet:
    return Sheet(
        name=told["name"],
        is_hidden=told["is_hidden"],
        cells=tuple(_cells(told["cells"])),
        merged=tuple((a, b, c, d) for a, b, c, d in told["merged"]),
    )


def _cells(told: Any) -> Iterator[Cell]:
    for row, column, kind, value, is_formula in told:
        yield Cell(
            row=row,
            column=column,
            kind=Kind(kind),
            value=date.fromisoformat(value) if kind == "day" else value,
            is_formula=is_formula,
        )
