from functools import partial

from hedgerow.core.owners import Owner
from hedgerow.people.access import ROUND_THE_TABLE, VOICE, Rule
from hedgerow.people.models import Role

from .places import LEADS, SEE_AGREEMENTS

_on_decision = partial(
    Rule, model="agreements.Decision", owner=Owner.CLUSTER, way="cluster", seats=ROUND_THE_TABLE
)
_of_decision = partial(Rule, owner=Owner.CLUSTER, way="decision__cluster", seats=ROUND_THE_TABLE)

SEE_DECISION = _on_decision(to="see a decision")
SEE_OPTIONS = _of_decision(to="see what can be agreed to", model="agreements.Option")
SEE_VOICES = _of_decision(to="see who said what", model="agreements.Voice")
SEE_REMARKS = _of_decision(to="see what was said about it", model="agreements.Remark")

SEE_DISSENT = Rule(
    to="see on the programme's board in how many decisions somebody disagreed",
    model="people.Cluster",
    owner=Owner.CLUSTER,
    seats=frozenset({Role.MANAGER, Role.VIEWER}),
)

PROPOSE = Rule(
    to="put something to the vote",
    model="people.Cluster",
    owner=Owner.CLUSTER,
    seats=LEADS,
    sees=SEE_AGREEMENTS,
)
SPEAK = _on_decision(to="vote for their organisation", seats=VOICE, sees=SEE_DECISION)
RECORD_VOICE = _on_decision(
    to="write down what a member said by telephone, on paper or at the table",
    seats=frozenset({Role.FACILITATOR}),
    sees=SEE_DECISION,
)
ANSWER_RECORDED = _of_decision(
    to="confirm or undo what was written down for them",
    model="agreements.Voice",
    seats=VOICE,
    own="organisation",
    sees=SEE_VOICES,
)
REMARK = _on_decision(to="say something about a proposal", sees=SEE_DECISION)
TAKE_BACK_REMARK = Rule(
    to="take a remark back",
    model="agreements.Remark",
    owner=Owner.PERSON,
    way="by__user",
    sees=SEE_REMARKS,
)
CLOSE_DECISION = _on_decision(to="close or withdraw a decision", seats=LEADS, sees=SEE_DECISION)
REOPEN = _on_decision(to="ask for a decision to be reopened", seats=VOICE, sees=SEE_DECISION)

SEE_WAYS = Rule(
    to="see a cluster's own ways to decide",
    model="agreements.DecisionTemplate",
    owner=Owner.CLUSTER,
    way="cluster",
    seats=ROUND_THE_TABLE,
)
KEEP_WAYS = Rule(
    to="change the ways a cluster decides",
    model="people.Cluster",
    owner=Owner.CLUSTER,
    seats=LEADS,
    sees=SEE_AGREEMENTS,
)
