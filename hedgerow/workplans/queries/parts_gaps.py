"""What a plan lacks, thing by thing: which of it keeps it from being handed in, and where each is
put right."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from hedgerow.analysis import workplan as analysis
from hedgerow.look.words import count, day, listed
from hedgerow.units import pounds
from hedgerow.workplans.models import Objective, Step

from .parts_facts import Facts

MOST_NAMED = 3  # in one sentence; of the rest, how many


@dataclass(frozen=True, kw_only=True)
class Gap:
    part: str  # slug of the part of the stage that it is missing from
    sentence: str
    url: str
    button: str
    stops: bool  # the plan cannot be handed in while it is there


def gaps_of(facts: Facts) -> tuple[Gap, ...]:
    """In the order in which a plan is usually made."""
    if facts.rows is None or facts.plan is None:
        return (_begin(facts), *_boards(facts))
    rows, plan = facts.rows, facts.plan
    return (
        *_objectives(facts),
        *_behind(rows.live_objectives),
        *_steps(facts),
        *_measures(rows.live_objectives),
        *_meetings(facts, plan),
        *_budget(facts, plan),
        *_boards(facts),
    )


def stops_in(facts: Facts) -> tuple[Gap, ...]:
    return tuple(gap for gap in gaps_of(facts) if gap.stops)


def plan_url(facts: Facts) -> str:
    return reverse("workplans:plan", args=[facts.cluster.pk])


def budget_url(facts: Facts) -> str:
    return reverse("workplans:budget", args=[facts.cluster.pk])


def boards_url(facts: Facts) -> str:
    return reverse("agreements:boards", args=[facts.cluster.pk])


def has_pair(step: analysis.Step) -> bool:
    return len(step.holders) == 2 or bool(step.holders and step.alone_because)


def last_day(plan: analysis.Workplan) -> date | None:
    """The day of the last step; None while none has one."""
    return max((step.due_on for step in plan.steps if step.due_on), default=None)


def _begin(facts: Facts) -> Gap:
    return Gap(
        part="objectives",
        sentence="There is no plan yet.",
        url=plan_url(facts),
        button="Begin the plan",
        stops=True,
    )


def _objectives(facts: Facts) -> Iterator[Gap]:
    assert facts.rows
    if not facts.rows.live_objectives:
        yield Gap(
            part="objectives",
            sentence="The plan has no objective yet: nothing says what will be true.",
            url=plan_url(facts),
            button="Open the plan",
            stops=True,
        )


def _behind(objectives: Sequence[Objective]) -> Iterator[Gap]:
    for one in objectives:
        n = sum(not getattr(one, name) for name in Objective.BEHIND)
        if n:
            yield Gap(
                part="behind",
                sentence=f"Of “{one}”, {count(n, 'question')} about what there is already "
                f"{'is' if n == 1 else 'are'} not answered.",
                url=reverse("workplans:behind", args=[one.pk]),
                button="Answer",
                stops=True,
            )


def _steps(facts: Facts) -> Iterator[Gap]:
    assert facts.rows and facts.plan
    of = {step.number: step for step in facts.rows.live_steps}
    alone = [of[step.number] for step in facts.plan.steps if not has_pair(step)]
    undated = [of[step.number] for step in facts.plan.steps if not step.due_on]
    with_steps = {step.objective_id for step in of.values()}
    if alone:
        yield Gap(
            part="pairs",
            sentence=f"{_named(alone)} {_have(alone)} no pair yet.",
            url=reverse("workplans:pair", args=[alone[0].pk]),
            button=f"Name the two for “{alone[0]}”",
            stops=True,
        )
    for objective in facts.rows.live_objectives:
        if objective.pk not in with_steps:
            yield Gap(
                part="pairs",
                sentence=f"“{objective}” has no step yet.",
                url=reverse("workplans:add_step", args=[objective.pk]),
                button="Add a step",
                stops=False,
            )
    if undated:
        yield Gap(
            part="timeline",
            sentence=f"{_named(undated)} {_have(undated)} no day yet.",
            url=reverse("workplans:change_step", args=[undated[0].pk]),
            button=f"Set a day for “{undated[0]}”",
            stops=True,
        )
    if not of:
        yield Gap(
            part="timeline",
            sentence="The plan has no step with a day yet.",
            url=plan_url(facts),
            button="Open the plan",
            stops=False,
        )


def _measures(objectives: Sequence[Objective]) -> Iterator[Gap]:
    for one in objectives:
        lacks = [
            *(["how"] if not one.judged_how else []),
            *(["when"] if not one.judged_on else []),
        ]
        if lacks:
            yield Gap(
                part="measures",
                sentence=f"It is not said {listed(lacks)} we look whether “{one}” is true.",
                url=reverse("workplans:change_objective", args=[one.pk]),
                button="Say it",
                stops=False,
            )


def _meetings(facts: Facts, plan: analysis.Workplan) -> Iterator[Gap]:
    if plan.meetings:
        return
    until = last_day(plan)
    if until and plan.meeting_days and max(plan.meeting_days) >= until:
        return
    reach = f", and the calendar does not reach {day(until)}" if until else ""
    yield Gap(
        part="meetings",
        sentence=f"The plan does not say how often the Core Group meets{reach}.",
        url=reverse("workplans:write_plan", args=[facts.cluster.pk]),
        button="Write it down",
        stops=False,
    )


def _budget(facts: Facts, plan: analysis.Workplan) -> Iterator[Gap]:
    if not plan.lines:
        yield Gap(
            part="budget",
            sentence="The budget has no line yet."
            if facts.has_budget
            else "There is no budget yet.",
            url=budget_url(facts),
            button="Open the budget",
            stops=not facts.has_budget,
        )
    if plan.money > plan.award:
        over = pounds(plan.money - plan.award)
        yield Gap(
            part="budget",
            sentence=f"The budget comes to {pounds(plan.money)}, which is {over} over the award of "
            f"{pounds(plan.award)}.",
            url=budget_url(facts),
            button="Open the budget",
            stops=True,
        )


def _boards(facts: Facts) -> Iterator[Gap]:
    boards, url = facts.boards, boards_url(facts)
    if boards.silent:
        verb = "has" if len(boards.silent) == 1 else "have"
        their = "its board" if len(boards.silent) == 1 else "their boards"
        yield Gap(
            part="boards",
            sentence=f"{listed(boards.silent)} {verb} not told the cluster whether {their} must "
            "agree.",
            url=url,
            button="See what boards say",
            stops=False,
        )
    for names, said in (
        (boards.asked, "must agree, and has not answered yet"),
        (boards.against, "did not agree"),
    ):
        for name in names:
            yield Gap(
                part="boards",
                sentence=f"The board of {name} {said}.",
                url=url,
                button="See what boards say",
                stops=True,
            )


def _named(steps: Sequence[Step]) -> str:
    """ "“A”, “B” and three more steps"."""
    shown = [f"“{step}”" for step in steps[:MOST_NAMED]]
    n_more = len(steps) - len(shown)
    return listed([*shown, count(n_more, "more step")] if n_more else shown)


def _have(things: Iterable[object]) -> str:
    return "has" if len(list(things)) == 1 else "have"
