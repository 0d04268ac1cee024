"""Whether the record is whole: every event as it was written, none missing, none put between."""

from collections.abc import Iterable, Iterator

from .actions import digest_of
from .models import Event, RecordHead


def verify() -> list[str]:
    """A sentence for each place where the record is not as it was written; none if it is.

    Reads every event once, in order; holds one at a time. Somebody who can rewrite the whole
    database, with all its digests, is found only by a head that was kept elsewhere.
    """
    events = Event.objects.order_by("number").iterator(chunk_size=1000)
    return list(faults_in(events, head()))


def head() -> tuple[int, str]:
    """Number and digest of the newest event, to be kept elsewhere: with a backup, on paper."""
    last = RecordHead.objects.first()
    return (last.number, last.digest) if last else (0, "")


def faults_in(events: Iterable[Event], last: tuple[int, str]) -> Iterator[str]:
    """The same of events that come in order, and the head they should end with."""
    number, digest = 0, ""
    for event in events:
        if event.number != number + 1:
            yield _missing(number + 1, event.number - 1)
        elif event.previous != digest:
            yield f"Event {event.number} does not follow from the one before it."
        if event.digest != digest_of(event):
            yield f"Event {event.number} is not as it was written."
        number, digest = event.number, event.digest
    last_number, last_digest = last
    if last_number > number:
        yield _missing(number + 1, last_number)
    elif (last_number, last_digest) != (number, digest):
        yield f"The record ends with event {number}, and not as its head says."


def _missing(first: int, last: int) -> str:
    return (
        f"Event {first} is missing." if first == last else f"Events {first} to {last} are missing."
    )
