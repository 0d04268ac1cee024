"""A cluster's plan as it stands now."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from dataclasses import replace as with_

from hedgerow.agreements.models import BoardAnswer, BoardSays, Meeting
from hedgerow.analysis import workplan as analysis
from hedgerow.analysis.focus import Focus
from hedgerow.core import clock
from hedgerow.core.owners import Audience
from hedgerow.journeys.models import Journey
from hedgerow.journeys.queries.designs import read_design
from hedgerow.journeys.queries.results import standing
from hedgerow.ledger.models import Terms
from hedgerow.people.models import Cluster, Member
from hedgerow.units import Pence
from hedgerow.workplans.models import Dependency, Objective, Step, Workplan

from .budgets import lines_of, standing_budget


@dataclass(frozen=True, kw_only=True)
class Rows:
    """The rows of one plan, those that were dropped too, by number."""

    plan: Workplan
    objectives: tuple[Objective, ...]
    steps: tuple[Step, ...]  # with their promises
    waits: dict[int, tuple[int, ...]]  # key of a step -> numbers of the live ones it waits for

    @property
    def live_objectives(self) -> tuple[Objective, ...]:
        return tuple(one for one in self.objectives if one.dropped_at is None)

    @property
    def live_steps(self) -> tuple[Step, ...]:
        """Of objectives that are live too."""
        live = {one.pk for one in self.live_objectives}
        return tuple(
            step for step in self.steps if step.dropped_at is None and step.objective_id in live
        )


def plan_of(cluster: Cluster) -> Workplan | None:
    """One query."""
    return Workplan.objects.filter(cluster=cluster).select_related("cluster").first()


def rows_of(plan: Workplan) -> Rows:
    """Three queries."""
    objectives = tuple(Objective.objects.filter(workplan=plan).order_by("number"))
    steps = tuple(
        Step.objects.filter(workplan=plan)
        .select_related("promise", "first", "second", "promise__first", "promise__second")
        .order_by("number")
    )
    rows = Rows(plan=plan, objectives=objectives, steps=steps, waits={})
    numbers = {step.pk: step.number for step in rows.live_steps}
    waits: dict[int, list[int]] = defaultdict(list)
    edges = Dependency.objects.filter(step__workplan=plan).values_list("step", "on")
    for step, on in edges:
        if step in numbers and on in numbers:
            waits[step].append(numbers[on])
    return with_(rows, waits={key: tuple(sorted(found)) for key, found in waits.items()})


def focus_of(cluster: Cluster) -> Focus | None:
    """As it stands; None where no stage of its journey works on one in its room."""
    journey = Journey.objects.filter(cluster=cluster).first()
    if journey is None:
        return None
    try:
        return standing(journey, Focus)
    except LookupError:
        return None


def themes_in(cluster: Cluster, objectives: Iterable[Objective]) -> frozenset[int]:
    """Keys of what is in the focus that stands, as far as these objectives come from it; where
    none stands, of what they came from. No query where they come from nothing."""
    asked = frozenset(one.theme for one in objectives if one.theme)
    focus = focus_of(cluster) if asked else None
    return asked & {theme.idea for theme in focus.themes} if focus else asked


def plan_now(workplan: Workplan) -> analysis.Workplan:
    """The live plan, with the lines of the budget that holds or is being written. Of a step that
    is taken up, its day and its holders are those of the promise."""
    return plan_from(rows_of(workplan))


def plan_from(rows: Rows) -> analysis.Workplan:
    """Eight queries at most, for a plan of any size."""
    plan = rows.plan
    budget = standing_budget(plan)
    members = _voices(plan.cluster_id)
    needed, agreed = _boards(plan.cluster_id, members)
    return analysis.Workplan(
        summary=plan.summary,
        meetings=plan.meetings,
        meeting_days=_meeting_days(plan.cluster_id),
        award=award_for(plan.cluster),
        members=members,
        boards_needed=needed,
        boards_agreed=agreed,
        objectives=tuple(_objective(one) for one in rows.live_objectives),
        steps=planned_steps(rows),
        lines=lines_of(budget) if budget else (),
    )


def award_for(cluster: Cluster) -> Pence:
    """What the plan may spend, as the programme's terms say, or else its design; 0 where neither
    does. Two queries at most."""
    terms = Terms.objects.filter(programme=cluster.programme_id).order_by("-number").first()
    if terms is not None:
        return Pence(terms.amount)
    journey = Journey.objects.filter(cluster=cluster).select_related("design").first()
    return read_design(journey.design).award_pence if journey else Pence(0)


def planned_steps(rows: Rows) -> tuple[analysis.Step, ...]:
    """Of one that is taken up, with the day and the holders of the promise."""
    of = {one.pk: one.number for one in rows.objectives}
    return tuple(
        analysis.Step(
            number=step.number,
            objective=of[step.objective_id],
            kind=step.kind,
            title=step.title,
            starts_on=step.starts_on,
            due_on=step.promise.due_on if step.promise else step.due_on,
            holders=held_by(step),
            alone_because=(step.promise or step).alone_because,
            after=rows.waits.get(step.pk, ()),
            is_quick_win=step.is_quick_win,
        )
        for step in rows.live_steps
    )


def held_by(step: Step) -> tuple[int, ...]:
    """Organisations of those who hold it."""
    by = step.promise or step
    keys = [seat.organisation_id for seat in (by.first, by.second) if seat]
    return tuple(dict.fromkeys(key for key in keys if key is not None))


def _objective(one: Objective) -> analysis.Objective:
    return analysis.Objective(
        number=one.number,
        title=one.title,
        for_whom=one.for_whom,
        judged_how=one.judged_how,
        judged_on=one.judged_on,
        theme=one.theme_title,
        strand=one.strand,
        found=one.found,
        stands_behind=one.stands_behind,
        differs=one.differs,
    )


def _meeting_days(cluster: int) -> tuple:
    """Of all that were not called off, each day once."""
    found = Meeting.objects.filter(cluster=cluster, called_off_at=None).order_by("starts_at", "pk")
    days = (clock.day_of(at) for at in found.values_list("starts_at", flat=True))
    return tuple(dict.fromkeys(days))


def _voices(cluster: int) -> tuple[int, ...]:
    found = Member.objects.filter(cluster=cluster, left_at=None, is_second_tier=False)
    return tuple(found.order_by("organisation").values_list("organisation", flat=True))


def _boards(cluster: int, members: Iterable[int]) -> tuple[int, int]:
    """Of the members that said so to the cluster: whose board must agree, and has agreed."""
    answers = BoardSays.objects.filter(
        cluster=cluster,
        organisation__in=members,
        must_agree=True,
        audience__in=Audience.CLUSTER.up,
    ).values_list("answer", flat=True)
    said = list(answers)
    return len(said), said.count(BoardAnswer.AGREED)
