"""Putting a focus to the vote. Carried, it is the focus: nothing else is pressed."""

from collections.abc import Sequence
from datetime import date

from hedgerow.agreements.actions import propose
from hedgerow.agreements.actions.decisions import LONGEST_TITLE
from hedgerow.agreements.actions.speakers import seat_in
from hedgerow.agreements.models import Meeting
from hedgerow.analysis.focus import MOST
from hedgerow.analysis.voices import Way
from hedgerow.core.actions import Refused, action, locked, record
from hedgerow.core.actors import Actor
from hedgerow.core.owners import Owner
from hedgerow.focus.models import Adopted, Adoption, Idea
from hedgerow.look.words import day, listed
from hedgerow.people.actions.clusters import going_on
from hedgerow.people.kinds import refuse_published
from hedgerow.people.models import Cluster


@action
def propose_focus(
    *,
    by: Actor,
    cluster: Cluster,
    ideas: Sequence[Idea],
    words: str,
    way: Way,
    closes_on: date,
    meeting: Meeting | None = None,
) -> Adoption:
    """One decision over one to three ideas together, in their order."""
    cluster = going_on(locked(cluster))
    refuse_published(by, cluster)
    seat_in(by, cluster)
    _check(cluster, ideas)
    _refuse_second(cluster)
    title = title_of(ideas)
    decision = propose(
        by=by,
        cluster=cluster,
        title=title,
        words=_in_full(title, ideas, words),
        options=[],
        way=way,
        closes_on=closes_on,
        meeting=meeting,
    )
    adoption = Adoption.objects.create(cluster=cluster, decision=decision)
    Adopted.objects.bulk_create(
        Adopted(adoption=adoption, idea=idea, position=position, title=idea.title)
        for position, idea in enumerate(ideas, start=1)
    )
    record(
        "focus.focus_proposed",
        by=by,
        to=adoption,
        owner=(Owner.CLUSTER, cluster.pk),
        ideas=[idea.pk for idea in ideas],
        n=len(ideas),
        decision=decision.pk,
        number=decision.number,
    )
    return adoption


def title_of(ideas: Sequence[Idea]) -> str:
    """ "Our focus: A, B and C"; each cut short where all of them would not fit."""
    titles = [idea.title for idea in ideas]
    whole = f"Our focus: {listed(titles)}"
    if len(whole) <= LONGEST_TITLE:
        return whole
    room = (LONGEST_TITLE - len(f"Our focus: {listed('' for _ in titles)}")) // len(titles)
    return f"Our focus: {listed(_cut(title, room) for title in titles)}"


def _cut(title: str, room: int) -> str:
    return title if len(title) <= room else f"{title[: room - 1].rstrip()}…"


def _in_full(title: str, ideas: Sequence[Idea], words: str) -> str:
    """What the others read before they vote: the titles too, where the heading cuts them short."""
    if all(idea.title in title for idea in ideas):
        return words
    return f"In full: {listed(f'“{idea}”' for idea in ideas)}.\n\n{words}".strip()


def _check(cluster: Cluster, ideas: Sequence[Idea]) -> None:
    if not ideas:
        raise Refused("Choose at least one idea.")
    if len(ideas) > MOST:
        raise Refused(
            f"You chose {len(ideas)} ideas; a focus is three at most. Leave out what can wait."
        )
    if len({idea.pk for idea in ideas}) < len(ideas):
        raise Refused("One of the ideas is there twice. Choose each once.")
    if any(idea.cluster_id != cluster.pk for idea in ideas):
        raise ValueError("a focus is made of ideas of its own cluster")
    for idea in ideas:
        if not locked(idea).is_live:
            raise Refused(
                f"“{idea}” is no longer on the long list. Load the page again and choose among "
                "those that are."
            )


def _refuse_second(cluster: Cluster) -> None:
    under_way = Adoption.objects.filter(cluster=cluster, decision__closed_at=None)
    other = under_way.select_related("decision").first()
    if other:
        raise Refused(
            f"A focus is put to the vote already, as decision {other.decision.number}, until "
            f"{day(other.decision.closes_at)}. Vote on that one, or withdraw it first."
        )
