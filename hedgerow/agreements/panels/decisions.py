"""Decisions on a cluster's own page, among its days, and in its report."""

from collections.abc import Iterator

from hedgerow.agreements import rules
from hedgerow.agreements.models import Outcome
from hedgerow.agreements.queries.decision_log import lines_of, log_of, overview_of
from hedgerow.agreements.queries.decision_outcomes import counted, explained, spoke
from hedgerow.agreements.queries.decisions_gathered import (
    Heard,
    heard_in,
    last_day,
    open_decisions_of,
)
from hedgerow.agreements.queries.places import sees
from hedgerow.core import clock
from hedgerow.core.rooms import DatedLine, Panel, Section
from hedgerow.look.words import day
from hedgerow.people.access import visible
from hedgerow.people.models import Cluster
from hedgerow.people.readers import Reader

LAST = 2  # decided ones on the cluster's page; the rest are in the log


def panels(reader: Reader, cluster: Cluster) -> Iterator[Panel]:
    """Seven queries at most."""
    if not sees(reader, rules.SEE_AGREEMENTS, cluster):
        return
    decisions = visible(reader, rules.SEE_DECISION).filter(cluster=cluster)
    waiting = _open_here(reader, cluster)
    decided = list(log_of(decisions.filter(closed_at__isnull=False))[:LAST])
    lines = lines_of([*waiting, *decided])
    leads = any(seat.roles & rules.PROPOSE.seats for seat in reader.in_cluster(cluster.pk))
    yield Panel(
        heading="What we decide",
        template="agreements/_decisions_panel.html",
        context={
            "cluster": cluster,
            "lines": lines,
            "sentence": overview_of(decisions).sentence if lines else "",
            "may_propose": leads and not cluster.ended_at,
        },
        order=14,
    )


def dates(reader: Reader, cluster: Cluster) -> Iterator[DatedLine]:
    """The last days to vote. No query of its own where the page has asked for prompts."""
    for one in _open_here(reader, cluster):
        yield DatedLine(
            on=last_day(one),
            sentence=f"Last day to vote on “{one.title}”",
            url=one.get_absolute_url(),
        )


def sections(reader: Reader, cluster: Cluster) -> Iterator[Section]:
    """What was decided, and dissent as it was given. Seven queries at most."""
    if not sees(reader, rules.SEE_AGREEMENTS, cluster):
        return
    decisions = visible(reader, rules.SEE_DECISION).filter(cluster=cluster)
    decided = log_of(decisions.filter(closed_at__isnull=False).exclude(outcome=Outcome.WITHDRAWN))
    found = heard_in(list(decided.order_by("closed_at", "number")))
    if not found:
        return
    yield Section(
        heading="What we decided",
        sentences=(
            overview_of(decisions).sentence,
            *(sentence for heard in found for sentence in _told(heard)),
        ),
        source="The log of decisions of this cluster.",
        as_at=clock.today(),
        order=30,
    )


def _told(heard: Heard) -> Iterator[str]:
    one = heard.decision
    what = one.title if one.title.endswith(("?", "!", ".")) else f"{one.title}."
    chosen = f"Chosen: “{heard.chosen}”. " if heard.chosen else ""
    sums = f"{spoke(heard.sums, is_open=False)} {counted(heard.sums)}".strip()
    why = explained(heard.way, heard.sums, heard.options)
    yield f"{day(one.closed_at)}. {one.get_outcome_display()}: {what} {chosen}{sums} {why}"
    for voice in heard.voices:
        if voice.stance == "disagree":
            yield f"{voice.organisation} disagreed: “{voice.reason}”"
        elif voice.stance == "block":
            yield f"{voice.organisation} blocked it: “{voice.reason}”"


def _open_here(reader: Reader, cluster: Cluster) -> list:
    return [one for one in open_decisions_of(reader) if one.cluster_id == cluster.pk]
