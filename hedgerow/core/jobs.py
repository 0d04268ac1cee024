"""Work that nobody waits for: written down with what it follows from, done by a worker.

A job is run at least once: again if its worker dies or it raises. So each may run twice, and
calls one action. Why this is ours: docs/adr/0005.
"""

import contextlib
import contextvars
import logging
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TypeVar

from django.db import (
    DatabaseError,
    IntegrityError,
    InterfaceError,
    OperationalError,
    connection,
    connections,
    transaction,
)
from django.db.models import Max, Q, QuerySet

from . import clock
from .actions import plain
from .actors import Actor
from .models import Job, ScheduleRun
from .schedules import schedule as schedule_called
from .schedules import schedules

F = TypeVar("F", bound=Callable[..., object])

LEASE = timedelta(seconds=60)  # without a word from its worker, a job is anybody's after this
BACK_OFF = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=12),
)  # after the first attempt, the second …; after one more it has failed
SHORTEST_PAUSE, LONGEST_PAUSE = 0.05, 2.0  # seconds between two looks at an empty queue

_log = logging.getLogger(__name__)
_jobs: dict[str, Callable[..., object]] = {}  # filled when the site starts, never after


def job(name: str) -> Callable[[F], F]:
    """Let workers call this function by a name, which is kept in the database: never renamed."""

    def known(function: F) -> F:
        assert name not in _jobs, f"two jobs are called {name}"
        _jobs[name] = function
        return function

    return known


def enqueue(name: str, /, *, key: str, run_at: datetime | None = None, **detail: object) -> Job:
    """Have a worker call the job with this detail (keys and numbers), from `run_at` on.

    Only inside a transaction: if that is undone, there was never a job. While one with the same
    name and key waits, that one serves. If a worker has it in hand, it is run once more after.

    Raises LookupError for an unknown name, ValueError if the waiting one has another detail.
    """
    assert connection.in_atomic_block, f"{name} is put in the queue outside a transaction"
    if name not in _jobs:
        raise LookupError(f"no job is called {name}")
    wanted = {word: plain(name, value) for word, value in detail.items()}
    plain(name, key)
    run_at = run_at or clock.now()
    while True:
        waiting = _open().filter(name=name, key=key).select_for_update().first()
        if waiting:
            return _joined(waiting, wanted, run_at)
        with contextlib.suppress(IntegrityError), transaction.atomic():
            return Job.objects.create(name=name, key=key, detail=wanted, run_at=run_at)


def run_worker(*, stop: threading.Event, once: bool = False) -> int:
    """Do what is due until told to stop, or, with `once`, until nothing is. Returns how many."""
    n_run, pause = 0, SHORTEST_PAUSE
    taken_up: dict[str, date] = {}
    while not stop.is_set():
        try:
            _take_up_schedules(taken_up)
            claimed = _claim()
            if claimed:
                _run(claimed)
                n_run, pause = n_run + 1, SHORTEST_PAUSE
                continue
        except (OperationalError, InterfaceError) as fault:
            if once:
                raise
            _log.warning("The database does not answer (%s); trying again.", type(fault).__name__)
            connections.close_all()
            pause = LONGEST_PAUSE
        if once:
            break
        stop.wait(pause)
        pause = min(pause * 2, LONGEST_PAUSE)
    return n_run


@dataclass(frozen=True, kw_only=True)
class FailedJob:
    name: str
    key: str
    attempts: int
    fault: str  # the class of what was raised last
    failed_at: datetime


def failed_jobs() -> list[FailedJob]:
    """Those that were given up, newest first, for whoever runs the site. One query."""
    gone = Job.objects.exclude(failed_at=None).order_by("-failed_at", "-pk")
    return [
        FailedJob(name=j.name, key=j.key, attempts=j.attempts, fault=j.fault, failed_at=j.failed_at)
        for j in gone
        if j.failed_at
    ]


@job("core.schedule")
def run_schedule(*, schedule: str) -> None:
    schedule_called(schedule).function(by=Actor.clock())


def _open() -> QuerySet[Job]:
    return Job.objects.filter(done_at=None, failed_at=None)


def _joined(waiting: Job, wanted: dict[str, object], run_at: datetime) -> Job:
    if waiting.detail != wanted:
        raise ValueError(f"{waiting} waits already, with another detail")
    waiting.is_wanted_again = waiting.leased_until is not None
    waiting.run_at = min(waiting.run_at, run_at)
    waiting.save(update_fields=["is_wanted_again", "run_at"])
    return waiting


def _due() -> QuerySet[Job]:
    now = clock.now()
    is_free = Q(leased_until=None) | Q(leased_until__lte=now)
    return _open().filter(is_free, run_at__lte=now).order_by("run_at", "pk")


def _of_this_attempt(claimed: Job) -> QuerySet[Job]:
    """The job, while it is still ours: another worker's claim counts as another attempt."""
    return _open().filter(pk=claimed.pk, attempts=claimed.attempts)


def _claim() -> Job | None:
    """Take the next job that is due. Looks without locking first, since mostly there is none."""
    if not _due().exists():
        return None
    with transaction.atomic():  # on SQLite this alone keeps other workers out: it is IMMEDIATE
        claimed = _due().select_for_update(skip_locked=True).first()
        if claimed:
            claimed.attempts += 1
            claimed.leased_until = clock.now() + LEASE
            claimed.is_wanted_again = False
            claimed.save(update_fields=["attempts", "leased_until", "is_wanted_again"])
    return claimed


def _run(claimed: Job) -> None:
    with _renewed(claimed):
        try:
            if claimed.attempts > len(BACK_OFF) + 1:
                raise WorkerDied
            _jobs[claimed.name](**claimed.detail)
        except Exception as fault:  # noqa: BLE001 - whatever one job raises, the next must be run
            _log.exception("%s raised:", claimed)
            _put_off(claimed, type(fault).__name__)
        else:
            _end(claimed, done_at=clock.now(), fault="")


class WorkerDied(Exception):
    """Its workers died of this job as often as it may be tried."""


def _put_off(claimed: Job, fault: str) -> None:
    if claimed.attempts > len(BACK_OFF):
        _end(claimed, failed_at=clock.now(), fault=fault)
    else:
        _end(claimed, run_at=clock.now() + BACK_OFF[claimed.attempts - 1], fault=fault)


def _end(claimed: Job, **how: object) -> None:
    """Write down how this attempt ended, unless the lease ran out and the job is another's now."""
    with transaction.atomic():
        mine = _of_this_attempt(claimed).select_for_update().first()
        if mine is None:
            return
        Job.objects.filter(pk=mine.pk).update(leased_until=None, is_wanted_again=False, **how)
        if mine.is_wanted_again and "run_at" not in how:
            enqueue(mine.name, key=mine.key, **mine.detail)


@contextlib.contextmanager
def _renewed(claimed: Job) -> Iterator[None]:
    """The lease holds for as long as this takes, and this process lives."""
    is_over = threading.Event()
    renewing = contextvars.copy_context().run  # so that it goes by the same clock
    thread = threading.Thread(target=renewing, args=(_renew, claimed, is_over), daemon=True)
    thread.start()
    try:
        yield
    finally:
        is_over.set()
        thread.join()


def _renew(claimed: Job, is_over: threading.Event) -> None:
    mine = _of_this_attempt(claimed)
    try:
        while not is_over.wait(LEASE.total_seconds() / 3):
            with contextlib.suppress(DatabaseError):  # busy: there is time for two more tries
                if not mine.update(leased_until=clock.now() + LEASE):
                    return
    finally:
        connection.close()


def _take_up_schedules(taken_up: dict[str, date]) -> None:
    """Put in the queue what has come due. Costs a query only when a due day is new to us."""
    for schedule in schedules():
        due_on = schedule.due_on(clock.now())
        if taken_up.get(schedule.name) == due_on:
            continue
        with transaction.atomic():
            earlier = ScheduleRun.objects.filter(name=schedule.name)
            last_on = earlier.aggregate(last_on=Max("due_on"))["last_on"]
            if last_on is None or last_on < due_on:  # later ones count, if the clock was set back
                _, is_first = ScheduleRun.objects.get_or_create(
                    name=schedule.name, due_on=due_on, defaults={"at": clock.now()}
                )
                if is_first and last_on:
                    key = f"{schedule.name}:{due_on}"
                    enqueue("core.schedule", key=key, schedule=schedule.name)
        taken_up[schedule.name] = due_on
