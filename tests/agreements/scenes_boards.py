"""What a member's board says, in the own cluster of a scene."""

from datetime import date, timedelta

from hedgerow.agreements import actions
from hedgerow.agreements.models import BoardSays
from hedgerow.core import clock
from hedgerow.core.owners import Audience
from hedgerow.people.models import Member, Seat
from tests.factories import Scene, actor

SAID = {
    "must_agree": True,
    "meets_on": None,
    "answer": "",
    "answered_on": None,
    "words": "",
    "audience": Audience.ONLY_US,
    "version": 0,
}


def in_days(n: int) -> date:
    return clock.today() + timedelta(days=n)


def member_of(seat: Seat) -> Member:
    return Member.objects.get(cluster=seat.cluster, organisation=seat.organisation)


def said(seat: Seat, *, member: Member | None = None, **other) -> BoardSays:
    """That it must agree, and no more, shown to nobody else; unless `other` is told."""
    return actions.say_board(by=actor(seat), member=member or member_of(seat), **{**SAID, **other})


def board_of(
    seat: Seat, *, must_agree: bool = True, audience: str = Audience.ONLY_US, **other: object
) -> BoardSays:
    """As a row, whoever holds the seat."""
    return BoardSays.objects.create(
        cluster=seat.cluster,
        organisation=seat.organisation,
        must_agree=must_agree,
        audience=audience,
        by=seat,
        at=clock.now(),
        **other,
    )


def board(scene: Scene) -> BoardSays:
    """Of the first organisation, shown to its facilitator too."""
    return board_of(scene.own.core, audience=Audience.FACILITATOR)


SCENES = {"agreements.BoardSays": board}
