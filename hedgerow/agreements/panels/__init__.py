"""What a cluster's own page and its reports show of what it decides, promises and meets about."""

from collections.abc import Iterator

from hedgerow.core.rooms import DatedLine, Panel, Section
from hedgerow.people.models import Cluster
from hedgerow.people.readers import Reader

from . import decisions, meetings, promises

_PARTS = (meetings, promises, decisions)


def panels(reader: Reader, cluster: Cluster) -> Iterator[Panel]:
    for part in _PARTS:
        yield from part.panels(reader, cluster)


def dates(reader: Reader, cluster: Cluster) -> Iterator[DatedLine]:
    for part in _PARTS:
        yield from part.dates(reader, cluster)


def sections(reader: Reader, cluster: Cluster) -> Iterator[Section]:
    for part in _PARTS:
        yield from part.sections(reader, cluster)
