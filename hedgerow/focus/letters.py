"""A letter that a round of red spots or votes is open. Its link signs nobody in, and votes for
nobody: the ten votes are spent on the page."""

from django.conf import settings
from django.template.loader import render_to_string

from hedgerow.agreements.letters import who_speaks
from hedgerow.core import outbox
from hedgerow.look.words import weekday

from .models import Round, RoundKind


def ask_for_votes(round: Round) -> int:
    """Post a letter to everybody who can speak for a member today. How many. The round has a last
    day: one that is held in a meeting is asked for there."""
    shortlisting, is_spots = round.shortlisting, round.kind == RoundKind.SPOTS
    until = weekday(round.due_on)
    n = 0
    for seat in who_speaks(shortlisting.cluster):
        context = {
            "cluster": shortlisting.cluster,
            "organisation": seat.organisation,
            "is_spots": is_spots,
            "is_secret": shortlisting.is_secret,
            "until": until,
            "page": f"{settings.PUBLIC_URL}{shortlisting.get_absolute_url()}",
        }
        what = "Your red spot, if you want one" if is_spots else "Your ten votes"
        outbox.post(
            to=seat.user.email,
            subject=f"{what}, until {until}: {shortlisting.cluster}",
            text=render_to_string("focus/vote_letter.txt", context),
            key=f"focus.votes:{round.pk}:{seat.pk}",
            why="votes",
            person=seat.user_id,
        )
        n += 1
    return n
