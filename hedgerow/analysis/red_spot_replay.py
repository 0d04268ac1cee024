"""Red spots over ballots from a file: the same ballots, laid anew in every round."""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from fractions import Fraction

from hedgerow.analysis.ballots import Election
from hedgerow.analysis.red_spot import ENOUGH, MOST_OPTIONS, VOTES


@dataclass(frozen=True, kw_only=True)
class Replayed:
    standing: tuple[str, ...]  # most votes first, then in the order of the file
    struck: tuple[str, ...]
    dropped: tuple[str, ...]  # in the order in which they dropped
    level: tuple[str, ...]  # all at the bottom where it stopped; none if it came to an end
    totals: tuple[Mapping[str, Fraction], ...]  # of each round


def replay(election: Election, struck: Collection[str] = (), drop_level: bool = False) -> Replayed:
    """As if everybody voted by the same list in every round.

    A ballot's ten votes lie on the three options with the most points that still stand (where
    equal, the earlier in the file), in proportion to the points and not rounded; a ballot of ten
    whole votes on three options stays as it is. It stops where several are level at the bottom,
    unless they are all to drop; and always where all that stand are level.
    """
    order = {project.key: place for place, project in enumerate(election.projects)}
    ballots = Counter(
        tuple(sorted(ballot.points.items(), key=lambda mark: (-mark[1], order[mark[0]])))
        for ballot in election.ballots
    )
    standing = [key for key in order if key not in struck]
    dropped: list[str] = []
    totals: list[Mapping[str, Fraction]] = []
    level: tuple[str, ...] = ()
    while len(standing) > ENOUGH or not totals:
        totals.append(_totals(ballots, standing))
        if len(standing) <= ENOUGH:
            break
        least = min(totals[-1].values())
        level = tuple(key for key in standing if totals[-1][key] == least)
        if len(level) == len(standing) or (len(level) > 1 and not drop_level):
            break
        standing = [key for key in standing if key not in level]
        dropped += level
        level = ()
    last = totals[-1]
    return Replayed(
        standing=tuple(sorted(standing, key=lambda key: -last[key])),
        struck=tuple(key for key in order if key in struck),
        dropped=tuple(dropped),
        level=level,
        totals=tuple(totals),
    )


def _totals(
    ballots: Mapping[tuple[tuple[str, int], ...], int], standing: Collection[str]
) -> dict[str, Fraction]:
    stands = frozenset(standing)
    totals = dict.fromkeys(standing, Fraction())
    for marks, n in ballots.items():
        laid = [mark for mark in marks if mark[0] in stands][:MOST_OPTIONS]
        points = sum(worth for _, worth in laid)
        for key, worth in laid:
            totals[key] += Fraction(n * VOTES * worth, points)
    return totals
