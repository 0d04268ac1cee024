"""What earlier stages left to later ones."""

from hedgerow.journeys.models import Journey, StageResult
from hedgerow.journeys.results import Kept, Wanted, name_of, read_back
from hedgerow.people.models import Member


def result_of(journey: Journey, wanted: type[Wanted]) -> Wanted:
    """What the newest closed run of an earlier stage left, without those who have left since.

    Two queries. Raises LookupError, with a sentence, when no closed stage of this journey gives it.
    """
    row = (
        StageResult.objects.filter(stage__journey=journey, kind=wanted.SLUG)
        .order_by("-stage__closed_at", "-stage__run")
        .first()
    )
    if row is None:
        raise LookupError(f"No stage of this journey has closed with a {name_of(wanted)} yet.")
    members = Member.objects.filter(cluster=journey.cluster_id, left_at=None)
    return read_back(
        wanted,
        Kept(kind=row.kind, version=row.version, whole=row.whole, parts=row.parts),
        members=set(members.values_list("organisation", flat=True)),
    )
