"""Which budget of a plan holds, which is being written, and which is put to the vote."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from hedgerow.agreements.models import Decision, Outcome
from hedgerow.analysis.workplan import Line
from hedgerow.core.readings import asked_once
from hedgerow.journeys.models import Submission
from hedgerow.units import Pence
from hedgerow.workplans.models import Budget, BudgetLine, Workplan

from .budget_money import NOTHING_MOVED, TRANCHE_OF, Moved, Place, moved_in


@dataclass(frozen=True, kw_only=True)
class BudgetState:
    """The budgets of one plan.

    Before the plan is agreed what is being written holds, else what was handed in last. Once it is
    agreed, what was agreed holds until a decision that changes it is carried.
    """

    standing: Budget | None
    verdict: Decision | None  # by which it holds, where a decision changed it
    open: Budget | None  # being written
    put: Budget | None  # a change that is put to the vote,
    vote: Decision | None  # and the decision under way over it
    fallen: Decision | None  # the last that changed nothing, where nothing was carried after it
    too_late: str  # why it changed nothing though it was carried, or took back what had been
    submission: Submission | None  # with which a budget was handed in last

    @property
    def is_agreed(self) -> bool:
        return self.submission is not None and self.submission.is_agreed

    @property
    def waits(self) -> bool:
        return self.submission is not None and self.submission.waits


NO_BUDGET = BudgetState(
    standing=None,
    verdict=None,
    open=None,
    put=None,
    vote=None,
    fallen=None,
    too_late="",
    submission=None,
)


def counts_now(budget: Budget, state: BudgetState) -> bool:
    """Whether what is committed and spent says anything of it: it holds, or may come to hold."""
    return budget in (state.standing, state.open, state.put)


def standing_budget(workplan: Workplan) -> Budget | None:
    """The one that holds. Four queries at most."""
    return budget_states([workplan.pk])[workplan.pk].standing


def lines_of(budget: Budget) -> tuple[Line, ...]:
    """By number. One query."""
    rows = budget.lines.select_related("objective").order_by("number")
    return tuple(line_of(row) for row in rows)


def line_of(row: BudgetLine) -> Line:
    """What belonged to an objective that was dropped belongs to the whole plan."""
    objective = row.objective
    return Line(
        number=row.number,
        objective=objective.number if objective and objective.dropped_at is None else None,
        member=row.member_id,
        category=row.category,
        kind=row.kind,
        title=row.title,
        pence=Pence(row.pence),
        hours=row.hours,
    )


@asked_once
def budget_states(workplans: Iterable[int]) -> dict[int, BudgetState]:
    """By the key of the plan. One query for any number of them where nothing was put to the vote,
    else four.

    Where a decision was taken again, the last one that was decided says whether its budget holds.
    """
    keys = list(workplans)
    found: dict[int, list[Budget]] = defaultdict(list)
    rows = (
        Budget.objects.filter(workplan__in=keys, given_up_at=None)
        .select_related("workplan", "submission", "decision")
        .defer("submission__whole")
        .order_by("number")
    )
    for budget in rows:
        found[budget.workplan_id].append(budget)
    known = _known([budget for budgets in found.values() for budget in budgets])
    return {key: _state(found[key], known) if key in found else NO_BUDGET for key in keys}


@dataclass(frozen=True, kw_only=True)
class _Known:
    """What says of changes whether they hold."""

    again: Mapping[int, Decision]  # by the decision that it decides again
    moved: Mapping[int, Moved]  # by cluster
    planned: Mapping[int, Mapping[Place, int]]  # by budget


def _known(budgets: Sequence[Budget]) -> _Known:
    changes = [budget for budget in budgets if budget.decision_id]
    if not changes:
        return _Known(again={}, moved={}, planned={})
    clusters = {budget.workplan.cluster_id for budget in changes}
    later = Decision.objects.filter(cluster__in=clusters, reopens__isnull=False)
    return _Known(
        again={one.reopens_id: one for one in later if one.reopens_id},
        moved=moved_in(clusters),
        planned=planned_in(budgets),
    )


def planned_in(budgets: Iterable[Budget]) -> dict[int, dict[Place, int]]:
    """Of each, by its key, what its lines of money plan, in pence. One query."""
    planned: dict[int, dict[Place, int]] = {budget.pk: {} for budget in budgets}
    rows = BudgetLine.objects.filter(budget__in=list(planned), kind__in=list(TRANCHE_OF))
    for budget, number, kind, pence in rows.values_list("budget", "number", "kind", "pence"):
        planned[budget][number, TRANCHE_OF[kind]] = pence
    return planned


def _state(budgets: Sequence[Budget], known: _Known) -> BudgetState:
    is_open = next((budget for budget in budgets if budget.is_open), None)
    handed_in = [budget for budget in budgets if budget.submission_id]
    last = handed_in[-1] if handed_in else None
    submission = last.submission if last else None
    holds = last if submission and submission.is_agreed else is_open or last
    verdict, put, vote, fallen, too_late = None, None, None, None, ""
    for decided, budget in _decided([one for one in budgets if one.decision_id], known):
        if decided.is_open:
            put, vote = budget, decided
        elif decided.outcome != Outcome.CARRIED:
            fallen, too_late = decided, ""
            before = _carried_before(budget, decided, known)
            if before and (too_late := _no_way_back(holds, budget, decided, known)):
                holds, verdict = budget, before
        elif too_late := _too_late(budget, decided, known):
            fallen = decided
        else:
            holds, verdict, fallen = budget, decided, None
    return BudgetState(
        standing=holds,
        verdict=verdict,
        open=is_open,
        put=put,
        vote=vote,
        fallen=fallen,
        too_late=too_late,
        submission=submission,
    )


def _decided(changes: Sequence[Budget], known: _Known) -> list[tuple[Decision, Budget]]:
    """The last word on each, and what is under way, by number: one taken again gets a later."""
    found = []
    for budget in changes:
        runs = [budget.decision]
        while following := known.again.get(runs[-1].pk):
            runs.append(following)
        said = [run for run in runs if run.outcome not in ("", Outcome.WITHDRAWN)]
        found += [(run, budget) for run in [*said[-1:], *(one for one in runs if one.is_open)]]
    return sorted(found, key=lambda pair: pair[0].number)


def _carried_before(budget: Budget, decided: Decision, known: _Known) -> Decision | None:
    """By which a change held until this decision, which was taken again, did not carry it."""
    found, run = None, budget.decision
    while run and run.pk != decided.pk:
        if run.outcome == Outcome.CARRIED and not _too_late(budget, run, known):
            found = run
        run = known.again.get(run.pk)
    return found


def _no_way_back(earlier: Budget | None, budget: Budget, decided: Decision, known: _Known) -> str:
    """Why the earlier budget cannot hold again in place of this one: what was committed under
    this one is more than it plans. "" where it can, or where this one cannot hold either."""
    if earlier is None or earlier.pk == budget.pk or _too_late(budget, decided, known):
        return ""
    return _too_late(earlier, decided, known)


def _too_late(budget: Budget, decided: Decision, known: _Known) -> str:
    """Whether the money had moved on when it was decided: asked of that instant, so that what
    holds is not changed by what comes later."""
    moved = known.moved.get(budget.workplan.cluster_id, NOTHING_MOVED)
    return moved.refuses(known.planned[budget.pk], at=decided.closed_at)
