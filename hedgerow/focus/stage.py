"""Finding the focus: what is still missing until the stage may close, and what it leaves."""

from hedgerow.analysis.focus import Focus
from hedgerow.analysis.needs import NeedProfile
from hedgerow.core.rooms import StageKind
from hedgerow.journeys import kinds
from hedgerow.journeys.models import Stage

from .queries.finding import KNOWN, parts_of
from .queries.focuses import focus_of

PAGE = "focus:finding"


def still_missing(stage: Stage) -> list[str]:
    """What the room knows by itself, and each other sentence of the design that is not ticked."""
    return [
        *(sentence for part in parts_of(stage).values() for sentence in part.missing),
        *kinds.not_ticked(stage, but=KNOWN),
    ]


FOCUS = StageKind(
    slug="focus",
    name="Finding the focus",
    page=PAGE,
    takes=(NeedProfile,),
    gives=Focus,
    leaves=focus_of,
    exit_test=still_missing,
)
