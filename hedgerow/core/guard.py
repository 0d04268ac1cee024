"""Whether it is safe to go on: read back what was set, and refuse what is not."""

import shutil
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core import checks
from django.db import DatabaseError, connection

from .actions import Refused
from .database import PATIENCE, linked_sqlite, pragmas
from .home import SECRET
from .secret import SHORTEST

_SAID_HERE = {"security.W009", "security.W012", "security.W018"}  # and in plainer words

LEAST_FREE = 200 * 1024 * 1024  # bytes; SQLite and backups need room to work


def check_database() -> None:
    """Read back from the live connection what was asked of it. Raises Refused with what is wrong.

    Settings are requests: a disk on a network refuses WAL without a word.
    """
    try:
        faults = database_faults()
    except DatabaseError as error:
        raise Refused(f"The database does not answer: {error}") from error
    if faults:
        raise Refused(" ".join(faults))


def refusals(*, to_others: bool = False) -> list[str]:
    """Why this must not be served to strangers: sentences. None while it is only on this computer."""
    if not (settings.IS_PRODUCTION or to_others):
        return []
    return [
        *_of_settings(),
        *_of_secret(),
        *_of_mail(),
        *database_faults(),
        *_of_django(),
    ]


def database_faults() -> list[str]:
    connection.ensure_connection()
    return _of_sqlite() if connection.vendor == "sqlite" else _of_postgresql()


def lack_of_room() -> list[str]:
    free = shutil.disk_usage(settings.HOME).free
    fault = (
        f"The disk under {settings.HOME} has {free // 2**20} MB left. Make room: what cannot be "
        "written is refused, and backups fail."
    )
    return [fault] if free < LEAST_FREE else []


def _of_sqlite() -> list[str]:
    wanted = pragmas(linked_sqlite().sqlite_version_info)
    faults = [_unlike(name, value, _read(name)) for name, value in wanted.items()]
    faults.append(_unlike("busy_timeout", PATIENCE * 1000, _read("busy_timeout")))
    if getattr(connection, "transaction_mode", "") != "IMMEDIATE":  # only SQLite's has it
        faults.append("Transactions do not begin with their lock (transaction_mode).")
    return [fault for fault in faults if fault]


def _read(pragma: str) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA {pragma}")
        row = cursor.fetchone()
    return row[0] if row else None


def _unlike(name: str, wanted: str | int, found: Any) -> str:
    # SQLite does not answer at all about mmap_size where it was built without it.
    if found == wanted or (name == "mmap_size" and found is None):
        return ""
    if name == "journal_mode":
        return (
            f"The database was asked for journal mode {wanted} and stays in {found}: its disk may "
            "be on a network, or another program holds it open. Keep HEDGEROW_HOME on a disk of "
            "this computer's own, or use PostgreSQL."
        )
    return f"The database was asked for {name} {wanted} and has {found}."


def _of_postgresql() -> list[str]:
    return [
        f"PostgreSQL runs with {name} off: a power cut can lose or damage what was saved. "
        "Turn it on in postgresql.conf."
        for name in ("fsync", "full_page_writes", "synchronous_commit")
        if _setting(name) == "off"
    ]


def has_checksums() -> bool:
    """Whether PostgreSQL would notice that a disk changed a page."""
    return _setting("data_checksums") == "on"


def _setting(name: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting(%s)", [name])
        return str(cursor.fetchone()[0])


def _of_settings() -> list[str]:
    faults = []
    if settings.DEBUG:
        faults.append("HEDGEROW_DEBUG shows strangers the inside of a fault. Do not set it.")
    if not settings.IS_HTTPS:
        faults.append(
            f"{settings.PUBLIC_URL} is not https: codes and sessions would travel readable. Put a "
            "web server that speaks https in front, and its address into HEDGEROW_URL."
        )
    if any(host == "*" or host.startswith(".") for host in settings.ALLOWED_HOSTS):
        faults.append("ALLOWED_HOSTS admits any name: links in mail could lead anywhere.")
    return faults


def _of_secret() -> list[str]:
    faults = []
    if len(settings.SECRET_KEY) < SHORTEST or len(set(settings.SECRET_KEY)) < 5:
        faults.append(
            f"HEDGEROW_SECRET_KEY can be guessed. Give it {SHORTEST} random characters or more, or "
            "do not set it: Hedgerow makes one and keeps it."
        )
    file = Path(settings.HOME) / SECRET
    if file.exists() and file.stat().st_mode & 0o077:
        faults.append(f"Others on this computer can read {file}. Run: chmod 600 {file}")
    return faults


def _of_mail() -> list[str]:
    fault = (
        "Mail goes to the terminal, so nobody outside gets a code to sign in with. "
        "Say where to send it (README, Email)."
    )
    return [fault] if "console" in settings.EMAIL_BACKEND else []


def _of_django() -> list[str]:
    found = checks.run_checks(include_deployment_checks=True)
    return [
        f"{message.msg} ({message.id})"
        for message in found
        if message.level >= checks.WARNING
        and not message.is_silenced()
        and message.id not in _SAID_HERE
    ]
