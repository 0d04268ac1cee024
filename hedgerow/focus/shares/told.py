"""The outcome of a budget shared out, put into words for its page."""

from dataclasses import dataclass

from hedgerow.look.words import count, first_up, listed, out_of

from . import words
from .outcomes import Chosen, Held, Outcome


@dataclass(frozen=True, kw_only=True)
class ChosenLine:
    title: str
    cost: int
    wanted: str
    payers: str
    steady: str


@dataclass(frozen=True, kw_only=True)
class MissedLine:
    title: str
    cost: int
    wanted: str
    is_over: bool  # costs more than the whole budget
    told: list[str]


@dataclass(frozen=True, kw_only=True)
class HeldLine:
    number: int
    name: str
    is_own: bool
    marks: str
    paid: str
    total: str
    left: str
    has: str
    is_served: bool


@dataclass(frozen=True, kw_only=True)
class OutcomeWords:
    news: str
    by_shares: list[ChosenLine]
    of_the_rest: list[ChosenLine]
    missed: list[MissedLine]
    held: list[HeldLine]
    levels: list[str]
    share: str
    first_share: str
    has_grown: bool
    served: str
    absent: str
    cost: int
    left: int
    is_rounded: bool
    is_explained: bool


def outcome_words(outcome: Outcome, mine: set[int]) -> OutcomeWords:
    """mine: keys of the reader's organisations."""
    n = len(outcome.held)
    return OutcomeWords(
        news=_news(outcome),
        by_shares=[_chosen(one, n) for one in outcome.by_shares],
        of_the_rest=[_chosen(one, n) for one in outcome.out_of_the_rest],
        missed=[
            MissedLine(
                title=one.title,
                cost=one.cost,
                wanted=words.wanted(one.n_wanted, n),
                is_over=one.cost > outcome.sharing.budget,
                told=words.nearness(one),
            )
            for one in outcome.missed
        ],
        held=[_held(outcome, one, mine) for one in outcome.held],
        levels=[words.level(outcome, one) for one in outcome.levels],
        share=words.money(outcome.share),
        first_share=words.money(outcome.first_share),
        has_grown=outcome.has_grown,
        served=served_words(outcome),
        absent=listed(one.name for one in outcome.absent),
        cost=outcome.cost,
        left=outcome.left,
        is_rounded=outcome.is_rounded,
        is_explained=outcome.is_explained,
    )


def served_words(outcome: Outcome) -> str:
    """Of those that want something: neither wanting none nor saying nothing is going without."""
    wanting = [one for one in outcome.held if one.marks]
    without = [one for one in wanting if not one.is_served]
    some = "" if len(wanting) == len(outcome.held) else " that marked something"
    if not without:
        return f"Every member{some} has at least one thing it wanted."
    n = len(wanting) - len(without)
    have = "has" if n <= 1 else "have"
    said, names = out_of(n, len(wanting)), listed(one.name for one in without)
    return f"Of the members{some}, {said} {have} at least one thing they wanted. Not so: {names}."


def _news(outcome: Outcome) -> str:
    left = words.money(outcome.left)
    if not outcome.chosen:
        return f"The shares pay for none of these. All of {left} is left."
    things = count(len(outcome.chosen), "thing")
    return f"The budget pays for {things}, at {words.money(outcome.cost)}; {left} is left."


def _chosen(one: Chosen, n: int) -> ChosenLine:
    return ChosenLine(
        title=one.title,
        cost=one.cost,
        wanted=words.wanted(one.n_wanted, n),
        payers=words.payers(one),
        steady=words.steady(one),
    )


def _held(outcome: Outcome, one: Held, mine: set[int]) -> HeldLine:
    has_points = outcome.sharing.utility == "score"
    marks = "; ".join(f"{title} ({n})" if has_points else title for title, n in one.marks)
    said = "None of these" if one.has_marked else "Said nothing"
    return HeldLine(
        number=one.number,
        name=one.name,
        is_own=int(one.key) in mine,
        marks=marks or said,
        paid="; ".join(f"{title} {words.money(amount)}" for title, amount in one.paid) or "Nothing",
        total=words.money(one.total),
        left=words.money(one.left),
        has=_has(one),
        is_served=one.is_served,
    )


def _has(one: Held) -> str:
    if not one.marks:
        return "Wanted none" if one.has_marked else "Not known"
    return first_up(out_of(len(one.has), len(one.marks)))
