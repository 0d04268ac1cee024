import contextlib
import os
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

import click

from hedgerow.commands import answer, bar, ready, say


@click.command()
@click.option("--cluster", metavar="SLUG", help="What a Core Group member of this cluster sees.")
@click.option("--person", metavar="EMAIL", help="What somebody sees, and what is kept about them.")
@click.option(
    "--out",
    required=True,
    type=click.Path(path_type=Path, dir_okay=False),
    help="The zip file to write; it must not be there yet.",
)
@click.option("--json", "as_json", is_flag=True, help="Print what is in it for a machine.")
def export(cluster: str | None, person: str | None, out: Path, as_json: bool) -> None:
    """Write a copy of what a cluster or a person has here, as CSV and JSON in one zip file.

    The same rules hold as on the pages: no organisation's private answers are in a cluster's copy.
    """
    if bool(cluster) == bool(person):
        raise click.UsageError("Say whose copy it is: either --cluster SLUG or --person EMAIL.")
    ready()
    from hedgerow.core.exports import write_zip

    of, parts = _of_cluster(cluster) if cluster else _of_person(person or "")
    say(of)
    with _new(out) as file:
        counts = write_zip(file, bar(parts, "Copying"), of=of)
    told = {"file": str(out), "of": of, "rows": counts}
    answer(told if as_json else [f"{out}: {sum(counts.values()):,} rows."], as_json)


def _of_cluster(slug: str) -> tuple[str, list[tuple[Any, Any]]]:
    from hedgerow.core.owners import Owner
    from hedgerow.core.rooms import tables
    from hedgerow.people.access import visible
    from hedgerow.people.models import Cluster, Role
    from hedgerow.people.readers import LiveSeat, Reader

    cluster = Cluster.objects.filter(slug=slug).first()
    if cluster is None:
        slugs = ", ".join(Cluster.objects.values_list("slug", flat=True)) or "none yet"
        raise click.ClickException(f"There is no cluster “{slug}”. There are: {slugs}.")
    seat = LiveSeat(
        key=0,
        role=Role.CORE,
        cluster=cluster.pk,
        organisation=0,  # no organisation: none's private rows
        programme=None,
        under=cluster.programme_id,
        stands_in=False,
        words="",
    )
    reader = Reader(person=None, seats=(seat,))
    owners = (Owner.CLUSTER, Owner.ORGANISATION, Owner.PROGRAMME)
    parts = [
        (table, visible(reader, table.rule))
        for table in tables().values()
        if table.columns and table.rule and table.rule.owner in owners
    ]
    return f"{cluster.name}: what a Core Group member sees.", parts


def _of_person(email: str) -> tuple[str, list[tuple[Any, Any]]]:
    from django.db.models import Q

    from hedgerow.core.owners import Owner
    from hedgerow.core.rooms import tables
    from hedgerow.people.access import visible
    from hedgerow.people.models import User
    from hedgerow.people.readers import reader_of

    user = User.objects.filter(email=email.strip().lower()).first()
    if user is None:
        raise click.ClickException(f"Nobody here has the address “{email}”. Check it.")
    reader = reader_of(user, second_factor=True)
    parts = []
    for table in tables().values():
        sees = Q(pk__in=[])
        if table.rule and table.rule.owner != Owner.EVERYONE:
            sees = Q(pk__in=visible(reader, table.rule).values("pk"))
        if table.own:
            sees |= Q(pk__in=visible(reader, table.own).values("pk"))
        about = Q(**{table.person: user.pk}) if table.person else Q(pk__in=[])
        if table.columns:
            parts.append((table, table.model._default_manager.filter(sees | about)))
    return f"{email}: what they see here, and what is kept about them.", parts


@contextlib.contextmanager
def _new(path: Path) -> Iterator[IO[bytes]]:
    """A file that was not there before, for its owner's eyes only; gone again if writing fails."""
    try:
        handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    except FileExistsError:
        raise click.ClickException(
            f"{path} is there already. Choose another name, or move it away."
        ) from None
    except OSError as error:
        raise click.ClickException(f"{path} cannot be written: {error.strerror}.") from None
    try:
        with os.fdopen(handle, "wb") as file:
            yield file
    except BaseException:
        path.unlink(missing_ok=True)
        raise
