"""Which of the reader's clusters form now, in this room. Where a programme runs forming as a
checklist its ticks are what is asked, and nothing of this room besides."""

from hedgerow.charter.stage import PAGE
from hedgerow.journeys import kinds
from hedgerow.journeys.models import Journey, Stage
from hedgerow.journeys.queries.gathered import journeys_of, stages_of
from hedgerow.people.readers import Reader


def forming(reader: Reader) -> list[tuple[Journey, Stage]]:
    """Journeys whose open stage is one of this room, if the reader sits in the cluster. On a page
    that only reads, no query of its own."""
    mine = {seat.cluster for seat in reader.seats if seat.cluster}
    journeys = [
        journey
        for journey in journeys_of(reader)
        if journey.cluster_id in mine and not journey.cluster.ended_at
    ]
    stages = stages_of(journeys) if journeys else {}
    found = []
    for journey in journeys:
        stage = stages[journey.pk].open_one
        if stage and kinds.kind_of(stage).page == PAGE:
            stage.journey = journey  # known, and its exit test asks for it
            found.append((journey, stage))
    return found
