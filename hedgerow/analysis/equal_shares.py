"""The Method of Equal Shares: everybody holds one equal share, and backers pay for what they back.

Source: Peters, Pierczyński, Skowron, “Proportional Participatory Budgeting with Additive Utilities”,
NeurIPS 2021. Whole numbers and fractions only.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal, get_args

from hedgerow.analysis.ballots import Blocks, Election, Tie, Ties, Utility
from hedgerow.analysis.equal_shares_rounds import outcome, payments
from hedgerow.analysis.equal_shares_terms import Terms
from hedgerow.analysis.greedy import greedy

Completion = Literal["none", "add1u", "greedy"]
COMPLETIONS: tuple[Completion, ...] = get_args(Completion)


@dataclass(frozen=True, kw_only=True)
class EqualShares:
    completion: Completion
    selected: tuple[str, ...]  # in the order of selection
    n_by_shares: int  # so many of them were paid for by shares; the rest came by completion
    cost: int  # of all selected, in the smallest unit
    share: Fraction  # of each voter at the start, in the smallest unit, as completion raised it
    ties: tuple[Tie, ...]
    payments: Mapping[str, Mapping[int, Fraction]]  # project -> group -> what each voter in it pays
    left: Sequence[Fraction]  # what each voter of each group still holds
    blocks: Blocks  # who is in which group

    def paid(self, voter: str) -> dict[str, Fraction]:
        """What this voter pays, by project in the order of selection; only what is above nought."""
        group = self.blocks.group_of[voter]
        found = {key: by_group.get(group) for key, by_group in self.payments.items()}
        return {key: pence for key, pence in found.items() if pence}


def equal_shares(
    election: Election,
    utility: Utility = "cost",
    completion: Completion = "none",
    ties: Ties = "file",
) -> EqualShares:
    """In each round what costs its backers least for each point of utility is bought: all pay at
    the same rate, whoever has less left pays all of it.

    Completion: `none`; `add1u` raises each share by one unit of the currency at a time, keeps the
    last outcome within the budget, and stops where nothing that is left would fit; `greedy` spends
    what is left as `greedy` does. A voter's share is the budget over all voters, and a ballot with
    nothing on it has one too.
    """
    terms = Terms(election, utility, ties)
    found = outcome(terms, raised=completion == "add1u")
    keys = [terms.keys[one.place] for one in found.bought]
    told = [
        Tie(
            round=number,
            between=tuple(terms.keys[place] for place in one.level),
            chosen=keys[number - 1],
        )
        for number, one in enumerate(found.bought, start=1)
        if len(one.level) > 1
    ]
    more: tuple[str, ...] = ()
    if completion == "greedy":
        rest = greedy(election, utility, ties, already=keys)
        more = rest.selected
        told += [
            Tie(round=len(keys) + tie.round, between=tie.between, chosen=tie.chosen)
            for tie in rest.ties
        ]
    return EqualShares(
        completion=completion,
        selected=(*keys, *more),
        n_by_shares=len(keys),
        cost=sum(election.costs[key] for key in (*keys, *more)),
        share=Fraction(found.share, terms.n_voters),
        ties=tuple(told),
        payments=payments(found),
        left=[Fraction(pence, found.scale * terms.n_voters) for pence in found.money],
        blocks=terms.blocks,
    )


def winners(
    election: Election,
    utility: Utility = "cost",
    completion: Completion = "none",
    ties: Ties = "file",
) -> tuple[str, ...]:
    """What `equal_shares` selects, without who pays for it."""
    terms = Terms(election, utility, ties)
    found = outcome(terms, raised=completion == "add1u")
    keys = tuple(terms.keys[one.place] for one in found.bought)
    if completion == "greedy":
        keys += greedy(election, utility, ties, already=keys).selected
    return keys
