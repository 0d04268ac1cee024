"""Publishers' own files and spoiled ones, taken in here; and our awards beside the official schema."""

import json

import pytest
from click.testing import CliRunner

from hedgerow.cli import cli
from hedgerow.grants.models import Grant, GrantFile
from hedgerow.grants.queries.open_data import open_awards, text_of
from tests.factories import scene
from tests.grants.opened import publishing

from .files import PUBLISHED, read
from .test_official_schema import valid_package

pytestmark = pytest.mark.django_db
WHOLE = sorted([*PUBLISHED.glob("*_[0-9]*.json"), *PUBLISHED.glob("*_original.xlsx")])
BAD = sorted((PUBLISHED / "bad_files").glob("*"))


@pytest.mark.parametrize("path", WHOLE, ids=lambda path: path.name)
def test_a_publishers_file_is_taken_in_whole_and_twice_with_no_change(path):
    held = read(path.read_bytes(), path.name)
    first = CliRunner().invoke(cli, ["grants", "import", str(path), "--json"])
    (told,) = json.loads(first.stdout)["files"]

    assert (first.exit_code, told["new"], told["faulty"]) == (0, len(held.grants), 0)
    assert told["new"] + told["blank"] + told["joined"] == told["rows"]
    assert Grant.objects.count() == len(held.grants)
    before = list(Grant.objects.order_by("pk").values_list())
    again = CliRunner().invoke(cli, ["grants", "import", str(path)])
    assert "this very file was read before; nothing changed" in again.stdout
    assert list(Grant.objects.order_by("pk").values_list()) == before


@pytest.mark.parametrize("path", BAD, ids=lambda path: path.name)
def test_of_a_bad_file_nothing_is_taken_and_every_fault_has_its_place(path):
    told = CliRunner().invoke(cli, ["grants", "import", str(path), "--json"])
    (file,) = json.loads(told.stdout)["files"]

    assert told.exit_code == 1
    assert all(fault["row"] and fault["sentence"] for fault in file["faults"])
    assert file["faults"]
    assert not Grant.objects.exists()
    assert not GrantFile.objects.exists()


def test_our_awards_are_valid_by_the_official_schema():
    publishing(scene())
    told = json.loads(text_of(open_awards(), ".json"))

    assert told["publisher"]
    assert valid_package(told)
    assert not valid_package({**told, "publisher": {}})
