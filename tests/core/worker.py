"""A worker in a process of its own, for tests that kill it: `python -m tests.core.worker`.

TEST_DATABASE says which database; NOTES, into which file each job says that it began and ended;
SLOW, how many seconds one takes, unless it is told to stop before; LEASE, how many a lease lasts.
MISTAKE is one to make: "no lock" or "no renewal".
"""

import os
import sys
import threading
import time
from datetime import timedelta
from pathlib import Path

import django
from django.conf import settings

settings.DATABASES["default"]["NAME"] = os.environ["TEST_DATABASE"]
django.setup()

from hedgerow.core import clock, jobs
from hedgerow.core.actions import action, nothing_to_do, record
from hedgerow.core.actors import Actor
from hedgerow.core.models import Receipt
from hedgerow.core.owners import Owner


def note(word, number):
    with Path(os.environ["NOTES"]).open("a") as notes:
        notes.write(f"{word} {number}\n")


@action
def keep_number(*, by, number):
    kept, is_new = Receipt.objects.get_or_create(
        token=f"number {number}", defaults={"at": clock.now()}
    )
    if not is_new:
        nothing_to_do()
        return
    record("test.number_kept", by=by, to=kept, owner=(Owner.SYSTEM, None), number=number)


@jobs.job("test.slow")
def slow(*, number):
    note("began", number)
    keep_number(by=Actor.clock(), number=number)
    stop.wait(float(os.environ["SLOW"]))
    note("ended", number)


def claim_without_a_lock():
    claimed = jobs._due().first()
    if claimed:
        note("looked", claimed.pk)
        while Path(os.environ["NOTES"]).read_text().count("looked") < 2:
            time.sleep(0.01)  # until the other one has found it free too
        claimed.attempts += 1
        claimed.leased_until = clock.now() + jobs.LEASE
        claimed.save()
    return claimed


stop = threading.Event()

if __name__ == "__main__":
    jobs.LEASE = timedelta(seconds=float(os.environ["LEASE"]))
    jobs.SHORTEST_PAUSE = jobs.LONGEST_PAUSE = 0.05
    if os.environ["MISTAKE"] == "no lock":
        jobs._claim = claim_without_a_lock
    if os.environ["MISTAKE"] == "no renewal":
        jobs._renew = lambda claimed, is_over: None
    threading.Thread(target=lambda: (sys.stdin.read(), stop.set()), daemon=True).start()
    jobs._due().exists()
    note("ready", 0)
    jobs.run_worker(stop=stop)
