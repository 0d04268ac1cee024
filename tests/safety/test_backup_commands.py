"""Backup, verify and restore as they are typed: one command each."""

import json

import pytest
from click.testing import CliRunner

from hedgerow.cli import cli
from hedgerow.core.models import Event
from hedgerow.people.models import Programme

from .parts import empty_database, served_from


def typed(*words):
    return CliRunner().invoke(cli, [str(word) for word in words])


def test_three_commands_take_a_site_to_another_place(filled, tmp_path):
    made = typed("backup", "--to", tmp_path / "kept")
    assert made.exit_code == 0
    assert "not sealed" in made.stderr
    file = made.stdout.strip()

    proved = typed("verify-backup", file)
    assert (proved.exit_code, proved.stdout.strip()) == (0, file)
    assert "2 uploads" in proved.stderr

    with empty_database():
        restored = typed("restore", file, "--into", tmp_path / "new")
        assert restored.exit_code == 0
        assert f"HEDGEROW_HOME={tmp_path / 'new'}" in restored.stderr
        with served_from(tmp_path / "new"):
            assert Programme.objects.count() == 2


def test_machines_are_told_the_same(filled, tmp_path):
    made = json.loads(typed("backup", "--to", tmp_path, "--json").stdout)
    proved = json.loads(typed("verify-backup", made["file"], "--json").stdout)

    assert made == proved
    assert (made["uploads"], made["is_sealed"], made["faults"]) == (2, False, [])


def test_the_folder_for_backups_is_in_the_home_unless_told(filled):
    file = typed("backup").stdout.strip()
    assert file.startswith(str(filled / "backups"))


def test_what_is_not_copied_is_told(filled):
    (filled / "notes.txt").touch()
    assert "notes.txt" in typed("backup").stderr


def test_with_a_passphrase_nothing_is_said_of_open_files(sealed, tmp_path):
    made = typed("backup", "--to", tmp_path / "kept")
    assert "not sealed" not in made.stderr
    assert made.stdout.strip().endswith(".sealed")


def test_a_damaged_backup_ends_with_one_and_a_sentence(filled, tmp_path):
    (tmp_path / "bad.tar").write_text("Dear all")
    for ended in (
        typed("verify-backup", tmp_path / "bad.tar"),
        typed("restore", tmp_path / "bad.tar", "--into", tmp_path / "new"),
    ):
        assert ended.exit_code == 1
        assert "is not a backup" in ended.stderr
        assert "Traceback" not in ended.stderr


def test_a_backup_that_does_not_hold_together_is_kept_and_told_of(filled, tmp_path):
    Event.objects.filter(number=1).update(did="people.something_else")

    made = typed("backup", "--to", tmp_path / "kept")

    assert made.exit_code == 1
    assert "Event 1 is not as it was written." in made.stderr
    (file,) = (tmp_path / "kept").iterdir()
    assert not (filled / "last_backup.json").exists()
    assert typed("verify-backup", file).exit_code == 1
    assert typed("restore", file, "--into", tmp_path / "new").exit_code == 1


def test_a_secret_that_would_open_old_links_again_is_told_of(filled, tmp_path, monkeypatch):
    file = typed("backup", "--to", tmp_path).stdout.strip()
    monkeypatch.setenv("HEDGEROW_SECRET_KEY", "x" * 60)
    with empty_database():
        ended = typed("restore", file, "--into", tmp_path / "new")
    assert "HEDGEROW_SECRET_KEY is set: change it" in ended.stderr


@pytest.mark.parametrize("command", ["backup", "verify-backup", "restore", "check"])
def test_each_command_says_what_it_does(command):
    ended = typed(command, "--help")
    assert ended.exit_code == 0
    assert len(ended.stdout) > 200
