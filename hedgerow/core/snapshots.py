"""A copy of the whole database as it was at one instant, made while it is in use."""

import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote

from django.apps import apps
from django.db import connection, models

from . import chain
from .database import PATIENCE, linked_sqlite
from .models import Event, RecordHead, Upload

Tick = Callable[[int], None]  # told how many more bytes are done

SQLITE, POSTGRESQL = "database.sqlite3", "database.pgdump"  # names of the part in a backup
MIGRATIONS = "django_migrations"
_PAGES = 2000  # copied between two ticks


@dataclass(frozen=True, kw_only=True)
class Contents:
    """What a copy of the database holds, to be compared with what it should."""

    rows: dict[str, int]  # of each table
    migrations: list[str]  # that it has been through: "people.0001_initial"
    record: tuple[int, str]  # number and digest of the last event
    uploads: list[str]  # digests of the files that its rows speak of
    faults: list[str]  # sentences


def unreadable(why: object) -> Contents:
    fault = f"The database in it cannot be read: {why}."
    return Contents(rows={}, migrations=[], record=(0, ""), uploads=[], faults=[fault])


def copy_sqlite(file: Path, tick: Tick) -> Contents:
    """Copy the live database into this file by SQLite's own way to copy what is in use.

    A transaction that only reads pins the instant; without it, each write of others would make
    the copy begin again.
    """
    sqlite = linked_sqlite()
    name = connection.settings_dict["NAME"]
    with (
        closing(sqlite.connect(name, timeout=PATIENCE, isolation_level=None)) as live,
        closing(sqlite.connect(str(file))) as copy,
    ):
        live.execute("BEGIN")
        live.execute("SELECT COUNT(*) FROM sqlite_schema").fetchone()
        size = live.execute("PRAGMA page_size").fetchone()[0]
        live.backup(
            copy,
            pages=_PAGES,
            progress=lambda status, remaining, total: tick(size * min(_PAGES, total)),
        )
        copy.execute("PRAGMA journal_mode=DELETE")  # so that it is one file
    return read_sqlite(file)


def read_sqlite(file: Path) -> Contents:
    """What is in a SQLite file that nobody is using, read from beginning to end."""
    sqlite = linked_sqlite()
    try:
        with closing(sqlite.connect(f"file:{quote(str(file))}?mode=ro", uri=True)) as opened:
            opened.row_factory = sqlite.Row
            return _contents(opened)
    except sqlite.DatabaseError as error:
        return unreadable(error)


def end_in_sqlite(file: Path) -> None:
    with closing(linked_sqlite().connect(str(file), isolation_level=None)) as opened:
        opened.execute("PRAGMA secure_delete=ON")
        opened.execute("PRAGMA foreign_keys=ON")
        for table in sorted(set(ended()) & set(_tables(opened))):
            opened.execute(f'DELETE FROM "{table}"')


def ended() -> list[str]:
    """Tables of what was valid when a copy was made and may have been ended since: sessions, and
    the models that say so of themselves (ENDS_AT_RESTORE).

    What was signed dies by itself, with the secret.
    """
    marked = [m._meta.db_table for m in apps.get_models() if getattr(m, "ENDS_AT_RESTORE", False)]
    return ["django_session", *marked]


def as_rows(model: type[models.Model], told: Iterable[dict[str, Any]]) -> Iterator[Any]:
    """Rows of this model out of what a database says of them in its own way, by column."""
    fields = {field.column: field for field in model._meta.concrete_fields}
    for row in told:
        known = {fields[name]: value for name, value in row.items() if name in fields}
        yield model(**{field.attname: _value(field, value) for field, value in known.items()})


def _contents(opened: Any) -> Contents:
    tables = _tables(opened)
    faults = list(_damage(opened))
    if Event._meta.db_table not in tables:
        return Contents(rows={}, migrations=[], record=(0, ""), uploads=[], faults=faults)

    def told(of: str, more: str = "") -> Iterator[dict[str, Any]]:
        return (dict(row) for row in opened.execute(f'SELECT * FROM "{of}" {more}'))

    events = as_rows(Event, told(Event._meta.db_table, "ORDER BY number"))
    record = end_of_record(told(RecordHead._meta.db_table))
    kept = told(Upload._meta.db_table, "WHERE removed_at IS NULL")
    been_through = told(MIGRATIONS) if MIGRATIONS in tables else iter(())
    return Contents(
        rows={t: opened.execute(f'SELECT COUNT(*) FROM "{t}"').fetchone()[0] for t in tables},
        migrations=sorted(f"{row['app']}.{row['name']}" for row in been_through),
        record=record,
        uploads=sorted({row["digest"] for row in kept}),
        faults=[*faults, *chain.faults_in(events, record)],
    )


def end_of_record(told: Iterable[dict[str, Any]]) -> tuple[int, str]:
    for head in as_rows(RecordHead, told):
        return head.number, head.digest
    return 0, ""


def _tables(opened: Any) -> list[str]:
    found = opened.execute("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")
    return [row[0] for row in found if not row[0].startswith("sqlite_")]


def _damage(opened: Any) -> Iterator[str]:
    for row in opened.execute("PRAGMA integrity_check(5)"):
        if row[0] != "ok":
            yield f"The database is damaged: {row[0]}."
    for table in sorted({row[0] for row in opened.execute("PRAGMA foreign_key_check")}):
        yield f"Rows of {table} point to rows that are not there."


def _value(field: "models.Field[Any, Any]", value: Any) -> Any:
    if value is None:
        return None
    if isinstance(field, models.JSONField):
        return json.loads(value)
    if isinstance(field, models.DateTimeField):
        at = datetime.fromisoformat(value)
        return at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)
    return field.to_python(value)
