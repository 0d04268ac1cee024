"""The record, read as sentences by whoever may."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from django.apps import apps
from django.db.models import Model, QuerySet

from hedgerow.core.actors import Via
from hedgerow.core.models import Event
from hedgerow.core.owners import Owner
from hedgerow.core.prepared import prepared
from hedgerow.core.rooms import Told, sentence_of
from hedgerow.people.models import Seat
from hedgerow.people.reach import visible_events
from hedgerow.people.readers import Reader, seat_words, seats_named

MOST_CHANGES = 50

_READ = ("number", "at", "by_person", "by_seat", "via", "did", "thing", "detail")  # of an event
# What the words for a row need beside it; nothing, if it does not stand here.
_WITH = {
    "people.mandate": tuple(
        f"deputy__{name}" for name in ("user", "organisation", "cluster", "programme")
    ),
    "people.invitation": ("organisation", "cluster", "programme"),
}


@dataclass(frozen=True, kw_only=True)
class HistoryLine:
    at: datetime
    sentence: str
    number: int  # of the event: the next page begins `before` the last one shown


def history_of(
    reader: Reader, *, owner: Owner, key: int | None, limit: int, before: int | None = None
) -> list[HistoryLine]:
    """What happened in somebody's history, newest first, as far as the reader may know of it.

    Queries: one, and one for each kind of thing that a sentence names.
    """
    events = visible_events(reader).filter(owner_kind=owner, owner_key=key)
    if before is not None:
        events = events.filter(number__lt=before)
    return _lines(reader, list(events.only(*_READ)[:limit]))


def changes_since(
    reader: Reader, instant: datetime, *, limit: int = MOST_CHANGES
) -> list[HistoryLine]:
    """What others did since, newest first, wherever the reader may look. Queries as above."""
    events = visible_events(reader).filter(at__gt=instant).exclude(owner_kind=Owner.PERSON)
    if reader.person:
        events = events.exclude(by_person=reader.person.pk)
    return _lines(reader, list(events.only(*_READ)[:limit]))


def _lines(reader: Reader, events: Sequence[Event]) -> list[HistoryLine]:
    names = _Names(events)
    return [
        HistoryLine(
            at=event.at,
            sentence=sentence_of(event.did)(
                Told(
                    by=_by(reader, event, names),
                    look_up=partial(names.row, *event.thing.split(":")),
                    detail=event.detail,
                    named=names.named,
                )
            ),
            number=event.number,
        )
        for event in events
    ]


def _by(reader: Reader, event: Event, names: "_Names") -> str:
    seat = names.row("people.seat", event.by_seat)
    if isinstance(seat, Seat):
        return seat_words(seat)
    if event.via == Via.CLOCK:
        return "The clock"
    if event.by_person is None:
        return "Whoever runs this Hedgerow" if event.via == Via.COMMAND else "Somebody"
    if reader.person and event.by_person == reader.person.pk:
        return "You"
    return names.named("people.user", event.by_person)


class _Names:
    """Rows that a batch of events names, each kind looked up once."""

    def __init__(self, events: Sequence[Event]):
        self._keys: dict[str, set[int]] = {
            "people.seat": {event.by_seat for event in events if event.by_seat},
            "people.user": {event.by_person for event in events if event.by_person},
        }
        for event in events:
            label, _, key = event.thing.partition(":")
            self._keys.setdefault(label, set()).add(int(key))
        # Which number names what, only its sentence knows: all of them are looked for.
        self._numbers = {n for event in events for n in _whole_numbers(event.detail)}
        self._rows: dict[str, Mapping[int, Model | None]] = {}

    def row(self, label: str, key: object) -> Model | None:
        if key is None:
            return None
        if label not in self._rows:
            self._rows[label] = self._found(label)
        return self._rows[label].get(int(str(key)))

    def named(self, label: str, key: object) -> str:
        row = self.row(label, key)
        if row is None:
            return "something that is no longer here"
        return seat_words(row) if isinstance(row, Seat) else str(row)

    def _found(self, label: str) -> Mapping[int, Model | None]:
        keys = self._keys.get(label, set()) | self._numbers
        if label == "people.seat":
            return seats_named(keys)
        return {row.pk: row for row in _rows(apps.get_model(label), keys)} if keys else {}


@prepared
def _rows(model: type[Model], keys: Iterable[int]) -> QuerySet[Model]:
    rows = model._default_manager.filter(pk__in=keys)
    beside = _WITH.get(model._meta.label_lower)
    # Asked for with nothing, Django would join all that it can reach.
    return rows.select_related(*beside) if beside else rows


def _whole_numbers(detail: dict[str, Any]) -> set[int]:
    numbers = set[int]()
    for value in detail.values():
        for one in value if isinstance(value, list) else [value]:
            if isinstance(one, int) and not isinstance(one, bool):
                numbers.add(one)
    return numbers
