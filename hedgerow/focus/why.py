"""Why a tally came out as it did, for groups small enough to run the rule again and again."""

from collections.abc import Collection
from dataclasses import dataclass

from hedgerow.analysis.ballots import Election
from hedgerow.analysis.equal_shares import equal_shares, winners
from hedgerow.analysis.explained import (
    Covered,
    Near,
    Steady,
    covered,
    least_changes,
    steadiness,
)
from hedgerow.analysis.greedy import greedy
from hedgerow.focus.pabulib import Ballots
from hedgerow.focus.tallies import Asked, Tally

_MOST_MARKS, _MOST_RAISED = 5_000, 60  # voters times projects; fewer where shares are raised


@dataclass(frozen=True, kw_only=True)
class Why:
    near: list[Near]
    covered: list[Covered]  # by equal shares alone
    steady: list[Steady]


def why_not_told(ballots: Ballots, asked: Asked) -> str:
    """A sentence where there will be no explanation; "" where there will."""
    if asked.rule == "red-spot":
        return "Red spots explain themselves: ask again without --explain."
    n = len(ballots.election.ballots) * len(ballots.election.projects)
    most = _MOST_RAISED if asked.completion == "add1u" else _MOST_MARKS
    if n > most:
        return (
            f"Explaining runs the rule again for every mark that could be; here there are {n:,}, and "
            f"up to {most:,} can be done. Ask again without --explain, or with fewer voters."
        )
    return ""


def why(ballots: Ballots, asked: Asked, found: Tally) -> Why:
    """`why_not_told` has been asked before."""
    election = ballots.election

    def choose(changed: Election) -> Collection[str]:
        if asked.rule == "greedy":
            return greedy(changed, asked.utility, asked.ties).selected
        return winners(changed, asked.utility, asked.completion, asked.ties)

    have = []
    if asked.rule == "equal-shares":
        shares = equal_shares(election, asked.utility, asked.completion, asked.ties)
        have = covered(election, shares)
    in_order = sorted(have, key=lambda one: -one.left)
    asked_first = [one.voter for one in in_order] or [one.voter for one in election.ballots]
    return Why(
        near=least_changes(
            election,
            found.selected,
            choose,
            asked_first,
            lower_never_loses=asked.completion != "add1u",
        ),
        covered=have,
        steady=steadiness(election, found.selected, choose),
    )
