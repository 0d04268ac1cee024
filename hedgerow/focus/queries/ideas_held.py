"""What an idea stands in just now, and so what cannot be done with its card."""

from collections.abc import Sequence

from django.db.models import Exists, OuterRef, QuerySet, Subquery

from hedgerow.focus.models import (
    Adopted,
    Candidate,
    Costed,
    Idea,
    Shortlist,
    Shortlisted,
    Shortlisting,
)
from hedgerow.people.models import Cluster


def with_holds(ideas: QuerySet[Idea]) -> QuerySet[Idea]:
    """Each with what it stands in: the title under which it is voted on, under which a budget is
    shared out over it, under which it is put to the vote as the focus; and whether it is on the
    shortlist that stands. No query of its own."""
    voted_on = Candidate.objects.filter(idea=OuterRef("pk"), shortlisting__ended_at=None)
    shared = Costed.objects.filter(idea=OuterRef("pk"), share_out__closed_at=None)
    proposed = Adopted.objects.filter(
        idea=OuterRef("pk"), adoption__decision__closed_at=None
    ).order_by("-pk")
    later = Shortlist.objects.filter(
        cluster=OuterRef("shortlist__cluster"), number__gt=OuterRef("shortlist__number")
    )
    listed = Shortlisted.objects.filter(~Exists(later), idea=OuterRef("pk"))
    return ideas.annotate(
        voted_on_as=Subquery(voted_on.values("title")[:1]),
        shared_out_as=Subquery(shared.values("title")[:1]),
        proposed_as=Subquery(proposed.values("title")[:1]),
        is_shortlisted=Exists(listed),
    )


def with_past(ideas: QuerySet[Idea]) -> QuerySet[Idea]:
    """Each with the last shortlisting of its cluster, unless that was given up, and its place in
    it; and with whether a focus that was decided on had it. No query of its own."""
    later = Shortlisting.objects.filter(
        cluster=OuterRef("shortlisting__cluster"),
        number__gt=OuterRef("shortlisting__number"),
        given_up_because="",
    )
    stood = Candidate.objects.filter(
        ~Exists(later), idea=OuterRef("pk"), shortlisting__given_up_because=""
    )
    decided = Adopted.objects.filter(
        idea=OuterRef("pk"), adoption__decision__closed_at__isnull=False
    )
    return ideas.annotate(
        candidate=Subquery(stood.values("pk")[:1]),
        shortlisting=Subquery(stood.values("shortlisting")[:1]),
        was_decided_on=Exists(decided),
    )


def live_ideas(cluster: Cluster) -> list[Idea]:
    """Those on the long list, in the order of their numbers, `with_holds`. One query."""
    ideas = Idea.objects.filter(cluster=cluster, ended_at=None)
    return list(with_holds(ideas).order_by("number"))


def is_held(idea) -> bool:
    """Whether it cannot be put together, taken apart or taken off. Read `with_holds`."""
    return is_voted_on(idea) or idea.is_shortlisted


def is_voted_on(idea) -> bool:
    """Whether it cannot be written anew. Read `with_holds`."""
    return bool(idea.voted_on_as or idea.shared_out_as or idea.proposed_as)


def holds_of(ideas: Sequence[Idea]) -> list[str]:
    """Why they cannot be put together, taken apart or taken off: a sentence for each, with what
    to do first. One query."""
    return [said for idea in _held(ideas) for said in (*_voted(idea), *_listed(idea))]


def votes_on(ideas: Sequence[Idea]) -> list[str]:
    """Why they cannot be written anew: what is voted on stays as it was read. One query."""
    return [said for idea in _held(ideas) for said in _voted(idea)]


def _held(ideas: Sequence[Idea]) -> QuerySet[Idea]:
    rows = Idea.objects.filter(pk__in=[idea.pk for idea in ideas])
    return with_holds(rows.order_by("number"))


def _voted(idea) -> list[str]:
    found = []
    if idea.voted_on_as:
        found.append(
            f"“{idea.voted_on_as}” is being voted on. Wait until the shortlisting has ended, or "
            "give that up."
        )
    if idea.shared_out_as:
        found.append(
            f"A budget is being shared out over “{idea.shared_out_as}”. Wait until that is closed, "
            "or give it up."
        )
    if idea.proposed_as:
        found.append(
            f"“{idea.proposed_as}” is put to the vote as the focus. Wait until that is decided."
        )
    return found


def _listed(idea) -> list[str]:
    if not idea.is_shortlisted:
        return []
    return [f"“{idea}” is on our shortlist. Write down another shortlist without it first."]
