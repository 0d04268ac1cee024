"""What stands in one cell of a workbook, as an answer. Nothing is guessed."""

from datetime import date
from decimal import Decimal
from typing import Any

from hedgerow.core.cells import neat, unmarked
from hedgerow.core.days import in_words
from hedgerow.core.sheets import Cell
from hedgerow.core.sheets import Kind as Held
from hedgerow.diagnostics.questions.answers import read
from hedgerow.diagnostics.questions.instruments import Column, Item, Kind

from .layout import MARK

_DIGITS = 15  # as many as a spreadsheet keeps of a number
_MARKED = frozenset({MARK, "✓", "✔", "☑", "y", "yes", "true", "1"})
_UNMARKED = frozenset({"n", "no", "false", "0", "–", "-"})
_NOT_AN_ANSWER = {
    Held.ERROR: "The spreadsheet shows {} here, which is no answer. Type the answer itself.",
    Held.UNSOLVED: (
        "A formula stands here, and the file does not hold its result. Type the answer itself."
    ),
}


def is_empty(cell: Cell | None) -> bool:
    return cell is None or (cell.kind is Held.TEXT and not neat(str(cell.value)))


def value_in(asked: Item | Column, cell: Cell) -> Any:
    """The answer in a cell that is not empty. Raises ValueError with a sentence."""
    if cell.kind is Held.DAY and asked.kind not in (Kind.DAY, Kind.TEXT):
        raise ValueError(f"The spreadsheet holds a day here, {_words(cell)}. Type the answer.")
    if cell.kind is Held.HOUR and asked.kind is not Kind.TEXT:
        raise ValueError(f"The spreadsheet holds a time here, {_words(cell)}. Type the answer.")
    return read(asked, words_in(cell))


def words_in(cell: Cell | None) -> str:
    """What a cell says, as it would be typed; "" if nothing. Raises ValueError with a sentence."""
    if cell is None:
        return ""
    if cell.kind in _NOT_AN_ANSWER:
        raise ValueError(_NOT_AN_ANSWER[cell.kind].format(cell.value))
    if cell.kind is Held.NUMBER and len(_words(cell).strip("-").replace(".", "")) > _DIGITS:
        raise ValueError(
            f"A number here has more than {_DIGITS} digits, and a spreadsheet rounds those. "
            "Make the cell one of words, and type it again."
        )
    return _words(cell)


def label_in(cell: Cell | None) -> str:
    """What a cell says that is looked for, not answered: a heading, a Ref, the name of a row."""
    return neat(_words(cell)) if cell else ""


def is_marked(cell: Cell | None) -> bool:
    """Whether an option is marked. Raises ValueError with a sentence."""
    said = neat(words_in(cell)).casefold()
    if said and said not in _MARKED | _UNMARKED:
        raise ValueError(f"“{said[:40]}” is not a mark. Write x, or leave it empty.")
    return said in _MARKED


def is_turned(asked: Item | Column, cell: Cell) -> bool:
    """Whether words were asked for, and the spreadsheet may have made something else of them."""
    return asked.kind is Kind.TEXT and cell.kind in (Held.DAY, Held.HOUR)


def _words(cell: Cell) -> str:
    match cell.value:
        case bool():
            return str(cell.value).upper()
        case int():
            return str(cell.value)
        case float():
            return format(Decimal(format(cell.value, f".{_DIGITS}g")), "f")
        case date():
            return in_words(cell.value)
        case _:
            return unmarked(str(cell.value)).strip()
