"""The way to what other funders publish of the members, on the cluster's page."""

from collections.abc import Iterator

from hedgerow.core.rooms import Panel
from hedgerow.grants.rules import SEE_WHAT_MEMBERS_HAVE
from hedgerow.journeys.queries.gathered import has_come_to
from hedgerow.people.models import Cluster
from hedgerow.people.readers import Reader

from .answers import reads

_FROM = ("focus", "workplan", "implementation")  # kinds of stage


def given(reader: Reader, cluster: Cluster) -> Iterator[Panel]:
    """From the focus on: it is read to find out what there is already. No query."""
    if reads(reader, cluster, SEE_WHAT_MEMBERS_HAVE) and has_come_to(reader, cluster, _FROM):
        yield Panel(
            heading="What there is already",
            template="grants/_given_panel.html",
            context={"cluster": cluster},
            order=26,
        )
