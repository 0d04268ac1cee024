"""What earlier stages left to later ones."""

from hedgerow.core import rooms
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


def standing(journey: Journey, wanted: type[Wanted]) -> Wanted:
    """What the newest run of the stage that gives it would leave if it closed today. What an
    earlier run left as it closed is not asked.

    Raises LookupError, with a sentence, when no stage of this journey works on it in its room.
    """
    kind = next((kind for kind in rooms.kinds().values() if kind.gives is wanted), None)
    runs = journey.stages.filter(opened_at__isnull=False, is_checklist=False)
    stage = runs.filter(kind=kind.slug).order_by("-opened_at", "-run").first() if kind else None
    if kind is None or kind.leaves is None or stage is None:
        raise LookupError(f"No stage of this journey has begun on a {name_of(wanted)} yet.")
    left: Wanted = kind.leaves(stage)
    return left
