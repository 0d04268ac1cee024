"""What a member is asked about its board. A room asks it, once there is something to agree to."""

from collections.abc import Iterator
from datetime import date

from django.urls import reverse

from hedgerow.agreements.models import BoardSays
from hedgerow.core.rooms import Prompt
from hedgerow.look.words import day
from hedgerow.people.models import Cluster

A_BOARD = 1  # minutes


def board_to_ask(
    board: BoardSays | None, *, member: int, name: str, cluster: Cluster, to: str, today: date
) -> Iterator[Prompt]:
    """Whether the board must agree; and what it said, once it has met. `board`: what was said so
    far; `member`, `name`: key of the membership, and of whom; `to`: "the focus".

    Asked by two rooms, it is the same thing and stands once.
    """
    url = reverse("agreements:say_board", args=[member])
    if board is None:
        yield Prompt(
            key=f"agreements.board:{member}",
            sentence=f"Say whether the board of {name} must agree to {to}",
            why="If it must, its day counts for all of you. You choose who sees what you say.",
            minutes=A_BOARD,
            url=url,
            button="Say whether it must",
            place=cluster.name,
        )
    elif board.meets_on and board.meets_on <= today and not board.answer:
        yield Prompt(
            key=f"agreements.board_met:{member}",
            sentence=f"Write down what the board of {name} said",
            why=f"It was to meet on {day(board.meets_on)}.",
            minutes=A_BOARD,
            url=url,
            button="Write it down",
            place=cluster.name,
        )
