"""The second factor: an authenticator app, passkeys, and codes on paper for when both are lost."""

import secrets

from django.utils.crypto import salted_hmac

from hedgerow.core import clock
from hedgerow.core.actions import Refused, action, locked, nothing_to_do, record
from hedgerow.core.actors import Actor
from hedgerow.core.owners import Audience, Owner
from hedgerow.people import totp, tries
from hedgerow.people.models import Authenticator, Passkey, RecoveryCode, Seat, User
from hedgerow.people.readers import STAFF, live

from .signing_in import LETTERS, end_others

N_RECOVERY_CODES = 10
MOST_PASSKEYS = 10


@action
def make_app(*, by: Actor, user: User) -> Authenticator:
    """A new secret, which counts for nothing until its figures have been typed once."""
    user = locked(user)
    app = Authenticator.objects.filter(user=user).first()
    if app and app.shown_at:
        raise Refused("You have an authenticator app already. Take it away first.")
    app = app or Authenticator(user=user)
    app.secret, app.made_at, app.last_step = totp.new_secret(), clock.now(), 0
    app.save()
    _record("people.app_made", by, user)
    return app


@action
def confirm_app(*, by: Actor, app: Authenticator, typed: str, here: str = "") -> bool:
    """From now on the app counts, if its figures were typed. False if they are wrong. `here` is
    the key of the session that stays if it is their first second factor."""
    user = locked(app.user)
    app = locked(app)
    if app.shown_at:
        nothing_to_do()
        return True
    is_right = _takes(app, typed)
    if is_right:
        _begin_anew_if_first(user, here=here, by=by)
        app.shown_at = clock.now()
        app.save(update_fields=["shown_at"])
    _record("people.app_confirmed" if is_right else "people.factor_wrong", by, app.user)
    return is_right


@action
def remove_app(*, by: Actor, app: Authenticator) -> None:
    user = locked(app.user)
    _refuse_last(user, n_left=user.passkeys.count())
    app.delete()
    _record("people.app_removed", by, user)


@action
def add_passkey(
    *,
    by: Actor,
    user: User,
    name: str,
    credential_key: str,
    credential: str,
    uses: int,
    here: str = "",
) -> Passkey:
    """`here` as in confirm_app."""
    user = locked(user)
    if user.passkeys.count() >= MOST_PASSKEYS:
        raise Refused("Ten passkeys are the most. Take one away that you no longer use.")
    if Passkey.objects.filter(credential_key=credential_key).exists():
        raise Refused("This passkey is here already.")
    _begin_anew_if_first(user, here=here, by=by)
    passkey = Passkey.objects.create(
        user=user,
        name=name.strip()[:60] or "Passkey",
        credential_key=credential_key,
        credential=credential,
        uses=uses,
        made_at=clock.now(),
    )
    _record("people.passkey_added", by, user)
    return passkey


@action
def use_passkey(*, by: Actor, passkey: Passkey, uses: int) -> Passkey:
    """It was shown just now; `uses` is its own count."""
    passkey = locked(passkey)
    if (uses or passkey.uses) and uses <= passkey.uses:
        raise Refused("This passkey was used at the same moment somewhere else. Try again.")
    passkey.uses, passkey.used_at = uses, clock.now()
    passkey.save(update_fields=["uses", "used_at"])
    _record("people.factor_shown", by, passkey.user)
    return passkey


@action
def remove_passkey(*, by: Actor, passkey: Passkey) -> None:
    user = locked(passkey.user)
    n_left = user.passkeys.exclude(pk=passkey.pk).count() + _has_app(user)
    _refuse_last(user, n_left=n_left)
    passkey.delete()
    _record("people.passkey_removed", by, user)


@action
def make_recovery_codes(*, by: Actor, user: User) -> list[str]:
    """Ten new ones; the old ones are dead. They can be shown this once only."""
    user = locked(user)
    codes = ["".join(secrets.choice(LETTERS) for _ in range(10)) for _ in range(N_RECOVERY_CODES)]
    user.recovery_codes.all().delete()
    RecoveryCode.objects.bulk_create(
        RecoveryCode(user=user, digest=_digest(user, code)) for code in codes
    )
    _record("people.recovery_codes_made", by, user)
    return [f"{code[:5]}-{code[5:]}" for code in codes]


@action
def try_figures(*, by: Actor, user: User, typed: str) -> bool:
    """Whether these are the app's figures or a recovery code, which is spent. Wrong ones count."""
    user = locked(user)
    if not tries.take(tries.SECOND_FACTORS, str(user.pk)):
        raise Refused("Too many were wrong. Wait a quarter of an hour, then try again.")
    app = Authenticator.objects.filter(user=user, shown_at__isnull=False).first()
    is_right = bool(app and _takes(app, typed)) or _spends(user, typed)
    if is_right:
        tries.forgive(tries.SECOND_FACTORS, str(user.pk))
    _record("people.factor_shown" if is_right else "people.factor_wrong", by, user)
    return is_right


def _has_app(user: User) -> bool:
    return Authenticator.objects.filter(user=user, shown_at__isnull=False).exists()


def _begin_anew_if_first(user: User, *, here: str, by: Actor) -> None:
    """Whoever came in by mail alone, or made codes on paper while they were, stays no longer."""
    if _has_app(user) or user.passkeys.exists():
        return
    user.recovery_codes.all().delete()
    end_others(user, here=here, by=by)


def _takes(app: Authenticator, typed: str) -> bool:
    """Each half minute's figures are taken once."""
    typed = "".join(letter for letter in typed if letter.isdecimal() and letter.isascii())
    step = totp.matching_step(app.secret, typed, at=clock.now(), after=app.last_step)
    if step is None:
        return False
    app.last_step = step
    app.save(update_fields=["last_step"])
    return True


def _spends(user: User, typed: str) -> bool:
    code = "".join(letter for letter in typed.upper() if letter.isalnum())
    mine = user.recovery_codes.filter(digest=_digest(user, code), spent_at=None)
    return bool(mine.update(spent_at=clock.now()))


def _refuse_last(user: User, *, n_left: int) -> None:
    wants_one = Seat.objects.filter(live(clock.now()), user=user, role__in=STAFF).exists()
    if wants_one and not n_left:
        raise Refused(
            "Your seat stays shut without a second factor. Add another one before you take this "
            "one away."
        )


def _digest(user: User, code: str) -> str:
    return salted_hmac(
        "hedgerow.people.recovery", f"{user.pk}:{code}", algorithm="sha256"
    ).hexdigest()


def _record(did: str, by: Actor, user: User) -> None:
    record(did, by=by, to=user, owner=(Owner.PERSON, user.pk), audience=Audience.ONLY_US)
