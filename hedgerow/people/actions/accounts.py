"""What operators do for people: close an account, open it again, clear a lost second factor."""

from hedgerow.core import outbox
from hedgerow.core.actions import Refused, action, locked, nothing_to_do, record
from hedgerow.core.actors import Actor
from hedgerow.core.owners import Audience, Owner
from hedgerow.people.kinds import is_erased
from hedgerow.people.models import Authenticator, User

from .signing_in import end_sign_ins


@action
def close_account(*, by: Actor, user: User) -> User:
    """Signed out everywhere, and in nowhere. Seats stay as they are, and shut."""
    user = locked(user)
    if user.pk == by.person:
        raise Refused("This is your own account. Ask another operator to close it.")
    if not user.is_active:
        nothing_to_do()
        return user
    user.is_active = False
    user.save(update_fields=["is_active"])
    end_sign_ins(by=by, user=user)
    _record("people.account_closed", by, user)
    return user


@action
def open_account(*, by: Actor, user: User) -> User:
    user = locked(user)
    if is_erased(user):
        raise Refused("This person was erased. If they come back, invite them anew.")
    if user.is_active:
        nothing_to_do()
        return user
    user.is_active = True
    user.save(update_fields=["is_active"])
    _record("people.account_opened", by, user)
    return user


@action
def clear_factors(*, by: Actor, user: User) -> User:
    """For somebody who lost them all. They are told by mail, in case it was not they who asked."""
    user = locked(user)
    if user.pk == by.person:
        raise Refused("This is your own account. Ask another operator to do it.")
    Authenticator.objects.filter(user=user).delete()
    user.passkeys.all().delete()
    user.recovery_codes.all().delete()
    end_sign_ins(by=by, user=user)
    event = _record("people.factors_cleared", by, user)
    outbox.post(
        to=user.email,
        subject="Your second factor for Hedgerow was cleared",
        text=(
            "An operator took your app, passkeys and recovery codes away, because somebody asked "
            "for it in your name. Sign in with a code and set up new ones.\n\n"
            "If it was not you who asked, answer this message at once."
        ),
        key=f"people.factors:{event.number}",
        why="factors",
        person=user.pk,
    )
    return user


def _record(did: str, by: Actor, user: User):
    return record(did, by=by, to=user, owner=(Owner.PERSON, user.pk), audience=Audience.ONLY_US)
