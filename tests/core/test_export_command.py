"""`hedgerow export`: what the same person or cluster could see on the pages, and no more."""

import json
import zipfile

import pytest
from click.testing import CliRunner

from hedgerow.cli import cli
from hedgerow.core.actors import Actor
from hedgerow.people.actions import create_cluster
from tests.factories import scene

pytestmark = pytest.mark.django_db


@pytest.fixture
def here():
    return scene()


@pytest.fixture
def export(tmp_path):
    """Calls the command, and gives what it wrote back as it stands for a program."""

    def run(*words):
        file = tmp_path / "copy.zip"
        done = CliRunner().invoke(cli, ["export", *words, "--out", str(file)])
        assert done.exit_code == 0, done.output
        with zipfile.ZipFile(file) as archive:
            return json.loads(archive.read("everything.json"))

    return run


def keys(rows):
    return {row["id"] for row in rows}


def test_a_clusters_copy_holds_the_cluster_and_no_other(here, export):
    told = export("--cluster", here.cluster.slug)

    assert keys(told["people.cluster"]) == {here.cluster.pk}
    assert keys(told["people.member"]) == set(here.cluster.members.values_list("pk", flat=True))
    assert keys(told["people.seat"]) == {seat.pk for seat in here.cluster.seats.all()}
    members = set(here.cluster.members.values_list("organisation", flat=True))
    assert keys(told["people.organisation"]) == members


def test_a_clusters_copy_holds_nobodys_own_things(here, export):
    told = export("--cluster", here.cluster.slug)

    for name in ("people.user", "people.signin", "core.mail", "core.event", "people.publishedfact"):
        assert name not in told


def test_a_persons_copy_holds_what_they_see_and_what_is_about_them(here, export):
    user = here.own.core.user
    create_cluster(
        by=Actor(person=user.pk), programme=here.programme, slug="another", name="Another"
    )
    told = export("--person", user.email.upper())

    assert [row["email"] for row in told["people.user"]] == [user.email]
    assert keys(told["people.cluster"]) == {here.cluster.pk}
    assert [row["did"] for row in told["core.event"]] == ["people.cluster_created"]


def test_a_person_whose_seat_ended_still_has_what_is_about_them(here, export):
    seat = here.own.core
    seat.ended_at = seat.began_at
    seat.save()
    told = export("--person", seat.user.email)

    assert seat.pk in keys(told["people.seat"])
    assert told["people.cluster"] == []


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ([], "either --cluster SLUG or --person EMAIL"),
        (["--cluster", "a", "--person", "b"], "either --cluster SLUG or --person EMAIL"),
        (["--cluster", "nowhere"], "There is no cluster “nowhere”"),
        (["--person", "nobody@example.org"], "Nobody here has the address"),
    ],
)
def test_a_copy_is_somebodys(words, said, tmp_path):
    file = tmp_path / "copy.zip"
    done = CliRunner().invoke(cli, ["export", *words, "--out", str(file)])

    assert done.exit_code != 0
    assert said in done.output
    assert not file.exists()


def test_no_file_is_overwritten(here, tmp_path):
    file = tmp_path / "copy.zip"
    file.write_text("mine")
    done = CliRunner().invoke(cli, ["export", "--cluster", here.cluster.slug, "--out", str(file)])

    assert done.exit_code == 1
    assert "is there already" in done.output
    assert file.read_text() == "mine"


def test_the_file_is_for_its_owners_eyes_only_and_json_says_what_is_in_it(here, tmp_path):
    file = tmp_path / "copy.zip"
    done = CliRunner().invoke(
        cli, ["export", "--cluster", here.cluster.slug, "--out", str(file), "--json"]
    )

    assert file.stat().st_mode & 0o077 == 0
    told = json.loads(done.stdout)
    assert told["file"] == str(file)
    assert told["rows"]["people.member"] == 4


def test_a_copy_that_fails_leaves_no_file(here, tmp_path, monkeypatch):
    def broken(*args, **kwargs):
        raise OSError("No space left on device")

    monkeypatch.setattr("hedgerow.core.exports.write_zip", broken)
    CliRunner().invoke(
        cli, ["export", "--cluster", here.cluster.slug, "--out", str(tmp_path / "copy.zip")]
    )

    assert list(tmp_path.iterdir()) == []
