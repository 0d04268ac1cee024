"""Who does a thing: `by` in every action."""

from dataclasses import dataclass
from enum import StrEnum


class Via(StrEnum):
    PAGE = "page"
    LINK = "link"  # a signed link in a message, without signing in
    COMMAND = "command"
    FILE = "file"
    CLOCK = "clock"


@dataclass(frozen=True, kw_only=True)
class Actor:
    """A person in one of their seats, or the clock. Keys only, so that a name can be erased."""

    person: int | None
    seat: int | None = None
    for_organisation: int | None = None
    via: Via = Via.PAGE

    @classmethod
    def clock(cls) -> "Actor":
        return cls(person=None, via=Via.CLOCK)

    @classmethod
    def command(cls) -> "Actor":
        """Somebody at the machine itself."""
        return cls(person=None, via=Via.COMMAND)
