"""Where everything is kept: what is in it, and that only its owner reads it."""

import os
import secrets
from collections.abc import Callable
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

DATABASE = "hedgerow.sqlite3"
SECRET = "secret_key"
UPLOADS = "uploads"
INSTRUMENTS = "instruments"  # sets of questions that whoever runs this added
LAST_BACKUP = "last_backup.json"
ERASED = "erased"  # which people were erased, by their keys
RESTORING = ".restoring"  # a restore into this home has not finished

# What a backup holds, and why it does not hold the rest. A test walks a used home by it.
BACKED_UP = (DATABASE, UPLOADS, INSTRUMENTS)
LEFT_OUT = {
    f"{DATABASE}-wal": "part of the database, and copied with it",
    f"{DATABASE}-shm": "part of the database, made again when it is opened",
    f"{DATABASE}-journal": "part of the database, and copied with it",
    SECRET: "a restored site makes a new one, so that old sessions and links are dead",
    "static": "made again from the program",
    "mail": "messages that the file backend wrote out; the database holds what waits to be sent",
    "backups": "copies of everything already",
    LAST_BACKUP: "about this home, not about what is in it",
    ERASED: "it has to know of erasures that came after the backup",
    "lost+found": "the disk's own",
}


def make_home(home: Path) -> None:
    """Make sure of the folder. Raises ImproperlyConfigured if it cannot be made or written to."""
    try:
        home.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise ImproperlyConfigured(
            f"Everything is to be kept in {home}, but it cannot be made: {error.strerror}. "
            "Let HEDGEROW_HOME name a folder that you may write to."
        ) from error


def put_once(path: Path, make: Callable[[Path], None]) -> None:
    """Put a new file in place whole, on the disk and for its owner's eyes only.

    `make` is given the path of an empty file aside and fills it. Where processes start together,
    the first one's file holds.
    """
    aside = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    try:
        os.close(os.open(aside, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        try:
            make(aside)
            flush(aside)
            os.link(aside, path)
        except FileExistsError:
            return
        finally:
            aside.unlink()
        flush(path.parent)
    except OSError as error:
        raise ImproperlyConfigured(
            f"{path} cannot be made: {error.strerror}. HEDGEROW_HOME has to be a folder on a disk "
            "of this computer's own, and yours to write to."
        ) from error


def flush(path: Path) -> None:
    """See that a file, or the names in a folder, would survive a power cut."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
