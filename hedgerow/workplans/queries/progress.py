"""What has become of a plan, step by step. A step that is taken up is a promise, and stands where
that stands; one that is not is as it was planned."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from hedgerow.agreements.models import Promise
from hedgerow.agreements.queries.promises import promises_from
from hedgerow.core import clock
from hedgerow.core.readings import asked_once
from hedgerow.journeys.models import Stage
from hedgerow.look.words import count, first_low, first_up, number, out_of
from hedgerow.people.models import Cluster
from hedgerow.people.readers import seat_words, seats_named
from hedgerow.workplans.models import Dependency, Objective, Result, Step

from .progress_steps import Planned, StepLine


@dataclass(frozen=True, kw_only=True)
class ObjectiveLine:
    key: int
    version: int
    number: int
    title: str
    for_whom: str
    judged_how: str
    judged_on: date | None
    steps: tuple[StepLine, ...]  # by number; those that were dropped too
    result: str  # of models.Result; "": nobody has judged it
    words: str  # what shows it
    judged_by: str
    judged_at: date | None
    dropped_at: datetime | None
    dropped_because: str

    @property
    def dropped_on(self) -> date | None:
        return clock.day_of(self.dropped_at) if self.dropped_at else None

    @property
    def anchor(self) -> str:
        return f"objective-{self.number}"

    @property
    def is_live(self) -> bool:
        return self.dropped_at is None

    @property
    def is_judged(self) -> bool:
        return bool(self.result)

    @property
    def says(self) -> str:
        return Result(self.result).label if self.result else "Not judged yet"

    @property
    def note(self) -> str:
        """Beside its heading. What it was judged to be stands with its words."""
        return "" if self.is_judged else self.says

    @property
    def dot(self) -> int:
        return {Result.MET: 2, Result.PARTLY: 1}.get(self.result, 0)

    @property
    def can_be_judged_now(self) -> bool:
        """Its day has come, or nothing in it is open any more."""
        is_over = bool(self.steps) and all(step.became != "open" for step in self.steps)
        has_come = self.judged_on is not None and self.judged_on <= clock.today()
        return self.is_live and not self.result and (is_over or has_come)


@dataclass(frozen=True, kw_only=True)
class Progress:
    """Of one plan. Counts leave out what was dropped, and what its objective was dropped with."""

    objectives: tuple[ObjectiveLine, ...] = ()

    @property
    def live(self) -> tuple[ObjectiveLine, ...]:
        return tuple(one for one in self.objectives if one.is_live)

    @property
    def dropped(self) -> tuple[ObjectiveLine, ...]:
        return tuple(one for one in self.objectives if not one.is_live)

    def given_up_since(self, handed_in: datetime | None) -> "Progress":
        """Without what was dropped while the plan was still being written."""

        def stands(dropped_at: datetime | None) -> bool:
            return dropped_at is None or (handed_in is not None and dropped_at > handed_in)

        return Progress(
            objectives=tuple(
                replace(one, steps=tuple(step for step in one.steps if stands(step.dropped_at)))
                for one in self.objectives
                if stands(one.dropped_at)
            )
        )

    @property
    def steps(self) -> tuple[StepLine, ...]:
        return tuple(step for one in self.live for step in one.steps if step.dropped_at is None)

    @property
    def done(self) -> tuple[StepLine, ...]:
        return tuple(step for step in self.steps if step.became == "done")

    @property
    def stopped(self) -> tuple[StepLine, ...]:
        return tuple(step for step in self.steps if step.became == "stopped")

    @property
    def open(self) -> tuple[StepLine, ...]:
        return tuple(step for step in self.steps if step.became == "open")

    @property
    def late(self) -> tuple[StepLine, ...]:
        return tuple(step for step in self.open if step.is_late)

    @property
    def slipping(self) -> tuple[StepLine, ...]:
        return tuple(step for step in self.open if step.is_slipping)

    @property
    def waiting(self) -> tuple[StepLine, ...]:
        """Planned, and nobody's yet."""
        return tuple(step for step in self.open if step.promise is None)

    @property
    def judged(self) -> tuple[ObjectiveLine, ...]:
        return tuple(one for one in self.live if one.result)

    @property
    def in_short(self) -> str:
        """ "Two of five steps done, one slipping and one overdue." """
        n = len(self.steps)
        if not n:
            return "The plan has no steps yet."
        said = [f"{first_up(out_of(len(self.done), n))} {'step' if n == 1 else 'steps'} done"]
        said += [
            f"{number(len(found))} {word}"
            for found, word in (
                (self.stopped, "stopped"),
                (self.late, "overdue"),
                (self.slipping, "slipping"),
                (self.waiting, "not taken up yet"),
            )
            if found
        ]
        return f"{', '.join(said)}."

    @property
    def judgement(self) -> str:
        """What the cluster judged its objectives to be, as far as it did; "" where it judged none."""
        if not self.judged:
            return ""
        n = len(self.live)
        found = [
            (Result(result).label, many)
            for result in Result.values
            if (many := sum(one.result == result for one in self.live))
        ]
        if n == 1:
            return f"The objective is {first_low(found[0][0])}."
        (label, many), *others = found
        verb = "is" if many == 1 else "are"
        said = f"{first_up(out_of(many, n))} objectives {verb} {first_low(label)}"
        for other, more in others:
            said += f", {count(more, 'is', 'are')} {first_low(other)}"
        left = n - len(self.judged)
        return f"{said}; {count(left, 'is', 'are')} not judged yet." if left else f"{said}."


@asked_once
def progress_in(workplans: Iterable[int]) -> dict[int, Progress]:
    """By the key of the plan. Six queries for any number of plans and steps."""
    keys, today = list(workplans), clock.today()
    objectives = list(Objective.objects.filter(workplan__in=keys).order_by("number"))
    steps = list(Step.objects.filter(workplan__in=keys).order_by("number"))
    lines = promises_from(Promise.objects.filter(plan_step__workplan__in=keys), today)
    promises = {line.key: line for line in lines}
    seats = seats_named(
        {one.result_by_id for one in objectives if one.result_by_id}
        | {key for step in steps for key in (step.first_id, step.second_id) if key}
    )
    after = _after(keys, steps)
    planned = Planned(today=today, promises=promises, seats=seats, after=after)
    by_objective: dict[int, list[StepLine]] = defaultdict(list)
    for step in steps:
        by_objective[step.objective_id].append(planned.line(step))
    found: dict[int, list[ObjectiveLine]] = defaultdict(list)
    for one in objectives:
        judge = seats.get(one.result_by_id) if one.result_by_id else None
        found[one.workplan_id].append(
            _line(one, by_objective[one.pk], seat_words(judge) if judge else "")
        )
    return {key: Progress(objectives=tuple(found[key])) for key in keys}


def is_begun(cluster: Cluster) -> bool:
    """Whether the stage in which a plan is carried out was ever opened. One query."""
    return Stage.objects.filter(
        journey__cluster=cluster, kind="implementation", opened_at__isnull=False
    ).exists()


def _after(workplans: list[int], steps: Iterable[Step]) -> Mapping[int, tuple[int, ...]]:
    """Numbers of the steps that each waits for, by its key; those that were dropped left out."""
    numbers = {step.pk: step.number for step in steps if step.dropped_at is None}
    found: dict[int, list[int]] = defaultdict(list)
    rows = Dependency.objects.filter(step__workplan__in=workplans).values_list("step", "on")
    for step, on in rows:
        if step in numbers and on in numbers:
            found[step].append(numbers[on])
    return {key: tuple(sorted(on)) for key, on in found.items()}


def _line(one: Objective, steps: Iterable[StepLine], judged_by: str) -> ObjectiveLine:
    return ObjectiveLine(
        key=one.pk,
        version=one.version,
        number=one.number,
        title=one.title,
        for_whom=one.for_whom,
        judged_how=one.judged_how,
        judged_on=one.judged_on,
        steps=tuple(steps),
        result=one.result,
        words=one.result_words,
        judged_by=judged_by,
        judged_at=clock.day_of(one.result_at) if one.result_at else None,
        dropped_at=one.dropped_at,
        dropped_because=one.dropped_because,
    )
