"""Files that publishers put out, and files that others spoiled on purpose."""

import json

import pytest

from .files import PUBLISHED, as_csv, read

BAD = PUBLISHED / "bad_files"


def published(name):
    return read((PUBLISHED / name).read_bytes(), name)


@pytest.mark.parametrize(
    "path", sorted(path for path in PUBLISHED.glob("*_[0-9]*.json")), ids=lambda path: path.name
)
def test_a_publishers_file_is_read_whole(path):
    found, held = published(path.name), json.loads(path.read_bytes())["grants"]

    assert found.faults == ()
    assert (found.n_rows, len(found.grants)) == (len(held), len(held))
    assert [one.id for one in found.grants] == [one["id"] for one in held]
    pence = sum(round(one["amountAwarded"] * 100) for one in held)
    assert sum(one.awarded.pence for one in found.grants) == pence
    assert published(path.name) == found


def test_a_publishers_workbook_says_what_its_json_says():
    of_json = published("ab_charitable_trust_783.json")
    of_xlsx = published("ab_charitable_trust_original.xlsx")

    assert of_xlsx.faults == ()
    assert of_xlsx.grants == of_json.grants


def test_spellings_of_a_publisher_are_kept_with_a_note():
    found = published("lloyds_bank_foundation_4116.json")

    assert [note.split(" (")[0] for note in found.notes] == [
        "“Y” is read as Yes.",
        "“N” is read as No.",
        "There is no description here.",
    ]
    assert sum(one.from_open_call is True for one in found.grants) == 4100


@pytest.mark.parametrize(
    "path", sorted(PUBLISHED.glob("*titles*.xlsx")), ids=lambda path: path.name
)
def test_a_template_that_nobody_filled_in_holds_no_grants(path):
    assert [fault.sentence for fault in published(path.name).faults] == [
        "There are no grants in this file."
    ]


@pytest.mark.parametrize("path", sorted(BAD.iterdir()), ids=lambda path: path.name)
def test_a_bad_file_is_refused_or_its_faulty_grants_are(path):
    found = read(path.read_bytes(), path.name)

    assert found.grants == ()
    assert found.n_faulty == found.n_rows
    assert all(fault.sheet and fault.row and fault.sentence for fault in found.faults)


def columns(name):
    found = read((BAD / name).read_bytes(), name)
    return {(fault.row, fault.column) for fault in found.faults}


def test_the_faults_of_the_bad_files_are_where_they_were_put():
    assert columns("badfile_all_validation_errors.xlsx") == {
        (1, "Funding Org:Identifier"),
        (1, "Funding Org:Name"),
        (1, "Recipient Org:Identifier"),
        (2, "Currency"),
        (2, "Amount Awarded"),
        (2, "Award Date"),
    }
    assert columns("fundingproviders-grants_malformed.json") == {(10, "")}
    broken = {column for _, column in columns("fundingproviders-grants_broken_grants.json")}
    assert broken == {
        "/grants/0/recipientOrganization/0/id",
        *(f"/grants/{n}/{key}" for n in range(4) for key in ("id", "awardDate")),
    }
    needed = ("id", "title", "currency", "amountAwarded", "awardDate")
    parties = ("fundingOrganization", "recipientOrganization")
    assert {column for _, column in columns("nulls.json")} == {
        *(f"/grants/{n}/{key}" for n in range(2) for key in needed),
        *(
            f"/grants/{n}/{key}/0/{part}"
            for n in range(2)
            for key in parties
            for part in ("id", "name")
        ),
    }


def test_a_real_file_with_one_row_spoiled_loses_that_row_alone():
    held = json.loads((PUBLISHED / "ab_charitable_trust_783.json").read_bytes())["grants"][:20]
    held[7]["amountAwarded"] = "30,000"
    found = read(held)

    assert [fault.column for fault in found.faults] == ["/grants/7/amountAwarded"]
    assert len(found.grants) == 19
    rows = [{"Identifier": one["id"], "Title": one["title"]} for one in held]
    assert read(as_csv(rows), "list.csv").grants == ()
