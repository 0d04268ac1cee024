"""A plan on a calendar: its steps by objective, in the order of their days."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from hedgerow.look.timelines import Bar, Calendar, Row, Sign, around
from hedgerow.look.words import count, day, listed

from .progress import ObjectiveLine, Progress
from .progress_steps import StepLine


@dataclass(frozen=True, kw_only=True)
class TimelineStep:
    line: StepLine
    drawn: Row
    waits: str  # "Waits for steps 3 and 4"; "": for none


@dataclass(frozen=True, kw_only=True)
class TimelineGroup:
    objective: ObjectiveLine
    steps: tuple[TimelineStep, ...]


@dataclass(frozen=True, kw_only=True)
class Timeline:
    calendar: Calendar
    groups: tuple[TimelineGroup, ...]

    @property
    def n(self) -> int:
        return sum(len(group.steps) for group in self.groups)

    @property
    def in_words(self) -> str:
        """What the picture shows, for whoever does not see it."""
        n = count(self.n, "step")
        return (
            f"{n} to {count(len(self.groups), 'objective')}, from {day(self.calendar.first)} to "
            f"{day(self.calendar.last)}. The same stands in words beside each step, and in the "
            "table below."
        )


def timeline_of(progress: Progress, today: date) -> Timeline:
    """Steps and objectives that were dropped are left out; the progress says of them why."""
    every = {step.number: step for step in progress.steps}
    calendar = around([day for step in every.values() for day in _days(step)], today)
    return Timeline(
        calendar=calendar,
        groups=tuple(
            TimelineGroup(
                objective=one,
                steps=tuple(
                    TimelineStep(
                        line=step,
                        drawn=drawn(step, every, today),
                        waits=_waits(step.after),
                    )
                    for step in in_order(one.steps)
                ),
            )
            for one in progress.live
        ),
    )


def in_order(steps: Iterable[StepLine]) -> list[StepLine]:
    """By the day on which each begins, then that on which it ends; those without a day last."""

    def key(step: StepLine) -> tuple[date, date, int]:
        days = list(_days(step))
        return (days[0], days[-1], step.number) if days else (date.max, date.max, step.number)

    return sorted((step for step in steps if step.dropped_at is None), key=key)


def drawn(step: StepLine, every: Mapping[int, StepLine], today: date) -> Row:
    """A bar for what was planned and what came of it, and a mark where it ended or is due."""
    end = step.on or step.due_on
    if end is None:
        return Row(is_milestone=step.is_milestone)
    ends = [every[number].on or every[number].due_on for number in step.after if number in every]
    return Row(
        bars=tuple(bar for bar in _bars(step, end, today) if bar.start < bar.end),
        marks=tuple(_marks(step, end)),
        is_milestone=step.is_milestone,
        waits=tuple(sorted({one for one in ends if one})),
        begins=_start(step, end),
    )


def _start(step: StepLine, end: date) -> date:
    """Of a step of one day: the day that was planned."""
    return min(step.starts_on or step.planned_on or end, end)


def _bars(step: StepLine, end: date, today: date) -> Iterator[Bar]:
    planned = step.planned_on or end
    start = _start(step, end)
    if step.is_milestone:
        if planned < end:
            yield Bar(start=planned, end=end, kind="left")
    elif step.became == "done":
        yield Bar(start=start, end=end, kind="done")
    elif step.became == "stopped":
        yield Bar(start=start, end=max(end, planned), kind="left")
    else:
        yield Bar(start=start, end=max(start, min(planned, end)), kind="planned")
        if max(start, planned) < end:  # what it has slipped by
            yield Bar(start=max(start, planned), end=end, kind="left")
    if step.is_late and end < today:
        yield Bar(start=end, end=today, kind="late")


def _marks(step: StepLine, end: date) -> Iterator[tuple[date, Sign]]:
    if step.became != "open":
        yield end, "done" if step.became == "done" else "stopped"
    elif step.is_milestone:
        yield end, "late" if step.is_late else "planned"
    elif step.is_late:
        yield end, "late"
    elif step.starts_on is None:  # no bar says when it is
        yield end, "planned"


def _days(step: StepLine) -> list[date]:
    days = (step.starts_on, step.planned_on, step.due_on, step.on)
    return sorted(day for day in days if day)


def _waits(after: tuple[int, ...]) -> str:
    if not after:
        return ""
    return f"Waits for {'step' if len(after) == 1 else 'steps'} {listed(after)}"
