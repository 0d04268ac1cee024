"""The return of a cluster: what it would hold now, taken from its plan, its account and its log of
gains, so that nobody writes down twice what stands there."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from hedgerow.analysis.returns import (
    ClusterReturn,
    GainTold,
    LineSpent,
    ObjectiveResult,
    Said,
    StepResult,
)
from hedgerow.core import clock
from hedgerow.journeys.models import Submission, SubmissionKind
from hedgerow.journeys.queries.submissions import digest_of, submissions_in
from hedgerow.ledger.models import ReturnHeading
from hedgerow.ledger.queries import LineMoney, Money, award_of, by_line, money_in, terms_now
from hedgerow.look.words import day
from hedgerow.people.models import Cluster
from hedgerow.units import Pence
from hedgerow.workplans.models import Workplan

from .budgets import lines_of, standing_budget
from .gains import GainLine, gains_in
from .gains_said import said_in
from .progress import ObjectiveLine, Progress, progress_in

_NO_MONEY = Money(
    award=Pence(0),
    released=Pence(0),
    drawn=Pence(0),
    free=Pence(0),
    committed=Pence(0),
    spent=Pence(0),
)
_NOTHING = LineMoney(committed=Pence(0), spent=Pence(0))


@dataclass(frozen=True, kw_only=True)
class ReturnNow:
    found: ClusterReturn  # with nothing said yet
    digest: str  # of what is read, so that what is handed in is what was seen
    headings: tuple[ReturnHeading, ...]  # of the programme, in their order
    agreed: Submission | None  # the plan; without one there is nothing to return
    before: tuple[Submission, ...]  # returns, the oldest first

    @property
    def last(self) -> Submission | None:
        return self.before[-1] if self.before else None

    @property
    def n_open(self) -> int:
        """Steps that are neither done nor stopped."""
        return sum(step.became == "open" for step in self.found.steps)

    @property
    def stands(self) -> bool:
        """One waits for the programme, or is accepted: no other can be handed in."""
        return self.last is not None and (self.last.waits or self.last.is_agreed)


def return_page(cluster: Cluster) -> ReturnNow | None:
    """None where there is no plan. About twenty queries, for a plan of any size."""
    plan = Workplan.objects.filter(cluster=cluster).first()
    if plan is None:
        return None
    agreed = agreed_plan(cluster.pk)
    found = _found(cluster, plan, agreed)
    terms = terms_now(cluster.programme_id)
    return ReturnNow(
        found=found,
        digest=digest_of(found),
        headings=tuple(terms.return_headings.all()) if terms else (),
        agreed=agreed,
        before=tuple(submissions_in([cluster.pk], SubmissionKind.RETURN)[cluster.pk]),
    )


def return_now(cluster: Cluster) -> ClusterReturn:
    """Without the cluster's own words. Raises LookupError where there is no plan."""
    page = return_page(cluster)
    if page is None:
        raise LookupError(f"{cluster} has no plan yet, so there is nothing to return.")
    return page.found


def agreed_plan(cluster: int) -> Submission | None:
    found = submissions_in([cluster], SubmissionKind.PLAN)[cluster]
    return next((one for one in found if one.is_agreed), None)


def with_words(
    found: ClusterReturn, headings: Iterable[ReturnHeading], said: Mapping[int, str]
) -> ClusterReturn:
    """`said`: by the key of the heading."""
    return replace(
        found,
        said=tuple(Said(heading=one.sentence, words=said[one.pk].strip()) for one in headings),
    )


def _found(cluster: Cluster, plan: Workplan, agreed: Submission | None) -> ClusterReturn:
    handed_in = agreed.submitted_at if agreed else None
    progress = progress_in([plan.pk])[plan.pk].given_up_since(handed_in)
    award = award_of(cluster)
    money = money_in([award])[award.pk] if award else _NO_MONEY
    said = said_in([cluster.pk])[cluster.pk]
    return ClusterReturn(
        as_at=clock.today(),
        award=money.award,
        released=money.released,
        drawn=money.drawn,
        committed=money.open,
        spent=money.spent,
        objectives=tuple(_objective(one) for one in progress.objectives),
        steps=tuple(_steps(progress)),
        lines=_lines(plan, by_line(award) if award else {}),
        gains=tuple(_gain(one) for one in gains_in([cluster.pk])[cluster.pk].lines),
        n_members=len(said.lines),
        n_asked=len(said.said),
        said=(),
    )


def _objective(one: ObjectiveLine) -> ObjectiveResult:
    """What was given up was not met, and says why."""
    if one.dropped_on:
        words = f"Given up on {day(one.dropped_on)}: {one.dropped_because}"
        return ObjectiveResult(number=one.number, title=one.title, judged="not_met", words=words)
    return ObjectiveResult(
        number=one.number,
        title=one.title,
        judged=one.result,
        words=one.words,
    )


def _steps(progress: Progress) -> Iterable[StepResult]:
    for one in progress.objectives:
        for step in one.steps:
            yield StepResult(
                number=step.number,
                objective=one.number,
                title=step.title,
                became=step.became,
                on=step.on,
                planned_on=step.planned_on,
                due_on=step.due_on,
                why=step.why,
            )


def _lines(plan: Workplan, spent: Mapping[int | None, LineMoney]) -> tuple[LineSpent, ...]:
    budget = standing_budget(plan)
    return tuple(
        LineSpent(
            number=line.number,
            title=line.title,
            planned=line.pence,
            committed=spent.get(line.number, _NOTHING).open,
            spent=spent.get(line.number, _NOTHING).spent,
        )
        for line in (lines_of(budget) if budget else ())
        if line.is_money
    )


def _gain(one: GainLine) -> GainTold:
    return GainTold(
        words=one.words,
        kind=one.kind,
        on=one.on,
        members=one.members,
        others=one.others,
        evidence=one.evidence,
        pence=one.pence,
    )
