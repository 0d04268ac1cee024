"""What happens by itself on certain days, at an hour of the United Kingdom's clock."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from .clock import LONDON


@dataclass(frozen=True, kw_only=True)
class Schedule:
    name: str  # kept in the database: never renamed, never used again
    day: int | None  # calendar.MONDAY to calendar.SUNDAY; None: every day
    hour: int  # 0 to 23
    function: Callable[..., object]  # called with by=Actor.clock()

    def due_on(self, at: datetime) -> date:
        """The newest day on which it was due at this instant.

        An hour that the clock skips in spring counts from the next one; one that comes twice in
        autumn is due the first time.
        """
        here = at.astimezone(LONDON)
        day = here.date() if here.hour >= self.hour else here.date() - timedelta(days=1)
        return day if self.day is None else day - timedelta(days=(day.weekday() - self.day) % 7)


_schedules: dict[str, Schedule] = {}  # filled when the site starts, never after


def every(name: str, *, day: int | None, hour: int, function: Callable[..., object]) -> None:
    """Have a worker call `function(by=Actor.clock())` once for each due day. Said in `ready()`.

    It is called as a job: again, with back-off, if it raises or its worker dies; so it has to be
    one that may run twice. After days without a worker it is called once, for the newest due day.
    A schedule that is new begins with its next due day.
    """
    assert name not in _schedules, f"two schedules are called {name}"
    assert 0 <= hour <= 23
    assert day is None or 0 <= day <= 6
    _schedules[name] = Schedule(name=name, day=day, hour=hour, function=function)


def schedules() -> Iterator[Schedule]:
    yield from _schedules.values()


def schedule(name: str) -> Schedule:
    """Raises LookupError for a name that nothing is scheduled under."""
    return _schedules[name]
