"""Forming the cluster: what is still missing until the stage may close."""

from hedgerow.core.rooms import StageKind
from hedgerow.journeys import kinds
from hedgerow.journeys.models import Stage

from .queries.forming import KNOWN, parts_of

PAGE = "charter:forming"


def still_missing(stage: Stage) -> list[str]:
    """What the room knows by itself, and each other sentence of the design that is not ticked."""
    parts = parts_of(stage.journey.cluster)
    return [
        *(sentence for part in parts.values() for sentence in part.missing),
        *kinds.not_ticked(stage, but=KNOWN),
    ]


FORMING = StageKind(
    slug="forming",
    name="Forming the cluster",
    page=PAGE,
    exit_test=still_missing,
)
