"""Grants in files. Where only files are read and written, no database is asked, and no Django is
loaded; the commands that ask it stand in grants_here.py."""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from hedgerow.commands import answer, ready, say
from hedgerow.commands.grants_files import counted, instead_of, reading_of, refuse
from hedgerow.grants.giving.reading import read_grants
from hedgerow.grants.giving.rules import faults_of
from hedgerow.grants.giving.telling import line_of, told_to_machines, told_to_people
from hedgerow.grants.giving.writing import as_json, write_csv, write_json

_A_FILE = click.Path(path_type=Path, exists=True, dir_okay=False)
_A_PATH = click.Path(path_type=Path, dir_okay=False)
_JSON = click.option("--json", "for_machine", is_flag=True, help="Print it for a machine.")
_WRITES = {".json": write_json, ".csv": write_csv}


@click.group()
def grants() -> None:
    """Grants as funders publish them, in 360Giving's format."""


@grants.command()
@click.argument("files", metavar="FILE…", nargs=-1, required=True, type=_A_FILE)
@_JSON
def read(files: Sequence[Path], for_machine: bool) -> None:
    """Read files of grants (JSON, CSV or XLSX), and account for every row.

    Each fault is named by file, sheet, row and column. Nothing is kept: it only looks.
    """
    told: list[dict[str, Any]] = []
    seen: set[str] = set()
    has_faults = False
    for path in files:
        found = reading_of(path)
        ids = {grant.id for grant in found.grants}
        n_again, has_faults = len(ids & seen), has_faults or bool(found.faults)
        seen |= ids
        if for_machine:
            told.append({**told_to_machines(found), "again": n_again})
            continue
        for fault in found.faults:
            say(line_of(found.name, found.kind, fault))
        answer(told_to_people(found), for_machine)
        if n_again:
            were = "1 was" if n_again == 1 else f"{n_again:,} were"
            answer([f"  Of these, {were} in a file before this one."], for_machine)
    if for_machine:
        sums = {key: sum(one[key] for one in told) for key in ("rows", "read", "faulty", "again")}
        answer({"files": told, **sums}, for_machine)
    sys.exit(1 if has_faults else 0)


@grants.command()
@click.argument("names", metavar="[IN] OUT.json|OUT.csv", nargs=-1, required=True, type=_A_PATH)
@click.option("--programme", metavar="SLUG", help="Without IN: the awards of this programme alone.")
@click.option("--example", is_flag=True, help="Without IN: those of the invented example too.")
@_JSON
def export(names: Sequence[Path], programme: str | None, example: bool, for_machine: bool) -> None:
    """Write the awards of this Hedgerow, or the grants in IN, as 360Giving that is strictly valid.

    An award that cannot be published is named, with the reason. A file IN with a fault is not
    written at all, and what is written was read back and is the same. A file that is there already
    is replaced, once the new one is whole. What IN holds beyond what we read is not written, and is
    named.
    """
    if len(names) > 2:
        raise click.UsageError("Name one file to write, and at most one before it to read.")
    out = names[-1]
    write = _WRITES.get(out.suffix.casefold())
    if write is None:
        raise click.UsageError("Name a file that ends in .json or .csv.")
    if len(names) == 1:
        ready()
        from hedgerow.commands.grants_here import export_awards

        export_awards(out, programme=programme, with_example=example, for_machine=for_machine)
        return
    if programme or example:
        raise click.UsageError("--programme and --example are of the awards here: leave IN out.")
    source = names[0]
    if not source.is_file() and not source.exists():
        raise click.UsageError(f"There is no file {source}.")
    if out.exists() and out.samefile(source):
        raise click.UsageError("IN and OUT are the same file. Choose another name.")
    found = reading_of(source)
    if found.faults:
        refuse(found, found.faults, for_machine)
    lacking = faults_of({"grants": [as_json(grant) for grant in found.grants]}, source.name)
    if lacking:
        refuse(found, lacking, for_machine)
    with instead_of(out) as part:
        with part.open("w", encoding="utf-8", newline="") as into:
            write(found.grants, into)
        with part.open("rb") as stream:
            again = read_grants(stream, out.name)
        if again.grants != found.grants:
            raise click.ClickException(f"{out} would not have been the same grants: not written.")
    if for_machine:
        told = {"file": str(out), "grants": len(found.grants), "notes": found.notes}
        answer(told, for_machine)
        return
    for note in found.notes:
        say(f"{found.name}: {note}")
    answer(f"{out}: {counted(len(found.grants))}.", for_machine)


@grants.command("import")
@click.argument("files", metavar="FILE…", nargs=-1, required=True, type=_A_FILE)
@click.option("--programme", metavar="SLUG", help="In whose history it stands.")
@click.option("--licence", metavar="KEY", default="", help="As the publisher says: cc-by-4.0.")
@_JSON
def import_(files: Sequence[Path], programme: str | None, licence: str, for_machine: bool) -> None:
    """Take in grants that others publish, so that members see what they have from whom.

    Every row is accounted for: new, other than before, as before, refused with its place and the
    reason. The same file again changes nothing, and a newer one changes only what differs in it.
    """
    ready()
    from hedgerow.commands.grants_here import import_files

    sys.exit(import_files(files, programme=programme, licence=licence, for_machine=for_machine))
