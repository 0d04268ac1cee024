"""Six figures that change every half minute: RFC 6238 on RFC 4226, with SHA-1, as every
authenticator app has them. Pure."""

import base64
import hashlib
import hmac
import secrets
from datetime import datetime
from urllib.parse import quote, urlencode

STEP = 30  # seconds
N_FIGURES = 6
_SECRET_BYTES = 20  # what RFC 4226 recommends
_SLACK = 1  # steps before and after, for clocks that differ and people who type slowly


def new_secret() -> str:
    """Base32, as apps take it."""
    return base64.b32encode(secrets.token_bytes(_SECRET_BYTES)).decode()


def step_of(instant: datetime) -> int:
    return int(instant.timestamp()) // STEP


def figures(secret: str, step: int) -> str:
    digest = hmac.digest(base64.b32decode(secret), step.to_bytes(8, "big"), hashlib.sha1)
    offset = digest[-1] & 0x0F
    number = int.from_bytes(digest[offset : offset + 4], "big") & 0x7FFFFFFF
    return f"{number % 10**N_FIGURES:0{N_FIGURES}}"


def matching_step(secret: str, typed: str, *, at: datetime, after: int) -> int | None:
    """The step whose figures were typed; None if they are wrong, or not later than `after`, the
    last step that was taken."""
    now = step_of(at)
    for step in range(now - _SLACK, now + _SLACK + 1):
        is_right = hmac.compare_digest(figures(secret, step).encode(), typed.encode())
        if is_right and step > after:
            return step
    return None


def app_address(secret: str, *, account: str, issuer: str) -> str:
    """What the QR code says."""
    label = quote(f"{issuer}:{account}")
    return f"otpauth://totp/{label}?{urlencode({'secret': secret, 'issuer': issuer})}"
