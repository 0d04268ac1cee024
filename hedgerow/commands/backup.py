import contextlib
import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import click

from hedgerow.commands import answer, ready, say

_JSON = click.option("--json", "as_json", is_flag=True, help="Print it for a machine.")
_FILE = click.argument("file", type=click.Path(path_type=Path))


@click.command()
@click.option(
    "--to", type=click.Path(path_type=Path), help="Folder to write it to; ./backups in the home."
)
@_JSON
def backup(to: Path | None, as_json: bool) -> None:
    """Copy everything into one file, while Hedgerow is running, and prove that it can be used.

    It holds everybody's answers and addresses. With HEDGEROW_PASSPHRASE_FILE set, it is sealed
    with the passphrase in that file; keep that somewhere else than the backups.
    """
    ready()
    from django.conf import settings

    from hedgerow.core import backups

    if backups.passphrase() is None:
        say(
            "The backup is not sealed: whoever has the file can read it (HEDGEROW_PASSPHRASE_FILE)."
        )
    if strange := backups.strangers():
        say(f"Not of Hedgerow, so not in the backup: {', '.join(strange)}.")
    with _progress("Copying", backups.expected_bytes()) as tick:
        file = backups.make(to or Path(settings.HOME) / "backups", tick=tick)
    with _progress("Proving", file.stat().st_size) as tick:
        made = backups.verify(file, tick=tick)
    if not made.faults:
        backups.remember(made)
    _tell(made, as_json)


@click.command()
@_FILE
@_JSON
def verify_backup(file: Path, as_json: bool) -> None:
    """Prove that FILE can be used: whole, unchanged, and holding together.

    Unpacks it aside, opens the database, counts its rows and follows the record from its
    beginning to its end. Nothing that is kept is touched.
    """
    with _without_a_home():
        ready()
        from hedgerow.core import backups

        with _progress("Proving", _size(file)) as tick:
            found = backups.verify(file, tick=tick)
        _tell(found, as_json)


@click.command()
@_FILE
@click.option(
    "--into", required=True, type=click.Path(path_type=Path), help="An empty folder, or a new one."
)
@click.option("--despite-faults", is_flag=True, help="Also if its parts do not hold together.")
@click.option(
    "--erased",
    type=click.Path(path_type=Path),
    help="The list of erased people that the site kept; else the one in HEDGEROW_ERASED_FILE.",
)
@_JSON
def restore(
    file: Path, into: Path, despite_faults: bool, erased: Path | None, as_json: bool
) -> None:
    """Put the backup in FILE into an empty place, to be served with HEDGEROW_HOME=INTO.

    Everybody signs in again, and links sent so far are dead. A backup of a PostgreSQL database
    goes into the empty one that DATABASE_URL names. People who were erased after the backup was
    made are in it: name the list that the site kept of them (`erased` in its home).
    """
    erased = erased or _list_of_the_site()
    with _without_a_home():
        ready()
        from hedgerow.core import restores
        from hedgerow.core.actors import Actor
        from hedgerow.people.upkeep import finish_erasures

        known = erased and restores.Erased(
            file=erased, again=lambda: finish_erasures(by=Actor.command())
        )
        with _progress("Restoring", _size(file)) as tick:
            done = restores.restore(
                file, into=into, tick=tick, despite=despite_faults, erased=known or None
            )
        say(f"Restored into {into}, as of {done.made_at}. Serve it with HEDGEROW_HOME={into}")
        say(_of_the_erased(done.n_erased, erased, into))
        if os.environ.get("HEDGEROW_SECRET_KEY"):
            say(
                "HEDGEROW_SECRET_KEY is set: change it, or links from before the backup work again."
            )
        if as_json:
            answer({**_plain(done), "erased_again": done.n_erased}, as_json)


def _list_of_the_site() -> Path | None:
    """It is not there before anybody was erased."""
    named = os.environ.get("HEDGEROW_ERASED_FILE")
    return Path(named) if named and Path(named).exists() else None


def _of_the_erased(n: int, list_of_them: Path | None, into: Path) -> str:
    if list_of_them is None:
        return (
            "No list of erased people was given, so whoever was erased after this backup is in it "
            "again. Before you serve it, put the file `erased` of the old home into "
            f"{into}, run `hedgerow erase --again` there, or restore once more with --erased FILE. "
            "If nobody was erased, there is nothing to do."
        )
    people = "Nobody" if not n else "One person" if n == 1 else f"{n} people"
    return f"{people} on {list_of_them} had to be erased again."


def _tell(found: Any, as_json: bool) -> None:
    if as_json:
        answer(_plain(found), as_json)
    else:
        how = "sealed" if found.is_sealed else "not sealed"
        say(
            f"{found.n_rows} rows and {found.n_uploads} uploads as of {found.made_at}, "
            f"{found.n_bytes / 1e6:.1f} MB, {how}."
        )
        for fault in found.faults:
            say(fault)
        if not found.faults:
            answer(str(found.file), as_json)
    if found.faults:
        sys.exit(1)


def _plain(found: Any) -> dict[str, Any]:
    return {
        "file": str(found.file),
        "made_at": found.made_at,
        "bytes": found.n_bytes,
        "rows": found.n_rows,
        "uploads": found.n_uploads,
        "is_sealed": found.is_sealed,
        "faults": list(found.faults),
    }


def _size(file: Path) -> int:
    return file.stat().st_size if file.is_file() else 0


@contextlib.contextmanager
def _progress(label: str, length: int) -> Iterator[Callable[[int], None]]:
    nobody_looks = not sys.stderr.isatty()
    with click.progressbar(
        length=length, label=label, file=sys.stderr, hidden=nobody_looks
    ) as shown:
        yield shown.update


@contextlib.contextmanager
def _without_a_home() -> Iterator[None]:
    """The home that is set may be the empty place; starting there would fill it."""
    with tempfile.TemporaryDirectory(prefix="hedgerow-") as aside:
        before = os.environ.get("HEDGEROW_HOME")
        os.environ["HEDGEROW_HOME"] = aside
        try:
            yield
        finally:
            if before is None:
                del os.environ["HEDGEROW_HOME"]
            else:
                os.environ["HEDGEROW_HOME"] = before
