from functools import partial

from hedgerow.agreements.rules import LEADS
from hedgerow.core.owners import Owner
from hedgerow.people.access import MEMBERS, VOICE, Rule

from .ideas import FACILITATORS, SEE_FOCUS, of_cluster

_on = partial(Rule, owner=Owner.CLUSTER)
_own = partial(Rule, owner=Owner.ORGANISATION, way="organisation", seats=MEMBERS)
_shown = (("is_shown", True),)
_confirm = partial(
    _on, to="confirm or undo what was written down for them", seats=VOICE, own="organisation"
)
_of_round = "round__shortlisting__cluster"
_of_reopening = "reopening__candidate__shortlisting__cluster"

SEE_SHORTLISTINGS = of_cluster(to="see a shortlisting", model="focus.Shortlisting", way="cluster")
BEGIN_SHORTLISTING = _on(
    to="begin a shortlisting", model="people.Cluster", seats=LEADS, sees=SEE_FOCUS
)
RUN_SHORTLISTING = _on(
    to="open and close rounds of votes",
    model="focus.Shortlisting",
    way="cluster",
    seats=LEADS,
    sees=SEE_SHORTLISTINGS,
)
SEE_CANDIDATES = of_cluster(
    to="see what is voted on", model="focus.Candidate", way="shortlisting__cluster"
)
SEE_VOTE_ROUNDS = of_cluster(
    to="see a round of votes", model="focus.Round", way="shortlisting__cluster"
)
RUN_VOTE_ROUND = _on(
    to="close a round of votes",
    model="focus.Round",
    way="shortlisting__cluster",
    seats=LEADS,
    sees=SEE_VOTE_ROUNDS,
)
VOTE = _on(
    to="vote for their organisation",
    model="focus.Round",
    way="shortlisting__cluster",
    seats=VOICE,
    sees=SEE_VOTE_ROUNDS,
)
RECORD_VOTE = _on(
    to="write down how a member votes",
    model="focus.Round",
    way="shortlisting__cluster",
    seats=FACILITATORS,
    sees=SEE_VOTE_ROUNDS,
)

# ballots: an organisation's own until they are shown, then the cluster's

SEE_SPOTS = of_cluster(to="see a red spot", model="focus.RedSpot", way=_of_round, only=_shown)
SEE_OWN_SPOT = _own(to="see their own red spot", model="focus.RedSpot", about=_of_round)
CONFIRM_SPOT = _confirm(model="focus.RedSpot", way=_of_round, sees=SEE_OWN_SPOT)
SEE_BALLOTS = of_cluster(to="see a ballot", model="focus.Ballot", way=_of_round, only=_shown)
SEE_OWN_BALLOT = _own(to="see their own ballot", model="focus.Ballot", about=_of_round)
CONFIRM_BALLOT = _confirm(model="focus.Ballot", way=_of_round, sees=SEE_OWN_BALLOT)

# reopening

SEE_REOPENINGS = of_cluster(
    to="see what was asked to come back",
    model="focus.Reopening",
    way="candidate__shortlisting__cluster",
)
ASK_TO_REOPEN = _on(
    to="ask that an idea comes back",
    model="focus.Candidate",
    way="shortlisting__cluster",
    seats=VOICE,
    sees=SEE_CANDIDATES,
)
_on_reopening = partial(
    _on,
    model="focus.Reopening",
    way="candidate__shortlisting__cluster",
    sees=SEE_REOPENINGS,
)
ANSWER_REOPENING = _on_reopening(to="say whether an idea comes back", seats=VOICE)
RECORD_ANSWER = _on_reopening(to="write down what a member says to it", seats=FACILITATORS)
TAKE_BACK_REOPENING = _on_reopening(to="take back that an idea was asked for", seats=LEADS)
SEE_ANSWERS = of_cluster(
    to="see who agreed that it comes back", model="focus.Answer", way=_of_reopening
)
CONFIRM_ANSWER = _confirm(model="focus.Answer", way=_of_reopening, sees=SEE_ANSWERS)

# the shortlist

SEE_SHORTLISTS = of_cluster(to="see a shortlist", model="focus.Shortlist", way="cluster")
SEE_SHORTLISTED = of_cluster(
    to="see what is on a shortlist", model="focus.Shortlisted", way="shortlist__cluster"
)
WRITE_SHORTLIST = _on(
    to="write the shortlist down", model="people.Cluster", seats=LEADS, sees=SEE_FOCUS
)
PLAN_FINDINGS = _on(
    to="say how findings are brought together",
    model="focus.Shortlist",
    way="cluster",
    seats=LEADS,
    sees=SEE_SHORTLISTS,
)
