"""The site's secret, which signs sessions and links."""

import secrets
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

from .home import SECRET, make_home, put_once

SHORTEST = 50  # characters


def secret_key(home: Path) -> str:
    """The secret kept in the site's home, made on the first start.

    Processes that start together get the same one. Raises ImproperlyConfigured if what is kept
    there cannot be a secret.
    """
    make_home(home)
    path = home / SECRET
    if not path.exists():
        put_once(path, _make)
    if path.stat().st_mode & 0o077:
        path.chmod(0o600)
    key = path.read_text().strip()
    if len(key) < SHORTEST:
        raise ImproperlyConfigured(
            f"{path} does not hold a secret of {SHORTEST} characters or more. Delete it and start "
            "again: a new one is made, everybody signs in again, and links sent so far are dead."
        )
    return key


def _make(path: Path) -> None:
    path.write_text(secrets.token_urlsafe(64))
