"""Promises on a cluster's own page, among its days, and in its report."""

from collections.abc import Iterator

from django.urls import reverse

from hedgerow.agreements import rules
from hedgerow.agreements.queries.places import sees
from hedgerow.agreements.queries.promises import open_promises, promises_of
from hedgerow.agreements.queries.promises_told import told
from hedgerow.core import clock
from hedgerow.core.rooms import DatedLine, Panel, Section
from hedgerow.people.models import Cluster
from hedgerow.people.readers import Reader

NEXT = 4  # on the cluster's page; the rest are on their own


def panels(reader: Reader, cluster: Cluster) -> Iterator[Panel]:
    """Two queries for all the reader's clusters."""
    if not sees(reader, rules.SEE_AGREEMENTS, cluster):
        return
    lines = open_promises(reader, cluster)
    leads = any(seat.roles & rules.LEADS for seat in reader.in_cluster(cluster.pk))
    yield Panel(
        heading="Promises",
        template="agreements/_promise_panel.html",
        context={
            "cluster": cluster,
            "lines": lines[:NEXT],
            "n_more": len(lines[NEXT:]),
            "may_make": leads and not cluster.ended_at,
        },
        order=16,
    )


def dates(reader: Reader, cluster: Cluster) -> Iterator[DatedLine]:
    """What is not done yet, by its day. Two queries for all the reader's clusters."""
    for line in open_promises(reader, cluster):
        yield DatedLine(
            on=line.due_on,
            sentence=f"Promised: {line.words}",
            url=reverse("agreements:promise", args=[line.key]),
        )


def sections(reader: Reader, cluster: Cluster) -> Iterator[Section]:
    """How many promises were kept, moved and let go. Three queries."""
    if not sees(reader, rules.SEE_AGREEMENTS, cluster):
        return
    sentences = told(promises_of(cluster, clock.today()))
    if sentences:
        yield Section(
            heading="Promises",
            sentences=sentences,
            source="The promises of this cluster.",
            as_at=clock.today(),
            order=40,
        )
