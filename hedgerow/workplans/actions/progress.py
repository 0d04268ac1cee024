"""Taking up what was planned, and saying what became of it. A step that is taken up is a promise:
keeping it, moving its day and letting it go are done there, with `agreements`."""

from contextlib import suppress

from hedgerow.agreements.actions import promise
from hedgerow.agreements.actions.speakers import said, seat_in, write_down
from hedgerow.agreements.models import Promise
from hedgerow.core import clock
from hedgerow.core.actions import Refused, action, for_change, locked, nothing_to_do
from hedgerow.core.actors import Actor
from hedgerow.journeys.models import Stage
from hedgerow.look.words import day
from hedgerow.people.actions.clusters import going_on
from hedgerow.people.kinds import refuse_published
from hedgerow.people.models import Cluster
from hedgerow.workplans.models import Objective, Result, Step
from hedgerow.workplans.queries.progress import is_begun

from .plans import is_agreed, keep_wording

MOST_WORDS = 2000  # characters, on what shows how far an objective was met


@action
def take_up(*, by: Actor, step: Step) -> Promise:
    """Make a planned step the promise of its pair, for its day. Raises Refused where it has no
    pair that can hold it or no day to come, and where it is taken up already."""
    cluster = going_on(locked(step.workplan.cluster))
    refuse_published(by, cluster)
    seat_in(by, cluster)
    _refuse_too_early(cluster)
    step = locked(step)
    _refuse_over(step)
    if step.due_on is None:
        raise Refused(f"Step {step.number} has no day yet. Say by when it is due, then take it up.")
    if step.first is None:
        raise Refused(f"Step {step.number} is nobody’s yet. Name two people for it first.")
    made = promise(
        by=by,
        cluster=cluster,
        words=step.title,
        first=step.first,
        second=step.second,
        alone_because="" if step.second else step.alone_because,
        due_on=step.due_on,
    )
    step.promise = made
    step.version += 1
    step.save(update_fields=["promise", "version"])
    write_down(
        "workplans.step_taken_up",
        by=by,
        to=step,
        cluster=cluster.pk,
        step=step.number,
        promise=made.pk,
        first=step.first.pk,
        second=step.second.pk if step.second else None,
        due=step.due_on,
    )
    return made


def take_up_all(stage: Stage, by: Actor) -> None:
    """As the stage opens, inside the action that opens it. What cannot be taken up yet is left as
    it is planned: its pair or its day is asked for on the page of the progress."""
    if by.seat is None:  # nobody who could promise anything
        return
    cluster = locked(stage.journey.cluster)
    # All of them before the first is written down: whoever has one of them open and writes it down
    # meanwhile would wait for us, and we for them.
    planned = Step.objects.filter(
        workplan__cluster=cluster,
        promise=None,
        dropped_at=None,
        objective__dropped_at=None,
        first__isnull=False,
        due_on__gte=clock.today(),
    )
    rows = planned.order_by("pk").select_related("workplan__cluster")
    for step in list(for_change(rows)):
        with suppress(Refused):
            take_up(by=by, step=step)


@action
def judge(
    *, by: Actor, objective: Objective, result: str, words: str, version: int | None = None
) -> Objective:
    """Say whether an objective was met, and what shows it. Said anew, what stood there is kept."""
    cluster = going_on(locked(objective.workplan.cluster))
    refuse_published(by, cluster)
    seat = seat_in(by, cluster)
    _refuse_too_early(cluster)
    locked(
        objective.workplan
    )  # as the budget does, whose lines name it: or each waits for the other
    objective = locked(objective, version=version)
    if objective.dropped_at:
        raise Refused(
            f"This objective was dropped on {day(objective.dropped_at)}, with the reason, and that "
            "is what became of it."
        )
    words = said(words, most=MOST_WORDS)
    if not words:
        raise Refused("Say what shows it: a number, a document, who says so.")
    before = {"result": objective.result, "result_words": objective.result_words}
    now = {"result": Result(result).value, "result_words": words}
    if now == before:
        nothing_to_do()
        return objective
    if objective.result:
        keep_wording(before, seat, workplan=objective.workplan, objective=objective)
    objective.result, objective.result_words = now["result"], words
    objective.result_by, objective.result_at = seat, clock.now()
    objective.version += 1
    objective.save(update_fields=["result", "result_words", "result_by", "result_at", "version"])
    write_down(
        "workplans.objective_judged",
        by=by,
        to=objective,
        cluster=cluster.pk,
        objective=objective.number,
        result=objective.result,
    )
    return objective


def is_carried_out(cluster: Cluster) -> bool:
    """Whether the plan is agreed, or its carrying out was begun. Two queries at most."""
    return is_agreed(cluster.pk) or is_begun(cluster)


def _refuse_too_early(cluster: Cluster) -> None:
    if not is_carried_out(cluster):
        raise Refused(
            "The plan is not agreed yet, so nothing in it is taken up or judged. Hand it in first; "
            "what cannot wait can be promised in the cluster."
        )


def _refuse_over(step: Step) -> None:
    if step.promise_id:
        raise Refused(
            f"Step {step.number} is taken up already. What becomes of it is said with the promise."
        )
    dropped = step.dropped_at or step.objective.dropped_at
    if dropped:
        raise Refused(
            f"Step {step.number} was dropped on {day(dropped)}. Add it again if it is wanted."
        )
