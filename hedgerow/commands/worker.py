import os
import signal
import threading

import click

from hedgerow.commands import ready, say


@click.command()
@click.option("--once", is_flag=True, help="Do what waits now, then end.")
@click.option("--beside", type=int, hidden=True, help="End when this process, its parent, is gone.")
def worker(once: bool, beside: int | None) -> None:
    """Do what waits in the queue: send mail, read files in, keep dates.

    `hedgerow serve` runs one already. More of them, here or on other machines, share the work.
    """
    ready()
    from hedgerow.core.guard import check_database
    from hedgerow.core.jobs import run_worker

    check_database()
    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())
    if beside is not None:
        threading.Thread(target=_end_with, args=(beside, stop), daemon=True).start()

    done = run_worker(stop=stop, once=once)
    if once:
        say(f"{done} done.")


def _end_with(parent: int, stop: threading.Event) -> None:
    while not stop.wait(1):
        if os.getppid() != parent:
            stop.set()
