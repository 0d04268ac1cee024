"""What a programme manager does first: a design, a cluster, its journey, its organisations."""

from collections.abc import Iterator

from django.db.models import Exists, OuterRef
from django.urls import reverse

from hedgerow.core.rooms import Prompt
from hedgerow.people.access import visible
from hedgerow.people.models import Cluster, Member, Programme
from hedgerow.people.readers import Reader

from . import rules
from .models import Design, Journey


def first_steps(reader: Reader) -> Iterator[Prompt]:
    """For a programme manager, until each is done. Two queries."""
    designs = Design.objects.filter(programme=OuterRef("pk"))
    clusters = Cluster.objects.filter(programme=OuterRef("pk"), ended_at=None)
    programmes = visible(reader, rules.LOAD_DESIGN).annotate(
        has_design=Exists(designs), has_cluster=Exists(clusters)
    )
    can_start = set()
    for programme in programmes.order_by("pk"):
        if programme.has_design:
            can_start.add(programme.pk)
        else:
            yield _load(programme)
        if not programme.has_cluster:
            yield _add(programme)
    yield from _of_clusters(reader, can_start)


def _of_clusters(reader: Reader, can_start: set[int]) -> Iterator[Prompt]:
    """`can_start`: keys of programmes that have a design."""
    members = Member.objects.filter(cluster=OuterRef("pk"), left_at=None)
    clusters = visible(reader, rules.START_JOURNEY).filter(ended_at=None)
    for cluster in clusters.annotate(
        has_journey=Exists(Journey.objects.filter(cluster=OuterRef("pk"))),
        has_members=Exists(members),
    ).order_by("pk"):
        if not cluster.has_journey and cluster.programme_id in can_start:
            yield _start(cluster)
        if not cluster.has_members:
            yield _bring_in(cluster)


def _load(programme: Programme) -> Prompt:
    return Prompt(
        key=f"journeys.design:{programme.pk}",
        sentence="Load a design",
        why="A journey follows a design: its stages, what ends them, and its dates.",
        minutes=3,
        url=reverse("journeys:load_design", args=[programme.pk]),
        button="Choose a design",
        place=programme.name,
    )


def _add(programme: Programme) -> Prompt:
    return Prompt(
        key=f"journeys.cluster:{programme.pk}",
        sentence="Add the first cluster",
        why="A name and a place are enough. Its people come later.",
        minutes=2,
        url=reverse("journeys:new_cluster", args=[programme.pk]),
        button="Add a cluster",
        place=programme.name,
    )


def _start(cluster: Cluster) -> Prompt:
    return Prompt(
        key=f"journeys.start:{cluster.pk}",
        sentence=f"Start the journey of {cluster}",
        why="Its dates are planned from the day on which it begins.",
        minutes=2,
        url=reverse("journeys:start", args=[cluster.pk]),
        button="Choose the day",
        place=cluster.name,
    )


def _bring_in(cluster: Cluster) -> Prompt:
    return Prompt(
        key=f"journeys.members:{cluster.pk}",
        sentence=f"Bring in the organisations of {cluster}",
        why="Nobody has joined yet. Each organisation has a Core Group member who answers for it.",
        minutes=10,
        url=reverse("people:cluster_people", args=[cluster.pk]),
        button="Open its people",
        place=cluster.name,
    )
