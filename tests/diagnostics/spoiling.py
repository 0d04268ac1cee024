"""Workbooks as they come back: filled in, changed, spoiled."""

import io
import zipfile
from datetime import date

import openpyxl

from hedgerow.diagnostics.workbooks import Form, build, read_workbook
from tests.diagnostics.kinds import EVERY_KIND, FULL

KNOWN = {(EVERY_KIND.slug, EVERY_KIND.version): EVERY_KIND}
NAME = "Every kind of question asked h"  # of the sheet with the single questions
SINGLES, PLACES, SUPPLIERS = 1, 2, 3  # which sheet


def fresh(organisation="Ash", answers=None, reference="AE-7"):
    return many(Form(EVERY_KIND, organisation, answers or {}, reference))


def many(*forms):
    out = io.BytesIO()
    build(out, forms, made_on=date(2026, 3, 17))
    return out.getvalue()


def read(data):
    return read_workbook(data, name="back.xlsx", instruments=KNOWN)


def changed(change, data=None):
    """A workbook after `change` was done to it by other hands than ours."""
    book = openpyxl.load_workbook(io.BytesIO(data or fresh()))
    change(book)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def row_of(sheet, ref):
    """The number of the row with this Ref, or with this in its first column."""
    return next(row[0].row for row in sheet.iter_rows() if row[0].value == ref)


def answered(ref, value, column=3):
    """A workbook in which one single question is answered so."""

    def change(book):
        sheet = book.worksheets[SINGLES]
        sheet.cell(row_of(sheet, ref), column).value = value

    return changed(change)


def repacked(data, add, change=None):
    """With parts added by name, and those whose name ends so changed."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", 8) as new:
        for name in old.namelist():
            content = old.read(name)
            for ending, function in (change or {}).items():
                content = function(content) if name.endswith(ending) else content
            new.writestr(name, content)
        for name, content in add.items():
            new.writestr(name, content)
    return out.getvalue()


def told(reading):
    return [(it.sheet, it.row, it.column, it.sentence) for it in reading.faults]


def answers(data):
    reading = read(data)
    assert told(reading) == []
    (form,) = reading.forms
    return form.answers


def the_fault(data):
    """The only one there is: where it is, and what it says."""
    reading = read(data)
    (fault,) = reading.faults
    assert fault.sentence[-1] in ".?"
    return fault.sheet, fault.row, fault.column, fault.sentence


def full(change):
    return changed(change, fresh(answers=FULL))
