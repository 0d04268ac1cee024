"""Backups taken apart and put together by hand, as no backup would be."""

import io
import json
import shutil
import tarfile
from contextlib import contextmanager, nullcontext

from django.db import connection

from hedgerow.core import archives, restores, snapshots
from hedgerow.core.home import DATABASE

PASSPHRASE = "five words that do not belong together"


def quiet(n_bytes):
    """Progress that nobody looks at."""


def parts_of(file):
    """What a backup that is not sealed holds: name -> bytes, the manifest taken apart."""
    with tarfile.open(file) as tar:
        parts = {entry.name: tar.extractfile(entry).read() for entry in tar}
    parts[archives.MANIFEST] = json.loads(parts[archives.MANIFEST])
    return parts


def rewritten(file, parts):
    """A backup with other parts, put together by hand: their sums stay what the manifest says, and
    its own is right."""
    changed = file.with_name("changed.tar")
    with tarfile.open(changed, "w") as tar:
        for name, content in parts.items():
            text = content if isinstance(content, bytes) else summed(content)
            entry = tarfile.TarInfo(name)
            entry.size = len(text)
            tar.addfile(entry, io.BytesIO(text))
    return changed


def summed(manifest):
    told = {key: value for key, value in manifest.items() if key != "sha256"}
    return json.dumps({**told, "sha256": archives.sum_of(told)}).encode()


def with_other_database(file, change):
    """A backup whose sums are right, of a SQLite database that was changed before it was made."""
    parts, folder = parts_of(file), file.with_suffix(".d")
    manifest = parts.pop(archives.MANIFEST)
    del manifest["sha256"]
    for name, text in parts.items():
        part = folder / name
        part.parent.mkdir(parents=True, exist_ok=True)
        part.write_bytes(text)
    opened = snapshots.linked_sqlite().connect(folder / snapshots.SQLITE)
    opened.executescript(change)
    opened.close()
    changed = file.with_name("changed.tar")
    with changed.open("xb") as out:
        archives.pack(out, [(name, folder / name) for name in parts], manifest, quiet)
    shutil.rmtree(folder)
    return changed


@contextmanager
def at(database):
    """Django's connection leads to another database: a name, or on SQLite a file."""
    before = connection.settings_dict["NAME"]
    connection.close()
    connection.settings_dict["NAME"] = str(database)
    yield
    connection.close()
    connection.settings_dict["NAME"] = before


@contextmanager
def served_from(home):
    """Django's connection leads to what was restored into this home."""
    with at(home / DATABASE) if connection.vendor == "sqlite" else nullcontext():
        yield


@contextmanager
def empty_database():
    """On PostgreSQL, Django's connection leads to a new one without tables, for as long as this."""
    if connection.vendor == "sqlite":
        yield
        return
    other = f"{connection.settings_dict['NAME']}_empty"
    drop = f'DROP DATABASE IF EXISTS "{other}"'
    with connection._nodb_cursor() as cursor:
        cursor.execute(drop)
        cursor.execute(f'CREATE DATABASE "{other}"')
    with at(other):
        yield
    with connection._nodb_cursor() as cursor:
        cursor.execute(drop)


@contextmanager
def restored(file, place, *, despite=False):
    """What a backup becomes in an empty place, with Django's connection leading there."""
    with empty_database():
        restores.restore(file, into=place, tick=quiet, despite=despite)
        with served_from(place):
            yield
