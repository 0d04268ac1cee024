"""The Core Group on a cluster's own page, and in its report."""

from collections.abc import Iterator

from hedgerow.charter import rules
from hedgerow.charter.queries.core_group import CompetitionLine, CoreGroup, core_group
from hedgerow.core import clock
from hedgerow.core.rooms import Panel, Section
from hedgerow.people.access import visible
from hedgerow.people.models import Cluster
from hedgerow.people.readers import Reader


def panels(reader: Reader, cluster: Cluster) -> Iterator[Panel]:
    if not _sits(reader, cluster):
        return
    yield Panel(
        heading="The Core Group",
        template="charter/_core_group_panel.html",
        context={"cluster": cluster, "sentences": core_group(cluster).sentences},
        order=15,
    )


def sections(reader: Reader, cluster: Cluster) -> Iterator[Section]:
    """What each seat may commit, and where members compete."""
    if not _sits(reader, cluster):
        return
    found = core_group(cluster)
    if not found.lines:
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
            yield f"{line.organisation}’s seat may commit: {line.delegation.words}"


def _competes(said: CompetitionLine) -> str:
    whom = said.with_whom[0].lower() + said.with_whom[1:]
    stops = f"It stops there: {said.stops}" if said.stops else "It stops nothing there."
    return f"{said.organisation} competes {whom}: {said.where}. {stops}"


def _sits(reader: Reader, cluster: Cluster) -> bool:
    """Whether the reader may see its charter."""
    if not reader.seats:
        return False
    return visible(reader, rules.SEE_CHARTER).filter(pk=cluster.pk).exists()
