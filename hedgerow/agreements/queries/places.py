"""What several prompts and panels ask about the reader's clusters, asked once a page."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import QuerySet

from hedgerow.core import clock
from hedgerow.core.prepared import prepared
from hedgerow.core.readings import asked_once_by
from hedgerow.people.access import Rule, visible
from hedgerow.people.models import Cluster, Role, Seat
from hedgerow.people.readers import Reader, live

_NONE: frozenset[int] = frozenset()


def sees(reader: Reader, rule: Rule, cluster: Cluster) -> bool:
    """Whether a rule for those round the table admits the reader to this cluster. No query where
    they have a seat there; for others, one a rule and page."""
    return any(seat.roles & rule.seats for seat in reader.in_cluster(cluster.pk)) or (
        cluster.pk in _admitted((reader, rule))
    )


@asked_once_by
def _admitted(asked: tuple[Reader, Rule]) -> frozenset[int]:
    reader, rule = asked
    return frozenset(visible(reader, rule).values_list("pk", flat=True)) if reader.seats else _NONE


@asked_once_by
def with_facilitator(reader: Reader) -> frozenset[int]:
    """Keys of the clusters that the reader sits in and that have a facilitator. One query."""
    here = {seat.cluster for seat in reader.seats if seat.cluster}
    return frozenset(_facilitated(here, clock.now())) if here else _NONE


@prepared
def _facilitated(clusters: Iterable[int], now: datetime) -> QuerySet[Seat, int]:
    found = Seat.objects.filter(live(now), role=Role.FACILITATOR, cluster__in=clusters)
    return found.values_list("cluster", flat=True)


def led_by(reader: Reader, clusters: set[int]) -> set[int]:
    """Of these clusters, those that the reader leads: as facilitator, or from the Core Group where
    there is none. One query, or none."""
    mine = [seat for seat in reader.seats if seat.cluster in clusters]
    own = {seat.cluster for seat in mine if seat.role is Role.FACILITATOR and seat.cluster}
    core = {seat.cluster for seat in mine if Role.CORE in seat.roles and seat.cluster} - own
    return own | (core - with_facilitator(reader)) if core else own
