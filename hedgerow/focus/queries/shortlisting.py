"""How a shortlisting stands: worked out from its rounds by analysis.red_spot, never kept."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import cast

from hedgerow.analysis import red_spot
from hedgerow.analysis.red_spot import Settles, Shortlist
from hedgerow.core.readings import asked_once
from hedgerow.focus.models import (
    Ballot,
    Candidate,
    RedSpot,
    Reopening,
    Round,
    RoundKind,
    Shortlisting,
)


def stands(shortlisting: Shortlisting) -> Shortlist:
    """After its closed rounds. Options are named by the keys of candidates, as text; members are
    those of the last closed round, none before there is one. Five queries."""
    return stands_of([shortlisting])[shortlisting.pk]


@asked_once
def stands_of(shortlistings: Iterable[Shortlisting]) -> dict[int, Shortlist]:
    """The same for many, by the key of the shortlisting. Five queries for any number."""
    parts: dict[int, Parts] = {one.pk: Parts() for one in shortlistings}
    keys = list(parts)
    rounds = Round.objects.filter(shortlisting__in=keys, closed_at__isnull=False)
    where: dict[int, Parts] = {}  # by the key of the round
    for round in rounds.order_by("number"):
        where[round.pk] = parts[round.shortlisting_id]
        where[round.pk].rounds.append(round)
    for candidate in Candidate.objects.filter(shortlisting__in=keys).order_by("position"):
        parts[candidate.shortlisting_id].candidates.append(candidate.pk)
    for spot in RedSpot.objects.filter(round__in=where, ended_at=None).order_by("pk"):
        where[spot.round_id].spots.append(spot)
    for ballot in Ballot.objects.filter(round__in=where, ended_at=None).order_by("pk"):
        where[ballot.round_id].ballots.append(ballot)
    granted = Reopening.objects.filter(after__in=where, granted_at__isnull=False)
    for reopening in granted.order_by("granted_at", "pk"):
        where[reopening.after_id].granted.append(reopening)
    return {key: worked_out(parts[key]) for key in keys}


@dataclass(kw_only=True)
class Parts:
    """The rows that tell how one shortlisting stands."""

    candidates: list[int] = field(default_factory=list)  # keys, in their order
    rounds: list[Round] = field(default_factory=list)  # that are closed, in their order
    spots: list[RedSpot] = field(default_factory=list)  # that stand
    ballots: list[Ballot] = field(default_factory=list)  # that stand
    granted: list[Reopening] = field(default_factory=list)  # in the order in which they were


def worked_out(parts: Parts) -> Shortlist:
    state = Shortlist(members=(), options=_texts(parts.candidates))
    spots, ballots = by_round(parts.spots), by_round(parts.ballots)
    back: dict[int, list[Reopening]] = defaultdict(list)
    for reopening in parts.granted:
        back[reopening.after_id].append(reopening)
    for round in parts.rounds:
        state = replace(state, members=_texts(round.members))
        if round.kind == RoundKind.SPOTS:
            state = _struck(state, round, counted(spots[round.pk], round.members))
        else:
            state = _dropped(state, round, counted(ballots[round.pk], round.members))
        for reopening in back[round.pk]:
            state = replace(state, members=_texts(reopening.members))
            state = red_spot.reopen(state, str(reopening.candidate_id), state.members)
    return state


def by_round(words: Iterable[RedSpot | Ballot]) -> dict[int, list]:
    found: dict[int, list] = defaultdict(list)
    for word in words:
        found[word.round_id].append(word)
    return found


def counted(words: Iterable, members: Collection[int]) -> list:
    """Of those who had a vote when the round closed."""
    return [word for word in words if word.organisation_id in members]


def _struck(state: Shortlist, round: Round, spots: Sequence[RedSpot]) -> Shortlist:
    said = {
        str(spot.organisation_id): str(spot.candidate_id) if spot.candidate_id else None
        for spot in spots
    }
    return red_spot.strike(state, said, str(round.closed_by_id))


def _dropped(state: Shortlist, round: Round, ballots: Sequence[Ballot]) -> Shortlist:
    if state.stage == "done":
        state = red_spot.vote_on(state)
    said = {
        str(ballot.organisation_id): {str(key): n for key, n in ballot.votes.items()}
        for ballot in ballots
    }
    state = red_spot.close(state, said, str(round.closed_by_id))
    return red_spot.settle(state, cast("Settles", round.settled)) if round.settled else state


def _texts(keys: Iterable[int]) -> tuple[str, ...]:
    return tuple(map(str, keys))
