"""Which rows go into a copy: what the rule of each table lets the reader see, and no more."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from hedgerow.core.owners import Owner
from hedgerow.core.rooms import Table, tables
from hedgerow.people.access import visible
from hedgerow.people.models import Cluster, Organisation
from hedgerow.people.readers import Reader
from hedgerow.people.rules import DESCRIBE_ORGANISATION, SEE_CLUSTER

Part = tuple[Table, "QuerySet[Any]"]


@dataclass(frozen=True, kw_only=True)
class Copies:
    """Whose copies the reader may take, besides all they may see: keys and names."""

    organisations: tuple[tuple[int, str], ...]
    clusters: tuple[tuple[int, str], ...]


def copies_of(reader: Reader) -> Copies:
    """Two queries."""
    organisations = visible(reader, DESCRIBE_ORGANISATION).order_by("name")
    clusters = visible(reader, SEE_CLUSTER).order_by("name")
    return Copies(
        organisations=tuple(organisations.values_list("pk", "name")),
        clusters=tuple(clusters.values_list("pk", "name")),
    )


def parts_for_person(reader: Reader) -> Iterator[Part]:
    """Everything they may see but for what is everyone's, which needs no copy."""
    for table in tables().values():
        if table.rule and table.rule.owner is not Owner.EVERYONE:
            yield table, visible(reader, table.rule)


def parts_of_organisation(reader: Reader, organisation: Organisation) -> Iterator[Part]:
    yield from _belonging(reader, Owner.ORGANISATION, organisation.pk)


def parts_of_cluster(reader: Reader, cluster: Cluster) -> Iterator[Part]:
    """Its own, and what its programme keeps about it."""
    yield from _belonging(reader, Owner.CLUSTER, cluster.pk)
    for table in tables().values():
        if table.rule and table.rule.owner is Owner.PROGRAMME and table.rule.about:
            yield table, visible(reader, table.rule).filter(**{table.rule.about: cluster.pk})


def _belonging(reader: Reader, owner: Owner, key: int) -> Iterator[Part]:
    for table in tables().values():
        if table.rule and table.rule.owner is owner:
            yield table, visible(reader, table.rule).filter(**{table.rule.way or "pk": key})
