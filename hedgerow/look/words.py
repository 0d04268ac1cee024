"""How we write numbers, days and lists, on pages and in messages alike. From look.md."""

from collections.abc import Iterable
from datetime import date, datetime

from hedgerow.core.clock import LONDON

_SMALL = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")


def number(n: int, *, zero: str = "no") -> str:
    """Up to nine in words, then in figures; below nothing in figures with a true minus."""
    if n == 0:
        return zero
    return _SMALL[n] if 0 < n < 10 else f"{n:,}".replace("-", "−")


def count(n: int, one: str, many: str = "", *, zero: str = "no") -> str:
    """count(3, "date") -> "three dates"."""
    return f"{number(n, zero=zero)} {one if n == 1 else many or one + 's'}"


def out_of(n: int, total: int) -> str:
    """ "five of six"; "none of six"; "both"; "all six"; "none" where there is nothing to count."""
    if n == 0:
        return f"none of {number(total)}" if total else "none"
    if n == total and total > 1:
        return "both" if total == 2 else f"all {number(total)}"
    if total > 9:  # words and figures are not mixed in one count
        return f"{n:,} of {total:,}"
    return f"{number(n)} of {number(total)}"


def about_minutes(n: int) -> str:
    return f"about {count(n, 'minute')}" if n > 0 else "less than a minute"


def days_of(half_days: int) -> str:
    """Half days as days: 9 -> "4½", 1 -> "½", 12 -> "6"."""
    sign = "-" if half_days < 0 else ""
    whole, half = divmod(abs(half_days), 2)
    return f"{sign}{whole or ('' if half else 0)}{'½' if half else ''}"


def day_of(when: date | datetime) -> date:
    """The day in the United Kingdom."""
    return when.astimezone(LONDON).date() if isinstance(when, datetime) else when


def day(when: date | datetime) -> str:
    """17 March 2026."""
    on = day_of(when)
    return f"{on.day} {on:%B} {on.year}"


def weekday(when: date | datetime) -> str:
    """Tuesday 17 March 2026."""
    return f"{day_of(when):%A} {day(when)}"


def clock_time(when: datetime) -> str:
    """10am, 4.30pm, noon, midnight; as clocks in the United Kingdom show it."""
    at = when.astimezone(LONDON)
    if at.minute == 0 and at.hour in (0, 12):
        return "noon" if at.hour else "midnight"
    minutes = f".{at.minute:02}" if at.minute else ""
    return f"{at.hour % 12 or 12}{minutes}{'am' if at.hour < 12 else 'pm'}"


def listed(items: Iterable[object]) -> str:
    """ "a, b and c"."""
    words = [str(item) for item in items]
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} and {words[-1]}"


def first_up(sentence: str) -> str:
    return sentence[:1].upper() + sentence[1:]


def first_low(name: str) -> str:
    """Within a sentence; what begins with letters that stay great, as "IT support", is left."""
    return name if name[1:2].isupper() else name[:1].lower() + name[1:]
