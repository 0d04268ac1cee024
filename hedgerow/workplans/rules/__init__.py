"""Who may see and do what with a plan. From access.md: the plan, its versions, the budget and the
unplanned gains are the cluster's; the programme reads what was handed in, and edits nothing."""

from functools import partial

from hedgerow.agreements.rules import LEADS
from hedgerow.core.owners import Owner
from hedgerow.people.access import MEMBERS, ROUND_THE_TABLE, VOICE, Rule
from hedgerow.people.models import Role

FACILITATORS = frozenset({Role.FACILITATOR})
WRITERS = MEMBERS | FACILITATORS

_seen = partial(Rule, owner=Owner.CLUSTER, seats=ROUND_THE_TABLE)
_on_cluster = partial(Rule, model="people.Cluster", owner=Owner.CLUSTER)

# the plan

SEE_PLACE = _on_cluster(to="see how a cluster plans", seats=ROUND_THE_TABLE)
SEE_PLAN = _seen(to="see the workplan", model="workplans.Workplan", way="cluster")
SEE_OBJECTIVES = _seen(to="see an objective", model="workplans.Objective", way="workplan__cluster")
SEE_STEPS = _seen(to="see a step of the plan", model="workplans.Step", way="workplan__cluster")
SEE_DEPENDENCIES = _seen(
    to="see what waits for what", model="workplans.Dependency", way="step__workplan__cluster"
)
SEE_WORDINGS = _seen(
    to="see what the plan said before", model="workplans.Wording", way="workplan__cluster"
)
WRITE_PLAN = _on_cluster(to="write the workplan", seats=ROUND_THE_TABLE, sees=SEE_PLACE)
WRITE_OBJECTIVE = Rule(
    to="change an objective",
    model="workplans.Objective",
    owner=Owner.CLUSTER,
    way="workplan__cluster",
    seats=ROUND_THE_TABLE,
    sees=SEE_OBJECTIVES,
)
DROP_OBJECTIVE = Rule(
    to="drop an objective",
    model="workplans.Objective",
    owner=Owner.CLUSTER,
    way="workplan__cluster",
    seats=LEADS,
    sees=SEE_OBJECTIVES,
)
JUDGE_OBJECTIVE = Rule(
    to="say what became of an objective",
    model="workplans.Objective",
    owner=Owner.CLUSTER,
    way="workplan__cluster",
    seats=LEADS,
    sees=SEE_OBJECTIVES,
)
_on_step = partial(
    Rule,
    model="workplans.Step",
    owner=Owner.CLUSTER,
    way="workplan__cluster",
    sees=SEE_STEPS,
)
WRITE_STEP = _on_step(to="change a step of the plan", seats=ROUND_THE_TABLE)
DROP_STEP = _on_step(to="drop a step of the plan", seats=LEADS)
TAKE_UP_STEP = _on_step(to="have two members take up a step", seats=LEADS)

# the budget

SEE_BUDGETS = _seen(to="see a budget", model="workplans.Budget", way="workplan__cluster")
SEE_LINES = _seen(
    to="see a line of a budget", model="workplans.BudgetLine", way="budget__workplan__cluster"
)
BEGIN_BUDGET = _on_cluster(to="begin the budget", seats=WRITERS, sees=SEE_PLACE)
WRITE_BUDGET = Rule(
    to="write a budget",
    model="workplans.Budget",
    owner=Owner.CLUSTER,
    way="workplan__cluster",
    seats=WRITERS,
    sees=SEE_BUDGETS,
)
WRITE_LINE = Rule(
    to="change a line of a budget",
    model="workplans.BudgetLine",
    owner=Owner.CLUSTER,
    way="budget__workplan__cluster",
    seats=WRITERS,
    sees=SEE_LINES,
)
BEGIN_CHANGE = _on_cluster(to="change the budget", seats=LEADS, sees=SEE_PLACE)
PUT_CHANGE = Rule(
    to="put a budget to the vote",
    model="workplans.Budget",
    owner=Owner.CLUSTER,
    way="workplan__cluster",
    seats=LEADS,
    sees=SEE_BUDGETS,
)

# handing in

HAND_IN = _on_cluster(to="hand in the plan", seats=LEADS, sees=SEE_PLACE)

# what nobody planned

SEE_GAINS = _seen(to="see an unplanned gain", model="workplans.UnplannedGain", way="cluster")
SEE_GAINERS = _seen(to="see who gained", model="workplans.Gainer", way="gain__cluster")
LOG_GAIN = _on_cluster(to="write down a gain", seats=ROUND_THE_TABLE, sees=SEE_PLACE)
TAKE_BACK_GAIN = Rule(
    to="take back a gain",
    model="workplans.UnplannedGain",
    owner=Owner.CLUSTER,
    way="cluster",
    seats=LEADS,
    sees=SEE_GAINS,
)
SEE_GAINS_SAID = _seen(
    to="see what members say they gained", model="workplans.GainsSaid", way="workplan__cluster"
)
SAY_GAINS = _on_cluster(to="say what their organisation gained", seats=VOICE, sees=SEE_PLACE)
RECORD_GAINS = _on_cluster(to="write down what a member gained", seats=FACILITATORS, sees=SEE_PLACE)
CONFIRM_GAINS = Rule(
    to="confirm or undo what was written down for them",
    model="workplans.GainsSaid",
    owner=Owner.CLUSTER,
    way="workplan__cluster",
    seats=VOICE,
    own="organisation",
    sees=SEE_GAINS_SAID,
)
