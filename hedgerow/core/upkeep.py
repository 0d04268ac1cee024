"""What is thrown away by itself, and when."""

from datetime import timedelta

from . import clock
from .actors import Actor
from .models import Job, SpentLink
from .outbox import blank_old_mail
from .receipts import forget_old_receipts, forget_old_sessions
from .uploads import remove_old_files

JOBS_KEPT = timedelta(days=30)  # those that were done; those that failed stay


def throw_away(*, by: Actor) -> None:
    """Safe to run at any time, and twice. Nothing of it is part of the record."""
    blank_old_mail()
    remove_old_files()
    forget_old_receipts()
    forget_old_sessions()
    Job.objects.filter(done_at__lt=clock.now() - JOBS_KEPT).delete()
    SpentLink.objects.filter(expires_at__lt=clock.now()).delete()
