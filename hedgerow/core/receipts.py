"""What is kept only for a while, because what it is for is over by then."""

from datetime import timedelta
from importlib import import_module

from django.conf import settings

from . import clock
from .models import Receipt

RECEIPTS_FOR = timedelta(days=7)  # nobody sends a form again after that


def forget_old_receipts() -> int:
    """How many forms that were sent are no longer remembered. Safe to run at any time."""
    forgotten, _ = Receipt.objects.filter(at__lt=clock.now() - RECEIPTS_FOR).delete()
    return forgotten


def forget_old_sessions() -> None:
    """Take out the sessions whose time has run out."""
    import_module(settings.SESSION_ENGINE).SessionStore.clear_expired()
