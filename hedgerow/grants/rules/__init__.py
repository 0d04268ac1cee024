"""Who may see and do what on the programme's side. From access.md: assessment, criteria and the
mediation log are the programme's; an assessor reads the plans given to them, after declaring no
conflict, and no other's scores before their own are in; open data is everyone's."""

from functools import partial

from hedgerow.core.owners import Owner
from hedgerow.people.access import ROUND_THE_TABLE, STAFF, Rule
from hedgerow.people.models import Role

_MANAGER = frozenset({Role.MANAGER})
_ASSESSOR = frozenset({Role.ASSESSOR})

# what the programme has before it

SEE_GRANTS = Rule(
    to="see a programme's awards",
    model="people.Programme",
    owner=Owner.PROGRAMME,
    seats=_MANAGER,
)

# assessing

_TO_PROGRAMME = "submission__journey__cluster__programme"
SEE_ASSESSMENTS = Rule(
    to="see how a plan is assessed",
    model="grants.Assessment",
    owner=Owner.PROGRAMME,
    way=_TO_PROGRAMME,
    seats=_MANAGER,
)
SEE_ASSIGNMENTS = Rule(
    to="see who assesses a plan",
    model="grants.Assignment",
    owner=Owner.PROGRAMME,
    way=f"assessment__{_TO_PROGRAMME}",
    seats=_MANAGER,
)
TAKE_OFF_ASSIGNMENT = Rule(
    to="take a plan from an assessor",
    model="grants.Assignment",
    owner=Owner.PROGRAMME,
    way=f"assessment__{_TO_PROGRAMME}",
    seats=_MANAGER,
    sees=SEE_ASSIGNMENTS,
)
_own_assignment = partial(
    Rule,
    model="grants.Assignment",
    owner=Owner.PROGRAMME,
    way=f"assessment__{_TO_PROGRAMME}",
    seats=_ASSESSOR,
    held_by="assessor",
)
SEE_OWN_ASSIGNMENT = _own_assignment(to="see a plan given to them", only=(("taken_off_at", None),))
DECLARE = _own_assignment(
    to="declare whether they have a conflict of interest",
    only=(("taken_off_at", None),),
    sees=SEE_OWN_ASSIGNMENT,
)
READ_ASSIGNED = _own_assignment(
    to="read a plan given to them, once they have declared no conflict of interest",
    only=(("taken_off_at", None), ("conflict", "none")),
    sees=SEE_OWN_ASSIGNMENT,
)
SCORE = _own_assignment(
    to="score a plan without a conflict of interest",
    only=(("taken_off_at", None), ("conflict", "none")),
    sees=SEE_OWN_ASSIGNMENT,
)
SEE_SCORES = Rule(
    to="see what assessors gave",
    model="grants.Score",
    owner=Owner.PROGRAMME,
    way=f"assignment__assessment__{_TO_PROGRAMME}",
    seats=_MANAGER,
    only=(("assignment__sent_at__isnull", False),),
)

# the mediation log

SEE_MEDIATION = Rule(
    to="see the mediation log",
    model="grants.MediationNote",
    owner=Owner.PROGRAMME,
    way="cluster__programme",
    seats=_MANAGER,
)
SEE_MEDIATED = Rule(
    to="see the mediation log of a cluster",
    model="people.Cluster",
    owner=Owner.PROGRAMME,
    way="programme",
    seats=_MANAGER,
)
WRITE_MEDIATION = Rule(
    to="write in the mediation log",
    model="people.Cluster",
    owner=Owner.PROGRAMME,
    way="programme",
    seats=_MANAGER,
    sees=SEE_MEDIATED,
)
STRIKE_MEDIATION = Rule(
    to="strike out a note of the mediation log",
    model="grants.MediationNote",
    owner=Owner.PROGRAMME,
    way="cluster__programme",
    seats=_MANAGER,
    sees=SEE_MEDIATION,
)

# offers

SEE_OPPORTUNITIES = Rule(
    to="see what is on offer",
    model="grants.Opportunity",
    owner=Owner.PROGRAMME,
    way="programme",
    seats=frozenset({*ROUND_THE_TABLE, *STAFF}),
)
SEE_BOARD_OF_OFFERS = Rule(
    to="see what is on offer",
    model="people.Programme",
    owner=Owner.PROGRAMME,
    seats=frozenset({*ROUND_THE_TABLE, *STAFF}),
)
POST_OPPORTUNITY = Rule(
    to="post an offer",
    model="people.Programme",
    owner=Owner.PROGRAMME,
    seats=_MANAGER,
    sees=SEE_BOARD_OF_OFFERS,
)
KEEP_OPPORTUNITY = Rule(
    to="change an offer",
    model="grants.Opportunity",
    owner=Owner.PROGRAMME,
    way="programme",
    seats=_MANAGER,
    sees=SEE_OPPORTUNITIES,
)

# open data

SEE_PUBLISHER = Rule(
    to="see as whom a programme publishes",
    model="grants.Publisher",
    owner=Owner.PROGRAMME,
    way="programme",
    seats=_MANAGER,
)
KEEP_PUBLISHER = Rule(
    to="say as whom a programme publishes",
    model="people.Programme",
    owner=Owner.PROGRAMME,
    seats=_MANAGER,
    sees=SEE_GRANTS,
)
READ_GRANTS = Rule(
    to="read in grants that others publish",
    model="people.Programme",
    owner=Owner.PROGRAMME,
    seats=_MANAGER,
    sees=SEE_GRANTS,
)
SEE_GRANT_FILES = Rule(
    to="see which files were read", model="grants.GrantFile", owner=Owner.EVERYONE
)
SEE_GRANT_FAULTS = Rule(
    to="see what was not taken", model="grants.GrantFault", owner=Owner.EVERYONE
)
SEE_PUBLISHED_GRANTS = Rule(
    to="see grants that others publish", model="grants.Grant", owner=Owner.EVERYONE
)
SEE_WHAT_MEMBERS_HAVE = Rule(
    to="see what members have from whom",
    model="people.Cluster",
    owner=Owner.CLUSTER,
    seats=ROUND_THE_TABLE,
)
