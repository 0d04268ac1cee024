"""Plans of a programme that are on their way to an award."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from hedgerow.grants.models import Assignment, Conflict
from hedgerow.journeys import plan_words
from hedgerow.journeys.models import Submission, SubmissionKind
from hedgerow.journeys.queries.submissions import submissions_in
from hedgerow.look.words import day, first_up, out_of
from hedgerow.people.models import Cluster, Programme


@dataclass(frozen=True, kw_only=True)
class PlanLine:
    """Of a cluster that has no award yet."""

    cluster_key: int
    cluster: str
    sign: int  # as look's `state`
    words: str
    key: int | None  # of the newest plan that was handed in
    waits: bool
    scores: str  # how far the assessors are


def plan_lines(programme: Programme) -> tuple[PlanLine, ...]:
    """Those that wait for an answer first, then by name. Three queries, however many there are."""
    clusters = list(
        Cluster.objects.filter(programme=programme, award=None, ended_at=None)
        .only("name")
        .order_by("name", "pk")
    )
    plans = submissions_in([one.pk for one in clusters], SubmissionKind.PLAN)
    newest = {one.pk: plans[one.pk][-1] for one in clusters if plans[one.pk]}
    scores = _scores(plan.pk for plan in newest.values() if plan.waits)
    lines = [_plan_line(one, newest.get(one.pk), scores) for one in clusters]
    return tuple(sorted(lines, key=lambda line: (not line.waits, line.key is None)))


def _plan_line(cluster: Cluster, plan: Submission | None, scores: Mapping[int, str]) -> PlanLine:
    if plan is None:
        words, sign = "Nothing handed in yet", 0
    else:
        on = day(plan.submitted_at if plan.waits else plan.answered_at)
        what = f"Version {plan.number} handed in" if plan.waits else plan_words.done(plan)
        words, sign = f"{what} on {on}", plan_words.dot(plan)
    return PlanLine(
        cluster_key=cluster.pk,
        cluster=cluster.name,
        sign=sign,
        words=words,
        key=plan.pk if plan else None,
        waits=bool(plan and plan.waits),
        scores=scores.get(plan.pk, "Nobody scores it yet") if plan and plan.waits else "",
    )


def _scores(plans: Iterable[int]) -> Mapping[int, str]:
    """By the key of the plan: "Two of three in". One query, or none."""
    keys = list(plans)
    found: dict[int, list[bool]] = defaultdict(list)
    rows = Assignment.objects.filter(assessment__submission__in=keys, taken_off_at=None)
    rows = rows.exclude(conflict=Conflict.HAS).order_by()
    for plan, sent in rows.values_list("assessment__submission", "sent_at") if keys else ():
        found[plan].append(sent is not None)
    return {plan: f"{first_up(out_of(sum(sent), len(sent)))} in" for plan, sent in found.items()}
