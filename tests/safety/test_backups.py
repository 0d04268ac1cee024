"""A backup holds everything that is kept, proves itself, and comes back whole or not at all."""

import json
import os
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.exceptions import ImproperlyConfigured
from django.core.mail import EmailMessage
from django.core.management import call_command
from django.db import connection, models
from django.test.utils import override_settings

from hedgerow.core import (
    archives,
    backups,
    chain,
    database,
    guard,
    home,
    links,
    restores,
    snapshots,
)
from hedgerow.core.actions import Refused
from hedgerow.core.archives import BadBackup
from hedgerow.core.clock import now
from hedgerow.core.database import databases
from hedgerow.core.models import Event, Upload
from hedgerow.core.secret import secret_key
from hedgerow.people.models import Programme
from tests.factories import ProgrammeFactory

from .parts import (
    PASSPHRASE,
    empty_database,
    parts_of,
    quiet,
    restored,
    rewritten,
    with_other_database,
)


def test_a_backup_is_one_file_for_its_owner_and_proves_itself(backup):
    found = backups.verify(backup, tick=quiet)

    assert found.faults == ()
    assert (found.n_uploads, found.is_sealed) == (2, False)
    assert backup.stat().st_mode & 0o777 == 0o600
    assert [file.name for file in backup.parent.iterdir()] == [backup.name]


def test_every_model_is_counted_in_it(backup):
    rows = parts_of(backup)[archives.MANIFEST]["rows"]
    for model in apps.get_models(include_auto_created=True):
        assert rows[model._meta.db_table] == model._base_manager.count(), model
    assert rows[Programme._meta.db_table] == 2


def test_it_says_where_the_record_ended_and_what_made_it(backup):
    manifest = parts_of(backup)[archives.MANIFEST]

    last = Event.objects.latest("number")
    assert manifest["record"] == {"number": last.number, "digest": last.digest}
    assert manifest["versions"].keys() == {"django", "python", "database"}
    assert len(manifest["settings"]) == 64


def test_the_secret_is_nowhere_in_it(filled, tmp_path, settings):
    key = secret_key(filled)
    with override_settings(SECRET_KEY=key):
        text = backups.make(tmp_path / "kept", tick=quiet).read_bytes()
    assert key.encode() not in text
    assert settings.SECRET_KEY.encode() not in text


def test_files_have_no_other_place_than_the_uploads():
    places = [
        Path(field.storage.location)
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if isinstance(field, models.FileField)
    ]
    assert Path(settings.MEDIA_ROOT).name == home.UPLOADS
    assert all(place == Path(settings.MEDIA_ROOT) for place in places)


def test_whatever_is_kept_in_a_home_is_in_the_backup_or_left_out_for_a_reason(filled, settings):
    secret_key(filled)
    databases({}, filled)
    with override_settings(
        STATIC_ROOT=filled / "static",
        EMAIL_BACKEND="django.core.mail.backends.filebased.EmailBackend",
        EMAIL_FILE_PATH=filled / "mail",
    ):
        call_command("collectstatic", verbosity=0, interactive=False)
        EmailMessage("Subject", "Text", to=["ann@example.org"]).send()
    file = backups.make(filled / "backups", tick=quiet)
    backups.remember(backups.verify(file, tick=quiet))

    here = {entry.name for entry in filled.iterdir()}
    assert here <= {*home.BACKED_UP, *home.LEFT_OUT}
    assert {"secret_key", "static", "mail", "backups", "uploads"} <= here
    assert backups.strangers() == []


def test_sets_of_questions_that_were_added_come_back(filled, tmp_path, place):
    folder = filled / home.INSTRUMENTS
    folder.mkdir()
    (folder / "our-own.yaml").write_text("slug: our-own")
    file = backups.make(tmp_path / "kept", tick=quiet)

    with restored(file, place):
        back = place / home.INSTRUMENTS / "our-own.yaml"

    assert back.read_text() == "slug: our-own"


def test_a_set_of_questions_under_a_name_that_no_backup_can_hold_is_told_of(filled, tmp_path):
    folder = filled / home.INSTRUMENTS
    folder.mkdir()
    (folder / "five questions?.yaml").write_text("slug: five")

    assert backups.strangers() == ["instruments/five questions?.yaml"]
    assert backups.verify(backups.make(tmp_path / "kept", tick=quiet), tick=quiet).faults == ()


def test_a_set_of_questions_that_is_only_a_link_is_told_of(filled, tmp_path):
    """What it leads to is not part of the home, and may not be there after a restore."""
    folder = filled / home.INSTRUMENTS
    folder.mkdir()
    (tmp_path / "theirs.yaml").write_text("slug: theirs")
    (folder / "theirs.yaml").symlink_to(tmp_path / "theirs.yaml")
    (folder / "gone.yaml").symlink_to(tmp_path / "gone.yaml")

    assert backups.strangers() == ["instruments/gone.yaml", "instruments/theirs.yaml"]
    assert backups.verify(backups.make(tmp_path / "kept", tick=quiet), tick=quiet).faults == ()


def test_what_is_not_hedgerows_own_is_told_of(filled):
    (filled / "notes.txt").touch()
    assert backups.strangers() == ["notes.txt"]


def test_what_a_killed_backup_left_is_removed_a_day_later(filled, tmp_path):
    old, new = filled / ".copying-old", filled / ".copying-new"
    old.mkdir()
    new.mkdir()
    two_days_ago = now().timestamp() - 2 * 24 * 3600
    os.utime(old, (two_days_ago, two_days_ago))

    backups.make(tmp_path / "kept", tick=quiet)

    assert (old.exists(), new.exists()) == (False, True)


def test_progress_adds_up_to_about_what_was_expected(filled, tmp_path):
    ticks = []
    expected = backups.expected_bytes()
    backups.make(tmp_path / "kept", tick=ticks.append)
    if connection.vendor == "sqlite":
        assert 0.7 * expected < sum(ticks) < 1.3 * expected


@pytest.mark.sqlite
def test_a_copy_is_of_one_instant_whatever_is_written_meanwhile(filled, tmp_path, monkeypatch):
    monkeypatch.setattr(snapshots, "_PAGES", 5)
    written = []

    def write(n_bytes):
        if len(written) < 5:
            written.append(ProgrammeFactory().slug)

    told = snapshots.copy_sqlite(tmp_path / "copy.sqlite3", write)

    assert len(written) == 5
    assert told.rows["people_programme"] == 2
    assert told.faults == []


# sealed


def test_a_sealed_backup_shows_nothing_and_proves_itself(sealed, tmp_path):
    file = backups.make(tmp_path / "kept", tick=quiet)

    assert b"hedgeshire" not in file.read_bytes()
    assert backups.verify(file, tick=quiet).is_sealed
    assert backups.verify(file, tick=quiet).faults == ()


def test_with_another_passphrase_or_none_it_stays_shut(sealed, tmp_path, settings):
    file = backups.make(tmp_path / "kept", tick=quiet)

    Path(settings.PASSPHRASE_FILE).write_text(PASSPHRASE + "!")
    with pytest.raises(BadBackup, match="passphrase is not the one"):
        backups.verify(file, tick=quiet)
    settings.PASSPHRASE_FILE = ""
    with pytest.raises(BadBackup, match="is sealed"):
        backups.verify(file, tick=quiet)


@pytest.mark.parametrize("written", [None, "", "too short"])
def test_a_passphrase_that_is_none_is_refused_before_anything_is_written(
    sealed, tmp_path, settings, written
):
    Path(settings.PASSPHRASE_FILE).unlink()
    if written is not None:
        Path(settings.PASSPHRASE_FILE).write_text(written)
    with pytest.raises(Refused, match="passphrase"):
        backups.make(tmp_path / "kept", tick=quiet)
    assert not (tmp_path / "kept").exists()


# damage: each is refused with a sentence


def refused(file, words):
    with pytest.raises(BadBackup, match=words):
        backups.verify(file, tick=quiet)


def test_no_file_and_an_empty_one_are_refused(filled, tmp_path):
    refused(tmp_path / "nothing.tar", "is not there")
    (tmp_path / "empty.tar").touch()
    refused(tmp_path / "empty.tar", "is empty")


def test_another_file_is_refused(filled, tmp_path):
    (tmp_path / "letter.tar").write_text("Dear all,\n" * 5000)
    refused(tmp_path / "letter.tar", "is not a backup")


def test_a_backup_that_is_cut_off_anywhere_is_refused(backup):
    whole = backup.read_bytes()
    cut = backup.with_name("cut.tar")
    for n_bytes in (
        1,
        511,
        512,
        5000,
        10_240,
        len(whole) // 2,
        len(whole) - 10_240,
        len(whole) - 1,
    ):
        cut.write_bytes(whole[:n_bytes])
        refused(cut, "cut off|not a backup|damaged")


def test_a_sealed_backup_that_is_cut_off_anywhere_is_refused(sealed, tmp_path):
    file = backups.make(tmp_path / "kept", tick=quiet)
    whole, cut = file.read_bytes(), tmp_path / "cut.sealed"
    for n_bytes in (1, 10, 40, 51, 60, len(whole) // 2, len(whole) - 1):
        cut.write_bytes(whole[:n_bytes])
        refused(cut, "cut off|not a backup|lost|passphrase|damaged")


def test_a_changed_bit_is_refused_wherever_it_means_something(backup):
    """Space that a tar fills up with zeros means nothing: there, what comes out is the same."""
    whole = backup.read_bytes()
    changed, n_refused = backup.with_name("changed.tar"), 0
    for place in range(300, len(whole), len(whole) // 60):
        changed.write_bytes(whole[:place] + bytes([whole[place] ^ 16]) + whole[place + 1 :])
        try:
            found = backups.verify(changed, tick=quiet)
        except BadBackup:
            n_refused += 1
        else:
            assert found.faults == ()
            assert parts_of(changed) == parts_of(backup)
    assert n_refused > 50


def test_a_changed_bit_anywhere_in_the_list_of_what_is_in_it_is_refused(backup):
    whole, changed = backup.read_bytes(), backup.with_name("changed.tar")
    start = whole.rindex(b'{\n "format"')
    end = whole.index(b"\0", start)
    for place in range(start, end, (end - start) // 40):
        changed.write_bytes(whole[:place] + bytes([whole[place] ^ 16]) + whole[place + 1 :])
        refused(changed, "The list of what is in the backup is damaged")


def test_a_backup_from_before_that_list_had_a_sum_can_still_be_read(backup):
    parts = parts_of(backup)
    del parts[archives.MANIFEST]["sha256"]
    parts[archives.MANIFEST]["format"] = 1
    older = rewritten(backup, {**parts, archives.MANIFEST: told_of(parts[archives.MANIFEST])})
    assert backups.verify(older, tick=quiet).faults == ()

    parts[archives.MANIFEST]["format"] = 2
    newer = rewritten(backup, {**parts, archives.MANIFEST: told_of(parts[archives.MANIFEST])})
    refused(newer, "damaged")


def told_of(manifest):
    return json.dumps(manifest).encode()


def test_a_changed_bit_in_a_sealed_backup_is_refused_wherever_it_is(sealed, tmp_path):
    file = backups.make(tmp_path / "kept", tick=quiet)
    whole, changed = file.read_bytes(), tmp_path / "changed.sealed"
    for place in (0, 20, 40, 60, len(whole) // 2, len(whole) - 1):
        changed.write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
        refused(changed, "damaged|not a backup")


def test_parts_that_are_swapped_lost_or_put_in_are_refused(backup):
    one, two = [name for name in parts_of(backup) if name.startswith("uploads/")]

    parts = parts_of(backup)
    parts[one], parts[two] = parts[two], parts[one]
    refused(rewritten(backup, parts), "is not what was put there")

    parts = parts_of(backup)
    del parts[one]
    refused(rewritten(backup, parts), "is missing")

    parts = {"uploads/put-in": b"by somebody", **parts_of(backup)}
    refused(rewritten(backup, parts), "is not what was put there")


@pytest.mark.parametrize("name", ["../outside", "/outside", "uploads/../../outside", ".hidden"])
def test_a_part_that_would_be_put_elsewhere_is_refused(backup, name):
    refused(rewritten(backup, {name: b"x", **parts_of(backup)}), "where nothing should be")
    assert not (backup.parent.parent / "outside").exists()


def test_what_comes_after_the_end_is_refused(backup):
    refused(rewritten(backup, {**parts_of(backup), "more": b"x"}), "where nothing should be")


def test_a_backup_of_another_format_or_a_newer_hedgerow_is_refused(backup):
    parts = parts_of(backup)
    parts[archives.MANIFEST]["format"] = 3
    refused(rewritten(backup, parts), "format 3")

    parts = parts_of(backup)
    parts[archives.MANIFEST]["migrations"].append("people.9999_from_the_future")
    refused(rewritten(backup, parts), "newer Hedgerow")


def test_a_backup_without_a_database_or_its_list_is_refused(backup):
    parts = parts_of(backup)
    database = next(name for name in parts if name.startswith("database."))
    del parts[database]
    kept = [part for part in parts[archives.MANIFEST]["parts"] if part["name"] != database]
    parts[archives.MANIFEST]["parts"] = kept
    refused(rewritten(backup, parts), "no database")

    parts = parts_of(backup)
    del parts[archives.MANIFEST]
    refused(rewritten(backup, parts), "its end")


def test_a_count_that_is_not_the_copys_is_a_fault(backup):
    parts = parts_of(backup)
    parts[archives.MANIFEST]["rows"]["people_programme"] = 3
    found = backups.verify(rewritten(backup, parts), tick=quiet)
    assert found.faults == ("people_programme has 2 rows, but 3 were copied.",)


def test_an_upload_that_rows_speak_of_and_is_not_there_is_a_fault(filled, tmp_path):
    Upload.objects.create(kind="a", name="b", digest="f" * 64, n_bytes=1, at=now())
    file = backups.make(tmp_path / "kept", tick=quiet)
    (fault,) = backups.verify(file, tick=quiet).faults
    assert "upload" in fault


def test_a_record_that_was_changed_is_a_fault(filled, tmp_path):
    Event.objects.filter(number=1).update(did="people.something_else")
    file = backups.make(tmp_path / "kept", tick=quiet)
    assert backups.verify(file, tick=quiet).faults == tuple(chain.verify())


@pytest.mark.sqlite
def test_rows_that_point_nowhere_are_a_fault(backup):
    astray = (
        "PRAGMA foreign_keys=OFF; INSERT INTO people_cluster (id, programme_id, slug, name, place,"
        " purpose, is_public, is_published, is_example, version)"
        " VALUES (1, 999, 'a', 'a', '', '', 0, 0, 0, 1);"
    )
    faults = backups.verify(with_other_database(backup, astray), tick=quiet).faults
    assert "Rows of people_cluster point to rows that are not there." in faults


# restoring


@pytest.fixture
def place(tmp_path):
    """Where nothing is yet."""
    return tmp_path / "new home"


def test_a_restored_site_has_every_row_every_file_and_the_same_record(backup, filled, place):
    record = list(Event.objects.order_by("number").values())
    names = set(Programme.objects.values_list("slug", flat=True))

    with restored(backup, place):
        assert list(Event.objects.order_by("number").values()) == record
        assert set(Programme.objects.values_list("slug", flat=True)) == names
        assert chain.verify() == []
    kept = {file.name: file.read_bytes() for file in (filled / "uploads").iterdir()}
    assert {file.name: file.read_bytes() for file in (place / "uploads").iterdir()} == kept
    assert not [entry for entry in place.iterdir() if entry.name.startswith(".")]
    assert {file.stat().st_mode & 0o077 for file in place.rglob("*")} == {0}


def test_sessions_and_links_from_before_are_dead_in_it(backup, place):
    later = now() + timedelta(days=1)
    token = links.make("a.purpose", person=1, seat=1, about=1, version=1, expires_at=later)
    assert links.read(token, "a.purpose").person == 1
    assert Session.objects.count() == 1

    with restored(backup, place):
        assert Session.objects.count() == 0
    with override_settings(SECRET_KEY=secret_key(place)), pytest.raises(links.BadLink):
        links.read(token, "a.purpose")


def test_nothing_that_stays_points_to_what_is_emptied():
    ended = [model for model in apps.get_models() if getattr(model, "ENDS_AT_RESTORE", False)]
    assert len(ended) > 1
    for model in ended:
        for relation in model._meta.related_objects:
            assert relation.related_model in ended, (model, relation.related_model)


def test_models_that_say_so_are_emptied_in_it(backup, place, monkeypatch):
    monkeypatch.setattr(Programme, "ENDS_AT_RESTORE", True, raising=False)
    with restored(backup, place):
        assert Programme.objects.count() == 0
        assert Event.objects.count() == 2


@pytest.mark.sqlite
def test_what_was_restored_is_in_the_guarded_mode(backup, place):
    with restored(backup, place):
        guard.check_database()
        databases({}, place)
    wanted = database.pragmas(database.linked_sqlite().sqlite_version_info)["journal_mode"]
    with closing(database.linked_sqlite().connect(place / home.DATABASE)) as opened:
        assert opened.execute("PRAGMA journal_mode").fetchone() == (wanted,)


def test_a_sealed_backup_comes_back_too(sealed, tmp_path, place):
    file = backups.make(tmp_path / "kept", tick=quiet)
    with restored(file, place):
        assert Programme.objects.count() == 2


def test_a_place_that_is_not_empty_is_left_as_it_is(backup, tmp_path):
    place = tmp_path / "lived in"
    place.mkdir()
    (place / "letter").write_text("Dear all")
    with pytest.raises(Refused, match="is not empty"):
        restores.restore(backup, into=place, tick=quiet)
    assert [entry.name for entry in place.iterdir()] == ["letter"]

    with pytest.raises(Refused, match="is a file"):
        restores.restore(backup, into=place / "letter", tick=quiet)
    assert (place / "letter").read_text() == "Dear all"


@pytest.mark.postgres
def test_a_database_that_is_not_empty_is_left_as_it_is(backup, tmp_path):
    with pytest.raises(Refused, match="is not empty"):
        restores.restore(backup, into=tmp_path / "new", tick=quiet)
    assert Programme.objects.count() == 2
    assert list((tmp_path / "new").iterdir()) == []


@pytest.mark.postgres
def test_a_load_that_is_not_what_was_copied_is_taken_out_again(backup, place):
    parts = parts_of(backup)
    parts[archives.MANIFEST]["rows"]["people_programme"] = 3
    with empty_database():
        with pytest.raises(BadBackup, match="empty again"):
            restores.restore(rewritten(backup, parts), into=place, tick=quiet, despite=True)
        assert connection.introspection.table_names() == []


def test_a_backup_of_the_other_kind_of_database_is_refused(backup, place, monkeypatch):
    other = "postgresql" if connection.vendor == "sqlite" else "sqlite"
    monkeypatch.setattr(
        restores, "proved", lambda *a: (backups.verify(backup, tick=quiet), {"database": other})
    )
    with pytest.raises(BadBackup, match="This backup is of a"):
        restores.restore(backup, into=place, tick=quiet)


def test_a_damaged_backup_restores_nothing_at_all(backup, place):
    whole = backup.read_bytes()
    middle = len(whole) // 2
    backup.write_bytes(whole[:middle] + bytes([whole[middle] ^ 1]) + whole[middle + 1 :])

    with pytest.raises(BadBackup):
        restores.restore(backup, into=place, tick=quiet)

    assert list(place.iterdir()) == []


def test_one_that_does_not_hold_together_is_restored_only_if_asked(filled, tmp_path, place):
    Event.objects.filter(number=1).update(did="people.something_else")
    file = backups.make(tmp_path / "kept", tick=quiet)

    with pytest.raises(BadBackup, match="Event 1"):
        restores.restore(file, into=place, tick=quiet)
    assert list(place.iterdir()) == []

    with restored(file, place, despite=True):
        assert Event.objects.count() == 2


def test_a_restore_that_breaks_off_leaves_nothing(backup, place, monkeypatch):
    def broken(*anything):
        raise OSError("the disk is full")

    monkeypatch.setattr(restores, "_put_sqlite", broken)
    monkeypatch.setattr(restores, "_put_postgresql", broken)
    with pytest.raises(OSError, match="full"):
        restores.restore(backup, into=place, tick=quiet)
    assert list(place.iterdir()) == []


def test_a_restore_that_was_killed_is_not_started_from_and_begins_anew(backup, place):
    (place / home.RESTORING).mkdir(parents=True)
    (place / home.UPLOADS).mkdir()
    (place / home.UPLOADS / "half").touch()
    with pytest.raises(ImproperlyConfigured, match="did not finish"):
        databases({}, place)

    with restored(backup, place):
        assert not (place / home.UPLOADS / "half").exists()
    databases({}, place)


def test_a_backup_of_nothing_says_so(filled, tmp_path, monkeypatch):
    nothing = snapshots.Contents(rows={}, migrations=[], record=(0, ""), uploads=[], faults=[])
    monkeypatch.setattr(backups.snapshots, "copy_sqlite", lambda *anything: nothing)
    monkeypatch.setattr(backups.dumps, "dump", lambda *anything: nothing)
    with pytest.raises(Refused, match="nothing to copy"):
        backups.make(tmp_path / "kept", tick=quiet)
    assert list((tmp_path / "kept").iterdir()) == []


def test_the_last_backup_is_remembered(backup, filled):
    backups.remember(backups.verify(backup, tick=quiet))
    told = json.loads((filled / home.LAST_BACKUP).read_text())
    assert told["file"] == str(backup)
