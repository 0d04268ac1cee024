"""How a journey's days and spans are said. Plain counts and days are in look.words."""

from datetime import date

from hedgerow.look.words import day, days_of, first_up, out_of


def days_named(half_days: int, name: str) -> str:
    """9, "Facilitator days" -> "4½ facilitator days"; 2 -> "1 facilitator day"."""
    name = lower_first(name)
    return f"{days_of(half_days)} {name.replace('days', 'day', 1) if half_days == 2 else name}"


def days_left(left: int, half_days: int, name: str) -> str:
    """In half days: 2, 12, "Facilitator days" -> "One of six facilitator days"; halves in figures."""
    if left % 2 or half_days % 2 or not half_days:
        return f"{days_of(left) if left else 'None'} of {days_named(half_days, name)}"
    whole = first_up(out_of(left // 2, half_days // 2))
    name = lower_first(name)
    return f"{whole} {name.replace('days', 'day', 1) if half_days == 2 else name}"


def span(first: date, last: date) -> str:
    """ "12 January to 6 February 2026", "2 to 12 March 2026"; one day is said once."""
    if first == last:
        return day(last)
    start = day(first).split()
    if first.year == last.year:
        start = start[:1] if first.month == last.month else start[:2]
    return f"{' '.join(start)} to {day(last)}"


def lower_first(words: str) -> str:
    """As it stands inside a sentence; "ICT reviews" stays."""
    return words if words[1:2].isupper() else words[:1].lower() + words[1:]
