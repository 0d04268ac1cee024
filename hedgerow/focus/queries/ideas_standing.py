"""Where the ideas of a long list stand, as their cards show it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.db.models import QuerySet
from django.urls import reverse

from hedgerow.analysis.red_spot import Shortlist
from hedgerow.focus.models import Idea, Shortlisting

from .focuses import ideas_in_focus
from .ideas_held import is_held, is_voted_on, with_holds, with_past
from .shortlisting import stands_of


@dataclass(frozen=True, kw_only=True)
class IdeaStanding:
    dot: int  # as `state` draws it
    words: str = ""  # "Being voted on"; "" where it stands in nothing
    url: str = ""  # where that can be read
    link: str = ""  # and what that is: "Red spots and votes"
    is_candidate: bool = False  # in a shortlisting that goes on, also where it was struck out
    is_chosen: bool = False  # on the shortlist, or in the focus
    can_write: bool = False  # its card can be written anew
    can_end: bool = False  # it can be put together, taken apart or taken off


OFF_THE_LIST = IdeaStanding(dot=0)
_FOCUS, _VOTES, _SHARES = "Our focus", "Red spots and votes", "Fair shares"


def with_standing(ideas: QuerySet[Idea]) -> QuerySet[Idea]:
    """What `standings_of` asks of its ideas. No query of its own."""
    return with_past(with_holds(ideas))


def standings_of(cluster: int, ideas: Sequence[Idea]) -> dict[int, IdeaStanding]:
    """By the key of the idea. ideas: of the cluster, read `with_standing`. Two queries where one of
    them was decided on, and five where one stood in the last shortlisting and may be out."""
    live = [idea for idea in ideas if idea.is_live]
    in_focus = ideas_in_focus(cluster) if any(it.was_decided_on for it in live) else set()
    asked = {it.shortlisting for it in live if it.shortlisting and not _is_ahead(it, in_focus)}
    votes = stands_of(Shortlisting(pk=key) for key in asked)
    return {
        it.pk: _standing(it, votes.get(it.shortlisting), in_focus) if it.is_live else OFF_THE_LIST
        for it in ideas
    }


def _is_ahead(idea, in_focus: Collection[int]) -> bool:
    """Whether it stands further on than in the votes of the last shortlisting."""
    is_past = not idea.voted_on_as
    return is_past and bool(idea.proposed_as or idea.pk in in_focus or idea.is_shortlisted)


def _standing(idea, votes: Shortlist | None, in_focus: Collection[int]) -> IdeaStanding:
    dot, words, link = _shown(idea, votes, in_focus)
    return IdeaStanding(
        dot=dot,
        words=words,
        url=_url(idea, link),
        link=link,
        is_candidate=bool(idea.voted_on_as),
        is_chosen=idea.is_shortlisted or idea.pk in in_focus,
        can_write=not is_voted_on(idea),
        can_end=not is_held(idea),
    )


def _shown(idea, votes: Shortlist | None, in_focus: Collection[int]) -> tuple[int, str, str]:
    """Dot, words and link. What members are asked now comes before what they said."""
    out = _out(votes, str(idea.candidate)) if votes else ""
    if idea.proposed_as:
        return 1, "Put to the vote as our focus", _FOCUS
    if idea.voted_on_as and not out:
        return 1, "Being voted on", _VOTES
    if idea.shared_out_as:
        return 1, "A budget is being shared out over it", _SHARES
    if idea.pk in in_focus:
        return 2, "In our focus", _FOCUS
    if idea.is_shortlisted and not idea.voted_on_as:
        return 2, "On our shortlist", _FOCUS
    if out:
        return 3 if votes and str(idea.candidate) in votes.struck else 0, out, _VOTES
    return 0, "", ""


def _out(votes: Shortlist, candidate: str) -> str:
    """How it came not to stand any more; "" where it does."""
    if candidate in votes.struck:
        return "Struck out by a red spot"
    rounds = [n for n, done in enumerate(votes.rounds, start=1) if candidate in done.dropped]
    return f"Dropped in round {rounds[-1]}" if candidate in votes.dropped else ""


def _url(idea, link: str) -> str:
    if link == _VOTES:
        return reverse("focus:shortlisting", args=[idea.shortlisting])
    if not link:
        return ""
    page = "focus:share_outs" if link == _SHARES else "focus:focus"
    return reverse(page, args=[idea.cluster_id])
