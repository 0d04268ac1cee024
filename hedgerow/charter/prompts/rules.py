from collections.abc import Iterable, Iterator
from datetime import date

from django.urls import reverse

from hedgerow.charter import rules
from hedgerow.charter.queries.rules import AssentLine, AssentState, assent_states, last_agreed
from hedgerow.charter.rule_letters import BY_LETTER
from hedgerow.core.rooms import Prompt
from hedgerow.journeys.models import Stage
from hedgerow.people.access import visible
from hedgerow.people.models import Cluster, Role
from hedgerow.people.readers import Reader


def of_rules(reader: Reader, today: date) -> Iterator[Prompt]:
    """To agree, to confirm what was written down, and for who leads to lay rules down."""
    clusters = list(
        visible(reader, rules.SEE_CHARTER)
        .filter(ended_at=None, pk__in={seat.cluster for seat in reader.seats if seat.cluster})
        .order_by("pk")
    )
    states = assent_states(clusters)
    yield from _to_lay_down(reader, [one for one in clusters if states[one.pk].rule_set is None])
    for cluster in clusters:
        for organisation in _voices(reader, cluster):
            yield from _to_agree(cluster, states[cluster.pk], organisation)


def _voices(reader: Reader, cluster: Cluster) -> list[int]:
    """The organisations that the reader speaks for there."""
    seats = [seat for seat in reader.in_cluster(cluster.pk) if Role.CORE in seat.roles]
    return sorted({seat.organisation for seat in seats if seat.organisation})


def _to_agree(cluster: Cluster, state: AssentState, organisation: int) -> Iterator[Prompt]:
    rule_set, line = state.rule_set, state.of(organisation)
    if rule_set is None:
        return
    if line and line.waits:
        yield _to_confirm(cluster, rule_set.number, line)
    if line or organisation not in {key for key, _ in state.to_ask}:
        return
    changed = last_agreed(rule_set, organisation) if rule_set.number > 1 else 0
    yield Prompt(
        key=f"charter.assent:{rule_set.pk}:{organisation}",
        sentence="Agree to the ground rules as they are now"
        if changed
        else "Read the ground rules, and agree to them",
        why=f"They have changed since version {changed}, which you agreed to: {rule_set.reason}"
        if changed
        else "They are what the members hold each other to. Each member agrees for itself.",
        minutes=3,
        url=reverse("charter:assent", args=[rule_set.pk]),
        button="Read and agree",
        place=cluster.name,
        act=BY_LETTER,
        act_on=rule_set.pk,
        act_version=rule_set.number,
    )


def _to_confirm(cluster: Cluster, number: int, line: AssentLine) -> Prompt:
    return Prompt(
        key=f"charter.confirm:{line.key}",
        sentence="Confirm that you agreed to the ground rules",
        why=f"{line.recorded_by} wrote down that you agreed to version {number} {line.how}.",
        minutes=1,
        url=reverse("charter:confirm_assent", args=[line.key]),
        button="Confirm or undo it",
        place=cluster.name,
    )


def _to_lay_down(reader: Reader, clusters: Iterable[Cluster]) -> Iterator[Prompt]:
    """While a cluster forms; later, rules may come, and nobody is reminded."""
    able = {
        seat.cluster
        for seat in reader.seats
        if seat.roles & rules.WRITE_RULES.seats and seat.cluster
    }
    mine = {cluster.pk: cluster for cluster in clusters if cluster.pk in able}
    if not mine:
        return
    forming = Stage.objects.filter(
        journey__cluster__in=mine, kind="forming", opened_at__isnull=False, closed_at=None
    )
    for key in forming.order_by("journey__cluster").values_list("journey__cluster", flat=True):
        yield Prompt(
            key=f"charter.rules:{key}",
            sentence="Lay down the ground rules",
            why="The programme’s own stand on the page to begin with. Change what does not fit, "
            "and every member is asked to agree.",
            minutes=10,
            url=reverse("charter:edit_rules", args=[key]),
            button="Open the rules",
            place=mine[key].name,
        )
