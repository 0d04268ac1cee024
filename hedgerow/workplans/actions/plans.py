"""Beginning a workplan, and what it says as a whole."""

from typing import Any

from django.db import models

from hedgerow.agreements.actions.speakers import said, seat_in, write_down
from hedgerow.core import clock
from hedgerow.core.actions import Refused, action, locked, nothing_to_do
from hedgerow.core.actors import Actor
from hedgerow.journeys.models import Answered, Submission, SubmissionKind
from hedgerow.look.words import day
from hedgerow.people.actions.clusters import going_on
from hedgerow.people.kinds import refuse_published
from hedgerow.people.models import Cluster, Seat
from hedgerow.people.readers import seat_words
from hedgerow.workplans.models import Objective, Step, StepKind, Wording, Workplan
from hedgerow.workplans.queries.plans import focus_of

MOST_SUMMARY = 1500  # characters
MOST_MEETINGS = 600


@action
def begin_plan(*, by: Actor, cluster: Cluster) -> Workplan:
    """The cluster's one plan. With a focus, an objective for each thing in it, whose title is to
    be reworded, and for each quick win a step that is marked so; without one, empty. A plan that
    is there already is given back as it is."""
    cluster = going_on(locked(cluster))
    refuse_published(by, cluster)
    seat = seat_in(by, cluster)
    plan = Workplan.objects.filter(cluster=cluster).first()
    if plan is not None:
        nothing_to_do()
        return plan
    plan = Workplan.objects.create(cluster=cluster, begun_by=seat, begun_at=clock.now())
    focus = focus_of(cluster)
    themes = focus.themes if focus else ()
    for number, theme in enumerate(themes, 1):
        objective = Objective.objects.create(
            workplan=plan,
            number=number,
            title=theme.title,
            theme=theme.idea,
            theme_title=theme.title,
            by=seat,
            at=plan.begun_at,
        )
        if theme.is_quick_win:
            Step.objects.create(
                workplan=plan,
                objective=objective,
                number=Step.objects.filter(workplan=plan).count() + 1,
                kind=StepKind.ACTIVITY,
                title=theme.title,
                is_quick_win=True,
                by=seat,
                at=plan.begun_at,
            )
    write_down("workplans.plan_begun", by=by, to=plan, cluster=cluster.pk, n=len(themes))
    return plan


@action
def write_plan(
    *, by: Actor, workplan: Workplan, summary: str, meetings: str, version: int
) -> Workplan:
    """Its summary, and how often the Core Group meets. What was said until now is kept."""
    plan = open_plan(by, workplan, version=version)
    told = {
        "summary": said(summary, most=MOST_SUMMARY),
        "meetings": said(meetings, most=MOST_MEETINGS),
    }
    changed = reword(plan, told, seat_in(by, plan.cluster), workplan=plan)
    if not changed:
        nothing_to_do()
        return plan
    write_down("workplans.plan_written", by=by, to=plan, cluster=plan.cluster_id, n=len(changed))
    return plan


def open_plan(by: Actor, workplan: Workplan, *, version: int | None = None) -> Workplan:
    """The plan, locked after its cluster, while it can be changed: before it is handed in, after
    it was sent back or taken back, and after it is agreed. Raises Refused while it waits for its
    answer, and where nothing changes any more."""
    cluster = going_on(locked(workplan.cluster))
    refuse_published(by, cluster)
    plan = locked(workplan, version=version)
    plan.cluster = cluster
    waits = waiting(plan.cluster_id)
    if waits:
        raise Refused(
            f"The plan was handed in on {day(waits.submitted_at)}, and waits for its answer. "
            f"{_who_takes_back(waits)} can take it back; then it can be changed."
        )
    return plan


def waiting(cluster: int) -> Submission | None:
    """The plan that was handed in and has no answer yet. One query."""
    return (
        Submission.objects.filter(journey__cluster=cluster, kind=SubmissionKind.PLAN, answer="")
        .defer("whole")
        .select_related("submitted_by__user", "submitted_by__organisation")
        .first()
    )


def is_agreed(cluster: int) -> bool:
    """Whether the programme has agreed the plan. One query."""
    return Submission.objects.filter(
        journey__cluster=cluster,
        kind=SubmissionKind.PLAN,
        answer__in=(Answered.AGREED, Answered.CONDITIONS),
    ).exists()


def reword(
    row: models.Model, told: dict[str, Any], seat: Seat, *, workplan: Workplan, **of: object
) -> list[str]:
    """Let the row say this, and keep what each changed field said until now. The fields that
    changed; of a row that has a version, the next one."""
    changed = [name for name in told if told[name] != getattr(row, name)]
    if changed:
        keep_wording({name: getattr(row, name) for name in changed}, seat, workplan=workplan, **of)
        for name in changed:
            setattr(row, name, told[name])
        raise_version(row, *changed)
    return changed


def keep_wording(before: dict[str, Any], seat: Seat, **of: object) -> Wording:
    """Days as 2026-05-31, and people as the keys of their seats."""
    plain = {
        name: value.isoformat()
        if hasattr(value, "isoformat")
        else value.pk
        if isinstance(value, Seat)
        else value
        for name, value in before.items()
    }
    return Wording.objects.create(said=plain, by=seat, at=clock.now(), **of)


def raise_version(row: Any, *fields: str) -> None:
    row.version += 1
    row.save(update_fields=[*fields, "version"])


def _who_takes_back(submission: Submission) -> str:
    return f"{seat_words(submission.submitted_by)}, who handed it in, or another who leads"
