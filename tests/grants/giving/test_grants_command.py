"""`hedgerow grants`: what it prints, for people and for machines, and that it loads no Django."""

import errno
import json
import os
import stat
import subprocess
import sys

import pytest
from click.testing import CliRunner

from hedgerow.cli import cli
from hedgerow.grants.giving import writing

from .files import as_csv, as_xlsx, grant, read, row, sheet_of


@pytest.fixture
def called(tmp_path):
    def call(*words):
        named = [str(tmp_path / word) if "." in word else word for word in words]
        return CliRunner().invoke(cli, ["grants", *named])

    return call


@pytest.fixture
def kept(tmp_path):
    def keep(name, held):
        path = tmp_path / name
        if isinstance(held, list):
            held = json.dumps({"grants": held})
        path.write_bytes(held if isinstance(held, bytes) else held.encode())
        return path

    return keep


def test_people_are_told_of_each_file(called, kept):
    kept("one.json", [grant(1), grant(2, amountAwarded=0.5, awardDate="2025-01-02")])
    kept("two.csv", as_csv([row(3), row(2, Currency="EUR")]))
    kept("three.xlsx", as_xlsx(grants=sheet_of([row(9)])))
    told = called("read", "one.json", "two.csv", "three.xlsx")

    assert told.exit_code == 0, told.output
    assert told.stdout.splitlines() == [
        "one.json (JSON): 2 grants from 2 rows.",
        "  Awarded: £15,000.50, from 2 January 2025 to 17 March 2026.",
        "two.csv (CSV): 2 grants from 2 rows.",
        "  Awarded: EUR 15,000, £15,000, from 17 March 2026 to 17 March 2026.",
        "  Of these, 1 was in a file before this one.",
        "three.xlsx (XLSX): 1 grant from 1 row.",
        "  Awarded: £15,000, from 17 March 2026 to 17 March 2026.",
    ]


def test_a_machine_is_told_these_things(called, kept):
    kept("one.json", [grant(1), grant(2, title=None), grant(3, mood=1)])
    told = called("read", "one.json", "--json")

    assert told.exit_code == 1
    found = json.loads(told.stdout)
    assert {key: found[key] for key in ("rows", "read", "faulty", "again")} == {
        "rows": 3, "read": 2, "faulty": 1, "again": 0,
    }  # fmt: skip
    assert found["files"] == [
        {
            "file": "one.json", "format": "JSON", "rows": 3, "read": 2, "faulty": 1, "blank": 0,
            "joined": 0, "awarded": {"GBP": 30_000_00}, "funders": 1, "recipients": 1,
            "first": "2026-03-17", "last": "2026-03-17",
            "faults": [
                {
                    "sheet": "one.json", "row": 1, "column": "/grants/1/title",
                    "sentence": "This is null, and it is needed.",
                }
            ],
            "notes": ["Not in 360Giving, so not read: “mood”."], "again": 0,
        }
    ]  # fmt: skip


def test_a_fault_is_told_with_its_place(called, kept):
    kept("one.json", json.dumps({"grants": [grant(1, awardDate="soon")]}, indent=1))
    kept("two.csv", as_csv([row(1), row(2, Amount_Awarded="1200,50")]))
    kept("three.xlsx", as_xlsx(list=sheet_of([row(9, Title="")])))
    kept("four.json", "{")
    told = called("read", "one.json", "two.csv", "three.xlsx", "four.json")

    assert told.exit_code == 1
    said = told.stderr.splitlines()
    assert said[0].startswith("one.json: line 3, /grants/0/awardDate: “soon” is not a day")
    assert said[1].startswith("two.csv: row 3, Amount Awarded: “1200,50” is not an amount")
    assert said[2] == ("three.xlsx: list, row 2, Title: Nothing is written here, and it is needed.")
    assert said[3].startswith("four.json: line 1: ")
    assert told.stdout.splitlines()[-1] == "four.json: nothing was read."


def test_what_is_written_is_read_back_the_same(called, kept, tmp_path):
    source = kept("in.json", [grant(1), grant(2, title="=1+1", amountAwarded=12.5)])
    wanted = read(source.read_bytes()).grants

    for name in ("out.json", "out.csv"):
        told = called("export", "in.json", name)
        assert told.exit_code == 0, told.output
        assert told.stdout.endswith(f"{name}: 2 grants.\n")
        assert read((tmp_path / name).read_bytes(), name).grants == wanted
    assert json.loads(called("export", "in.json", "out.csv", "--json").stdout)["grants"] == 2


def test_a_file_with_a_fault_is_not_written(called, kept, tmp_path):
    kept("in.json", [grant(1), grant(2, title=None)])
    told = called("export", "in.json", "out.json")

    assert (told.exit_code, (tmp_path / "out.json").exists()) == (1, False)
    assert "in.json: line 1, /grants/1/title: This is null" in told.stderr
    told = called("export", "in.json", "out.json", "--json")
    assert json.loads(told.stdout)["faults"][0]["column"] == "/grants/1/title"


def test_what_we_read_and_the_standard_does_not_want_is_not_written(called, kept, tmp_path):
    kept("in.json", [grant(1, without=["description"])])
    told = called("export", "in.json", "out.csv")

    assert (told.exit_code, (tmp_path / "out.csv").exists()) == (1, False)
    assert "/grants/0/description: The standard wants words here" in told.stderr


def test_an_older_file_stays_where_a_new_one_fails(called, kept, tmp_path, monkeypatch):
    kept("in.json", [grant(1)])
    kept("out.json", "older")
    real = writing.as_json
    monkeypatch.setattr(writing, "as_json", lambda one: {**real(one), "title": "Other"})
    told = called("export", "in.json", "out.json")

    assert told.exit_code == 1
    assert "not written" in told.stderr
    assert (tmp_path / "out.json").read_text() == "older"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in.json", "out.json"]


@pytest.mark.parametrize("name", ["out.json", "out.csv"])
def test_an_older_file_stays_where_the_disk_is_full(called, kept, tmp_path, monkeypatch, name):
    kept("in.json", [grant(n) for n in range(1, 9)])
    kept(name, "older")
    written = iter([*map(writing.as_json, read([grant(1), grant(2)]).grants)] * 2)

    def full(_):
        for one in written:
            return one
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(writing, "as_json", full)
    told = called("export", "in.json", name)

    assert (told.exit_code, "cannot be written: No space left on device." in told.stderr) == (
        1,
        True,
    )
    assert (tmp_path / name).read_text() == "older"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in.json", name]


def test_a_link_stays_a_link_and_an_old_file_stays_as_private_as_it_was(called, kept, tmp_path):
    kept("in.json", [grant(1)])
    kept("private.json", "older").chmod(0o600)
    (tmp_path / "out.json").symlink_to(tmp_path / "private.json")
    told = called("export", "in.json", "out.json")

    assert told.exit_code == 0, told.output
    assert (tmp_path / "out.json").is_symlink()
    assert stat.S_IMODE((tmp_path / "private.json").stat().st_mode) == 0o600
    assert len(read((tmp_path / "private.json").read_bytes()).grants) == 1


def test_a_link_to_what_is_read_is_not_written(called, kept, tmp_path):
    source = kept("in.json", [grant(1)])
    (tmp_path / "out.json").symlink_to(source)
    told = called("export", "in.json", "out.json")

    assert (told.exit_code, "the same file" in told.stderr) == (2, True)


def test_what_is_not_written_is_named(called, kept):
    kept("in.json", [grant(1, mood="good")])

    assert (
        "in.json: Not in 360Giving, so not read: “mood”."
        in called("export", "in.json", "out.json").stderr
    )
    told = json.loads(called("export", "in.json", "out.json", "--json").stdout)
    assert told["notes"] == ["Not in 360Giving, so not read: “mood”."]


def test_what_flows_in_is_no_file(called, tmp_path):
    os.mkfifo(tmp_path / "in.json")
    end = os.open(tmp_path / "in.json", os.O_RDWR)
    told = called("read", "in.json")
    os.close(end)

    assert (told.exit_code, "is no file. Save it as one" in told.stderr) == (1, True)


@pytest.mark.parametrize("out", ["out.xlsx", "in.json", "nowhere/out.json"])
def test_where_nothing_can_be_written_it_says_so(called, kept, out):
    kept("in.json", [grant(1)])
    told = called("export", "in.json", out)

    assert told.exit_code in (1, 2)
    assert "Error: " in told.stderr


def test_it_never_loads_django(kept, tmp_path):
    path, out = kept("in.json", [grant()]), tmp_path / "out.csv"
    for words in (
        ["read", str(path), "--json"],
        ["export", str(path), str(out)],
        ["read", str(out)],
    ):
        asked = (
            "import sys; from hedgerow.cli import cli\n"
            f"try: cli(['grants', *{words!r}], standalone_mode=False)\n"
            "except SystemExit as end: assert not end.code\n"
            "sys.exit('django' in sys.modules)"
        )
        done = subprocess.run([sys.executable, "-c", asked], capture_output=True, check=False)
        assert done.returncode == 0, done.stderr
