"""When a page was opened, told by the page itself and signed, so that nobody makes it up."""

from datetime import UTC, datetime

from django.core import signing

from hedgerow.core import clock

_SALT = "hedgerow.diagnostics.opened"


def opened_now() -> str:
    return signing.Signer(salt=_SALT).sign(str(int(clock.now().timestamp())))


def seconds_since(signed: str) -> int:
    """Since the page was opened; 0 where that cannot be told."""
    try:
        instant = int(signing.Signer(salt=_SALT).unsign(signed))
    except (signing.BadSignature, ValueError):
        return 0
    return max(0, int((clock.now() - datetime.fromtimestamp(instant, UTC)).total_seconds()))
