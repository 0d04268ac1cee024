"""Things that may be done only so often: each is written down, and counted before the next.

In a table and not in the cache, because a cache throws entries away when it is flooded, which is
when they are needed.
"""

from dataclasses import dataclass
from datetime import timedelta

from django.utils.crypto import salted_hmac

from hedgerow.core import clock

from .models import Try


@dataclass(frozen=True, kw_only=True)
class Limit:
    kind: str  # kept in the database
    n: int
    span: timedelta


# By address and place together, so that a stranger elsewhere does not use up somebody's codes.
CODES_TO_AN_ADDRESS = Limit(kind="code_to_address", n=5, span=timedelta(minutes=15))
CODES_FROM_EVERYWHERE = Limit(kind="code_from_everywhere", n=20, span=timedelta(hours=1))
CODES_FROM_A_PLACE = Limit(kind="code_from_place", n=30, span=timedelta(minutes=15))
SECOND_FACTORS = Limit(kind="second_factor", n=5, span=timedelta(minutes=15))
INVITATIONS = Limit(kind="invitation", n=50, span=timedelta(days=1))
ROUNDS_OF_LETTERS = Limit(kind="round_of_letters", n=30, span=timedelta(days=1))

_KEPT = timedelta(days=2)


def take(limit: Limit, whom: str) -> bool:
    """Count one more, unless that would be more than the limit: then False."""
    now = clock.now()
    mine = Try.objects.filter(kind=limit.kind, whom=_digest(whom))
    if mine.filter(at__gt=now - limit.span).count() >= limit.n:
        return False
    Try.objects.create(kind=limit.kind, whom=_digest(whom), at=now)
    return True


def forgive(limit: Limit, whom: str) -> None:
    """They got it right: what they tried before counts no more."""
    Try.objects.filter(kind=limit.kind, whom=_digest(whom)).delete()


def forget_old() -> int:
    """Throw away what no limit looks at any more. How many."""
    return Try.objects.filter(at__lt=clock.now() - _KEPT).delete()[0]


def _digest(whom: str) -> str:
    """Keyed, so that the table names nobody to whoever has no key."""
    return salted_hmac("hedgerow.people.tries", whom, algorithm="sha256").hexdigest()
