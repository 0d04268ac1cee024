"""The steps to an objective: what, by when, which pair, and what each waits for."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db.models import Max

from hedgerow.agreements.actions.promises import check_holders
from hedgerow.agreements.actions.speakers import seat_in, write_down
from hedgerow.analysis.dependencies import ring
from hedgerow.core import clock
from hedgerow.core.actions import Refused, action, locked, nothing_to_do
from hedgerow.core.actors import Actor
from hedgerow.look.words import count, day, listed
from hedgerow.people.models import Seat
from hedgerow.workplans.models import Dependency, Objective, Step, StepKind

from .objectives import check_day, live_objective, one_line, why
from .plans import is_agreed, keep_wording, open_plan, raise_version, reword
from .progress import take_up

MOST_STEPS = 100  # live, in one plan
LONGEST_TITLE = 160  # characters
LONGEST_ALONE = 200


@action
def add_step(
    *,
    by: Actor,
    objective: Objective,
    kind: str,
    title: str,
    starts_on: date | None = None,
    due_on: date | None = None,
    is_quick_win: bool = False,
) -> Step:
    """An activity or a milestone. Who does it, and what it waits for, are said apart."""
    objective = live_objective(by, objective)
    plan = objective.workplan
    seat = seat_in(by, plan.cluster)
    live = Step.objects.filter(workplan=plan, dropped_at=None).count()
    if live >= MOST_STEPS:
        raise Refused(
            f"The plan has {count(live, 'step')}; {MOST_STEPS} are the most. Put some of them "
            "together first."
        )
    told = _told(kind, title, starts_on, due_on, is_quick_win)
    check_day(due_on)
    last = Step.objects.filter(workplan=plan).aggregate(last=Max("number"))["last"] or 0
    step = Step.objects.create(
        workplan=plan, objective=objective, number=last + 1, by=seat, at=clock.now(), **told
    )
    _record("workplans.step_added", by, step)
    return step


@action
def change_step(
    *,
    by: Actor,
    step: Step,
    kind: str,
    title: str,
    starts_on: date | None,
    due_on: date | None,
    is_quick_win: bool,
    version: int,
) -> Step:
    """Word it anew, or set other days. What each changed field said until now is kept beside it.
    Once a pair has taken it up, its last day is moved with their promise. In a plan that is
    agreed, a step that has its pair and its day becomes their promise at once."""
    step = live_step(by, step, version=version)
    told = _told(kind, title, starts_on, due_on, is_quick_win)
    if due_on != step.due_on:
        _refuse_promised(step, "Move the day there, with the reason.")
        check_day(due_on)
    changed = reword(
        step, told, seat_in(by, step.workplan.cluster), workplan=step.workplan, step=step
    )
    if not changed:
        nothing_to_do()
        return step
    _record("workplans.step_changed", by, step, n=len(changed))
    return _taken_up(by, step)


@action
def drop_step(*, by: Actor, step: Step, because: str, version: int) -> Step:
    """Take it out of the plan, with the reason. What waited for it waits for it no more."""
    step = live_step(by, step, version=version)
    _refuse_promised(step, "Let it go there, with the reason: then it is stopped.")
    seat = seat_in(by, step.workplan.cluster)
    step.dropped_because, step.dropped_by, step.dropped_at = why(because), seat, clock.now()
    raise_version(step, "dropped_because", "dropped_by", "dropped_at")
    _record("workplans.step_dropped", by, step)
    return step


@action
def name_pair(
    *,
    by: Actor,
    step: Step,
    first: Seat,
    second: Seat | None,
    alone_because: str,
    version: int,
) -> Step:
    """Two people of different members, or one who says why. In a plan that is agreed, the step
    becomes their promise at once if it has a day."""
    step = live_step(by, step, version=version)
    _refuse_promised(step, "Who holds it is changed there.")
    plan = step.workplan
    alone_because = one_line(alone_because, most=LONGEST_ALONE)
    check_holders(plan.cluster, first, second, alone_because)
    told = {"first": first, "second": second, "alone_because": alone_because}
    changed = reword(step, told, seat_in(by, plan.cluster), workplan=plan, step=step)
    if not changed:
        nothing_to_do()
        return step
    _record("workplans.pair_named", by, step, first=first.pk, second=second.pk if second else None)
    return _taken_up(by, step)


@action
def wait_for(*, by: Actor, step: Step, on: Sequence[Step], version: int) -> Step:
    """Say all the steps that it waits for. Raises Refused, naming them, where some would wait for
    each other in a ring. One that is due after this one begins is allowed."""
    step = live_step(by, step, version=version)
    plan = step.workplan
    wanted = {one.pk for one in on}
    standing = Step.objects.filter(workplan=plan, dropped_at=None, objective__dropped_at=None)
    live = dict(standing.values_list("pk", "number"))
    if not wanted <= live.keys():
        raise Refused("One of these steps is not in the plan any more. Look, and choose again.")
    rows = list(Dependency.objects.filter(step__in=live, on__in=live))
    before = {row.on_id for row in rows if row.step_id == step.pk}
    if wanted == before:
        nothing_to_do()
        return step
    edges = {(live[row.step_id], live[row.on_id]) for row in rows if row.step_id != step.pk}
    _refuse_ring(edges | {(step.number, live[key]) for key in wanted})
    keep_wording(
        {"after": sorted(live[key] for key in before)},
        seat_in(by, plan.cluster),
        workplan=plan,
        step=step,
    )
    Dependency.objects.filter(step=step, on__in=before - wanted).delete()
    Dependency.objects.bulk_create(
        Dependency(step=step, on_id=key) for key in sorted(wanted - before)
    )
    raise_version(step)
    _record("workplans.waits_said", by, step, after=sorted(live[key] for key in wanted))
    return step


def live_step(by: Actor, step: Step, *, version: int | None = None) -> Step:
    """The step, locked after its plan. Raises Refused if it was dropped, or its objective was, or
    the plan cannot be changed now."""
    plan = open_plan(by, step.workplan)
    step = locked(step, version=version)
    step.workplan = plan
    dropped = step.dropped_at or step.objective.dropped_at
    if dropped:
        raise Refused(
            f"Step {step.number} was dropped on {day(dropped)}, so nothing in it is changed any "
            "more. Add it again if it is wanted after all."
        )
    return step


def _told(
    kind: str, title: str, starts_on: date | None, due_on: date | None, is_quick_win: bool
) -> dict[str, Any]:
    kind = StepKind(kind)
    if kind == StepKind.MILESTONE and starts_on:
        raise Refused(
            "A milestone is reached on one day. Leave the first day empty, or make it an activity."
        )
    if starts_on and due_on and starts_on > due_on:
        raise Refused(
            f"It would begin on {day(starts_on)} and be done by {day(due_on)}, which comes before. "
            "Change one of the two days."
        )
    return {
        "kind": kind.value,
        "title": one_line(title, most=LONGEST_TITLE, missing="Say what is done."),
        "starts_on": starts_on,
        "due_on": due_on,
        "is_quick_win": is_quick_win,
    }


def _taken_up(by: Actor, step: Step) -> Step:
    is_whole = step.first_id and step.due_on and step.due_on >= clock.today()
    if step.promise_id is None and is_whole and is_agreed(step.workplan.cluster_id):
        take_up(by=by, step=step)
        step.refresh_from_db()
    return step


def _refuse_promised(step: Step, instead: str) -> None:
    if step.promise_id:
        raise Refused(
            f"Step {step.number} is taken up, and what becomes of it is said with the promise of "
            f"those who hold it. {instead}"
        )


def _refuse_ring(edges: set[tuple[int, int]]) -> None:
    """Edges are numbers of steps: one, and the one it waits for."""
    named = ring(edges)
    if named:
        waits = [
            f"step {one} waits for step {other}"
            for one, other in zip(named, [*named[1:], named[0]], strict=True)
        ]
        raise Refused(
            f"These steps would wait for each other in a ring: {listed(waits)}. None of them could "
            "ever begin. Take one of these away first."
        )


def _record(did: str, by: Actor, step: Step, **detail: object) -> None:
    plan = step.workplan
    write_down(did, by=by, to=step, cluster=plan.cluster_id, step=step.number, **detail)
