"""Erasing a person. What becomes of each table is said in its room's tables.py."""

import contextlib

from django.db import DatabaseError, transaction
from django.db.models import Q

from hedgerow.core import clock, erasures, tombstones
from hedgerow.core.actions import Refused, action, locked, record
from hedgerow.core.actors import Actor
from hedgerow.core.jobs import enqueue
from hedgerow.core.owners import Audience, Owner
from hedgerow.people import tries
from hedgerow.people.kinds import is_erased, stays_whole
from hedgerow.people.models import Role, Seat, User
from hedgerow.people.readers import live, seat_words

from .clusters import end_seats, revoke_waiting
from .seats import record_seat


@action
def erase_person(*, by: Actor, user: User) -> User:
    """Their seats end, what is theirs goes, and what others rely on keeps the name of the seat.

    For good: it cannot be taken back, and no restore brings them back. Refused for the last
    operator, and for an operator's own account unless they ask on their own page.
    """
    user = locked(user)
    if is_erased(user):
        raise Refused("This person was erased already.")
    stays_whole(Actor(person=by.person), user)  # not by a command either
    if user.pk == by.person and by.seat is not None:
        raise Refused("This is your own account. You can be erased from your own page.")
    if _is_last_operator(user):
        raise Refused(
            "Nobody else is a platform operator, and somebody has to be. Invite another first: "
            "hedgerow invite EMAIL --operator."
        )
    return _erase(by, user)


@action
def erase_again(*, by: Actor, user: User) -> User:
    """What a list of erased people asks for: it was refused nothing then, and is refused nothing
    now."""
    return _erase(by, locked(user))


def _erase(by: Actor, user: User) -> User:
    email, named = user.email, _names_of(user)
    seats = list(Seat.objects.filter(live(clock.now()), user=user).order_by("pk"))
    end_seats(Seat.objects.filter(pk__in=[seat.pk for seat in seats]))
    n_revoked = revoke_waiting(Q(email=email) | Q(invited_by=user))
    tries.forgive(tries.CODES_FROM_EVERYWHERE, email)
    tries.forgive(tries.INVITATIONS, str(user.pk))
    user.is_active, user.wants_digest, user.looked_at = False, False, None
    user.save(update_fields=["is_active", "wants_digest", "looked_at"])
    erasures.erase(user.pk, email, named=named)
    user.refresh_from_db()
    for seat in seats:
        seat.refresh_from_db()
        record_seat("people.seat_ended", by, seat)
    record(
        "people.person_erased",
        by=by,
        to=user,
        owner=(Owner.PERSON, user.pk),
        audience=Audience.ONLY_US,
        seats=len(seats),
        revoked=n_revoked,
    )
    tombstones.write(user.pk)
    # At once if it can be, and by a worker if this process dies first.
    enqueue("people.finish_erasure", key=str(user.pk), person=user.pk)
    transaction.on_commit(lambda: _finish_now(user.pk))
    return user


def _finish_now(person: int) -> None:
    with contextlib.suppress(Refused, OSError, DatabaseError):  # then the worker does it
        erasures.finish(person)


def _names_of(user: User) -> list[str]:
    """As letters to others name them: by name, or by title and where they sit."""
    seats = user.seats.select_related("user", "organisation", "cluster", "programme")
    sitting = [seat_words(seat) for seat in seats] if user.title else []
    return [user.name, *sitting]


def _is_last_operator(user: User) -> bool:
    operators = Seat.objects.filter(live(clock.now()), role=Role.OPERATOR, cluster=None)
    operators = operators.filter(user__is_active=True)
    return operators.filter(user=user).exists() and not operators.exclude(user=user).exists()
