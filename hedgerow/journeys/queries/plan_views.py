"""A plan as a page and a PDF show it: names in place of keys, sums in place of lines to add up."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from hedgerow.analysis.dependencies import too_early
from hedgerow.analysis.plan_sums import (
    MemberShare,
    Sum,
    by_category,
    by_kind,
    by_member,
    by_objective,
    left_with_all,
    sum_of,
)
from hedgerow.analysis.workplan import CATEGORIES, LINE_KINDS, Line, Objective, Step, Workplan
from hedgerow.core import clock
from hedgerow.look.words import count, day, first_up, listed, number, out_of
from hedgerow.people.models import Cluster, Organisation
from hedgerow.units import pounds

GONE = "An organisation that is gone"
WHOLE_PLAN = "For the whole plan"
ALL = "All together"


@dataclass(frozen=True, kw_only=True)
class StepView:
    number: int
    is_milestone: bool
    title: str
    starts_on: date | None
    due_on: date | None
    holders: tuple[str, ...]
    alone_because: str
    after: tuple[int, ...]  # numbers of the steps it waits for
    too_early_for: tuple[int, ...]  # of these, the ones that are due after it begins
    is_quick_win: bool

    @property
    def kind(self) -> str:
        return "Milestone" if self.is_milestone else "Activity"

    @property
    def after_words(self) -> str:
        """ "steps 1 and 3"; "" for none."""
        if not self.after:
            return ""
        return f"{'step' if len(self.after) == 1 else 'steps'} {listed(self.after)}"

    @property
    def clash(self) -> str:
        """That it begins before what it waits for is due, if it does."""
        if not self.too_early_for:
            return ""
        one = len(self.too_early_for) == 1
        return (
            f"It begins before {'step' if one else 'steps'} {listed(self.too_early_for)} "
            f"{'is' if one else 'are'} due."
        )


@dataclass(frozen=True, kw_only=True)
class ObjectiveView:
    number: int
    title: str
    for_whom: str
    judged_how: str
    judged_on: date | None
    theme: str
    is_parallel: bool
    found: str
    stands_behind: str
    differs: str
    steps: tuple[StepView, ...]
    money: int  # pence of the award
    hours: int

    @property
    def steps_called(self) -> str:
        return f"Steps to objective {self.number}"

    @property
    def strand(self) -> str:
        return "A low-cost activity beside the main themes" if self.is_parallel else "A main theme"


@dataclass(frozen=True, kw_only=True)
class LineView:
    number: int
    title: str
    objective: int | None
    member: str  # ALL for all together
    category: str
    kind: str
    is_money: bool
    pence: int
    hours: int | None


@dataclass(frozen=True, kw_only=True)
class SumView:
    name: str
    lines: tuple[LineView, ...]
    money: int
    hours: int
    in_kind: int


@dataclass(frozen=True, kw_only=True)
class MemberView:
    name: str
    share: MemberShare


@dataclass(frozen=True, kw_only=True)
class PlanView:
    """All that journeys/_plan.html and the PDF show. Sums are in pence."""

    cluster: str
    on: date  # handed in; or read, where it is not
    members: tuple[str, ...]
    summary: str
    meetings: str
    meeting_days: tuple[date, ...]  # before that day too
    boards: str  # a sentence
    award: int
    money: int  # of the award, over all lines
    hours: int
    in_kind: int
    objectives: tuple[ObjectiveView, ...]
    by_objective: tuple[SumView, ...]  # with their lines; the whole plan's own are last
    by_kind: tuple[SumView, ...]
    by_category: tuple[SumView, ...]
    by_member: tuple[MemberView, ...]
    left_with_all: int  # odd pence of what is for all

    @property
    def left(self) -> int:
        """Of the award; below nothing where the plan asks for more."""
        return self.award - self.money

    @property
    def over(self) -> int:
        return max(0, -self.left)

    @property
    def to_meet_on(self) -> tuple[date, ...]:
        """Meetings from that day onwards."""
        return tuple(on for on in self.meeting_days if on >= self.on)

    @property
    def met_words(self) -> str:
        """How many meetings were before it, in a sentence; "" for none."""
        n = len(self.meeting_days) - len(self.to_meet_on)
        if not n:
            return ""
        return f"{first_up(count(n, 'meeting was', 'meetings were'))} held before {day(self.on)}."

    @property
    def n_steps(self) -> int:
        return sum(len(one.steps) for one in self.objectives)

    @property
    def n_lines(self) -> int:
        return sum(len(one.lines) for one in self.by_objective)

    @property
    def in_short(self) -> str:
        """ "Two objectives in nine steps, for £27,500 of £30,000, and 40 hours in kind."."""
        what = first_up(count(len(self.objectives), "objective"))
        steps = count(self.n_steps, "step")
        given = f", and {count(self.hours, 'hour')} in kind" if self.hours else ""
        return f"{what} in {steps}, for {pounds(self.money)} of {pounds(self.award)}{given}."


def plan_view(plan: Workplan, cluster: Cluster, *, on: date | None = None) -> PlanView:
    """`on`: the day it was handed in; None: it is shown as of today. One query, for the names."""
    return view_of(plan, cluster.name, names_of(organisations_in(plan)), on=on or clock.today())


def organisations_in(plan: Workplan) -> set[int]:
    held = {holder for step in plan.steps for holder in step.holders}
    return held | set(plan.members) | {line.member for line in plan.lines if line.member}


def names_of(keys: Iterable[int]) -> dict[int, str]:
    return dict(Organisation.objects.filter(pk__in=set(keys)).values_list("pk", "name"))


def view_of(plan: Workplan, cluster: str, names: Mapping[int, str], *, on: date) -> PlanView:
    """A pure function of the plan, the names and the day."""
    lines = {line.number: _line(line, names) for line in plan.lines}
    clashes = too_early(plan.steps)
    money_of = {one.key: one for one in by_objective(plan)}
    whole = sum_of(None, plan.lines)

    def shown(one: Sum, name: str, of: Iterable[Line]) -> SumView:
        return SumView(
            name=name,
            lines=tuple(lines[line.number] for line in of),
            money=one.money,
            hours=one.hours,
            in_kind=one.in_kind,
        )

    titles = {one.number: f"{one.number}. {one.title}" for one in plan.objectives}
    return PlanView(
        cluster=cluster,
        on=on,
        members=tuple(names.get(key, GONE) for key in plan.members),
        summary=plan.summary,
        meetings=plan.meetings,
        meeting_days=plan.meeting_days,
        boards=boards_words(plan),
        award=plan.award,
        money=plan.money,
        hours=whole.hours,
        in_kind=whole.in_kind,
        objectives=tuple(
            _objective(one, plan, names, clashes, money_of[one.number]) for one in plan.objectives
        ),
        by_objective=tuple(
            shown(
                one,
                WHOLE_PLAN if one.key is None else titles[one.key],
                (line for line in plan.lines if line.objective == one.key),
            )
            for one in money_of.values()
        ),
        by_kind=tuple(
            shown(one, LINE_KINDS[one.key], (line for line in plan.lines if line.kind == one.key))
            for one in by_kind(plan)
        ),
        by_category=tuple(
            shown(
                one,
                CATEGORIES.get(one.key, one.key),
                (line for line in plan.lines if line.category == one.key),
            )
            for one in by_category(plan)
        ),
        by_member=tuple(
            MemberView(name=names.get(one.organisation, GONE), share=one) for one in by_member(plan)
        ),
        left_with_all=left_with_all(plan),
    )


def boards_words(plan: Workplan) -> str:
    """What the boards of members said, as far as they have to agree."""
    needed, agreed = plan.boards_needed, plan.boards_agreed
    if not needed:
        return "No member has said that its board has to agree."
    if needed == 1:
        return f"One member’s board has to agree, and it {'has' if agreed else 'has not yet'}."
    boards = f"{first_up(number(needed))} members’ boards have to agree; "
    return f"{boards}{out_of(agreed, needed)} {'has' if agreed == 1 else 'have'}."


def _objective(
    one: Objective,
    plan: Workplan,
    names: Mapping[int, str],
    clashes: Iterable[tuple[int, int]],
    sums: Sum,
) -> ObjectiveView:
    return ObjectiveView(
        number=one.number,
        title=one.title,
        for_whom=one.for_whom,
        judged_how=one.judged_how,
        judged_on=one.judged_on,
        theme=one.theme,
        is_parallel=one.strand == "parallel",
        found=one.found,
        stands_behind=one.stands_behind,
        differs=one.differs,
        steps=tuple(
            _step(step, names, clashes) for step in plan.steps if step.objective == one.number
        ),
        money=sums.money,
        hours=sums.hours,
    )


def _step(step: Step, names: Mapping[int, str], clashes: Iterable[tuple[int, int]]) -> StepView:
    return StepView(
        number=step.number,
        is_milestone=step.kind == "milestone",
        title=step.title,
        starts_on=step.starts_on,
        due_on=step.due_on,
        holders=tuple(names.get(key, GONE) for key in step.holders),
        alone_because=step.alone_because,
        after=tuple(sorted(step.after)),
        too_early_for=tuple(after for number, after in clashes if number == step.number),
        is_quick_win=step.is_quick_win,
    )


def _line(line: Line, names: Mapping[int, str]) -> LineView:
    return LineView(
        number=line.number,
        title=line.title,
        objective=line.objective,
        member=ALL if line.member is None else names.get(line.member, GONE),
        category=CATEGORIES.get(line.category, line.category),
        kind=LINE_KINDS[line.kind],
        is_money=line.is_money,
        pence=line.pence,
        hours=line.hours,
    )
