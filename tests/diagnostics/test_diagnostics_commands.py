"""Workbooks on the command line, without a database."""

import json
import subprocess
import sys
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner

from hedgerow.cli import cli
from hedgerow.diagnostics.questions.packs import shipped
from hedgerow.diagnostics.workbooks import Form
from tests.diagnostics.spoiling import many

CAPACITY = shipped()["capacity"]


pytestmark = pytest.mark.usefixtures("workbooks_in_this_process")


@pytest.fixture
def run(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    def call(*words):
        return CliRunner().invoke(cli, ["diagnostics", *words])

    return call


def scored(strength, priority):
    row = CAPACITY.needs_table.rows[0].slug
    cells = {"strength": strength, "priority": priority}
    return {CAPACITY.needs_table.slug: [{"row": row, "cells": cells}]}


def kept(name, organisation, answers):
    Path(name).write_bytes(many(Form(CAPACITY, organisation, answers)))


def test_a_workbook_is_made_for_several_and_read_back(run):
    made = run("workbook", "capacity", "--organisation", "Ash", "--organisation", "Elm", "a.xlsx")
    read = run("read", "a.xlsx", "--json")

    assert (made.exit_code, made.stdout) == (0, "")
    assert "of Ash, Elm" in made.stderr
    assert read.exit_code == 0
    assert json.loads(read.stdout) == {
        "files": ["a.xlsx"],
        "answers": [
            {
                "file": "a.xlsx",
                "organisation": name,
                "instrument": "capacity",
                "version": CAPACITY.version,
                "answers": {},
            }
            for name in ("Ash", "Elm")
        ],
        "faults": [],
        "notes": [],
    }


def test_an_instrument_of_ones_own_is_a_file(run):
    own = CAPACITY.text.replace("slug: capacity", "slug: our-own", 1)
    Path("own.yaml").write_text(own, encoding="utf-8")

    assert run("workbook", "own.yaml", "--organisation", "Ash", "a.xlsx").exit_code == 0
    assert "Nothing called “our-own”" in run("read", "a.xlsx").stderr
    read = run("read", "a.xlsx", "--instrument", "own.yaml", "--json")
    assert json.loads(read.stdout)["answers"][0]["instrument"] == "our-own"


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["nothing-like-it", "a.xlsx"], "neither a file nor one of these: capacity"),
        (["broken.yaml", "a.xlsx"], "diagnostics check"),
        (["capacity", "there/is/no/folder.xlsx"], "could not be written"),
        (["capacity", "--organisation", "A", "--organisation", "a", "a.xlsx"], "once"),
    ],
)
def test_a_workbook_that_cannot_be_made_is_refused_in_words(run, words, says):
    Path("broken.yaml").write_text("slug: [", encoding="utf-8")
    told = run("workbook", *words)

    assert (told.exit_code, told.stdout) == (1, "")
    assert says in told.stderr


def test_faults_have_a_file_a_sheet_a_row_and_a_column(run):
    kept("a.xlsx", "Ash", scored(2, 5))
    book = openpyxl.load_workbook("a.xlsx")
    book.worksheets[1]["C5"] = "very"
    book.save("a.xlsx")

    read = run("read", "a.xlsx", "--json")
    (fault,) = json.loads(read.stdout)["faults"]

    assert read.exit_code == 1
    assert fault == {
        "file": "a.xlsx",
        "sheet": book.sheetnames[1],
        "row": 5,
        "column": "Strength",
        "sentence": "“very” is not a step of this scale. Write a number from 1 to 5.",
    }
    plain = run("read", "a.xlsx")
    assert f"a.xlsx, {book.sheetnames[1]}, row 5, Strength: “very” is not a step" in plain.stderr


def test_a_person_reads_lines(run):
    kept("a.xlsx", "Ash", scored(2, 5))
    told = run("read", "a.xlsx")

    assert told.exit_code == 0
    assert told.stdout.startswith(f"a.xlsx: Ash, {CAPACITY.title}\n")
    assert "Strength 2 – Not quite enough" in told.stdout


def test_the_picture_is_drawn_straight_from_workbooks(run):
    kept("a.xlsx", "Ash", scored(1, 5))
    kept("b.xlsx", "Elm", scored(5, 4))
    told = run("picture", "a.xlsx", "b.xlsx", "--json")
    found = json.loads(told.stdout)
    (drawn,) = found["pictures"]

    assert (told.exit_code, found["faults"]) == (0, [])
    assert (drawn["instrument"], drawn["scored"]) == ("capacity", "needs")
    assert [member["name"] for member in drawn["members"]] == ["Ash", "Elm"]
    assert "capacity, version 1: Ash, Elm" in run("picture", "a.xlsx", "b.xlsx").stdout


@pytest.mark.parametrize(
    ("second", "says"),
    [
        ("ASH ", "answers Strengths and priorities in a.xlsx already"),
        ("", "no organisation’s name"),
    ],
)
def test_nothing_is_drawn_where_it_is_not_clear_who_answered(run, second, says):
    kept("a.xlsx", "Ash", scored(1, 5))
    kept("b.xlsx", second, scored(5, 4))
    told = run("picture", "a.xlsx", "b.xlsx", "--json")
    found = json.loads(told.stdout)

    assert (told.exit_code, found["pictures"]) == (1, [])
    assert says in found["faults"][0]["sentence"]
    assert "Nothing is drawn" in told.stderr


def test_what_is_no_workbook_is_a_fault_and_not_a_crash(run):
    Path("a.xlsx").write_bytes(b"name,answer\n")
    told = run("read", "a.xlsx", "--json")

    assert told.exit_code == 1
    assert json.loads(told.stdout)["faults"][0]["row"] == 0


def test_no_database_and_no_django_is_needed(tmp_path):
    asked = """
import sys
from hedgerow.cli import cli

made = ["workbook", "capacity", "--organisation", "Ash", "a.xlsx"]
for words in (made, ["picture", "a.xlsx", "--json"]):
    cli(["diagnostics", *words], standalone_mode=False)
assert "django" not in sys.modules
"""
    told = subprocess.run(
        [sys.executable, "-P", "-c", asked],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )

    assert told.returncode == 0, told.stderr
    assert json.loads(told.stdout)["pictures"][0]["instrument"] == "capacity"
