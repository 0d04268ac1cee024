"""Signing in by a code sent to the email address, and out again."""

import secrets
from datetime import timedelta
from importlib import import_module

from django.conf import settings
from django.db.models import QuerySet
from django.utils.crypto import constant_time_compare, salted_hmac

from hedgerow.core import clock, outbox
from hedgerow.core.actions import Refused, action, for_change, locked, nothing_to_do, record
from hedgerow.core.actors import Actor
from hedgerow.core.jobs import enqueue
from hedgerow.core.links import Link, spend
from hedgerow.core.owners import Audience, Owner
from hedgerow.people import tries
from hedgerow.people.models import SignIn, SignInCode, User

CODE_LASTS = timedelta(minutes=10)
WRONG_CODES = 5
LETTERS = "ABCDEFGHJKMNPQRSTVWXYZ23456789"  # without those that look alike
N_LETTERS = 8


@action
def ask_for_code(*, by: Actor, email: str, place: str) -> SignInCode:
    """Note that a code is wanted. A worker makes and sends it, so that an address that nobody has
    costs the same time and shows the same page. `place` is the network address asking."""
    email = email.strip().lower()
    if not tries.take(tries.CODES_FROM_A_PLACE, place):
        raise Refused(
            "Many codes were asked for from your network. Wait a quarter of an hour, then ask again."
        )
    if not tries.take(tries.CODES_TO_AN_ADDRESS, f"{email} {place}"):
        raise Refused(
            "Several codes were asked for at this address. Type the newest one on the page where "
            "you asked for it, or wait a quarter of an hour and ask again."
        )
    if not tries.take(tries.CODES_FROM_EVERYWHERE, email):
        raise Refused(
            "Many codes were asked for at this address in the last hour, from several places. "
            "Wait an hour, then ask again. If it was not you, tell whoever runs this Hedgerow."
        )
    user = User.objects.filter(email=email, is_active=True, is_example=False).first()
    code = SignInCode.objects.create(
        user=user, asked_at=clock.now(), expires_at=clock.now() + CODE_LASTS
    )
    enqueue("people.send_code", key=str(code.pk), code=code.pk)
    _record("people.code_asked", by, code)
    return code


@action
def send_code(*, by: Actor, code: SignInCode) -> SignInCode:
    """Make the code and mail it; for an address that nobody has, neither."""
    code = locked(code)
    if code.user is None or code.digest or code.expires_at <= clock.now():
        nothing_to_do()
        return code
    letters = "".join(secrets.choice(LETTERS) for _ in range(N_LETTERS))
    code.digest = _digest(code, letters)
    code.save(update_fields=["digest"])
    shown = f"{letters[:4]}-{letters[4:]}"
    outbox.post(
        to=code.user.email,
        subject=f"{shown} is your code for Hedgerow",
        text=(
            f"Your code is {shown}\n\n"
            "Type it on the page where you asked for it, within ten minutes. It works once.\n\n"
            "If you did not ask for it, somebody else typed your address. Do nothing, and tell "
            "nobody the code: we never ask for it."
        ),
        key=f"people.code:{code.pk}",
        why="code",
        person=code.user_id,
    )
    _record("people.code_sent", by, code)
    return code


@action
def try_code(*, by: Actor, code: SignInCode, typed: str, place: str = "") -> User | None:
    """Whose code it is; None if it is wrong, which is counted. Refused once it is over. `place` as
    when it was asked for."""
    code = locked(code)
    if code.spent_at or code.expires_at <= clock.now() or code.tries >= WRONG_CODES:
        raise Refused("This code is over: it works once, for ten minutes. Ask for a new one.")
    letters = "".join(letter for letter in typed.upper() if letter.isalnum())
    # Looked up and compared for an address that nobody has, too, so that it takes as long.
    user = User.objects.filter(pk=code.user_id or 0, is_active=True).first()
    is_right = constant_time_compare(_digest(code, letters), code.digest or "-" * 64)
    if user is None or not is_right:
        code.tries += 1
        code.save(update_fields=["tries"])
        _record("people.code_wrong", by, code)
        return None
    code.spent_at = clock.now()
    code.save(update_fields=["spent_at"])
    tries.forgive(tries.CODES_TO_AN_ADDRESS, f"{user.email} {place}")
    tries.forgive(tries.CODES_FROM_EVERYWHERE, user.email)
    _record("people.code_typed", by, code)
    return user


@action
def begin_sign_in(
    *, by: Actor, user: User, session_key: str, browser: str = "", is_kept: bool = False
) -> SignIn:
    """Note where they are signed in, so that they can see it and end it."""
    if not user.is_active:
        raise Refused("This account is closed. Ask whoever runs this Hedgerow to open it.")
    sign_in = SignIn.objects.create(
        user=user,
        session_key=session_key,
        browser=browser,
        is_kept=is_kept,
        began_at=clock.now(),
    )
    _record_sign_in("people.signed_in", by, sign_in)
    return sign_in


@action
def enter_example(*, by: Actor, user: User, link: Link | None = None) -> User:
    """Let somebody be a person of the example, who is nobody: no code, no second factor. A link
    does it once."""
    if not user.is_example or not user.is_active:
        raise Refused("This person is real. Only they can sign in as themselves.")
    if link:
        spend(link)
    record(
        "people.example_entered",
        by=by,
        to=user,
        owner=(Owner.PERSON, user.pk),
        audience=Audience.ONLY_US,
    )
    return user


@action
def end_sign_in(*, by: Actor, sign_in: SignIn) -> SignIn:
    """That browser is signed out at its next request."""
    sign_in = locked(sign_in)
    if sign_in.ended_at:
        nothing_to_do()
        return sign_in
    _end(sign_in)
    _record_sign_in("people.signed_out", by, sign_in)
    return sign_in


@action
def end_sign_ins(*, by: Actor, user: User) -> int:
    """Every browser in which they are signed in, this one too. How many."""
    open_now = list(_signed_in(user))
    for sign_in in open_now:
        _end(sign_in)
    if not open_now:
        nothing_to_do()
        return 0
    record(
        "people.signed_out_everywhere",
        by=by,
        to=user,
        owner=(Owner.PERSON, user.pk),
        audience=Audience.ONLY_US,
        n=len(open_now),
    )
    return len(open_now)


def end_others(user: User, *, here: str, by: Actor) -> None:
    """Inside an action: sign them out of each browser but the one with this key of the session."""
    for sign_in in _signed_in(user).exclude(session_key=here):
        _end(sign_in)
        _record_sign_in("people.signed_out", by, sign_in)


def _signed_in(user: User) -> QuerySet[SignIn]:
    return for_change(SignIn.objects.filter(user=user, ended_at=None).order_by("pk"))


def _end(sign_in: SignIn) -> None:
    store = import_module(settings.SESSION_ENGINE).SessionStore
    store(session_key=sign_in.session_key).delete()
    sign_in.ended_at, sign_in.session_key = clock.now(), ""
    sign_in.save(update_fields=["ended_at", "session_key"])


def _digest(code: SignInCode, letters: str) -> str:
    return salted_hmac(
        "hedgerow.people.code", f"{code.pk}:{letters}", algorithm="sha256"
    ).hexdigest()


def _record(did: str, by: Actor, code: SignInCode) -> None:
    """An address that nobody has stands in the record too, without it: who runs the site sees how
    many there are."""
    owner = (Owner.PERSON, code.user_id) if code.user_id else (Owner.SYSTEM, None)
    record(did, by=by, to=code, owner=owner, audience=Audience.ONLY_US)


def _record_sign_in(did: str, by: Actor, sign_in: SignIn) -> None:
    record(
        did,
        by=by,
        to=sign_in,
        owner=(Owner.PERSON, sign_in.user_id),
        audience=Audience.ONLY_US,
    )
