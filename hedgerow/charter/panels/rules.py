from collections.abc import Iterator

from hedgerow.agreements.queries.places import sees
from hedgerow.analysis.ground_rules import RuleText
from hedgerow.charter import rules
from hedgerow.charter.queries.rules import (
    AssentState,
    VersionLine,
    assent_state,
    rule_texts,
    version_lines,
)
from hedgerow.core import clock
from hedgerow.core.rooms import Panel, Section
from hedgerow.look.words import count, day, first_up, listed
from hedgerow.people.models import Cluster
from hedgerow.people.readers import Reader


def panels(reader: Reader, cluster: Cluster) -> Iterator[Panel]:
    """The rules in short: by name, which version, and how many agreed."""
    if not sees(reader, rules.SEE_CHARTER, cluster):
        return
    state = assent_state(cluster)
    writes = any(seat.roles & rules.WRITE_RULES.seats for seat in reader.in_cluster(cluster.pk))
    yield Panel(
        heading="Ground rules",
        template="charter/_rules.html",
        context={
            "cluster": cluster,
            "state": state,
            "rules": rule_texts(state.rule_set),
            "writes": writes and state.rule_set is None and not cluster.ended_at,
        },
        order=44,
    )


def sections(reader: Reader, cluster: Cluster) -> Iterator[Section]:
    """The rules with their sentences, each version with its reason, and who agreed to the last."""
    if not sees(reader, rules.SEE_CHARTER, cluster):
        return
    state = assent_state(cluster)
    if state.rule_set is None:
        return
    yield Section(
        heading="The ground rules",
        sentences=(
            *(_said(rule) for rule in rule_texts(state.rule_set)),
            *(_laid_down(line) for line in reversed(version_lines(cluster))),
            *_agreed(state),
        ),
        source="The ground rules of this cluster, and what each member said to them.",
        as_at=clock.today(),
        order=40,
    )


def _said(rule: RuleText) -> str:
    return f"{rule.name}{' (essential)' if rule.is_essential else ''}: {rule.sentence}"


def _laid_down(line: VersionLine) -> str:
    said = f"Version {line.number}, of {count(line.n_rules, 'rule')}, was laid down on "
    return f"{said}{day(line.made_on)}{f': {line.reason}' if line.reason else '.'}"


def _agreed(state: AssentState) -> Iterator[str]:
    assert state.rule_set
    yield f"{first_up(state.in_short)} to version {state.rule_set.number}."
    if state.waiting_to_confirm:
        yield f"Written down and still to be confirmed: {listed(state.waiting_to_confirm)}."
    if state.missing:
        yield f"Not yet: {listed(state.missing)}."
