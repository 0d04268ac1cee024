"""Several presses of a button in one instant, each with a connection of its own."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from django.db import connection

from hedgerow.core.actions import Refused


def all_at_once(*presses: Callable[[], object]) -> list[str]:
    """What came of each, "done" or "refused", sorted; any other fault is raised."""
    ready = threading.Barrier(len(presses))

    def press(act: Callable[[], object]) -> str:
        try:
            ready.wait()
            act()
        except Refused:
            return "refused"
        finally:
            connection.close()
        return "done"

    with ThreadPoolExecutor(len(presses)) as people:
        return sorted(people.map(press, presses))
