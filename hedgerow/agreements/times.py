"""Times of day as people type them, and the instant that one is in the United Kingdom."""

import re
from datetime import UTC, date, datetime, time

from hedgerow.core.clock import LONDON
from hedgerow.look.words import clock_time, weekday

_TYPED = re.compile(r"(?P<hour>[0-9]{1,2})(?:[.:](?P<minute>[0-9]{2}))?\s*(?P<half>am|pm)?")
_WORDS = {"noon": time(12), "midday": time(12), "midnight": time(0)}
_HOW = "Write it as 10am, 2.30pm or 14:30."


def read_time(text: str) -> time:
    """Read 10am, 2.30pm, 14:30, noon or midnight.

    Raises ValueError with a sentence for whoever typed it. An hour that could be of the morning or
    of the afternoon is not guessed.
    """
    typed = " ".join(text.split()).casefold().replace("a.m.", "am").replace("p.m.", "pm")
    shown = f"“{text.strip()[:20]}”"
    if typed in _WORDS:
        return _WORDS[typed]
    match = _TYPED.fullmatch(typed)
    if not match or not (match["minute"] or match["half"]):
        raise ValueError(f"{shown} is not a time that we can read. {_HOW}")
    hour, minute = int(match["hour"]), int(match["minute"] or 0)
    if match["half"]:
        if not 1 <= hour <= 12:
            raise ValueError(f"There is no {shown} on a clock. {_HOW}")
        hour = hour % 12 + (12 if match["half"] == "pm" else 0)
    elif len(match["hour"]) == 1 and 1 <= hour <= 7:
        raise ValueError(f"{shown} could be in the morning or in the afternoon. {_HOW}")
    if hour > 23 or minute > 59:
        raise ValueError(f"There is no {shown} on a clock. {_HOW}")
    return time(hour, minute)


def in_london(on: date, at: time) -> datetime:
    """The instant, in UTC, at which clocks in the United Kingdom show this.

    Raises ValueError with a sentence where they never do, or do twice.
    """
    first, second = (
        datetime.combine(on, at, LONDON).replace(fold=fold).astimezone(UTC) for fold in (0, 1)
    )
    if first == second:
        return first
    shown = clock_time(datetime.combine(on, at, UTC).replace(tzinfo=LONDON))
    night = f"in the night to {weekday(on)}"
    if first.astimezone(LONDON).time() != at:
        raise ValueError(
            f"The clocks go forward from 1am to 2am {night}, so there is no {shown}. "
            "Choose an earlier or a later time."
        )
    raise ValueError(
        f"The clocks go back from 2am to 1am {night}, so {shown} comes twice. "
        "Choose a time before 1am, or 2am or later."
    )
