"""Passkeys: what a browser is asked, and whether what it answers is true (WebAuthn, by fido2).

Questions and answers are plain containers, as the browser's script sends and takes them.
"""

from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from fido2.server import Fido2Server
from fido2.utils import websafe_decode, websafe_encode
from fido2.webauthn import (
    AttestedCredentialData,
    AuthenticationResponse,
    PublicKeyCredentialRpEntity,
    PublicKeyCredentialUserEntity,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from .models import Passkey, User

Question = dict[str, Any]  # for navigator.credentials
State = dict[str, Any]  # kept in the session until the answer comes


class WrongAnswer(Exception):
    """The browser's answer does not show what was asked."""


def ask_for_new(user: User, known: Iterable[Passkey]) -> tuple[Question, State]:
    options, state = _server().register_begin(
        PublicKeyCredentialUserEntity(
            id=str(user.pk).encode(), name=user.email, display_name=str(user)
        ),
        credentials=[_credential(passkey) for passkey in known],
        resident_key_requirement=ResidentKeyRequirement.DISCOURAGED,
        user_verification=UserVerificationRequirement.PREFERRED,
    )
    return dict(options.public_key), state


def read_new(state: State, answer: Mapping[str, Any]) -> tuple[str, str, int]:
    """Key of the credential, the credential, its count. Raises WrongAnswer."""
    try:
        told = _server().register_complete(state, answer)
        credential = told.credential_data
        if credential is None:
            raise ValueError("no credential")
    except (ValueError, TypeError, KeyError, AttributeError) as wrong:
        raise WrongAnswer from wrong
    return websafe_encode(credential.credential_id), websafe_encode(credential), told.counter


def ask_for_one(known: Iterable[Passkey]) -> tuple[Question, State]:
    options, state = _server().authenticate_begin(
        [_credential(passkey) for passkey in known],
        user_verification=UserVerificationRequirement.PREFERRED,
    )
    return dict(options.public_key), state


def read_one(
    state: State, answer: Mapping[str, Any], known: Iterable[Passkey]
) -> tuple[Passkey, int]:
    """The passkey that answered, and its count. Raises WrongAnswer.

    A count that does not grow means that the key was copied.
    """
    passkeys = {passkey.credential_key: passkey for passkey in known}
    try:
        told = AuthenticationResponse.from_dict(answer)
        credentials = [_credential(passkey) for passkey in passkeys.values()]
        used = _server().authenticate_complete(state, credentials, told)
        passkey = passkeys[websafe_encode(used.credential_id)]
        uses = told.response.authenticator_data.counter
    except (ValueError, TypeError, KeyError, AttributeError) as wrong:
        raise WrongAnswer from wrong
    if (uses or passkey.uses) and uses <= passkey.uses:
        raise WrongAnswer
    return passkey, uses


def _server() -> Fido2Server:
    host = urlsplit(settings.PUBLIC_URL).hostname or "localhost"
    return Fido2Server(PublicKeyCredentialRpEntity(id=host, name="Hedgerow"))


def _credential(passkey: Passkey) -> AttestedCredentialData:
    return AttestedCredentialData(websafe_decode(passkey.credential))
