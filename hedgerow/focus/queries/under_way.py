"""How far each of the reader's clusters has come on the way to a focus, in one query."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from hedgerow.agreements.models import BoardSays, Outcome, Word
from hedgerow.core import clock
from hedgerow.core.prepared import prepared
from hedgerow.core.readings import asked_once_by, beside
from hedgerow.focus import rules
from hedgerow.focus.models import (
    Adoption,
    Gain,
    Idea,
    ShareOut,
    Shortlist,
    Shortlisting,
    Study,
)
from hedgerow.people.access import visible
from hedgerow.people.models import Cluster, Member, Role
from hedgerow.people.readers import Reader


@dataclass(frozen=True, kw_only=True)
class AtWork:
    """How far one cluster of the reader's has come."""

    cluster: Cluster
    n_ideas: int  # on the long list now
    has_begun: bool  # it has a shortlisting, open or not
    shortlisting: int | None  # key of the open one
    share_out: int | None  # key of the open one
    shortlist: int | None  # key of the one that stands
    findings_by: date | None  # of that one
    is_proposed: bool  # a focus was put to the vote, whatever came of it
    # a focus was adopted, all reports are in, and the reader's own boards have said what they say
    is_settled: bool
    to_confirm: bool  # a gain that was written down for an organisation of the reader's

    @property
    def has_come_far(self) -> bool:
        """There is a shortlist to look into, or a focus to vote on."""
        return self.shortlist is not None or self.is_proposed

    @property
    def waits(self) -> bool:
        """Something of the shortlist or the focus is still to be done."""
        return self.has_come_far and not self.is_settled


@asked_once_by
def at_work(reader: Reader) -> tuple[AtWork, ...]:
    """Each cluster whose way to a focus the reader sees, by name. One query, or none."""
    if not any(seat.cluster for seat in reader.seats):
        return ()
    own = [seat.organisation for seat in reader.seats if Role.CORE in seat.roles]
    return tuple(
        AtWork(
            cluster=cluster,
            n_ideas=cluster.n_ideas,
            has_begun=cluster.has_begun,
            shortlisting=cluster.open_shortlisting,
            share_out=cluster.open_share_out,
            shortlist=cluster.newest_shortlist,
            findings_by=cluster.findings_by,
            is_proposed=cluster.is_proposed,
            is_settled=cluster.is_settled,
            to_confirm=cluster.to_confirm,
        )
        for cluster in _clusters(reader, own, clock.today())
    )


@prepared
def _clusters(reader: Reader, own: Collection[int | None], today: date) -> QuerySet[Cluster]:
    here = OuterRef("pk")
    ideas = Idea.objects.filter(cluster=here, ended_at=None).order_by().values("cluster")
    shortlistings = Shortlisting.objects.filter(cluster=here)
    unconfirmed = _unconfirmed(Gain).filter(
        idea__cluster=here, idea__ended_at=None, organisation__in=own
    )
    shortlists = Shortlist.objects.filter(cluster=here).order_by("-number")
    adoptions = Adoption.objects.filter(cluster=here)
    clusters = visible(reader, rules.SEE_FOCUS).order_by("name", "pk")
    return clusters.annotate(
        n_ideas=Coalesce(
            Subquery(ideas.annotate(n=Count("pk")).values("n"), output_field=IntegerField()), 0
        ),
        has_begun=Exists(shortlistings),
        open_shortlisting=Subquery(shortlistings.filter(ended_at=None).values("pk")[:1]),
        open_share_out=Subquery(
            ShareOut.objects.filter(cluster=here, closed_at=None).values("pk")[:1]
        ),
        newest_shortlist=Subquery(shortlists.values("pk")[:1]),
        findings_by=Subquery(shortlists.values("findings_by")[:1]),
        is_proposed=Exists(adoptions),
        is_settled=_is_settled(adoptions, own, today),
        to_confirm=Exists(unconfirmed),
    )


def _is_settled(adoptions: QuerySet[Adoption], own: Collection[int | None], today: date) -> Q:
    """Of the cluster that is asked about. One that was decided again is looked at in full."""
    here = OuterRef("pk")
    boards = BoardSays.objects.filter(
        cluster=OuterRef("cluster"), organisation=OuterRef("organisation")
    )
    silent = boards.filter(meets_on__lte=today, answer="")
    members = Member.objects.filter(
        cluster=here, organisation__in=own, left_at=None, is_second_tier=False
    )
    studies = Study.objects.filter(idea__cluster=here, handed_in_at=None, promise__let_go_at=None)
    return (
        Exists(adoptions.filter(decision__outcome=Outcome.CARRIED, decision__reopened_as=None))
        & ~Exists(adoptions.filter(decision__closed_at=None))
        & ~Exists(studies)
        & ~Exists(members.filter(~Exists(boards) | Exists(silent)))
    )


def going_on(reader: Reader) -> list[AtWork]:
    """Of clusters that have not ended. No query where the page asked for `at_work`."""
    return [one for one in at_work(reader) if not one.cluster.ended_at]


def gains_to_confirm(reader: Reader) -> dict[int, list[Gain]]:
    """By the key of the cluster: what was written down for the reader's organisations, and waits
    for their word. One query, or none."""
    own = {
        (seat.cluster, seat.organisation): seat
        for seat in reader.seats
        if Role.CORE in seat.roles and seat.organisation
    }
    here = [one.cluster.pk for one in going_on(reader) if one.to_confirm]
    found: dict[int, list[Gain]] = defaultdict(list)
    rows = _unconfirmed(Gain).filter(idea__cluster__in=here, idea__ended_at=None)
    for gain in beside(rows, "idea__cluster", "idea__number").order_by("pk") if here else ():
        if (gain.idea.cluster_id, gain.organisation_id) in own:
            found[gain.idea.cluster_id].append(gain)
    return dict(found)


def _unconfirmed(words: type[Word]) -> QuerySet:
    return words._default_manager.filter(
        Q(recorded_by__isnull=False), confirmed_at=None, ended_at=None
    )
