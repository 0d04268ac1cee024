"""The lines of one budget as a table, and what they come to each way one looks at it."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from hedgerow.analysis import plan_sums
from hedgerow.analysis import workplan as analysis
from hedgerow.analysis.workplan import CATEGORIES, LINE_KINDS, Line
from hedgerow.ledger.queries import LineMoney, award_of, by_line
from hedgerow.look.words import count, first_up, listed
from hedgerow.units import Pence, pounds
from hedgerow.workplans.models import Budget, BudgetLine

from .budget_changes import Names, amount_of, names_in
from .budgets import budget_states, counts_now, line_of

_NONE = LineMoney(committed=Pence(0), spent=Pence(0))
WHOLE_PLAN = "The whole plan"


@dataclass(frozen=True, kw_only=True)
class LineRow:
    key: int
    line: Line
    objective: str
    whom: str
    kind: str
    category: str
    amount: str  # "£1,200"; "12 hours, worth £240"
    committed: Pence  # with what is spent of it
    spent: Pence

    @property
    def left(self) -> Pence:
        """Planned and not committed; nothing of what is given in kind."""
        return Pence(self.line.pence - self.committed) if self.line.is_money else Pence(0)


@dataclass(frozen=True, kw_only=True)
class SumRow:
    """Of some lines. Money and what is given in kind are never added up."""

    name: str
    n_lines: int
    money: Pence
    committed: Pence
    spent: Pence
    hours: int
    in_kind: Pence

    @property
    def left(self) -> Pence:
        return Pence(self.money - self.committed)


@dataclass(frozen=True, kw_only=True)
class SumTable:
    name: str  # "By kind"
    ident: str
    rows: tuple[SumRow, ...]


@dataclass(frozen=True, kw_only=True)
class LineInBudget:
    """What one line says in one of the budgets."""

    budget: Budget
    line: Line
    amount: str


@dataclass(frozen=True, kw_only=True)
class LinePage:
    row: LineRow
    others: tuple[LineInBudget, ...]  # by the number of the budget
    has_money: bool
    instead: Budget | None  # that holds, where the line's own is over; its money is shown there


@dataclass(frozen=True, kw_only=True)
class BudgetTable:
    rows: tuple[LineRow, ...]
    total: SumRow
    sums: tuple[SumTable, ...]  # each comes to the total
    levelling: str  # what brings weaker members up, in a sentence
    has_money: bool  # whether there is an award to commit

    @property
    def lines(self) -> tuple[Line, ...]:
        return tuple(row.line for row in self.rows)


def budget_table(
    budget: Budget,
    names: Names,
    moved: Mapping[int | None, LineMoney] | None,
) -> BudgetTable:
    """moved: by number, as ledger.queries.by_line has it; None where there is no award.
    One query."""
    found = budget.lines.select_related("objective").order_by("number")
    rows = tuple(_row(one.pk, line_of(one), names, moved or {}) for one in found)
    plan = _bare([row.line for row in rows], names)
    return BudgetTable(
        rows=rows,
        total=_sum("All together", rows),
        sums=(
            _table("By objective", plan_sums.by_objective(plan), rows, _objective(names), _towards),
            _table("By kind", plan_sums.by_kind(plan), rows, _kind, lambda line: line.kind),
            _table(
                "By category", plan_sums.by_category(plan), rows, _category, lambda it: it.category
            ),
        ),
        levelling=_levelling(rows),
        has_money=moved is not None,
    )


def line_page(line: BudgetLine) -> LinePage:
    """Ten queries at most, for any number of budgets."""
    workplan = line.budget.workplan
    state = budget_states([workplan.pk])[workplan.pk]
    is_now = counts_now(line.budget, state)
    names, award = names_in(workplan), award_of(workplan.cluster) if is_now else None
    moved = by_line(award) if award else {}
    same = BudgetLine.objects.filter(budget__workplan=workplan, number=line.number)
    found = same.select_related("budget", "objective").order_by("budget__number")
    return LinePage(
        row=_row(line.pk, line_of(line), names, moved),
        others=tuple(
            LineInBudget(budget=one.budget, line=line_of(one), amount=amount_of(line_of(one)))
            for one in found
            if one.pk != line.pk
        ),
        has_money=award is not None,
        instead=state.standing if state.is_agreed and not is_now else None,
    )


def _row(key: int, line: Line, names: Names, moved: Mapping[int | None, LineMoney]) -> LineRow:
    money = moved.get(line.number, _NONE)
    return LineRow(
        key=key,
        line=line,
        objective=_objective(names)(line.objective),
        whom=first_up(names.member(line.member)),
        kind=_kind(line.kind),
        category=_category(line.category),
        amount=amount_of(line),
        committed=money.committed,
        spent=money.spent,
    )


def _sum(name: str, rows: Iterable[LineRow]) -> SumRow:
    of = list(rows)
    return SumRow(
        name=name,
        n_lines=len(of),
        money=Pence(sum(row.line.pence for row in of if row.line.is_money)),
        committed=Pence(sum(row.committed for row in of)),
        spent=Pence(sum(row.spent for row in of)),
        hours=sum(row.line.hours or 0 for row in of),
        in_kind=Pence(sum(row.line.pence for row in of if not row.line.is_money)),
    )


def _table(
    name: str,
    sums: Sequence[plan_sums.Sum],
    rows: Sequence[LineRow],
    called: Callable[[object], str],
    key_of: Callable[[Line], object],
) -> SumTable:
    """The sums of the plan, and beside them what moved on the same lines."""
    found = []
    for one in sums:
        of = [row for row in rows if key_of(row.line) == one.key]
        found.append(
            SumRow(
                name=called(one.key),
                n_lines=one.n_lines,
                money=one.money,
                committed=Pence(sum(row.committed for row in of)),
                spent=Pence(sum(row.spent for row in of)),
                hours=one.hours,
                in_kind=one.in_kind,
            )
        )
    return SumTable(name=name, ident=name.lower().replace(" ", "-"), rows=tuple(found))


def _towards(line: Line) -> object:
    return line.objective


def _objective(names: Names) -> Callable[[object], str]:
    return lambda key: WHOLE_PLAN if key is None else names.objectives.get(key, str(key))


def _kind(key: object) -> str:
    return LINE_KINDS[key]


def _category(key: object) -> str:
    return CATEGORIES.get(key, str(key))


def _levelling(rows: Sequence[LineRow]) -> str:
    found: dict[str, int] = {}
    for row in rows:
        if row.line.kind == "levelling_up":
            found[row.whom] = found.get(row.whom, 0) + row.line.pence
    if not found:
        return (
            "Nothing in it is to bring a member up to where sharing is possible. Where one of us "
            "has less to begin with, a line for that is often the first that pays."
        )
    who = listed(f"{name} {pounds(pence)}" for name, pence in sorted(found.items()))
    members = count(len(found), "member")
    return (
        f"{pounds(sum(found.values()))} of it brings {members} up to where sharing is possible: "
        f"{who}. It is for all of us that they get it."
    )


def _bare(lines: Sequence[Line], names: Names) -> analysis.Workplan:
    """As much of a plan as its sums need: its live objectives and these lines."""
    return analysis.Workplan(
        summary="",
        meetings="",
        meeting_days=(),
        award=Pence(0),
        members=(),
        boards_needed=0,
        boards_agreed=0,
        objectives=tuple(
            analysis.Objective(
                number=number,
                title=names.objectives[number],
                for_whom="",
                judged_how="",
                judged_on=None,
                theme="",
                strand="main",
                found="",
                stands_behind="",
                differs="",
            )
            for number in names.live
        ),
        steps=(),
        lines=tuple(lines),
    )
