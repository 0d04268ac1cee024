"""What a file of ballots comes to, by the rule that was asked for."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal, get_args

from hedgerow.analysis.ballots import Election, Tie, Ties, Utility
from hedgerow.analysis.equal_shares import Completion, EqualShares, equal_shares
from hedgerow.analysis.greedy import greedy
from hedgerow.analysis.red_spot_replay import Replayed, replay
from hedgerow.focus.tallying.pabulib import Ballots

Rule = Literal["equal-shares", "greedy", "red-spot"]
RULES: tuple[Rule, ...] = get_args(Rule)


@dataclass(frozen=True, kw_only=True)
class Asked:
    rule: Rule = "equal-shares"
    utility: Utility = "cost"
    completion: Completion = "none"
    ties: Ties = "file"
    drop_level: bool = False


@dataclass(frozen=True, kw_only=True)
class Level:
    """Several were equally good. `chosen` is None where the group has to say."""

    round: int
    between: tuple[str, ...]
    chosen: str | None


@dataclass(frozen=True, kw_only=True)
class Tally:
    asked: Asked
    election: Election
    selected: tuple[str, ...]
    ties: tuple[Level, ...]
    # project -> (how many voters, what each of them pays), most first; by equal shares alone
    paid: Mapping[str, Sequence[tuple[int, Fraction]]]
    # project -> what its backers still hold at the end; by equal shares alone
    held: Mapping[str, Fraction]
    share: Fraction | None  # of each voter at the start, as completion raised it
    rounds: Mapping[str, Sequence[Fraction]]  # project -> votes in each round; by red spot alone
    struck: tuple[str, ...]

    @property
    def cost(self) -> int:
        return sum(self.election.costs[key] for key in self.selected)


def tally(ballots: Ballots, asked: Asked) -> Tally:
    """Raises ValueError, with a sentence, for a red spot on what is not there."""
    election = ballots.election
    if asked.rule == "red-spot":
        return _by_red_spot(election, replay(election, spots(ballots), asked.drop_level), asked)
    if asked.rule == "greedy":
        found = greedy(election, asked.utility, asked.ties)
        return _tally(election, asked, found.selected, _levels(found.ties))
    shares = equal_shares(election, asked.utility, asked.completion, asked.ties)
    return _tally(
        election,
        asked,
        shares.selected,
        _levels(shares.ties),
        paid={key: _amounts(shares, key) for key in shares.payments},
        held=_held(election, shares),
        share=shares.share,
    )


def spots(ballots: Ballots) -> set[str]:
    """Which options have a red spot, from the column of that name, if there is one."""
    found = set()
    for row in ballots.votes:
        if spot := row.get("red_spot", "").strip():
            if spot not in ballots.election.costs:
                voter = row["voter_id"].strip()
                raise ValueError(
                    f"Voter {voter}: the red spot “{spot}” is on none of the projects."
                )
            found.add(spot)
    return found


def _tally(
    election: Election,
    asked: Asked,
    selected: tuple[str, ...],
    ties: tuple[Level, ...],
    *,
    paid: Mapping[str, Sequence[tuple[int, Fraction]]] | None = None,
    held: Mapping[str, Fraction] | None = None,
    share: Fraction | None = None,
    rounds: Mapping[str, Sequence[Fraction]] | None = None,
    struck: tuple[str, ...] = (),
) -> Tally:
    return Tally(
        asked=asked,
        election=election,
        selected=selected,
        ties=ties,
        paid=paid or {},
        held=held or {},
        share=share,
        rounds=rounds or {},
        struck=struck,
    )


def _by_red_spot(election: Election, found: Replayed, asked: Asked) -> Tally:
    """Where it stopped at a tie, nothing is selected: the group has to say first."""
    number = len(found.totals)
    return _tally(
        election,
        asked,
        () if found.level else found.standing,
        (Level(round=number, between=found.level, chosen=None),) if found.level else (),
        rounds={key: [one[key] for one in found.totals if key in one] for key in election.costs},
        struck=found.struck,
    )


def _levels(ties: Sequence[Tie]) -> tuple[Level, ...]:
    return tuple(Level(round=one.round, between=one.between, chosen=one.chosen) for one in ties)


def _amounts(shares: EqualShares, key: str) -> list[tuple[int, Fraction]]:
    counts: dict[Fraction, int] = {}
    for group, pence in shares.payments[key].items():
        if pence:
            counts[pence] = counts.get(pence, 0) + shares.blocks.sizes[group]
    return [(counts[pence], pence) for pence in sorted(counts, reverse=True)]


def _held(election: Election, shares: EqualShares) -> dict[str, Fraction]:
    """Added up over groups, in the order of the file."""
    return {
        project.key: sum(
            (shares.left[group] * shares.blocks.sizes[group] for group in worth.groups), Fraction()
        )
        for project, worth in zip(election.projects, shares.blocks.worth, strict=True)
    }
