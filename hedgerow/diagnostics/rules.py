"""Who may see and do what with questions and answers. From access.md: answers are the organisation's
own and are shown as far as it chooses, by section; rounds and what came of them are the cluster's."""

from functools import partial

from hedgerow.core.owners import Owner
from hedgerow.people import rules as on_people
from hedgerow.people.access import MEMBERS, ROUND_THE_TABLE, VOICE, Rule
from hedgerow.people.models import Role

_LEADS = frozenset({Role.CORE, Role.FACILITATOR})
_READERS = ROUND_THE_TABLE - {Role.SUPPORTER}  # of members' answers; each from its own step

_on_cluster = partial(Rule, model="people.Cluster", owner=Owner.CLUSTER)
_of_cluster = partial(Rule, owner=Owner.CLUSTER, seats=ROUND_THE_TABLE)
_on_own_member = partial(
    Rule,
    model="people.Member",
    owner=Owner.CLUSTER,
    way="cluster",
    own="organisation",
    only=(("left_at", None),),
    sees=on_people.SEE_MEMBERS,
)
_of_organisation = partial(Rule, owner=Owner.ORGANISATION)

# rounds

SEE_QUESTIONS = _on_cluster(to="see what a cluster asks itself", seats=ROUND_THE_TABLE)
OPEN_ROUND = _on_cluster(to="ask a round of questions", seats=_LEADS, sees=SEE_QUESTIONS)
SEE_ROUNDS = _of_cluster(to="see a round", model="diagnostics.Round", way="cluster")
RUN_ROUND = Rule(
    to="run a round",
    model="diagnostics.Round",
    owner=Owner.CLUSTER,
    way="cluster",
    seats=_LEADS,
    sees=SEE_ROUNDS,
)
SEE_ASKINGS = _of_cluster(to="see what is asked", model="diagnostics.Asking", way="round__cluster")
NUDGE = Rule(
    to="remind a member of the questions",
    model="people.Member",
    owner=Owner.CLUSTER,
    way="cluster",
    seats=_LEADS,
    only=(("left_at", None),),
    sees=on_people.SEE_MEMBERS,
)
SEE_WHY_NOTS = _of_cluster(
    to="see why a member does not answer", model="diagnostics.WhyNot", way="round__cluster"
)
SAY_WHY_NOT = _on_own_member(to="say why their organisation does not answer", seats=VOICE)
TAKE_BACK_WHY_NOT = Rule(
    to="answer after all",
    model="diagnostics.WhyNot",
    owner=Owner.CLUSTER,
    way="round__cluster",
    own="organisation",
    seats=VOICE,
    sees=SEE_WHY_NOTS,
)
SEE_TALKS = _of_cluster(
    to="see what came of the talk", model="diagnostics.Talk", way="round__cluster"
)
SEE_SNAPSHOTS = _of_cluster(
    to="see what a round came to", model="diagnostics.Snapshot", way="round__cluster"
)
SEE_RELEASES = _of_cluster(
    to="see what was released", model="diagnostics.Release", way="asking__round__cluster"
)

# answers

_about = {"about": "asking__round__cluster"}
SEE_SHEETS = _of_organisation(
    to="see who of an organisation answered",
    model="diagnostics.Sheet",
    way="organisation",
    seats=MEMBERS,
    **_about,
)
BEGIN_SHEET = _on_own_member(to="answer for their organisation", seats=MEMBERS)
ANSWER = Rule(
    to="write in these answers",
    model="diagnostics.Sheet",
    owner=Owner.PERSON,
    way="seat__user",
    sees=SEE_SHEETS,
)
RECORD_ANSWERS = Rule(
    to="write down what members answered",
    model="diagnostics.Asking",
    owner=Owner.CLUSTER,
    way="round__cluster",
    seats=frozenset({Role.FACILITATOR}),
    sees=SEE_ASKINGS,
)
SEE_SHARED = _of_organisation(
    to="see how far a section is shared",
    model="diagnostics.Shared",
    way="organisation",
    seats=_READERS,
    audience="audience",
    **_about,
)
SHARE = _of_organisation(
    to="choose who sees a section",
    model="diagnostics.Shared",
    way="organisation",
    seats=VOICE,
    sees=SEE_SHARED,
    **_about,
)
SEE_ANSWERS = _of_organisation(
    to="see an organisation’s answers",
    model="diagnostics.SectionAnswers",
    way="shared__organisation",
    about="shared__asking__round__cluster",
    seats=_READERS,
    audience="shared__audience",
)
# What others see of an organisation's answers is what counts, on the picture: a copy has no draft.
SEE_OWN_ANSWERS = _of_organisation(
    to="see their organisation’s own answers, drafts too",
    model="diagnostics.SectionAnswers",
    way="shared__organisation",
    about="shared__asking__round__cluster",
    seats=MEMBERS,
)
SEE_OWN_FILES = _of_organisation(
    to="see their organisation’s own files, drafts too",
    model="diagnostics.AnswerFile",
    way="section__shared__organisation",
    about="section__shared__asking__round__cluster",
    seats=MEMBERS,
)
SEE_FILES = _of_organisation(
    to="see a file that answers a question",
    model="diagnostics.AnswerFile",
    way="section__shared__organisation",
    about="section__shared__asking__round__cluster",
    seats=_READERS,
    audience="section__shared__audience",
)
SEE_CONSENTS = _of_organisation(
    to="see what their organisation agreed to show",
    model="diagnostics.Consent",
    way="organisation",
    seats=MEMBERS,
    **_about,
)
CONSENT = _on_own_member(to="agree that a table is shown", seats=VOICE)
TAKE_BACK_CONSENT = _of_organisation(
    to="take back that a table is shown",
    model="diagnostics.Consent",
    way="organisation",
    seats=VOICE,
    sees=SEE_CONSENTS,
    **_about,
)

# for the programme: figures over sections that their owners opened to it, never one answer

SEE_COUNTED = _of_organisation(
    to="count answers for a programme",
    model="diagnostics.SectionAnswers",
    way="shared__organisation",
    about="shared__asking__round__cluster",
    seats=frozenset({Role.MANAGER}),
    audience="shared__audience",
)
SEE_FIGURES = Rule(
    to="see a programme’s figures",
    model="people.Programme",
    owner=Owner.PROGRAMME,
    seats=frozenset({Role.MANAGER}),
)
