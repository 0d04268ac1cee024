"""Who was erased, kept outside the database and its backups, so that no restore brings them back.

A line for each: the lineage of the database (the digest of its first event), the person's key, the
instant, and a sum of the three, so that a changed figure does not erase somebody else.
"""

import hashlib
import os
import re
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings

from . import clock
from .actions import Refused
from .home import ERASED, flush
from .models import Event

_LINE = re.compile(r"([0-9a-f]{64}) ([1-9]\d{0,18}) (\S+) ([0-9a-f]{16})")


@dataclass(frozen=True, kw_only=True)
class Tombstone:
    lineage: str
    person: int
    at: datetime


def place() -> Path:
    return Path(settings.ERASED_FILE or Path(settings.HOME) / ERASED)


def lineage() -> str:
    """The same in a database and in all that was restored from its backups; "" before any event."""
    return Event.objects.filter(number=1).values_list("digest", flat=True).first() or ""


def of_this_database() -> list[Tombstone]:
    """Raises Refused if the list cannot be read. No list is an empty one."""
    file = place()
    here = lineage()
    return [stone for stone in read(file) if stone.lineage == here] if file.exists() else []


def read(file: Path) -> list[Tombstone]:
    """Raises Refused, with a sentence, if it is not there, or anything in it is not as written."""
    try:
        text = file.read_text("ascii")
    except OSError as error:
        raise Refused(
            f"The list of erased people, {file}, cannot be read: {error.strerror}."
        ) from error
    except UnicodeDecodeError:
        text = "not a list of ours\n"
    lines = text.split("\n")
    if lines.pop():
        raise Refused(f"The list of erased people, {file}, is cut off in line {len(lines) + 1}.")
    return [_stone(file, number, line) for number, line in enumerate(lines, start=1)]


def write(person: int) -> None:
    """Add a person, on the disk when this returns. Before the erasure is committed: if the machine
    stops in between, the list says what is still to be done. Raises Refused if it cannot be kept.
    """
    file, here = place(), lineage()
    assert here, "an erasure is recorded before it is written here"
    try:
        if file.exists():
            _cut_half_a_line(file)
            known = read(file)
            if any((stone.lineage, stone.person) == (here, person) for stone in known):
                return
        told = f"{here} {person} {clock.now().isoformat()}"
        handle = os.open(file, os.O_CREAT | os.O_APPEND | os.O_WRONLY, 0o600)
        try:
            os.write(handle, f"{told} {_sum(told)}\n".encode("ascii"))
            os.fsync(handle)
        finally:
            os.close(handle)
        flush(file.parent)
    except OSError as error:
        raise Refused(
            f"The list of erased people, {file}, cannot be written: {error.strerror}. "
            "Nobody was erased; put that right and try again."
        ) from error


def _stone(file: Path, number: int, line: str) -> Tombstone:
    found = _LINE.fullmatch(line)
    if found and found[4] == _sum(line.rpartition(" ")[0]):
        return Tombstone(
            lineage=found[1], person=int(found[2]), at=datetime.fromisoformat(found[3])
        )
    raise Refused(
        f"Line {number} of the list of erased people, {file}, is not as it was written. "
        "Take an undamaged copy of it."
    )


def _cut_half_a_line(file: Path) -> None:
    """What a power cut left of a line: the erasure it is of was never acknowledged."""
    text = file.read_bytes()
    if text and not text.endswith(b"\n"):
        os.truncate(file, text.rfind(b"\n") + 1)


def _sum(told: str) -> str:
    return hashlib.sha256(told.encode("ascii")).hexdigest()[:16]
