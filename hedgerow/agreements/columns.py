"""In how many of its decisions somebody disagreed, on the board of a cluster's programme.

Who, in which, and why stays in the cluster.
"""

from collections.abc import Mapping, Sequence

from hedgerow.core.rooms import BoardCell, BoardColumn
from hedgerow.people.access import visible
from hedgerow.people.readers import Reader

from . import rules
from .models import Decision, Outcome, Voice
from .queries.decision_voices import DISSENT


def _dissent(reader: Reader, clusters: Sequence[int]) -> tuple[Mapping[int, BoardCell], BoardCell]:
    """Two queries, however many clusters there are."""
    open_ones = visible(reader, rules.SEE_DISSENT).filter(pk__in=clusters)
    decided = Decision.objects.filter(cluster__in=open_ones.order_by().values("pk")).exclude(
        outcome__in=("", Outcome.WITHDRAWN)
    )
    against = Voice.objects.filter(decision__in=decided, ended_at=None, stance__in=DISSENT)
    members: dict[int, set[int]] = {}
    for key, organisation in against.order_by().values_list("decision", "organisation"):
        members.setdefault(key, set()).add(organisation)
    counts = {key: [0, 0] for key in clusters}
    for key, cluster, entitled in decided.order_by().values_list("pk", "cluster", "entitled"):
        counts[cluster][0] += 1
        counts[cluster][1] += not members.get(key, set()).isdisjoint(entitled)
    whole = _cell(*(sum(column) for column in zip((0, 0), *counts.values(), strict=True)))
    return {key: _cell(*count) for key, count in counts.items()}, whole


def _cell(n_decided: int, n_with_dissent: int) -> BoardCell:
    words = {
        0: "Nothing decided yet",
        1: "In the one decision" if n_with_dissent else "Not in the one decision",
    }.get(n_decided, f"In {n_with_dissent or 'none'} of {n_decided} decisions")
    return BoardCell(words=words, figures=(n_decided, n_with_dissent))


COLUMNS = (
    BoardColumn(
        heading="Dissent",
        headings=("Decisions", "Decisions with dissent"),
        read=_dissent,
        order=20,
    ),
)
