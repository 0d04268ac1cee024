"""A backup, back into an empty place.

The site's secret is not in it. A restored site makes a new one, so that sessions, links and codes
from before are dead: some were spent or ended after the copy was made, and nothing tells which.

People who were erased after it was made stand on a list outside (tombstones.py), and are erased
again before anybody is let in.
"""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.db import connection

from . import dumps, health, snapshots, tombstones
from .actions import Refused
from .archives import BadBackup, Tick
from .backups import Backup, proved
from .database import linked_sqlite, pragmas
from .home import DATABASE, ERASED, INSTRUMENTS, RESTORING, UPLOADS, flush
from .snapshots import POSTGRESQL, SQLITE


@dataclass(frozen=True, kw_only=True)
class Erased:
    """Who was erased, and how it is done once more: rooms above know."""

    file: Path  # as tombstones.py writes it
    again: Callable[[], int]  # erases whoever stands on the list of this database; how many


def restore(
    file: Path,
    *,
    into: Path,
    tick: Tick,
    despite: bool = False,
    erased: Erased | None = None,
) -> Backup:
    """Put a backup into an empty place: all of it or nothing.

    Raises Refused if the place is not empty or the list of erased people cannot be used, BadBackup
    if the backup cannot be used, or, unless `despite`, if what is in it does not hold together. A
    home with half a restore in it is not started (database.py); done again, it begins anew.
    """
    if erased:
        tombstones.read(erased.file)
    _refuse_unless_empty(into)
    into.mkdir(mode=0o700, parents=True, exist_ok=True)
    aside = into / RESTORING
    aside.mkdir(mode=0o700)
    try:
        backup, manifest = proved(file, aside, tick)
        if backup.faults and not despite:
            raise BadBackup(" ".join(backup.faults))
        _refuse_another_kind(manifest["database"])
        if connection.vendor == "sqlite":
            backup = _erased_again(backup, aside, aside / SQLITE, erased)
            _put_sqlite(aside / SQLITE, into / DATABASE)
        else:
            _put_postgresql(aside / POSTGRESQL, manifest)
            try:
                backup = _erased_again(backup, aside, None, erased)
            except BaseException:
                dumps.empty()
                raise
        for kept in (UPLOADS, INSTRUMENTS, ERASED):
            if (aside / kept).exists():
                (aside / kept).rename(into / kept)
        flush(into)
        shutil.rmtree(aside)
    except BaseException:
        _clear(into)
        raise
    return backup


def _refuse_unless_empty(into: Path) -> None:
    if (into / RESTORING).exists():
        _clear(into)  # what a restore left that was broken off
    if into.exists() and not into.is_dir():
        raise Refused(f"{into} is a file. Name a folder that is empty or not there yet.")
    if into.exists() and {entry.name for entry in into.iterdir()} - {"lost+found"}:
        raise Refused(
            f"{into} is not empty, and nothing in it is to be lost. "
            "Name a folder that is empty or not there yet."
        )


def _refuse_another_kind(vendor: str) -> None:
    if vendor == connection.vendor:
        return
    if vendor == "sqlite":
        raise BadBackup(
            "This backup is of a database in a file, and DATABASE_URL names a PostgreSQL. "
            "Take DATABASE_URL away and try again."
        )
    raise BadBackup(
        "This backup is of a PostgreSQL database. Make an empty one (createdb), name it in "
        "DATABASE_URL, and try again."
    )


def _clear(into: Path) -> None:
    for name in (DATABASE, ERASED):
        (into / name).unlink(missing_ok=True)
    for folder in (UPLOADS, INSTRUMENTS, RESTORING):
        shutil.rmtree(into / folder, ignore_errors=True)


def _put_sqlite(copy: Path, file: Path) -> None:
    snapshots.end_in_sqlite(copy)
    sqlite = linked_sqlite()
    opened = sqlite.connect(str(copy))
    opened.execute(f"PRAGMA journal_mode={pragmas(sqlite.sqlite_version_info)['journal_mode']}")
    opened.close()
    flush(copy)
    copy.rename(file)


def _put_postgresql(copy: Path, manifest: dict[str, Any]) -> None:
    if not dumps.is_empty():
        raise Refused(
            "The database that DATABASE_URL names is not empty, and nothing in it is to be lost. "
            "Make an empty one (createdb), name it there, and try again."
        )
    told = dumps.load(copy)
    if told.rows != manifest["rows"] or told.record[0] != manifest["record"]["number"]:
        dumps.empty()
        raise BadBackup("What was loaded is not what was copied. The database is empty again.")
    dumps.end()


def _erased_again(
    backup: Backup, aside: Path, database: Path | None, erased: Erased | None
) -> Backup:
    """With the list beside what was unpacked, and this process at home there."""
    if erased is None:
        return backup
    shutil.copyfile(erased.file, aside / ERASED)
    (aside / ERASED).chmod(0o600)
    flush(aside / ERASED)
    for upload in (aside / UPLOADS).glob("*"):
        os.utime(upload, (0, 0))  # nobody is just giving it: erasures.py need not wait
    with _at_home(aside, database):
        if not health.is_up_to_date():
            call_command("migrate", verbosity=0, interactive=False)
        stones = tombstones.of_this_database()
        if not stones and (aside / ERASED).stat().st_size:
            raise Refused(
                f"The list of erased people, {erased.file}, is of another Hedgerow than this "
                "backup. Give the one that its home kept."
            )
        if stones:
            _never_give_again(max(stone.person for stone in stones))
        return replace(backup, n_erased=erased.again())


@contextmanager
def _at_home(folder: Path, database: Path | None) -> Iterator[None]:
    """Whatever is asked of the home, and of SQLite's file, is asked of these."""
    home, list_of_erased = settings.HOME, settings.ERASED_FILE
    name = connection.settings_dict["NAME"]
    connection.close()
    settings.HOME, settings.ERASED_FILE = folder, ""
    if database:
        connection.settings_dict["NAME"] = str(database)
    try:
        yield
    finally:
        connection.close()  # the last one out: SQLite's log is written into its file
        settings.HOME, settings.ERASED_FILE = home, list_of_erased
        connection.settings_dict["NAME"] = name


def _never_give_again(key: int) -> None:
    """Keys of people who came after the backup and were erased must not become somebody else's."""
    table = get_user_model()._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("DELETE FROM sqlite_sequence WHERE name = %s AND seq < %s", [table, key])
            cursor.execute(
                "INSERT INTO sqlite_sequence (name, seq) SELECT %s, %s WHERE NOT EXISTS "
                "(SELECT 1 FROM sqlite_sequence WHERE name = %s)",
                [table, key, table],
            )
        else:
            cursor.execute(
                "SELECT setval(pg_get_serial_sequence(%s, 'id'), GREATEST(%s, "
                f"(SELECT COALESCE(MAX(id), 1) FROM {connection.ops.quote_name(table)})))",
                [table, key],
            )
