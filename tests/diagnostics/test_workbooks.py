"""Workbooks: made, filled in, read back."""

import io
import re
import zipfile
from datetime import date

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hedgerow.core.sheets import read_sheets
from hedgerow.diagnostics.questions.instruments import Instrument
from hedgerow.diagnostics.questions.packs import shipped
from hedgerow.diagnostics.workbooks import Form, build, read_workbook
from tests.diagnostics.kinds import EVERY_KIND, FULL, answers_to

ON = date(2026, 3, 17)
ALL = {**shipped(), EVERY_KIND.slug: EVERY_KIND}
KNOWN = {(it.slug, it.version): it for it in ALL.values()}


pytestmark = pytest.mark.usefixtures("workbooks_in_this_process")


def made(*forms, on=ON):
    out = io.BytesIO()
    build(out, forms, made_on=on)
    return out.getvalue()


def read(data):
    return read_workbook(data, name="back.xlsx", instruments=KNOWN)


def told(reading):
    return {(it.organisation, it.instrument.slug): it.answers for it in reading.forms}


def opened(data):
    return openpyxl.load_workbook(io.BytesIO(data))


def checks(sheet):
    return {str(check.sqref): check for check in sheet.data_validations.dataValidation}


def test_every_kind_of_answer_comes_back():
    reading = read(made(Form(EVERY_KIND, "Ash & Elm", FULL, "AE-7")))

    (form,) = reading.forms
    assert (reading.faults, reading.notes) == ((), ())
    assert form.answers == FULL
    assert (form.instrument, form.organisation) == (EVERY_KIND, "Ash & Elm")
    assert (form.reference, form.n_empty) == ("AE-7", 0)


@settings(max_examples=20)
@given(st.data())
@pytest.mark.parametrize("slug", ALL)
def test_whatever_is_answered_comes_back_exactly(slug, data):
    """Several organisations a workbook, because each reading costs a process."""
    names = ["Ash", "=Elm", "Ode’s & Co: [1]"]
    answers = {name: data.draw(answers_to(ALL[slug]), label=name) for name in names}

    reading = read(made(*(Form(ALL[slug], name, answers[name], name) for name in names)))

    assert reading.faults == ()
    assert told(reading) == {(name, slug): answers[name] for name in names}
    assert [form.reference for form in reading.forms] == names


@settings(max_examples=10)
@given(st.data())
def test_what_was_read_makes_the_same_workbook_again(data):
    first = made(Form(EVERY_KIND, "Ash", data.draw(answers_to(EVERY_KIND))))
    (form,) = read(first).forms

    assert made(Form(EVERY_KIND, "Ash", form.answers)) == first


def test_a_workbook_holds_several_instruments_and_organisations():
    forms = [Form(it, name) for name in ("Ash", "Elm") for it in shipped().values()]
    reading = read(made(*forms))

    assert reading.faults == ()
    assert told(reading) == {(form.organisation, form.instrument.slug): {} for form in forms}


def test_an_empty_workbook_answers_nothing():
    (form,) = read(made(Form(EVERY_KIND, ""))).forms

    assert (form.organisation, form.reference, form.answers) == ("", "", {})
    assert form.n_empty == len(list(EVERY_KIND.items)) - 1  # a file is given on the page


def test_the_first_sheet_says_how_it_is_filled_in():
    book = opened(made(Form(EVERY_KIND, "Ash", {}, "AE-7"), Form(EVERY_KIND, "Elm")))
    words = [cell.value for (cell,) in book.worksheets[0].iter_rows(max_col=1)]

    assert book.sheetnames[0] == "Read me first"
    assert words[0] == "How to fill this in"
    assert "Made by Hedgerow on 17 March 2026." in words
    assert any("AE-7" in line for line in words)
    assert sum(line.startswith(("Ash: ", "Elm: ")) for line in words) == 2


def test_names_of_sheets_are_what_spreadsheets_allow():
    long = "The Hazelford and District: [Advice] Bureau"
    names = opened(made(Form(EVERY_KIND, f"{long} 1"), Form(EVERY_KIND, f"{long} 2"))).sheetnames

    assert len({name.casefold() for name in names}) == len(names) == 8
    assert all(len(name) <= 31 and not set(name) & set("[]:*?/\\'") for name in names)


def test_nothing_in_it_is_hidden_and_nothing_runs():
    data = made(Form(EVERY_KIND, "=1+1", FULL | {"suppliers": [{"row": "@x", "cells": {}}]}))
    book = opened(data)

    assert not book.defined_names
    for sheet in book.worksheets:
        assert sheet.sheet_state == "visible"
        assert not sheet.defined_names
        assert not any(one.hidden for one in sheet.column_dimensions.values())
        for row in sheet.iter_rows():
            assert not [cell for cell in row if cell.data_type == "f"]
            assert not [cell for cell in row if str(cell.value).startswith(("=", "+", "-", "@"))]
    assert book.properties.creator in (None, "")
    assert book.properties.lastModifiedBy in (None, "")
    for name in zipfile.ZipFile(io.BytesIO(data)).namelist():
        assert "comments" not in name
        assert "external" not in name


def test_the_same_forms_make_the_same_bytes():
    assert made(Form(EVERY_KIND, "Ash", FULL)) == made(Form(EVERY_KIND, "Ash", FULL))


def test_cells_check_what_is_typed():
    book = opened(made(Form(EVERY_KIND, "Ash")))
    singles, places = book.worksheets[1], book.worksheets[2]
    rows = {row[0].value: row[2].coordinate for row in singles.iter_rows() if row[0].value}
    check = checks(singles)

    assert check[rows["plain"]].formula1 == '"Yes,Partly,No,Don’t know"'
    assert check[rows["people"]].type == "whole"
    assert (check[rows["people"]].formula1, check[rows["people"]].formula2) == ("0", "5000")
    assert (check[rows["income"]].type, check[rows["income"]].formula1) == ("decimal", "0")
    assert check[rows["began"]].type == "date"
    assert check[rows["words"]].type == "textLength"
    assert check[rows["do/food"]].formula1 == '"x"'
    assert checks(places)["C5"].type == "list"


def test_a_list_with_commas_or_quotes_in_it_stands_on_a_sheet_that_is_seen():
    book = opened(made(Form(EVERY_KIND, "Ash")))
    words = book["Words to choose from"]
    sources = {
        check.formula1
        for sheet in book.worksheets
        for check in sheet.data_validations.dataValidation
        if "Words" in str(check.formula1)
    }

    assert {re.sub(r"\$", "", it.partition("!")[2]) for it in sources} == {"A3:A5", "B3:B4"}
    assert [words.cell(row, 1).value for row in (3, 4, 5)] == [
        "1 – None",
        "2 – Some, not much",
        "3 – A lot",
    ]


def test_it_prints_one_page_wide_and_keeps_its_headings_in_sight():
    for sheet in opened(made(Form(EVERY_KIND, "Ash"))).worksheets[1:-1]:
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert sheet.page_setup.fitToHeight == 0  # as many pages long as it takes
        assert sheet.freeze_panes is not None


def test_a_table_has_room_for_rows_that_nobody_named_yet():
    sheet = opened(made(Form(EVERY_KIND, "Ash", FULL))).worksheets[3]

    assert sum(cell.coordinate.startswith("A") for (cell,) in sheet["A5:A24"]) == 20
    assert sheet["A5"].value == "'-Power Ltd"
    assert sheet["A24"].number_format == "@"
    assert sheet["A25"].value is None


def test_a_file_is_given_on_the_page():
    singles = opened(made(Form(EVERY_KIND, "Ash"))).worksheets[1]
    rows = {row[0].value: row for row in singles.iter_rows() if row[0].value}

    assert "Give this file on the page" in rows["accounts"][5].value


def test_one_thing_is_asked_of_an_organisation_once():
    with pytest.raises(ValueError, match="once"):
        made(Form(EVERY_KIND, "Ash"), Form(EVERY_KIND, " ASH "))


def test_a_workbook_for_a_whole_cluster_can_be_read():
    """Twelve organisations with every instrument that is large."""
    forms = [Form(EVERY_KIND, f"Member {n}", FULL) for n in range(12)]
    reading = read(made(*forms))

    assert reading.faults == ()
    assert len(reading.forms) == 12
    assert all(isinstance(form.instrument, Instrument) for form in reading.forms)


def test_a_day_before_the_spreadsheets_leap_day_is_the_same_day():
    form = Form(EVERY_KIND, "Ash", {"began": "1901-02-28"})

    assert read(made(form)).forms[0].answers == {"began": "1901-02-28"}
    assert read_sheets(made(form), name="x").sheets[0].name == "Read me first"
