"""What will be true, for whom, how and when it is judged; and what the cluster comes in behind."""

from datetime import date, timedelta
from typing import Any

from django.db.models import Max

from hedgerow.agreements.actions.speakers import said, seat_in, write_down
from hedgerow.core import clock
from hedgerow.core.actions import Refused, action, locked, nothing_to_do
from hedgerow.core.actors import Actor
from hedgerow.look.words import count, day, listed
from hedgerow.people.kinds import refuse_unseen
from hedgerow.workplans.models import BudgetLine, Objective, Step, Strand, Workplan

from .plans import open_plan, reword

MOST_OBJECTIVES = 12  # live, in one plan
LONGEST_TITLE = LONGEST_FOR_WHOM = 200  # characters
MOST_JUDGED = MOST_BEHIND = MOST_BECAUSE = 1000
FURTHEST = timedelta(days=5 * 366)  # a day further off than this is a slip of the pen


@action
def add_objective(
    *,
    by: Actor,
    workplan: Workplan,
    title: str,
    for_whom: str = "",
    judged_how: str = "",
    judged_on: date | None = None,
    strand: str = Strand.MAIN,
) -> Objective:
    """A title is enough; the rest can wait until the plan is handed in."""
    plan = open_plan(by, workplan)
    seat = seat_in(by, plan.cluster)
    live = Objective.objects.filter(workplan=plan, dropped_at=None).count()
    if live >= MOST_OBJECTIVES:
        raise Refused(
            f"The plan has {count(live, 'objective')}; {MOST_OBJECTIVES} are the most. Put two of "
            "them together first, or drop one."
        )
    told = _told(title, for_whom, judged_how, judged_on, strand)
    check_day(judged_on)
    last = Objective.objects.filter(workplan=plan).aggregate(last=Max("number"))["last"] or 0
    objective = Objective.objects.create(
        workplan=plan, number=last + 1, by=seat, at=clock.now(), **told
    )
    _record("workplans.objective_added", by, objective)
    return objective


@action
def change_objective(
    *,
    by: Actor,
    objective: Objective,
    title: str,
    for_whom: str,
    judged_how: str,
    judged_on: date | None,
    strand: str,
    version: int,
) -> Objective:
    """Word it anew. What each changed field said until now is kept beside it."""
    objective = live_objective(by, objective, version=version)
    told = _told(title, for_whom, judged_how, judged_on, strand)
    if judged_on != objective.judged_on:
        check_day(judged_on)
    return _change(by, objective, told, "workplans.objective_changed")


@action
def come_in_behind(
    *,
    by: Actor,
    objective: Objective,
    found: str,
    stands_behind: str,
    differs: str,
    version: int,
) -> Objective:
    """Answer the three questions, or some of them: what there is, what of it the cluster will
    stand behind, and what is different."""
    objective = live_objective(by, objective, version=version)
    told = {
        "found": said(found, most=MOST_BEHIND),
        "stands_behind": said(stands_behind, most=MOST_BEHIND),
        "differs": said(differs, most=MOST_BEHIND),
    }
    return _change(by, objective, told, "workplans.came_in_behind")


@action
def drop_objective(*, by: Actor, objective: Objective, because: str, version: int) -> Objective:
    """Take it out of the plan, with the reason, and its steps with it. All of it stays to be
    read. Raises Refused while one of its steps is taken up, or the budget that is being written
    has lines for it."""
    objective = live_objective(by, objective, version=version)
    seat = seat_in(by, objective.workplan.cluster)
    because = why(because)
    steps = list(objective.steps.filter(dropped_at=None).select_related("promise"))
    _refuse_taken_up(steps)
    _refuse_budgeted(objective)
    now, planned = clock.now(), [step for step in steps if step.promise is None]
    for row in (objective, *planned):
        row.dropped_because, row.dropped_by, row.dropped_at = because, seat, now
        row.version += 1
        row.save(update_fields=["dropped_because", "dropped_by", "dropped_at", "version"])
    _record("workplans.objective_dropped", by, objective, n=len(planned))
    return objective


def live_objective(by: Actor, objective: Objective, *, version: int | None = None) -> Objective:
    """The objective, locked after its plan. Raises Refused if it was dropped, or the plan cannot
    be changed now."""
    plan = open_plan(by, objective.workplan)
    objective = locked(objective, version=version)
    objective.workplan = plan
    if objective.dropped_at:
        raise Refused(
            f"Objective {objective.number} was dropped on {day(objective.dropped_at)}, so nothing "
            "in it is changed any more. Add it again if it is wanted after all."
        )
    return objective


def check_day(on: date | None) -> None:
    """Of a day that is set now. Raises Refused if it has passed, or is very far off."""
    today = clock.today()
    if on and on < today:
        raise Refused(f"{day(on)} has passed. Choose today or a later day.")
    if on and on > today + FURTHEST:
        raise Refused(f"{day(on)} is more than five years ahead. Check the year.")


def one_line(text: str, *, most: int, missing: str = "") -> str:
    """What somebody wrote on one line. Raises Refused if it is too long, or empty where `missing`
    says what to write."""
    text = text.strip()
    refuse_unseen(text)
    if missing and not text:
        raise Refused(missing)
    return said(text, most=most)


def why(because: str) -> str:
    because = said(because, most=MOST_BECAUSE)
    if not because:
        raise Refused("Say why it is dropped. It stays to be read, with this reason.")
    return because


def _told(
    title: str, for_whom: str, judged_how: str, judged_on: date | None, strand: str
) -> dict[str, Any]:
    return {
        "title": one_line(title, most=LONGEST_TITLE, missing="Say what will be true."),
        "for_whom": one_line(for_whom, most=LONGEST_FOR_WHOM),
        "judged_how": said(judged_how, most=MOST_JUDGED),
        "judged_on": judged_on,
        "strand": Strand(strand).value,
    }


def _change(by: Actor, objective: Objective, told: dict[str, Any], did: str) -> Objective:
    plan = objective.workplan
    changed = reword(objective, told, seat_in(by, plan.cluster), workplan=plan, objective=objective)
    if changed:
        _record(did, by, objective, n=len(changed))
    else:
        nothing_to_do()
    return objective


def _refuse_taken_up(steps: list[Step]) -> None:
    held = [step.number for step in steps if step.promise and step.promise.is_open]
    if held:
        one = len(held) == 1
        raise Refused(
            f"{'Step' if one else 'Steps'} {listed(held)} of it {'is' if one else 'are'} taken up. "
            f"Say first what became of {'it' if one else 'them'}: done, or let go, and why."
        )


def _refuse_budgeted(objective: Objective) -> None:
    lines = BudgetLine.objects.filter(
        objective=objective, budget__frozen_at=None, budget__given_up_at=None
    ).count()
    if lines:
        raise Refused(
            f"The budget has {count(lines, 'line')} for this objective. Take "
            f"{'it' if lines == 1 else 'them'} out, or put {'it' if lines == 1 else 'them'} under "
            "another, and drop it then."
        )


def _record(did: str, by: Actor, objective: Objective, **detail: object) -> None:
    plan = objective.workplan
    write_down(
        did, by=by, to=objective, cluster=plan.cluster_id, objective=objective.number, **detail
    )
