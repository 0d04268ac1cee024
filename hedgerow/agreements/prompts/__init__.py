"""What waits for whom: voices, meetings and promises, for "Next for you" and the letter."""

from collections.abc import Iterator
from datetime import date

from hedgerow.core.rooms import Prompt
from hedgerow.people.readers import Reader

from .decisions import of_decisions
from .meetings import of_meetings
from .promises import of_promises


def prompts(reader: Reader, today: date) -> Iterator[Prompt]:
    yield from of_decisions(reader, today)
    yield from of_meetings(reader, today)
    yield from of_promises(reader, today)
