"""Who has a voice in a decision, what was said, and what it comes to."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import cast

from django.db.models import Q, QuerySet

from hedgerow.agreements.models import Decision, Voice
from hedgerow.agreements.ways import way_of
from hedgerow.analysis.voices import Said, Stance, Tally, tally
from hedgerow.core import clock
from hedgerow.people.models import Cluster, Member, Organisation


def has_ended(decision: Decision) -> bool:
    """Whether its time is over: closed, or waiting for the clock to close it."""
    return decision.closed_at is not None or clock.now() >= decision.closes_at


def entitled(cluster: Cluster, at: datetime) -> list[int]:
    """Keys of the organisations that had a voice in a cluster at an instant. One query."""
    here = Q(joined_at__lte=at) & (Q(left_at=None) | Q(left_at__gt=at))
    members = Member.objects.filter(here, cluster=cluster, is_second_tier=False)
    return sorted(set(members.values_list("organisation", flat=True)))


def entitled_in(decision: Decision) -> list[int]:
    """Keys of those who have a voice in it now; once its time is over, of those who had one."""
    if decision.closed_at:
        return list(decision.entitled)
    last = decision.closes_at - timedelta(microseconds=1)  # who joins as it ends comes too late
    return entitled(decision.cluster, min(clock.now(), last))


def may_withdraw(decision: Decision, *, seat: int | None, organisation: int | None) -> bool:
    """Whoever proposed it, or their organisation; anybody who leads once that seat has ended."""
    proposer = decision.proposed_by
    return (
        proposer.ended_at is not None
        or seat == proposer.pk
        or (organisation is not None and organisation == proposer.organisation_id)
    )


def standing_voices(decision: Decision) -> QuerySet[Voice]:
    """What each organisation said last, also of those that have no voice in it any more."""
    return Voice.objects.filter(decision=decision, ended_at=None)


def silent_in(decision: Decision) -> list[Organisation]:
    """Those who have a voice and have not spoken, by name. Three queries at most."""
    spoke = standing_voices(decision).values("organisation")
    here = Organisation.objects.filter(pk__in=entitled_in(decision))
    return list(here.exclude(pk__in=spoke).order_by("name"))


def unconfirmed_in(decision: Decision) -> list[Voice]:
    """Written down for a member that has not said yet that it is so."""
    waiting = standing_voices(decision).filter(recorded_by__isnull=False, confirmed_at=None)
    return list(
        waiting.filter(organisation__in=entitled_in(decision)).select_related("organisation")
    )


def tally_now(decision: Decision, entitled: Sequence[int] | None = None) -> Tally:
    """What the voices come to: so far, if it is open. Three queries at most.

    `entitled`: keys of those who have a voice in it, where they are known already.
    """
    said = [
        Said(organisation=organisation, stance=cast("Stance", stance), option=option)
        for organisation, stance, option in standing_voices(decision).values_list(
            "organisation", "stance", "option"
        )
    ]
    options = decision.options.order_by("position").values_list("pk", flat=True)
    return tally(
        way_of(decision),
        said,
        entitled_in(decision) if entitled is None else entitled,
        list(options),
    )


def due() -> QuerySet[Decision]:
    """Decisions whose time is over, in clusters that go on, the longest over first."""
    over = Decision.objects.filter(closed_at=None, closes_at__lte=clock.now())
    return over.filter(cluster__ended_at=None).order_by("closes_at", "pk")
