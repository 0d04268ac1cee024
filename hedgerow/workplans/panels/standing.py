"""How a cluster's plan stands, on its page, and by which days."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Count, F, Q
from django.urls import reverse

from hedgerow.agreements.queries.places import sees
from hedgerow.core import clock
from hedgerow.core.rooms import DatedLine, Panel
from hedgerow.journeys import plan_words
from hedgerow.journeys.models import Submission, SubmissionKind
from hedgerow.journeys.queries.gathered import has_come_to
from hedgerow.journeys.queries.submissions import submissions_in
from hedgerow.ledger.models import Award
from hedgerow.ledger.queries.awards import award_of, money_in
from hedgerow.look.words import count, day, first_up, number, out_of
from hedgerow.people.models import Cluster
from hedgerow.people.readers import Reader
from hedgerow.units import pounds
from hedgerow.workplans import rules
from hedgerow.workplans.models import Workplan
from hedgerow.workplans.queries.parts import CARRYING, PLANNING
from hedgerow.workplans.queries.waiting_days import dated_in

_LIVE = Q(steps__isnull=False, steps__dropped_at=None, steps__objective__dropped_at=None)
_OPEN = Q(steps__promise__kept_at=None, steps__promise__let_go_at=None)


def panels(reader: Reader, cluster: Cluster) -> Iterator[Panel]:
    """No query before the journey comes to a plan, else four at most."""
    if not sees(reader, rules.SEE_PLACE, cluster) or not has_come_to(
        reader, cluster, (PLANNING, CARRYING)
    ):
        return
    plan = _counted(cluster)
    if plan is None:
        return
    handed_in = submissions_in([cluster.pk], SubmissionKind.PLAN)[cluster.pk]
    last = handed_in[-1] if handed_in else None
    is_agreed = last is not None and last.is_agreed
    award = award_of(cluster) if is_agreed else None
    yield Panel(
        heading="Our plan",
        template="workplans/_plan_panel.html",
        context={
            "cluster": cluster,
            "sentences": [
                _size(plan),
                _stands(last),
                *([_steps(plan)] if is_agreed and plan.n_steps else []),
                *([_money(award)] if award else []),
            ],
            "is_agreed": is_agreed,
            "award": award.pk if award else None,
        },
        order=25,
    )


def dates(reader: Reader, cluster: Cluster) -> Iterator[DatedLine]:
    """Steps that are due, and objectives that are judged. No query of its own for another cluster
    of the reader's."""
    for one in dated_in(reader).get(cluster.pk, ()):
        judged = one.way == "workplans:objective"
        yield DatedLine(
            on=one.on,
            sentence=f"We look whether “{one.title}” is true" if judged else one.title,
            url=reverse(one.way, args=[one.key]),
        )


def _counted(cluster: Cluster) -> Any:
    """The plan, with how many there are of what; None where none is begun."""
    due = Q(steps__promise__due_on__lt=clock.today())
    return (
        Workplan.objects.filter(cluster=cluster)
        .annotate(
            n_objectives=Count("objectives", filter=Q(objectives__dropped_at=None), distinct=True),
            n_steps=Count("steps", filter=_LIVE, distinct=True),
            n_done=Count(
                "steps", filter=_LIVE & Q(steps__promise__kept_at__isnull=False), distinct=True
            ),
            n_stopped=Count(
                "steps", filter=_LIVE & Q(steps__promise__let_go_at__isnull=False), distinct=True
            ),
            n_late=Count("steps", filter=_LIVE & _OPEN & due, distinct=True),
            n_slipping=Count(
                "steps",
                filter=_LIVE
                & _OPEN
                & ~due
                & Q(steps__promise__due_on__gt=F("steps__promise__first_due_on")),
                distinct=True,
            ),
        )
        .first()
    )


def _size(plan: Any) -> str:
    objectives = first_up(count(plan.n_objectives, "objective"))
    return f"{objectives} and {count(plan.n_steps, 'step')} stand in our plan."


def _stands(last: Submission | None) -> str:
    if last is None:
        return "It is being written; it is not handed in yet."
    if last.waits:
        return f"It was handed in on {day(last.submitted_at)}, and waits for an answer."
    assert last.answered_at
    return f"{plan_words.done(last)} on {day(last.answered_at)}."


def _steps(plan: Any) -> str:
    said = [f"{first_up(out_of(plan.n_done, plan.n_steps))} steps done"]
    said += [
        f"{number(n)} {word}"
        for n, word in (
            (plan.n_stopped, "stopped"),
            (plan.n_late, "overdue"),
            (plan.n_slipping, "slipping"),
        )
        if n
    ]
    return f"{', '.join(said)}."


def _money(award: Award) -> str:
    money = money_in([award.pk])[award.pk]
    return (
        f"Of {pounds(money.award)}, {pounds(money.spent)} is spent and {pounds(money.open)} more is "
        "committed."
    )
