"""What time it is. The only place that asks the machine."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")

_told: ContextVar[datetime | None] = ContextVar("_told", default=None)
_hidden: ContextVar[bool] = ContextVar("_hidden", default=False)


def now() -> datetime:
    """The instant, aware, in UTC."""
    if _hidden.get():
        raise RuntimeError("what is kept for later must not hold the time of now")
    return _told.get() or datetime.now(UTC)


def today() -> date:
    """The day in the United Kingdom."""
    return now().astimezone(LONDON).date()


def day_of(instant: datetime) -> date:
    return instant.astimezone(LONDON).date()


@contextmanager
def at(instant: datetime) -> Iterator[None]:
    """Tell the time, for the example (whose past has to be lived through) and for tests."""
    if instant.tzinfo is None:
        raise ValueError("an instant says its time zone")
    token = _told.set(instant.astimezone(UTC))
    try:
        yield
    finally:
        _told.reset(token)


@contextmanager
def hidden() -> Iterator[None]:
    """Inside, nobody may ask the time: what is made there is used again later."""
    token = _hidden.set(True)
    try:
        yield
    finally:
        _hidden.reset(token)
