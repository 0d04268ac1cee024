"""A backup, back into an empty place.

The site's secret is not in it. A restored site makes a new one, so that sessions, links and codes
from before are dead: some were spent or ended after the copy was made, and nothing tells which.
"""

import shutil
from pathlib import Path
from typing import Any

from django.db import connection

from . import dumps, snapshots
from .actions import Refused
from .archives import BadBackup, Tick
from .backups import Backup, proved
from .database import linked_sqlite, pragmas
from .home import DATABASE, RESTORING, UPLOADS, flush
from .snapshots import POSTGRESQL, SQLITE


def restore(file: Path, *, into: Path, tick: Tick, despite: bool = False) -> Backup:
    """Put a backup into an empty place: all of it or nothing.

    Raises Refused if the place is not empty, BadBackup if the backup cannot be used, or, unless
    `despite`, if what is in it does not hold together. A home with half a restore in it is not
    started (database.py); done again, it begins anew.
    """
    _refuse_unless_empty(into)
    into.mkdir(mode=0o700, parents=True, exist_ok=True)
    aside = into / RESTORING
    aside.mkdir(mode=0o700)
    try:
        backup, manifest = proved(file, aside, tick)
        if backup.faults and not despite:
            raise BadBackup(" ".join(backup.faults))
        _refuse_another_kind(manifest["database"])
        if (aside / UPLOADS).exists():
            (aside / UPLOADS).rename(into / UPLOADS)
        if connection.vendor == "sqlite":
            _put_sqlite(aside / SQLITE, into / DATABASE)
        else:
            _put_postgresql(aside / POSTGRESQL, manifest)
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
    (into / DATABASE).unlink(missing_ok=True)
    for folder in (into / UPLOADS, into / RESTORING):
        shutil.rmtree(folder, ignore_errors=True)


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
