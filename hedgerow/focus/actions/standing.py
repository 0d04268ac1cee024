"""What the actions of a shortlisting ask before they change anything, inside their own transactions.

All of them lock the shortlisting first; a vote locks its round alone, whose closing locks it too.
"""

from collections.abc import Sequence
from datetime import date, timedelta

from hedgerow.agreements.actions.speakers import said, write_down
from hedgerow.agreements.models import Meeting
from hedgerow.agreements.queries.voices import entitled
from hedgerow.analysis.red_spot import Shortlist
from hedgerow.core import clock
from hedgerow.core.actions import Refused, for_change, locked
from hedgerow.core.actors import Actor
from hedgerow.core.models import Event
from hedgerow.focus.models import Candidate, Idea, Reopening, Round, RoundKind, Shortlisting
from hedgerow.look.words import day, listed
from hedgerow.people.actions.clusters import going_on
from hedgerow.people.models import Cluster, Organisation

FURTHEST = timedelta(days=366)


def open_shortlisting(shortlisting: Shortlisting, *, version: int | None = None) -> Shortlisting:
    """The shortlisting, locked, while it goes on. Else Refused, saying since when not."""
    fresh = locked(shortlisting)
    going_on(fresh.cluster)
    if fresh.ended_at:
        raise Refused(
            f"This shortlisting ended on {day(fresh.ended_at)} and stays as it is. "
            "To vote again, begin another one."
        )
    return locked(fresh, version=version) if version is not None else fresh


def open_round(round: Round, kind: str | None = None) -> Round:
    """The round, locked, while one can vote in it. Else Refused, saying why not."""
    fresh = locked(round)
    shortlisting = fresh.shortlisting
    going_on(shortlisting.cluster)
    if fresh.closed_at:
        raise Refused(
            f"This round was closed on {day(fresh.closed_at)}, and what came of it is shown. "
            "What you think of that is for the talk."
        )
    if shortlisting.ended_at:
        raise Refused(
            f"This shortlisting was given up on {day(shortlisting.ended_at)}, before the round was "
            "closed, so nothing in it counts."
        )
    if kind and fresh.kind != kind:
        raise Refused(
            "This is the round of red spots. Votes come after it."
            if fresh.kind == RoundKind.SPOTS
            else "This is a round of votes. Red spots were used before it."
        )
    return fresh


def refuse_open_round(shortlisting: Shortlisting, *, so: str) -> None:
    """`so`: what to do with it first, as in "Close it, then open the next."."""
    if shortlisting.rounds.filter(closed_at=None).exists():
        raise Refused(f"A round is open. {so}")


def refuse_level(state: Shortlist, titles: dict[str, str]) -> None:
    if state.stage == "tied":
        level = listed(f"“{titles[key]}”" for key in state.rounds[-1].lowest)
        raise Refused(
            f"{level} are level at the bottom. First say whether all of them go, or whether you "
            "vote again."
        )


def refuse_requests(shortlisting: Shortlisting) -> None:
    asked = open_requests(shortlisting).select_related("candidate").first()
    if asked:
        raise Refused(
            f"Somebody asks that “{asked.candidate}” comes back, and not all have answered. Wait "
            "for them, or take the request back."
        )


def open_requests(shortlisting: Shortlisting):
    return Reopening.objects.filter(
        candidate__shortlisting=shortlisting, granted_at=None, declined_at=None
    )


def take_requests_back(shortlisting: Shortlisting) -> int:
    """They end with the shortlisting. How many did."""
    return open_requests(shortlisting).update(declined_at=clock.now(), is_taken_back=True)


def titles_of(shortlisting: Shortlisting) -> dict[str, str]:
    """By the key of the candidate, as text."""
    return {
        str(key): title
        for key, title in Candidate.objects.filter(shortlisting=shortlisting).values_list(
            "pk", "title"
        )
    }


def has_votes(cluster: Cluster) -> list[int]:
    """Keys of all who have a vote today. Raises Refused if nobody has."""
    found = entitled(cluster, clock.now())
    if not found:
        raise Refused(f"{cluster} has no full member just now, so nobody could vote.")
    return found


def names_of(organisations: Sequence[int]) -> list[str]:
    rows = Organisation.objects.filter(pk__in=organisations).order_by("name")
    return list(rows.values_list("name", flat=True))


def live_ideas(
    cluster: Cluster, ideas: Sequence[Idea], *, least: int, most: int | None, say: str
) -> list[Idea]:
    """The ideas, locked, in the order given. Raises Refused if one is no longer on the list, and
    with `say` if they are too few or too many."""
    keys = list(dict.fromkeys(idea.pk for idea in ideas))
    if len(keys) < least or (most is not None and len(keys) > most):
        raise Refused(say)
    rows = Idea.objects.filter(pk__in=keys, cluster=cluster).order_by("pk")
    found = {idea.pk: idea for idea in for_change(rows)}
    if len(found) < len(keys):
        raise Refused(f"Choose ideas from the long list of {cluster}; one of these is not on it.")
    if gone := [idea for idea in found.values() if not idea.is_live]:
        raise Refused(
            f"“{gone[0]}” is no longer on the long list: {gone[0].get_ended_how_display().lower()}. "
            "Leave it out."
        )
    return [found[key] for key in keys]


def day_for_votes(due_on: date) -> date:
    """The day. Raises Refused if it is over, or very far."""
    if due_on < clock.today():
        raise Refused(f"{day(due_on)} is over. Choose today or a later day.")
    if due_on > clock.today() + FURTHEST:
        raise Refused(f"{day(due_on)} is more than a year ahead. Check the year.")
    return due_on


def meeting_of(cluster: Cluster, meeting: Meeting | None) -> Meeting | None:
    if meeting is not None and (meeting.cluster_id != cluster.pk or meeting.called_off_at):
        raise Refused("Choose a meeting of this cluster that has not been called off.")
    return meeting


def words_of(words: str, missing: str) -> str:
    """Raises Refused with `missing` if nothing is said."""
    words = said(words)
    if not words:
        raise Refused(missing)
    return words


def write_of_round(did: str, *, by: Actor, round: Round, to, **detail: object) -> Event:
    return write_down(
        did,
        by=by,
        to=to,
        cluster=round.shortlisting.cluster_id,
        shortlisting=round.shortlisting_id,
        round=round.number,
        **detail,
    )
