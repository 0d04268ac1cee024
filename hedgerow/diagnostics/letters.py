"""A reminder by letter: who asks what, for how long, until when. Its link signs nobody in."""

from collections.abc import Iterator

from django.conf import settings
from django.db.models import Q
from django.template.loader import render_to_string

from hedgerow.core import clock, outbox
from hedgerow.diagnostics.questions.packs import instrument_of
from hedgerow.look.words import weekday
from hedgerow.people.kinds import is_erased
from hedgerow.people.models import Role, Seat
from hedgerow.people.readers import live, seat_words

from .models import Round
from .queries.round_status import MemberStatus
from .queries.rounds import status_of


def remind(round: Round, status: MemberStatus, *, by: Seat) -> int:
    """Post a letter to each Core Group member and deputy of one member who has not answered
    everything yet. How many. The people of the example are not written to."""
    n = 0
    for seat in _whom(round, status):
        outbox.post(
            to=seat.user.email,
            subject=f"Questions until {weekday(round.due_on)}: {round.cluster}",
            text=render_to_string("diagnostics/nudge_letter.txt", _words(round, status, seat, by)),
            key=f"diagnostics.nudge:{round.pk}:{seat.pk}:{clock.today():%Y-%m-%d}",
            why="nudge",
            person=seat.user_id,
        )
        n += 1
    return n


def _whom(round: Round, status: MemberStatus) -> Iterator[Seat]:
    whole = status_of([round])[round.pk]
    seats = (
        Seat.objects.filter(
            live(clock.now()),
            Q(role=Role.CORE) | Q(role=Role.DEPUTY),
            cluster=round.cluster_id,
            organisation=status.organisation,
            user__is_active=True,
            user__is_example=False,
        )
        .select_related("user", "organisation", "cluster", "programme")
        .order_by("pk")
    )
    return (
        seat
        for seat in seats
        if not is_erased(seat.user) and not whole.finished_by(seat.pk, status.organisation)
    )


def _words(round: Round, status: MemberStatus, seat: Seat, by: Seat) -> dict[str, object]:
    whole = status_of([round])[round.pk]
    return {
        "cluster": round.cluster,
        "organisation": seat.organisation,
        "who": seat_words(by),
        "asked": [instrument_of(asking.text) for asking in whole.askings],
        "minutes": whole.minutes,
        "stands": status.words,
        "still_wants": status.still_wants,
        "until": weekday(round.due_on),
        "is_late": round.due_on < clock.today(),
        "page": f"{settings.PUBLIC_URL}{round.get_absolute_url()}",
    }
