"""What a plan asks of each member: whether its board must agree, and what it gained."""

from collections.abc import Iterator, Sequence
from datetime import date

from django.urls import reverse

from hedgerow.agreements.prompts.boards import board_to_ask
from hedgerow.core.rooms import Prompt
from hedgerow.people.readers import Reader
from hedgerow.workplans.queries.waiting import AtWork
from hedgerow.workplans.queries.waiting_own import Own, own_in

TO_SAY, A_LOOK = 5, 1  # minutes


def of_members(reader: Reader, here: Sequence[AtWork], today: date) -> Iterator[Prompt]:
    """Only where boards or gains are asked for."""
    at = {one.cluster.pk: one for one in here}
    for own in own_in(reader):
        one = at[own.cluster]
        if one.asks_boards:
            yield from board_to_ask(
                own.board,
                member=own.member,
                name=own.name,
                cluster=one.cluster,
                to="the plan",
                today=today,
            )
        if one.asks_gains:
            yield from _gains(own, one)


def _gains(own: Own, one: AtWork) -> Iterator[Prompt]:
    url = reverse("workplans:gains", args=[one.cluster.pk])
    if not own.has_said_gains:
        yield Prompt(
            key=f"workplans.gains:{own.member}",
            sentence=f"Say what {own.name} gained, planned or not",
            why="Each step is done or stopped. If there is nothing to add, say that.",
            minutes=TO_SAY,
            url=reverse("workplans:say_gains", args=[one.cluster.pk]),
            button="Say what you gained",
            place=one.cluster.name,
        )
    elif own.gains_to_confirm:
        yield Prompt(
            key=f"workplans.confirm_gains:{own.member}",
            sentence=f"Confirm what was written down for {own.name}, or undo it",
            why="It is about what you gained. Somebody else wrote it down; it counts until you "
            "undo it.",
            minutes=A_LOOK,
            url=url,
            button="Read and confirm",
            place=one.cluster.name,
        )
