"""What the commands about grants in files share. No Django is loaded."""

import contextlib
import io
import os
import stat
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import NoReturn

import click

from hedgerow.commands import answer, say
from hedgerow.core.faults import Fault
from hedgerow.grants.giving.accounting import Reading
from hedgerow.grants.giving.reading import read_grants
from hedgerow.grants.giving.telling import line_of


def reading_of(path: Path) -> Reading:
    try:
        with path.open("rb") as stream:
            return read_grants(stream, path.name)
    except io.UnsupportedOperation as wrong:
        raise click.ClickException(f"{path} is no file. Save it as one, and name that.") from wrong
    except OSError as wrong:
        raise click.ClickException(f"{path} cannot be read: {wrong.strerror}.") from wrong


def refuse(found: Reading, faults: Sequence[Fault], for_machine: bool) -> NoReturn:
    if for_machine:
        answer({"faults": [asdict(fault) for fault in faults]}, for_machine)
    for fault in () if for_machine else faults:
        say(line_of(found.name, found.kind, fault))
    sys.exit(1)


@contextlib.contextmanager
def instead_of(out: Path) -> Iterator[Path]:
    """A file beside it, which takes its place at the end, or is gone if anything went wrong.

    A link stays a link: what it leads to is replaced.
    """
    place = Path(os.path.realpath(out))
    try:
        mode = stat.S_IMODE(place.stat().st_mode) if place.exists() else 0o644
        handle, name = tempfile.mkstemp(dir=place.parent, prefix=".grants-", suffix=out.suffix)
        os.close(handle)
        part = Path(name)
        try:
            yield part
            part.chmod(mode)
            part.replace(place)
        finally:
            part.unlink(missing_ok=True)
    except OSError as wrong:
        raise click.ClickException(f"{out} cannot be written: {wrong.strerror}.") from wrong


def counted(n_grants: int) -> str:
    return "1 grant" if n_grants == 1 else f"{n_grants:,} grants"
