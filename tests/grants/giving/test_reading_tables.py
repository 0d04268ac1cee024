"""Grants in CSV and XLSX: titles, cells, other sheets, and what is refused and where."""

import io
import zipfile
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from hedgerow.grants.giving.reading import reading_of
from hedgerow.grants.giving.shapes import Organisation, Person
from hedgerow.grants.giving.tables import Table

from .files import (
    ROW,
    accounts,
    as_csv,
    as_xlsx,
    grant,
    places,
    read,
    read_rows,
    row,
    sentences,
    sheet_of,
)


def both(rows):
    """The same rows, read from CSV and from XLSX."""
    return read_rows(rows), read(as_xlsx(grants=sheet_of(rows)), "list.xlsx")


def test_a_row_says_what_json_says():
    of_json = read([grant(1), grant(2)])

    for found in both([row(1), row(2)]):
        assert found.grants == of_json.grants
        assert (found.faults, found.notes, found.n_rows) == ((), (), 2)


def test_titles_are_found_however_they_are_spaced_and_capitalised_and_keys_do_as_well():
    keys = {
        "Identifier": "id",
        "Title": "TITLE",
        "Award Date": "awardDate",
        "Amount Awarded": "Amount  awarded ",
        "Recipient Org:Identifier": "recipientOrganization/0/id",
        "Recipient Org:Name": "Recipient Org:0:name",
    }
    renamed = {keys.get(title, title): value for title, value in row().items()}

    for found in both([renamed]):
        assert found.grants == read([grant()]).grants


def test_several_of_one_kind_are_numbered():
    more = {"Recipient Org:1:Identifier": "GB-CHC-3", "Recipient Org:1:Name": "Quay House"}
    for found in both([{**row(1), **more}, row(2)]):
        first, second = found.grants
        assert first.recipients[1] == Organisation(id="GB-CHC-3", name="Quay House")
        assert len(second.recipients) == 1


@pytest.mark.parametrize(
    ("typed", "pence"),
    [
        ("15000", 15_000_00),
        ("£15,000", 15_000_00),
        ("15 000.50", 15_000_50),
        ("15000.5", 15_000_50),
        ("-20", -20_00),
    ],
)
def test_amounts_are_read_as_people_type_them(typed, pence):
    for found in both([row(Amount_Awarded=typed)]):
        assert found.grants[0].awarded.pence == pence


@pytest.mark.parametrize("typed", ["1200,50", "1.2k", "a lot", "1,20", "12.345", "£", "1e3"])
def test_amounts_are_never_guessed(typed):
    for found in both([row(Amount_Awarded=typed)]):
        assert places(found) == [(2, "Amount Awarded")]
        assert sentences(found)[0].startswith(f"“{typed}” is not an amount in pounds.")


def test_amounts_of_other_currencies_are_plain_numbers():
    for found in both(
        [
            row(1, Currency="EUR", Amount_Awarded="1200.50"),
            row(2, Currency="EUR", Amount_Awarded="1,200"),
        ]
    ):
        assert found.grants[0].awarded.amount == Decimal("1200.5")
        assert places(found) == [(3, "Amount Awarded")]


@pytest.mark.parametrize("typed", ["24/07/2014", "2014", "17 March 2026", "2026-13-01", "soon"])
def test_days_are_those_of_the_standard(typed):
    for found in both([row(Award_Date=typed)]):
        assert places(found) == [(2, "Award Date")]


@pytest.mark.parametrize("title", [title for title in ROW if title != "Description"])
def test_an_empty_cell_that_is_needed_is_told_by_row_and_title(title):
    for found in both([row(1), {**row(2), title: " "}]):
        assert (len(found.grants), found.n_faulty) == (1, 1)
        assert places(found) == [(3, title)]


@pytest.mark.parametrize("title", [title for title in ROW if title != "Description"])
def test_a_column_that_is_needed_and_missing_is_told_once(title):
    without = [{key: value for key, value in row(n).items() if key != title} for n in range(1, 4)]
    for found in both(without):
        assert found.grants == ()
        assert (1, title) in places(found)
        assert f"There is no column “{title}”." in sentences(found)
        assert len(found.faults) == 1


def test_a_grant_without_a_description_is_kept():
    for found in both([row(Description="")]):
        assert (len(found.grants), found.faults) == (1, ())


def test_blank_rows_are_counted():
    blank = dict.fromkeys(ROW, "")
    found = read_rows([row(1), blank, row(2), blank])

    assert (found.n_rows, len(found.grants), found.n_blank) == (4, 2, 2)


def test_ids_that_come_twice_are_refused_all():
    for found in both([row(1), row(2), row(1)]):
        assert [one.id for one in found.grants] == ["360G-hedge-2"]
        assert places(found) == [(2, "Identifier"), (4, "Identifier")]
        assert "row 4" in sentences(found)[0]


def test_unknown_columns_are_noted():
    for found in both([{**row(), "Website: Notes": "x", "Planned Dates": "y", "mood": "z"}]):
        assert found.notes == (
            "Not in 360Giving, so not read: “Website: Notes”, “Planned Dates”, “mood”.",
        )


def test_a_cell_under_no_heading_is_told():
    found = read(as_csv([row()]).rstrip() + ",stray\r\n", "list.csv")

    assert places(found) == [(2, "column K")]


def test_two_columns_that_mean_the_same_refuse_the_file():
    for found in both([{**row(), "awardDate": "2026-01-01"}]):
        assert (found.n_rows, places(found)) == (0, [(1, "")])
        assert "Two columns" in sentences(found)[0]


def test_semicolons_and_older_windows_files_are_read_with_a_note():
    found = read(as_csv([row()], delimiter=";"), "list.csv")
    assert (len(found.grants), found.notes) == (
        1,
        ("The columns are taken to be set apart by semicolons.",),
    )

    found = read(as_csv([row(Title="A £5 van")]).encode("cp1252"), "list.csv")
    assert (found.grants[0].title, len(found.notes)) == ("A £5 van", 1)


def test_a_quotation_mark_that_never_closes_ends_in_a_sentence():
    found = read(as_csv([row(1)]) + '360G-hedge-2,"A boat\r\n', "list.csv")

    assert (len(found.grants), found.n_faulty) == (1, 1)
    assert "never closed" in sentences(found)[0]


def test_what_a_spreadsheet_would_run_is_only_words():
    for found in both([row(Title="'=1+1")]):
        assert found.grants[0].title == "=1+1"


@pytest.mark.parametrize(
    ("data", "name", "says"),
    [
        (b"", "list.csv", "The file is empty"),
        (b"   ", "list.csv", "neither JSON"),
        (b"Dear funder, thank you.\n", "letter.txt", "neither JSON"),
        (b"a,b,c\n1,2,3\n", "list.csv", "neither JSON"),
        (b"\x89PNG\r\n\x1a\n\0\0", "van.png", "This is not text"),
        (b"%PDF-1.7", "list.pdf", "This is a PDF"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "list.xls", "old spreadsheet"),
        (b"PK\x03\x04 broken", "list.xlsx", "broken"),
        (b"Identifier,Title", "list.xlsx", "not an Excel workbook"),
        (as_csv([], list(ROW)).encode(), "list.csv", "There are no grants in this file"),
    ],
)
def test_what_is_no_file_of_grants_is_refused_whole(data, name, says):
    found = read(data, name)

    assert (found.n_rows, found.grants, len(found.faults)) == (0, (), 1)
    assert (found.faults[0].sheet, says in found.faults[0].sentence) == (name, True), sentences(
        found
    )


def test_a_table_of_other_things_is_told_what_it_lacks():
    found = read(as_csv([{"Identifier": "1", "Description": "x"}]), "list.csv")

    assert (found.n_rows, found.grants) == (0, ())
    assert "There is no column “Amount Awarded”." in sentences(found)


def test_a_spreadsheet_has_numbers_and_days_of_its_own():
    made = sheet_of([row(Amount_Awarded=1500.1, Title=9001)])
    made[1][made[0].index("Award Date")] = date(2026, 3, 17)
    found = read(_with_days(made), "list.xlsx")

    assert found.faults == ()
    assert (found.grants[0].awarded.pence, found.grants[0].title) == (1500_10, "9001")
    assert found.grants[0].awarded_on == date(2026, 3, 17)


def _with_days(rows):
    import xlsxwriter

    made = io.BytesIO()
    with xlsxwriter.Workbook(made, {"default_date_format": "dd/mm/yyyy"}) as book:
        sheet = book.add_worksheet("grants")
        for at, cells in enumerate(rows):
            sheet.write_row(at, 0, cells)
    return made.getvalue()


def test_cells_without_a_value_are_told():
    import xlsxwriter

    made = io.BytesIO()
    with xlsxwriter.Workbook(made) as book:
        sheet = book.add_worksheet("grants")
        headings, cells = sheet_of([row()])
        sheet.write_row(0, 0, headings)
        sheet.write_row(1, 0, cells)
        sheet.write_formula(1, headings.index("Amount Awarded"), "=1/0", None, "#DIV/0!")
        sheet.write_boolean(1, headings.index("Title"), True)
    found = read(made.getvalue(), "list.xlsx")

    assert places(found) == [(2, "Title"), (2, "Amount Awarded")]
    assert "#DIV/0!" in sentences(found)[1]
    assert {fault.sheet for fault in found.faults} == {"grants"}


PARTS = ("Identifier", "Recipient Org:Identifier", "Recipient Org:Name")


def without(rows, *titles):
    return [{key: value for key, value in one.items() if key not in titles} for one in rows]


def test_other_sheets_add_to_their_grants():
    data = as_xlsx(
        Meta=[["Version", "1.4"]],
        grants=sheet_of(without([row(1), row(2)], *PARTS[1:])),
        Recipients=[
            PARTS,
            ["360G-hedge-1", "GB-CHC-1", "Mill Street"],
            ["360G-hedge-2", "GB-CHC-3", "Quay House"],
            ["360G-hedge-1", "GB-CHC-3", "Quay House"],
        ],
    )
    found = read(data, "list.xlsx")

    assert found.faults == ()
    assert (found.n_rows, found.n_joined) == (5, 3)
    assert [[one.name for one in each.recipients] for each in found.grants] == [
        ["Mill Street", "Quay House"],
        ["Quay House"],
    ]
    assert found.notes == ("The sheet “Meta” holds no grants, and was not read.",)


def test_a_row_of_another_sheet_adds_to_the_one_it_names():
    headings = ("Identifier", "Recipient Org:Identifier", "Recipient Org:Charity Number")
    data = as_xlsx(grants=sheet_of([row()]), More=[headings, ["360G-hedge-1", "GB-CHC-1", 1]])

    assert read(data, "list.xlsx").grants[0].recipients == (
        Organisation(id="GB-CHC-1", name="Mill Street Shelter", charity_number="1"),
    )


def test_a_row_of_another_sheet_completes_a_person():
    of_person = ("Recipient Ind:Identifier", "Recipient Ind:Name")
    main = without([row() | {of_person[0]: "p1"}], *PARTS[1:])
    data = as_xlsx(
        grants=sheet_of(main), More=[(PARTS[0], of_person[1]), ["360G-hedge-1", "A person"]]
    )

    assert read(data, "list.xlsx").grants[0].person == Person(id="p1", name="A person")


def test_what_has_no_id_of_its_own_is_added():
    headings = ("Identifier", "Planned Dates:Start Date")
    data = as_xlsx(
        grants=sheet_of([row()]),
        Dates=[headings, ["360G-hedge-1", "2026-04-01"], ["360G-hedge-1", "2027-04"]],
    )
    found = read(data, "list.xlsx")

    assert [one.start for one in found.grants[0].planned] == ["2026-04-01", "2027-04"]


def test_a_row_of_another_sheet_belongs_to_a_grant():
    data = as_xlsx(
        grants=sheet_of([row()]),
        More=[PARTS, ["360G-hedge-9", "GB-CHC-1", "Mill Street"], ["", "GB-CHC-3", "Quay House"]],
    )
    found = read(data, "list.xlsx")

    assert (len(found.grants), found.n_faulty) == (1, 2)
    assert [(fault.sheet, fault.row) for fault in found.faults] == [("More", 2), ("More", 3)]


def test_a_workbook_can_be_longer_than_one_that_is_filled_in_by_hand():
    made = as_xlsx(grants=[*sheet_of([row()]), *([] for _ in range(5000)), row(2).values()])
    found = read(made, "list.xlsx")

    assert (found.faults, [one.id for one in found.grants]) == (
        (),
        ["360G-hedge-1", "360G-hedge-2"],
    )


def test_a_zip_bomb_is_no_workbook():
    made = io.BytesIO(as_xlsx(grants=sheet_of([row()])))
    with zipfile.ZipFile(made, "a", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/bomb.xml", b"\0" * 110_000_000)
    found = read(made.getvalue(), "list.xlsx")

    assert (found.n_rows, len(found.faults)) == (0, 1)
    assert "larger than" in sentences(found)[0]


ids = st.sampled_from(["", " ", "1", "2", "3", "4"])
titles = st.sampled_from([*ROW, "Recipient Org:1:Name", "Mood", ""])
cells = st.sampled_from(
    ["", "x", "12.50", "£1,200", "1.2k", "2024-02-30", "2024-02-29", "=1", "\0"]
)
grant_rows = st.one_of(
    st.builds(lambda key, more: {**row(), "Identifier": key, **more}, ids,
              st.dictionaries(titles, cells, max_size=1)),
    st.just(dict.fromkeys(ROW, "")),
    st.dictionaries(titles, cells, max_size=3),
)  # fmt: skip


def table(name, headings, rows):
    numbered = ((n, [one.get(title, "") for title in headings]) for n, one in enumerate(rows, 2))
    return Table(name=name, row=1, headings=headings, rows=numbered)


@example([{**row(), "Identifier": "1"}, {**row(), "Identifier": "1", "": "x"}], [])
@given(st.lists(grant_rows, max_size=6), st.lists(st.tuples(ids, ids), max_size=5))
def test_every_row_is_read_or_faulty_or_blank_or_joined(rows, parts):
    more = [dict(zip(PARTS[:2], one, strict=True)) for one in parts]
    headings = [*ROW, *({title for one in rows for title in one} - ROW.keys())]
    tables = [table("grants", headings, rows), table("More", PARTS[:2], more)]
    if not rows and not parts:
        return
    found = reading_of(tables, "list.xlsx", "XLSX")

    assert accounts(found)
    assert found.n_rows == len(rows) + len(parts)
    assert len({(fault.sheet, fault.row) for fault in found.faults}) == found.n_faulty
    wanted = [one.get("Identifier", "").strip() for one in rows]
    assert all(wanted.count(grant.id) == 1 for grant in found.grants)


@given(st.data())
def test_a_table_cut_or_garbled_is_read_or_refused_and_never_breaks(data):
    text = as_csv([row(1), row(2, Title='A "big" van, red')]).encode()
    place = data.draw(st.integers(0, len(text)))
    garbage = data.draw(st.binary(max_size=4) | st.sampled_from([b'"', b",", b"\n", b"\r"]))
    found = read(text[:place] + garbage + text[place + data.draw(st.integers(0, 9)) :], "list.csv")

    assert found.grants or found.faults
