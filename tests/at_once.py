"""Several presses of a button in one instant, each with a connection of its own."""

import re
import threading
from collections.abc import Callable, Iterable
from concurrent.futures import Future, ThreadPoolExecutor

from django.db import connection, models

from hedgerow.core.actions import Refused, action, locked, record
from hedgerow.core.actors import Actor
from hedgerow.core.owners import Owner


def all_at_once(*presses: Callable[[], object]) -> list[str]:
    """What came of each, "done" or "refused", sorted; any other fault is raised."""
    ready = threading.Barrier(len(presses))

    def press(act: Callable[[], object]) -> str:
        return _pressed(act, ready)

    with ThreadPoolExecutor(len(presses)) as people:
        return sorted(people.map(press, presses))


def while_held(
    row: models.Model, press: Callable[[], object], *, and_then: models.Model | None = None
) -> str:
    """What comes of a press, "done" or "refused", while somebody else has a row locked, who then
    writes something down, or wants another row too. Fails if the two wait for each other: what is
    pressed locks in another order, or has written something down and goes on to lock."""
    ready = threading.Barrier(1)

    @action
    def hold(*, by: Actor, other: ThreadPoolExecutor) -> "Future[str]":
        locked(row)
        pressed = other.submit(_pressed, press, ready)
        _until_it_waits_for_us(pressed)
        if and_then is not None:
            locked(and_then)
        record("test.held", by=by, to=row, owner=(Owner.SYSTEM, None))
        return pressed

    with ThreadPoolExecutor(1) as other:
        return hold(by=Actor.command(), other=other).result()


def tables_locked(queries: Iterable[dict[str, str]]) -> list[str]:
    """Of captured queries: the table of each that locks rows, in their order."""
    locking = re.compile(r'FROM "(\w+)".* FOR (?:NO KEY )?UPDATE')
    return [found[1] for query in queries if (found := locking.search(query["sql"]))]


def _pressed(act: Callable[[], object], ready: threading.Barrier) -> str:
    try:
        ready.wait()
        act()
    except Refused:
        return "refused"
    finally:
        connection.close()
    return "done"


def _until_it_waits_for_us(pressed: "Future[str]") -> None:
    blocked = (
        "SELECT 1 FROM pg_locks WHERE NOT granted AND pg_backend_pid() = ANY(pg_blocking_pids(pid))"
    )
    with connection.cursor() as cursor:
        while not pressed.done():
            cursor.execute(blocked)
            if cursor.fetchone():
                return
