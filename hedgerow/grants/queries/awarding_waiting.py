"""What waits for a programme's manager, and for its assessors: a query each, for any number."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import (
    BigIntegerField,
    CharField,
    DateField,
    DateTimeField,
    F,
    Q,
    QuerySet,
    Value,
)
from django.db.models.functions import Cast
from django.urls import reverse

from hedgerow.core import clock
from hedgerow.core.readings import asked_once_by
from hedgerow.grants.models import Assignment, Conflict
from hedgerow.journeys.models import Submission, SubmissionKind
from hedgerow.ledger.models import Condition, Instalment
from hedgerow.look.words import day
from hedgerow.people.models import Role
from hedgerow.people.readers import Reader
from hedgerow.units import pounds

# Beside the kinds of a submission. Of parts of an award: the cluster says that what one waits for is
# reached; its day has come; it waits for nothing, after a raise or a release that was undone.
CONDITION, REACHED, INSTALMENT, FREE = "condition", "reached", "instalment", "free_instalment"


_ORDER = [SubmissionKind.PLAN, SubmissionKind.RETURN, CONDITION, REACHED, INSTALMENT, FREE]
_NOT_PAID = "Nothing is paid here: you write down that it is released."


@dataclass(frozen=True, kw_only=True)
class Waiting:
    """One thing that the manager of a programme can do now."""

    what: str
    key: int
    programme: int
    cluster: str
    pence: int
    since: date  # it was handed in, told or due

    @property
    def sentence(self) -> str:
        return {
            SubmissionKind.PLAN: f"The plan of {self.cluster} waits for your answer",
            SubmissionKind.RETURN: f"The return of {self.cluster} waits to be read",
            CONDITION: f"{self.cluster} says that a condition is met",
            REACHED: f"{self.cluster} says that what {pounds(self.pence)} waits for is reached",
            INSTALMENT: f"{pounds(self.pence)} for {self.cluster} is due to be released",
            FREE: f"{pounds(self.pence)} for {self.cluster} can be released",
        }[self.what]

    @property
    def why(self) -> str:
        return {
            SubmissionKind.PLAN: f"Handed in on {day(self.since)}. "
            "Until you answer, the cluster cannot go on.",
            SubmissionKind.RETURN: f"Handed in on {day(self.since)}. You accept it, or say what is "
            "missing.",
            CONDITION: f"Said on {day(self.since)}. Look whether it is, and take it as met.",
            REACHED: f"Said on {day(self.since)}. Look whether it is, and release the money. "
            f"{_NOT_PAID}",
            INSTALMENT: f"The day was {day(self.since)}. {_NOT_PAID}",
            FREE: f"It waits for nothing that is still to be reached. {_NOT_PAID}",
        }[self.what]

    @property
    def minutes(self) -> int:
        return {SubmissionKind.PLAN: 15, SubmissionKind.RETURN: 10}.get(self.what, 2)

    @property
    def button(self) -> str:
        return {
            SubmissionKind.PLAN: "Open the plan",
            SubmissionKind.RETURN: "Read the return",
            CONDITION: "Look at the condition",
            REACHED: "Read what they say",
            INSTALMENT: "Release it",
            FREE: "Release it",
        }[self.what]

    @property
    def url(self) -> str:
        name = {
            SubmissionKind.PLAN: "grants:decide",
            SubmissionKind.RETURN: "grants:return_answer",
            CONDITION: "ledger:meet_condition",
        }.get(self.what, "ledger:release")
        return reverse(name, args=[self.key])


def waiting_in(programmes: Collection[int]) -> list[Waiting]:
    """Plans first, then returns, conditions and money, the oldest of each first. One query."""
    if not programmes:
        return []
    rows = _submissions(programmes).union(
        _conditions(programmes),
        _reached(programmes),
        _instalments(programmes),
        _free(programmes),
        all=True,
    )
    found = [
        Waiting(
            what=what,
            key=key,
            programme=programme,
            cluster=cluster,
            pence=pence,
            since=clock.day_of(at) if at else due,
        )
        for what, key, programme, cluster, pence, at, due in rows
    ]
    return sorted(found, key=lambda one: (_ORDER.index(one.what), one.since, one.key))


@asked_once_by
def waiting_for(reader: Reader) -> tuple[Waiting, ...]:
    """In the programmes that the reader manages. None where there are none, and no query."""
    seats = (seat for seat in reader.seats if seat.role is Role.MANAGER)
    return tuple(waiting_in({seat.programme for seat in seats if seat.programme}))


@asked_once_by
def to_assess(reader: Reader) -> tuple[Assignment, ...]:
    """Plans that wait for the reader's word or scores. One query, or none."""
    seats = [seat.key for seat in reader.seats if seat.role is Role.ASSESSOR]
    if not seats:
        return ()
    rows = Assignment.objects.filter(
        assessor__in=seats,
        taken_off_at=None,
        sent_at=None,
        assessment__submission__answer="",
    ).exclude(conflict=Conflict.HAS)
    rows = rows.select_related("assessment__submission__journey__cluster").defer(
        "assessment__submission__whole"
    )
    return tuple(rows.order_by("due_on", "pk"))


# Columns of one name and type in each, so that one query finds all kinds.


def _submissions(programmes: Collection[int]) -> QuerySet:
    rows = Submission.objects.filter(
        journey__cluster__programme__in=programmes, journey__cluster__ended_at=None, answer=""
    )
    return _columns(rows, F("kind"), "journey__cluster", at=F("submitted_at"))


def _conditions(programmes: Collection[int]) -> QuerySet:
    rows = Condition.objects.filter(
        award__cluster__programme__in=programmes, award__closed_on=None, met_at=None
    )
    return _columns(rows.exclude(told=""), Value(CONDITION), "award__cluster", at=F("told_at"))


def _reached(programmes: Collection[int]) -> QuerySet:
    rows = _unreleased(programmes).exclude(told="")
    return _columns(rows, Value(REACHED), "award__cluster", pence=F("pence"), at=F("told_at"))


def _instalments(programmes: Collection[int]) -> QuerySet:
    """Of one whose claim was doubted before its day the day is told too; after it, the cluster's word
    is waited for."""
    rows = _unreleased(programmes).filter(
        Q(doubt="") | Q(doubted_at__date__lt=F("due_on")), told="", due_on__lte=clock.today()
    )
    return _columns(rows, Value(INSTALMENT), "award__cluster", pence=F("pence"), due=F("due_on"))


def _free(programmes: Collection[int]) -> QuerySet:
    rows = _unreleased(programmes).filter(when="", due_on=None)
    awarded = F("award__awarded_on")
    return _columns(rows, Value(FREE), "award__cluster", pence=F("pence"), due=awarded)


def _unreleased(programmes: Collection[int]) -> QuerySet:
    return Instalment.objects.filter(
        award__cluster__programme__in=programmes, award__closed_on=None, released=None
    )


def _columns(
    rows: QuerySet,
    what: F | Value,
    cluster: str,
    *,
    pence: F | None = None,
    at: F | None = None,
    due: F | None = None,
) -> QuerySet:
    return (
        rows.order_by()
        .annotate(
            sort=Cast(what, CharField(max_length=20)),
            of_programme=F(f"{cluster}__programme"),
            of_cluster=F(f"{cluster}__name"),
            of_pence=Cast(pence or Value(0), BigIntegerField()),
            of_instant=Cast(at or Value(None), DateTimeField()),
            of_day=Cast(due or Value(None), DateField()),
        )
        .values_list("sort", "pk", "of_programme", "of_cluster", "of_pence", "of_instant", "of_day")
    )
