"""How far each of the reader's clusters has come with its plan, in one statement."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import (
    Case,
    Count,
    Exists,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    When,
)
from django.db.models.functions import Coalesce

from hedgerow.agreements.rules import LEADS
from hedgerow.core.prepared import prepared
from hedgerow.core.readings import asked_once_by
from hedgerow.journeys import kinds
from hedgerow.journeys.models import Answered, Stage, Submission, SubmissionKind
from hedgerow.journeys.queries.gathered import journeys_of, stages_of
from hedgerow.ledger.models import Award, Condition, Instalment
from hedgerow.people.models import Cluster, Role
from hedgerow.people.readers import Reader
from hedgerow.workplans.models import Objective, Step, Workplan

from .parts import CARRYING, PLANNING


@dataclass(frozen=True, kw_only=True)
class AtWork:
    """How far one cluster of the reader's has come. Keys are None where there is none."""

    cluster: Cluster
    open_stage: Stage | None  # the open one, if it is run in this room
    plan: int | None
    has_objective: bool
    to_come_behind: int | None  # key of the first objective that has not answered all three
    has_step: bool
    to_pair: int | None  # key of the first step without a pair
    n_open: int  # steps that are neither done nor stopped
    last: int | None  # key of the plan that was handed in last,
    answer: str  # and what was said to it
    has_award: bool
    has_returned: bool  # a return waits, or was accepted
    return_came_back: bool
    condition: int | None  # key of the first that nobody has told of,
    condition_words: str
    condition_by: date | None
    condition_doubt: str  # what the programme said was missing of what was told before
    waits_for_part: bool  # nobody said yet that what a part of the award waits for is reached
    last_done_at: datetime | None  # the newest step that was done

    @property
    def is_planning(self) -> bool:
        return self.open_stage is not None and self.open_stage.kind == PLANNING

    @property
    def is_carrying_out(self) -> bool:
        return self.open_stage is not None and self.open_stage.kind == CARRYING

    @property
    def is_with_programme(self) -> bool:
        """It waits for the programme, or is agreed."""
        return self.last is not None and self.answer in ("", *_AGREED)

    @property
    def is_agreed(self) -> bool:
        return self.answer in _AGREED

    @property
    def came_back(self) -> bool:
        return self.answer == Answered.RETURNED

    @property
    def is_redirected(self) -> bool:
        return self.answer == Answered.REDIRECTED

    @property
    def is_done(self) -> bool:
        """Nothing of a plan that is carried out is open any more."""
        return self.has_step and not self.n_open

    @property
    def asks_boards(self) -> bool:
        return self.is_planning and self.plan is not None and not self.is_with_programme

    @property
    def asks_gains(self) -> bool:
        return self.is_carrying_out and self.plan is not None and self.is_done


_AGREED = (str(Answered.AGREED), str(Answered.CONDITIONS))


@asked_once_by
def at_work(reader: Reader) -> tuple[AtWork, ...]:
    """Each cluster that the reader leads or speaks in, whose plan has had its turn in this room, by
    name. One query, or none where there is none."""
    here = begun_in(reader, LEADS)
    if not here:
        return ()
    rows = {row["pk"]: row for row in _rows(list(here))}
    found = (_at_work(cluster, stage, rows[cluster.pk]) for cluster, stage in here.values())
    return tuple(sorted(found, key=lambda one: (one.cluster.name, one.cluster.pk)))


def begun_in(reader: Reader, roles: frozenset[Role]) -> dict[int, tuple[Cluster, Stage | None]]:
    """By the key of the cluster, with its open stage if that is run here: those that have begun
    one of the two in this room, and where the reader has one of these roles. No query of its own
    where a page asked for journeys and stages."""
    sits = {seat.cluster for seat in reader.seats if seat.roles & roles}
    journeys = [
        journey
        for journey in (journeys_of(reader) if sits else ())
        if journey.cluster_id in sits and not journey.cluster.ended_at
    ]
    stages = stages_of(journeys) if journeys else {}
    found: dict[int, tuple[Cluster, Stage | None]] = {}
    for journey in journeys:
        begun = [run for run in stages[journey.pk].newest if run.opened_at and _is_ours(run)]
        if begun:
            is_open = next((run for run in begun if run.is_open), None)
            found[journey.cluster_id] = (journey.cluster, is_open)
    return found


def _is_ours(stage: Stage) -> bool:
    return stage.kind in (PLANNING, CARRYING) and kinds.kind_of(stage).page != kinds.PLAIN_PAGE


@prepared
def _rows(clusters: Iterable[int]) -> QuerySet[Cluster, dict[str, Any]]:
    here = OuterRef("pk")
    objectives = Objective.objects.filter(workplan__cluster=here, dropped_at=None)
    bare = objectives.filter(Q(found="") | Q(stands_behind="") | Q(differs=""))
    steps = Step.objects.filter(workplan__cluster=here, dropped_at=None, objective__dropped_at=None)
    unpaired = steps.filter(
        Q(first=None) | Q(second=None, alone_because=""), promise=None
    ).order_by("number")
    still_open = steps.filter(Q(promise=None) | Q(promise__kept_at=None, promise__let_go_at=None))
    plans = Submission.objects.filter(journey__cluster=here, kind=SubmissionKind.PLAN).order_by(
        "-number"
    )
    returns = Submission.objects.filter(journey__cluster=here, kind=SubmissionKind.RETURN)
    is_open = {"award__cluster": here, "award__closed_on": None}
    # One that was told and doubted may take long: what nobody has told of yet comes before it.
    untold = Condition.objects.filter(told="", met_at=None, **is_open).order_by(
        Case(When(doubt="", then=0), default=1), "position"
    )
    parts = Instalment.objects.filter(told="", released=None, **is_open).exclude(when="")
    done = steps.filter(promise__kept_at__isnull=False).order_by("-promise__kept_at")
    return (
        Cluster.objects.filter(pk__in=clusters)
        .annotate(
            plan=Subquery(Workplan.objects.filter(cluster=here).values("pk")),
            has_objective=Exists(objectives),
            to_come_behind=Subquery(bare.order_by("number").values("pk")[:1]),
            has_step=Exists(steps),
            to_pair=Subquery(unpaired.values("pk")[:1]),
            n_open=_n(still_open),
            last=Subquery(plans.values("pk")[:1]),
            answer=Subquery(plans.values("answer")[:1]),
            has_award=Exists(Award.objects.filter(cluster=here)),
            has_returned=Exists(returns.filter(answer__in=("", *_AGREED))),
            return_came_back=Exists(returns.filter(answer=Answered.RETURNED)),
            condition=Subquery(untold.values("pk")[:1]),
            condition_words=Subquery(untold.values("words")[:1]),
            condition_by=Subquery(untold.values("due_on")[:1]),
            condition_doubt=Subquery(untold.values("doubt")[:1]),
            waits_for_part=Exists(parts),
            last_done_at=Subquery(done.values("promise__kept_at")[:1]),
        )
        .order_by()
        .values("pk", *_COLUMNS)
    )


_COLUMNS = (
    "plan",
    "has_objective",
    "to_come_behind",
    "has_step",
    "to_pair",
    "n_open",
    "last",
    "answer",
    "has_award",
    "has_returned",
    "return_came_back",
    "condition",
    "condition_words",
    "condition_by",
    "condition_doubt",
    "waits_for_part",
    "last_done_at",
)


def _n(rows: QuerySet[Step]) -> Coalesce:
    counted = rows.order_by().values("workplan__cluster").annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)


def _at_work(cluster: Cluster, stage: Stage | None, row: Mapping[str, Any]) -> AtWork:
    said = {name: row[name] for name in _COLUMNS}
    said["answer"] = said["answer"] or ""
    for name in ("condition_words", "condition_doubt"):
        said[name] = said[name] or ""
    return AtWork(cluster=cluster, open_stage=stage, **said)
