from collections.abc import Iterator
from datetime import date

from django.urls import reverse

from hedgerow.charter import rules
from hedgerow.charter.queries.rules import AssentLine, with_rules
from hedgerow.charter.queries.unsettled import Unsettled, unsettled_for
from hedgerow.charter.rule_letters import BY_LETTER
from hedgerow.core.rooms import Prompt
from hedgerow.people.readers import Reader

from .forming import forming


def of_rules(reader: Reader, today: date) -> Iterator[Prompt]:
    """To agree, to confirm what was written down, and for who leads to lay rules down. Six
    queries at most for any number of clusters; two where nothing waits."""
    yield from _to_lay_down(reader)
    for one in unsettled_for(reader):
        yield _to_confirm(one, one.line) if one.line else _to_agree(one)


def _to_agree(one: Unsettled) -> Prompt:
    changed, rule_set = one.agreed_before, one.rule_set
    return Prompt(
        key=f"charter.assent:{rule_set.pk}:{one.organisation}",
        sentence="Agree to the ground rules as they are now"
        if changed
        else "Read the ground rules, and agree to them",
        why=f"They have changed since version {changed}, which you agreed to: {rule_set.reason}"
        if changed
        else "They are what the members hold each other to. Each member agrees for itself.",
        minutes=3,
        url=reverse("charter:assent", args=[rule_set.pk]),
        button="Read and agree",
        place=rule_set.cluster.name,
        act=BY_LETTER,
        act_on=rule_set.pk,
        act_version=rule_set.number,
    )


def _to_confirm(one: Unsettled, line: AssentLine) -> Prompt:
    return Prompt(
        key=f"charter.confirm:{line.key}",
        sentence="Confirm that you agreed to the ground rules",
        why=f"{line.recorded_by} wrote down that you agreed to version "
        f"{one.rule_set.number} {line.how}.",
        minutes=1,
        url=reverse("charter:confirm_assent", args=[line.key]),
        button="Confirm or undo it",
        place=one.rule_set.cluster.name,
    )


def _to_lay_down(reader: Reader) -> Iterator[Prompt]:
    """While a cluster forms; later, rules may come, and nobody is reminded."""
    able = {seat.cluster for seat in reader.seats if seat.roles & rules.WRITE_RULES.seats}
    clusters = [journey.cluster for journey, _ in forming(reader) if journey.cluster_id in able]
    have = with_rules(cluster.pk for cluster in clusters) if clusters else frozenset()
    for cluster in clusters:
        if cluster.pk in have:
            continue
        yield Prompt(
            key=f"charter.rules:{cluster.pk}",
            sentence="Lay down the ground rules",
            why="The programme’s own stand on the page to begin with. Change what does not fit, "
            "and every member is asked to agree.",
            minutes=10,
            url=reverse("charter:edit_rules", args=[cluster.pk]),
            button="Open the rules",
            place=cluster.name,
        )
