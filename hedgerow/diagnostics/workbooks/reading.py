"""Reading workbooks that come back: every answer, and every fault by sheet, row and column."""

from collections.abc import Mapping
from dataclasses import dataclass

from hedgerow.core.faults import Fault
from hedgerow.core.imports import MOST_FAULTS
from hedgerow.core.sheets import NotASpreadsheet, Sheet, read_sheets
from hedgerow.diagnostics.questions.instruments import Answers, Instrument, Kind

from .heads import Head, Heads
from .layout import tables
from .lists import read_singles
from .table_rows import read_table

Known = Mapping[tuple[str, int], Instrument]  # by slug and version


@dataclass(frozen=True, kw_only=True)
class FormRead:
    """What one organisation answered to one instrument."""

    instrument: Instrument
    organisation: str  # as the workbook names it; "" if it names none
    reference: str
    answers: Answers  # those without a fault
    n_empty: int  # questions without an answer, files aside


@dataclass(frozen=True, kw_only=True)
class WorkbookReading:
    forms: tuple[FormRead, ...] = ()
    faults: tuple[Fault, ...] = ()  # in the order of the workbook
    notes: tuple[str, ...] = ()  # what was concluded: sentences for its maker


def read_workbook(data: bytes, *, name: str, instruments: Known) -> WorkbookReading:
    """Everything that is answered in a workbook, and everything that is wrong with it.

    Never raises for what is in the file. `name` is what the faults call it as a whole.
    """
    try:
        book = read_sheets(data, name=name)
    except NotASpreadsheet as refused:
        return WorkbookReading(faults=(_of_file(name, str(refused)),))
    heads = Heads(name, instruments)
    for sheet in book.sheets:
        heads.look_at(sheet)
    heads.look_at_all()
    forms: dict[tuple[str, str, int], _Form] = {}
    for head in heads.found:
        form = forms.setdefault(head.whose, _Form(head))
        form.read(head)
    faults = [*heads.faults, *(fault for form in forms.values() for fault in form.faults)]
    notes = [*heads.notes, *(note for form in forms.values() for note in form.told())]
    return WorkbookReading(
        forms=tuple(form.done() for form in forms.values()),
        faults=_shortened(name, sorted(faults, key=_place_in(book.sheets))),
        notes=tuple(notes),
    )


class _Form:
    """One form, put together from its sheets."""

    def __init__(self, head: Head) -> None:
        self.instrument, self.organisation = head.instrument, head.organisation
        self.reference = ""
        self.answers: Answers = {}
        self.parts: set[str] = set()
        self.faults: list[Fault] = []
        self.notes: list[str] = []

    def read(self, head: Head) -> None:
        self.reference = self.reference or head.reference
        self.parts.add(head.part)
        if head.part:
            grid, rows = read_table(head.sheet, self.instrument.item(head.part))
            if rows:
                self.answers[head.part] = rows
        else:
            grid, answers = read_singles(head.sheet, self.instrument)
            self.answers |= answers
        self.faults += grid.faults
        self.notes += grid.told()

    def told(self) -> list[str]:
        names = {item.slug: item.question for item in tables(self.instrument)}
        if any(item.kind is not Kind.TABLE for item in self.instrument.items):
            names = {"": "the single questions", **names}
        whose = f"{self.organisation}, {self.instrument.name}".lstrip(", ")
        missing = [
            f"{whose}: there is no sheet for “{words}”, so nothing of it is answered."
            for part, words in names.items()
            if part not in self.parts
        ]
        return [*self.notes, *missing]

    def done(self) -> FormRead:
        items = [item for item in self.instrument.items if item.kind is not Kind.FILE]
        slugs = [item.slug for item in items if item.slug in self.answers]
        return FormRead(
            instrument=self.instrument,
            organisation=self.organisation,
            reference=self.reference,
            answers={slug: self.answers[slug] for slug in slugs},
            n_empty=len(items) - len(slugs),
        )


def _place_in(sheets: tuple[Sheet, ...]) -> object:
    order = {sheet.name: at for at, sheet in enumerate(sheets)}

    def place(fault: Fault) -> tuple[int, int]:
        return order.get(fault.sheet, -1), fault.row

    return place


def _shortened(name: str, faults: list[Fault]) -> tuple[Fault, ...]:
    if len(faults) <= MOST_FAULTS:
        return tuple(faults)
    sentence = f"The list stops at {MOST_FAULTS:,} faults; there are more. Mend these first."
    return (*faults[:MOST_FAULTS], _of_file(name, sentence))


def _of_file(name: str, sentence: str) -> Fault:
    return Fault(sheet=name, row=0, column="", sentence=sentence)
