import sys
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from hedgerow.commands import answer, ready, say

if TYPE_CHECKING:
    from hedgerow.core.health import Line

_MARKS = {"fine": "  ", "warning": "! ", "refusal": "X "}


@click.group(invoke_without_command=True)
@click.option("--json", "as_json", is_flag=True, help="Print it for a machine.")
@click.pass_context
def check(ctx: click.Context, as_json: bool) -> None:
    """Say how this Hedgerow is, and what is not safe about it.

    Marked “!” is what should be seen to, and “X” what must not be served to strangers: then it
    ends with 1.
    """
    if ctx.invoked_subcommand:
        return
    ready()
    from hedgerow.core.health import Kind, lines

    told = [*lines(), *_of_example(), *_of_instruments()]
    refused = [line for line in told if line.kind is Kind.REFUSAL]
    if as_json:
        answer({"is_safe": not refused, "lines": [asdict(line) for line in told]}, as_json)
    else:
        answer([f"{_MARKS[line.kind]}{line.sentence}" for line in told], as_json)
    sys.exit(1 if refused else 0)


def _of_example() -> Iterator["Line"]:
    from django.conf import settings

    from hedgerow.core.health import Kind, Line, is_up_to_date
    from hedgerow.people.models import Programme

    if not settings.IS_PRODUCTION or not is_up_to_date():
        return
    if Programme.objects.filter(is_example=True).exists():
        sentence = "The example is loaded, and anybody can sign in as anyone in it."
        yield Line(kind=Kind.WARNING, sentence=sentence)


def _of_instruments() -> Iterator["Line"]:
    from hedgerow.core.health import Kind, Line
    from hedgerow.diagnostics.questions.packs import faults_at_home

    for fault in faults_at_home():
        sentence = f"The instrument {fault.sheet} cannot be used. {fault.sentence}"
        yield Line(kind=Kind.WARNING, sentence=sentence)


@check.command()
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--json", "as_json", is_flag=True, help="Print it for a machine.")
def pack(file: Path, as_json: bool) -> None:
    """Read a programme pack and name every fault in it, with its line."""
    from hedgerow.journeys.packs import read_programme_pack

    found, faults = read_programme_pack(file.read_bytes(), name=file.name)
    if as_json:
        answer({"is_sound": found is not None, "faults": [asdict(one) for one in faults]}, as_json)
    elif found:
        say(f"{file.name} is sound: {found.name}, {len(found.stages)} stages.")
    else:
        answer([f"{one.sheet}:{one.row}: {one.sentence}" for one in faults], as_json)
    sys.exit(1 if faults else 0)
