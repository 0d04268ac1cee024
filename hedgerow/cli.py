"""The command `hedgerow`: one table of commands, each loaded only when it is asked for.

Nothing here imports Django, so that `hedgerow --help` and the maths answer at once.
"""

import re
import sys
from importlib import import_module

import click

# name -> module and function in hedgerow/commands, and its line in `hedgerow --help`
COMMANDS = {
    "serve": ("serve:serve", "Serve the pages, with the worker beside them."),
    "worker": ("worker:worker", "Do what waits in the queue: mail, imports, dates."),
    "invite": ("invite:invite", "Print a link that makes somebody an operator."),
    "demo": ("demo:demo", "Load the published record and the example."),
    "export": ("export:export", "Write out what is kept here, to take elsewhere."),
    "decide": ("decide:decide", "Count the votes in a file, and say what they come to."),
    "diagnostics": (
        "diagnostics:diagnostics",
        "Check an instrument; make, read and compare workbooks.",
    ),
    "focus": ("focus:focus", "Count the ballots in a file, by fair shares or by red spots."),
    "grants": ("grants:grants", "Read grants that funders publish; write ours as they do."),
    "erase": ("erase:erase", "Erase a person; first, list what would go."),
    "import": ("import_:import_", "Read a file in, all of it or nothing."),
    "backup": ("backup:backup", "Copy everything into one file, while running."),
    "verify-backup": ("backup:verify_backup", "Prove that a backup can be used."),
    "restore": ("backup:restore", "Put a backup into an empty place."),
    "check": ("check:check", "Say what is not safe about this installation."),
}

_NOT_THERE = re.compile(r"no such (table|column)|(relation|column) .* does not exist")


class _Sentence(click.ClickException):
    """A refusal, printed as the sentence it is."""

    def show(self, file=None):
        click.echo(self.message, err=True)


class _Table(click.Group):
    def list_commands(self, ctx):
        return list(COMMANDS)

    def get_command(self, ctx, name):
        if name not in COMMANDS:
            return None
        module, attribute = COMMANDS[name][0].split(":")
        return getattr(import_module(f"hedgerow.commands.{module}"), attribute)

    def format_commands(self, ctx, formatter):
        with formatter.section("Commands"):
            formatter.write_dl([(name, line) for name, (_, line) in COMMANDS.items()])

    def invoke(self, ctx):
        try:
            return super().invoke(ctx)
        except Exception as error:
            if sentence := _in_words(error):
                raise _Sentence(sentence) from error
            raise


def _in_words(error: Exception) -> str | None:
    """What a person can do something about, as a sentence; None for a fault of ours."""
    # Looked up, not imported: where nothing loaded Django, nothing of it can have been raised.
    actions, database = sys.modules.get("hedgerow.core.actions"), sys.modules.get("django.db")
    if actions and isinstance(error, actions.Refused):
        return str(error)
    if database and isinstance(error, database.DatabaseError):
        if _NOT_THERE.search(str(error)):
            return (
                "The database is not up to date. `hedgerow serve` brings it there when it starts."
            )
        if isinstance(error, database.OperationalError):
            return f"The database does not answer: {error}"
    return None


@click.group(cls=_Table, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option("0.1.0", "--version", message="Hedgerow %(version)s")
def cli() -> None:
    """Hedgerow: small charities that are neighbours, doing together what they choose to.

    HEDGEROW_HOME says where everything is kept (./var), PORT where to serve (8000), and
    DATABASE_URL which PostgreSQL to use instead of a file.
    """


def main() -> None:
    cli(prog_name="hedgerow")


if __name__ == "__main__":
    main()
