"""What a workbook says in plain sight, so that it is read however its sheets were renamed or moved.

Row 1 of every sheet of a form: “capacity · version 1 · functions”, the organisation, the reference.
"""

import re
from dataclasses import dataclass

from hedgerow.core.cells import alike
from hedgerow.diagnostics.questions.answers import MOST_NOTE
from hedgerow.diagnostics.questions.instruments import Column, Instrument, Item, Kind

REF = "Ref"
QUESTION = "Question"
ANSWER = "Your answer"
NOTE = "Note"
COST = "Cost to put right"
HELP = "Help"
NAME = "Name"  # of a row, where the instrument does not say what a row is

# What stands beside a question on whether something is so, asked as columns of a table are.
NOTE_ASKED = Column(slug="note", name=NOTE, kind=Kind.TEXT, most=MOST_NOTE)
COST_ASKED = Column(slug="cost", name=COST, kind=Kind.MONEY)

GUIDE = "How to fill this in"  # what cell A1 says on the sheets that hold no answers
WORDS = "Words to choose from"
WRITE_NAME = "Write your organisation’s name here"
REFERENCE = "Reference: "
MARK = "x"

FIRST_ROWS = 10  # where marker and headings are looked for
ROWS_TO_FILL = 20  # of a table whose rows are named by whoever answers

_MARKER = re.compile(
    r"(?P<slug>[a-z0-9][a-z0-9_-]*)\s*·\s*version\s*(?P<version>[0-9]{1,6})"
    r"(?:\s*·\s*(?P<part>[a-z0-9][a-z0-9_-]*))?"
)


@dataclass(frozen=True, kw_only=True)
class Marker:
    slug: str
    version: int
    part: str = ""  # the slug of a table; "" for the single questions

    def __str__(self) -> str:
        return " · ".join(filter(None, (self.slug, f"version {self.version}", self.part)))


def marker_of(instrument: Instrument, part: str = "") -> Marker:
    return Marker(slug=instrument.slug, version=instrument.version, part=part)


def read_marker(words: str) -> Marker | None:
    found = _MARKER.fullmatch(" ".join(words.split()).casefold())
    if not found:
        return None
    return Marker(slug=found["slug"], version=int(found["version"]), part=found["part"] or "")


def single_headings(instrument: Instrument) -> tuple[str, ...]:
    """The columns of the sheet with the single questions that are read."""
    items = tuple(instrument.items)
    note = [NOTE] if any(item.has_note for item in items) else []
    cost = [COST] if any(item.has_cost for item in items) else []
    return (REF, QUESTION, ANSWER, *note, *cost)


def ref_heading(item: Item) -> str:
    """What stands over the Refs of a table's rows."""
    return _unlike_columns(item, REF)


def row_heading(item: Item) -> str:
    """What stands over the names of a table's rows."""
    return item.row_name or _unlike_columns(item, NAME)


def table_headings(item: Item) -> tuple[str, ...]:
    """The columns of a table that are read. Only rows that are asked for have a Ref."""
    refs = (ref_heading(item),) if item.rows else ()
    return (*refs, row_heading(item), *(column.name for column in item.columns))


def help_heading(item: Item) -> str:
    """What stands over the column beside a table that says what its rows mean."""
    return _unlike_columns(item, HELP)


def _unlike_columns(item: Item, heading: str) -> str:
    taken = {alike(words) for column in item.columns for words in (column.name, column.slug)}
    return f"{heading} of the row" if alike(heading) in taken else heading


def tables(instrument: Instrument) -> tuple[Item, ...]:
    return tuple(item for item in instrument.items if item.kind is Kind.TABLE)


def option_ref(item: Item, option: str) -> str:
    """The Ref of the row in which one option is marked or numbered."""
    return f"{item.slug}/{option}"


def is_ours(words: str) -> bool:
    """Whether a sheet that begins so is one of ours without answers."""
    return alike(words) in (alike(GUIDE), alike(WORDS))
