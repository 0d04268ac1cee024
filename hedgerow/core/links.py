"""Signed links: what a message may let somebody do without signing in, once, until a day."""

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime

from django.core.signing import BadSignature, Signer, b62_decode, b62_encode
from django.db import connection

from . import clock
from .actions import Refused
from .days import in_words
from .models import SpentLink


class BadLink(Exception):
    """The link opens nothing. The message is a sentence for whoever followed it."""


@dataclass(frozen=True, kw_only=True)
class Link:
    purpose: str  # "journeys.say_it_stands"
    person: int | None  # None: somebody who is not a user yet
    seat: int | None
    about: int  # key of the thing it is about
    version: int  # of that thing; 0 if it has none
    expires_at: datetime
    digest: str  # names this link and no other


def make(
    purpose: str,
    *,
    person: int | None,
    seat: int | None,
    about: int,
    version: int,
    expires_at: datetime,
) -> str:
    """A token for a URL: letters, digits, dots, hyphens and underscores; about 65 characters."""
    numbers = [person, seat, about, version, int(expires_at.timestamp())]
    assert all(number is None or number >= 0 for number in numbers)
    return _signer(purpose).sign("-".join("" if n is None else b62_encode(n) for n in numbers))


def read(token: str, purpose: str) -> Link:
    """What a token allows. Whether it has been spent shows when it is.

    Raises BadLink if it was not made here for this purpose, or its time is over.
    """
    try:
        told = _signer(purpose).unsign(token)
    except BadSignature:
        raise BadLink(
            "This link is not whole, or not one of ours. Open it again from the message it came "
            "in, with all of its letters; or sign in and go on from your own page."
        ) from None
    person, seat, *rest = [b62_decode(number) if number else None for number in told.split("-")]
    about, version, expires = (number or 0 for number in rest)
    expires_at = datetime.fromtimestamp(expires, UTC)
    if clock.now() >= expires_at:
        raise BadLink(
            f"This link could be used until {in_words(clock.day_of(expires_at))}. "
            "Sign in, and you find what it was for on your own page if it still waits for you."
        )
    return Link(
        purpose=purpose,
        person=person,
        seat=seat,
        about=about,
        version=version,
        expires_at=expires_at,
        digest=hashlib.sha256(f"{purpose} {told}".encode()).hexdigest(),
    )


def spend(link: Link) -> None:
    """Use a link up, inside the action that it asks for. Raises Refused if it was used before."""
    assert connection.in_atomic_block, "a link is spent outside an action"
    spent, is_first = SpentLink.objects.get_or_create(
        digest=link.digest, defaults={"at": clock.now(), "expires_at": link.expires_at}
    )
    if not is_first:
        raise Refused(
            f"This link was used on {in_words(clock.day_of(spent.at))}, and works once. "
            "What it asked for is done; sign in to see it or to change it."
        )


def _signer(purpose: str) -> Signer:
    return Signer(salt=f"hedgerow.core.links:{purpose}", sep=".")
