"""What a round came to, as stages after it read it."""

from hedgerow.analysis.needs import NeedProfile
from hedgerow.diagnostics.models import Snapshot
from hedgerow.journeys.models import Stage
from hedgerow.journeys.results import Kept, read_back
from hedgerow.people.models import Member

from .rounds import round_of

NOTHING_YET = NeedProfile(instrument="", functions=(), scores={})


def profile_of(stage: Stage) -> NeedProfile:
    """From the round that the stage was about, without those who have left since. An empty one
    where no round of it has closed, or none asked what presses."""
    about = round_of(stage)
    row = Snapshot.objects.filter(round=about).first() if about else None
    if row is None or row.kind != NeedProfile.SLUG:
        return NOTHING_YET
    members = Member.objects.filter(cluster=stage.journey.cluster_id, left_at=None)
    return read_back(
        NeedProfile,
        Kept(kind=row.kind, version=row.version, whole=row.whole, parts=row.parts),
        members=set(members.values_list("organisation", flat=True)),
    )
