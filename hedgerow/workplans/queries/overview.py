"""What is handed in, and what there is to know before anything is begun."""

from dataclasses import dataclass

from hedgerow.analysis.workplan import Workplan
from hedgerow.core import clock
from hedgerow.journeys.change_words import ChangeLine, plan_changes
from hedgerow.journeys.models import Answered, Journey
from hedgerow.journeys.queries.dates import MilestoneLine, timetable_lines
from hedgerow.journeys.queries.plan_views import PlanView, names_of, organisations_in, view_of
from hedgerow.journeys.queries.submission_pages import SubmissionLine, submission_lines
from hedgerow.journeys.queries.submissions import digest_of, plan_in
from hedgerow.ledger.models import Criterion, ReturnHeading, Terms
from hedgerow.ledger.queries.terms import terms_now
from hedgerow.people.models import Cluster
from hedgerow.units import Pence

from .parts_facts import Facts
from .parts_gaps import Gap, gaps_of
from .plans import award_for


@dataclass(frozen=True, kw_only=True)
class HandingIn:
    """Exactly what would be handed in now, and what is said about it."""

    journey: int | None  # None: it has not begun, and nobody answers a plan
    view: PlanView | None  # None: no plan is begun
    digest: str
    gaps: tuple[Gap, ...]
    last: SubmissionLine | None
    answer: str  # of models.Answered, to the last; "": it waits, or there is none
    changes: tuple[ChangeLine, ...]  # since the last

    @property
    def stops(self) -> list[Gap]:
        return [gap for gap in self.gaps if gap.stops]

    @property
    def says(self) -> list[Gap]:
        """What is missing and keeps nobody from handing in."""
        return [gap for gap in self.gaps if not gap.stops]

    @property
    def waits(self) -> bool:
        return self.last is not None and not self.answer

    @property
    def is_agreed(self) -> bool:
        return self.answer in (Answered.AGREED, Answered.CONDITIONS)

    @property
    def came_back(self) -> bool:
        return self.answer == Answered.RETURNED

    @property
    def is_redirected(self) -> bool:
        return self.answer == Answered.REDIRECTED

    @property
    def is_ready(self) -> bool:
        can_be_asked = self.journey is not None and not (self.waits or self.is_agreed)
        return can_be_asked and self.view is not None and not self.stops


@dataclass(frozen=True, kw_only=True)
class BeforeBeginning:
    """All that a cluster is asked and looked at for, before anything is begun."""

    award: Pence
    terms: Terms | None  # of the programme; None: it has set none
    criteria: tuple[Criterion, ...]
    headings: tuple[ReturnHeading, ...]  # of the return
    dates: tuple[MilestoneLine, ...]

    @property
    def points(self) -> int:
        return sum(one.most for one in self.criteria)

    @property
    def conditions(self) -> list[str]:
        return self.terms.conditions.splitlines() if self.terms else []


def handing_in(cluster: Cluster) -> HandingIn:
    """About fifteen queries, for a plan of any size."""
    journey = Journey.objects.filter(cluster=cluster).first()
    facts = Facts(journey or Journey(cluster=cluster))
    plan, last = facts.plan, facts.last
    before = plan_in(last) if last else None
    names = names_of(_named(plan, before))
    return HandingIn(
        journey=journey.pk if journey else None,
        view=view_of(plan, cluster.name, names, on=clock.today()) if plan else None,
        digest=digest_of(plan) if plan else "",
        gaps=gaps_of(facts),
        last=submission_lines([last])[0] if last else None,
        answer=last.answer if last else "",
        changes=plan_changes(before, plan, names) if before and plan else (),
    )


def before_beginning(cluster: Cluster) -> BeforeBeginning:
    terms = terms_now(cluster.programme_id)
    journey = Journey.objects.filter(cluster=cluster).first()
    return BeforeBeginning(
        award=Pence(terms.amount) if terms else award_for(cluster),
        terms=terms,
        criteria=tuple(terms.criteria.all()) if terms else (),
        headings=tuple(terms.return_headings.all()) if terms else (),
        dates=tuple(line for line in timetable_lines(journey) if not line.done_on)
        if journey
        else (),
    )


def _named(*plans: Workplan | None) -> set[int]:
    return {key for plan in plans if plan for key in organisations_in(plan)}
