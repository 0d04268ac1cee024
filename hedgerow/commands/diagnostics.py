import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from hedgerow.commands import answer, diagnostics_workbooks
from hedgerow.diagnostics.questions.instruments import Instrument
from hedgerow.diagnostics.questions.packs import read_instrument


@click.group()
def diagnostics() -> None:
    """Check an instrument; make workbooks, read them, and see the shared picture."""


diagnostics.add_command(diagnostics_workbooks.workbook)
diagnostics.add_command(diagnostics_workbooks.read)
diagnostics.add_command(diagnostics_workbooks.picture)


@diagnostics.command()
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--json", "as_json", is_flag=True, help="Print it for a machine.")
def check(file: Path, as_json: bool) -> None:
    """Read an instrument and say what it holds, or name every fault in it with its line."""
    found, faults = read_instrument(file.read_bytes(), name=file.name)
    if as_json:
        holds = _holds(found) if found else None
        told = {"is_sound": found is not None, "holds": holds, "faults": list(map(asdict, faults))}
        answer(told, as_json)
    elif found:
        answer(_lines(found), as_json)
    else:
        answer([f"{one.sheet}:{one.row}:{one.column}: {one.sentence}" for one in faults], as_json)
    sys.exit(1 if faults else 0)


def _holds(instrument: Instrument) -> dict[str, Any]:
    return {
        "slug": instrument.slug,
        "version": instrument.version,
        "name": instrument.name,
        "minutes": instrument.minutes,
        "scored": instrument.scored.value,
        "flags": [item.slug for item in instrument.items if item.flags],
        "sections": [
            {
                "slug": section.slug,
                "name": section.name,
                "audience": section.audience,
                "items": {item.slug: item.kind.value for item in section.items},
            }
            for section in instrument.sections
        ],
    }


def _lines(instrument: Instrument) -> list[str]:
    n_items = sum(1 for _ in instrument.items)
    flags = [item.slug for item in instrument.items if item.flags]
    return [
        f"{instrument.title} ({instrument.slug}) is sound.",
        f"Sections: {len(instrument.sections)}. Questions: {n_items}.",
        f"Minutes, as a guess: {instrument.minutes}. Counted: {instrument.scored}.",
        *(
            f"{section.slug}: {section.name}, seen by {section.audience}: "
            f"{', '.join(f'{item.slug} ({item.kind})' for item in section.items)}"
            for section in instrument.sections
        ),
        *([f"“No” to one of these is below the baseline: {', '.join(flags)}"] if flags else []),
    ]
