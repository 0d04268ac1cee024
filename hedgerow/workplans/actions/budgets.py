"""Writing a budget, line by line, until the plan is handed in with it."""

from django.db.models import Max

from hedgerow.agreements.actions.speakers import write_down
from hedgerow.core import clock
from hedgerow.core.actions import Refused, action, locked
from hedgerow.core.actors import Actor
from hedgerow.journeys.models import Submission
from hedgerow.look.words import day
from hedgerow.people.models import Organisation, Seat
from hedgerow.workplans.models import Budget, BudgetLine, Objective, Workplan
from hedgerow.workplans.queries.budget_changes import money_in
from hedgerow.workplans.queries.budget_limits import may_plan
from hedgerow.workplans.queries.budgets import budget_states, lines_of

from .budget_checks import (
    MOST_LINES,
    LineSaid,
    check_line,
    plan_to_budget,
    refuse_below,
    refuse_left,
    refuse_over,
    writable,
)


@action
def begin_budget(*, by: Actor, workplan: Workplan) -> Budget:
    """The first one of a plan; or, of a plan that came back, another with the same lines."""
    workplan, seat = plan_to_budget(by, workplan)
    state = budget_states([workplan.pk])[workplan.pk]
    if state.open:
        raise Refused("A budget is being written already. Write in that one.")
    if state.is_agreed:
        raise Refused(
            "This plan is agreed, so its budget is changed by a decision. Begin a change."
        )
    if state.waits:
        assert state.submission
        raise Refused(
            f"The plan was handed in on {day(state.submission.submitted_at)} and waits for its "
            "answer. Take it back first, then change the budget."
        )
    budget = copy_of(workplan, seat, state.standing)
    record_budget("workplans.budget_begun", by, budget, n=budget.lines.count())
    return budget


@action
def add_line(
    *,
    by: Actor,
    budget: Budget,
    title: str,
    kind: str,
    category: str,
    pence: int = 0,
    hours: int | None = None,
    member: Organisation | None = None,
    objective: Objective | None = None,
) -> BudgetLine:
    """pence: of the award; of what is given in kind what the hours are worth, or 0."""
    budget = writable(by, budget)
    said = check_line(
        budget,
        LineSaid(
            title=title,
            kind=kind,
            category=category,
            pence=pence,
            hours=hours,
            member=member,
            objective=objective,
        ),
    )
    if budget.lines.count() >= MOST_LINES:
        raise Refused(f"A budget has {MOST_LINES} lines at most. Put some of them together.")
    line = BudgetLine.objects.create(budget=budget, number=_next_line(budget), **vars(said))
    _touch(budget)
    _record_line("workplans.budget_line_added", by, line)
    return line


@action
def change_line(
    *,
    by: Actor,
    line: BudgetLine,
    title: str,
    kind: str,
    category: str,
    pence: int = 0,
    hours: int | None = None,
    member: Organisation | None = None,
    objective: Objective | None = None,
    version: int,
) -> BudgetLine:
    """Never below what is committed and spent on it."""
    budget = writable(by, line.budget)
    line = locked(line, version=version)
    said = check_line(
        budget,
        LineSaid(
            title=title,
            kind=kind,
            category=category,
            pence=pence,
            hours=hours,
            member=member,
            objective=objective,
        ),
        line,
    )
    refuse_below(budget, line, kind=kind, pence=pence)
    before = line.pence
    for name, value in vars(said).items():
        setattr(line, name, value)
    line.version += 1
    line.save()
    _touch(budget)
    _record_line("workplans.budget_line_changed", by, line, before=before)
    return line


@action
def drop_line(*, by: Actor, line: BudgetLine, version: int) -> Budget:
    """Earlier budgets keep it."""
    budget = writable(by, line.budget)
    line = locked(line, version=version)
    refuse_below(budget, line, kind=line.kind, pence=0)
    _record_line("workplans.budget_line_dropped", by, line)
    line.delete()
    _touch(budget)
    return budget


@action
def freeze_for(*, by: Actor, workplan: Workplan, submission: Submission) -> Budget:
    """Keep the budget as it is handed in with the plan. Where nobody has written in it since the
    plan came back, it is handed in as it was. Raises Refused if it comes to more than it may."""
    workplan, seat = plan_to_budget(by, workplan)
    state = budget_states([workplan.pk])[workplan.pk]
    if state.standing is None:
        raise Refused("There is no budget yet. Write it first, then hand in the plan.")
    budget = locked(state.open) if state.open else copy_of(workplan, seat, state.standing)
    refuse_left(budget)
    total = money_in(lines_of(budget))
    refuse_over(total, may_plan(workplan.cluster), then="hand in the plan")
    budget.submission, budget.frozen_at = submission, clock.now()
    budget.version += 1
    budget.save()
    record_budget("workplans.budget_handed_in", by, budget, pence=total, submission=submission.pk)
    return budget


def copy_of(workplan: Workplan, seat: Seat, standing: Budget | None) -> Budget:
    """The next budget of a plan, with the lines of the one that holds. The plan is locked."""
    last = workplan.budgets.aggregate(last=Max("number"))["last"] or 0
    budget = Budget.objects.create(
        workplan=workplan, number=last + 1, begun_by=seat, begun_at=clock.now()
    )
    rows = standing.lines.order_by("number") if standing else ()
    kept = ("number", "objective_id", "member_id", "category", "kind", "title", "pence", "hours")
    BudgetLine.objects.bulk_create(
        BudgetLine(budget=budget, **{name: getattr(row, name) for name in kept}) for row in rows
    )
    return budget


def record_budget(did: str, by: Actor, budget: Budget, **detail: object) -> None:
    cluster = budget.workplan.cluster_id
    write_down(did, by=by, to=budget, cluster=cluster, budget=budget.number, **detail)


def _record_line(did: str, by: Actor, line: BudgetLine, **detail: object) -> None:
    record_budget(
        did, by, line.budget, line=line.number, pence=line.pence, hours=line.hours, **detail
    )


def _next_line(budget: Budget) -> int:
    """Never one that stood for another thing: what is committed names its line by the number."""
    rows = BudgetLine.objects.filter(budget__workplan=budget.workplan_id)
    return (rows.aggregate(last=Max("number"))["last"] or 0) + 1


def _touch(budget: Budget) -> None:
    """So that who put it together meanwhile sees that it is another now."""
    budget.version += 1
    budget.save(update_fields=["version"])
