"""Answers as people type them into a workbook: read as they are meant, or a fault with its place."""

import re
from datetime import date, datetime, time

import openpyxl
import pytest

from tests.diagnostics.spoiling import (
    NAME,
    SINGLES,
    answered,
    answers,
    changed,
    fresh,
    read,
    repacked,
    row_of,
    the_fault,
)

pytestmark = pytest.mark.usefixtures("workbooks_in_this_process")


# What people type is read as they mean it, or not at all.


@pytest.mark.parametrize(
    ("ref", "typed", "means"),
    [
        ("income", "£1,200.50", 120_050),
        ("income", " 1 200.5 ", 120_050),
        ("income", 1200.5, 120_050),
        ("income", 0.1 + 0.2, 30),
        ("income", 1200, 120_000),
        ("began", "17/3/2026", "2026-03-17"),
        ("began", "17th March 2026", "2026-03-17"),
        ("began", "Tuesday 17 Mar 2026", "2026-03-17"),
        ("began", "2026-03-17", "2026-03-17"),
        ("began", date(2026, 3, 17), "2026-03-17"),
        ("began", datetime.fromisoformat("2026-03-17T14:30"), "2026-03-17"),
        ("people", 3.0, 3),
        ("people", "1,200", 1200),
        ("people", 0, 0),
        ("plain", " don’t  KNOW", {"say": "unknown"}),
        ("much", 2, 2),
        ("much", "some, not much", 2),
        ("form", "'=Other", "other"),
        ("words", "'=1+1", "=1+1"),
        ("words", 1200, "1200"),
        ("words", 0.5, "0.5"),
        ("words", True, "TRUE"),
        ("words", "  spaced  ", "spaced"),
    ],
)
def test_an_answer_is_read_as_it_is_meant(ref, typed, means):
    assert answers(answered(ref, typed)) == {ref: means}


@pytest.mark.parametrize("typed", [None, "", "   ", "\u200b", "\u00a0"])
def test_an_empty_cell_is_no_answer(typed):
    assert answers(answered("words", typed)) == {}


@pytest.mark.parametrize(
    ("ref", "typed", "says"),
    [
        ("income", "1200,50", "not an amount"),
        ("income", "about 20", "not an amount"),
        ("income", "€12", "not an amount"),
        ("income", "(12.00)", "not an amount"),
        ("income", "1e3", "not an amount"),
        ("income", 1200.505, "not an amount"),
        ("income", -5, "less than nothing"),
        ("income", 20_000_000, "more than £1,000,000"),
        ("income", 1e18, "15 digits"),
        ("income", date(2026, 3, 17), "a day here, 17 March 2026"),
        ("income", True, "not an amount"),
        ("began", "03/17/2026", "no such day"),
        ("began", "31/2/2026", "no such day"),
        ("began", "17/3/26", "not a day"),
        ("began", "46098", "not a day"),
        ("began", "Monday 17 March 2026", "falls on a Tuesday"),
        ("began", time(10, 30), "a time here"),
        ("people", "about 20", "not a whole number"),
        ("people", 2.5, "not a whole number"),
        ("people", "twenty", "not a whole number"),
        ("people", 5001, "more than 5,000"),
        ("people", "=1+1", "does not hold its result"),
        ("plain", "maybe", "not one of the answers"),
        ("plain", True, "not one of the answers"),
        ("plain", "Yes; No", "not one of the answers"),
        ("much", 4, "not a step"),
        ("much", 1.5, "not a step"),
        ("form", "CIO ltd", "not one of the answers"),
        ("words", "a" * 301, "301 characters"),
        ("words", "lost \ufffd", "U+FFFD"),
        ("do", "Food", "rows below"),
        ("do/food", "perhaps", "not a mark"),
        ("first/food", "first", "whole number"),
        ("first/food", 2, "run from 1 to 1"),
        ("accounts", "accounts.pdf", "on the page"),
        ("places", "the hall", "sheet of its own"),
    ],
)
def test_what_cannot_be_read_is_told_with_its_place(ref, typed, says):
    sheet, row, column, sentence = the_fault(answered(ref, typed))

    assert (sheet, column) == (NAME, "Your answer")
    assert row == row_of(openpyxl_sheet(), ref)
    assert says in sentence


def openpyxl_sheet():
    found = []
    changed(lambda book: found.append(book.worksheets[SINGLES]))
    return found[0]


def test_a_day_where_words_are_asked_for_is_noted():
    reading = read(answered("words", date(2026, 3, 1)))

    assert reading.forms[0].answers == {"words": "1 March 2026"}
    assert "holds a day" in reading.notes[0]


@pytest.mark.parametrize("mark", ["x", "X", " ✓ ", "yes", True, 1])
def test_a_mark_is_a_mark_however_it_is_made(mark):
    assert answers(answered("do/food", mark)) == {"do": ["food"]}


@pytest.mark.parametrize("mark", ["no", False, 0, "-", " "])
def test_what_says_no_is_no_mark(mark):
    assert answers(answered("do/food", mark)) == {}


def test_days_count_from_1904_in_some_workbooks():
    def change(book):
        book.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
        sheet = book.worksheets[SINGLES]
        sheet.cell(row_of(sheet, "began"), 3).value = date(2026, 3, 17)

    assert answers(changed(change)) == {"began": "2026-03-17"}


def formula(result):
    """The number of people is a formula, with what it came to as it stands in the file."""

    def change(content):
        cell = rb'<c r="C7"( s="\d+")[^>]*?(?:/>|>.*?</c>)'
        return re.sub(cell, rb'<c r="C7"\1' + result + b"</c>", content, flags=re.DOTALL)

    return repacked(fresh(), {}, {"sheet2.xml": change})


def test_of_a_formula_the_last_result_is_read_and_noted():
    reading = read(formula(b"><f>6*7</f><v>42</v>"))

    assert (reading.faults, reading.forms[0].answers) == ((), {"people": 42})
    assert reading.notes == (f"“{NAME}”: what the formulas in C7 last came to was read.",)


@pytest.mark.parametrize(
    ("result", "says"),
    [
        (b"><f>6*7</f>", "does not hold its result"),
        (b' t="e"><f>1/0</f><v>#REF!</v>', "shows #REF!"),
        (b"><v>NaN</v>", "shows nan"),
        (b"><v>inf</v>", "shows inf"),
    ],
)
def test_a_result_that_is_none_is_a_fault(result, says):
    sheet, row, column, sentence = the_fault(formula(result))

    assert (sheet, row, column) == (NAME, 7, "Your answer")
    assert says in sentence
