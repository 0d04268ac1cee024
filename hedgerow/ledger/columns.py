"""What each cluster's award comes to, on the board of its programme."""

from collections.abc import Mapping, Sequence

from hedgerow.core.rooms import BoardCell, BoardColumn
from hedgerow.people.access import visible
from hedgerow.people.readers import Reader
from hedgerow.units import pounds

from . import rules
from .models import Award
from .queries.awards import Sums, sums_in

_NO_AWARD = BoardCell(words="No award yet", figures=("", "", ""))


def _money(reader: Reader, clusters: Sequence[int]) -> tuple[Mapping[int, BoardCell], BoardCell]:
    """Two queries, however many clusters there are."""
    open_ones = visible(reader, rules.SEE_MONEY_ON_BOARD).filter(pk__in=clusters)
    awards = dict(
        Award.objects.filter(cluster__in=open_ones.order_by().values("pk")).values_list(
            "pk", "cluster"
        )
    )
    sums = sums_in(awards)
    found = {cluster: _cell(sums[award]) for award, cluster in awards.items()}
    whole = [sum(getattr(one, name) for one in sums.values()) for name in _NAMES]
    return {key: found.get(key, _NO_AWARD) for key in clusters}, _words(*whole)


_NAMES = ("award", "released", "spent")


def _cell(sums: Sums) -> BoardCell:
    return _words(*(getattr(sums, name) for name in _NAMES))


def _words(award: int, released: int, spent: int) -> BoardCell:
    return BoardCell(
        words=f"{pounds(award)} awarded",
        below=f"{pounds(released)} released, {pounds(spent)} spent",
        figures=tuple(f"{pence / 100:.2f}" for pence in (award, released, spent)),
    )


COLUMNS = (
    BoardColumn(
        heading="Money",
        headings=("Pounds awarded", "Pounds released", "Pounds spent"),
        read=_money,
        order=10,
    ),
)
