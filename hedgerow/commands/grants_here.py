"""What the commands about grants ask of this Hedgerow itself."""

import hashlib
import io
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from hedgerow.commands import answer, say
from hedgerow.commands.grants_files import counted, instead_of, reading_of
from hedgerow.core.actions import Refused
from hedgerow.core.actors import Actor
from hedgerow.core.faults import Fault
from hedgerow.grants.actions.giving import Taken, take_grants
from hedgerow.grants.giving.accounting import Reading
from hedgerow.grants.giving.reading import read_grants
from hedgerow.grants.giving.telling import line_of
from hedgerow.grants.licences import BY_KEY
from hedgerow.grants.queries.open_data import HeldBack, open_awards, text_of
from hedgerow.people.models import Programme

_CHUNK = 1024 * 1024


def import_files(
    files: Sequence[Path], *, programme: str | None, licence: str, for_machine: bool
) -> int:
    """1 if anything was refused, else 0."""
    if licence and licence not in BY_KEY:
        raise click.UsageError(f"--licence is one of: {', '.join(BY_KEY)}.")
    of = _programme(programme) if programme else None
    told: list[dict[str, Any]] = []
    has_faults = False
    for path in files:
        found, line, faults = _taken_in(path, of, licence)
        has_faults = has_faults or bool(faults)
        told.append({**line, "faults": [_fault(fault) for fault in faults]})
        if not for_machine:
            for fault in faults:
                say(line_of(found.name, found.kind, fault))
            answer(_sentence(line), for_machine)
    if for_machine:
        answer({"files": told}, for_machine)
    return 1 if has_faults else 0


def export_awards(
    out: Path, *, programme: str | None, with_example: bool, for_machine: bool
) -> None:
    """Ends with 1 if an award cannot be published, whether or not others were written."""
    of = _programme(programme) if programme else None
    found = open_awards([of] if of else None, with_example=with_example or bool(of))
    if found.grants:
        data = text_of(found, out.suffix.casefold()).encode()
        again = read_grants(io.BytesIO(data), out.name)
        if again.grants != found.grants:
            raise click.ClickException(f"{out} would not have been the same awards: not written.")
        with instead_of(out) as part:
            part.write_bytes(data)
    if for_machine:
        left = [
            {"programme": one.programme, "cluster": one.cluster, "reason": one.sentence}
            for one in found.held_back
        ]
        file = str(out) if found.grants else None
        answer({"file": file, "grants": len(found.grants), "left_out": left}, for_machine)
    else:
        for one in found.held_back:
            say(_left_out(one))
        answer(_written(out, len(found.grants)), for_machine)
    if found.held_back or not found.grants:
        raise SystemExit(1)


def _taken_in(
    path: Path, of: Programme | None, licence: str
) -> tuple[Reading, dict[str, Any], Sequence[Fault]]:
    found = reading_of(path)
    line: dict[str, Any] = {"file": found.name, "rows": found.n_rows}
    try:
        taken = take_grants(
            by=Actor.command(),
            found=found,
            digest=_digest(path),
            licence=licence,
            programme=of,
        )
    except Refused as refused:
        rest = {"faulty": found.n_faulty, "blank": found.n_blank, "joined": found.n_joined}
        return found, {**line, **_NOTHING, **rest, "refused": str(refused)}, found.faults
    return found, {**line, **_counts(taken), "notes": list(found.notes)}, taken.faults


_NOTHING = {"new": 0, "changed": 0, "same": 0, "read_before": False}


def _counts(taken: Taken) -> dict[str, Any]:
    return {
        "new": taken.n_new,
        "changed": taken.n_changed,
        "same": taken.n_same,
        "read_before": taken.was_read,
        "faulty": taken.n_faulty,
        "blank": taken.n_blank,
        "joined": taken.n_joined,
    }


def _sentence(line: dict[str, Any]) -> str:
    if "refused" in line:
        return f"{line['file']}: nothing was taken in."
    if line["read_before"]:
        return f"{line['file']}: this very file was read before; nothing changed."
    parts = [
        f"{line[key]:,} {what}"
        for key, what in (
            ("new", "new"),
            ("changed", "other than before"),
            ("same", "as before"),
            ("faulty", "refused"),
            ("blank", "blank"),
            ("joined", "added to their grants"),
        )
        if line[key]
    ]
    rows = "1 row" if line["rows"] == 1 else f"{line['rows']:,} rows"
    return f"{line['file']}: {rows}: {', '.join(parts)}."


def _fault(fault: Fault) -> dict[str, Any]:
    return {
        "sheet": fault.sheet,
        "row": fault.row,
        "column": fault.column,
        "sentence": fault.sentence,
    }


def _left_out(one: HeldBack) -> str:
    return f"Left out, {one.cluster} ({one.programme}): {one.sentence}"


def _written(out: Path, n: int) -> str:
    return f"{out}: {counted(n)}." if n else "There is no award to publish: nothing was written."


def _digest(path: Path) -> str:
    found = hashlib.sha256()
    with path.open("rb") as stream:
        while chunk := stream.read(_CHUNK):
            found.update(chunk)
    return found.hexdigest()


def _programme(slug: str) -> Programme:
    found = Programme.objects.filter(slug=slug).first()
    if found is None:
        slugs = ", ".join(Programme.objects.values_list("slug", flat=True)) or "none yet"
        raise click.ClickException(f"There is no programme “{slug}”. There are: {slugs}.")
    return found
