"""Four processes that write at once, and are killed or copied from while they do.

    python -m tests.safety.writers kill 12          acknowledge after the change is done
    python -m tests.safety.writers kill 12 early    acknowledge before: what must not be
    python -m tests.safety.writers copy 3           make backups meanwhile

Prints what came of it as JSON. Everything is in HEDGEROW_HOME.
"""

import json
import os
import random
import signal
import sys
import tarfile
import time
from contextlib import closing
from pathlib import Path

os.environ["DJANGO_SETTINGS_MODULE"] = "tests.safety.bare_settings"
import django

django.setup()
from django.core.management import call_command
from django.db import connection, connections

from hedgerow.core import backups, chain, database, snapshots
from hedgerow.core.actors import Actor
from hedgerow.core.models import Event
from hedgerow.people.models import Programme
from tests.safety.acts import begin

WRITERS = 4


def main(mode, times, *how):
    call_command("migrate", run_syncdb=True, verbosity=0, skip_checks=True)
    connections.close_all()  # none may be carried over into the writers
    told = {"kill": killed, "copy": copied}[mode](int(times), *how)
    sys.stdout.write(json.dumps(told))


def killed(times, how="late"):
    acknowledged = set()
    chance = random.Random(times)
    is_early = how == "early"
    for n in range(times):
        writers, acks = start(f"kill-{n}", is_early=is_early)
        acknowledged |= heard(acks, chance.randint(2, 5) if is_early else chance.randint(5, 40))
        time.sleep(chance.uniform(0, 0.02))
        acknowledged |= stop(writers, acks)
    return {"acknowledged": len(acknowledged), **compared(acknowledged)}


def copied(times):
    writers, acks = start("copy", is_early=False)
    before, found = set(), []
    for _ in range(times):
        before |= heard(acks, 40)
        time.sleep(1)  # a file is called by its second
        file = backups.make(Path(os.environ["HEDGEROW_HOME"], "backups"), tick=lambda n: None)
        backup = backups.verify(file, tick=lambda n: None)
        missing = before - slugs_in(file)
        found.append({"known": len(before), "missing": len(missing), "faults": backup.faults})
    stop(writers, acks)
    return found


def slugs_in(file):
    aside = file.with_suffix(".d")
    with tarfile.open(file) as tar:
        tar.extract(snapshots.SQLITE, aside, filter="data")
    with closing(database.linked_sqlite().connect(aside / snapshots.SQLITE)) as opened:
        return {slug for (slug,) in opened.execute("SELECT slug FROM people_programme")}


def start(name, *, is_early):
    """Their process ids, and the pipe on which they tell the slugs of what they did."""
    acks, tell = os.pipe()
    writers = []
    for n in range(WRITERS):
        writer = os.fork()
        if writer == 0:
            os.close(acks)
            write_for_ever(f"{name}-{n}", tell, is_early=is_early)
        writers.append(writer)
    os.close(tell)
    return writers, acks


def write_for_ever(name, tell, *, is_early):
    n = 0
    while True:
        slug = f"{name}-{n}"
        ack = slug.encode() + b"\n"
        if is_early:

            def before_it_is_done(ack=ack):
                os.write(tell, ack)
                time.sleep(0.2)

            begin(by=Actor.clock(), slug=slug, before_it_is_done=before_it_is_done)
        else:
            begin(by=Actor.clock(), slug=slug)
            os.write(tell, ack)
        n += 1


def stop(writers, acks):
    for writer in writers:
        os.kill(writer, signal.SIGKILL)
    for writer in writers:
        os.waitpid(writer, 0)
    told = set(drain(acks))
    os.close(acks)
    return told


def heard(acks, least):
    """What was told by the time that it was so much, however slow the machine."""
    told = set()
    os.set_blocking(acks, False)
    while len(told) < least:
        time.sleep(0.002)
        told |= set(drain(acks))
    return told


def drain(acks):
    """The slugs told so far. Each was written at once, so none is cut."""
    text = b""
    while True:
        try:
            chunk = os.read(acks, 65_536)
        except BlockingIOError:
            break
        if not chunk:
            break
        text += chunk
    return text.decode().split()


def compared(acknowledged):
    rows = dict(Programme.objects.values_list("slug", "pk"))
    entries = set(Event.objects.values_list("thing", flat=True))
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA integrity_check")
        integrity = cursor.fetchone()[0]
    return {
        "lost": len(acknowledged - rows.keys()),
        "half": len({f"people.programme:{pk}" for pk in rows.values()} ^ entries),
        "integrity": integrity,
        "record": chain.verify(),
    }


if __name__ == "__main__":
    main(*sys.argv[1:])
