"""How much a budget can come to."""

from hedgerow.people.models import Cluster
from hedgerow.units import Pence

from .budget_money import Moved, moved
from .plans import award_for


def may_plan(cluster: Cluster, known: Moved | None = None) -> Pence | None:
    """The award; before there is one what the programme's terms give, or its design. None where
    nothing says. Three queries at most."""
    award = (known or moved(cluster.pk)).award()
    if award is not None:
        return award
    return award_for(cluster) or None
