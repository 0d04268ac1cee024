"""What came of a plan, in the cluster's report: objectives as judged, and what nobody had planned."""

from collections.abc import Iterator

from hedgerow.agreements.queries.places import sees
from hedgerow.core import clock
from hedgerow.core.rooms import Section
from hedgerow.look.words import day
from hedgerow.people.models import Cluster
from hedgerow.people.readers import Reader
from hedgerow.units import pounds
from hedgerow.workplans import rules
from hedgerow.workplans.models import Workplan
from hedgerow.workplans.queries.gains import GainLine, gains_in
from hedgerow.workplans.queries.gains_said import said_in
from hedgerow.workplans.queries.progress import ObjectiveLine, Progress, progress_in

ORDER = 70


def sections(reader: Reader, cluster: Cluster) -> Iterator[Section]:
    """About thirteen queries; one where nothing was planned."""
    if not sees(reader, rules.SEE_PLACE, cluster):
        return
    plan = Workplan.objects.filter(cluster=cluster).first()
    if plan:
        progress = progress_in([plan.pk])[plan.pk]
        yield from _objectives(progress)
    yield from _gains(cluster)


def _objectives(progress: Progress) -> Iterator[Section]:
    if not progress.objectives:
        return
    yield Section(
        heading="What we set out to do, and what came of it",
        sentences=(
            *(sentence for one in progress.live for sentence in _objective(one)),
            *(
                f"We gave up “{one.title}” on {day(one.dropped_on)}: {one.dropped_because}"
                for one in progress.dropped
                if one.dropped_on
            ),
            *([progress.in_short] if progress.steps else []),
            *([progress.judgement] if progress.judgement else []),
        ),
        source="The plan of this cluster, and its own judgement of each objective.",
        as_at=clock.today(),
        order=ORDER,
    )


def _objective(one: ObjectiveLine) -> Iterator[str]:
    whom = f" For {one.for_whom}." if one.for_whom else ""
    yield f"“{one.title}”.{whom} {one.says}{f': {one.words}' if one.words else '.'}"
    for step in one.steps:
        if step.became == "stopped":
            why = f" {step.why}" if step.why else ""
            yield f"“{step.title}” was stopped.{why}"


def _gains(cluster: Cluster) -> Iterator[Section]:
    log = gains_in([cluster.pk])[cluster.pk]
    table = said_in([cluster.pk])[cluster.pk] if log.n else None
    if not log.n or table is None:
        return
    yield Section(
        heading="What came of it that nobody had planned",
        sentences=(
            log.in_short,
            *(_gain(line) for line in reversed(log.lines)),
            *([table.in_short] if table.said else []),
        ),
        source="What members wrote down when it happened.",
        as_at=clock.today(),
        order=ORDER,
    )


def _gain(line: GainLine) -> str:
    """With its day, who gained, what it is worth, and what shows it."""
    who = f" {line.who}." if line.who else ""
    worth = f" Worth {pounds(line.pence)}." if line.pence is not None else ""
    shown = f" What shows it: {line.evidence}" if line.evidence else ""
    return f"{day(line.on)}: {line.words}{who}{worth}{shown}"
