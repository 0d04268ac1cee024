"""The Core Group on a cluster's own page, and in its report."""

from collections.abc import Iterator

from hedgerow.agreements.queries.places import sees
from hedgerow.charter import rules
from hedgerow.charter.queries.core_group import (
    CompetitionLine,
    CoreGroup,
    core_group,
    core_group_in_short,
)
from hedgerow.core import clock
from hedgerow.core.rooms import Panel, Section
from hedgerow.people.models import Cluster
from hedgerow.people.readers import Reader


def panels(reader: Reader, cluster: Cluster) -> Iterator[Panel]:
    if not sees(reader, rules.SEE_CHARTER, cluster):
        return
    yield Panel(
        heading="The Core Group",
        template="charter/_core_group_panel.html",
        context={"cluster": cluster, "sentences": core_group_in_short(cluster)},
        order=42,
    )


def sections(reader: Reader, cluster: Cluster) -> Iterator[Section]:
    """What each seat may commit, and where members compete; nothing until one of them said it."""
    if not sees(reader, rules.SEE_CHARTER, cluster):
        return
    found = core_group(cluster)
    if not any(line.delegation or line.competitions for line in found.lines):
        return
    yield Section(
        heading="The Core Group",
        sentences=(
            *found.sentences,
            *_commits(found),
            *(_competes(said) for said in found.competitions),
            *(f"{said.organisation} says that it competes nowhere." for said in found.nowhere),
        ),
        source="What the members said of themselves.",
        as_at=clock.today(),
        order=12,
    )


def _commits(found: CoreGroup) -> Iterator[str]:
    for line in found.lines:
        if line.delegation:
            yield f"The seat of {line.organisation} may commit: {line.delegation.words}"


def _competes(said: CompetitionLine) -> str:
    whom = said.with_whom[0].lower() + said.with_whom[1:]
    stops = f"What changes there: {said.stops}" if said.stops else "Nothing changes there."
    return f"{said.organisation} competes {whom}: {said.where}. {stops}"
