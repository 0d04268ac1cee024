"""What the commands have in common.

A command ends with 0 if all is well, 1 if something was refused or a fault was found, and 2 if it
was called wrongly. What it tells a person goes to stderr; stdout holds the answer alone.
"""

import functools
import json
import os
import sys
from collections.abc import Iterable, Iterator
from typing import Any, TypeVar

import click

T = TypeVar("T")


@functools.cache
def ready() -> None:
    """Start Django, once. Imports of anything that needs it come after this, in the command."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hedgerow.settings")
    import django
    from django.core.exceptions import ImproperlyConfigured

    try:
        django.setup()
    except ImproperlyConfigured as error:
        raise click.ClickException(str(error)) from error


def say(sentence: str) -> None:
    click.echo(sentence, err=True)


def answer(told: Any, as_json: bool) -> None:
    """Print what the command found: JSON for machines, else lines of text."""
    if as_json:
        click.echo(json.dumps(told, indent=2, ensure_ascii=False, default=str))
    elif isinstance(told, str):
        click.echo(told)
    else:
        for line in told:
            click.echo(line)


def bar(items: Iterable[T], label: str, length: int | None = None) -> Iterator[T]:
    """Walk through items that take more than a second, showing a person how far it is."""
    nobody_looks = not sys.stderr.isatty()
    with click.progressbar(
        items, length=length, label=label, file=sys.stderr, hidden=nobody_looks
    ) as shown:
        yield from shown
