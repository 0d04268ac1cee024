"""Shortlisting with red spots: strike out, vote, drop the lowest, vote again, stop at three.

Source: HACT, Collaborate 2, worksheet 3, “Pulling it together” (2010). Its result is advice: the
group talks it through, and decides.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

VOTES, MOST_OPTIONS, ENOUGH = 10, 3, 3  # a ballot spends all ten, on three at most; stop at three

Stage = Literal["spots", "votes", "tied", "done"]
Settles = Literal["drop_all", "vote_again"]
Votes = Mapping[str, int]  # of one member: option -> votes


@dataclass(frozen=True, kw_only=True)
class Round:
    """A round of votes that is closed."""

    totals: Mapping[str, int]  # of every option that stood, in their order
    lowest: tuple[str, ...]  # all that were level at the bottom
    dropped: tuple[str, ...]  # none where they were level, until the group says
    absent: tuple[str, ...]  # members who did not vote
    closed_by: str | None  # who closed it although they had not; None if all had voted


@dataclass(frozen=True, kw_only=True)
class Shortlist:
    """How it stands. Every step returns another one, and nothing is forgotten."""

    members: tuple[str, ...]
    options: tuple[str, ...]  # the long list, in its order
    stage: Stage = "spots"
    struck: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # option -> whose spots
    dropped: tuple[str, ...] = ()  # in the order in which they dropped
    reopened: tuple[str, ...] = ()
    rounds: tuple[Round, ...] = ()

    @property
    def standing(self) -> tuple[str, ...]:
        gone = {*self.struck, *self.dropped}
        return tuple(option for option in self.options if option not in gone)


def begin(members: Collection[str], options: Collection[str]) -> Shortlist:
    """Raises ValueError if nobody is there to vote, or if a member or an option is there twice."""
    if not members or not options:
        raise ValueError("There must be members to vote, and options to vote on.")
    if len(set(members)) < len(members) or len(set(options)) < len(options):
        raise ValueError("A member or an option is there twice.")
    return Shortlist(members=tuple(members), options=tuple(options))


def strike(
    shortlist: Shortlist, spots: Mapping[str, str | None], closed_by: str | None = None
) -> Shortlist:
    """Red spots come first: one a member at most, or None, for what is of no benefit to it.

    Raises ValueError as `close` does, and for a spot on what does not stand.
    """
    _at(shortlist, "spots")
    _absent(shortlist, spots, closed_by)
    struck: dict[str, tuple[str, ...]] = {}
    for member in shortlist.members:
        option = spots.get(member)
        if option is None:
            continue
        if option not in shortlist.standing:
            raise ValueError(f"{option} is not one of the options.")
        struck[option] = (*struck.get(option, ()), member)
    return _onward(replace(shortlist, struck=struck))


def close(
    shortlist: Shortlist, ballots: Mapping[str, Votes], closed_by: str | None = None
) -> Shortlist:
    """Close a round of votes: the lowest drops. Where several are level at the bottom, nothing does.

    Raises ValueError if this is not the time; if somebody has not voted and nobody is named who
    closes it all the same; and if a ballot is not ten votes on at most three of what stands.
    """
    _at(shortlist, "votes")
    absent = _absent(shortlist, ballots, closed_by)
    if not ballots:
        raise ValueError("Nobody has voted, so there is nothing to count.")
    totals = dict.fromkeys(shortlist.standing, 0)
    for member, votes in ballots.items():
        check(votes, shortlist.standing, member)
        for option, n in votes.items():
            totals[option] += n
    lowest = level_at_the_bottom(totals)
    dropped = lowest if len(lowest) == 1 else ()
    closed = Round(
        totals=totals,
        lowest=lowest,
        dropped=dropped,
        absent=absent,
        closed_by=closed_by if absent else None,
    )
    rounds = (*shortlist.rounds, closed)
    if not dropped:
        return replace(shortlist, stage="tied", rounds=rounds)
    return _onward(replace(shortlist, dropped=(*shortlist.dropped, *dropped), rounds=rounds))


def settle(shortlist: Shortlist, by: Settles) -> Shortlist:
    """What the group says where several are level at the bottom: all of them drop, or vote again.

    Raises ValueError where nothing is tied, or where nothing would be left.
    """
    _at(shortlist, "tied")
    if by == "vote_again":
        return replace(shortlist, stage="votes")
    last = shortlist.rounds[-1]
    if len(last.lowest) == len(shortlist.standing):
        raise ValueError("All of them are level: dropping them would leave nothing. Vote again.")
    rounds = (*shortlist.rounds[:-1], replace(last, dropped=last.lowest))
    return _onward(replace(shortlist, dropped=(*shortlist.dropped, *last.lowest), rounds=rounds))


def vote_on(shortlist: Shortlist) -> Shortlist:
    """Another round although three or fewer stand, because not all are comfortable with them."""
    _at(shortlist, "done")
    if len(shortlist.standing) < 2:
        raise ValueError("There is nothing to choose between.")
    return replace(shortlist, stage="votes")


def reopen(shortlist: Shortlist, option: str, agreed: Collection[str]) -> Shortlist:
    """Bring back what was struck out or dropped. Raises ValueError unless every member agrees."""
    if shortlist.stage not in ("votes", "done"):
        raise ValueError("First finish what is open: the red spots, or what is level.")
    if option not in {*shortlist.struck, *shortlist.dropped}:
        raise ValueError(f"{option} was not struck out, nor dropped.")
    if missing := [member for member in shortlist.members if member not in agreed]:
        raise ValueError(f"Only if everyone agrees; not yet: {', '.join(missing)}.")
    struck = {key: whose for key, whose in shortlist.struck.items() if key != option}
    dropped = tuple(key for key in shortlist.dropped if key != option)
    reopened = (*shortlist.reopened, option)
    return _onward(replace(shortlist, struck=struck, dropped=dropped, reopened=reopened))


def check(votes: Votes, standing: Collection[str], whose: str) -> None:
    """Raises ValueError, with a sentence, unless this is one ballot as the method wants it."""
    if gone := [option for option in votes if option not in standing]:
        raise ValueError(f"{whose}: {gone[0]} does not stand in this round.")
    if any(n < 1 for n in votes.values()) or sum(votes.values()) != VOTES:
        raise ValueError(f"{whose}: a ballot spends all {VOTES} votes, in whole ones.")
    if len(votes) > MOST_OPTIONS:
        raise ValueError(f"{whose}: the votes go to at most {MOST_OPTIONS} options.")


def level_at_the_bottom(totals: Votes) -> tuple[str, ...]:
    least = min(totals.values())
    return tuple(option for option, n in totals.items() if n == least)


def _onward(shortlist: Shortlist) -> Shortlist:
    done = len(shortlist.standing) <= ENOUGH
    return replace(shortlist, stage="done" if done else "votes")


def _at(shortlist: Shortlist, stage: Stage) -> None:
    if shortlist.stage != stage:
        raise ValueError(f"This is the time for {shortlist.stage}, not for {stage}.")


def _absent(shortlist: Shortlist, cast: Collection[str], closed_by: str | None) -> tuple[str, ...]:
    if strangers := [one for one in cast if one not in shortlist.members]:
        raise ValueError(f"{strangers[0]} is not a member.")
    absent = tuple(member for member in shortlist.members if member not in cast)
    if absent and not closed_by:
        raise ValueError(f"Not everybody has voted: {', '.join(absent)}. Wait, or say who closes.")
    return absent
