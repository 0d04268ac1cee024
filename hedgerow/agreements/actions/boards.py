"""Whether a member's board must agree before its cluster goes ahead, and what it said."""

from datetime import date, timedelta

from hedgerow.agreements.models import BoardAnswer, BoardSays
from hedgerow.core import clock
from hedgerow.core.actions import Refused, Stale, action, locked, nothing_to_do, record
from hedgerow.core.actors import Actor
from hedgerow.core.owners import Audience, Owner
from hedgerow.look.words import day
from hedgerow.people.actions.clusters import going_on
from hedgerow.people.kinds import refuse_published
from hedgerow.people.models import Member

from .speakers import said, seat_with_voice

STEPS = (Audience.ONLY_US, Audience.FACILITATOR, Audience.CLUSTER)
FURTHEST = timedelta(days=2 * 366)  # for the day on which a board meets
MOST_WORDS = 2000  # characters


@action
def say_board(
    *,
    by: Actor,
    member: Member,
    must_agree: bool,
    meets_on: date | None,
    answer: str,
    answered_on: date | None,
    words: str,
    audience: Audience,
    version: int,
) -> BoardSays:
    """All of it at once, and who sees it. `version` of what was read; 0 where nothing was said."""
    cluster = going_on(locked(member.cluster))
    refuse_published(by, cluster)
    seat = seat_with_voice(by, cluster)
    if seat.organisation_id != member.organisation_id:
        raise Refused("Each member says what its own board says. Say what yours does.")
    _check(must_agree, meets_on, answer, answered_on)
    told = {
        "must_agree": must_agree,
        "meets_on": meets_on,
        "answer": BoardAnswer(answer) if answer else "",
        "answered_on": answered_on,
        "words": said(words, most=MOST_WORDS),
        "audience": _step(audience),
    }
    board = BoardSays.objects.filter(cluster=cluster, organisation=seat.organisation).first()
    if board is None:
        board = BoardSays(cluster=cluster, organisation=seat.organisation)
    elif not version:
        raise Stale(
            "Somebody else of your organisation wrote this down while you did. What they wrote is "
            "shown now; look again and send yours if it still fits."
        )
    else:
        board = locked(board, version=version)
        if all(getattr(board, name) == value for name, value in told.items()):
            nothing_to_do()
            return board
        board.version += 1
    for name, value in told.items():
        setattr(board, name, value)
    board.by, board.at = seat, clock.now()
    board.save()
    # An event keeps for ever the step it was written with, and this one may be lowered: so only us.
    record(
        "agreements.board_said",
        by=by,
        to=board,
        owner=(Owner.ORGANISATION, board.organisation_id),
        audience=Audience.ONLY_US,
        cluster=cluster.pk,
        step=board.audience,
    )
    return board


def _check(must_agree: bool, meets_on: date | None, answer: str, answered_on: date | None) -> None:
    if not must_agree and (meets_on or answer or answered_on):
        raise Refused(
            "Your board need not agree, so it has no day and no answer here. Leave them empty, or "
            "say that it must agree."
        )
    if meets_on and meets_on > clock.today() + FURTHEST:
        raise Refused(f"{day(meets_on)} is more than two years ahead. Check the year.")
    if answer and not answered_on:
        raise Refused("Write the day on which your board said so.")
    if answered_on and not answer:
        raise Refused("Say what your board said on that day.")
    if answered_on and answered_on > clock.today():
        raise Refused(
            f"{day(answered_on)} is still to come. Write the answer down once it is given."
        )


def _step(audience: Audience) -> Audience:
    if audience not in STEPS:
        raise Refused("What your board says goes no further than our cluster. Choose one of three.")
    return Audience(audience)
