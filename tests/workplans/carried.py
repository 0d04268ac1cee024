"""A plan that was agreed, and is carried out: what the tests of its progress begin with."""

from django.db import transaction

from hedgerow.agreements import actions as agreements
from hedgerow.core import clock
from hedgerow.journeys.actions import submissions
from hedgerow.journeys.models import Answered, Submission, SubmissionKind
from hedgerow.people.models import Seat
from hedgerow.workplans.actions.gains import log_gain
from hedgerow.workplans.actions.progress import take_up_all
from hedgerow.workplans.models import GainKind, UnplannedGain
from hedgerow.workplans.queries.plans import plan_now
from hedgerow.workplans.queries.progress import Progress, progress_in
from hedgerow.workplans.queries.progress_steps import StepLine
from tests.factories import Team, actor

from .planned import Planned, planned


def agreed(p: Planned) -> Submission:
    """Handed in and agreed, without a budget and without an award."""
    handed_in = submissions.submit(
        by=p.core,
        journey=p.journey,
        kind=SubmissionKind.PLAN,
        result=plan_now(p.fresh()),
        words="",
    )
    return submissions.answer(
        by=actor(p.manager),
        submission=handed_in,
        answer=Answered.AGREED,
        words="",
        version=handed_in.version,
    )


def under_way(*, own: Team | None = None) -> Planned:
    """Agreed, with each of its three steps taken up."""
    p = planned(own=own)
    agreed(p)
    opened(p)
    return p


def opened(p: Planned) -> None:
    """The stage in which the plan is carried out, as it opens."""
    stage, now = p.stage, clock.now()
    stage.closed_at, stage.closed_by = now, p.team.core
    stage.save()
    carrying_out = p.carrying_out
    carrying_out.opened_at = now
    carrying_out.save()
    with transaction.atomic():  # as in the act that opens a stage
        take_up_all(carrying_out, p.core)


def progress_of(p: Planned) -> Progress:
    return progress_in([p.plan.pk])[p.plan.pk]


def line_of(p: Planned, number: int) -> StepLine:
    every = [step for one in progress_of(p).objectives for step in one.steps]
    return next(step for step in every if step.number == number)


def keeps(p: Planned, number: int) -> None:
    agreements.keep(by=p.facilitator, promise=p.step(number).promise)


def moves(p: Planned, number: int, due_on, reason: str = "The hall was shut.") -> None:
    agreements.move_promise(
        by=p.facilitator, promise=p.step(number).promise, due_on=due_on, reason=reason
    )


def lets_go(p: Planned, number: int, reason: str = "Nobody has the time.") -> None:
    agreements.let_go(by=p.facilitator, promise=p.step(number).promise, reason=reason)


def gained(
    p: Planned, words: str = "A caretaker.", seat: Seat | None = None, **said
) -> UnplannedGain:
    row = {
        "kind": GainKind.SUPPORT,
        "on": clock.today(),
        "members": [p.team.organisations[0]],
        **said,
    }
    return log_gain(by=actor(seat or p.team.core), cluster=p.cluster, words=words, **row)
