"""Every award of a programme with where its money is, and what all of them come to."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from hedgerow.core.cells import marked
from hedgerow.core.readings import beside
from hedgerow.journeys import plan_words
from hedgerow.journeys.models import Answered, Submission, SubmissionKind
from hedgerow.journeys.queries.submissions import submissions_in
from hedgerow.ledger.models import Award, Condition, Instalment
from hedgerow.ledger.queries.awards import Sums, sums_in, sums_of
from hedgerow.look.words import day
from hedgerow.people.models import Programme
from hedgerow.units import pounds

_NAMED = ("cluster__name", "holding__name")
_IS_IN = ("", Answered.AGREED, Answered.CONDITIONS)


@dataclass(frozen=True, kw_only=True)
class AwardLine:
    """Of one cluster."""

    key: int  # of the award
    cluster_key: int
    cluster: str
    holding: str
    money: Sums
    n_conditions: int  # open
    n_told: int  # of these, those of which the cluster says that they are met
    n_due: int  # instalments that wait
    n_reached: int  # of these, those that the cluster says can be released
    due_on: date | None  # the nearest of their days
    came_back: str  # the return, in words
    return_key: int | None  # of the newest that was handed in
    closed_on: date | None

    @property
    def conditions(self) -> str:
        told = f", {self.n_told} said to be met" if self.n_told else ""
        return f"{self.n_conditions} open{told}" if self.n_conditions else "None open"

    @property
    def due(self) -> str:
        if not self.n_due:
            return "All released"
        reached = f", {self.n_reached} said to be reached" if self.n_reached else ""
        by = f", next on {day(self.due_on)}" if self.due_on else ""
        return f"{self.n_due} to come{reached}{by}"


@dataclass(frozen=True, kw_only=True)
class Totals:
    """Over all awards of the programme."""

    n: int
    sums: Sums
    n_conditions: int  # open
    n_due: int  # instalments that wait
    n_returns: int  # in, or accepted

    @property
    def adds_up(self) -> bool:
        """What is awarded, once by where it is and once by what it is for."""
        return self.sums.award == self.sums.free + self.sums.committed

    @property
    def sentence(self) -> str:
        sums, award = self.sums, pounds(self.sums.award)
        parts = (
            f"{pounds(sums.free)} is free, {pounds(sums.open)} committed and "
            f"{pounds(sums.spent)} spent"
        )
        if self.adds_up:
            return f"Of {award} awarded, {parts}: together the same {award}."
        return f"{award} is awarded, but {parts}: not the same. Tell whoever looks after Hedgerow."


def awards_under(programme: Programme) -> QuerySet[Award]:
    """Each with its cluster and who holds it, by the name of the cluster."""
    rows = beside(Award.objects.filter(cluster__programme=programme), *_NAMED)
    return rows.order_by("cluster__name", "pk")


def award_lines(awards: Iterable[Award]) -> tuple[AwardLine, ...]:
    """Four queries, however many there are."""
    rows = list(awards)
    keys = [award.pk for award in rows]
    returns = submissions_in([award.cluster_id for award in rows], SubmissionKind.RETURN)
    money, conditions, to_come = sums_in(keys), _open_conditions(keys), _instalments_to_come(keys)
    return tuple(
        _award_line(
            award,
            money[award.pk],
            conditions[award.pk],
            to_come[award.pk],
            returns[award.cluster_id],
        )
        for award in rows
    )


def totals_of(programme: Programme) -> Totals:
    """Added up where the rows are, since a page shows fifty of a thousand. Five queries."""
    awards = Award.objects.filter(cluster__programme=programme)
    sums = sums_of(awards)
    returns = Submission.objects.filter(
        journey__cluster__programme=programme, kind=SubmissionKind.RETURN, answer__in=_IS_IN
    )
    return Totals(
        n=awards.count(),
        sums=sums,
        n_conditions=Condition.objects.filter(award__in=awards, met_at=None).count(),
        n_due=Instalment.objects.filter(award__in=awards, released=None).count(),
        n_returns=returns.count(),
    )


def award_rows(lines: Sequence[AwardLine]) -> list[list[str | int]]:
    """The awards as a spreadsheet takes them: headings, then one for each. Pounds with a point."""
    headings = [
        "Cluster", "Held by", "Awarded", "Released", "Drawn", "Committed, not spent", "Spent",
        "Free", "Conditions open", "Instalments to come", "Next on", "Return",
    ]  # fmt: skip
    return [headings, *map(_row, lines)]


def _row(line: AwardLine) -> list[str | int]:
    money = line.money
    sums = (money.award, money.released, money.drawn, money.open, money.spent, money.free)
    return [
        marked(line.cluster),
        marked(line.holding),
        *(f"{pence / 100:.2f}" for pence in sums),
        line.n_conditions,
        line.n_due,
        line.due_on.isoformat() if line.due_on else "",
        line.came_back,
    ]


def _award_line(
    award: Award,
    money: Sums,
    told: Sequence[bool],
    to_come: Sequence[tuple[date | None, bool]],
    returns: Sequence[Submission],
) -> AwardLine:
    newest = returns[-1] if returns else None
    return AwardLine(
        key=award.pk,
        cluster_key=award.cluster_id,
        cluster=award.cluster.name,
        holding=str(award.holding),
        money=money,
        n_conditions=len(told),
        n_told=sum(told),
        n_due=len(to_come),
        n_reached=sum(told for _, told in to_come),
        due_on=min((on for on, _ in to_come if on), default=None),
        came_back=_came_back(newest),
        return_key=newest.pk if newest else None,
        closed_on=award.closed_on,
    )


def _came_back(newest: Submission | None) -> str:
    if newest is None:
        return "Not in yet"
    if newest.waits:
        return f"In since {day(newest.submitted_at)}, waits to be read"
    return f"{plan_words.done(newest)} on {day(newest.answered_at)}"


def _open_conditions(awards: Sequence[int]) -> Mapping[int, list[bool]]:
    """Of each award, for each condition that is not met, whether the cluster says that it is."""
    found: dict[int, list[bool]] = defaultdict(list)
    rows = Condition.objects.filter(award__in=awards, met_at=None).order_by()
    for award, told in rows.values_list("award", "told_at"):
        found[award].append(told is not None)
    return found


def _instalments_to_come(awards: Sequence[int]) -> Mapping[int, list[tuple[date | None, bool]]]:
    """Of each award, for each that is not released, its day and whether it is said to be reached."""
    found: dict[int, list[tuple[date | None, bool]]] = defaultdict(list)
    rows = Instalment.objects.filter(award__in=awards, released=None).order_by()
    for award, due_on, told in rows.values_list("award", "due_on", "told_at"):
        found[award].append((due_on, told is not None))
    return found
