from functools import partial

from hedgerow.agreements.rules import LEADS
from hedgerow.core.owners import Owner
from hedgerow.people.access import MEMBERS, ROUND_THE_TABLE, Rule

from .ideas import FACILITATORS, SEE_FOCUS, SEE_IDEAS, of_cluster

NAME_PAIR = Rule(
    to="ask two members to look into an idea",
    model="focus.Idea",
    owner=Owner.CLUSTER,
    way="cluster",
    seats=LEADS,
    sees=SEE_IDEAS,
)
SEE_STUDIES = of_cluster(
    to="see what a pair found",
    model="focus.Study",
    way="idea__cluster",
    only=(("handed_in_at__isnull", False),),
)
_of_the_pair = partial(
    Rule,
    model="focus.Study",
    owner=Owner.ORGANISATION,
    way="promise__first__organisation",
    or_way="promise__second__organisation",
    about="idea__cluster",
    seats=MEMBERS,
)
SEE_DRAFTS = _of_the_pair(to="see their own report")
WRITE_STUDY = _of_the_pair(
    to="write a report", only=(("handed_in_at__isnull", True),), sees=SEE_DRAFTS
)

SEE_CONTACTS = of_cluster(to="see whom to ask", model="focus.Contact", way="cluster")
ADD_CONTACT = Rule(
    to="add somebody to ask",
    model="people.Cluster",
    owner=Owner.CLUSTER,
    seats=ROUND_THE_TABLE,
    sees=SEE_FOCUS,
)
CHANGE_CONTACT = Rule(
    to="say what came of asking",
    model="focus.Contact",
    owner=Owner.CLUSTER,
    way="cluster",
    seats=MEMBERS | FACILITATORS,
    sees=SEE_CONTACTS,
)

SEE_ADOPTIONS = of_cluster(
    to="see what was put to the vote as the focus", model="focus.Adoption", way="cluster"
)
SEE_ADOPTED = of_cluster(
    to="see what a focus holds", model="focus.Adopted", way="adoption__cluster"
)
PROPOSE_FOCUS = Rule(
    to="put a focus to the vote",
    model="people.Cluster",
    owner=Owner.CLUSTER,
    seats=LEADS,
    sees=SEE_FOCUS,
)
