"""What waits for whom around a workplan, for "Next for you" and the letter."""

from collections.abc import Iterator
from datetime import date

from hedgerow.core.rooms import Prompt
from hedgerow.people.readers import Reader
from hedgerow.workplans.queries.waiting import at_work

from .carrying import of_carrying
from .leads import of_leads
from .members import of_members


def prompts(reader: Reader, today: date) -> Iterator[Prompt]:
    """No query of its own where nothing of a plan has begun; else two for any number of clusters,
    and who leads, which other rooms ask too; two more where plans are carried out and awards wait."""
    here = at_work(reader)
    if not here:
        return
    yield from of_members(reader, here, today)
    yield from of_leads(reader, here)
    yield from of_carrying(reader, here, today)
