"""Offers that close soon, among the dates of a cluster: who looks at a board too late finds it shut."""

from collections.abc import Iterator

from hedgerow.core.rooms import DatedLine
from hedgerow.grants.queries.opportunities import closing_soon
from hedgerow.journeys.queries.gathered import has_come_to
from hedgerow.people.access import ROUND_THE_TABLE
from hedgerow.people.models import Cluster
from hedgerow.people.readers import Reader

_FROM = ("focus", "workplan", "implementation")  # kinds of stage


def closing(reader: Reader, cluster: Cluster) -> Iterator[DatedLine]:
    """For those round the table, from the focus on: before it nobody can say what to ask for. One
    query for all clusters."""
    here = any(seat.roles & ROUND_THE_TABLE for seat in reader.in_cluster(cluster.pk))
    if not here or cluster.ended_at or not has_come_to(reader, cluster, _FROM):
        return
    for offer in closing_soon(reader):
        if offer.programme_id == cluster.programme_id:
            yield DatedLine(
                on=offer.closes_on,
                sentence=f"An offer closes: {offer.title}",
                url=offer.get_absolute_url(),
            )
