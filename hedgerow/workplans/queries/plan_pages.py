"""The whole plan on one page, and each objective and step on its own."""

from dataclasses import dataclass
from datetime import date

from hedgerow.agreements.models import Meeting
from hedgerow.core import clock
from hedgerow.journeys.models import Answered, Submission, SubmissionKind
from hedgerow.journeys.queries.submissions import submissions_in
from hedgerow.look.words import count, day, first_up, listed
from hedgerow.people.models import Cluster
from hedgerow.units import Pence, pounds
from hedgerow.workplans.models import Objective, Step, Workplan

from .budget_limits import may_plan
from .budgets import lines_of, standing_budget
from .plan_dropped import DroppedLine, dropped_lines
from .plan_lines import (
    ObjectiveLine,
    StepLine,
    objective_line,
    objective_lines,
    seats_in,
    step_lines,
)
from .plan_wordings import Changed, changes_of
from .plans import plan_of, rows_of, themes_in


@dataclass(frozen=True, kw_only=True)
class PlanPage:
    plan: Workplan
    main: tuple[ObjectiveLine, ...]
    parallel: tuple[ObjectiveLine, ...]
    dropped: tuple[DroppedLine, ...]
    changes: tuple[Changed, ...]  # of the summary and the meetings
    met_on: tuple[date, ...]  # meetings that were
    to_meet_on: tuple[date, ...]  # and that are to come
    has_budget: bool
    planned: Pence  # of the award, in the budget that holds
    award: Pence
    submission: Submission | None  # the newest, without `whole`

    @property
    def objectives(self) -> tuple[ObjectiveLine, ...]:
        return (*self.main, *self.parallel)

    @property
    def steps(self) -> tuple[StepLine, ...]:
        return tuple(step for one in self.objectives for step in one.steps)

    @property
    def is_waiting(self) -> bool:
        return self.submission is not None and self.submission.waits

    @property
    def is_agreed(self) -> bool:
        return self.submission is not None and self.submission.is_agreed

    @property
    def is_returned(self) -> bool:
        """It came back with words, and nothing was handed in since."""
        back = (Answered.RETURNED, Answered.REDIRECTED)
        return self.submission is not None and self.submission.answer in back

    @property
    def in_short(self) -> str:
        """How much there is in it, from when to when, for how much."""
        if not self.objectives:
            return "Nothing stands in it yet."
        wins = sum(step.is_quick_win for step in self.steps)
        said = f"{count(len(self.objectives), 'objective')} and {count(len(self.steps), 'step')}"
        if wins:
            said += f", {count(wins, 'quick win')} among them"
        return f"{first_up(said)}{self._span}. {self.money_words}"

    @property
    def money_words(self) -> str:
        if not self.has_budget:
            return (
                f"There is no budget yet; {pounds(self.award)} may be spent."
                if self.award
                else "There is no budget yet."
            )
        if not self.award:
            return f"{pounds(self.planned)} planned."
        return f"{pounds(self.planned)} of {pounds(self.award)} planned."

    @property
    def meetings_words(self) -> str:
        """What the calendar says of them."""
        if not self.met_on and not self.to_meet_on:
            return "No meeting stands in the calendar."
        said = []
        if self.met_on:
            n, since = len(self.met_on), "handed in" if self.submission else "begun"
            held = first_up(count(n, "meeting was", "meetings were"))
            said.append(f"{held} held since the plan was {since}.")
        if self.to_meet_on:
            days = listed(day(on) for on in self.to_meet_on)
            said.append(f"In the calendar {'is' if len(self.to_meet_on) == 1 else 'are'} {days}.")
        else:
            said.append("No later meeting is in the calendar.")
        return " ".join(said)

    @property
    def stands(self) -> str:
        """What became of it at the programme; "" where it was never handed in."""
        one = self.submission
        if one is None:
            return ""
        handed_in = f"Handed in on {day(one.submitted_at)}"
        if one.waits:
            return f"{handed_in}. It waits for the programme’s answer."
        assert one.answered_at
        said = {
            Answered.AGREED: "agreed",
            Answered.CONDITIONS: "agreed with conditions",
            Answered.RETURNED: "sent back with what is missing",
            Answered.REDIRECTED: "answered with a pointer to other support",
            Answered.TAKEN_BACK: "taken back",
        }[Answered(one.answer)]
        return f"{handed_in}, and {said} on {day(one.answered_at)}."

    @property
    def _span(self) -> str:
        days = [on for step in self.steps for on in (step.starts_on, step.due_on) if on]
        return f", from {day(min(days))} to {day(max(days))}" if days else ""


@dataclass(frozen=True, kw_only=True)
class ObjectivePage:
    line: ObjectiveLine
    changes: tuple[Changed, ...]


@dataclass(frozen=True, kw_only=True)
class StepPage:
    line: StepLine
    waits: tuple[StepLine, ...]  # that it waits for
    waited: tuple[StepLine, ...]  # that wait for it
    changes: tuple[Changed, ...]


def plan_page(cluster: Cluster) -> PlanPage | None:
    """None where no plan was begun. Fifteen queries at most, for a plan of any size."""
    plan = plan_of(cluster)
    if plan is None:
        return None
    rows = rows_of(plan)
    seats = seats_in(rows)
    lines = objective_lines(rows, seats)
    submission = _newest(cluster)
    met_on, to_meet_on = _meetings(plan, submission)
    budget = standing_budget(plan)
    planned = sum(line.pence for line in lines_of(budget) if line.is_money) if budget else 0
    return PlanPage(
        plan=plan,
        main=tuple(line for line in lines if line.is_main),
        parallel=tuple(line for line in lines if not line.is_main),
        dropped=dropped_lines(rows, seats),
        changes=changes_of(plan),
        met_on=met_on,
        to_meet_on=to_meet_on,
        has_budget=budget is not None,
        planned=Pence(planned),
        award=may_plan(cluster) or Pence(0),
        submission=submission,
    )


def objective_page(objective: Objective) -> ObjectivePage:
    rows = rows_of(objective.workplan)
    steps = step_lines(rows, seats_in(rows))
    mine = [steps[it.number] for it in rows.live_steps if it.objective_id == objective.pk]
    line = objective_line(objective, mine, themes_in(rows.plan.cluster, [objective]))
    return ObjectivePage(line=line, changes=changes_of(objective))


def step_page(step: Step) -> StepPage | None:
    """None of one that stands in the plan no more."""
    rows = rows_of(step.workplan)
    lines = step_lines(rows, seats_in(rows))
    line = lines.get(step.number)
    if line is None:
        return None
    return StepPage(
        line=line,
        waits=tuple(lines[number] for number in line.after),
        waited=tuple(it for it in lines.values() if step.number in it.after),
        changes=changes_of(step),
    )


def waits_words(step: Step) -> str:
    """What it waits for now. One query."""
    found = Step.objects.filter(
        waited_for__step=step, dropped_at=None, objective__dropped_at=None
    ).order_by("number")
    numbers = list(found.values_list("number", flat=True))
    if not numbers:
        return "It waits for no other step now."
    return f"It waits for {'step' if len(numbers) == 1 else 'steps'} {listed(numbers)} now."


def _meetings(
    plan: Workplan, submission: Submission | None
) -> tuple[tuple[date, ...], tuple[date, ...]]:
    """Days of meetings since the plan was handed in, or begun, and of those to come."""
    since = submission.submitted_at if submission else plan.begun_at
    found = Meeting.objects.filter(
        cluster=plan.cluster_id, called_off_at=None, starts_at__gte=since
    )
    days = [
        clock.day_of(at) for at in found.order_by("starts_at").values_list("starts_at", flat=True)
    ]
    today = clock.today()
    return (
        tuple(dict.fromkeys(on for on in days if on < today)),
        tuple(dict.fromkeys(on for on in days if on >= today)),
    )


def _newest(cluster: Cluster) -> Submission | None:
    return next(reversed(submissions_in([cluster.pk], SubmissionKind.PLAN)[cluster.pk]), None)
