"""Workbooks that come back changed: each is read or refused in sentences, and nothing is guessed."""

import pytest

from hedgerow.diagnostics.workbooks import Form
from tests.diagnostics.kinds import EVERY_KIND, FULL
from tests.diagnostics.spoiling import (
    NAME,
    PLACES,
    SINGLES,
    SUPPLIERS,
    answers,
    changed,
    fresh,
    full,
    many,
    read,
    repacked,
    row_of,
    the_fault,
)

pytestmark = pytest.mark.usefixtures("workbooks_in_this_process")


# What is only moved or renamed is read.


def test_sheets_are_renamed_and_put_in_another_order():
    def change(book):
        for at, sheet in enumerate(book.worksheets):
            sheet.title = f"Sheet{at}"
        book.move_sheet("Sheet3", -3)

    assert answers(full(change)) == FULL


def test_columns_are_moved():
    def change(book):
        sheet = book.worksheets[SINGLES]
        sheet.move_range("C4:C40", cols=6)
        sheet.move_range("A4:A40", cols=10)

    assert answers(full(change)) == FULL


def test_a_column_and_rows_are_put_in_before_everything():
    def change(book):
        for at in (SINGLES, PLACES, SUPPLIERS):
            book.worksheets[at].insert_cols(1)
            book.worksheets[at].insert_rows(1, 3)

    assert answers(full(change)) == FULL


def test_headings_are_spaced_and_capitalised_otherwise():
    def change(book):
        book.worksheets[SINGLES]["C4"] = "  YOUR  ANSWER "
        book.worksheets[SINGLES]["A4"] = "ref"
        book.worksheets[PLACES]["E4"] = "rentayear"
        book.worksheets[SUPPLIERS]["B4"] = "SPEND"

    assert answers(full(change)) == FULL


def test_the_marker_is_spaced_otherwise():
    def change(book):
        book.worksheets[SINGLES]["A1"] = " Every-Kind ·  VERSION 3"

    assert answers(full(change)) == FULL


def test_rows_are_sorted_otherwise():
    def change(book):
        sheet = book.worksheets[SINGLES]
        rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=5)]
        for at, row in enumerate(reversed(rows), start=5):
            for column, value in enumerate(row, start=1):
                sheet.cell(at, column).value = value

    assert answers(full(change)) == FULL


def test_refs_are_gone_and_rows_are_found_by_their_words():
    def change(book):
        for at in (SINGLES, PLACES):
            for row in book.worksheets[at].iter_rows(min_row=5, max_col=1):
                row[0].value = None

    assert answers(full(change)) == FULL


def test_columns_and_sheets_that_are_not_asked_for_are_noted():
    def change(book):
        book.worksheets[SINGLES]["G4"] = "My thoughts"
        book.worksheets[SINGLES]["G7"] = "Ask Jo"
        book.worksheets[SUPPLIERS]["F6"] = 12
        book.create_sheet("Scribbles")["A1"] = "hello"
        book.create_sheet("Secret")["A1"] = "hello"
        book["Secret"].sheet_state = "hidden"

    reading = read(full(change))

    assert reading.faults == ()
    assert reading.forms[0].answers == FULL
    assert [note for note in reading.notes if "Scribbles" in note or "Secret" in note] == [
        "“Scribbles” is not one of our forms, and was not read.",
        "“Secret” is hidden, and was not read.",
    ]
    assert f"“{NAME}”: not asked for, and not read: “My thoughts”." in reading.notes
    assert "“Tables 2”: not asked for, and not read: F, which has no heading." in reading.notes


def test_a_sheet_that_was_taken_out_is_noted():
    def change(book):
        book.remove(book.worksheets[SUPPLIERS])

    reading = read(full(change))

    assert reading.faults == ()
    assert reading.forms[0].answers == {k: it for k, it in FULL.items() if k != "suppliers"}
    assert "no sheet for “Who is paid?”" in reading.notes[0]


def test_merged_titles_are_no_matter():
    def change(book):
        book.worksheets[SINGLES].merge_cells("B2:F2")
        book.worksheets[PLACES].merge_cells("A3:B3")

    assert answers(full(change)) == FULL


def test_rows_beyond_those_prepared_are_read():
    def change(book):
        for row in range(5, 31):
            book.worksheets[SUPPLIERS].cell(row, 1).value = f"Firm {row}"

    assert len(answers(changed(change))["suppliers"]) == 26


# What could mean two things is a fault.


def spoil_singles(**cells):
    def change(book):
        for place, value in cells.items():
            book.worksheets[SINGLES][place] = value

    return full(change)


@pytest.mark.parametrize(
    ("cells", "where", "says"),
    [
        ({"C4": None}, (4, "Your answer"), "missing"),
        ({"C4": "My answer"}, (4, "Your answer"), "“My answer”"),
        ({"D4": "Your answer", "G4": "Note"}, (4, "Your answer"), "C and D. Keep one"),
        ({"A4": None, "B4": None}, (4, "Ref"), "missing"),
        ({"A6": "wordz"}, (6, "Ref"), "Did you mean “words”"),
        ({"A14": "plain"}, (14, "Ref"), "row 11"),
        ({"A6": "#REF!"}, (6, "Ref"), "not a Ref"),
        ({"A6": None, "B6": "What?"}, (6, "Ref"), "does not say to what"),
        ({"D11": "Because"}, (11, "Note"), "Nothing is asked"),
        ({"E10": "a lot"}, (10, "Cost to put right"), "not an amount"),
        ({"A1": None}, (1, "column A"), "which form"),
        ({"A1": "every-kind version three"}, (1, "column A"), "which form"),
        ({"A1": "every-kind · version 2"}, (1, "column A"), "version 3 is asked now"),
        ({"A1": "other-kind · version 3"}, (1, "column A"), "Nothing called “other-kind”"),
        ({"A1": "every-kind · version 3 · words"}, (1, "column A"), "no part “words”"),
        ({"A2": "every-kind · version 3"}, (2, "column A"), "Two forms"),
        ({"B1": None}, (1, "column B"), "name is missing"),
        ({"D1": "Elm"}, (1, "column D"), "“Ash” or “Elm”"),
        ({"B1": "A" * 201}, (1, "column B"), "200 characters"),
    ],
)
def test_single_questions_that_were_spoiled(cells, where, says):
    sheet, row, column, sentence = the_fault(spoil_singles(**cells))

    assert sheet == NAME
    assert (row, column) == where
    assert says in sentence


def spoil_table(at, **cells):
    def change(book):
        for place, value in cells.items():
            book.worksheets[at][place] = value

    return full(change)


@pytest.mark.parametrize(
    ("at", "cells", "where", "says"),
    [
        (PLACES, {"E4": None}, (4, "Rent a year"), "missing"),
        (PLACES, {"H4": "Rent A Year"}, (4, "Rent a year"), "E and H"),
        (PLACES, {"A5": "shop"}, (6, "Ref"), "row 5"),
        (PLACES, {"A5": "barn"}, (5, "Ref"), "not a Ref"),
        (PLACES, {"E5": "lots"}, (5, "Rent a year"), "not an amount"),
        (PLACES, {"F6": "soon"}, (6, "Lease ends"), "not a day"),
        (SUPPLIERS, {"A7": "mrs ode"}, (7, "Supplier"), "row 6"),
        (SUPPLIERS, {"B7": 12}, (7, "Supplier"), "what this row is about"),
        (SUPPLIERS, {"A7": "A" * 121}, (7, "Supplier"), "120 is the most"),
        (SUPPLIERS, {"C5": 2.5}, (5, "How many"), "whole number"),
        (SUPPLIERS, {f"A{n}": f"Firm {n}" for n in range(7, 37)}, (35, "Supplier"), "30 rows"),
    ],
)
def test_tables_that_were_spoiled(at, cells, where, says):
    sheet, row, column, sentence = the_fault(spoil_table(at, **cells))

    assert sheet == ("Tables" if at == PLACES else "Tables 2")
    assert (row, column) == where
    assert says in sentence


def test_headings_that_are_all_gone_are_asked_for():
    sheet, row, _, sentence = the_fault(spoil_table(SUPPLIERS, A4="a", B4="b", C4="c", D4="d"))

    assert (sheet, row) == ("Tables 2", 0)
    assert "“Supplier”, “Spend”, “How many”, “Form”" in sentence


@pytest.mark.parametrize(
    ("at", "area", "row", "column"),
    [
        (SINGLES, "C6:C8", 6, "Your answer"),
        (SINGLES, "C10:D10", 10, "Your answer"),
        (PLACES, "C5:C6", 5, "Strength"),
        (SUPPLIERS, "A5:A6", 5, "Supplier"),
    ],
)
def test_merged_answers_are_a_fault(at, area, row, column):
    def change(book):
        book.worksheets[at].merge_cells(area)

    _, *where, sentence = the_fault(full(change))

    assert where == [row, column]
    assert area in sentence


def test_a_hidden_form_is_a_fault():
    def change(book):
        book.worksheets[PLACES].sheet_state = "hidden"

    sheet, *_, sentence = the_fault(full(change))

    assert sheet == "Tables"
    assert "hidden" in sentence


def test_a_sheet_that_was_copied_is_a_fault():
    def change(book):
        first = book.worksheets[SINGLES]
        first.title = "One"
        book.copy_worksheet(first).title = "Copy"

    sheet, row, column, sentence = the_fault(full(change))

    assert (sheet, row, column) == ("Copy", 1, "column A")
    assert "as the sheet “One” does" in sentence


def test_two_organisations_of_one_name_are_a_fault():
    data = many(Form(EVERY_KIND, "Ash"), Form(EVERY_KIND, "Elm"))

    def change(book):
        for sheet in book.worksheets:
            if sheet["B1"].value == "Elm":
                sheet["B1"] = " ASH"

    reading = read(changed(change, data))

    assert [fault.row for fault in reading.faults] == [1, 1, 1]
    assert all("Keep one of the two" in fault.sentence for fault in reading.faults)


def test_references_that_differ_are_a_fault():
    def change(book):
        book.worksheets[PLACES]["C1"] = "Reference: XX-1"

    sheet, row, column, sentence = the_fault(full(change))

    assert (sheet, row, column) == ("Tables", 1, "column C")
    assert "another one" in sentence


@pytest.mark.parametrize(
    ("numbers", "says"),
    [((1, 1), "same number"), ((1, 3), "none left out"), ((1, 2, 3, 4), "Choose 3 at most")],
)
def test_numbers_that_make_no_order_are_a_fault(numbers, says):
    def change(book):
        sheet = book.worksheets[SINGLES]
        for ref, number in zip(("food", "advice", "sport", "else"), numbers, strict=False):
            sheet.cell(row_of(sheet, f"first/{ref}"), 3).value = number

    sheet, _, column, sentence = the_fault(changed(change))

    assert (sheet, column) == (NAME, "Your answer")
    assert says in sentence


def test_one_fault_does_not_hide_another():
    def change(book):
        book.worksheets[SINGLES]["C7"] = "about 20"
        book.worksheets[SINGLES]["C8"] = "1200,50"
        book.worksheets[PLACES]["F6"] = "soon"

    reading = read(full(change))

    assert [(it.sheet, it.row) for it in reading.faults] == [(NAME, 7), (NAME, 8), ("Tables", 6)]
    assert {"people", "income", "places"}.isdisjoint(reading.forms[0].answers)
    assert reading.forms[0].answers["began"] == FULL["began"]


# What is no workbook, or an attack, is refused as a whole.


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "empty"),
        (b"Ref,Your answer\nwords,hello\n", "CSV"),
        (b"%PDF-1.4", "PDF"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 99, "old spreadsheet"),
        (fresh()[:4000], "cut off"),
        (fresh()[4000:], "not an Excel workbook"),
        (bytes(range(256)) * 99, "not an Excel workbook"),
        (repacked(fresh(), {"xl/vbaProject.bin": b"x"}), "macros"),
        (repacked(fresh(), {"xl/externalLinks/externalLink1.xml": b"<x/>"}), "other files"),
        (repacked(fresh(), {"xl/media/a.bin": b"0" * 80_000_000}), "Unpacked"),
        (repacked(fresh(), {}, {"sheet2.xml": lambda _: b"<!DOCTYPE a><a/>"}), "declares"),
        (repacked(fresh(), {}, {"sheet2.xml": lambda it: it[:900]}), "broken"),
        (changed(lambda book: book.worksheets[1].cell(1048576, 16384, 1)), "XFD1048576"),
    ],
    ids=lambda it: it if isinstance(it, str) else "file",
)
def test_what_is_no_workbook_is_refused_as_a_whole(data, says):
    sheet, row, column, sentence = the_fault(data)

    assert (sheet, row, column) == ("back.xlsx", 0, "")
    assert says in sentence


def test_a_workbook_without_a_form_is_refused():
    def change(book):
        for sheet in book.worksheets[1:]:
            book.remove(sheet)

    assert "None of its sheets" in the_fault(changed(change))[3]
