"""Which form each sheet of a workbook belongs to, by what its first row says."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from hedgerow.core.cells import alike
from hedgerow.core.faults import Fault
from hedgerow.core.headings import letter
from hedgerow.core.sheets import Cell, Sheet
from hedgerow.diagnostics.questions.instruments import Instrument, Kind

from .layout import (
    ANSWER,
    FIRST_ROWS,
    REF,
    REFERENCE,
    WRITE_NAME,
    Marker,
    is_ours,
    read_marker,
    table_headings,
    tables,
)
from .values import is_empty, label_in, words_in

_MOST_NAME = 200  # characters of an organisation's name


@dataclass(frozen=True, kw_only=True)
class Head:
    """A sheet of a form."""

    sheet: Sheet
    row: int  # of its marker
    column: int
    instrument: Instrument
    part: str  # the slug of a table; "" for the single questions
    organisation: str
    reference: str

    @property
    def whose(self) -> tuple[str, str, int]:
        """The same for all sheets of a form."""
        return alike(self.organisation), self.instrument.slug, self.instrument.version


class Heads:
    """Looks at one sheet after another, then at all of them together."""

    def __init__(self, name: str, instruments: Mapping[tuple[str, int], Instrument]) -> None:
        self.name, self.instruments = name, instruments
        self.found: list[Head] = []
        self.faults: list[Fault] = []
        self.notes: list[str] = []

    def look_at(self, sheet: Sheet) -> None:
        first = [cell for cell in sheet.cells if cell.row <= FIRST_ROWS and not is_empty(cell)]
        markers = [(cell, marker) for cell in first if (marker := read_marker(label_in(cell)))]
        if sheet.is_hidden:
            self._hidden(sheet, is_form=bool(markers))
        elif not markers:
            self._without_marker(sheet, first)
        elif len(markers) > 1:
            cell = markers[1][0]
            self._fault(sheet, cell, "Two forms are on this sheet. Put each on its own.")
        else:
            self._form(sheet, first, *markers[0])

    def look_at_all(self) -> None:
        """Find what is wrong between sheets."""
        first: dict[tuple[str, str, int, str], Head] = {}
        named = any(head.organisation for head in self.found)
        for head in list(self.found):
            before = first.setdefault((*head.whose, head.part), head)
            if before is not head:
                self._doubled(head, before)
            elif named and not head.organisation:
                self._at(head, 1, "The organisation’s name is missing. Write it beside the marker.")
            elif other := self._other_reference(head):
                self._at(
                    head, 2, f"The reference is another one than on the sheet “{other.sheet.name}”."
                )
        if not self.found and not self.faults:
            sentence = (
                "None of its sheets is one of our forms. Take a fresh workbook, and copy the "
                "answers into it."
            )
            self.faults.append(Fault(sheet=self.name, row=0, column="", sentence=sentence))

    def _doubled(self, head: Head, before: Head) -> None:
        self.found.remove(head)
        whose = head.organisation or "the same organisation"
        self._at(
            head,
            0,
            f"This asks the same of {whose} as the sheet “{before.sheet.name}” does. Keep one of "
            "the two, or write the other organisation’s name.",
        )

    def _other_reference(self, head: Head) -> Head | None:
        alikes = (other for other in self.found if other.whose == head.whose and other.reference)
        first = next(alikes, None)
        if first and head.reference and first.reference != head.reference:
            return first
        return None

    def _form(self, sheet: Sheet, first: Iterable[Cell], cell: Cell, marker: Marker) -> None:
        instrument = self.instruments.get((marker.slug, marker.version))
        if instrument is None:
            self._fault(sheet, cell, self._not_known(marker))
            return
        if not _has_part(instrument, marker.part):
            self._fault(sheet, cell, f"{instrument.title} has no part “{marker.part}”. {_PUT_BACK}")
            return
        beside = [other for other in first if other.row == cell.row and other is not cell]
        references = [label_in(other) for other in beside if _is_reference(other)]
        names = [other for other in beside if not _is_reference(other)]
        organisation = self._organisation(sheet, names)
        if organisation is None:
            return
        reference = references[0][len(REFERENCE.strip()) :].strip() if references else ""
        self.found.append(
            Head(
                sheet=sheet,
                row=cell.row,
                column=cell.column,
                instrument=instrument,
                part=marker.part,
                organisation=organisation,
                reference=reference,
            )
        )

    def _organisation(self, sheet: Sheet, names: list[Cell]) -> str | None:
        """The name in the row of the marker; None if there is a fault."""
        if len(names) > 1:
            self._fault(
                sheet,
                names[1],
                "This row holds the organisation’s name and nothing else. Which of these is it: "
                f"“{label_in(names[0])[:60]}” or “{label_in(names[1])[:60]}”?",
            )
            return None
        try:
            said = words_in(names[0]) if names else ""
        except ValueError as wrong:
            self._fault(sheet, names[0], str(wrong))
            return None
        if len(said) > _MOST_NAME:
            self._fault(sheet, names[0], f"A name has {_MOST_NAME} characters at most.")
            return None
        return "" if alike(said) == alike(WRITE_NAME) else said

    def _not_known(self, marker: Marker) -> str:
        versions = [version for slug, version in self.instruments if slug == marker.slug]
        if versions:
            name = self.instruments[marker.slug, max(versions)].name
            return (
                f"This was made for version {marker.version} of “{name}”, and version "
                f"{max(versions)} is asked now. Take a fresh workbook, and copy the answers into "
                "it."
            )
        return f"Nothing called “{marker.slug}” is asked here. {_PUT_BACK}"

    def _hidden(self, sheet: Sheet, *, is_form: bool) -> None:
        if is_form:
            sentence = "This sheet is hidden, and was not read. Show it, or delete it."
            self.faults.append(Fault(sheet=sheet.name, row=0, column="", sentence=sentence))
        elif sheet.cells:
            self.notes.append(f"“{sheet.name}” is hidden, and was not read.")

    def _without_marker(self, sheet: Sheet, first: list[Cell]) -> None:
        if any(is_ours(label_in(cell)) for cell in first):
            return
        if self._looks_like_ours(first):
            sentence = f"The first row does not say which form this is. {_PUT_BACK}"
            self.faults.append(Fault(sheet=sheet.name, row=1, column="column A", sentence=sentence))
        elif sheet.cells:
            self.notes.append(f"“{sheet.name}” is not one of our forms, and was not read.")

    def _looks_like_ours(self, first: list[Cell]) -> bool:
        rows: dict[int, set[str]] = {}
        for cell in first:
            rows.setdefault(cell.row, set()).add(alike(label_in(cell)))
        asked = [{alike(REF), alike(ANSWER)}]
        for instrument in self.instruments.values():
            asked += [set(map(alike, table_headings(item))) for item in tables(instrument)]
        wanted = [headings for headings in asked if len(headings) > 2 or headings == asked[0]]
        return any(headings <= said for headings in wanted for said in rows.values())

    def _at(self, head: Head, beside: int, sentence: str) -> None:
        column = f"column {letter(head.column + beside - 1)}"
        fault = Fault(sheet=head.sheet.name, row=head.row, column=column, sentence=sentence)
        self.faults.append(fault)

    def _fault(self, sheet: Sheet, cell: Cell, sentence: str) -> None:
        column = f"column {letter(cell.column - 1)}"
        fault = Fault(sheet=sheet.name, row=cell.row, column=column, sentence=sentence)
        self.faults.append(fault)


_PUT_BACK = "Put the first row back as it is in a fresh workbook."


def _has_part(instrument: Instrument, part: str) -> bool:
    if part:
        return part in {item.slug for item in tables(instrument)}
    return any(item.kind is not Kind.TABLE for item in instrument.items)


def _is_reference(cell: Cell) -> bool:
    return label_in(cell).casefold().startswith(REFERENCE.strip().casefold())
