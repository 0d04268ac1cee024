"""What the Core Group has not said yet, asked while the cluster forms."""

from collections.abc import Iterator
from datetime import date

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse

from hedgerow.charter.models import Competition, Delegation
from hedgerow.core import clock
from hedgerow.core.rooms import Prompt
from hedgerow.people.models import Member, Role, Seat
from hedgerow.people.readers import Reader, live

from .forming import forming


def of_core_group(reader: Reader, today: date) -> Iterator[Prompt]:
    """Two queries while a cluster of the reader's forms. Where members compete is asked last, once
    they have said what their seat may commit, and of one member at a time."""
    clusters = {journey.cluster_id for journey, _ in forming(reader)}
    mine = [seat for seat in reader.seats if seat.cluster in clusters and Role.CORE in seat.roles]
    if not mine:
        return
    here = Q(pk__in=())
    for seat in mine:
        here |= Q(cluster=seat.cluster, organisation=seat.organisation)
    silent = _without_delegation(here)
    for core in silent:
        yield Prompt(
            key=f"charter.delegate:{core.pk}",
            sentence=f"Say what the seat of {core.organisation} may commit without asking",
            why="The others can then decide with you at the table, and nobody has to check back.",
            minutes=2,
            url=reverse("charter:delegate", args=[core.pk]),
            button="Say what it may commit",
            place=str(core.cluster),
        )
    for member in () if silent else _without_competition(here)[:1]:
        yield Prompt(
            key=f"charter.compete:{member.pk}",
            sentence=f"Say where {member.organisation} competes with other members, or nowhere",
            why="Said at the start it is a fact to plan with; found out later it costs trust.",
            minutes=2,
            url=reverse("charter:compete", args=[member.pk]),
            button="Say where, or nowhere",
            place=str(member.cluster),
        )


def _without_delegation(here: Q) -> list[Seat]:
    said = Delegation.objects.filter(seat=OuterRef("pk"), ended_at=None)
    seats = Seat.objects.filter(here, live(clock.now()), ~Exists(said), role=Role.CORE)
    return list(seats.select_related("cluster", "organisation").order_by("pk"))


def _without_competition(here: Q) -> list[Member]:
    said = Competition.objects.filter(
        cluster=OuterRef("cluster"), organisation=OuterRef("organisation"), taken_back_at=None
    )
    members = Member.objects.filter(here, ~Exists(said), left_at=None, is_second_tier=False)
    return list(members.select_related("cluster", "organisation").order_by("pk"))
