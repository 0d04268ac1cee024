"""Whoever is erased is in no byte of what is kept, and stays erased when a backup comes back."""

import contextlib
import io
import json
import secrets
import zipfile
from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner
from django.db import connection, transaction

from hedgerow.cli import cli
from hedgerow.core import (
    backups,
    chain,
    clock,
    database,
    erasures,
    home,
    outbox,
    restores,
    tombstones,
    uploads,
)
from hedgerow.core.actions import Refused
from hedgerow.core.actors import Actor
from hedgerow.core.models import Event, Job, Mail, Upload
from hedgerow.people import actions
from hedgerow.people.kinds import is_erased
from hedgerow.people.models import Cluster, Invitation, Role, SignIn, User
from hedgerow.people.upkeep import finish_erasures
from tests.factories import SeatFactory, signed_in

from .parts import empty_database, quiet, served_from

AT_THE_MACHINE = Actor.command()


class Canary:
    """Somebody who has left words of theirs wherever Hedgerow takes some, each with a song in it
    that stands nowhere else."""

    def __init__(self):
        self.song = f"tweet{secrets.token_hex(6)}"
        self.seat = SeatFactory(
            user__email=f"{self.song}@place.org",
            user__name=f"Ann {self.song}",
            user__title=f"Director of {self.song}",
        )
        self.user = self.seat.user
        self.by = Actor(person=self.user.pk, seat=self.seat.pk)
        self.other = SeatFactory(cluster=self.seat.cluster)
        self.upload = self._upload()
        self._sign_ins()
        self._letters()
        self._invitations()

    def _upload(self):
        stream = io.BytesIO(f"name\n{self.song}\n".encode())
        return uploads.keep(stream, by=self.by, kind="k", name=f"{self.song}.csv")

    def _sign_ins(self):
        email, user = self.user.email, self.user
        code = actions.ask_for_code(by=self.by, email=email, place=self.song)
        actions.send_code(by=self.by, code=code)
        actions.begin_sign_in(by=self.by, user=user, session_key="s", browser=f"Fox {self.song}")
        actions.make_recovery_codes(by=self.by, user=user)
        user.passkeys.create(
            name=f"Key of {self.song}",
            credential_key=self.song,
            credential=self.song * 50,
            made_at=clock.now(),
        )

    def _letters(self):
        with transaction.atomic():
            for number in range(40):
                outbox.post(
                    to=self.user.email,
                    subject=f"To {self.song}",
                    text=f"Dear {self.song}, " * 40,
                    key=f"{self.user.pk}:{number}",
                    why="w",
                    person=self.user.pk,
                )

    def _invitations(self):
        """One from them, whose letter names them, and one to them."""
        actions.invite(
            by=self.by,
            email=f"ben{self.user.pk}@place.org",
            role=Role.STAFF,
            cluster=self.seat.cluster,
            organisation=self.seat.organisation,
        )
        actions.invite(
            by=AT_THE_MACHINE,
            email=self.user.email,
            role=Role.STAFF,
            title=f"Director of {self.song}",
            cluster=self.seat.cluster,
            organisation=self.seat.organisation,
        )

    @property
    def traces(self):
        """Files of the home and the database in which the song is."""
        kept = Path(connection.settings_dict["NAME"])
        files = [*kept.parent.glob(f"{kept.name}*"), *Path(home_of()).rglob("*")]
        song = self.song.encode()
        return sorted({f.name for f in files if f.is_file() and song in f.read_bytes()})


def home_of():
    from django.conf import settings

    return settings.HOME


@pytest.fixture
def canary(filled):
    return Canary()


def erased(user):
    return actions.erase_person(by=AT_THE_MACHINE, user=user)


# bytes


@pytest.mark.sqlite
def test_before_it_the_canary_is_in_the_database_and_among_the_files(canary):
    assert Path(connection.settings_dict["NAME"]).name in " ".join(canary.traces)
    assert canary.upload.digest in canary.traces


@pytest.mark.sqlite
def test_no_byte_of_whoever_was_erased_is_left(canary):
    erased(canary.user)
    assert canary.traces == []


@pytest.mark.sqlite
def test_without_overwriting_what_is_deleted_this_test_would_find_them(canary):
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA secure_delete=OFF")
    erased(canary.user)
    assert canary.traces == [Path(connection.settings_dict["NAME"]).name]
    connection.close()  # the next connection overwrites again


@pytest.mark.sqlite
def test_with_the_log_left_as_it_is_this_test_would_find_them(canary, monkeypatch):
    monkeypatch.setattr(erasures, "checkpoint", lambda: True)
    erased(canary.user)
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA journal_mode")
        (mode,) = cursor.fetchone()
    kept = Path(connection.settings_dict["NAME"]).name
    assert (f"{kept}-wal" in canary.traces) == (mode == "wal")


@pytest.mark.sqlite
def test_every_connection_overwrites_what_it_deletes():
    for version in ((3, 53, 4), (3, 40, 1)):
        assert database.pragmas(version)["secure_delete"] == 1


@pytest.mark.sqlite
def test_while_somebody_reads_the_log_waits_and_a_worker_empties_it(canary):
    name = connection.settings_dict["NAME"]
    with contextlib.closing(database.linked_sqlite().connect(name)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT COUNT(*) FROM people_user").fetchone()
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA busy_timeout=50")
        erased(canary.user)
        reader.execute("ROLLBACK")
    waiting = Job.objects.get(name="people.finish_erasure")
    assert waiting.done_at is None

    erasures.finish(**waiting.detail)

    assert canary.traces == []
    connection.close()


def test_no_copy_that_anybody_takes_names_them(canary, tmp_path):
    erased(canary.user)

    words = [("--person", user.email) for user in User.objects.all()]
    words += [("--cluster", cluster.slug) for cluster in Cluster.objects.all()]
    for number, whose in enumerate(words):
        out = tmp_path / f"{number}.zip"
        assert CliRunner().invoke(cli, ["export", *whose, "--out", str(out)]).exit_code == 0
        with zipfile.ZipFile(out) as archive:
            for name in archive.namelist():
                assert canary.song.encode() not in archive.read(name), (whose, name)


def test_no_page_of_those_who_stay_names_them(canary, client):
    signed_in(client, canary.other)
    there = f"/clusters/{canary.seat.cluster_id}/people/"
    assert canary.song in client.get(there).content.decode()

    erased(canary.user)

    for page in (there, f"/clusters/{canary.seat.cluster_id}/history/", "/home/", "/you/"):
        answer = client.get(page)
        assert answer.status_code == 200, page
        assert canary.song not in answer.content.decode(), page


def test_no_backup_made_afterwards_holds_them(canary, tmp_path):
    erased(canary.user)
    file = backups.make(tmp_path / "kept", tick=quiet)
    assert canary.song.encode() not in file.read_bytes()
    assert backups.verify(file, tick=quiet).faults == ()
    assert tombstones.place().name not in home.BACKED_UP


def test_an_erasure_that_is_broken_off_leaves_everything_and_is_finished_later(canary, monkeypatch):
    """The machine stops when the list is written and the database is not yet."""
    written = tombstones.write

    def stops(person):
        written(person)
        raise KeyboardInterrupt

    monkeypatch.setattr(tombstones, "write", stops)
    with pytest.raises(KeyboardInterrupt):
        erased(canary.user)
    assert not is_erased(User.objects.get(pk=canary.user.pk))
    assert canary.upload.digest in canary.traces or connection.vendor != "sqlite"

    monkeypatch.undo()
    assert finish_erasures(by=Actor.clock()) == 1

    assert is_erased(User.objects.get(pk=canary.user.pk))
    assert not (Path(home_of()) / "uploads" / canary.upload.digest).exists()
    assert chain.verify() == []


# a backup comes back


@pytest.fixture
def place(tmp_path):
    (tmp_path / "new").mkdir()
    return tmp_path / "new"


def typed(*words):
    return CliRunner().invoke(cli, [str(word) for word in words])


@contextlib.contextmanager
def restored_with(file, place, list_of_erased):
    erased_then = restores.Erased(
        file=list_of_erased, again=lambda: finish_erasures(by=AT_THE_MACHINE)
    )
    with empty_database():
        done = restores.restore(file, into=place, tick=quiet, erased=erased_then)
        with served_from(place):
            yield done


def test_whoever_was_erased_after_a_backup_is_erased_when_it_comes_back(canary, place, tmp_path):
    file = backups.make(tmp_path / "kept", tick=quiet)
    erased(canary.user)

    with restored_with(file, place, Path(home_of()) / "erased") as done:
        assert done.n_erased == 1
        user = User.objects.get(pk=canary.user.pk)
        assert is_erased(user)
        assert not user.is_active
        assert not user.seats.filter(ended_at=None).exists()
        assert not Mail.objects.filter(person=user.pk).exclude(text="").exists()
        assert not Invitation.objects.filter(email=f"{canary.song}@place.org").exists()
        assert chain.verify() == []
        assert Event.objects.filter(did="people.person_erased").count() == 1
        assert User.objects.filter(pk=canary.other.user_id, is_active=True).exists()
    found = [
        f.name for f in place.rglob("*") if f.is_file() and canary.song.encode() in f.read_bytes()
    ]
    assert found == []
    assert sorted(path.name for path in place.iterdir() if path.name != home.DATABASE) == [
        "erased",
        "uploads",
    ]
    assert not (place / "uploads" / canary.upload.digest).exists()


def test_without_the_list_this_test_would_find_them(canary, place, tmp_path):
    file = backups.make(tmp_path / "kept", tick=quiet)
    erased(canary.user)
    with empty_database():
        restores.restore(file, into=place, tick=quiet)
        with served_from(place):
            assert not is_erased(User.objects.get(pk=canary.user.pk))
    assert (place / "uploads" / canary.upload.digest).exists()


def test_the_restored_home_keeps_the_list_for_the_next_time(canary, place, tmp_path):
    file = backups.make(tmp_path / "kept", tick=quiet)
    erased(canary.user)
    before = (Path(home_of()) / "erased").read_bytes()
    with restored_with(file, place, Path(home_of()) / "erased"):
        assert (place / "erased").read_bytes() == before
        assert (place / "erased").stat().st_mode & 0o777 == 0o600


def test_the_key_of_somebody_who_came_after_the_backup_is_not_given_again(canary, place, tmp_path):
    file = backups.make(tmp_path / "kept", tick=quiet)
    later = SeatFactory().user
    erased(later)

    with restored_with(file, place, Path(home_of()) / "erased") as done:
        assert done.n_erased == 0
        assert not User.objects.filter(pk=later.pk).exists()
        new = actions.add_person(by=AT_THE_MACHINE, email="new@place.org", title="Clerk")
        assert new.pk > later.pk


def test_a_backup_of_an_older_hedgerow_is_brought_up_to_date_first(
    canary, place, tmp_path, monkeypatch
):
    file = backups.make(tmp_path / "kept", tick=quiet)
    erased(canary.user)
    called = []
    monkeypatch.setattr(restores.health, "is_up_to_date", lambda: False)
    monkeypatch.setattr(restores, "call_command", lambda *words, **more: called.append(words))
    with restored_with(file, place, Path(home_of()) / "erased"):
        assert called == [("migrate",)]


@pytest.mark.parametrize("damage", ["changed", "cut off", "of another", "not there", "a letter"])
def test_a_list_that_cannot_be_used_is_told_of_and_nothing_is_half_done(
    canary, place, tmp_path, damage
):
    file = backups.make(tmp_path / "kept", tick=quiet)
    erased(canary.user)
    kept = tmp_path / "erased"
    whole = (Path(home_of()) / "erased").read_text()
    key = f" {canary.user.pk} "
    if damage != "not there":
        kept.write_text(
            {
                "changed": whole.replace(key, f" {canary.other.user_id} "),
                "cut off": whole[:-9],
                "of another": _of_another(),
                "a letter": "Dear all,\n",
            }[damage]
        )

    with (
        empty_database(),
        pytest.raises(Refused, match=r"(?i)the list of erased people, "),
        restored_with(file, place, kept),
    ):
        pass
    assert list(place.iterdir()) == []


def _of_another():
    told = f"{'f' * 64} 1 2026-03-17T12:00:00+00:00"
    return f"{told} {tombstones._sum(told)}\n"


def test_a_fault_on_the_way_leaves_nothing_half_done(canary, place, tmp_path):
    file = backups.make(tmp_path / "kept", tick=quiet)
    erased(canary.user)

    def broken():
        raise OSError("the disk is full")

    known = restores.Erased(file=Path(home_of()) / "erased", again=broken)
    before = (home_of(), connection.settings_dict["NAME"])
    with empty_database():
        with pytest.raises(OSError, match="full"):
            restores.restore(file, into=place, tick=quiet, erased=known)
        if connection.vendor != "sqlite":
            assert connection.introspection.table_names() == []
    assert list(place.iterdir()) == []
    assert (home_of(), connection.settings_dict["NAME"]) == before
    assert is_erased(User.objects.get(pk=canary.user.pk))


def test_the_commands_say_what_they_did_and_what_is_to_be_done(canary, tmp_path):
    file = typed("backup", "--to", tmp_path / "kept").stdout.strip()
    assert typed("erase", canary.user.email, "--yes").exit_code == 0
    kept = Path(home_of()) / "erased"

    with empty_database():
        told = typed("restore", file, "--into", tmp_path / "a", "--erased", kept)
    assert told.exit_code == 0, told.stderr
    assert "One person on" in told.stderr

    with empty_database():
        told = typed("restore", file, "--into", tmp_path / "b", "--erased", kept, "--json")
    assert json.loads(told.stdout)["erased_again"] == 1

    with empty_database():
        told = typed("restore", file, "--into", tmp_path / "c")
    assert told.exit_code == 0
    assert "No list of erased people was given" in told.stderr
    assert "hedgerow erase --again" in told.stderr


def test_a_list_set_for_the_site_is_used_without_being_named(canary, tmp_path, monkeypatch):
    file = typed("backup", "--to", tmp_path / "kept").stdout.strip()
    typed("erase", canary.user.email, "--yes")
    monkeypatch.setenv("HEDGEROW_ERASED_FILE", str(Path(home_of()) / "erased"))
    with empty_database():
        told = typed("restore", file, "--into", tmp_path / "new")
    assert "One person on" in told.stderr

    monkeypatch.setenv("HEDGEROW_ERASED_FILE", str(tmp_path / "not there yet"))
    with empty_database():
        told = typed("restore", file, "--into", tmp_path / "other")
    assert "No list of erased people was given" in told.stderr


def test_somebody_whose_time_here_began_after_an_erasure_is_not_taken_for_the_erased(canary):
    with clock.at(clock.now() - timedelta(days=60)):
        tombstones.write(canary.user.pk)
    assert finish_erasures(by=Actor.clock()) == 0
    assert SignIn.objects.filter(user=canary.user).exists()
    assert Upload.objects.get(by_person=canary.user.pk).name
