"""`hedgerow grants import` and `export` of what is here: what they print, write and leave alone."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from hedgerow.cli import cli
from hedgerow.core.models import Event
from hedgerow.grants.giving.rules import faults_of
from hedgerow.grants.models import Grant, GrantFile, Publisher
from tests.grants.giving.files import grant, read

from .opened import data_of, publishing

pytestmark = pytest.mark.django_db


@pytest.fixture
def called(tmp_path):
    def call(*words):
        named = [
            str(tmp_path / word) if word.endswith((".json", ".csv")) else word for word in words
        ]
        return CliRunner().invoke(cli, ["grants", *named])

    return call


@pytest.fixture
def kept(tmp_path):
    def keep(name, *grants):
        path: Path = tmp_path / name
        path.write_bytes(data_of(*grants))
        return path

    return keep


# import


def test_people_are_told_what_became_of_every_row(called, kept):
    kept("one.json", grant(1), grant(2), grant(3, title=None))
    kept("two.json", grant(1), grant(2, title="Other"), grant(4))
    told = called("import", "one.json", "two.json", "one.json")

    assert told.exit_code == 1
    assert told.stdout.splitlines() == [
        "one.json: 3 rows: 2 new, 1 refused.",
        "two.json: 3 rows: 1 new, 1 other than before, 1 as before.",
        "one.json: this very file was read before; nothing changed.",
    ]
    assert told.stderr.startswith("one.json: line 1, /grants/2/title: This is null")
    assert Grant.objects.count() == 3


def test_a_machine_is_told_the_same_in_numbers(called, kept, s):
    kept("one.json", grant(1), grant(2, title=None))
    told = called("import", "one.json", "--json", "--programme", s.programme.slug)
    (file,) = json.loads(told.stdout)["files"]

    assert {key: file[key] for key in ("rows", "new", "changed", "same", "faulty", "blank")} == {
        "rows": 2, "new": 1, "changed": 0, "same": 0, "faulty": 1, "blank": 0,
    }  # fmt: skip
    assert file["faults"][0]["column"] == "/grants/1/title"
    assert Event.objects.get(did="grants.file_read").owner_key == s.programme.pk


def test_a_file_of_nothing_does_not_stop_the_next(called, kept):
    kept("bad.json", grant(1, id=None))
    kept("good.json", grant(2))
    told = called("import", "bad.json", "good.json", "--json")
    bad, good = json.loads(told.stdout)["files"]

    assert told.exit_code == 1
    assert (bad["new"], good["new"]) == (0, 1)
    assert "can be taken" in bad["refused"]
    assert called("import", "good.json").exit_code == 0


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["--licence", "mine"], "--licence is one of: cc-by-4.0"),
        (["--programme", "nothing"], "There is no programme “nothing”."),
    ],
)
def test_what_is_not_known_is_named_before_anything_is_read(called, kept, words, says):
    kept("one.json", grant(1))
    told = called("import", "one.json", *words)

    assert told.exit_code in (1, 2)
    assert says in told.output
    assert not GrantFile.objects.exists()


# export


def test_the_awards_here_are_written(called, s, tmp_path):
    publishing(s)
    for name in ("out.json", "out.csv"):
        told = called("export", name)
        assert told.exit_code == 0, told.output
        assert told.stdout.endswith(f"{name}: 1 grant.\n")
        (award,) = read((tmp_path / name).read_bytes(), name).grants
        assert award.awarded.pence == 1_500_000
    assert faults_of(json.loads((tmp_path / "out.json").read_bytes())) == []


def test_an_award_that_cannot_be_published_is_named_and_nothing_is_written(called, s, tmp_path):
    publishing(s)
    Publisher.objects.all().delete()
    told = called("export", "out.json")

    assert told.exit_code == 1
    assert "has not said as whom it publishes" in told.stderr
    assert told.stdout == "There is no award to publish: nothing was written.\n"
    assert not list(tmp_path.iterdir())
    machine = json.loads(called("export", "out.json", "--json").stdout)
    assert (machine["file"], machine["grants"]) == (None, 0)
    assert machine["left_out"][0]["cluster"] == s.cluster.name


def test_the_example_is_left_out_unless_asked_for(called, s, tmp_path):
    publishing(s)
    s.programme.is_example = True
    s.programme.save()

    assert called("export", "out.json").exit_code == 1
    assert not (tmp_path / "out.json").exists()
    assert called("export", "out.json", "--example").exit_code == 0
    title = json.loads((tmp_path / "out.json").read_bytes())["grants"][0]["title"]
    assert title.startswith("Invented example: ")


def test_one_programme_can_be_asked_for(called, s, tmp_path):
    publishing(s)

    assert called("export", "out.json", "--programme", s.other_programme.slug).exit_code == 1
    assert called("export", "out.json", "--programme", s.programme.slug).exit_code == 0


def test_an_older_file_stays_where_nothing_can_be_published(called, tmp_path):
    (tmp_path / "out.json").write_text("older")
    assert called("export", "out.json").exit_code == 1
    assert (tmp_path / "out.json").read_text() == "older"


@pytest.mark.parametrize(
    "words",
    [
        ["one.json", "two.json", "three.json"],
        ["nowhere.json", "out.json"],
        ["in.json", "out.json", "--example"],
        ["out.xlsx"],
    ],
)
def test_what_is_asked_for_wrongly_writes_nothing(called, kept, tmp_path, words):
    kept("in.json", grant(1))
    assert called("export", *words).exit_code == 2
    assert [path.name for path in tmp_path.iterdir()] == ["in.json"]
