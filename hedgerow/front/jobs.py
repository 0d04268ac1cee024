from datetime import date

from django.db import transaction

from hedgerow.core import clock, outbox
from hedgerow.core.actors import Actor
from hedgerow.core.jobs import enqueue, job
from hedgerow.people.models import User

from . import digest


def ask_for_digests(*, by: Actor) -> None:
    """One job a person, so that one that fails holds nobody else up. Safe to run twice."""
    week = digest.monday_of(clock.today())
    for person in list(digest.readers_of_digest()):
        with transaction.atomic():
            enqueue("front.digest", key=f"{person}:{week}", person=person, week=week)


@job("front.digest")
def send_digest(*, person: int, week: str) -> None:
    """Asks again whether they want it: hours may have passed. The key of the letter keeps it one."""
    user = User.objects.filter(pk=person, is_active=True, is_example=False).first()
    if user is None or not user.wants_digest:
        return
    letter = digest.letter_for(user, date.fromisoformat(week))
    if letter is None:
        return
    with transaction.atomic():
        outbox.post(
            to=letter.to,
            subject=letter.subject,
            text=letter.text,
            key=letter.key,
            why="digest",
            person=letter.person,
        )
