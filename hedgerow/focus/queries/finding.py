"""What finding the focus has to come to, and what of it is there."""

from collections.abc import Collection, Iterable, Mapping
from types import MappingProxyType

from hedgerow.core.readings import asked_once
from hedgerow.journeys.models import ExitTest, Stage
from hedgerow.journeys.queries import parts as journeys
from hedgerow.journeys.queries.parts import Part, PartsLine, part_lines

from .finding_facts import Facts, facts_in
from .finding_parts import PARTS

__all__ = ["KNOWN", "Part", "finding_lines", "parts_in", "parts_of", "unticked_in"]

# Sentences of a design that the room can answer by itself: slug of the sentence -> part.
KNOWN: Mapping[str, str] = {
    "shortlist": "shortlist",
    "every-member-gains": "gains",
    "quick-win": "quick-win",
    "contacts-listed": "contacts",
    "pairs-named": "pairs",
    "findings-have-a-way": "findings",
    "next-meeting": "meeting",
    "looked-into": "reports",
    "focus-chosen": "focus",
}
# What the stage wants even if its design says nothing of it.
ALWAYS = ("shortlist", "gains", "pairs")
# A shorter design has one sentence for two things: without a sentence of its own, this is answered
# with that.
_WITH = {"contacts": "pairs-named", "findings": "next-meeting"}


def parts_of(stage: Stage) -> Mapping[str, Part]:
    """By slug, in the order in which they are usually done."""
    return parts_in([stage])[stage.pk]


@asked_once
def parts_in(stages: Iterable[Stage]) -> dict[int, Mapping[str, Part]]:
    """The same for many, by the key of the stage: what its design names, and what the room wants
    besides. Eleven queries at most. Each stage knows its journey."""
    stages = list(stages)
    if not stages:
        return {}
    named = journeys.named_in(stages, KNOWN)
    facts = facts_in({stage.journey.cluster_id for stage in stages})
    return {
        stage.pk: _parts(_wanted(stage, named[stage.pk]), facts[stage.journey.cluster_id])
        for stage in stages
    }


def unticked_in(stages: Iterable[Stage]) -> dict[int, list[ExitTest]]:
    """By the key of the stage: its sentences that only a tick answers, and that have none. One
    query, or none."""
    return journeys.unticked_in(stages, KNOWN)


def _wanted(stage: Stage, named: Iterable[str]) -> set[str]:
    """Slugs of parts."""
    wanted = {part for slug in named for part in _answering(slug, named)}
    return wanted.union(ALWAYS) if stage.kind == "focus" else wanted


def _answering(slug: str, named: Iterable[str]) -> tuple[str, ...]:
    """The parts that answer one sentence of a design that has these."""
    own = {KNOWN[one] for one in named}
    also = (part for part, carrier in _WITH.items() if carrier == slug and part not in own)
    return (KNOWN[slug], *also)


def _parts(wanted: set[str], facts: Facts) -> Mapping[str, Part]:
    made = {slug: make(facts) for slug, make in PARTS.items() if slug in wanted}
    return MappingProxyType(made)


def finding_lines(stage: Stage) -> list[PartsLine]:
    """In the order of the design, then what the room wants besides."""
    return part_lines(stage, parts_of(stage) if stage.is_open else {}, _of_sentence)


def _of_sentence(slug: str, others: Collection[str]) -> tuple[str, ...]:
    return _answering(slug, KNOWN.keys() & others) if slug in KNOWN else ()
