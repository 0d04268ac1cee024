"""Why a tally came out as it did, for groups small enough to run the rule again and again."""

from collections.abc import Collection
from dataclasses import dataclass

from hedgerow.analysis.ballots import Election
from hedgerow.analysis.equal_shares import equal_shares
from hedgerow.analysis.equal_shares_again import SharesAgain
from hedgerow.analysis.explained import (
    Choose,
    Covered,
    Near,
    Steady,
    covered,
    least_changes,
    steadiness,
)
from hedgerow.analysis.greedy import greedy
from hedgerow.focus.tallying.pabulib import Ballots
from hedgerow.focus.tallying.tallies import Asked, Tally

_MOST_MARKS, _MOST_RAISED = 5_000, 120  # voters times projects; fewer where shares are raised


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

    def by_greedy(changed: Election) -> Collection[str]:
        return greedy(changed, asked.utility, asked.ties).selected

    have = []
    choose: Choose = by_greedy
    if asked.rule == "equal-shares":
        choose = SharesAgain(election, asked.utility, asked.completion, asked.ties)
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
