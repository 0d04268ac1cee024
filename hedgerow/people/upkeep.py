"""What is thrown away because its time is over."""

from datetime import timedelta

from django.contrib.sessions.models import Session
from django.db.models import Exists, OuterRef

from hedgerow.core import clock
from hedgerow.core.actors import Actor

from . import tries
from .models import Authenticator, SignIn, SignInCode

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
