"""How mail leaves, from the environment. Read before Django starts."""

from collections.abc import Mapping
from pathlib import Path
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

_PORTS = {"smtp": 25, "smtp+tls": 587, "smtps": 465}
_BACKENDS = "django.core.mail.backends"
_HOW = (
    "Write it as smtp+tls://user:password@host:587, smtps://user:password@host or smtp://host, "
    "as file: to have mail put into the home of Hedgerow, or leave it out to read mail "
    "on the terminal."
)


def mail_settings(environment: Mapping[str, str], home: Path) -> dict[str, object]:
    """Django's settings for mail.

    HEDGEROW_SMTP_URL says through which server; HEDGEROW_MAIL_FROM, from whom. Raises
    ImproperlyConfigured with a sentence that does not repeat the password.
    """
    url = environment.get("HEDGEROW_SMTP_URL", "")
    public_url = environment.get("HEDGEROW_URL") or "http://localhost"
    sender = environment.get("HEDGEROW_MAIL_FROM") or f"hedgerow@{urlsplit(public_url).hostname}"
    settings: dict[str, object] = {"DEFAULT_FROM_EMAIL": sender, "SERVER_EMAIL": sender}
    if not url:
        return settings | {"EMAIL_BACKEND": f"{_BACKENDS}.console.EmailBackend"}
    if url == "file:":
        backend = f"{_BACKENDS}.filebased.EmailBackend"
        return settings | {"EMAIL_BACKEND": backend, "EMAIL_FILE_PATH": str(home / "mail")}
    return settings | _through_server(url)


def _through_server(url: str) -> dict[str, object]:
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise ImproperlyConfigured(f"HEDGEROW_SMTP_URL is not an address. {_HOW}") from None
    if parts.scheme not in _PORTS or not parts.hostname or parts.path not in ("", "/"):
        raise ImproperlyConfigured(f"HEDGEROW_SMTP_URL is not one that Hedgerow knows. {_HOW}")
    return {
        "EMAIL_BACKEND": f"{_BACKENDS}.smtp.EmailBackend",
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": port or _PORTS[parts.scheme],
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_TLS": parts.scheme == "smtp+tls",
        "EMAIL_USE_SSL": parts.scheme == "smtps",
        "EMAIL_TIMEOUT": 20,  # seconds; well inside the lease of a job
    }
