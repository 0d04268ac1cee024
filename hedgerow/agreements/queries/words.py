"""How a member's word came in: said by its own people, or written down for it."""

from collections.abc import Mapping

from hedgerow.agreements.models import Channel, Word
from hedgerow.look.words import day
from hedgerow.people.models import Seat
from hedgerow.people.readers import seat_words

WAYS_TO_US = {
    Channel.PHONE: "by telephone",
    Channel.PAPER: "on paper",
    Channel.TABLE: "at a meeting",
}


def waits(word: Word) -> bool:
    """Written down for it, and not confirmed yet."""
    return word.recorded_by_id is not None and word.confirmed_at is None


def seats_in(word: Word) -> set[int]:
    """Keys of the seats that `how_told` names."""
    return {key for key in (word.by_id, word.recorded_by_id, word.confirmed_by_id) if key}


def how_told(word: Word, seats: Mapping[int, Seat | None]) -> str:
    """ "Said by Chief executive, Open Door, on 17 March 2026.\""""

    def called(key: int | None) -> str:
        seat = seats.get(key) if key else None
        return seat_words(seat) if seat else "somebody who is no longer here"

    if word.recorded_by_id is None:
        return f"Said by {called(word.by_id)} on {day(word.at)}."
    way = WAYS_TO_US[Channel(word.channel)]
    told = f"Written down by {called(word.recorded_by_id)}, as said {way} on {day(word.at)}"
    if word.confirmed_at:
        return f"{told}; confirmed by {called(word.confirmed_by_id)}."
    return f"{told}; not confirmed yet."
