"""Making a workbook: a page of guidance, then the sheets of each form, to be filled in."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import BinaryIO

import xlsxwriter

from hedgerow.core.cells import alike
from hedgerow.core.days import in_words
from hedgerow.diagnostics.questions.instruments import Answers, Instrument, Kind

from .guide import write_guide
from .layout import REFERENCE, WORDS, WRITE_NAME, marker_of, tables
from .paper import Paper, fit, put
from .sheet_names import sheet_name
from .singles import Singles
from .tables import write_table

MOST_SHEETS = 190  # fewer than `core.sheets` reads
_READ_ME = "Read me first"
_LEAVE_EMPTY = "What you leave empty stays unanswered."


@dataclass(frozen=True)
class Form:
    """One instrument for one organisation."""

    instrument: Instrument
    organisation: str  # "": whoever fills it in writes it down
    answers: Answers = field(default_factory=dict)  # that are there already
    reference: str = ""


def build(out: BinaryIO, forms: Sequence[Form], *, made_on: date) -> None:
    """Write one workbook for all these forms. The same forms make the same bytes.

    Raises ValueError if two forms ask the same of one organisation, or there are too many.
    """
    _check(forms)
    book = xlsxwriter.Workbook(
        out,
        {
            "in_memory": True,
            "strings_to_formulas": False,
            "strings_to_numbers": False,
            "strings_to_urls": False,
        },
    )
    book.set_properties(
        {"title": "Questions from Hedgerow", "created": datetime.combine(made_on, time())}
    )
    paper = Paper(book)
    guide = book.add_worksheet(_READ_ME)
    taken = {_READ_ME.casefold(), WORDS.casefold(), "history"}
    is_one = len({alike(form.organisation) for form in forms}) == 1
    told = []
    for form in forms:
        names = _names(form, taken, is_one=is_one)
        _write_form(paper, form, names)
        told.append((form.organisation, form.reference, form.instrument, tuple(names.values())))
    write_guide(paper, guide, told, made=in_words(made_on))
    paper.write_lists()
    book.close()


def _check(forms: Sequence[Form]) -> None:
    asked = [(alike(form.organisation), form.instrument.slug) for form in forms]
    if not forms or len(set(asked)) < len(asked):
        raise ValueError("A workbook asks each thing of each organisation once.")
    if sum(1 + len(tables(form.instrument)) for form in forms) > MOST_SHEETS:
        raise ValueError("This is more than one workbook holds. Make one for each instrument.")


def _names(form: Form, taken: set[str], *, is_one: bool) -> dict[str, str]:
    """Names of the sheets of a form, by its parts: "" is the one with the single questions."""
    instrument = form.instrument
    has_singles = any(item.kind is not Kind.TABLE for item in instrument.items)
    called = {"": instrument.name} if has_singles else {}
    for item in tables(instrument):
        called[item.slug] = instrument.section_of(item.slug).name
    return {
        part: sheet_name(form.organisation, what, taken, is_one=is_one)
        for part, what in called.items()
    }


def _write_form(paper: Paper, form: Form, names: dict[str, str]) -> None:
    instrument = form.instrument
    for part, name in names.items():
        sheet = paper.book.add_worksheet(name)
        put(sheet, 0, 0, str(marker_of(instrument, part)), paper.small)
        put(sheet, 0, 1, form.organisation or WRITE_NAME, paper.strong)
        put(sheet, 0, 2, REFERENCE + form.reference if form.reference else "", paper.small)
        fit(sheet)
        if part:
            item = instrument.item(part)
            put(sheet, 1, 0, f"{item.question} {item.help} {_LEAVE_EMPTY}", paper.lead)
            write_table(paper, sheet, item, form.answers.get(part, []), first=3)
        else:
            put(sheet, 1, 0, f"{instrument.sentence} {_LEAVE_EMPTY}", paper.lead)
            Singles(paper, sheet, names).write(instrument, form.answers, first=3)
