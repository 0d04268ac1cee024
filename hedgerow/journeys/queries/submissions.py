"""What was handed in to the programme: which there are, how they stand, and what they say."""

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable

from django.db.models import QuerySet

from hedgerow.analysis.returns import ClusterReturn
from hedgerow.analysis.workplan import Workplan
from hedgerow.core import clock
from hedgerow.core.prepared import prepared
from hedgerow.core.readings import asked_once
from hedgerow.journeys.models import Submission
from hedgerow.journeys.results import Kept, Result, Wanted, kept, read_back

from .plan_views import PlanView, plan_view
from .return_views import ReturnView, return_view

__all__ = [
    "PlanView",
    "ReturnView",
    "both_kinds_in",
    "digest_of",
    "handed_in_view",
    "plan_in",
    "plan_view",
    "return_in",
    "return_view",
    "submissions_in",
]


def digest_of(result: Result) -> str:
    """SHA-256 of what would be kept: of two that read the same, the same."""
    words = json.dumps(kept(result).whole, sort_keys=True)
    return hashlib.sha256(words.encode()).hexdigest()


def submissions_in(clusters: Iterable[int], kind: str) -> dict[int, list[Submission]]:
    """By the key of the cluster, oldest first, each with its journey. One query for any number of
    clusters and both kinds; what was handed in (`whole`) is left where it is."""
    return {
        key: [one for one in found if one.kind == kind]
        for key, found in both_kinds_in(clusters).items()
    }


@asked_once
def both_kinds_in(clusters: Iterable[int]) -> dict[int, list[Submission]]:
    """The same for plans and returns together, plans first."""
    keys = list(clusters)
    found: dict[int, list[Submission]] = defaultdict(list)
    for row in _rows(keys) if keys else ():
        found[row.journey.cluster_id].append(row)
    return {key: found[key] for key in keys}


@prepared
def _rows(clusters: Iterable[int]) -> QuerySet[Submission]:
    rows = Submission.objects.filter(journey__cluster__in=clusters).select_related("journey")
    return rows.defer("whole").order_by("kind", "number")


def plan_in(submission: Submission) -> Workplan:
    """The plan as it was handed in. Raises LookupError where a newer Hedgerow kept it."""
    return _read(Workplan, submission)


def handed_in_view(submission: Submission) -> PlanView:
    """The plan as it stood on the day it was handed in. One query, for the names."""
    on = clock.day_of(submission.submitted_at)
    return plan_view(plan_in(submission), submission.journey.cluster, on=on)


def return_in(submission: Submission) -> ClusterReturn:
    return _read(ClusterReturn, submission)


def _read(wanted: type[Wanted], submission: Submission) -> Wanted:
    row = Kept(kind=wanted.SLUG, version=submission.shape, whole=submission.whole, parts={})
    return read_back(wanted, row, members=())
