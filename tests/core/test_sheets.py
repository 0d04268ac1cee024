"""Workbooks that strangers made: read, or refused in a sentence."""

import io
import re
import struct
import subprocess
import sys
import zipfile
import zlib
from datetime import date, time

import openpyxl
import pytest
import xlsxwriter

from hedgerow.core import sheets
from hedgerow.core.sheets import Kind, NotASpreadsheet, read_sheets, scanned, zipped


def packed(book):
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def workbook(**cells):
    book = openpyxl.Workbook()
    book.active.title = "One"
    for place, value in cells.items():
        book.active[place] = value
    return book


def repacked(data, add=(), change=None, method=zipfile.ZIP_DEFLATED):
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", method) as new:
        for name in old.namelist():
            content = old.read(name)
            new.writestr(name, change(name, content) if change else content)
        for name, content in add:
            new.writestr(name, content)
    return out.getvalue()


def with_rows(xml):
    """A workbook whose only sheet holds these rows, as they stand."""

    def change(name, content):
        if not name.endswith("sheet1.xml"):
            return content
        rows = f"<sheetData>{xml}</sheetData>".encode()
        return re.sub(rb"<sheetData.*</sheetData>", lambda _: rows, content, flags=re.DOTALL)

    return repacked(packed(workbook(A1="x")), change=change)


def cells(data):
    (sheet,) = read_sheets(data, name="a.xlsx").sheets
    return {cell.place: (cell.kind, cell.value) for cell in sheet.cells}


def refused(data):
    with pytest.raises(NotASpreadsheet) as refusal:
        read_sheets(data, name="a.xlsx")
    sentence = str(refusal.value)
    assert sentence[0].isupper()
    assert sentence.endswith((".", "?"))
    return sentence


def test_cells_have_types_and_places():
    data = packed(
        workbook(A1="word", B2=3.0, C3=1.5, D4=True, E5=date(2026, 3, 17), F6=time(10, 30), AA7=7)
    )

    assert cells(data) == {
        "A1": (Kind.TEXT, "word"),
        "B2": (Kind.NUMBER, 3),
        "C3": (Kind.NUMBER, 1.5),
        "D4": (Kind.TRUTH, True),
        "E5": (Kind.DAY, date(2026, 3, 17)),
        "F6": (Kind.HOUR, "10:30:00"),
        "AA7": (Kind.NUMBER, 7),
    }
    assert type(cells(data)["B2"][1]) is int


def test_days_are_right_in_workbooks_that_count_from_1904():
    book = workbook()
    book.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
    book.active["A1"] = date(2026, 3, 17)

    assert cells(packed(book)) == {"A1": (Kind.DAY, date(2026, 3, 17))}


def test_sheets_come_in_order_and_say_if_they_are_hidden():
    book = workbook(A1=1)
    book.create_sheet("Two").sheet_state = "hidden"
    book.create_sheet("Three").sheet_state = "veryHidden"
    read = read_sheets(packed(book), name="a.xlsx").sheets

    assert [(it.name, it.is_hidden) for it in read] == [
        ("One", False),
        ("Two", True),
        ("Three", True),
    ]


def test_merged_cells_are_told():
    book = workbook(B2="x")
    book.active.merge_cells("B2:C4")
    (sheet,) = read_sheets(packed(book), name="a.xlsx").sheets

    assert sheet.merged_at((4, 3)) == (2, 2, 4, 3)
    assert sheet.merged_at((5, 3)) is None


def test_of_formulas_only_the_last_result_is_read():
    data = with_rows(
        '<row r="1"><c r="A1"><f>1+1</f><v>2</v></c><c r="B1"><f>1+1</f><v/></c>'
        '<c r="C1" t="str"><f>""</f><v></v></c><c r="D1" t="e"><f>1/0</f><v>#DIV/0!</v></c></row>'
    )
    (sheet,) = read_sheets(data, name="a.xlsx").sheets

    assert [(it.place, it.kind, it.value, it.is_formula) for it in sheet.cells] == [
        ("A1", Kind.NUMBER, 2, True),
        ("B1", Kind.UNSOLVED, "", True),
        ("D1", Kind.ERROR, "#DIV/0!", True),
    ]


def test_what_is_no_number_is_an_error():
    data = with_rows('<row r="1"><c r="A1"><v>NaN</v></c><c r="B1"><v>-inf</v></c></row>')

    assert {kind for kind, _ in cells(data).values()} == {Kind.ERROR}


def test_a_chart_holds_no_cells():
    book = workbook(A1="x")
    book.create_chartsheet("Chart")

    assert [len(it.cells) for it in read_sheets(packed(book), name="a").sheets] == [1, 0]


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "empty"),
        (b"name,answer\nAsh,3\n", "Excel workbook"),
        (b"\x00\xff\x13 garbage" * 40, "not an Excel workbook"),
        (b"%PDF-1.7 ...", "PDF"),
        (b"{\\rtf1 hello}", "letter"),
        (OLE, "old spreadsheet"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "password"),
        (b"PK\x03\x04 and no more", "broken or was cut off"),
        (b"PK\x05\x06" + b"\0" * 18, "not a workbook"),
    ],
)
def test_what_is_no_workbook_is_refused_by_name(data, says):
    assert says in refused(data)


@pytest.mark.parametrize(
    ("part", "says"),
    [
        ("content.xml", ".ods"),
        ("word/document.xml", "Word"),
        ("xl/workbook.bin", ".xlsb"),
        ("Index/Document.iwa", "Numbers"),
        ("xl/vbaProject.bin", "macros"),
        ("xl/macrosheets/sheet1.xml", "macros"),
        ("xl/externalLinks/externalLink1.xml", "other files"),
        ("xl/connections.xml", "elsewhere"),
        ("xl/embeddings/oleObject1.bin", "Another file"),
        ("xl/activeX/activeX1.xml", "run programs"),
        ("XL/Worksheets/Sheet1.XML", "broken"),  # there already, in small letters
    ],
)
def test_what_a_workbook_cannot_carry_is_refused(part, says):
    assert says in refused(repacked(packed(workbook(A1="x")), [(part, b"<x/>")]))


def test_a_type_that_allows_macros_is_refused():
    def change(name, content):
        return content.replace(b"spreadsheetml.sheet.main", b"sheet.macroEnabled.main")

    assert "macros" in refused(repacked(packed(workbook(A1="x")), change=change))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_declarations_are_refused_in_any_letters(encoding):
    bomb = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa">]><x>&a;</x>'

    def change(name, content):
        return bomb.encode(encoding) if name.endswith("sheet1.xml") else content

    assert "declares" in refused(repacked(packed(workbook(A1="x")), change=change))


def test_a_workbook_in_a_zip_file_is_told_from_a_workbook():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as new:
        new.writestr("inside.xlsx", packed(workbook(A1="x")))

    assert "take it out" in refused(out.getvalue())


def test_a_bomb_is_refused_by_its_directory():
    bomb = repacked(packed(workbook(A1="x")), [("xl/media/a.bin", b"\0" * (70 * 1024 * 1024))])

    assert len(bomb) < 100_000
    with pytest.raises(NotASpreadsheet, match="Unpacked"):
        zipped.directory_of(bomb)


def test_what_swells_too_far_is_refused_though_it_is_small():
    bomb = repacked(packed(workbook(A1="x")), [("xl/media/a.bin", b"\0" * (2 * 1024 * 1024))])

    assert "hundred times" in refused(bomb)


def directory_entry(data, name):
    """Where the directory speaks of a part."""
    at = data.index(b"PK\x01\x02")
    while data[at + 46 : at + 46 + len(name)] != name.encode():
        at = data.index(b"PK\x01\x02", at + 1)
    return at


def test_a_part_that_is_larger_than_its_directory_says_is_refused():
    data = bytearray(repacked(packed(workbook(A1="x")), [("xl/a.xml", b"<a>" + b"b" * 5000)]))
    struct.pack_into("<I", data, directory_entry(data, "xl/a.xml") + 24, 40)

    assert "broken" in refused(bytes(data))


def test_a_bomb_that_lies_about_its_size_is_never_inflated_whole():
    packed_twice = zlib.compress(b"\0" * (70 * 1024 * 1024), 9)[2:-4]
    member = zipfile.ZipInfo("a")
    member.compress_type, member.header_offset = zipfile.ZIP_DEFLATED, 0
    member.compress_size, member.file_size = len(packed_twice), 100
    local = b"PK\x03\x04" + b"\0" * 22 + struct.pack("<HH", 0, 0)

    with pytest.raises(NotASpreadsheet, match="Unpacked"):
        list(zipped.inflated(local + packed_twice, (member,)))


def test_parts_that_lie_over_each_other_are_refused():
    data = bytearray(repacked(packed(workbook(A1="x")), [("xl/a.xml", b"<a/>")]))
    entry = directory_entry(data, "xl/a.xml")
    other = directory_entry(data, "xl/workbook.xml")
    data[entry + 42 : entry + 46] = data[other + 42 : other + 46]

    with pytest.raises(NotASpreadsheet, match="broken"):
        zipped.directory_of(bytes(data))


def test_a_part_that_is_not_what_its_sum_says_is_refused():
    data = bytearray(packed(workbook(A1="x")))
    entry = directory_entry(data, "xl/workbook.xml")
    data[entry + 16] ^= 0xFF

    assert "broken" in refused(bytes(data))


def test_a_file_that_was_cut_off_is_refused_wherever_it_was():
    whole = packed(workbook(A1="x"))

    for length in range(4, len(whole), len(whole) // 12):
        assert refused(whole[:length])


def test_parts_of_a_locked_zip_file_are_refused():
    data = bytearray(packed(workbook(A1="x")))
    data[directory_entry(data, "xl/workbook.xml") + 8] |= 1

    with pytest.raises(NotASpreadsheet, match="password"):
        zipped.directory_of(bytes(data))


def test_a_thousand_parts_are_refused():
    many = [(f"xl/media/{n}.png", b"") for n in range(1001)]

    assert "1,000 parts" in refused(repacked(packed(workbook(A1="x")), many))


def test_a_file_that_is_too_large_is_refused():
    assert "20 MB" in refused(b"PK" + b"\0" * sheets.Limits().bytes)


@pytest.mark.parametrize(
    ("place", "says"),
    [("XFD1048576", "XFD1048576"), ("A5001", "A5001"), ("GS1", "GS1")],
)
def test_a_lone_cell_far_away_is_refused_before_room_is_made_for_it(place, says):
    row = re.sub(r"\D", "", place)
    sentence = refused(with_rows(f'<row r="{row}"><c r="{place}"><v>1</v></c></row>'))

    assert says in sentence
    assert "“One”" in sentence


def test_an_empty_cell_far_away_is_nothing():
    far = '<row r="1048576"><c r="XFD1048576" s="0"/></row>'

    assert cells(with_rows(f'<row r="1"><c r="A1"><v>1</v></c></row>{far}')) == {
        "A1": (Kind.NUMBER, 1)
    }


@pytest.mark.parametrize(
    "rows",
    [
        '<row r="1"><c r="A0"><v>1</v></c></row>',
        '<row r="1"><c r="ABCD1"><v>1</v></c></row>',
        '<row r="-1"><c><v>1</v></c></row>',
        '<row r="1"><c r="A1"><v>1</v></c><c r="A1"><v>2</v></c></row>',
        '<row r="1"><c r="A1"><v>1</v></row>',
        '<row r="1"><c r="A1">&nothing;</c></row>',
        '<row r="1"><c r="A1" t="s"><v>99</v></c></row>',
    ],
)
def test_broken_parts_are_refused(rows):
    assert "fresh" in refused(with_rows(rows))


def test_cells_without_places_stand_one_after_another():
    data = with_rows("<row><c><v>1</v></c><c><v>2</v></c></row><row><c><v>3</v></c></row>")

    assert {place: value for place, (_, value) in cells(data).items()} == {
        "A1": 1,
        "B1": 2,
        "A2": 3,
    }


def test_a_cell_longer_than_any_spreadsheet_holds_is_refused():
    text = f'<row r="1"><c r="B1" t="inlineStr"><is><t>{"a" * 32_768}</t></is></c></row>'
    sentence = refused(with_rows(text))

    assert "B1" in sentence
    assert "32,767" in sentence


def test_more_cells_than_any_form_asks_for_are_refused():
    rows = '<row r="1"><c r="A1"><v>1</v></c><c r="B1"><v>1</v></c></row>'
    read = dict(zipped.inflated(data := with_rows(rows), zipped.directory_of(data)))

    with pytest.raises(NotASpreadsheet, match="Send it in parts"):
        scanned.scanned(read, sheets.Limits(cells=1))


def test_who_asks_for_more_than_a_form_can_have_it():
    data = with_rows('<row r="5001"><c r="A5001"><v>7</v></c></row>')

    assert "5,000 rows" in refused(data)
    found = sheets.read_sheets(data, name="list.xlsx", limits=sheets.Limits(rows=5001))
    assert [cell.value for cell in found.sheets[0].cells] == [7]
    for less in ({"bytes": 9}, {"inflated": 9}, {"columns": 0}, {"rows": 9}, {"memory": 9}):
        with pytest.raises(NotASpreadsheet):
            sheets.read_sheets(
                data, name="list.xlsx", limits=sheets.Limits(**{"rows": 5001, **less})
            )


def test_words_that_are_pointed_at_again_and_again_are_refused():
    """One long word, and 150,000 cells that hold it: 3 MB in the file, 5 GB in cells."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        book.add_worksheet("One").write_string(0, 0, "a" * 32_000)
    cell = '<c t="s"><v>0</v></c>'
    rows = f"<row>{cell * 100}</row>" * 1500

    def change(name, content):
        if not name.endswith("sheet1.xml"):
            return content
        return re.sub(rb"<row.*</row>", lambda _: rows.encode(), content)

    data = repacked(out.getvalue(), change=change, method=zipfile.ZIP_STORED)

    assert "more than a workbook should" in refused(data)


@pytest.mark.parametrize(
    "answers",
    [
        "import os; os.abort()",
        "raise MemoryError",
        "import time; time.sleep(60)",
    ],
)
def test_a_reader_that_dies_or_never_ends_is_a_sentence(answers, monkeypatch):
    real = subprocess.run

    def run(command, *, timeout, **more):
        return real([sys.executable, "-c", answers], timeout=0.3, **more)

    monkeypatch.setattr(sheets.subprocess, "run", run)

    assert "fresh" in refused(packed(workbook(A1="x")))


def test_the_process_apart_is_told_no_secrets(monkeypatch):
    told, real = [], subprocess.run

    def run(*asked, env, **more):
        told.append(env)
        return real(*asked, env=env, **more)

    monkeypatch.setenv("HEDGEROW_SECRET_KEY", "a secret")
    monkeypatch.setattr(sheets.subprocess, "run", run)
    cells(packed(workbook(A1="x")))

    assert "HEDGEROW_SECRET_KEY" not in told[0]


def test_nobody_needs_django_to_read_a_workbook():
    asked = "import sys, hedgerow.core.sheets; sys.exit('django' in sys.modules)"

    assert subprocess.run([sys.executable, "-c", asked], check=False).returncode == 0
