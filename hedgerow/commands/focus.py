import sys
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any, NoReturn

import click

from hedgerow.analysis.ballots import TIES, UTILITIES
from hedgerow.analysis.equal_shares import COMPLETIONS
from hedgerow.commands import answer
from hedgerow.core.faults import Fault
from hedgerow.focus.tallying.pabulib import read_ballots
from hedgerow.focus.tallying.tallies import RULES, Asked, tally
from hedgerow.focus.tallying.telling import told_to_machines, told_to_people
from hedgerow.focus.tallying.why import why, why_not_told


@click.group()
def focus() -> None:
    """From a long list to at most three things that everybody gains from."""


def _choice(name: str, choices: tuple[str, ...], text: str) -> Callable[[Any], Any]:
    kind = click.Choice(choices)
    return click.option(name, type=kind, default=choices[0], show_default=True, help=text)


@focus.command(name="tally")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@_choice("--rule", RULES, "How to select.")
@_choice("--utility", UTILITIES, "What a mark is worth: the cost, one, or its points.")
@_choice("--completion", COMPLETIONS, "After equal shares, what is done with the rest.")
@_choice("--ties", TIES, "Which comes first where several are equally good.")
@click.option("--drop-level", is_flag=True, help="Red spot: all that are level at the bottom drop.")
@click.option(
    "--explain", is_flag=True, help="Say what would have changed it, and how steady it is."
)
@click.option("--json", "as_json", is_flag=True, help="Print it for a machine.")
def tally_command(file: Path, explain: bool, as_json: bool, **words: Any) -> None:
    """Count the ballots in FILE, in pabulib's format, and say what they come to.

    Red spots stand in a column “red_spot” of VOTES: the key of one project, or nothing. The sum is
    advice: it never replaces the talk.
    """
    with file.open("rb") as stream:
        ballots, faults = read_ballots(stream, file.name)
    if ballots is None:
        _refuse(faults, as_json)
    asked = Asked(**words)
    try:
        found = tally(ballots, asked)
    except ValueError as wrong:
        _refuse([Fault(sheet=file.name, row=0, column="", sentence=f"{wrong}")], as_json)
    if explain and (sentence := why_not_told(ballots, asked)):
        _refuse([Fault(sheet=file.name, row=0, column="", sentence=sentence)], as_json)
    reasons = why(ballots, asked, found) if explain else None
    tell = told_to_machines if as_json else told_to_people
    answer(tell(found, reasons), as_json)


def _refuse(faults: list[Fault], as_json: bool) -> NoReturn:
    if as_json:
        answer({"faults": [asdict(fault) for fault in faults]}, as_json)
    else:
        for one in faults:
            click.echo(f"{one.sheet}:{one.row}: {one.sentence}", err=True)
    sys.exit(1)
