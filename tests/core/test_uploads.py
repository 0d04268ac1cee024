"""Files that people gave us."""

import hashlib
import io
import os
import time
from datetime import timedelta

import pytest

from hedgerow.core import clock, uploads
from hedgerow.core.actions import Refused
from hedgerow.core.actors import Actor
from hedgerow.core.faults import Fault
from hedgerow.core.models import Upload

BY = Actor(person=5)


@pytest.fixture(autouse=True)
def home(settings, tmp_path, db):
    settings.HOME = tmp_path
    return tmp_path


def keep(words=b"name\nAsh\n", name="list.csv"):
    return uploads.keep(io.BytesIO(words), by=BY, kind="test", name=name)


def files(home):
    return sorted(path.name for path in (home / "uploads").iterdir())


def test_a_file_is_kept_under_the_digest_of_what_is_in_it(home):
    upload = keep()

    assert files(home) == [hashlib.sha256(b"name\nAsh\n").hexdigest()]
    assert (upload.by_person, upload.name, upload.n_bytes) == (5, "list.csv", 9)
    with uploads.opened(upload) as file:
        assert file.read() == b"name\nAsh\n"


def test_the_same_file_twice_is_kept_once(home):
    assert keep().digest == keep(name="again.csv").digest
    assert len(files(home)) == 1
    assert Upload.objects.count() == 2


def test_nobody_else_on_the_machine_can_read_it(home):
    keep()
    (file,) = (home / "uploads").iterdir()
    assert file.stat().st_mode & 0o077 == 0
    assert (home / "uploads").stat().st_mode & 0o077 == 0


def test_a_file_that_is_too_large_leaves_nothing_behind(home, monkeypatch):
    monkeypatch.setattr(uploads, "MOST_BYTES", 8)
    with pytest.raises(Refused, match="larger than"):
        keep()
    assert files(home) == []
    assert not Upload.objects.exists()


def test_a_stream_that_breaks_leaves_nothing_behind(home):
    class Broken(io.BytesIO):
        def read(self, size=-1):
            raise ConnectionResetError

    with pytest.raises(ConnectionResetError):
        uploads.keep(Broken(), by=BY, kind="test", name="x")
    assert files(home) == []


def test_what_was_wrong_with_it_is_kept_with_it():
    upload = keep()
    fault = Fault(sheet="list.csv", row=2, column="name", sentence="Nothing is written here.")
    uploads.finish(upload, [fault])

    upload.refresh_from_db()
    assert Fault(**upload.faults[0]) == fault
    assert upload.finished_at


def test_a_file_goes_some_weeks_after_it_came(home):
    upload = keep()
    uploads.finish(upload, [Fault(row=2, column="name", sentence="“Ash” is here twice.")])
    grow_old(home)
    with clock.at(clock.now() + uploads.FILES_KEPT + timedelta(days=1)):
        new = keep(b"name\nOak\n")
        assert uploads.remove_old_files() == 1

    upload.refresh_from_db()
    assert files(home) == [new.digest]
    assert (upload.faults, upload.name) == ([], "")
    with pytest.raises(FileNotFoundError):
        uploads.opened(upload)


def test_a_file_that_somebody_gave_again_stays(home):
    keep()
    with clock.at(clock.now() + uploads.FILES_KEPT + timedelta(days=1)):
        again = keep()
        uploads.remove_old_files()
        with uploads.opened(again) as file:
            assert file.read()


def test_what_is_left_of_a_crash_goes_too_but_not_while_it_is_written(home):
    keep()
    old, new = home / "uploads" / ".part-old", home / "uploads" / ".part-new"
    old.touch()
    new.touch()
    grow_old(old)
    uploads.remove_old_files()

    assert new.exists()
    assert not old.exists()


def grow_old(path):
    for file in [*path.rglob("*")] if path.is_dir() else [path]:
        os.utime(file, (time.time() - 3 * 86400,) * 2)
