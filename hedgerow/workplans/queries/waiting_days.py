"""What becomes due as a plan is carried out: its steps, its objectives, parts of its award."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import F, QuerySet

from hedgerow.core.prepared import prepared
from hedgerow.core.readings import asked_once_by
from hedgerow.ledger.models import Instalment
from hedgerow.people.access import ROUND_THE_TABLE
from hedgerow.people.readers import Reader
from hedgerow.workplans.models import Objective, Step

from .parts import CARRYING
from .waiting import at_work, begun_in


@dataclass(frozen=True, kw_only=True)
class Dated:
    """A step that is due, or an objective that is judged."""

    on: date
    title: str
    way: str  # name of the url of its page
    key: int


@dataclass(frozen=True, kw_only=True)
class WaitingPart:
    """Of an award: one that waits for something to be reached, and nobody has said that it is."""

    key: int
    words: str  # what is to be reached
    due_on: date | None  # on or about that day
    doubted_at: datetime | None  # the programme said that it is not yet


@asked_once_by
def dated_in(reader: Reader) -> Mapping[int, tuple[Dated, ...]]:
    """By the key of the cluster, of those that the reader sits round the table of: days by which
    steps that are taken up are due, and objectives judged. Two queries, or none."""
    carried = _carried(reader)
    found: dict[int, list[Dated]] = {key: [] for key in carried}
    for cluster, key, title, on in _steps(carried) if carried else ():
        found[cluster].append(Dated(on=on, title=title, way="workplans:step", key=key))
    judged = to_judge_in(reader)
    return {key: (*days, *judged[key]) for key, days in found.items()}


@asked_once_by
def to_judge_in(reader: Reader) -> Mapping[int, tuple[Dated, ...]]:
    """The same of objectives alone: those that have a day, and that nobody has judged. One query,
    or none."""
    carried = _carried(reader)
    found: dict[int, list[Dated]] = {key: [] for key in carried}
    for cluster, key, title, on in _objectives(carried) if carried else ():
        found[cluster].append(Dated(on=on, title=title, way="workplans:objective", key=key))
    return {key: tuple(days) for key, days in found.items()}


@asked_once_by
def waiting_parts(reader: Reader) -> Mapping[int, tuple[WaitingPart, ...]]:
    """By the key of the cluster, of those that the reader leads or speaks in. Parts that wait for
    the same words stand once, as they are said to be reached together. One query, or none."""
    clusters = [one.cluster.pk for one in at_work(reader) if one.waits_for_part]
    rows = Instalment.objects.filter(
        award__cluster__in=clusters, award__closed_on=None, released=None, told=""
    ).exclude(when="")
    found: dict[int, dict[str, WaitingPart]] = {key: {} for key in clusters}
    for cluster, key, words, due_on, doubted_at in (
        rows.order_by(F("due_on").asc(nulls_last=True), "position").values_list(
            "award__cluster", "pk", "when", "due_on", "doubted_at"
        )
        if clusters
        else ()
    ):
        found[cluster].setdefault(
            words, WaitingPart(key=key, words=words, due_on=due_on, doubted_at=doubted_at)
        )
    return {key: tuple(parts.values()) for key, parts in found.items()}


@prepared
def _steps(clusters: Collection[int]) -> QuerySet[Step, tuple[int, int, str, date]]:
    steps = Step.objects.filter(
        workplan__cluster__in=clusters,
        dropped_at=None,
        promise__kept_at=None,
        promise__let_go_at=None,
        promise__isnull=False,
    ).order_by("promise__due_on", "number")
    return steps.values_list("workplan__cluster", "pk", "title", "promise__due_on")


@prepared
def _objectives(clusters: Collection[int]) -> QuerySet[Objective, tuple[int, int, str, date]]:
    objectives = Objective.objects.filter(
        workplan__cluster__in=clusters, dropped_at=None, result="", judged_on__isnull=False
    ).order_by("judged_on", "number")
    return objectives.values_list("workplan__cluster", "pk", "title", "judged_on")


def _carried(reader: Reader) -> list[int]:
    """A plan that is still made has no days yet that anybody keeps."""
    begun = begun_in(reader, ROUND_THE_TABLE)
    return [key for key, (_, run) in begun.items() if run is None or run.kind == CARRYING]
