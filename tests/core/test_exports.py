"""Copies to take elsewhere."""

import codecs
import csv
import io
import json
import zipfile
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hedgerow.core import clock
from hedgerow.core.cells import unmarked
from hedgerow.core.exports import columns_of, write_zip, zip_of
from hedgerow.core.models import Job, Mail, ScheduleRun, Upload
from hedgerow.core.rooms import Table

NOW = datetime(2026, 3, 17, 9, 30, tzinfo=UTC)
MAIL = Table(
    model=Mail, rule=None, columns=("key", "why", "person", "to", "subject", "text", "posted_at")
)
UPLOADS = Table(model=Upload, rule=None, columns=("name", "n_bytes", "faults", "finished_at"))
RUNS = Table(model=ScheduleRun, rule=None, columns=("name", "due_on"))
JOBS = Table(model=Job, rule=None, columns=("name", "is_wanted_again"))

words = st.text(
    st.characters(exclude_characters="\0", exclude_categories=("Cs",)), max_size=12
) | st.sampled_from(["=1+1", "-5", "+44 20", "@home", "'=1", "''", '"', "a,b", "a\nb", "\tx"])


def copy(*parts):
    with clock.at(NOW):
        return zipfile.ZipFile(zip_of(parts, of="A copy for Ash."))


def rows_of(archive, name):
    text = archive.read(f"{name}.csv").decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline="")))


def letter(**told):
    told = {"key": "1", "why": "test", "to": "a@b.org", "subject": "", "text": "", **told}
    return Mail.objects.create(posted_at=NOW, **told)


@pytest.mark.django_db
def test_a_copy_holds_each_table_for_a_spreadsheet_and_all_for_a_program():
    row = letter(subject="Moved", text="It moved,\nby “a week”.", person=5)
    ScheduleRun.objects.create(name="test", due_on=date(2026, 3, 17), at=NOW)

    archive = copy((MAIL, Mail.objects.all()), (RUNS, ScheduleRun.objects.all()))

    assert archive.testzip() is None
    assert archive.read("core.mail.csv").startswith(codecs.BOM_UTF8)  # or spreadsheets guess
    assert archive.namelist() == [
        "core.mail.csv",
        "core.schedulerun.csv",
        "everything.json",
        "README.txt",
    ]
    heading, values = rows_of(archive, "core.mail")
    told = dict(zip(heading, values, strict=True))
    assert told["subject"] == "Moved"
    assert told["text"] == "It moved,\nby “a week”."
    assert told["posted_at"] == "2026-03-17T09:30:00+00:00"
    everything = json.loads(archive.read("everything.json"))
    assert everything["core.mail"][0]["id"] == row.pk
    assert everything["core.schedulerun"][0]["due_on"] == "2026-03-17"


@pytest.mark.django_db
def test_the_copy_says_what_is_in_it():
    letter()
    readme = copy((MAIL, Mail.objects.all())).read("README.txt").decode()

    assert readme.startswith("A copy for Ash.\nA copy made on 17 March 2026.")
    assert "core.mail.csv, rows: 1. One message to one person." in readme


@pytest.mark.django_db
@given(subject=words, text=words)
def test_what_is_written_can_be_read_back(subject, text):
    Mail.objects.all().delete()
    letter(subject=subject, text=text)

    archive = copy((MAIL, Mail.objects.all()))

    heading, values = rows_of(archive, "core.mail")
    told = dict(zip(heading, values, strict=True))
    assert (unmarked(told["subject"]), unmarked(told["text"])) == (subject, text)
    (from_json,) = json.loads(archive.read("everything.json"))["core.mail"]
    assert (from_json["subject"], from_json["text"]) == (subject, text)


@pytest.mark.django_db
@given(subject=words, text=words)
def test_no_cell_is_a_formula(subject, text):
    Mail.objects.all().delete()
    letter(subject=subject, text=text)

    for values in rows_of(copy((MAIL, Mail.objects.all())), "core.mail"):
        assert not any(value.startswith(tuple("=+-@\t\r\n")) for value in values)


@pytest.mark.django_db
def test_numbers_stay_numbers_and_nothing_stays_empty():
    Upload.objects.create(kind="test", name="=x", digest="0" * 64, n_bytes=12, at=NOW)
    Job.objects.create(name="test", key="1", run_at=NOW)

    archive = copy((UPLOADS, Upload.objects.all()), (JOBS, Job.objects.all()))

    assert rows_of(archive, "core.upload")[1][1:] == ["'=x", "12", "[]", ""]
    assert rows_of(archive, "core.job")[1][1:] == ["test", "no"]
    (upload,) = json.loads(archive.read("everything.json"))["core.upload"]
    assert (upload["n_bytes"], upload["faults"], upload["finished_at"]) == (12, [], None)


@pytest.mark.django_db
def test_a_debt_stays_a_number():
    from hedgerow.core.exports import _cell

    assert _cell(-500) == -500
    assert _cell("-500") == "'-500"


@pytest.mark.django_db
def test_only_the_rows_and_columns_that_were_handed_over_are_in_it():
    letter(key="1", text="for Ash")
    letter(key="2", text="for Oak")

    archive = copy((RUNS, ScheduleRun.objects.all()), (MAIL, Mail.objects.filter(key="1")))

    whole = b"".join(archive.read(name) for name in archive.namelist())
    assert b"for Ash" in whole
    assert b"for Oak" not in whole
    assert rows_of(archive, "core.mail")[0] == list(columns_of(MAIL))
    assert "attempts" not in columns_of(MAIL)


@pytest.mark.django_db
def test_an_empty_copy_is_a_copy():
    archive = copy((MAIL, Mail.objects.none()))

    assert rows_of(archive, "core.mail") == [list(columns_of(MAIL))]
    assert json.loads(archive.read("everything.json")) == {"core.mail": []}


@pytest.mark.django_db
def test_each_table_is_asked_once_however_many_rows_it_has(django_assert_num_queries):
    for key in range(50):
        letter(key=str(key))

    with django_assert_num_queries(1):
        counts = write_zip(io.BytesIO(), [(MAIL, Mail.objects.all())], of="All")
    assert counts == {"core.mail": 50}
