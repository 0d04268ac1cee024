"""Files of grants as publishers put them out: JSON, CSV or XLSX of 360Giving."""

import io
from pathlib import PurePath
from typing import BinaryIO

from hedgerow.core.cells import visible
from hedgerow.core.encodings import NotText
from hedgerow.core.faults import Fault
from hedgerow.core.sheets import NotASpreadsheet

from .accounting import Account, Reading, Refused
from .jsons import NotJson, elements
from .noting import At
from .standard import PACKAGE, Path
from .tables import OF_A_WORKBOOK, Table, tables_of_csv, tables_of_xlsx

MOST_BYTES = 256 * 1024 * 1024

_BINARY = (b"PK", b"\xd0\xcf\x11\xe0", b"%PDF", b"{\\rtf")
_BEFORE_JSON = b"\xef\xbb\xbf\xff\xfe\0 \t\r\n"  # marks of the encoding, and spaces
_NO_TABLE = "This is neither JSON of 360Giving nor a table with its columns."


def read_grants(stream: BinaryIO, name: str) -> Reading:
    """All of it, or with a fault of the whole file nothing; `name` is the file's.

    The stream can be read from its start again, and stays open. Holds the grants in memory.
    """
    kind = _kind(stream, name)
    try:
        _check_size(stream)
        return {"JSON": _of_json, "CSV": _of_csv, "XLSX": _of_xlsx}[kind](stream, name)
    except Refused as wrong:
        sentence, row = wrong.sentence, wrong.row
    except NotJson as wrong:
        sentence, row = wrong.sentence, wrong.line
    except (NotText, NotASpreadsheet) as wrong:
        sentence, row, kind = str(wrong), 0, ""
    fault = Fault(sheet=name, row=row, column="", sentence=visible(sentence))
    return Reading(name=name, kind=kind, faults=(fault,))


def _kind(stream: BinaryIO, name: str) -> str:
    stream.seek(0)
    head, suffix = stream.read(4096), PurePath(name).suffix.casefold()
    if head.startswith(_BINARY) or suffix == ".xlsx":
        return "XLSX"
    if suffix == ".json" or head.lstrip(_BEFORE_JSON)[:1] in (b"{", b"["):
        return "JSON"
    return "CSV"


def _check_size(stream: BinaryIO) -> None:
    n_bytes = stream.seek(0, io.SEEK_END)
    stream.seek(0)
    if not n_bytes:
        raise Refused("The file is empty.")
    if n_bytes > MOST_BYTES:
        raise Refused(f"The file is larger than {MOST_BYTES // 1024**2} MB. Send it in parts.")


def _of_json(stream: BinaryIO, name: str) -> Reading:
    account = Account(name=name, kind="JSON", is_typed=True)
    beside: dict[str, None] = {}
    for number, element in enumerate(elements(stream, "grants", beside), start=1):
        account.n_rows += 1
        account.take(element.value, At(name, element.line, number, _pointer), element.wrong)
    account.told.unknown |= {key: None for key in beside if key not in PACKAGE}
    return account.reading()


def _pointer(number: int, path: Path) -> str:
    return "/".join(("", "grants", str(number - 1), *map(str, path)))


def _of_csv(stream: BinaryIO, name: str) -> Reading:
    return reading_of(tables_of_csv(stream, name), name, "CSV")


def _of_xlsx(stream: BinaryIO, name: str) -> Reading:
    return reading_of(tables_of_xlsx(stream.read(OF_A_WORKBOOK.bytes + 1), name), name, "XLSX")


def reading_of(tables: list[Table], name: str, kind: str) -> Reading:
    """What the tables of one file hold. Raises Refused."""
    account = Account(name=name, kind=kind, is_typed=False)
    mains = [table for table in tables if table.is_of_grants]
    others = [table for table in tables if table.is_of_parts]
    if not mains:
        return _without_grants(account, tables)
    for table in tables:
        is_read = table in mains or table in others
        for sentence in table.notes:
            account.told.say(sentence)
        if is_read and table.fault:
            raise Refused(table.fault, table.row)
        if is_read:
            account.told.unknown |= dict.fromkeys(table.unknown)
        elif table.headings:
            account.told.say(f"The sheet “{table.name}” holds no grants, and was not read.")
    for table in others:
        account.take_parts(table)
    for table in mains:
        account.missing(table, {path for other in others for path in other.known})
        account.take_rows(table)
    return account.reading()


def _without_grants(account: Account, tables: list[Table]) -> Reading:
    """Say what the likeliest table lacks."""
    likeliest = max(tables, key=lambda one: len(one.known), default=None)
    if likeliest is None or not likeliest.known:
        raise Refused((likeliest and likeliest.fault) or _NO_TABLE)
    account.missing(likeliest, set())
    return Reading(name=account.name, kind=account.kind, faults=account.faults())
