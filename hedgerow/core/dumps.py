"""Copies of a PostgreSQL database, by the programs that come with it."""

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

from django.db import connection, transaction
from psycopg.conninfo import make_conninfo

from . import chain
from .actions import Refused
from .models import Event, RecordHead, Upload
from .snapshots import MIGRATIONS, Contents, as_rows, end_of_record, ended, unreadable

_COPY = re.compile(r'COPY \S+\.(?:"([^"]+)"|(\w+)) \((.*)\) FROM stdin;')
_ESCAPED = re.compile(r"\\(.)")
_MEANT = {"b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "v": "\v"}

Row = dict[str, str | None]


def dump(file: Path) -> Contents:
    """Copy the live database into this file, and say what is in it as of the same instant."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        cursor.execute("SELECT pg_export_snapshot()")
        (instant,) = cursor.fetchone()
        told = _live_contents()
        _run("pg_dump", "--format=custom", f"--snapshot={instant}", f"--file={file}", _database())
    return told


def read_dump(file: Path) -> Contents:
    """What is in a dump, without a server to load it into. Reads it to its end."""
    rows, kept = dict[str, int](), dict[str, list[Row]]()
    wanted = {model._meta.db_table for model in (Event, RecordHead, Upload)} | {MIGRATIONS}
    try:
        for table, row in _rows(file):
            rows.setdefault(table, 0)
            if row is not None:
                rows[table] += 1
                if table in wanted:
                    kept.setdefault(table, []).append(row)
    except Refused as refused:
        return unreadable(refused)
    events = list(as_rows(Event, kept.get(Event._meta.db_table, [])))
    events.sort(key=lambda event: event.number)
    record = end_of_record(kept.get(RecordHead._meta.db_table, []))
    files = [row for row in kept.get(Upload._meta.db_table, []) if row["removed_at"] is None]
    return Contents(
        rows=rows,
        migrations=sorted(f"{row['app']}.{row['name']}" for row in kept.get(MIGRATIONS, [])),
        record=record,
        uploads=sorted({str(row["digest"]) for row in files}),
        faults=list(chain.faults_in(events, record)),
    )


def is_empty() -> bool:
    return not connection.introspection.table_names()


def load(file: Path) -> Contents:
    """Load a dump into the live database, which is empty: all of it or nothing."""
    restore = ("--single-transaction", "--exit-on-error", "--no-owner", "--no-privileges")
    _run("pg_restore", *restore, f"--dbname={_database()}", str(file))
    return _live_contents()


def empty() -> None:
    """Undo `load`."""
    with transaction.atomic(), connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"DROP TABLE IF EXISTS {connection.ops.quote_name(table)} CASCADE")


def end() -> None:
    """As snapshots.end_in_sqlite."""
    with transaction.atomic(), connection.cursor() as cursor:
        for table in sorted(set(ended()) & set(connection.introspection.table_names(cursor))):
            cursor.execute(f"DELETE FROM {connection.ops.quote_name(table)}")


def _live_contents() -> Contents:
    tables = sorted(connection.introspection.table_names())
    if Event._meta.db_table not in tables:
        return Contents(rows={}, migrations=[], record=(0, ""), uploads=[], faults=[])
    rows, been_through = dict[str, int](), list[tuple[str, str]]()
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f"SELECT COUNT(*) FROM {connection.ops.quote_name(table)}")
            rows[table] = cursor.fetchone()[0]
        if MIGRATIONS in tables:
            cursor.execute(f"SELECT app, name FROM {MIGRATIONS}")
            been_through = cursor.fetchall()
    kept = Upload.objects.filter(removed_at=None)
    return Contents(
        rows=rows,
        migrations=sorted(f"{app}.{name}" for app, name in been_through),
        record=chain.head(),
        uploads=sorted(set(kept.values_list("digest", flat=True))),
        faults=chain.verify(),
    )


def _rows(file: Path) -> Iterator[tuple[str, Row | None]]:
    """Each table's name with None, then with each of its rows."""
    reading = subprocess.Popen(
        [_program("pg_restore"), "--data-only", "--file=-", str(file)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )
    assert reading.stdout
    assert reading.stderr
    with reading:
        table, columns = "", list[str]()
        for line in reading.stdout:
            if not table:
                if begins := _COPY.match(line):
                    table = begins[1] or begins[2]
                    columns = [name.strip('"') for name in begins[3].split(", ")]
                    yield table, None
            elif line == "\\.\n":
                table = ""
            else:
                cells = line.removesuffix("\n").split("\t")
                yield table, dict(zip(columns, map(_plain, cells), strict=True))
        said = reading.stderr.read()
    if reading.returncode:
        raise Refused(_last(said))


def _plain(cell: str) -> str | None:
    if cell == r"\N":
        return None
    return _ESCAPED.sub(lambda found: _MEANT.get(found[1], found[1]), cell)


def _database() -> str:
    """Where it is, as libpq reads it; the password goes another way, where `ps` cannot see it."""
    told = connection.settings_dict
    who = {"dbname": told["NAME"], "user": told["USER"], "host": told["HOST"], "port": told["PORT"]}
    options = {name: value for name, value in told["OPTIONS"].items() if isinstance(value, str)}
    return make_conninfo(**{name: value for name, value in (who | options).items() if value})


def _run(name: str, *arguments: str) -> None:
    password = connection.settings_dict["PASSWORD"]
    environment = {**os.environ, **({"PGPASSWORD": password} if password else {})}
    ended = subprocess.run(
        [_program(name), *arguments], env=environment, capture_output=True, text=True, check=False
    )
    if ended.returncode:
        raise Refused(f"{name} did not finish: {_last(ended.stderr)}")


def _program(name: str) -> str:
    found = shutil.which(name)
    if found is None:
        raise Refused(
            f"{name} is not installed here. It comes with PostgreSQL's client programs (on Debian "
            "and Ubuntu: apt-get install postgresql-client), as new as the server or newer."
        )
    return found


def _last(said: str) -> str:
    return said.strip().splitlines()[-1] if said.strip() else "it did not say why"
