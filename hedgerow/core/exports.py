"""A copy to take elsewhere: each table as a spreadsheet can open it, and all of them for a machine.

Which rows somebody may take is said by the rule of each table, in a room above: it comes here as
a queryset.
"""

import contextlib
import csv
import inspect
import io
import json
import shutil
import tempfile
import zipfile
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from decimal import Decimal
from typing import IO, Any
from uuid import UUID

from django.db.models import QuerySet

from . import clock
from .cells import marked
from .days import in_words
from .rooms import Table

_IN_MEMORY = 4 * 1024 * 1024  # bytes; beyond that on the disk

Part = tuple[Table, "QuerySet[Any]"]

_README = """\
{of}
A copy made on {day}.

Each file that ends in .csv holds one table and opens in any spreadsheet. everything.json holds
the same for a program.

Days are written 2026-03-17, instants in UTC. Money is in whole pence. Columns that end in _id
hold the id of a row in another table. A text that a spreadsheet would take for a formula (it
begins with =, +, - or @) has an apostrophe before it in the .csv files; the apostrophe is not
part of the text. In everything.json every text is as it was written.

{tables}
"""


def zip_of(parts: Iterable[Part], *, of: str) -> IO[bytes]:
    """A zip file, from its start, in memory or on the disk; gone when it is closed."""
    with contextlib.ExitStack() as if_it_fails:
        out = if_it_fails.enter_context(tempfile.SpooledTemporaryFile(_IN_MEMORY))
        write_zip(out, parts, of=of)
        out.seek(0)
        if_it_fails.pop_all()  # whoever reads it closes it
    return out


def write_zip(out: IO[bytes], parts: Iterable[Part], *, of: str) -> dict[str, int]:
    """Write the rows, one at a time, each queryset asked once. Returns how many of each table.

    `of` says for the reader whose copy it is: a line.
    """
    counts: dict[str, int] = {}
    told: list[str] = []
    with (
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive,
        tempfile.SpooledTemporaryFile(_IN_MEMORY) as everything,
    ):
        everything.write(b"{")
        for table, rows in parts:
            name = table.model._meta.label_lower
            everything.write(f"{',' if counts else ''}\n{json.dumps(name)}: [".encode())
            with archive.open(f"{name}.csv", "w", force_zip64=True) as file:
                counts[name] = _write_table(file, everything, table, rows)
            everything.write(b"]")
            told.append(f"{name}.csv, rows: {counts[name]}. {_said_of(table)}")
        everything.write(b"\n}\n")
        everything.seek(0)
        with archive.open("everything.json", "w", force_zip64=True) as file:
            shutil.copyfileobj(everything, file)
        day = in_words(clock.today())
        archive.writestr("README.txt", _README.format(of=of, day=day, tables="\n".join(told)))
    return counts


def _write_table(
    file: IO[bytes], everything: IO[bytes], table: Table, rows: "QuerySet[Any]"
) -> int:
    names = columns_of(table)
    text = io.TextIOWrapper(file, encoding="utf-8-sig", newline="", write_through=True)
    sheet = csv.writer(text)
    sheet.writerow(names)
    n_rows = 0
    for row in _values(rows, names):
        n_rows += 1
        sheet.writerow([_cell(value) for value in row])
        told = dict(zip(names, map(_plain, row), strict=True))
        line = json.dumps(told, ensure_ascii=False)
        everything.write(f"{',' if n_rows > 1 else ''}\n  {line}".encode())
    text.detach()
    return n_rows


def columns_of(table: Table) -> tuple[str, ...]:
    """As they stand in the copy: the key first, and a relation under the name of its key."""
    fields = [table.model._meta.get_field(name) for name in table.columns]
    names = [getattr(field, "attname", field.name) for field in fields]
    key = table.model._meta.pk
    assert key is not None
    return tuple(dict.fromkeys([key.attname, *names]))


def _values(rows: "QuerySet[Any]", names: tuple[str, ...]) -> Iterator[tuple[Any, ...]]:
    return rows.order_by("pk").values_list(*names).iterator(chunk_size=1000)


def _cell(value: Any) -> str | int | Decimal:
    """Numbers stay numbers; all else is words, and none of them a formula."""
    plain = _plain(value)
    if plain is None:
        return ""
    if isinstance(plain, bool):
        return "yes" if plain else "no"
    if isinstance(value, int | Decimal):
        return value
    if isinstance(plain, str):
        return marked(plain)
    return marked(json.dumps(plain, ensure_ascii=False))


def _plain(value: Any) -> Any:
    """As JSON holds it."""
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, Decimal | UUID):
        return str(value)
    return value


def _said_of(table: Table) -> str:
    """The first lines of what its model says of itself."""
    said = inspect.getdoc(table.model) or str(table.model._meta.verbose_name)
    return " ".join(said.split("\n\n")[0].split())
