"""The money of one award, in double entry: whole pence, and every entry sums to zero.

Two sides say of the same award where the money is (awarded and not yet released, released and not
yet drawn, drawn) and what it is for (free, committed, spent). Money adds to the first and takes
from the second, so that all postings together are always nothing, and each side is the award.
Nothing is paid here: money can be spent before it is drawn, out of a member's own purse.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import accumulate

from hedgerow.units import Pence, pounds

from .postings import TRANCHES, Account, K, Posting, Step, Tranche

_WHERE: tuple[Step, ...] = ("awarded", "released", "drawn")
_SHORT: Mapping[Step, str] = {
    "awarded": "is awarded and not yet released",
    "released": "is released and not yet drawn",
    "drawn": "is drawn",
    "free": "of the award is free",
    "committed": "is committed and not yet spent",
    "spent": "is spent",
}
_OF_TRANCHE: Mapping[Tranche, str] = {
    "main": "",
    "levelling_up": " in the levelling-up line",
    "quick_wins": " for quick wins",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Spending:
    """At the end of one day. `committed` holds what was spent of it."""

    committed: Pence
    spent: Pence

    @property
    def open(self) -> Pence:
        return Pence(self.committed - self.spent)


def added(
    postings: Sequence[Posting[K]], new: Sequence[Posting[K]], *, closed_on: date | None = None
) -> tuple[Posting[K], ...]:
    """All postings with those of one entry more, in the order in which they were entered.

    Raises ValueError, with a sentence, if the award is closed, or if at the end of any day from
    then on an account would be below nothing: so nobody releases, commits or spends what is not
    there. An entry can be of an earlier day than the one before it.
    """
    if closed_on is not None:
        raise ValueError(
            f"This award was closed on {_day(closed_on)}. Nothing is entered after that."
        )
    if not _is_balanced(new):
        raise ValueError("The two sides of this entry are not the same, so it is not entered.")
    after = tuple(postings) + tuple(new)
    for posting in new:
        _check_left(after, posting)
    return after


def closed(postings: Sequence[Posting[K]], on: date) -> date:
    """The day on which the award is closed, if it can be.

    Raises ValueError, with a sentence, while something is entered of a later day, is committed and
    not spent, or, in any of its lines, was spent and not drawn or the other way round.
    """
    if any(one.on > on for one in postings):
        last = max(one.on for one in postings)
        raise ValueError(f"There are entries up to {_day(last)}. Close the award then, or later.")
    if still := total(postings, "committed"):
        raise ValueError(
            f"{pounds(still)} is still committed. Enter it as spent, or free it; then close the award."
        )
    for tranche in TRANCHES:
        spent = total(postings, "spent", tranche=tranche)
        drawn = total(postings, "drawn", tranche=tranche)
        what = "was spent and not drawn" if spent > drawn else "was drawn and not spent"
        then = "Draw it" if spent > drawn else "Hand it back"
        if spent != drawn:
            raise ValueError(
                f"{pounds(abs(spent - drawn))}{_OF_TRANCHE[tranche]} {what}. {then}; then close "
                "the award."
            )
    return on


def balance(
    postings: Iterable[Posting[K]], account: Account[K], *, on: date | None = None
) -> Pence:
    """What is in one account at the end of a day; never below zero."""
    own = (one.pence for one in postings if one.account == account and _by(one, on))
    return Pence(_sign(account.step) * sum(own))


def total(
    postings: Iterable[Posting[K]],
    step: Step,
    *,
    on: date | None = None,
    tranche: Tranche | None = None,
) -> Pence:
    """The same over all members, and over all tranches unless one is named."""
    found = (
        one.pence
        for one in postings
        if one.account.step == step and tranche in (None, one.account.tranche) and _by(one, on)
    )
    return Pence(_sign(step) * sum(found))


def award(
    postings: Sequence[Posting[K]], *, on: date | None = None, tranche: Tranche | None = None
) -> Pence:
    """What the award is, wherever the money is now."""
    return Pence(sum(total(postings, step, on=on, tranche=tranche) for step in _WHERE))


def spent_against_committed(
    postings: Sequence[Posting[K]], *, on: date | None = None, tranche: Tranche | None = None
) -> Spending:
    left = total(postings, "committed", on=on, tranche=tranche)
    spent = total(postings, "spent", on=on, tranche=tranche)
    return Spending(committed=Pence(left + spent), spent=spent)


def by_member(
    postings: Iterable[Posting[K]], *, on: date | None = None, tranche: Tranche | None = None
) -> dict[K, Spending]:
    """For each member that anything was ever committed to by then; adds up to
    `spent_against_committed`."""
    sums: dict[K, dict[Step, int]] = {}
    for one in postings:
        whose = one.account.member
        if whose is None or not _by(one, on) or tranche not in (None, one.account.tranche):
            continue
        of_member = sums.setdefault(whose, {"committed": 0, "spent": 0})
        of_member[one.account.step] -= one.pence
    return {
        whose: Spending(committed=Pence(of["committed"] + of["spent"]), spent=Pence(of["spent"]))
        for whose, of in sums.items()
    }


def _is_balanced(new: Iterable[Posting[K]]) -> bool:
    """On each day, and in each line of the award."""
    sums: dict[tuple[date, Tranche], int] = {}
    for one in new:
        key = one.on, one.account.tranche
        sums[key] = sums.get(key, 0) + one.pence
    return not any(sums.values())


def _check_left(after: Sequence[Posting[K]], posting: Posting[K]) -> None:
    """From its day on, at the end of each day that anything is entered of."""
    account, sign = posting.account, _sign(posting.account.step)
    days: dict[date, int] = {}
    for one in after:
        if one.account == account:
            days[one.on] = days.get(one.on, 0) + sign * one.pence
    in_order = sorted(days)
    for day, left in zip(in_order, accumulate(days[day] for day in in_order), strict=True):
        if day >= posting.on and left < 0:
            there = pounds(left + abs(posting.pence))
            raise ValueError(
                f"On {_day(day)} only {there} {_SHORT[account.step]}{_OF_TRANCHE[account.tranche]}; "
                f"{pounds(abs(posting.pence))} is more than that."
            )


def _sign(step: Step) -> int:
    return 1 if step in _WHERE else -1


def _by(posting: Posting[K], on: date | None) -> bool:
    return on is None or posting.on <= on


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
