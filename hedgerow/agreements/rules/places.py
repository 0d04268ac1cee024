from hedgerow.core.owners import Owner
from hedgerow.people.access import ROUND_THE_TABLE, Rule
from hedgerow.people.models import Role

LEADS = frozenset({Role.CORE, Role.FACILITATOR})

SEE_AGREEMENTS = Rule(
    to="see what a cluster decides, promises and meets about",
    model="people.Cluster",
    owner=Owner.CLUSTER,
    seats=ROUND_THE_TABLE,
)
