"""What the actions of budgets ask before they change anything, inside their own transactions.

All of them lock the plan first, then the budget, its line and the award, in this order.
"""

from dataclasses import dataclass

from hedgerow.agreements.actions.speakers import seat_in
from hedgerow.analysis.workplan import CATEGORIES, LINE_KINDS
from hedgerow.core.actions import Refused, locked
from hedgerow.core.actors import Actor
from hedgerow.look.words import day
from hedgerow.people.actions.clusters import going_on
from hedgerow.people.kinds import refuse_published, refuse_unseen
from hedgerow.people.models import Member, Organisation, Seat
from hedgerow.units import pounds
from hedgerow.workplans.models import Budget, BudgetLine, Objective, Workplan
from hedgerow.workplans.queries.budget_money import moved

MOST_LINES = 200
MOST_HOURS = 100_000
LONGEST_TITLE = 160  # characters
_TOO_MUCH = 10**13  # pence; as in units.read_pounds


@dataclass(frozen=True, kw_only=True)
class LineSaid:
    """What somebody says of one line."""

    title: str
    kind: str
    category: str
    pence: int
    hours: int | None
    member: Organisation | None
    objective: Objective | None


def plan_to_budget(by: Actor, workplan: Workplan) -> tuple[Workplan, Seat]:
    """The plan, locked, if whoever acts has a seat in its cluster, and that goes on."""
    fresh = locked(workplan)
    cluster = going_on(fresh.cluster)
    refuse_published(by, cluster)
    return fresh, seat_in(by, cluster)


def writable(by: Actor, budget: Budget, *, version: int | None = None) -> Budget:
    """The budget, locked with its plan, while it is written. Else Refused, saying since when not."""
    plan_to_budget(by, budget.workplan)
    fresh = locked(budget)
    if fresh.given_up_at:
        raise Refused(
            f"This change was given up on {day(fresh.given_up_at)}. Begin another, and write there."
        )
    if fresh.frozen_at:
        how = "handed in" if fresh.submission_id else "put to the vote"
        raise Refused(
            f"This budget was {how} on {day(fresh.frozen_at)} and stays as it is. Look at the "
            "budget of your plan: it says what can be changed now."
        )
    return locked(fresh, version=version) if version is not None else fresh


def check_line(budget: Budget, said: LineSaid, now: BudgetLine | None = None) -> LineSaid:
    """What is kept of it. Raises Refused, with what to do about it. `now`: what stands there, which
    can stay with a member that has left."""
    refuse_unseen(said.title)
    title = said.title.strip()
    if not title:
        raise Refused("Say what this is for, in a line.")
    if len(title) > LONGEST_TITLE:
        raise Refused(f"Say it in {LONGEST_TITLE} characters; this is {len(title)}.")
    if said.kind not in LINE_KINDS or said.category not in CATEGORIES:
        raise Refused("One of these is not known here. Load the page again and choose anew.")
    _check_amount(said)
    if now is None or said.member is None or said.member.pk != now.member_id:
        _check_whom(budget, said)
    if said.objective is not None:
        _check_objective(budget, said.objective)
    return LineSaid(**{**vars(said), "title": title})


def refuse_below(budget: Budget, line: BudgetLine, *, kind: str, pence: int) -> None:
    """Raises Refused if money has moved on a line that would be less than that, or of another
    kind."""
    held = moved(budget.workplan.cluster_id).held_on(line.number)
    if not held:
        return
    if kind != line.kind:
        raise Refused(
            f"{pounds(held)} is committed or spent on “{line}”, so what kind of line it is stays. "
            "Add another line for what is left."
        )
    if pence < held:
        raise Refused(
            f"{pounds(held)} is committed or spent on “{line}”, so it cannot plan less than that. "
            f"Plan {pounds(held)} or more, or free what is committed first."
        )


def refuse_over(total: int, most: int | None, *, then: str) -> None:
    """Raises Refused if a budget comes to more than it may. `then`: what follows taking it off."""
    if most is not None and total > most:
        raise Refused(
            f"The budget comes to {pounds(total)}: {pounds(total - most)} over the award of "
            f"{pounds(most)}. Take it off first, then {then}."
        )


def refuse_left(budget: Budget) -> None:
    """Raises Refused if a line is for an organisation that is not a member any more."""
    here = Member.objects.filter(cluster=budget.workplan.cluster_id, left_at=None)
    lines = budget.lines.exclude(member=None).exclude(member__in=here.values("organisation"))
    if line := lines.select_related("member").first():
        raise Refused(
            f"“{line}” is for {line.member}, which is not a member any more. Say whom it is for "
            "now, or take it out."
        )


def _check_amount(said: LineSaid) -> None:
    if said.pence < 0:
        raise Refused("An amount in a budget is not below nothing.")
    if said.pence >= _TOO_MUCH:
        raise Refused("This is more than Hedgerow can hold. Check the number.")
    if said.kind != "in_kind":
        if said.hours is not None:
            raise Refused("Hours are given in kind. Leave them out, or say that this is in kind.")
        if said.pence == 0:
            raise Refused("Say how much it costs: an amount above nothing.")
    elif not said.hours or said.hours < 0:
        raise Refused("Say how many hours are given: a whole number above nothing.")
    elif said.hours > MOST_HOURS:
        raise Refused(f"{said.hours:,} hours is more than can be. Check the number.")


def _check_whom(budget: Budget, said: LineSaid) -> None:
    if said.member is None:
        if said.kind == "levelling_up":
            raise Refused("Say which member this brings up to where sharing is possible.")
        if said.kind == "in_kind":
            raise Refused("Say which member gives these hours.")
        return
    cluster = budget.workplan.cluster
    members = Member.objects.filter(cluster=cluster, left_at=None, organisation=said.member)
    if not members.exists():
        raise Refused(f"{said.member} is not a member of {cluster}. Choose one that is.")


def _check_objective(budget: Budget, objective: Objective) -> None:
    fresh = Objective.objects.get(pk=objective.pk)
    if fresh.workplan_id != budget.workplan_id:
        raise ValueError("a line is towards an objective of its own plan")
    if fresh.dropped_at:
        raise Refused(
            f"“{fresh}” was dropped on {day(fresh.dropped_at)}. Choose another objective, or the "
            "whole plan."
        )
