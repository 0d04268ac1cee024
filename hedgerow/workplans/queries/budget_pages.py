"""The page of a plan's budget: in words first, then line by line, then how it came to be."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from hedgerow.agreements.models import Decision, Outcome
from hedgerow.agreements.queries.decision_voices import VoiceLine, all_voices_of
from hedgerow.journeys.models import Answered
from hedgerow.ledger.models import Award
from hedgerow.ledger.queries import LineMoney, Money, award_of, by_line, money_in
from hedgerow.look.words import day, first_low
from hedgerow.units import Pence, pounds
from hedgerow.workplans.models import Budget, Workplan

from .budget_changes import LineChange, line_changes, more_words, names_in
from .budget_limits import may_plan
from .budget_money import TRANCHE_OF
from .budget_tables import BudgetTable, budget_table
from .budget_versions import VersionLine, budget_before, how_it_came, version_lines, versions_of
from .budgets import BudgetState, budget_states, counts_now, lines_of

_OF_TRANCHE = {
    "main": "what we share",
    "levelling_up": "levelling up",
    "quick_wins": "quick wins",
}


@dataclass(frozen=True, kw_only=True)
class BudgetPage:
    workplan: Workplan
    state: BudgetState
    table: BudgetTable | None  # of the one that holds
    most: Pence | None  # what may be planned
    award: Award | None
    said: str  # how it stands to the award
    stands: tuple[str, ...]  # by what it holds, and what is under way
    warnings: tuple[str, ...]
    changes: tuple[LineChange, ...]  # of the change that is written or put to the vote
    versions: tuple[VersionLine, ...]  # newest first

    @property
    def is_back(self) -> bool:
        """The plan came back, and nobody has begun to write again."""
        state = self.state
        return bool(state.submission and not (state.open or state.waits or state.is_agreed))


@dataclass(frozen=True, kw_only=True)
class VersionPage:
    budget: Budget
    table: BudgetTable
    how: str
    said: str  # of one that is written: how it stands to the award
    before: Budget | None  # the one that held when it was made
    changes: tuple[LineChange, ...]
    was: Pence
    verdict: Decision | None  # the last word on it
    dissent: tuple[VoiceLine, ...]  # who saw the decision differently
    is_change: bool  # of an agreed plan
    is_over: bool  # written of one that does not fit the award: it cannot be put to the vote
    instead: Budget | None  # that holds, where this one is over; its money is shown there

    @property
    def more(self) -> Pence:
        """Than the one before; below nothing where it is less."""
        return Pence(self.table.total.money - self.was)

    @property
    def more_words(self) -> str:
        return more_words(self.more)


def budget_page(workplan: Workplan) -> BudgetPage:
    """The same number of queries for any number of lines and members: thirteen at most, and two
    more while a change is under way."""
    state = budget_states([workplan.pk])[workplan.pk]
    names, award = names_in(workplan), award_of(workplan.cluster)
    table = budget_table(state.standing, names, _moved(award)) if state.standing else None
    most = may_plan(workplan.cluster)
    under_way = (state.open or state.put) if state.is_agreed else None
    return BudgetPage(
        workplan=workplan,
        state=state,
        table=table,
        most=most,
        award=award,
        said=stands_to_award(
            table.total.money if table else Pence(0), most, is_agreed=state.is_agreed
        ),
        stands=tuple(_stands(state)),
        warnings=tuple(_warnings(table, award)),
        changes=line_changes(table.lines, lines_of(under_way), names)
        if table and under_way
        else (),
        versions=tuple(version_lines(workplan, state)),
    )


def version_page(budget: Budget) -> VersionPage:
    """Fourteen queries at most, for any number of lines."""
    workplan = budget.workplan
    state = budget_states([workplan.pk])[workplan.pk]
    names, award = names_in(workplan), award_of(workplan.cluster)
    rows = versions_of(workplan)
    own = next(row for row in rows if row.pk == budget.pk)
    before = budget_before(rows, own)
    is_now = counts_now(budget, state)
    table = budget_table(budget, names, _moved(award) if is_now else None)
    was = lines_of(before) if before else ()
    said, is_over = "", False
    if budget.is_open:
        most = may_plan(workplan.cluster)
        said = stands_to_award(table.total.money, most, is_change=state.is_agreed)
        is_over = most is not None and table.total.money > most
    verdict = state.verdict if state.standing == budget else budget.decision
    voices = all_voices_of(verdict, several=False)[0] if verdict else []
    return VersionPage(
        budget=budget,
        table=table,
        how=how_it_came(own),
        said=said,
        before=before,
        changes=line_changes(was, table.lines, names) if before else (),
        verdict=verdict,
        was=Pence(sum(line.pence for line in was if line.is_money)),
        dissent=tuple(voice for voice in voices if voice.is_dissent),
        is_change=state.is_agreed and budget.submission_id is None,
        is_over=is_over,
        instead=state.standing if state.is_agreed and not is_now else None,
    )


def stands_to_award(
    total: Pence, most: Pence | None, *, is_agreed: bool = False, is_change: bool = False
) -> str:
    """ "£1,200 of £15,000 is not planned yet."; first on every page of a budget."""
    if most is None:
        return f"{pounds(total)} is planned. Nothing says yet how much the award can be."
    if total < most:
        return f"{pounds(most - total)} of {pounds(most)} is not planned yet."
    if total == most:
        return f"All of {pounds(most)} is planned."
    over = f"{pounds(total - most)} over the award"
    if is_agreed:
        return (
            f"{over}, which is {pounds(most)} now: change the budget by a decision. Until then no "
            "more than the award can be committed."
        )
    then = "put it to the vote" if is_change else "hand in"
    return f"{over} of {pounds(most)}: take it off before you {then}."


def _moved(award: Award | None) -> Mapping[int | None, LineMoney] | None:
    return by_line(award) if award else None


def _stands(state: BudgetState) -> Iterator[str]:
    row = state.submission
    if row and row.waits:
        yield (
            f"It was handed in on {day(row.submitted_at)} and waits for its answer. To change it, "
            "take the plan back first."
        )
    elif row and row.is_agreed and not state.verdict:
        assert row.answered_at
        yield f"It holds since the plan was agreed on {day(row.answered_at)}."
    elif row and not row.is_agreed:
        assert row.answered_at
        how = first_low(Answered(row.answer).label)
        yield f"The plan handed in on {day(row.submitted_at)} was {how} on {day(row.answered_at)}."
    if state.verdict and state.verdict.closed_at:
        yield f"It holds by decision {state.verdict.number}, of {day(state.verdict.closed_at)}."
    if state.fallen and state.fallen.closed_at:
        number, on = state.fallen.number, day(state.fallen.closed_at)
        if state.too_late and state.fallen.outcome != Outcome.CARRIED:
            yield (
                f"Decision {number} of {on} did not carry it again, and the budget before cannot "
                f"hold any more: {state.too_late} So this budget stays until a change is carried."
            )
        elif state.too_late:
            yield (
                f"Decision {number} was carried on {on}, and could not hold any more by then: "
                f"{state.too_late} So this budget stays. Begin the change again if it is wanted."
            )
        else:
            yield f"Decision {number} of {on} was not carried, so this budget stays."


def _warnings(table: BudgetTable | None, award: Award | None) -> Iterator[str]:
    """Where a part of the award is less than the lines that it pays for."""
    if table is None or award is None:
        return
    money: Money = money_in([award])[award.pk]
    planned: dict[str, int] = {}
    for line in table.lines:
        if line.kind in TRANCHE_OF:
            part = TRANCHE_OF[line.kind]
            planned[part] = planned.get(part, 0) + line.pence
    for part, pence in planned.items():
        there = money.by_tranche[part].award if part in money.by_tranche else 0
        if pence > there:
            yield (
                f"For {_OF_TRANCHE[part]} the budget plans {pounds(pence)}, and the award has "
                f"{pounds(there)} for that. The programme’s manager can move money between the "
                "parts of the award; until then no more than that can be committed there."
            )
