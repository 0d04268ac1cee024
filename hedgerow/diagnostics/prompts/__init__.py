"""What waits for whom in rounds of questions, for "Next for you" and the letter."""

from collections.abc import Iterator
from datetime import date

from hedgerow.core.rooms import Prompt
from hedgerow.diagnostics.queries.rounds import rounds_seen
from hedgerow.people.access import ROUND_THE_TABLE
from hedgerow.people.readers import Reader

from .consents import of_consents
from .leads import of_leads
from .members import of_members


def prompts(reader: Reader, today: date) -> Iterator[Prompt]:
    """One query where nothing is asked, and few for any number of rounds where something is."""
    if not any(seat.roles & ROUND_THE_TABLE for seat in reader.seats):
        return
    rounds = [round for round in rounds_seen(reader) if not round.cluster.ended_at]
    yield from of_members(reader, [round for round in rounds if round.is_open])
    newest = {round.cluster_id: round for round in rounds}.values()  # by number: the last stays
    yield from of_consents(reader, [round for round in newest if not round.is_open])
    yield from of_leads(reader, rounds, today)
