"""What a stage is to the work done in it: a room with its own exit test, or a checklist.

A kind whose room is not here yet runs as a checklist. When the room comes, its exit test holds
and the ticks stay as evidence. A sentence of the design that the room knows nothing of is ticked.
"""

from collections.abc import Collection, Sequence

from django.db.models import Exists, OuterRef

from hedgerow.core import rooms
from hedgerow.core.rooms import StageKind

from .models import ExitTest, Stage, Tick
from .packs import STAGE_KINDS, StagePlan
from .results import name_of

PLAIN_PAGE = "journeys:stage"

# Stored with every stage, so for ever: what each is called where no design says.
NAMES = {
    "forming": "Forming the cluster",
    "gathering": "Gathering the facts",
    "focus": "Finding the focus",
    "workplan": "Making the workplan",
    "implementation": "Taking it forward",
    "evaluation": "Looking back",
}
assert tuple(NAMES) == STAGE_KINDS


def kind_of(stage: Stage) -> StageKind:
    """The kind of its room, if that is here; else a checklist."""
    return _kind(stage.kind, is_checklist=stage.is_checklist)


def still_missing(stage: Stage) -> list[str]:
    """Sentences on what the exit test still wants; [] = the stage may close."""
    return kind_of(stage).exit_test(stage)


def runs_as_checklist(plan: StagePlan) -> bool:
    """Whether a stage of this design is ended by ticks, with the rooms that are here now."""
    return _kind(plan.kind, is_checklist=plan.is_checklist).page == PLAIN_PAGE


def not_ticked(stage: Stage, *, but: Collection[str] = ()) -> list[str]:
    """Sentences of its exit test that wait for a tick. `but`: slugs of those that a room answers
    by itself. One query."""
    standing = Tick.objects.filter(exit_test=OuterRef("pk"), undone_at=None)
    tests = ExitTest.objects.filter(~Exists(standing), stage=stage).exclude(slug__in=but)
    return [f"Not ticked yet: {test.sentence}" for test in tests]


def gaps(stages: Sequence[StagePlan]) -> list[str]:
    """Why a journey of these stages, in this order, could not be run; [] = it could."""
    given: set[type] = set()
    found = []
    for plan in stages:
        kind = _kind(plan.kind, is_checklist=plan.is_checklist)
        found += [
            f"“{plan.name}” needs a {name_of(wanted)}, and no stage before it gives one. Let an "
            "earlier stage run in its room, or write “checklist: true” at this one."
            for wanted in kind.takes
            if wanted not in given
        ]
        if kind.gives:
            given.add(kind.gives)
    return found


def _kind(slug: str, *, is_checklist: bool) -> StageKind:
    registered = rooms.kinds().get(slug)
    if registered and not is_checklist:
        return registered
    return StageKind(slug=slug, name=NAMES[slug], page=PLAIN_PAGE, exit_test=not_ticked)
