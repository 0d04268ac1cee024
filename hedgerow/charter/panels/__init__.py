"""What a cluster's own page and its reports show of its charter."""

from collections.abc import Iterator

from hedgerow.core.rooms import Panel, Section
from hedgerow.people.models import Cluster
from hedgerow.people.readers import Reader

from . import core_group, rest, rules

_PARTS = (rest, rules, core_group)


def panels(reader: Reader, cluster: Cluster) -> Iterator[Panel]:
    for part in _PARTS:
        yield from part.panels(reader, cluster)


def sections(reader: Reader, cluster: Cluster) -> Iterator[Section]:
    for part in _PARTS:
        yield from part.sections(reader, cluster)


def public(cluster: Cluster) -> Iterator[Panel]:
    yield from rest.public(cluster)
