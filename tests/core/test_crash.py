"""Workers in processes of their own: killed in the middle, or two at one queue."""

import os
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import pytest
from django.db import connection, transaction

from hedgerow.core import jobs
from hedgerow.core.models import Event, Job

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 120  # seconds; only a test that fails waits so long


class Workers:
    """Starts workers at the test's own database, and knows what their jobs said."""

    def __init__(self, folder):
        self.notes = folder / "notes"
        self.notes.touch()
        self.running = []

    def start(self, *, slow=0.0, lease=60.0, mistake=""):
        ready = self.count("ready")
        told = {
            "TEST_DATABASE": str(connection.settings_dict["NAME"]),
            "NOTES": str(self.notes),
            "SLOW": str(slow),
            "LEASE": str(lease),
            "MISTAKE": mistake,
            "DJANGO_SETTINGS_MODULE": os.environ.get("DJANGO_SETTINGS_MODULE", "hedgerow.settings"),
        }
        worker = subprocess.Popen(
            [sys.executable, "-m", "tests.core.worker"],
            cwd=ROOT,
            env={**os.environ, **told},
            stdin=subprocess.PIPE,
        )
        self.running.append(worker)
        self.wait_for(lambda: self.count("ready") > ready)
        return worker

    def said(self, word):
        lines = (line.split() for line in self.notes.read_text().splitlines())
        return [int(number) for said, number in lines if said == word]

    def count(self, word):
        return len(self.said(word))

    def wait_for(self, is_so):
        until = time.monotonic() + PATIENCE
        while not is_so():
            assert time.monotonic() < until, f"waited in vain: {self.notes.read_text()}"
            assert all(worker.poll() in (None, 0, -9) for worker in self.running)
            time.sleep(0.02)

    def end(self):
        for worker in self.running:
            if worker.poll() is None:
                worker.kill()
            worker.stdin.close()
            worker.wait()


@pytest.fixture
def workers(tmp_path, transactional_db, monkeypatch):
    monkeypatch.setattr(jobs, "_jobs", {**jobs._jobs, "test.slow": print})
    workers = Workers(tmp_path)
    yield workers
    workers.end()


def put(*numbers):
    with transaction.atomic():
        for number in numbers:
            jobs.enqueue("test.slow", key=str(number), number=number)


def all_done():
    return not Job.objects.filter(done_at=None).exists()


def test_a_job_whose_worker_is_killed_is_run_once_more_and_finished(workers):
    put(1)
    first = workers.start(slow=600, lease=2)
    workers.wait_for(lambda: workers.count("began"))
    first.kill()
    first.wait()
    job = Job.objects.get()
    assert (job.done_at, job.attempts, bool(job.leased_until)) == (None, 1, True)

    workers.start()
    workers.wait_for(all_done)
    time.sleep(0.3)

    assert workers.said("began") == [1, 1]
    assert workers.said("ended") == [1]
    assert Job.objects.get().attempts == 2
    assert Event.objects.filter(did="test.number_kept").count() == 1


def test_two_workers_never_run_one_job(workers):
    workers.start(slow=0.02)
    workers.start(slow=0.02)
    put(*range(30))
    workers.wait_for(all_done)

    assert Counter(workers.said("began")) == Counter(range(30))


def test_without_the_lock_two_workers_would_run_one_job(workers):
    """That the test above can fail at all."""
    workers.start(slow=0.5, mistake="no lock")
    workers.start(slow=0.5, mistake="no lock")
    put(1)
    workers.wait_for(lambda: workers.count("ended") > 1)

    assert workers.said("began") == [1, 1]


def test_a_job_that_takes_longer_than_its_lease_stays_with_its_worker(workers):
    workers.start(slow=6, lease=5)  # three seconds and more in which a busy machine may come to it
    workers.start(slow=6, lease=5)
    put(1)
    workers.wait_for(all_done)

    assert workers.said("began") == [1]


def test_without_renewal_a_long_job_would_be_run_twice(workers):
    """That the test above can fail at all."""
    workers.start(slow=600, lease=0.9, mistake="no renewal")
    workers.start(slow=600, lease=0.9, mistake="no renewal")
    put(1)
    workers.wait_for(lambda: workers.count("began") > 1)

    assert workers.said("ended") == []


def test_however_often_a_worker_is_killed_every_job_is_done_and_leaves_one_event(workers):
    put(*range(24))
    for n_ended in (2, 7, 13, 18):
        worker = workers.start(slow=0.04, lease=0.6)
        workers.wait_for(lambda n_ended=n_ended: workers.count("ended") >= n_ended)
        time.sleep(n_ended * 0.005)  # in the middle of another part of a job each time
        worker.kill()
        worker.wait()
    workers.start(slow=0, lease=0.6)
    workers.wait_for(all_done)

    kept = Event.objects.filter(did="test.number_kept").values_list("detail__number", flat=True)
    assert Counter(kept) == Counter(range(24))
    assert set(workers.said("ended")) == set(range(24))


def test_a_worker_that_is_told_to_stop_finishes_what_it_has_in_hand(workers):
    put(1, 2)
    worker = workers.start(slow=600)
    workers.wait_for(lambda: workers.count("began"))
    worker.stdin.close()
    assert worker.wait(PATIENCE) == 0

    assert workers.said("ended") == [1]
    assert Job.objects.filter(done_at=None).count() == 1
