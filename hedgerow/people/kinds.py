"""Invented, published and real places, which are kept apart; and words that fit on one line."""

import re

from hedgerow.core.actions import Refused
from hedgerow.core.actors import Actor, Via
from hedgerow.core.erasures import erased_address

from .models import Cluster, Programme, User

# What cannot be seen and could make one line into two, or turn its reading round.
UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]")
ONE_LINE = "Write this on one line: it holds a line break, or a character that cannot be seen."

Place = Cluster | Programme | None


def refuse_unseen(*texts: str) -> None:
    """Raises Refused if one of them is not one line of what can be seen."""
    if any(UNSEEN.search(text.strip()) for text in texts):
        raise Refused(ONE_LINE)


def refuse_published(by: Actor, place: Place) -> None:
    """Raises Refused if the place is of the published record, which only a command loads."""
    if place and place.is_published and by.via is not Via.COMMAND:
        raise Refused(
            f"{place} is of the published record, to which nothing is added by hand. "
            "Set up a programme or cluster of your own."
        )


def refuse_to_mail(by: Actor, user: User | None, place: Place) -> None:
    """Raises Refused if a stranger in the example would have somebody real be mailed; `user` is
    who has the address."""
    inviter = User.objects.filter(pk=by.person).first()
    is_of_example = (place and place.is_example) or (inviter and inviter.is_example)
    if is_of_example and not (user and user.is_example):
        raise Refused("In the example nobody is mailed; sign in as the people it has.")


def stays_whole(by: Actor, thing: Cluster | User) -> None:
    """Raises Refused if it is of the example, unless a command furnishes that."""
    if thing.is_example and by.via is not Via.COMMAND:
        raise Refused(
            "The example stays whole for whoever comes next. Try it in a cluster of your own."
        )


def is_erased(user: User) -> bool:
    return user.email == erased_address(user.pk)
