"""Gathering the facts: what is still missing until the stage may close, and what it leaves."""

from hedgerow.analysis.needs import NeedProfile
from hedgerow.core.rooms import StageKind
from hedgerow.journeys import kinds
from hedgerow.journeys.models import Stage

from .queries.gathering import KNOWN, parts_of
from .queries.snapshots import profile_of

PAGE = "diagnostics:gathering"


def still_missing(stage: Stage) -> list[str]:
    """What the room knows by itself, and each other sentence of the design that is not ticked."""
    return [
        *(sentence for part in parts_of(stage).values() for sentence in part.missing),
        *kinds.not_ticked(stage, but=KNOWN),
    ]


GATHERING = StageKind(
    slug="gathering",
    name="Gathering the facts",
    page=PAGE,
    gives=NeedProfile,
    leaves=profile_of,
    exit_test=still_missing,
)
