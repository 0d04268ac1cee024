"""From a shortlist to a focus, step by step, for whoever leads."""

from django.urls import reverse

from hedgerow.core.rooms import Prompt
from hedgerow.focus.models import Idea
from hedgerow.focus.queries.finding_facts import Facts
from hedgerow.people.models import Cluster

A_PAIR, A_PLAN, A_PROPOSAL = 2, 3, 5  # minutes


def next_of_shortlist(cluster: Cluster, facts: Facts) -> Prompt | None:
    """Pairs first, then how their findings come together; once they are in, the decision. Nothing
    once a focus is decided, or is put to the vote."""
    if facts.standing is None or facts.focus.verdict or facts.focus.open_decision:
        return None
    shortlist = facts.standing.shortlist
    for idea in facts.ideas:
        if facts.study_of(idea) is None:
            return _to_pair(cluster, idea)
    if not shortlist.findings:
        return Prompt(
            key=f"focus.findings:{shortlist.pk}",
            sentence="Say how what the pairs find comes together",
            why="Who gathers it, in what form and by when, so that you can compare.",
            minutes=A_PLAN,
            url=reverse("focus:plan_findings", args=[shortlist.pk]),
            button="Write it down",
            place=cluster.name,
        )
    studies = [facts.study_of(idea) for idea in facts.ideas]
    if all(study and study.is_handed_in for study in studies):
        return Prompt(
            key=f"focus.propose:{shortlist.pk}",
            sentence="Put the focus to the vote",
            why="All reports are in. The votes were advice: the focus is a decision of the members.",
            minutes=A_PROPOSAL,
            url=reverse("focus:propose_focus", args=[cluster.pk]),
            button="Choose and propose",
            place=cluster.name,
        )
    return None


def _to_pair(cluster: Cluster, idea: Idea) -> Prompt:
    return Prompt(
        key=f"focus.pair:{idea.pk}",
        sentence=f"Name the two who look into “{idea}”",
        why="Two people of two members find out what it would take, and report.",
        minutes=A_PAIR,
        url=reverse("focus:name_pair", args=[idea.pk]),
        button="Choose the two",
        place=cluster.name,
    )
