"""How a list of things to do is announced: on its page and in the subject of a letter."""

from hedgerow.look.words import count, first_up

from .queries import NextList


def headline(found: NextList) -> str:
    """ "Three things for you, about eight minutes"."""
    n = len(found.lines)
    if n == 0:
        return "Nothing waits for you"
    return f"{first_up(count(n, 'thing'))} for you, about {count(found.minutes, 'minute')}"
