"""What an answer to a plan begins from: what the plan asks for, and what the terms say."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from hedgerow.analysis.postings import TRANCHES, Tranche
from hedgerow.analysis.workplan import LineKind, Workplan
from hedgerow.core import clock
from hedgerow.grants.models import Assessment, Opportunity
from hedgerow.journeys.models import Submission
from hedgerow.ledger.models import Terms
from hedgerow.ledger.queries.terms import terms_now
from hedgerow.people.models import Cluster, Organisation, Programme

TRANCHE_OF: Mapping[LineKind, Tranche] = {
    "shared": "main",
    "levelling_up": "levelling_up",
    "quick_win": "quick_wins",
}


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What a plan that waits asks for, and the terms that hold now."""

    amounts: Mapping[Tranche, int]  # pence, of each tranche
    terms: Terms | None

    @property
    def whole(self) -> int:
        return sum(self.amounts.values())

    @property
    def conditions(self) -> list[str]:
        """Of every award, from the terms."""
        return self.terms.conditions.splitlines() if self.terms else []


def asked_in(plan: Workplan, programme: Programme) -> Asked:
    return Asked(amounts=amounts_in(plan), terms=terms_now(programme))


def amounts_in(plan: Workplan) -> dict[Tranche, int]:
    """By what the lines are for; hours in kind are no money."""
    amounts = dict.fromkeys(TRANCHES, 0)
    for line in plan.lines:
        if line.is_money:
            amounts[TRANCHE_OF[line.kind]] += line.pence
    return amounts


def can_hold(cluster: Cluster) -> QuerySet[Organisation]:
    """Its full members."""
    return Organisation.objects.filter(
        memberships__cluster=cluster,
        memberships__left_at=None,
        memberships__is_second_tier=False,
    ).order_by("name")


def open_offers(programme: Programme) -> QuerySet[Opportunity]:
    """Those that a cluster can still take up, the soonest to close first."""
    still = Q(closes_on=None) | Q(closes_on__gte=clock.today())
    return programme.opportunities.filter(still, ended_at=None).order_by("closes_on", "pk")


def assessment_of(submission: Submission) -> Assessment | None:
    return (
        Assessment.objects.filter(submission=submission)
        .select_related("submission__journey__cluster", "terms")
        .first()
    )
