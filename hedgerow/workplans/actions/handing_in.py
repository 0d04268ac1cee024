"""Handing the plan and its budget in to the programme, as they were read."""

from hedgerow.agreements.actions.speakers import said, write_down
from hedgerow.core import clock
from hedgerow.core.actions import Refused, Stale, action, locked
from hedgerow.core.actors import Actor
from hedgerow.journeys.actions.dates import meet_milestone
from hedgerow.journeys.actions.stages import locked_journey
from hedgerow.journeys.actions.submissions import submit
from hedgerow.journeys.models import Journey, Submission, SubmissionKind
from hedgerow.journeys.queries.submissions import digest_of
from hedgerow.people.actions.clusters import going_on
from hedgerow.people.kinds import refuse_published
from hedgerow.people.models import Cluster
from hedgerow.workplans.queries.parts_facts import Facts
from hedgerow.workplans.queries.parts_gaps import gaps_of, stops_in
from hedgerow.workplans.queries.plans import plan_of

from .budgets import freeze_for

MOST_WORDS = 1000  # characters
DATE = "plan-submitted"  # slug of the date in a journey that handing in meets, where it has one


@action
def hand_in(*, by: Actor, cluster: Cluster, words: str, digest: str) -> Submission:
    """Hand in the plan as it stands, with its budget, which is frozen with it.

    `digest` of the plan that was read: Stale if it has changed. Refused, with all that is missing,
    where something keeps it from being handed in.
    """
    journey = _journey(cluster)
    cluster = going_on(locked(cluster))
    refuse_published(by, cluster)
    journey.cluster = cluster
    workplan = plan_of(cluster)
    if workplan is None:
        raise Refused("There is no plan to hand in yet. Begin it first.")
    locked(workplan)
    facts = Facts(journey)
    assert facts.plan
    if facts.last is None or not (facts.last.waits or facts.last.is_agreed):
        _check(facts, digest)
    words = said(words, most=MOST_WORDS)
    submission = submit(
        by=by, journey=journey, kind=SubmissionKind.PLAN, result=facts.plan, words=words
    )
    freeze_for(by=by, workplan=workplan, submission=submission)
    _meet_date(by, journey)
    write_down(
        "workplans.plan_handed_in",
        by=by,
        to=workplan,
        cluster=cluster.pk,
        submission=submission.pk,
        n_open=len(gaps_of(facts)),
    )
    return submission


def _journey(cluster: Cluster) -> Journey:
    """Locked before the cluster, as closing a stage does."""
    journey = Journey.objects.filter(cluster=cluster).first()
    if journey is None:
        raise Refused(
            "The journey of this cluster has not begun, so there is nobody yet who answers a plan. "
            "The programme’s manager begins it."
        )
    return locked_journey(journey)


def _check(facts: Facts, digest: str) -> None:
    assert facts.plan
    if digest_of(facts.plan) != digest:
        raise Stale(
            "The plan was changed while you were reading it. It is shown now as it stands; look "
            "again, and hand it in if it is right."
        )
    stops = stops_in(facts)
    if stops:
        raise Refused(f"It cannot be handed in yet. {' '.join(gap.sentence for gap in stops)}")


def _meet_date(by: Actor, journey: Journey) -> None:
    """The date for it, where the journey has one that no closing of a stage meets."""
    milestone = journey.milestones.filter(slug=DATE, ends_stage=None, done_on=None).first()
    if milestone and clock.today() >= journey.started_on:
        meet_milestone(by=by, milestone=milestone, done_on=clock.today())
