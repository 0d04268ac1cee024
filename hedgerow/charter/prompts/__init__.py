"""What waits for whom in a charter, for "Next for you" and the letter."""

from collections.abc import Iterator
from datetime import date

from hedgerow.core.rooms import Prompt
from hedgerow.people.readers import Reader

from .core_group import of_core_group
from .rest import of_rest
from .rules import of_rules


def prompts(reader: Reader, today: date) -> Iterator[Prompt]:
    yield from of_rest(reader, today)
    yield from of_rules(reader, today)
    yield from of_core_group(reader, today)
