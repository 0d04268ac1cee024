"""What a cluster's own page, its public page, its dates and its report show of this room."""

from collections.abc import Iterator

from hedgerow.core.rooms import Panel, Section
from hedgerow.people.models import Cluster
from hedgerow.people.readers import Reader

from .answers import dates, panels
from .giving import given
from .offers import closing

__all__ = ["closing", "dates", "given", "panels", "public", "sections"]


def public(cluster: Cluster) -> Iterator[Panel]:
    yield from ()


def sections(reader: Reader, cluster: Cluster) -> Iterator[Section]:
    yield from ()
