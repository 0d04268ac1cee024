"""What a budget pays for by equal shares, who pays it, and why not the rest.

Amounts are pence, exact; pages round them to the penny and say so.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

from hedgerow.analysis.ballots import Election
from hedgerow.analysis.equal_shares import EqualShares, equal_shares
from hedgerow.analysis.equal_shares_again import SharesAgain, TooLong
from hedgerow.analysis.explained import Near, Steady, covered, least_changes, steadiness

from .described import A_POUND, Sharing

# Members asked for money, over all changes that are tried. Where shares grow, they are grown anew
# for every one, while somebody waits for a page: so many take about a second.
MOST_ASKED = 1_200_000


@dataclass(frozen=True, kw_only=True)
class Payment:
    who: str
    amount: Fraction


@dataclass(frozen=True, kw_only=True)
class Chosen:
    key: str
    title: str
    cost: int
    n_wanted: int  # members that want it
    payers: tuple[Payment, ...]  # most first; empty where it came out of what was left over
    n_still: int | None  # of so many changes of one mark it is still chosen; None: not worked out
    n_changes: int


@dataclass(frozen=True, kw_only=True)
class Missed:
    """One that is not paid for, and the least that would have changed that."""

    key: str
    title: str
    cost: int
    n_wanted: int
    is_explained: bool  # False: it was not worked out, and what follows says nothing
    price: int | None  # it would have been chosen at this one; None: at none that was tried
    step: int  # and not at a price higher by this
    is_exact: bool  # every pound was tried, or what stands for that; else steps of `step`
    votes: tuple[str, ...] | None  # names: had they wanted it too, and not without the last
    points: int  # which each of them would have given


@dataclass(frozen=True, kw_only=True)
class Held:
    """One member's share and what became of it."""

    number: int  # in this list, from 1; in the file of ballots the member is called so
    key: str
    name: str
    has_marked: bool
    marks: tuple[tuple[str, int], ...]  # titles and points, in the order of the list
    paid: tuple[tuple[str, Fraction], ...]  # titles and amounts
    left: Fraction
    has: tuple[str, ...]  # titles of what it wants and what is chosen

    @property
    def is_served(self) -> bool:
        return bool(self.has)

    @property
    def total(self) -> Fraction:
        return sum((amount for _, amount in self.paid), Fraction())


@dataclass(frozen=True, kw_only=True)
class Level:
    """Several were equally good."""

    step: int
    between: tuple[str, ...]  # titles, first by the rule for ties first
    chosen: str
    is_rest: bool  # it was about what was left over


@dataclass(frozen=True, kw_only=True)
class Outcome:
    sharing: Sharing
    chosen: tuple[Chosen, ...]  # in the order in which they were bought
    missed: tuple[Missed, ...]  # in the order of the list
    held: tuple[Held, ...]  # by name
    levels: tuple[Level, ...]
    share: Fraction  # of each member, as it grew
    cost: int  # of all that is chosen
    is_explained: bool

    @property
    def left(self) -> int:
        return self.sharing.budget - self.cost

    @property
    def first_share(self) -> Fraction:
        return Fraction(self.sharing.budget, max(1, len(self.held)))

    @property
    def has_grown(self) -> bool:
        return self.share > self.first_share

    @property
    def by_shares(self) -> tuple[Chosen, ...]:
        return tuple(one for one in self.chosen if one.payers)

    @property
    def out_of_the_rest(self) -> tuple[Chosen, ...]:
        return tuple(one for one in self.chosen if not one.payers)

    @property
    def absent(self) -> tuple[Held, ...]:
        return tuple(one for one in self.held if not one.has_marked)

    @property
    def is_rounded(self) -> bool:
        """Whether some amount is no whole penny."""
        amounts = [self.share, *(one.left for one in self.held)]
        amounts += [amount for one in self.held for _, amount in one.paid]
        return any(amount.denominator > 1 for amount in amounts)


@lru_cache(maxsize=32)
def outcome_of(sharing: Sharing) -> Outcome:
    """Wants at least one holder and one thing."""
    election = sharing.election()
    shares = equal_shares(election, sharing.utility, sharing.completion, sharing.ties)
    why = _explained(sharing, election, shares)
    return Outcome(
        sharing=sharing,
        chosen=_chosen(sharing, election, shares, why),
        missed=_missed(sharing, election, shares, why),
        held=_held(sharing, election, shares),
        levels=_levels(sharing, shares),
        share=shares.share,
        cost=shares.cost,
        is_explained=why is not None,
    )


@dataclass(frozen=True, kw_only=True)
class _Why:
    steady: Mapping[str, Steady]  # by what is chosen
    near: Mapping[str, Near]  # by what is not


def _explained(sharing: Sharing, election: Election, shares: EqualShares) -> _Why | None:
    """What would have changed it; None where that takes too long."""
    names = sharing.names
    # Asked first are those with the most left: a yes of theirs moves the most money.
    asked = sorted(
        covered(election, shares), key=lambda one: (-one.left, names[one.voter], one.voter)
    )
    again = SharesAgain(
        election, sharing.utility, sharing.completion, sharing.ties, most=MOST_ASKED
    )
    try:
        steady = steadiness(election, shares.selected, again)
        near = least_changes(
            election,
            shares.selected,
            again,
            [one.voter for one in asked],
            lower_never_loses=sharing.completion != "add1u",
        )
    except TooLong:
        return None
    return _Why(
        steady={one.project: one for one in steady}, near={one.project: one for one in near}
    )


def _chosen(
    sharing: Sharing, election: Election, shares: EqualShares, why: _Why | None
) -> tuple[Chosen, ...]:
    titles = sharing.titles
    return tuple(
        Chosen(
            key=key,
            title=titles[key],
            cost=election.costs[key],
            n_wanted=election.votes[key],
            payers=_payers(sharing, shares, key),
            n_still=why.steady[key].n_still if why else None,
            n_changes=why.steady[key].n_changes if why else 0,
        )
        for key in shares.selected
    )


def _payers(sharing: Sharing, shares: EqualShares, key: str) -> tuple[Payment, ...]:
    found = [
        Payment(who=one.name, amount=shares.paid(one.key).get(key, Fraction()))
        for one in sharing.holders
    ]
    return tuple(sorted((one for one in found if one.amount), key=lambda one: -one.amount))


def _missed(
    sharing: Sharing, election: Election, shares: EqualShares, why: _Why | None
) -> tuple[Missed, ...]:
    near: Mapping[str, Near] = why.near if why else {}
    is_exact = sharing.completion != "add1u"
    most = {
        one.key: max(dict(holder.points).get(one.key, 0) for holder in sharing.holders)
        for one in sharing.things
    }
    return tuple(
        _missed_one(sharing, election, key, near.get(key), most[key] or 1, is_exact)
        for key in election.costs
        if key not in shares.selected
    )


def _missed_one(
    sharing: Sharing, election: Election, key: str, near: Near | None, points: int, is_exact: bool
) -> Missed:
    names = sharing.names
    votes = near.votes if near else None
    return Missed(
        key=key,
        title=sharing.titles[key],
        cost=election.costs[key],
        n_wanted=election.votes[key],
        is_explained=near is not None,
        price=near.price if near else None,
        step=near.step if near else A_POUND,
        is_exact=is_exact or (near is not None and near.step == A_POUND),
        votes=None if votes is None else tuple(names[voter] for voter in votes),
        points=points,
    )


def _held(sharing: Sharing, election: Election, shares: EqualShares) -> tuple[Held, ...]:
    titles = sharing.titles
    found = {one.voter: one for one in covered(election, shares)}
    return tuple(
        Held(
            number=number,
            key=one.key,
            name=one.name,
            has_marked=one.has_marked,
            marks=tuple(
                (thing.title, n)
                for thing in sharing.things
                if (n := dict(one.points).get(thing.key))
            ),
            paid=tuple((titles[key], amount) for key, amount in found[one.key].paid.items()),
            left=found[one.key].left,
            has=tuple(titles[key] for key in found[one.key].wanted),
        )
        for number, one in enumerate(sharing.holders, start=1)
    )


def _levels(sharing: Sharing, shares: EqualShares) -> tuple[Level, ...]:
    titles = sharing.titles
    return tuple(
        Level(
            step=tie.round,
            between=tuple(titles[key] for key in tie.between),
            chosen=titles[tie.chosen],
            is_rest=tie.round > shares.n_by_shares,
        )
        for tie in shares.ties
    )
