"""How the site is: what whoever runs it should know, in sentences."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from pathlib import Path

from django.conf import settings
from django.core import checks
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.utils import DatabaseError

from . import clock, guard
from .database import chosen
from .days import in_words
from .home import LAST_BACKUP
from .jobs import failed_jobs
from .models import Job, ScheduleRun

WORKER_SHOULD_HAVE = timedelta(minutes=10)  # begun what is due
BACKUP_SHOULD_BE = timedelta(days=7)  # no older


class Kind(StrEnum):
    FINE = "fine"
    WARNING = "warning"  # to be seen to
    REFUSAL = "refusal"  # not to be served like this


@dataclass(frozen=True, kw_only=True)
class Line:
    kind: Kind
    sentence: str


def lines() -> Iterator[Line]:
    """Everything there is to say. Whether it may be served: no line is a refusal."""
    yield _fine(chosen())
    try:
        faults = guard.database_faults()
    except DatabaseError as error:
        yield _refusal(f"The database does not answer: {error}")
        return
    yield from map(_refusal, faults)
    if not settings.IS_PRODUCTION:
        yield _fine(f"Served at {settings.PUBLIC_URL}, for trying things on this computer only.")
    yield from map(_refusal, [one for one in guard.refusals() if one not in faults])
    yield from map(_refusal, _faults_in_code())
    yield from map(_warning, guard.lack_of_room())
    if not is_up_to_date():
        yield _refusal("The database is not up to date. Start Hedgerow once: hedgerow serve.")
        return
    yield from _of_worker()
    yield _of_backups()
    if settings.IS_PRODUCTION:
        yield from _of_what_is_at_stake()


def _of_what_is_at_stake() -> Iterator[Line]:
    if not settings.PASSPHRASE_FILE:
        yield _warning(
            "Backups are not sealed: whoever has the file reads everything in it. "
            "Put a passphrase into a file and its name into HEDGEROW_PASSPHRASE_FILE."
        )
    if connection.vendor == "postgresql" and not guard.has_checksums():
        yield _warning(
            "PostgreSQL does not sum up its pages, so damage by a disk would go unseen. "
            "Stop it and run pg_checksums --enable."
        )


def is_up_to_date() -> bool:
    """Whether the database answers and its tables are those that this code wants."""
    try:
        executor = MigrationExecutor(connection)
    except DatabaseError:
        return False
    return not executor.migration_plan(executor.loader.graph.leaf_nodes())


def _faults_in_code() -> list[str]:
    found = checks.run_checks()
    return [f"{fault.msg} ({fault.id})" for fault in found if fault.level >= checks.ERROR]


def _of_worker() -> Iterator[Line]:
    now = clock.now()
    late = Job.objects.filter(
        done_at=None, failed_at=None, leased_until=None, run_at__lt=now - WORKER_SHOULD_HAVE
    )
    if n_late := late.count():
        oldest = late.earliest("run_at").run_at
        yield _warning(
            f"{n_late} {'job waits' if n_late == 1 else 'jobs wait'} for a worker, the oldest "
            f"since {_when(oldest)}. Run hedgerow worker, or serve without --no-worker."
        )
    elif last := ScheduleRun.objects.order_by("at").last():
        old = now - last.at > timedelta(days=2)
        yield (_warning if old else _fine)(f"A worker last looked at the day on {_when(last.at)}.")
    else:
        yield _warning("No worker has run here yet. Run hedgerow worker, or hedgerow serve.")
    if failed := failed_jobs():
        yield _warning(
            f"{len(failed)} {'job was' if len(failed) == 1 else 'jobs were'} given up, last "
            f"{failed[0].name} with {failed[0].fault}."
        )


def _of_backups() -> Line:
    file = Path(settings.HOME) / LAST_BACKUP
    if not file.exists():
        return _warning("There has been no backup yet. Run hedgerow backup, and each night.")
    told = json.loads(file.read_text())
    made_at = datetime.fromisoformat(told["made_at"])
    sentence = f"The last backup was made on {_when(made_at)}: {told['file']}."
    if not Path(told["file"]).exists():
        return _fine(f"{sentence} It is not there any more; see that it is kept elsewhere.")
    is_old = clock.now() - made_at > BACKUP_SHOULD_BE
    return _warning(f"{sentence} Make one each night.") if is_old else _fine(sentence)


def _when(at: datetime) -> str:
    return f"{in_words(clock.day_of(at))} at {at.astimezone(clock.LONDON):%H:%M}"


def _fine(sentence: str) -> Line:
    return Line(kind=Kind.FINE, sentence=sentence)


def _warning(sentence: str) -> Line:
    return Line(kind=Kind.WARNING, sentence=sentence)


def _refusal(sentence: str) -> Line:
    return Line(kind=Kind.REFUSAL, sentence=sentence)
