from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from hedgerow.core import clock
from hedgerow.grants.models import MediationNote
from hedgerow.people.readers import seat_words, with_seats


@dataclass(frozen=True, kw_only=True)
class NoteLine:
    key: int
    on: date
    asked_by: str
    words: str
    outcome: str
    by: str
    written_on: date
    struck_on: date | None
    struck_by: str


def note_lines(notes: Sequence[MediationNote]) -> list[NoteLine]:
    """In the order given. One query for the seats."""
    return [
        NoteLine(
            key=note.pk,
            on=note.on,
            asked_by=note.asked_by,
            words=note.words,
            outcome=note.outcome,
            by=seat_words(note.by),
            written_on=clock.day_of(note.at),
            struck_on=clock.day_of(note.struck_at) if note.struck_at else None,
            struck_by=seat_words(note.struck_by) if note.struck_by else "",
        )
        for note in with_seats(notes, "by", "struck_by")
    ]
