"""The first sheet of a workbook: what it is, and how to fill it in."""

from collections.abc import Iterator, Sequence

from xlsxwriter.worksheet import Worksheet

from hedgerow.diagnostics.questions.instruments import Instrument

from .layout import GUIDE, WRITE_NAME
from .paper import Paper, fit, put

_HOW = (
    "Write in the boxes with a border: answers, notes and costs beside questions, and the tables.",
    "Where there is a list, choose from it. Where there are x marks, mark all that are so.",
    "What you leave empty stays unanswered. It is not taken for “no”, and it wipes nothing.",
    "Amounts are in pounds, as 1200 or £1,200.50. Days are as 17 March 2026.",
    "Whole numbers are figures: write 20, not “about 20”.",
    "Sheets and columns may be moved. Columns of your own may be added; they are not read.",
    "Leave the Ref column and the first row of each sheet: they say what an answer belongs to.",
    "Do not merge cells, hide sheets with answers, or lock the file with a password.",
    "When it is done, save it as an Excel workbook (.xlsx) and give it back.",
    "What cannot be read is told to you by sheet, row and column. Nothing is guessed.",
)


def write_guide(
    paper: Paper,
    sheet: Worksheet,
    forms: Sequence[tuple[str, str, Instrument, Sequence[str]]],
    *,
    made: str,
) -> None:
    """Each form is its organisation, its reference, its instrument and the names of its sheets."""
    sheet.set_column(0, 0, 110)
    fit(sheet)
    lines = [(GUIDE, paper.title), *((words, paper.plain) for words in _HOW)]
    lines.append(("What is asked here", paper.strong))
    lines += [(line, paper.plain) for form in forms for line in _of_form(*form)]
    lines.append(("Where the questions come from", paper.strong))
    instruments = {form[2].title: form[2] for form in forms}
    lines += [(_source(instrument), paper.plain) for instrument in instruments.values()]
    lines.append((f"Made by Hedgerow on {made}.", paper.small))
    for row, (words, look) in enumerate(lines):
        put(sheet, row, 0, words, look)


def _of_form(
    organisation: str, reference: str, instrument: Instrument, sheets: Sequence[str]
) -> Iterator[str]:
    whose = organisation or f"Your organisation (write its name where it says “{WRITE_NAME}”)"
    where = " and ".join(f"“{name}”" for name in sheets)
    noun = "sheet" if len(sheets) == 1 else "sheets"
    yield f"{whose}: {instrument.name}. {instrument.sentence} It is on the {noun} {where}."
    known = f" The reference is {reference}." if reference else ""
    yield f"It takes about {instrument.minutes} minutes.{known}"


def _source(instrument: Instrument) -> str:
    source = instrument.source
    year = f", {source.year}" if source.year else ""
    told = f"{instrument.title}: {source.title}, {source.publisher}{year}. {source.licence}"
    return f"{told} {instrument.note}".strip()
