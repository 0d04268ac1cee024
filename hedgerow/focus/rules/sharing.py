from functools import partial

from hedgerow.agreements.rules import LEADS
from hedgerow.core.owners import Owner
from hedgerow.people.access import MEMBERS, VOICE, Rule

from .ideas import FACILITATORS, SEE_FOCUS, of_cluster

SEE_SHARE_OUTS = of_cluster(to="see how a budget is shared", model="focus.ShareOut", way="cluster")
SEE_COSTED = of_cluster(
    to="see what a budget is shared over", model="focus.Costed", way="share_out__cluster"
)
OPEN_SHARE_OUT = Rule(
    to="share a budget out",
    model="people.Cluster",
    owner=Owner.CLUSTER,
    seats=LEADS,
    sees=SEE_FOCUS,
)
_on_share_out = partial(
    Rule, model="focus.ShareOut", owner=Owner.CLUSTER, way="cluster", sees=SEE_SHARE_OUTS
)
RUN_SHARE_OUT = _on_share_out(to="close the sharing of a budget", seats=LEADS)
MARK = _on_share_out(to="mark what their organisation wants", seats=VOICE)
RECORD_MARKS = _on_share_out(to="write down what a member wants", seats=FACILITATORS)

# marks: an organisation's own until they are shown, then the cluster's

SEE_MARKS = of_cluster(
    to="see what a member wants",
    model="focus.ShareBallot",
    way="share_out__cluster",
    only=(("is_shown", True),),
)
SEE_OWN_MARKS = Rule(
    to="see what their own organisation wants",
    model="focus.ShareBallot",
    owner=Owner.ORGANISATION,
    way="organisation",
    seats=MEMBERS,
    about="share_out__cluster",
)
CONFIRM_MARKS = Rule(
    to="confirm or undo what was written down for them",
    model="focus.ShareBallot",
    owner=Owner.CLUSTER,
    way="share_out__cluster",
    seats=VOICE,
    own="organisation",
    sees=SEE_OWN_MARKS,
)
