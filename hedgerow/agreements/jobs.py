"""The clock's part: decisions close when their time is over, each in a job of its own."""

from django.db import transaction

from hedgerow.core.actors import Actor
from hedgerow.core.jobs import enqueue, job

from .actions import close
from .models import Decision
from .queries import voices


def ask_to_close(*, by: Actor) -> None:
    """One job a decision, so that one that fails holds no other up. Safe to run twice."""
    for key in list(voices.due().values_list("pk", flat=True)):
        with transaction.atomic():
            enqueue("agreements.close", key=str(key), decision=key)


@job("agreements.close")
def close_decision(*, decision: int) -> None:
    close(by=Actor.clock(), decision=Decision.objects.get(pk=decision))
