"""Which rows go into a copy: what the rule of each table lets the reader see, and no more."""

import functools
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from hedgerow.core.owners import Owner
from hedgerow.core.rooms import Table, tables
from hedgerow.people.access import Rule, visible
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
            yield table, _all_seen(reader, table)


def parts_of_organisation(reader: Reader, organisation: Organisation) -> Iterator[Part]:
    """Its own, also what nobody else sees yet."""
    for table in tables().values():
        rule = table.own or table.rule
        if rule and rule.owner is Owner.ORGANISATION:
            yield table, visible(reader, rule).filter(_owned(rule, organisation.pk))


def parts_of_cluster(reader: Reader, cluster: Cluster) -> Iterator[Part]:
    """Its own, and what its programme keeps about it."""
    for table in tables().values():
        rule = table.rule
        if rule and rule.owner is Owner.CLUSTER:
            yield table, visible(reader, rule).filter(_owned(rule, cluster.pk))
        elif rule and rule.owner is Owner.PROGRAMME and rule.about:
            yield table, visible(reader, rule).filter(**{rule.about: cluster.pk})


def _all_seen(reader: Reader, table: Table) -> "QuerySet[Any]":
    if not table.own:
        return visible(reader, table.rule)
    shown, own = visible(reader, table.rule).values("pk"), visible(reader, table.own).values("pk")
    return table.model._default_manager.filter(Q(pk__in=shown) | Q(pk__in=own))


def _owned(rule: Rule, key: int) -> Q:
    ways = [rule.way or "pk", rule.or_way]
    return functools.reduce(Q.__or__, [Q(**{way: key}) for way in ways if way])
