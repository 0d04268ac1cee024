"""What the two stages of this room have to come to, and what of it is there."""

from collections.abc import Collection, Mapping
from types import MappingProxyType

from hedgerow.journeys import kinds
from hedgerow.journeys.models import Stage
from hedgerow.journeys.queries.parts import Answering, Part, PartsLine, part_lines

from .parts_carrying import answering_carrying, carrying_parts
from .parts_facts import Facts
from .parts_plan import answering_plan, planning_parts

PLANNING, CARRYING = "workplan", "implementation"  # kinds of stages, stored with them

_ANSWERING: Mapping[str, Answering] = MappingProxyType(
    {PLANNING: answering_plan, CARRYING: answering_carrying}
)


def parts_of(stage: Stage) -> dict[str, Part]:
    """By slug, in the order in which they are usually done. About fifteen queries."""
    slugs = set(stage.exit_tests.values_list("slug", flat=True))
    if stage.kind == PLANNING:
        return planning_parts(Facts(stage.journey), slugs)
    return carrying_parts(stage.journey.cluster, slugs)


def still_missing(stage: Stage) -> list[str]:
    """What the room knows by itself, and each other sentence of the design that is not ticked."""
    parts = parts_of(stage)
    answering = _answering(stage, parts)
    slugs = set(stage.exit_tests.values_list("slug", flat=True))
    known = {slug for slug in slugs if answering(slug, slugs)}
    return [
        *(sentence for part in parts.values() for sentence in part.missing),
        *kinds.not_ticked(stage, but=known),
    ]


def lines_of(stage: Stage) -> list[PartsLine]:
    """In the order of the design, then what the room wants besides."""
    parts = parts_of(stage) if stage.is_open else {}
    return part_lines(stage, parts, _answering(stage, parts))


def _answering(stage: Stage, parts: Collection[str]) -> Answering:
    """A sentence whose own part is not there is ticked, and nothing else answers it."""
    of = _ANSWERING[stage.kind]

    def answering(slug: str, others: Collection[str]) -> tuple[str, ...]:
        found = of(slug, others)
        return found if found and found[0] in parts else ()

    return answering
