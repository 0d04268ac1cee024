"""What a decision came to, in sentences with its sums."""

from collections.abc import Mapping

from hedgerow.agreements.models import Decision, Outcome
from hedgerow.analysis.voices import Tally, Way
from hedgerow.look.words import first_up, listed, number, out_of

_PAST = {
    "agree": "agreed",
    "abstain": "abstained",
    "disagree": "disagreed",
    "block": "blocked it",
}


def spoke(sums: Tally, *, is_open: bool) -> str:
    """ "Five of six members spoke; four were needed."""
    has = "have spoken" if is_open else "spoke"
    need = "are" if is_open else "were"
    if sums.n_needed == 1:
        need = "is" if is_open else "was"
    members = first_up(out_of(sums.n_spoke, sums.n_entitled))
    if is_open and sums.n_spoke == 1:
        has = "has spoken"
    return f"{members} members {has}; {number(sums.n_needed)} {need} needed."


def counted(sums: Tally) -> str:
    """ "Four agreed, one abstained and one disagreed."; empty where nobody spoke."""
    found = [
        f"{number(sums.counts[stance])} {said}"
        for stance, said in _PAST.items()
        if sums.counts[stance]
    ]
    return f"{first_up(listed(found))}." if found else ""


def explained(way: Way, sums: Tally, options: Mapping[int, str]) -> str:
    """Why it came to this, by the way it was decided. `options`: words by key."""
    several = len(options) > 1
    n_against = sums.counts["disagree"] + sums.counts["block"]
    n_sides = sums.counts["agree"] + n_against
    match sums.outcome:
        case "no_quorum":
            return "Too few spoke, so nothing was decided."
        case "blocked":
            return f"{_blocks(sums)}, and one block stops it."
        case "tied":
            return _tied(sums, options, n_against)
        case "carried":
            most = max(sums.by_option.values())
            what = f"“{options[sums.chosen or 0]}”" if several else "it"
            return _carried(way, what, most, n_sides, n_against)
    return _not_carried(way, sums, several=several, n_against=n_against, n_sides=n_sides)


def _blocks(sums: Tally) -> str:
    n = sums.counts["block"]
    return "One member blocked it" if n == 1 else f"{first_up(number(n))} members blocked it"


def _tied(sums: Tally, options: Mapping[int, str], n_against: int) -> str:
    most = max(sums.by_option.values())
    level = [f"“{options[key]}”" for key, n in sums.by_option.items() if n == most]
    if len(level) > 1:
        return f"{first_up(listed(level))} have {number(most)} each, so none of them is carried."
    return f"As many are against it as for it, {number(n_against)} each, so it is not carried."


def _carried(way: Way, what: str, most: int, n_sides: int, n_against: int) -> str:
    match way.carries:
        case "consent":
            also = "" if what == "it" else f" {what} has the most voices: {number(most)}."
            if n_against:
                against = f"{number(n_against)} against and none of them stopping it"
                for_it = first_up(number(n_sides - n_against))
                return f"{for_it} for it, {against}, so it is carried.{also}"
            return f"Nobody who spoke was against, so it is carried.{also}"
        case "everyone":
            return f"Every member agreed to {what}, so it is carried."
        case "majority":
            share = "more than half"
        case _:
            share = "at least two in three"
    return (
        f"{first_up(number(most))} of the {number(n_sides)} that took a side {_is(most)} for "
        f"{what}: {share}, so it is carried."
    )


def _not_carried(way: Way, sums: Tally, *, several: bool, n_against: int, n_sides: int) -> str:
    most = max(sums.by_option.values())
    what = "one of the options" if several else "it"
    if not sums.counts["agree"]:
        return f"Nobody agreed to {what}, so it is not carried."
    match way.carries:
        case "consent":
            return (
                f"{first_up(number(n_sides - n_against))} for it and {number(n_against)} against; "
                "it is only carried if more are for it."
            )
        case "everyone":
            return (
                f"It is only carried if every member agrees to {what}; "
                f"{out_of(most, sums.n_entitled)} did."
            )
        case "majority":
            share = "more than half"
        case _:
            share = "at least two in three"
    return (
        f"{first_up(number(most))} of the {number(n_sides)} that took a side {_is(most)} for "
        f"{what}; {share} of them are needed."
    )


def _is(n: int) -> str:
    return "is" if n == 1 else "are"


_DOTS = {
    Outcome.CARRIED: 2,
    Outcome.NOT_CARRIED: 0,
    Outcome.BLOCKED: 3,
    Outcome.TIED: 1,
    Outcome.NO_QUORUM: 0,
    Outcome.WITHDRAWN: 0,
}


def state_of(decision: Decision) -> str:
    return "Open" if decision.is_open else decision.get_outcome_display()


def dot_of(decision: Decision) -> int:
    """For the sign beside its state."""
    return 1 if decision.is_open else _DOTS[Outcome(decision.outcome)]
