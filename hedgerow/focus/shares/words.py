"""The rules of fair shares in a sentence each, as they are chosen, shown and explained."""

from collections.abc import Mapping
from fractions import Fraction

from hedgerow.look.words import count, first_up, listed, number, out_of
from hedgerow.units import pounds

from .outcomes import Chosen, Level, Missed, Outcome

MARKS: Mapping[str, str] = {
    "ticks": "A tick for each thing that is wanted. Each thing that a member wants and gets counts the "
    "same, so the shares reach further with what is cheap.",
    "points": "0 to 5 points for each thing. The more points a member gives, the more of its share "
    "it pays for it.",
    "cost": "A tick for each thing that is wanted, which counts by what the thing costs. So what most "
    "members want comes first, cheap or dear.",
}
REST: Mapping[str, str] = {
    "none": "What is left stays.",
    "add1u": "Everybody’s share grows by a pound at a time until one thing more would break the "
    "budget.",
    "greedy": "What is left goes to what most want for its cost, as far as it fits.",
}
TIES: Mapping[str, str] = {
    "file": "The one that stands first on the list.",
    "name": "The one whose name comes first in the alphabet.",
    "cost": "The one that costs less; if they cost the same, the one that stands first on the list.",
    "votes": "The one that more members want; if as many do, the one that stands first on the list.",
}
_FIRST: Mapping[str, str] = {
    "file": "stands first on the list",
    "name": "comes first in the alphabet",
    "cost": "costs less, or else stands first on the list",
    "votes": "is wanted by more, or else stands first on the list",
}


def money(amount: Fraction | int) -> str:
    """To the penny."""
    return pounds(round(amount))


def payers(one: Chosen) -> str:
    """ "Open Door £412.50, Rowan House £87.50"."""
    return ", ".join(f"{payment.who} {money(payment.amount)}" for payment in one.payers)


def steady(one: Chosen) -> str:
    if one.n_still is None:
        return ""
    changes = out_of(one.n_still, one.n_changes)
    return f"In {changes} changes of a single mark it is still chosen."


def wanted(n: int, n_members: int) -> str:
    """ "Two of three want it." """
    return f"{first_up(out_of(n, n_members))} {'wants' if n < 2 else 'want'} it."


def nearness(one: Missed) -> list[str]:
    """The least that would have changed it, in a sentence or two."""
    if not one.is_explained:
        return []
    told = []
    if one.price is not None:
        cheaper, above = pounds(one.cost - one.price), pounds(one.price + one.step)
        told.append(
            f"At {pounds(one.price)} ({cheaper} less) it would have been chosen, not at {above}."
        )
    if one.votes is not None:
        n, more = len(one.votes), f" with {count(one.points, 'point')} each"
        told.append(
            f"{first_up(number(n))} more {'vote' if n == 1 else 'votes'}"
            f"{more if one.points > 1 else ''} would have done it: {listed(one.votes)}."
        )
    if one.price is None and one.votes is None:
        tried = "" if one.is_exact else f" of those we tried, in steps of {pounds(one.step)},"
        told.append(f"No lower price{tried} and no more votes would have done it.")
    elif one.price is None:
        tried = "" if one.is_exact else f" of those we tried, in steps of {pounds(one.step)},"
        told.append(f"No lower price{tried} would have done it.")
    elif one.votes is None:
        told.append("More votes alone would not have changed it.")
    return told


def level(outcome: Outcome, one: Level) -> str:
    where = "For what was left over" if one.is_rest else f"In step {one.step}"
    between = listed(f"“{title}”" for title in one.between)
    return (
        f"{where}, {between} were equally good. “{one.chosen}” was taken, because it "
        f"{_FIRST[outcome.sharing.ties]}."
    )
