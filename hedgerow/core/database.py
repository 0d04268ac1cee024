"""Which database, and how it is guarded. Read before Django starts, so it knows no models."""

import sys
from collections.abc import Mapping
from importlib import import_module
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

from .home import DATABASE, RESTORING, make_home, put_once

PATIENCE = 20  # seconds that a writer waits for another before it gives up

# What libpq is told beside who and where; anything else in the address is a mistake.
_PASSED_ON = (
    *("sslmode", "sslrootcert", "sslcert", "sslkey", "sslcrl", "channel_binding", "gssencmode"),
    *("connect_timeout", "application_name", "target_session_attrs", "keepalives"),
)


def databases(environment: Mapping[str, str], home: Path) -> dict[str, dict[str, Any]]:
    """Django's DATABASES: PostgreSQL where DATABASE_URL names one, else one file in `home`.

    Raises ImproperlyConfigured with a sentence that never holds the password.
    """
    if (home / RESTORING).exists():
        raise ImproperlyConfigured(
            f"A restore into {home} did not finish, so what is there is not whole. "
            "Run the same restore again; it begins anew."
        )
    url = environment.get("DATABASE_URL", "").strip()
    return {"default": _postgresql(url) if url else _sqlite(home)}


def is_fixed(version: tuple[int, ...]) -> bool:
    """Whether this SQLite is free of the WAL-reset race.

    From 3.7.0 to 3.51.2 two processes that write and checkpoint at the same instant can damage a
    database in WAL mode. Fixed in 3.51.3, and carried back to 3.50.7 and 3.44.6.
    """
    return (
        version >= (3, 51, 3) or (3, 50, 7) <= version < (3, 51) or (3, 44, 6) <= version < (3, 45)
    )


def pragmas(version: tuple[int, ...]) -> dict[str, str | int]:
    """What every connection sets, as SQLite reads it back.

    Without the fix, the old journal: slower beside readers, and safe in every version.
    """
    return {
        "journal_mode": "wal" if is_fixed(version) else "delete",
        "synchronous": 2,  # FULL: what was acknowledged survives a power cut
        "fullfsync": 1,  # on a Mac, where the usual flush stops at the disk's own memory
        "secure_delete": 1,  # what was erased is overwritten, not only unlinked
        "foreign_keys": 1,
        "mmap_size": 0,  # a stray write must not reach the file through memory
        "cache_size": -8000,  # KiB, for each connection
        "temp_store": 2,  # memory: nothing private in the machine's temporary files
        "journal_size_limit": 64 * 1024 * 1024,
    }


def linked_sqlite() -> Any:
    """The one SQLite of this process: the module `sqlite3`, the newer one where there is one.

    Two copies in one process would undo each other's locks on the same file, so everything here
    that opens a database asks for this one.
    """
    try:
        newer = import_module("pysqlite3")
    except ImportError:
        return import_module("sqlite3")
    sys.modules["sqlite3"] = newer
    sys.modules["sqlite3.dbapi2"] = import_module("pysqlite3.dbapi2")
    return newer


def checkpoint() -> bool:
    """Write SQLite's log into the database and cut it to nothing: what was erased stands in it as
    it was before. Outside a transaction. Whether that was done; while somebody reads, it is not.
    """
    from django.db import connection

    if connection.vendor != "sqlite":
        return True
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        (is_busy, *_) = cursor.fetchone()
    return not is_busy


def one_at_a_time(what: str) -> None:
    """Inside a transaction: whoever else says the same waits here until it ends. On SQLite all wait
    for whoever writes, from the start."""
    from django.db import connection

    assert connection.in_atomic_block, f"{what} would be let go at once"
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [what])


def chosen() -> str:
    """In one or two sentences for the terminal: which database this is, and how it is kept."""
    from django.conf import settings

    database = settings.DATABASES["default"]
    if not database["ENGINE"].endswith("sqlite3"):
        where = database["HOST"] or "this computer"
        return f"PostgreSQL, database {database['NAME']} on {where}."
    sqlite = linked_sqlite()
    kept = f"SQLite {sqlite.sqlite_version} in {database['NAME']}"
    if is_fixed(sqlite.sqlite_version_info):
        return f"{kept}, WAL, every write flushed to disk."
    return (
        f"{kept}, rollback journal, every write flushed to disk. "
        "This SQLite can damage a database in WAL mode that two programs write to, so the slower "
        "way is used; 3.51.3 or newer, or the package pysqlite3, makes it faster."
    )


def _sqlite(home: Path) -> dict[str, Any]:
    make_home(home)
    sqlite = linked_sqlite()
    wanted = pragmas(sqlite.sqlite_version_info)
    file = home / DATABASE
    if not file.exists():
        put_once(file, lambda path: _in_mode(sqlite, path, str(wanted["journal_mode"])))
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(file),
        "CONN_MAX_AGE": 60,
        "OPTIONS": {
            "timeout": PATIENCE,
            # A transaction that reads first and writes later would fail at once, whatever the
            # timeout, if somebody wrote in between: each takes its place in the queue at the start.
            "transaction_mode": "IMMEDIATE",
            "init_command": "; ".join(f"PRAGMA {name}={value}" for name, value in wanted.items()),
        },
        # A file too: requests come side by side, and a database in memory refuses the second.
        "TEST": {"NAME": str(home / "test.sqlite3")},
    }


def _in_mode(sqlite: Any, file: Path, journal_mode: str) -> None:
    # Before anybody else can open it: who comes while the mode changes is refused.
    connection = sqlite.connect(str(file))
    connection.execute(f"PRAGMA journal_mode={journal_mode}")
    connection.close()


def _postgresql(url: str) -> dict[str, Any]:
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise ImproperlyConfigured(
            "DATABASE_URL cannot be read. A character such as @, / or # in a name or password is "
            "written as % and its code: postgresql://user:p%40ss@host:5432/name"
        ) from None
    if parts.scheme not in ("postgresql", "postgres"):
        raise ImproperlyConfigured(
            f"DATABASE_URL begins with “{parts.scheme}”, but Hedgerow knows only "
            "postgresql://user:password@host:5432/name. Without it, one file is used."
        )
    options = dict(parse_qsl(parts.query, keep_blank_values=True))
    place = parts.netloc.rpartition("@")[2]  # not `hostname`, which spells a socket's path small
    host = unquote(place.removesuffix(f":{port}")).strip("[]") or options.pop("host", "")
    name = unquote(parts.path.lstrip("/"))
    if not name or "/" in name:
        raise ImproperlyConfigured(
            "DATABASE_URL does not name one database. It ends with its name: "
            "postgresql://user:password@host:5432/name"
        )
    if strange := sorted(options.keys() - set(_PASSED_ON)):
        raise ImproperlyConfigured(
            f"DATABASE_URL says {strange[0]}=, which Hedgerow does not pass on. "
            f"It knows {', '.join(_PASSED_ON)}."
        )
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": name,
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": host,
        "PORT": str(port or ""),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {"application_name": "hedgerow", "connect_timeout": "10", **options},
    }
