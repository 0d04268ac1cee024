"""Using a red spot and casting ten votes: for one's own organisation, or written down for one."""

from collections.abc import Mapping
from typing import TypeVar

from hedgerow.agreements.actions.words import (
    Put,
    Speaker,
    confirmed,
    own_speaker,
    put,
    recorded_speaker,
    undone,
)
from hedgerow.agreements.models import Channel
from hedgerow.analysis.red_spot import MOST_OPTIONS, VOTES
from hedgerow.core.actions import Refused, action, locked, nothing_to_do
from hedgerow.core.actors import Actor
from hedgerow.focus.models import Ballot, Candidate, RedSpot, Round, RoundKind
from hedgerow.focus.queries.shortlisting import stands
from hedgerow.look.words import count, first_up, number
from hedgerow.people.actions.clusters import going_on
from hedgerow.people.models import Cluster, Organisation

from .standing import open_round, words_of, write_of_round

W = TypeVar("W", RedSpot, Ballot)
Votes = Mapping[int, int]  # key of a candidate -> votes

_SAY_WHY = (
    "Say in a sentence why it is of no benefit to your organisation. The others read it once the "
    "round is closed."
)


@action
def use_red_spot(
    *,
    by: Actor,
    round: Round,
    candidate: Candidate | None,
    reason: str = "",
    channel: str = Channel.PAGE,
) -> RedSpot:
    """Mark one idea as of no benefit to one's own organisation, or say that none is: no candidate.

    It can be changed while the round is open; what was said before is kept, and counts no more.
    """
    round = open_round(round, RoundKind.SPOTS)
    speaker = own_speaker(by, _cluster(round), channel)
    done = _put_spot(round, speaker, candidate, reason)
    return _written(by, round, done, "focus.spot_changed" if done.before else "focus.spot_said")


@action
def record_spot(
    *,
    by: Actor,
    round: Round,
    organisation: Organisation,
    candidate: Candidate | None,
    reason: str,
    channel: str,
) -> RedSpot:
    """Write down what a member said of its red spot. What it said itself is never written over."""
    round = open_round(round, RoundKind.SPOTS)
    speaker = recorded_speaker(by, _cluster(round), organisation, channel)
    done = _put_spot(round, speaker, candidate, reason)
    return _written(by, round, done, "focus.spot_recorded")


@action
def record_spots(
    *,
    by: Actor,
    round: Round,
    spots: Mapping[Organisation, tuple[Candidate | None, str]],
    channel: str,
) -> list[RedSpot]:
    """Write down what several members said, all or none: the idea, or none, and the reason. Raises
    Refused with whose is wrong."""
    round = open_round(round, RoundKind.SPOTS)
    if not spots:
        raise Refused("Write down what at least one member said.")
    written = []
    for organisation, (candidate, reason) in spots.items():
        try:
            speaker = recorded_speaker(by, _cluster(round), organisation, channel)
            done = _put_spot(round, speaker, candidate, reason)
        except Refused as fault:
            raise Refused(f"{organisation}: {fault} Nothing was written down.") from fault
        written.append(_written(by, round, done, "focus.spot_recorded"))
    return written


@action
def cast_ballot(*, by: Actor, round: Round, votes: Votes, channel: str = Channel.PAGE) -> Ballot:
    """Spend the ten votes of one's own organisation, on three at most of what stands.

    They can be spent anew while the round is open; the ballot before is kept, and counts no more.
    """
    round = open_round(round, RoundKind.VOTES)
    speaker = own_speaker(by, _cluster(round), channel)
    done = _put_ballot(round, speaker, _checked(votes, _standing(round)))
    return _written(by, round, done, "focus.ballot_changed" if done.before else "focus.ballot_cast")


@action
def record_ballots(
    *, by: Actor, round: Round, ballots: Mapping[Organisation, Votes], channel: str
) -> list[Ballot]:
    """Write down the ballots of several members, all or none. Raises Refused with whose is wrong."""
    round = open_round(round, RoundKind.VOTES)
    standing = _standing(round)
    if not ballots:
        raise Refused("Write down the votes of at least one member.")
    written = []
    for organisation, votes in ballots.items():
        try:
            checked = _checked(votes, standing)
            speaker = recorded_speaker(by, _cluster(round), organisation, channel)
            done = _put_ballot(round, speaker, checked)
        except Refused as fault:
            raise Refused(f"{organisation}: {fault} Nothing was written down.") from fault
        written.append(_written(by, round, done, "focus.ballot_recorded"))
    return written


@action
def confirm_spot(*, by: Actor, spot: RedSpot) -> RedSpot:
    """Say that what was written down for one's organisation is right; also once it is closed."""
    round = _kept(spot.round)
    done = confirmed(by, _cluster(round), spot)
    return _written(by, round, done, "focus.spot_confirmed")


@action
def undo_spot(*, by: Actor, spot: RedSpot) -> RedSpot:
    """Take out what was written down for one's organisation, which has then said nothing."""
    round = open_round(spot.round)
    spot = undone(by, _cluster(round), spot)
    _record(by, round, spot, "focus.spot_undone")
    return spot


@action
def confirm_ballot(*, by: Actor, ballot: Ballot) -> Ballot:
    """Say that what was written down for one's organisation is right; also once it is closed."""
    round = _kept(ballot.round)
    done = confirmed(by, _cluster(round), ballot)
    return _written(by, round, done, "focus.ballot_confirmed")


@action
def undo_ballot(*, by: Actor, ballot: Ballot) -> Ballot:
    """Take out what was written down for one's organisation, which has then not voted."""
    round = open_round(ballot.round)
    ballot = undone(by, _cluster(round), ballot)
    _record(by, round, ballot, "focus.ballot_undone")
    return ballot


def _put_spot(
    round: Round, speaker: Speaker, candidate: Candidate | None, reason: str
) -> Put[RedSpot]:
    if candidate is not None and candidate.shortlisting_id != round.shortlisting_id:
        raise Refused("Choose one of the ideas of this round; that one is not among them.")
    said = {
        "candidate_id": candidate.pk if candidate else None,
        "reason": words_of(reason, _SAY_WHY) if candidate else "",
        "is_shown": not round.shortlisting.is_secret,
    }
    return put(RedSpot, speaker, about={"round": round}, said=said)


def _put_ballot(round: Round, speaker: Speaker, votes: Votes) -> Put[Ballot]:
    said = {**_columns(votes), "is_shown": not round.shortlisting.is_secret}
    return put(Ballot, speaker, about={"round": round}, said=said)


def _checked(votes: Votes, standing: Mapping[int, str]) -> dict[int, int]:
    """Those above nought, the most first. Raises Refused unless it is ten on at most three."""
    given = {key: n for key, n in votes.items() if n}
    if any(key not in standing for key in given):
        raise Refused(
            "One of these ideas does not stand in this round. Look again at what stands, and vote "
            "anew."
        )
    if any(n < 0 for n in given.values()):
        raise Refused("Votes are whole numbers above nought. Take the minus away.")
    total = sum(given.values())
    if len(given) > MOST_OPTIONS:
        raise Refused(
            f"These votes are on {count(len(given), 'idea')}; three are the most. Take the votes "
            "from one, and give them to another."
        )
    if total == 0:
        raise Refused("No vote is spent yet. Spend all ten, on one idea or up to three.")
    if total < VOTES:
        are = "is" if total == 1 else "are"
        raise Refused(
            f"{first_up(count(total, 'vote'))} {are} spent. Spend the other "
            f"{number(VOTES - total)} too: it is always all ten."
        )
    if total > VOTES:
        raise Refused(
            f"{total} votes are spent, and there are ten. Take {number(total - VOTES)} back."
        )
    order = list(standing)
    return dict(sorted(given.items(), key=lambda pair: (-pair[1], order.index(pair[0]))))


def _columns(votes: Votes) -> dict[str, int | None]:
    pairs = [*votes.items(), *[(None, 0)] * (MOST_OPTIONS - len(votes))]
    columns: dict[str, int | None] = {}
    for name, (candidate, n) in zip(("first", "second", "third"), pairs, strict=True):
        columns[f"{name}_id"], columns[f"n_{name}"] = candidate, n
    return columns


def _standing(round: Round) -> dict[int, str]:
    """What stands in an open round, in its order: nothing drops or comes back while it is open."""
    state = stands(round.shortlisting)
    rows = Candidate.objects.filter(pk__in=map(int, state.standing)).order_by("position")
    return dict(rows.values_list("pk", "title"))


def _cluster(round: Round) -> Cluster:
    return round.shortlisting.cluster


def _kept(round: Round) -> Round:
    """The round, locked, open or not. Raises Refused if its cluster has ended."""
    fresh = locked(round)
    going_on(_cluster(fresh))
    return fresh


def _written(by: Actor, round: Round, done: Put[W], did: str) -> W:
    if done.is_new:
        _record(by, round, done.word, did)
    else:
        nothing_to_do()
    return done.word


def _record(by: Actor, round: Round, word: RedSpot | Ballot, did: str) -> None:
    """Who, for whom and in which round; never what was voted."""
    write_of_round(did, by=by, round=round, to=word, organisation=word.organisation_id)
