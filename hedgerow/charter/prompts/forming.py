"""Which of the reader's clusters form now, in this room. Where a programme runs forming as a
checklist its ticks are what is asked, and nothing of this room besides."""

from hedgerow.charter.stage import PAGE
from hedgerow.journeys.models import Journey, Stage
from hedgerow.journeys.queries.gathered import open_on
from hedgerow.people.readers import Reader


def forming(reader: Reader) -> list[tuple[Journey, Stage]]:
    """Journeys whose open stage is one of this room, if the reader sits in the cluster. On a page
    that only reads, no query of its own."""
    mine = {seat.cluster for seat in reader.seats if seat.cluster}
    return [(stage.journey, stage) for stage in open_on(reader, PAGE, mine).values()]
