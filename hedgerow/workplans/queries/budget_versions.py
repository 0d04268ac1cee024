"""Every budget that a plan had, and how each came to be."""

from collections.abc import Iterator
from dataclasses import dataclass

from hedgerow.look.words import day, first_low
from hedgerow.people.readers import seat_words
from hedgerow.workplans.models import Budget, Workplan

from .budgets import BudgetState

_SEATS = tuple(
    f"{by}__{part}"
    for by in ("begun_by", "submission__submitted_by", "decision__proposed_by")
    for part in ("user", "organisation", "cluster", "programme")
)


@dataclass(frozen=True, kw_only=True)
class VersionLine:
    key: int
    number: int
    how: str  # "Handed in on 3 March 2026 by …"
    stands: str  # "Holds", "Handed in", "Being written"; "" of one that is over
    dot: int


def versions_of(workplan: Workplan) -> list[Budget]:
    """By number. One query."""
    rows = workplan.budgets.select_related("submission", "decision", *_SEATS)
    return list(rows.defer("submission__whole").order_by("number"))


def version_lines(workplan: Workplan, state: BudgetState) -> Iterator[VersionLine]:
    """The newest first."""
    for budget in reversed(versions_of(workplan)):
        stands, dot = _stands_now(budget, state)
        yield VersionLine(
            key=budget.pk, number=budget.number, how=how_it_came(budget), stands=stands, dot=dot
        )


def _stands_now(budget: Budget, state: BudgetState) -> tuple[str, int]:
    """In a word, with its sign. Nothing holds before the plan is agreed."""
    if budget == state.open:
        return "Being written", 1
    if budget != state.standing:
        return "", 0
    if state.is_agreed:
        return "Holds", 2
    return ("Handed in", 1) if state.waits else ("", 0)


def how_it_came(budget: Budget) -> str:
    """A sentence; of a row as versions_of has it."""
    if budget.submission:
        row = budget.submission
        return f"Handed in on {day(row.submitted_at)} by {seat_words(row.submitted_by)}."
    if budget.decision:
        one = budget.decision
        put = f"Put to the vote on {day(one.opened_at)} by {seat_words(one.proposed_by)}"
        return f"{put}, as decision {one.number}{_outcome(budget)}."
    begun = f"begun on {day(budget.begun_at)} by {seat_words(budget.begun_by)}"
    if budget.given_up_at:
        return f"Given up on {day(budget.given_up_at)}; {begun}."
    return f"Being written; {begun}."


def _outcome(budget: Budget) -> str:
    decision = budget.decision
    if decision.closed_at is None:
        return f", open until {day(decision.closes_at)}"
    return f": {first_low(decision.get_outcome_display())}"


def budget_before(rows: list[Budget], own: Budget) -> Budget | None:
    """What was handed in last, or carried last, before it was begun."""
    for row in reversed(rows):
        if row.number >= own.number or row.given_up_at:
            continue
        if row.submission_id or (row.decision and row.decision.outcome == "carried"):
            return row
    return None
