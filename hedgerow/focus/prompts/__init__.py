"""What waits for whom on the way to a focus, for "Next for you" and the letter."""

from collections.abc import Iterator
from datetime import date

from hedgerow.core.rooms import Prompt
from hedgerow.focus.queries.under_way import going_on
from hedgerow.focus.queries.waiting import asked_of
from hedgerow.people.readers import Reader

from .leads import of_leads
from .members import of_members
from .shortlists import of_shortlists


def prompts(reader: Reader, today: date) -> Iterator[Prompt]:
    """One query where nothing is under way, and a fixed number for any number of clusters."""
    here = going_on(reader)
    if not here:
        return
    asked = asked_of(reader)
    yield from of_members(reader, asked)
    yield from of_shortlists(reader, here, today)
    yield from of_leads(reader, here, asked, today)
