"""Changing the budget of a plan that is agreed: by a decision, which once carried is enough."""

from collections.abc import Sequence
from datetime import date

from hedgerow.agreements.actions import propose
from hedgerow.agreements.actions.speakers import MOST_WORDS, said
from hedgerow.agreements.models import Decision, Meeting
from hedgerow.analysis.voices import Way
from hedgerow.analysis.workplan import Line
from hedgerow.core import clock
from hedgerow.core.actions import Refused, action, locked
from hedgerow.core.actors import Actor
from hedgerow.ledger.queries import award_of
from hedgerow.look.words import count, day
from hedgerow.units import pounds
from hedgerow.workplans.models import Budget, Workplan
from hedgerow.workplans.queries.budget_changes import LineChange, line_changes, money_in, names_in
from hedgerow.workplans.queries.budget_limits import may_plan
from hedgerow.workplans.queries.budget_money import TRANCHE_OF, moved
from hedgerow.workplans.queries.budgets import BudgetState, budget_states, lines_of

from .budget_checks import plan_to_budget, refuse_over, writable
from .budgets import copy_of, record_budget


@action
def begin_change(*, by: Actor, workplan: Workplan) -> Budget:
    """A copy of the budget that holds, to write in. The one that holds stays until a decision."""
    workplan, seat = plan_to_budget(by, workplan)
    state = budget_states([workplan.pk])[workplan.pk]
    if not state.is_agreed:
        raise Refused("This plan is not agreed yet, so its budget needs no decision. Write in it.")
    if state.open:
        raise Refused("A change is being written already. Write in that one, or give it up first.")
    _refuse_second(state)
    _refuse_closed(workplan)
    budget = copy_of(workplan, seat, state.standing)
    record_budget("workplans.budget_change_begun", by, budget)
    return budget


@action
def put_change(
    *,
    by: Actor,
    budget: Budget,
    words: str,
    way: Way,
    closes_on: date,
    meeting: Meeting | None = None,
    version: int,
) -> Decision:
    """One decision over all that is changed, which its words name. `words`: why."""
    cluster = locked(budget.workplan.cluster)  # first, as every decision does
    budget = writable(by, budget, version=version)
    workplan = budget.workplan
    if award := award_of(cluster):
        locked(award)  # nothing is committed while this is checked
    state = budget_states([workplan.pk])[workplan.pk]
    if not state.is_agreed or state.standing is None:
        raise Refused("This plan is not agreed yet, so its budget needs no decision. Hand it in.")
    _refuse_second(state)
    _refuse_closed(workplan)
    before, after = lines_of(state.standing), lines_of(budget)
    changes = line_changes(before, after, names_in(workplan))
    if not changes:
        raise Refused("Nothing is changed yet. Change a line first, then put it to the vote.")
    _refuse_unfit(workplan, after)
    decision = propose(
        by=by,
        cluster=cluster,
        title=f"Budget {budget.number}: {count(len(changes), 'change')}",
        words=_in_full(changes, before, after, said(words)),
        options=[],
        way=way,
        closes_on=closes_on,
        meeting=meeting,
    )
    budget.decision, budget.words, budget.frozen_at = decision, said(words), clock.now()
    budget.version += 1
    budget.save()
    record_budget(
        "workplans.budget_change_put",
        by,
        budget,
        decision=decision.pk,
        number=decision.number,
        n=len(changes),
        pence=money_in(after),
        before=money_in(before),
    )
    return decision


@action
def give_up_change(*, by: Actor, budget: Budget, version: int) -> Budget:
    """Let a change be that was not put to the vote. It stays to be read."""
    budget = writable(by, budget, version=version)
    if not budget_states([budget.workplan_id])[budget.workplan_id].is_agreed:
        raise Refused("This is the budget of your plan. Take lines out of it; it stays.")
    budget.given_up_at = clock.now()
    budget.version += 1
    budget.save()
    record_budget("workplans.budget_change_given_up", by, budget)
    return budget


def _refuse_second(state: BudgetState) -> None:
    if state.vote:
        raise Refused(
            f"A change of the budget is put to the vote already, as decision {state.vote.number}, "
            f"until {day(state.vote.closes_at)}. Vote on that one, or withdraw it first."
        )


def _refuse_closed(workplan: Workplan) -> None:
    award = award_of(workplan.cluster)
    if award and award.closed_on:
        raise Refused(
            f"The award was closed on {day(award.closed_on)}, so its budget stays as it is."
        )


def _refuse_unfit(workplan: Workplan, after: Sequence[Line]) -> None:
    known = moved(workplan.cluster_id)
    most = may_plan(workplan.cluster, known)
    refuse_over(money_in(after), most, then="put it to the vote")
    planned = {(line.number, TRANCHE_OF[line.kind]): line.pence for line in after if line.is_money}
    if why := known.refuses(planned):
        raise Refused(f"{why} Plan at least that on it, or free what is committed first.")


def _in_full(
    changes: Sequence[LineChange], before: Sequence[Line], after: Sequence[Line], words: str
) -> str:
    """What members read before they vote: each change, both sums, and why. What does not fit is
    counted."""
    was, now = money_in(before), money_in(after)
    same = f"The budget stays {pounds(now)} in all."
    sums = (
        same if was == now else f"The budget becomes {pounds(now)} in all instead of {pounds(was)}."
    )
    rest = f"\n\n{sums}\n\n{words}".rstrip()
    room = MOST_WORDS - len(rest) - 80
    told: list[str] = []
    for change in changes:
        if sum(len(one) + 1 for one in told) + len(change.sentence) > room:
            break
        told.append(change.sentence)
    if left := len(changes) - len(told):
        told.append(f"And {count(left, 'more change')}: see the budget beside the one before.")
    return "\n".join(told) + rest
