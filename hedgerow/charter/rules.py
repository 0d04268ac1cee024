"""Who may see and do what with a cluster's charter. From access.md: the charter is the cluster's,
readiness is the organisation's own, and assent is one voice an organisation."""

from functools import partial

from hedgerow.core.owners import Owner
from hedgerow.people import rules as on_people
from hedgerow.people.access import MEMBERS, ROUND_THE_TABLE, VOICE, Rule
from hedgerow.people.models import Role

_LEADS = frozenset({Role.CORE, Role.FACILITATOR})
_FACILITATOR = frozenset({Role.FACILITATOR})

_on_cluster = partial(Rule, model="people.Cluster", owner=Owner.CLUSTER)
_of_cluster = partial(Rule, owner=Owner.CLUSTER, way="cluster", seats=ROUND_THE_TABLE)

SEE_CHARTER = _on_cluster(to="see a cluster's charter", seats=ROUND_THE_TABLE)
EDIT_CHARTER = _on_cluster(to="write a cluster's charter", seats=_LEADS, sees=SEE_CHARTER)
SEE_CHARTERS = _of_cluster(to="see what a cluster is for", model="charter.Charter")
SAY_YES_TO_GATHERING = Rule(
    to="say yes to drawing the answers together",
    model="charter.Charter",
    owner=Owner.PERSON,
    way="gatherer__user",
    sees=SEE_CHARTERS,
)

# ground rules

SEE_RULE_SETS = _of_cluster(to="see the ground rules", model="charter.RuleSet")
SEE_GROUND_RULES = _of_cluster(
    to="see a ground rule", model="charter.GroundRule", way="rule_set__cluster"
)
SEE_ASSENTS = _of_cluster(
    to="see who agreed to the rules", model="charter.Assent", way="rule_set__cluster"
)
SEE_RULE_TESTS = _of_cluster(to="see when a rule was tested", model="charter.RuleTest")
WRITE_RULES = _on_cluster(to="write the ground rules", seats=_LEADS, sees=SEE_CHARTER)
ASSENT = _of_cluster(
    to="agree to the rules for their organisation",
    model="charter.RuleSet",
    seats=VOICE,
    sees=SEE_RULE_SETS,
)
RECORD_ASSENT = _of_cluster(
    to="write down that a member agreed",
    model="charter.RuleSet",
    seats=_FACILITATOR,
    sees=SEE_RULE_SETS,
)
ANSWER_ASSENT = Rule(
    to="confirm, undo or take back their assent",
    model="charter.Assent",
    owner=Owner.CLUSTER,
    way="rule_set__cluster",
    seats=VOICE,
    own="organisation",
    sees=SEE_ASSENTS,
)
NOTE_RULE_TEST = _on_cluster(to="note that a rule was tested", seats=_LEADS, sees=SEE_CHARTER)
TAKE_BACK_RULE_TEST = Rule(
    to="take a note back",
    model="charter.RuleTest",
    owner=Owner.PERSON,
    way="by__user",
    sees=SEE_RULE_TESTS,
)

# the Core Group

SEE_DELEGATIONS = _of_cluster(
    to="see what a seat may commit", model="charter.Delegation", way="seat__cluster"
)
DELEGATE = Rule(
    to="say what their seat may commit",
    model="people.Seat",
    owner=Owner.CLUSTER,
    way="cluster",
    seats=VOICE,
    own="organisation",
    only=(("role", Role.CORE), ("ended_at", None)),
    sees=on_people.SEE_SEATS,
)
SEE_COMPETITIONS = _of_cluster(to="see where members compete", model="charter.Competition")
DECLARE_COMPETITION = Rule(
    to="say where their organisation competes",
    model="people.Member",
    owner=Owner.CLUSTER,
    way="cluster",
    seats=VOICE,
    own="organisation",
    only=(("left_at", None),),
    sees=on_people.SEE_MEMBERS,
)
TAKE_BACK_COMPETITION = Rule(
    to="take back what they said about competing",
    model="charter.Competition",
    owner=Owner.CLUSTER,
    way="cluster",
    seats=VOICE,
    own="organisation",
    sees=SEE_COMPETITIONS,
)

# readiness

SEE_READINESS = Rule(
    to="see an organisation's readiness",
    model="charter.Readiness",
    owner=Owner.ORGANISATION,
    way="organisation",
    about="cluster",
    seats=ROUND_THE_TABLE - {Role.SUPPORTER},
    audience="audience",
)
BEGIN_READINESS = Rule(
    to="look at how ready their organisation is",
    model="people.Member",
    owner=Owner.CLUSTER,
    way="cluster",
    seats=MEMBERS,
    own="organisation",
    only=(("left_at", None),),
    sees=on_people.SEE_MEMBERS,
)
ANSWER_READINESS = Rule(
    to="answer for their organisation",
    model="charter.Readiness",
    owner=Owner.ORGANISATION,
    way="organisation",
    about="cluster",
    seats=MEMBERS,
    sees=SEE_READINESS,
)
SHARE_READINESS = Rule(
    to="choose who sees it",
    model="charter.Readiness",
    owner=Owner.ORGANISATION,
    way="organisation",
    about="cluster",
    seats=VOICE,
    sees=SEE_READINESS,
)

# the public face

SEE_PROFILE = _of_cluster(to="see what a cluster says of itself", model="charter.Profile")
SEE_LOGO = _of_cluster(to="see a cluster's logo", model="charter.Logo", way="profile__cluster")
EDIT_PROFILE = _on_cluster(to="say who the cluster is to the world", seats=_LEADS, sees=SEE_CHARTER)
