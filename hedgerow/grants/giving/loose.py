"""What a file holds in one place, before anybody knows what it is meant to be."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from hedgerow.core.cells import bare, marked, neat, unseen

from . import values

MOST_CHARACTERS = 32_767  # in one text, as in a cell of a spreadsheet


class Unreadable(ValueError):
    """The message is a sentence for whoever made the file."""


@dataclass(frozen=True)
class Broken:
    """A cell without a value: the sentence says why."""

    sentence: str


def is_nothing(said: Any) -> bool:
    return said is None or (isinstance(said, str | list | Mapping) and not said)


def kind_of(said: Any) -> str:
    match said:
        case None:
            return "null"
        case bool():
            return "true or false"
        case int() | Decimal():
            return "a number"
        case str():
            return "words"
        case Mapping():
            return "an object"
        case _:
            return "a list"


def words_of(said: Any, *, is_typed: bool) -> str:
    """Words in one way of writing them; "" for none. Raises ValueError.

    `is_typed`: JSON says itself whether 1200 is a number; in a table it is what is typed.
    """
    if said is None:
        return ""
    if isinstance(said, Broken):
        raise Unreadable(said.sentence)
    if not is_typed and isinstance(said, int | Decimal) and not isinstance(said, bool):
        return f"{said:f}" if isinstance(said, Decimal) else str(said)
    if not isinstance(said, str):
        raise Unreadable(f"This is {kind_of(said)}, and words are needed.")
    # Whatever is taken in comes back the same from a table of ours, where a mark is taken off.
    words = neat(marked(bare(said))) if is_typed else bare(said)
    if len(words) > MOST_CHARACTERS:
        raise Unreadable(f"This has more than {MOST_CHARACTERS:,} characters.")
    if sign := unseen(words):
        raise Unreadable(f"A sign here cannot be seen or was lost ({sign}). Type it again.")
    return words


def amount_of(said: Any, currency: str, *, is_typed: bool) -> Decimal:
    """A number, or in a table what somebody typed for one. Raises ValueError."""
    if isinstance(said, Broken):
        raise Unreadable(said.sentence)
    if isinstance(said, int | Decimal) and not isinstance(said, bool):
        return values.amount(values.number(said), currency)
    if is_typed or not isinstance(said, str):
        raise Unreadable(f"This is {kind_of(said)}, and a number is needed.")
    return values.amount_in_words(bare(said), currency)
