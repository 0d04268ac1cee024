"""A small file of grants, whole or spoiled, as JSON, CSV or XLSX."""

import copy
import csv
import io
import json
from pathlib import Path

import xlsxwriter

from hedgerow.grants.giving.reading import read_grants

# Files that others made, where they lie beside the project. Nothing of them is copied into it.
PUBLISHED = Path(__file__).resolve().parents[4] / "shared" / "data" / "threesixtygiving"

GRANT = {
    "id": "360G-hedge-1",
    "title": "A van for three",
    "description": "To buy a van that three share.",
    "currency": "GBP",
    "amountAwarded": 15000,
    "awardDate": "2026-03-17",
    "recipientOrganization": [{"id": "GB-CHC-1", "name": "Mill Street Shelter"}],
    "fundingOrganization": [{"id": "GB-CHC-2", "name": "The Hedge Fund"}],
}
ROW = {
    "Identifier": "360G-hedge-1",
    "Title": "A van for three",
    "Description": "To buy a van that three share.",
    "Currency": "GBP",
    "Amount Awarded": "15000",
    "Award Date": "2026-03-17",
    "Recipient Org:Identifier": "GB-CHC-1",
    "Recipient Org:Name": "Mill Street Shelter",
    "Funding Org:Identifier": "GB-CHC-2",
    "Funding Org:Name": "The Hedge Fund",
}


def grant(n=1, without=(), **changed):
    found = {**copy.deepcopy(GRANT), "id": f"360G-hedge-{n}", **changed}
    return {key: value for key, value in found.items() if key not in without}


def row(n=1, **changed):
    """A column is named by its title with an underscore for each space and two for a colon."""
    named = {key.replace("__", ":").replace("_", " "): value for key, value in changed.items()}
    return {**ROW, "Identifier": f"360G-hedge-{n}", **named}


def read(data, name="list.json"):
    """`data` is bytes, or text, or grants for a package of JSON."""
    if isinstance(data, list):
        data = json.dumps({"grants": data})
    if isinstance(data, str):
        data = data.encode()
    found = read_grants(io.BytesIO(data), name)
    assert accounts(found), found
    return found


def accounts(found):
    done = len(found.grants) + found.n_faulty + found.n_blank + found.n_joined
    return done == found.n_rows and (found.n_faulty == 0 or found.faults)


def as_csv(rows, columns=None, delimiter=","):
    columns = columns or list(dict.fromkeys(key for one in rows for key in one))
    text = io.StringIO()
    sheet = csv.DictWriter(text, columns, delimiter=delimiter, lineterminator="\r\n")
    sheet.writeheader()
    sheet.writerows(rows)
    return text.getvalue()


def read_rows(rows, columns=None):
    return read(as_csv(rows, columns), "list.csv")


def as_xlsx(**sheets):
    """Sheets by name, each rows of cells with the headings first."""
    made = io.BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True}) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for at, cells in enumerate(rows):
                sheet.write_row(at, 0, cells)
    return made.getvalue()


def sheet_of(rows):
    columns = list(dict.fromkeys(key for one in rows for key in one))
    return [columns, *([one.get(column, "") for column in columns] for one in rows)]


def places(found):
    return [(fault.row, fault.column) for fault in found.faults]


def sentences(found):
    return [fault.sentence for fault in found.faults]
