"""What is asked of the reader's own organisations around a plan: their boards, and what they gained."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Subquery

from hedgerow.agreements.models import BoardSays
from hedgerow.core.readings import asked_once_by
from hedgerow.people.models import Member, Role
from hedgerow.people.readers import Reader
from hedgerow.workplans.models import GainsSaid

from .waiting import at_work


@dataclass(frozen=True, kw_only=True)
class Own:
    """A membership of an organisation that the reader speaks for, and what it said."""

    member: int  # key of the membership
    cluster: int
    organisation: int
    name: str
    board: BoardSays | None  # its answer and its day, of what its board says; not saved
    has_said_gains: bool
    gains_to_confirm: bool  # written down for it


@asked_once_by
def own_in(reader: Reader) -> tuple[Own, ...]:
    """Where boards or gains are asked of members. One query, or none."""
    asks = [one.cluster.pk for one in at_work(reader) if one.asks_boards or one.asks_gains]
    speaks = {
        seat.organisation
        for seat in reader.seats
        if Role.CORE in seat.roles and seat.organisation and seat.cluster in asks
    }
    if not speaks:
        return ()
    boards = BoardSays.objects.filter(
        cluster=OuterRef("cluster"), organisation=OuterRef("organisation")
    )
    said = GainsSaid.objects.filter(
        workplan__cluster=OuterRef("cluster"), organisation=OuterRef("organisation"), ended_at=None
    )
    rows = (
        Member.objects.filter(
            cluster__in=asks, organisation__in=speaks, left_at=None, is_second_tier=False
        )
        .annotate(
            board=Subquery(boards.values("pk")),
            board_meets_on=Subquery(boards.values("meets_on")),
            board_answer=Subquery(boards.values("answer")),
            has_said_gains=Exists(said),
            gains_to_confirm=Exists(said.filter(recorded_by__isnull=False, confirmed_at=None)),
        )
        .order_by("cluster__name", "organisation__name")
        .values(
            "pk",
            "cluster",
            "organisation",
            "organisation__name",
            "board",
            "board_meets_on",
            "board_answer",
            "has_said_gains",
            "gains_to_confirm",
        )
    )
    sits = {(seat.cluster, seat.organisation) for seat in reader.seats if Role.CORE in seat.roles}
    return tuple(_own(row) for row in rows if (row["cluster"], row["organisation"]) in sits)


def _own(row: Mapping[str, Any]) -> Own:
    board = None
    if row["board"]:
        board = BoardSays(
            pk=row["board"], meets_on=row["board_meets_on"], answer=row["board_answer"]
        )
    return Own(
        member=row["pk"],
        cluster=row["cluster"],
        organisation=row["organisation"],
        name=row["organisation__name"],
        board=board,
        has_said_gains=row["has_said_gains"],
        gains_to_confirm=row["gains_to_confirm"],
    )
