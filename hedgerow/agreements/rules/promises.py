from hedgerow.core.owners import Owner
from hedgerow.people.access import ROUND_THE_TABLE, Rule

from .places import LEADS, SEE_AGREEMENTS

SEE_PROMISE = Rule(
    to="see a promise",
    model="agreements.Promise",
    owner=Owner.CLUSTER,
    way="cluster",
    seats=ROUND_THE_TABLE,
)
SEE_PROMISE_STEPS = Rule(
    to="see what became of a promise",
    model="agreements.PromiseStep",
    owner=Owner.CLUSTER,
    way="promise__cluster",
    seats=ROUND_THE_TABLE,
)
MAKE_PROMISE = Rule(
    to="write a promise down",
    model="people.Cluster",
    owner=Owner.CLUSTER,
    seats=LEADS,
    sees=SEE_AGREEMENTS,
)
# Whose promise it is, the action asks: either of the pair, their organisations, or who leads.
END_PROMISE = Rule(
    to="keep, move, let go of or take up a promise",
    model="agreements.Promise",
    owner=Owner.CLUSTER,
    way="cluster",
    seats=ROUND_THE_TABLE,
    sees=SEE_PROMISE,
)
