from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from hedgerow.commands import answer, ready, say

if TYPE_CHECKING:
    from hedgerow.commands.import_organisations import Outcome


@click.group("import")
def import_() -> None:
    """Read a file in, all of it or nothing."""


@import_.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--cluster", required=True, metavar="SLUG", help="The cluster they join.")
@click.option("--dry-run", is_flag=True, help="Look at all of it, and change nothing.")
@click.option("--json", "as_json", is_flag=True, help="Print what was found for a machine.")
@click.pass_context
def organisations(
    ctx: click.Context, file: Path, cluster: str, dry_run: bool, as_json: bool
) -> None:
    """Let the organisations in a CSV file join a cluster.

    Its columns are name, register number (more than one with semicolons between), legal form,
    income band, postcode and what it does; only the name is needed. If anything in it cannot be
    used, every fault is listed by row and column, and nothing changes. Read in again, the same
    file changes nothing: an organisation is known by its register number, or else by its name.
    """
    ready()
    from hedgerow.commands.import_organisations import KIND, cluster_called, take_in
    from hedgerow.core import uploads
    from hedgerow.core.actors import Actor

    by, joined = Actor.command(), cluster_called(cluster)
    with file.open("rb") as stream:
        outcome = take_in(stream, by=by, name=file.name, cluster=joined, is_trial=dry_run)
        if not dry_run:
            stream.seek(0)
            kept = uploads.keep(stream, by=by, kind=KIND, name=file.name)
            uploads.finish(kept, outcome.faults)
    if as_json:
        answer(asdict(outcome), as_json)
    else:
        _tell(outcome)
    ctx.exit(1 if outcome.faults else 0)


def _tell(outcome: "Outcome") -> None:
    for fault in outcome.faults:
        where = f"Row {fault.row}" if fault.row else fault.sheet
        answer([f"{where}, {fault.column}: {fault.sentence}".replace(", :", ":")], as_json=False)
    for sentence in outcome.notes:
        say(sentence)
    if outcome.columns_not_read:
        say(f"Not read, because not asked for: {', '.join(outcome.columns_not_read)}.")
    parts = {
        "new here": outcome.n_added,
        "new in the cluster": outcome.n_joined,
        "as before": outcome.n_as_before,
        "left out": outcome.n_left_out,
        "with a fault": outcome.n_faulty,
        "blank": outcome.n_blank,
    }
    counted = ", ".join(f"{number} {what}" for what, number in parts.items() if number)
    say(f"{outcome.file}, rows below the heading: {outcome.n_rows}{counted and ': '}{counted}.")
    say(_ended(outcome))


def _ended(outcome: "Outcome") -> str:
    if outcome.faults:
        return "Nothing was changed. Mend what is listed and send the whole file again."
    if outcome.is_trial:
        return "Only looked at: nothing was changed."
    if outcome.n_added or outcome.n_joined:
        return f"{outcome.cluster} has {outcome.n_added + outcome.n_joined} more in it."
    return "Everything in it was so already: nothing was changed."
