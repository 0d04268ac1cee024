"""What a cluster's own pages and its public page show."""

from collections.abc import Container, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, F, OuterRef, QuerySet, Subquery
from django.utils.text import slugify

from hedgerow.core import clock
from hedgerow.core.rooms import Panel, Section, rooms
from hedgerow.journeys.models import Journey
from hedgerow.journeys.queries import Where, where_we_are
from hedgerow.journeys.rules import SEE_JOURNEY
from hedgerow.journeys.words import lower_first
from hedgerow.people.access import visible
from hedgerow.people.models import Cluster, Member, Role
from hedgerow.people.queries import SeatLine
from hedgerow.people.readers import Reader
from hedgerow.people.rules import SEE_MEMBERS


@dataclass(frozen=True, kw_only=True)
class MemberLine:
    key: int  # of the organisation
    name: str
    words: str  # what it does
    is_second_tier: bool
    joined_on: date


@dataclass(frozen=True, kw_only=True)
class WhoLine:
    """A member and who sits for it."""

    key: int  # of the organisation
    name: str
    words: str
    is_you: bool
    is_second_tier: bool
    joined_on: date
    core: str  # title of the Core Group member; empty while nobody sits there
    others: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class PublicMember:
    name: str
    words: str


@dataclass(frozen=True, kw_only=True)
class PublicPage:
    """All that anyone may read of a cluster that wants a page. Nothing else goes onto it."""

    name: str
    place: str
    purpose: str
    programme: str
    members: tuple[PublicMember, ...]
    stage: str  # "Finding the focus"; empty before the journey begins
    position: int
    n_stages: int
    since_on: date | None  # when its journey began
    is_example: bool

    @property
    def steps_done(self) -> int:
        return max(self.position - 1, 0)

    @property
    def is_at_end(self) -> bool:
        return bool(self.n_stages) and self.position > self.n_stages


@dataclass(frozen=True, kw_only=True)
class ClusterLine:
    key: int
    name: str
    place: str
    n_members: int
    has_ended: bool


@dataclass(frozen=True, kw_only=True)
class ClusterGroup:
    programme: str
    lines: tuple[ClusterLine, ...]

    @property
    def ident(self) -> str:
        return slugify(self.programme)


def cluster_groups(clusters: QuerySet[Cluster]) -> list[ClusterGroup]:
    """By programme, those that go on before those that have ended. One query."""
    # Counted apart: a count beside the joins of a rule would count a member once for each seat.
    members = (
        Member.objects.filter(cluster=OuterRef("pk"), left_at=None)
        .order_by()
        .values("cluster")
        .annotate(n=Count("pk"))
        .values("n")
    )
    found = (
        clusters.select_related("programme")
        .annotate(n_members=Subquery(members))
        .order_by("programme__name", F("ended_at").desc(nulls_first=True), "name")
    )
    groups: dict[str, list[ClusterLine]] = {}
    for cluster in found:
        groups.setdefault(cluster.programme.name, []).append(
            ClusterLine(
                key=cluster.pk,
                name=cluster.name,
                place=cluster.place,
                n_members=cluster.n_members or 0,
                has_ended=bool(cluster.ended_at),
            )
        )
    return [
        ClusterGroup(programme=programme, lines=tuple(lines)) for programme, lines in groups.items()
    ]


def panels_of(reader: Reader, cluster: Cluster) -> list[Panel]:
    found = [
        panel for room in rooms() for panels in room.panels for panel in panels(reader, cluster)
    ]
    return sorted(found, key=lambda panel: panel.order)


def public_panels(cluster: Cluster) -> list[Panel]:
    """What rooms show on its public page, whether that is open or not."""
    found = [panel for room in rooms() for public in room.public for panel in public(cluster)]
    return sorted(found, key=lambda panel: panel.order)


def sections_of(reader: Reader, cluster: Cluster) -> list[Section]:
    found = [
        section
        for room in rooms()
        for sections in room.sections
        for section in sections(reader, cluster)
    ]
    return sorted(found, key=lambda section: section.order)


def has_journey(reader: Reader, cluster: Cluster) -> bool:
    """One that the reader may see. One query."""
    return visible(reader, SEE_JOURNEY).filter(cluster=cluster).exists()


def member_lines(reader: Reader, cluster: Cluster) -> list[MemberLine]:
    """Organisations that are in it now, in the order in which they joined. One query."""
    members = (
        visible(reader, SEE_MEMBERS)
        .filter(cluster=cluster, left_at=None)
        .select_related("organisation")
        .order_by("pk")
    )
    return [
        MemberLine(
            key=member.organisation_id,
            name=member.organisation.name,
            words=member.organisation.words,
            is_second_tier=member.is_second_tier,
            joined_on=clock.day_of(member.joined_at),
        )
        for member in members
    ]


def who_lines(
    members: Sequence[MemberLine], people: Sequence[SeatLine], own: Container[int | None]
) -> list[WhoLine]:
    return [
        WhoLine(
            key=member.key,
            name=member.name,
            words=member.words,
            is_you=member.key in own,
            is_second_tier=member.is_second_tier,
            joined_on=member.joined_on,
            core=next((title_of(p) for p in _of(people, member) if p.role is Role.CORE), ""),
            others=tuple(
                f"{title_of(p)} ({lower_first(p.role_label)})"
                for p in _of(people, member)
                if p.role is not Role.CORE
            ),
        )
        for member in members
    ]


def _of(people: Sequence[SeatLine], member: MemberLine) -> list[SeatLine]:
    return [person for person in people if person.organisation_key == member.key]


def title_of(person: SeatLine) -> str:
    """Without the organisation or the cluster, which stands beside it."""
    return person.words.removesuffix(f", {person.organisation or person.place}")


def public_cluster(slug: str) -> Cluster | None:
    """None alike for a cluster that is not there and for one that wants no page. One query."""
    return (
        Cluster.objects.filter(slug=slug, is_public=True, ended_at=None)
        .select_related("programme")
        .first()
    )


def page_of(cluster: Cluster) -> PublicPage:
    """As its public page would show it, whether it is open or not."""
    journey = Journey.objects.filter(cluster=cluster).first()
    where: Where | None = where_we_are(journey) if journey else None
    members = Member.objects.filter(cluster=cluster, left_at=None).select_related("organisation")
    return PublicPage(
        name=cluster.name,
        place=cluster.place,
        purpose=cluster.purpose,
        programme=cluster.programme.name,
        members=tuple(
            PublicMember(name=member.organisation.name, words=member.organisation.words)
            for member in members.order_by("organisation__name")
        ),
        stage=where.name if where else "",
        position=where.position if where else 0,
        n_stages=where.n_stages if where else 0,
        since_on=journey.started_on if journey else None,
        is_example=cluster.is_example,
    )
