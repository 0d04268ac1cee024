"""Reading tables that somebody else made."""

import csv
import io
import unicodedata
from dataclasses import dataclass
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hedgerow.core.imports import MOST_FAULTS, Limits, read_csv

FORMS = {"Charity": "charity", "Community group": "group"}


@dataclass(frozen=True)
class Row:
    name: str
    asked: int
    form: str
    on: date


def parse(line):
    return Row(
        name=line.text("name", most=40),
        asked=line.pounds("asked", otherwise=0),
        form=line.choice("legal form", FORMS, otherwise=""),
        on=line.day("on", otherwise=date(2000, 1, 1)),
    )


def read(file, **more):
    stream = io.BytesIO(file) if isinstance(file, bytes) else io.StringIO(file)
    return read_csv(
        stream,
        name="list.csv",
        columns=("name",),
        optional=("asked", "legal form", "on"),
        parse=parse,
        **more,
    )


def told(reading):
    return [(fault.row, fault.column, fault.sentence) for fault in reading.faults]


def names(reading):
    return [(number, row.name) for number, row in reading.rows]


def test_rows_become_values():
    reading = read("name,asked,legal form,on\nAsh,£1\u00a0200.50,charity,17/3/2026\n")

    assert reading.rows == ((2, Row("Ash", 120_050, "charity", date(2026, 3, 17))),)
    assert (reading.faults, reading.n_rows) == ((), 1)


def test_every_fault_of_every_row_is_told_with_its_column():
    reading = read('name,asked,legal form,on\n,"1200,50",charty,3/17/2026\nOak,5,,\nElm,lots,,\n')

    assert [(row, column) for row, column, _ in told(reading)] == [
        (2, "name"),
        (2, "asked"),
        (2, "legal form"),
        (2, "on"),
        (4, "asked"),
    ]
    assert names(reading) == [(3, "Oak")]
    assert all(sentence.endswith((".", "?")) for _, _, sentence in told(reading))
    assert "Did you mean “Charity”?" in told(reading)[2][2]


def test_rows_are_numbered_as_a_spreadsheet_does():
    reading = read('name,asked\n\n"Ash\r\nand\rElm",5\r\n,,\nOak,x\n')

    assert [fault.row for fault in reading.faults] == [5]
    assert names(reading) == [(3, "Ash\r\nand\rElm")]
    assert (reading.n_rows, reading.n_faulty, reading.n_blank) == (4, 1, 2)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_may_end_as_any_machine_ends_them(end):
    assert names(read(f"name{end}Ash{end}Oak{end}")) == [(2, "Ash"), (3, "Oak")]
    assert names(read(f"name{end}Ash{end}Oak".encode())) == [(2, "Ash"), (3, "Oak")]


cells = st.text(st.sampled_from(",;\t\"'\r\n£é=- 1a0\0\u200b\ufeff") | st.characters(), max_size=6)


@given(st.lists(st.lists(cells, max_size=6), max_size=8))
def test_every_row_is_accounted_for(table):
    file = io.StringIO(newline="")
    csv.writer(file).writerows([["name", "asked", "on"], *table])

    reading = read(file.getvalue())

    assert len(reading.rows) + reading.n_faulty + reading.n_blank == reading.n_rows
    assert reading.n_rows == len(table)
    assert len({fault.row for fault in reading.faults}) == reading.n_faulty


@given(st.lists(st.text(st.characters(exclude_categories=("C", "Z")), min_size=1, max_size=8)))
def test_what_a_spreadsheet_wrote_is_what_is_read(words):
    file = io.StringIO(newline="")
    csv.writer(file).writerows([["name"], *([f"x{word}x"] for word in words)])

    for made in (file.getvalue().encode("utf-8-sig"), file.getvalue().encode("utf-16")):
        reading = read(made)
        assert [row.name for _, row in reading.rows] == [
            unicodedata.normalize("NFC", f"x{word}x") for word in words
        ]


@given(st.binary(max_size=200) | st.binary(max_size=60).map(lambda tail: b"name,asked\n" + tail))
def test_no_file_whatever_raises(file):
    reading = read(file)

    assert len(reading.rows) + reading.n_faulty + reading.n_blank == reading.n_rows
    assert all(fault.sentence.endswith((".", "?")) for fault in reading.faults)


@pytest.mark.parametrize(
    "heading",
    ["Name,ASKED", "name , asked", "\u200bname,as\u200bked", "NAME,as_ked", "\ufeffname,asked"],
)
def test_headings_are_found_however_they_are_written(heading):
    assert read(f"{heading}\nAsh,5").rows == ((2, Row("Ash", 500, "", date(2000, 1, 1))),)


@pytest.mark.parametrize("heading", ["name,asked,Name", "name,asked,as\u200bked", "name,x,X "])
def test_a_double_heading_is_a_fault_and_nothing_is_read(heading):
    reading = read(f"{heading}\nAsh,5,Oak\n")

    assert reading.rows == ()
    assert "Two columns are headed" in told(reading)[0][2]


def test_a_missing_column_is_a_fault():
    assert told(read("nmae,asked\nAsh,5\n")) == [
        (1, "name", "This column is missing. Is it the one headed “nmae”?")
    ]
    assert told(read(""))[0][1] == "name"
    assert told(read("\n\n"))[0][1] == "name"


def test_columns_nobody_asked_for_are_listed():
    reading = read("name,colour,asked,\nAsh,green,5,\n")

    assert reading.extra == ("colour",)
    assert reading.faults == ()


def test_what_stands_under_no_heading_is_a_fault():
    assert told(read("name,,asked\nAsh,green,5\n"))[0][:2] == (2, "column B")
    assert told(read("name,asked\nSmith, Jones and Co,5\n"))[0][:2] == (2, "column C")


@pytest.mark.parametrize(("sign", "word"), [(";", "semicolons"), ("\t", "tabs")])
def test_the_sign_between_columns_is_taken_from_the_heading_and_said(sign, word):
    reading = read(f"name{sign}asked\nSmith, Jones{sign}5\n")

    assert names(reading) == [(2, "Smith, Jones")]
    assert reading.notes == (f"The columns are taken to be set apart by {word}.",)


def test_a_heading_that_can_be_cut_in_two_ways_is_asked_about():
    assert "by commas or by semicolons?" in told(read("name;a,name\nAsh;5,x\n"))[0][2]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_letters_are_read_as_they_were_written(encoding):
    reading = read("name\nŴyn’s Café £5\n".encode(encoding))

    assert names(reading) == [(2, "Ŵyn’s Café £5")]
    assert reading.notes == ()


def test_an_older_windows_file_is_read_and_that_is_said():
    reading = read("name\nWyn’s Café – £5\n".encode("cp1252"))

    assert names(reading) == [(2, "Wyn’s Café – £5")]
    assert "older Windows file" in reading.notes[0]


@pytest.mark.parametrize(
    "file",
    [
        pytest.param("name\nCafé\n".encode("mac_roman"), id="Macintosh"),
        pytest.param("name\nWyn’s\n".encode("mac_roman"), id="Macintosh quotes"),
        pytest.param("name\n£5\n".encode("cp850"), id="DOS"),
        pytest.param("name\nCafé\n".encode() + "Zoë\n".encode("cp1252"), id="two in one"),
        pytest.param("name\nWyn’s\n".encode() + "£5\n".encode("cp1252"), id="two in one, alike"),
        pytest.param("name\nŁódź\n".encode("cp1250"), id="Central European"),
        pytest.param("name\nAsh\n".encode("utf-16") + b"\0", id="UTF-16 cut short"),
        pytest.param("name\nAsh\n".encode("utf-16-le"), id="UTF-16 without its mark"),
        pytest.param("name\nAsh\n".encode("utf-32"), id="UTF-32"),
        pytest.param(b"PK\x03\x04name\nAsh\n", id="XLSX"),
        pytest.param(b"\xd0\xcf\x11\xe0name\nAsh\n", id="XLS"),
        pytest.param(b"%PDF-1.7\nname\nAsh\n", id="PDF"),
    ],
)
def test_letters_that_would_have_to_be_guessed_are_refused_with_what_to_do(file):
    reading = read(file)

    assert reading.rows == ()
    assert [fault.row for fault in reading.faults] == [0]
    assert "CSV UTF-8" in reading.faults[0].sentence


def test_the_line_that_cannot_be_read_is_named():
    file = "name\nAsh\nCafé\n".encode("mac_roman")
    assert "On line 3 are letters" in read(file).faults[0].sentence
    long = b"name\n" + b"Ash and Oak\n" * 60_000 + file
    assert "On line 60,004 are letters" in read(long).faults[0].sentence


@pytest.mark.parametrize("sign", ["\0", "\x07", "\x1b", "\ufffd", chr(0xD800)])
def test_a_sign_that_cannot_be_seen_is_a_fault_in_its_cell(sign):
    assert told(read(f"name,asked\nA{sign}sh,5\n"))[0][:2] == (2, "name")


def test_what_looks_like_a_formula_is_words():
    reading = read("name\n=HYPERLINK(1)\n+44 20\n@home\n'=1+1\n'Twas\n007\n1.23E+15\n")

    assert [row.name for _, row in reading.rows] == [
        "=HYPERLINK(1)", "+44 20", "@home", "=1+1", "'Twas", "007", "1.23E+15",
    ]  # fmt: skip


def test_a_quotation_mark_that_is_never_closed_is_told_where_it_opens():
    reading = read('name,asked\nAsh,5\n"Oak,5\nElm,5\n')

    assert told(reading)[0][0] == 3
    assert "never closed" in told(reading)[0][2]
    assert (len(reading.rows), reading.n_faulty, reading.n_rows) == (1, 1, 2)


def test_a_cell_that_never_ends_is_told_by_its_row():
    reading = read(f"name,asked\nAsh,5\n{'x' * 200_000},5\nElm,5\n")

    assert told(reading)[0][0] == 3
    assert "longer than any spreadsheet holds" in told(reading)[0][2]
    assert (len(reading.rows), reading.n_faulty, reading.n_rows) == (1, 1, 2)


def test_words_that_are_too_many_are_a_fault():
    assert told(read(f"name\n{'x' * 41}\n")) == [
        (2, "name", "This has 41 characters; 40 is the most.")
    ]


def test_a_quotation_mark_in_the_wrong_place_costs_its_own_row_only():
    reading = read('name,asked\n"Ash"x,5\nOak,5\n')

    assert told(reading)[0][0] == 2
    assert names(reading) == [(3, "Oak")]


def test_a_heading_that_cannot_be_read_says_so():
    assert "never closed" in told(read('"name,asked\nAsh,5\n'))[0][2]


@pytest.mark.parametrize(
    ("limits", "row", "said"),
    [
        (Limits(bytes=10), 0, "larger than"),
        (Limits(rows=2), 0, "more than 2 rows"),
        (Limits(columns=1), 1, "more than 1 columns"),
        (Limits(characters=3), 3, "more than 3 characters"),
    ],
)
def test_what_is_too_much_is_refused(limits, row, said):
    reading = read("name,asked\nAsh,1\nMaple,2\nOak,3\n", limits=limits)

    assert said in next(sentence for at, _, sentence in told(reading) if at == row)


def test_what_is_just_within_the_limits_is_read():
    file = "name,asked\nAsh,1\nElm,2\n"
    limits = Limits(bytes=len(file), rows=2, columns=2, characters=3)

    assert read(file.encode(), limits=limits).faults == ()


def test_a_list_of_faults_has_an_end():
    reading = read("name,asked\n" + ",x\n" * MOST_FAULTS)

    assert len(reading.faults) == MOST_FAULTS + 1
    assert "there may be more" in reading.faults[-1].sentence
    assert reading.n_faulty == reading.n_rows == MOST_FAULTS


def test_the_file_stays_open():
    stream = io.BytesIO(b"name\nAsh\n")
    read_csv(stream, name="x", columns=("name",), parse=lambda line: line.text("name"))
    assert not stream.closed


def test_a_column_that_may_be_left_out_is_empty():
    assert read("name\nAsh\n").rows == ((2, Row("Ash", 0, "", date(2000, 1, 1))),)
