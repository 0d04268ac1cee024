"""What is thrown away because its time is over."""

from datetime import timedelta

from django.contrib.sessions.models import Session
from django.db.models import Exists, OuterRef

from hedgerow.core import clock, tombstones
from hedgerow.core.actors import Actor

from . import tries
from .actions import erase_again
from .kinds import is_erased
from .models import Authenticator, Seat, SignIn, SignInCode, User

CODES_KEPT = timedelta(days=2)
ENDED_SIGN_INS_KEPT = timedelta(days=90)


def clear_away(*, by: Actor) -> None:
    """Codes and tries that count no more, sign-ins whose session is gone, apps never set up. Safe
    to run twice."""
    now = clock.now()
    tries.forget_old()
    SignInCode.objects.filter(asked_at__lt=now - CODES_KEPT).delete()
    alive = Session.objects.filter(pk=OuterRef("session_key"), expire_date__gt=now)
    gone = SignIn.objects.filter(~Exists(alive), ended_at=None)
    gone.update(ended_at=now, session_key="")
    SignIn.objects.filter(ended_at__lt=now - ENDED_SIGN_INS_KEPT).delete()
    Authenticator.objects.filter(shown_at=None, made_at__lt=now - CODES_KEPT).delete()
    finish_erasures(by=by)


def finish_erasures(*, by: Actor) -> int:
    """Erase whoever stands on the list of erased people and is here all the same: after a restore,
    or where the machine stopped before an erasure was whole. How many. Safe to run twice."""
    n_erased = 0
    for stone in tombstones.of_this_database():
        user = User.objects.filter(pk=stone.person).first()
        if user is None or is_erased(user) or _came_after(user, stone):
            continue
        erase_again(by=by, user=user)
        n_erased += 1
    return n_erased


def _came_after(user: User, stone: tombstones.Tombstone) -> bool:
    """Whether the key was given to somebody else, in a place restored without the list."""
    seats = Seat.objects.filter(user=user)
    return seats.exists() and not seats.filter(began_at__lte=stone.at).exists()
