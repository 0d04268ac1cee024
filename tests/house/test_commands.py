"""What holds for every command of `hedgerow`."""

import json
import re
import subprocess
import sys
from pathlib import Path

import click
import pytest
from click.testing import CliRunner
from django.db import OperationalError, ProgrammingError

from hedgerow import cli as table
from hedgerow.cli import COMMANDS, cli
from hedgerow.commands import answer, bar
from hedgerow.core.actions import Refused

ROOT = Path(__file__).resolve().parents[2]


@click.command()
def refuses():
    raise Refused("That cannot be done twice.")


@pytest.fixture
def called(monkeypatch):
    """Calls a command of this file as if it stood in the table."""

    def call(command, *words):
        monkeypatch.setitem(COMMANDS, "tried", ("tried:tried", ""))
        tried = type(sys)("tried")
        tried.tried = command
        monkeypatch.setattr(table, "import_module", lambda name: tried)
        return CliRunner().invoke(cli, ["tried", *words])

    return call


def test_help_names_every_command():
    told = CliRunner().invoke(cli, ["--help"])

    assert told.exit_code == 0
    for name, (_, line) in COMMANDS.items():
        assert re.search(rf"(?m)^  {name}  +{re.escape(line)}$", told.output), name


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_tells_what_it_does(name):
    told = CliRunner().invoke(cli, [name, "--help"])

    assert told.exit_code == 0, told.output
    assert told.output.startswith(f"Usage: cli {name}")


def test_help_does_not_wait_for_django():
    asked = "import sys; from hedgerow.cli import cli; cli(['--help'], standalone_mode=False); "
    told = subprocess.run(
        [sys.executable, "-P", "-c", asked + "sys.exit('django' in sys.modules)"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert told.returncode == 0, told.stderr


def test_a_command_called_wrongly_ends_with_2():
    assert CliRunner().invoke(cli, ["nothing-like-it"]).exit_code == 2
    assert CliRunner().invoke(cli, ["invite", "a@example.org"]).exit_code == 2


def test_a_refusal_is_its_sentence_and_ends_with_1(called):
    told = called(refuses)

    assert told.exit_code == 1
    assert told.stderr == "That cannot be done twice.\n"
    assert not told.stdout


@pytest.mark.parametrize(
    ("raised", "told"),
    [
        (
            OperationalError("connection refused"),
            "The database does not answer: connection refused",
        ),
        (OperationalError("no such table: people_user"), "The database is not up to date."),
        (
            ProgrammingError('relation "people_user" does not exist'),
            "The database is not up to date.",
        ),
    ],
)
def test_a_database_that_is_not_there_is_told_in_words(called, raised, told):
    @click.command()
    def asks():
        raise raised

    result = called(asks)

    assert result.exit_code == 1
    assert result.stderr.startswith(told)


def test_a_fault_of_ours_is_not_hidden(called):
    @click.command()
    def breaks():
        raise KeyError("ours")

    assert isinstance(called(breaks).exception, KeyError)


def test_a_machine_gets_nothing_but_json(called):
    @click.command()
    def tells():
        for _ in bar([1, 2], "Counting"):
            pass
        answer({"amount": 5}, as_json=True)

    told = called(tells)

    assert json.loads(told.stdout) == {"amount": 5}
    assert not told.stderr
