"""Reading the days that people type, as they are written in the United Kingdom."""

import re
from datetime import date

_MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_FIRST, _LAST = 1900, 2100  # years; before and after, a slip of the finger is likelier

_IN_WORDS = re.compile(
    r"(?:(?P<weekday>[a-z]+),?\s+)?(?P<day>[0-9]{1,2})(?:st|nd|rd|th)?\s+(?P<month>[a-z]+)\.?,?\s+(?P<year>[0-9]{4})"
)
_IN_FIGURES = re.compile(
    r"(?P<day>[0-9]{1,2})\s*([/.\- ])\s*(?P<month>[0-9]{1,2})\s*\2\s*(?P<year>[0-9]{4})"
)
_BY_MACHINE = re.compile(r"(?P<year>[0-9]{4})-(?P<month>[0-9]{2})-(?P<day>[0-9]{2})")
_HOW = "Write it as 17/3/2026 or 17 March 2026: the day, the month, then the whole year."


def read_day(text: str) -> date:
    """Read 17/3/2026, 17 March 2026, Tuesday 17th Mar 2026 or 2026-03-17.

    Raises ValueError with a sentence for whoever typed it. The day comes before the month,
    always; a year of two figures is not guessed.
    """
    typed = " ".join(text.split()).casefold()
    shown = f"“{text.strip()[:40]}”"
    match = next(filter(None, (p.fullmatch(typed) for p in _SHAPES)), None)
    month = _month(match["month"]) if match else None
    if not match or month is None:
        raise ValueError(f"{shown} is not a day that we can read. {_HOW}")
    year, day = int(match["year"]), int(match["day"])
    if not _FIRST <= year <= _LAST:
        raise ValueError(f"{shown} is in the year {year}. Check the year.")
    try:
        read = date(year, month, day)
    except ValueError:
        raise ValueError(f"There is no such day as {shown}. {_HOW}") from None
    _agree(match.groupdict().get("weekday"), read, shown)
    return read


_SHAPES = (_IN_WORDS, _IN_FIGURES, _BY_MACHINE)


def _month(word: str) -> int | None:
    """3 for “3”, “mar” and “march”. A number above 12 is left for the calendar to refuse."""
    if word.isdecimal():
        return int(word)
    short = "sep" if word == "sept" else word
    return next((n for n, month in enumerate(_MONTHS, 1) if short in (month, month[:3])), None)


def _agree(weekday: str | None, read: date, shown: str) -> None:
    if not weekday:
        return
    falls_on = _WEEKDAYS[read.weekday()]
    if weekday not in (falls_on, falls_on[:3]):
        raise ValueError(f"{shown} falls on a {falls_on.capitalize()}. Check the day.")


def in_words(day: date) -> str:
    """17 March 2026: what `read_day` reads back."""
    return f"{day.day} {_MONTHS[day.month - 1].capitalize()} {day.year}"
