"""The objectives and steps of a plan as lines that pages show."""

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from hedgerow.agreements.models import Promise
from hedgerow.analysis.dependencies import too_early
from hedgerow.analysis.workplan import Step as PlannedStep
from hedgerow.core import clock
from hedgerow.look.words import day, listed
from hedgerow.people.models import Seat
from hedgerow.people.readers import seats_named
from hedgerow.workplans.models import Objective, Result, Step, StepKind, Strand

from .plans import Rows, planned_steps, themes_in

# Come in behind: what is asked, and what to think of.
ASKED: Mapping[str, tuple[str, str]] = {
    "found": (
        "What did you find that exists?",
        (
            "Who does something like it already, near here or elsewhere. Name them. What funders "
            "publish about our members is on the cluster’s page, under “What there is already”."
        ),
    ),
    "stands_behind": (
        "What will you stand behind?",
        "What of it you will use, join or send people to, and not make again yourselves.",
    ),
    "differs": (
        "What is different in what you do?",
        "What nobody does yet, so that it is worth doing yourselves.",
    ),
}
_DOTS = {Result.MET: 2, Result.PARTLY: 1, Result.NOT_MET: 0}


@dataclass(frozen=True, kw_only=True)
class Half:
    """One of the two who do a step."""

    title: str
    organisation: str
    ended_on: date | None  # the day their seat ended; None while it lasts

    @property
    def half(self) -> tuple[str, str]:
        """As the tag `pair` wants it."""
        return self.title, self.organisation


@dataclass(frozen=True, kw_only=True)
class StepLine:
    key: int
    number: int
    title: str
    kind: str  # "Activity"
    is_milestone: bool
    is_quick_win: bool
    starts_on: date | None
    due_on: date | None
    planned_for: date | None  # another day that it was planned for; None where it is the same
    holders: tuple[Half, ...]
    alone_because: str
    after: tuple[int, ...]  # numbers of the steps that it waits for
    early: tuple[str, ...]  # where it begins before one of them is due, in sentences
    promise: int | None
    state: str  # what became of it; "" where it is not taken up
    dot: int
    is_over: bool  # done or stopped
    why: str  # why it moved or was stopped

    @property
    def after_words(self) -> str:
        """Under the heading “Waits for”."""
        if not self.after:
            return "Nothing"
        return f"{'Step' if len(self.after) == 1 else 'Steps'} {listed(self.after)}"

    @property
    def is_whole(self) -> bool:
        """It has its pair and its day."""
        return bool(self.holders and self.due_on)


@dataclass(frozen=True, kw_only=True)
class BehindLine:
    name: str  # of the field
    question: str
    words: str  # "" where it is not answered yet


@dataclass(frozen=True, kw_only=True)
class ObjectiveLine:
    key: int
    number: int
    title: str
    for_whom: str
    judged_how: str
    judged_on: date | None
    theme: str  # of the focus; "" where it comes from nothing there
    in_focus: bool  # whether that is in the focus that stands
    is_main: bool
    behind: tuple[BehindLine, ...]
    steps: tuple[StepLine, ...]
    result: str
    result_dot: int
    result_words: str

    @property
    def steps_name(self) -> str:
        """Of the table of its steps, for those who hear the page."""
        return f"Steps to objective {self.number}"

    @property
    def n_open(self) -> int:
        """Of the three questions, how many are not answered yet."""
        return sum(not line.words for line in self.behind)

    @property
    def is_told(self) -> bool:
        """It says for whom it is, and how and when it is judged."""
        return bool(self.for_whom and self.judged_how and self.judged_on)


def objective_lines(rows: Rows, seats: Mapping[int, Seat | None]) -> tuple[ObjectiveLine, ...]:
    focus = themes_in(rows.plan.cluster, rows.live_objectives)
    steps = step_lines(rows, seats)
    return tuple(
        objective_line(
            one, [steps[it.number] for it in rows.live_steps if it.objective_id == one.pk], focus
        )
        for one in rows.live_objectives
    )


def objective_line(
    one: Objective, steps: Sequence[StepLine], focus: Container[int]
) -> ObjectiveLine:
    """focus: as themes_in has it."""
    return ObjectiveLine(
        key=one.pk,
        number=one.number,
        title=one.title,
        for_whom=one.for_whom,
        judged_how=one.judged_how,
        judged_on=one.judged_on,
        theme=one.theme_title,
        in_focus=one.theme in focus,
        is_main=one.strand == Strand.MAIN,
        behind=tuple(
            BehindLine(name=name, question=question, words=getattr(one, name))
            for name, (question, _) in ASKED.items()
        ),
        steps=tuple(steps),
        result=Result(one.result).label if one.result else "",
        result_dot=_DOTS[Result(one.result)] if one.result else 0,
        result_words=one.result_words,
    )


def step_lines(rows: Rows, seats: Mapping[int, Seat | None]) -> dict[int, StepLine]:
    """Of the live ones, by number."""
    planned = planned_steps(rows)
    of = {step.number: step for step in planned}
    done = {step.number for step in rows.live_steps if step.promise and step.promise.kept_at}
    early: dict[int, list[str]] = {}
    for number, other in too_early(planned):
        if not {number, other} & done:
            early.setdefault(number, []).append(_too_early(of[number], of[other]))
    return {
        step.number: _step_line(step, of[step.number], early.get(step.number, ()), seats)
        for step in rows.live_steps
    }


def seats_in(rows: Rows) -> dict[int, Seat | None]:
    """Who does the steps, and who dropped what. One query."""
    keys = {key for step in rows.live_steps for key in _holders(step)}
    keys |= {one.dropped_by_id for one in (*rows.objectives, *rows.steps)}
    return seats_named(key for key in keys if key)


def _holders(step: Step) -> tuple[int, ...]:
    by = step.promise or step
    return tuple(key for key in (by.first_id, by.second_id) if key)


def _step_line(
    step: Step, planned: PlannedStep, early: Iterable[str], seats: Mapping[int, Seat | None]
) -> StepLine:
    state, dot, reason = _became(step.promise)
    held = [seat for key in _holders(step) if (seat := seats.get(key))]
    return StepLine(
        key=step.pk,
        number=step.number,
        title=step.title,
        kind=StepKind(step.kind).label,
        is_milestone=step.kind == StepKind.MILESTONE,
        is_quick_win=step.is_quick_win,
        starts_on=step.starts_on,
        due_on=planned.due_on,
        planned_for=step.due_on if step.due_on != planned.due_on else None,
        holders=tuple(_half(seat) for seat in held),
        alone_because=planned.alone_because,
        after=planned.after,
        early=tuple(early),
        promise=step.promise_id,
        state=state,
        dot=dot,
        is_over=bool(step.promise and (step.promise.kept_at or step.promise.let_go_at)),
        why=reason,
    )


def _became(promise: Promise | None) -> tuple[str, int, str]:
    """What became of it, as the tag `state` wants it, and why it moved or was stopped."""
    if promise is None:
        return "", 0, ""
    if promise.kept_at:
        return f"Done on {day(promise.kept_at)}", 2, ""
    if promise.let_go_at:
        return f"Stopped on {day(promise.let_go_at)}", 3, promise.reason
    if promise.due_on < clock.today():
        return "Overdue", 3, promise.reason
    if promise.due_on > promise.first_due_on:
        return "Slipping", 1, promise.reason
    return "Under way", 1, promise.reason


def _half(seat: Seat) -> Half:
    has_ended = seat.ended_at is not None and seat.ended_at <= clock.now()
    return Half(
        title=seat.user.title or seat.get_role_display(),
        organisation=str(seat.organisation or ""),
        ended_on=clock.day_of(seat.ended_at) if seat.ended_at and has_ended else None,
    )


def _too_early(step: PlannedStep, other: PlannedStep) -> str:
    begins = step.starts_on or step.due_on
    assert begins and other.due_on
    verb = "Begins" if step.starts_on else "Is due"
    return f"{verb} on {day(begins)}, before step {other.number} is due on {day(other.due_on)}."
