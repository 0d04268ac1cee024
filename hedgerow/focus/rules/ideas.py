from functools import partial

from hedgerow.agreements.rules import LEADS
from hedgerow.core.owners import Owner
from hedgerow.people.access import MEMBERS, ROUND_THE_TABLE, VOICE, Rule
from hedgerow.people.models import Role

FACILITATORS = frozenset({Role.FACILITATOR})

of_cluster = partial(Rule, owner=Owner.CLUSTER, seats=ROUND_THE_TABLE)
_on_cluster = partial(Rule, model="people.Cluster", owner=Owner.CLUSTER)
_on_idea = partial(Rule, model="focus.Idea", owner=Owner.CLUSTER, way="cluster")

SEE_FOCUS = _on_cluster(to="see how a cluster finds its focus", seats=ROUND_THE_TABLE)
SEE_IDEAS = of_cluster(to="see an idea", model="focus.Idea", way="cluster")
SEE_DESCENTS = of_cluster(
    to="see what an idea came out of", model="focus.Descent", way="child__cluster"
)
SEE_IDEAS_BEFORE = of_cluster(
    to="see what an idea said before", model="focus.IdeaBefore", way="idea__cluster"
)
SEE_GAINS = of_cluster(to="see who would gain", model="focus.Gain", way="idea__cluster")

ADD_IDEA = _on_cluster(to="add an idea", seats=MEMBERS | FACILITATORS, sees=SEE_FOCUS)
SHAPE_LIST = _on_cluster(to="put ideas together", seats=LEADS, sees=SEE_FOCUS)
SHAPE_IDEA = _on_idea(to="change an idea", seats=LEADS, sees=SEE_IDEAS)
SAY_GAIN = _on_idea(to="say what their organisation would gain", seats=VOICE, sees=SEE_IDEAS)
RECORD_GAIN = _on_idea(to="write down what a member would gain", seats=FACILITATORS, sees=SEE_IDEAS)
CONFIRM_GAIN = Rule(
    to="confirm or undo what was written down for them",
    model="focus.Gain",
    owner=Owner.CLUSTER,
    way="idea__cluster",
    seats=VOICE,
    own="organisation",
    sees=SEE_GAINS,
)
