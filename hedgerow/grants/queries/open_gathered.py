"""What awards need besides to be written into a file: members by number, dates, the last change."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, datetime

from django.db.models import Max

from hedgerow.grants.giving.shapes import Organisation
from hedgerow.journeys.models import Journey
from hedgerow.journeys.queries.gathered import dates_of, stages_of
from hedgerow.ledger import models as ledger
from hedgerow.people import models as people
from hedgerow.people.models import Scheme

BY_CHOICE = (Scheme.CHC, Scheme.SC, Scheme.NIC, Scheme.COH, Scheme.LOCAL)
_CARRIED_OUT = "implementation"  # the kind of stage in which an award is spent
_CHARITY = {Scheme.CHC, Scheme.SC, Scheme.NIC}


def members_of(clusters: Iterable[int]) -> Mapping[int, dict[int, Organisation]]:
    """By cluster, then by organisation: who has not left. Two queries."""
    rows = people.Member.objects.filter(cluster__in=clusters, left_at=None).order_by("pk")
    known = people.Identifier.objects.filter(
        organisation__in=rows.order_by().values("organisation")
    )
    numbers: dict[int, list[tuple[str, str]]] = defaultdict(list)
    for organisation, scheme, number in known.order_by("number").values_list(
        "organisation", "scheme", "number"
    ):
        numbers[organisation].append((scheme, number))
    found: dict[int, dict[int, Organisation]] = defaultdict(dict)
    for cluster, organisation, name in rows.values_list(
        "cluster", "organisation", "organisation__name"
    ):
        found[cluster][organisation] = _party(name, numbers[organisation])
    return found


def _party(name: str, numbers: Iterable[tuple[str, str]]) -> Organisation:
    by_scheme: dict[str, str] = {}
    for scheme, number in numbers:
        by_scheme.setdefault(scheme, number)
    first = next((scheme for scheme in BY_CHOICE if scheme in by_scheme), None)
    charity = next((by_scheme[one] for one in BY_CHOICE if one in _CHARITY & by_scheme.keys()), "")
    return Organisation(
        id=f"{first}-{by_scheme[first]}" if first else "",
        name=name,
        charity_number=charity,
        company_number=by_scheme.get(Scheme.COH, ""),
    )


def spans_of(clusters: Iterable[int]) -> dict[int, tuple[date | None, date | None]]:
    """When the plan of each is carried out, as the timetable stands now. Four queries."""
    journeys = list(Journey.objects.filter(cluster__in=clusters))
    stages, dates = stages_of(journeys), dates_of(journeys)
    found: dict[int, tuple[date | None, date | None]] = {}
    for journey in journeys:
        its = stages[journey.pk]
        spans = dates[journey.pk].spans(journey.started_on, its)
        at = [stage.position for stage in its.newest if stage.kind == _CARRIED_OUT]
        if at:
            found[journey.cluster_id] = spans[at[0]]
    return found


def changed_in(awards: Iterable[int]) -> dict[int, datetime]:
    """When the newest entry of each was written; none for an award without entries. One query."""
    rows = ledger.Entry.objects.filter(award__in=awards).order_by().values_list("award")
    return dict(rows.annotate(Max("at")))
