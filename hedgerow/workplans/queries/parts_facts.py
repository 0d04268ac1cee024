"""What the parts of making a plan are answered from: the plan as it stands, and what stands beside
it."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from hedgerow.agreements.models import BoardAnswer, BoardSays
from hedgerow.analysis import workplan as analysis
from hedgerow.analysis.focus import Focus
from hedgerow.core.owners import Audience
from hedgerow.journeys.models import Journey, Stage, Submission, SubmissionKind
from hedgerow.journeys.queries.results import standing
from hedgerow.journeys.queries.submissions import submissions_in
from hedgerow.people.models import Cluster, Member
from hedgerow.units import Pence

from .budgets import budget_states
from .plans import Rows, award_for, plan_from, plan_of, rows_of


@dataclass(frozen=True, kw_only=True)
class Boards:
    """What members have said to the cluster of their boards. What a member keeps to itself is, to
    the cluster, as if it had not been said."""

    silent: tuple[str, ...]  # names of members, by name
    asked: tuple[str, ...]  # whose board must agree, and has not answered
    against: tuple[str, ...]  # whose board did not agree
    agreed: tuple[str, ...]


@dataclass(frozen=True)
class Facts:
    """Of one cluster, as it stands; each thing is asked for when it is read, and once."""

    journey: Journey

    @property
    def cluster(self) -> Cluster:
        return self.journey.cluster

    @cached_property
    def rows(self) -> Rows | None:
        """None: no plan is begun."""
        plan = plan_of(self.cluster)
        return rows_of(plan) if plan else None

    @cached_property
    def plan(self) -> analysis.Workplan | None:
        return plan_from(self.rows) if self.rows else None

    @cached_property
    def award(self) -> Pence:
        """That the plan may come to; 0 where nobody gives one."""
        return self.plan.award if self.plan else award_for(self.cluster)

    @cached_property
    def has_budget(self) -> bool:
        key = self.rows.plan.pk if self.rows else None
        return key is not None and budget_states([key])[key].standing is not None

    @cached_property
    def focus(self) -> Focus | None:
        """None where no stage of this journey works on one in its room."""
        try:
            return standing(self.journey, Focus)
        except LookupError:
            return None

    @cached_property
    def focus_stage(self) -> Stage | None:
        """Where it is worked on."""
        runs = self.journey.stages.filter(kind="focus", opened_at__isnull=False)
        return runs.order_by("-opened_at", "-run").first()

    @cached_property
    def boards(self) -> Boards:
        """Two queries."""
        said = {
            board.organisation_id: board
            for board in BoardSays.objects.filter(
                cluster=self.cluster, audience__in=Audience.CLUSTER.up
            )
        }
        must = {key: board for key, board in said.items() if board.must_agree}

        def named(answer: str) -> tuple[str, ...]:
            return tuple(
                name
                for key, name in self.members.items()
                if key in must and must[key].answer == answer
            )

        return Boards(
            silent=tuple(name for key, name in self.members.items() if key not in said),
            asked=named(""),
            against=named(BoardAnswer.NOT_AGREED),
            agreed=named(BoardAnswer.AGREED),
        )

    @cached_property
    def members(self) -> Mapping[int, str]:
        """Full ones, by name: key of the organisation -> its name."""
        rows = Member.objects.filter(cluster=self.cluster, left_at=None, is_second_tier=False)
        return dict(
            rows.order_by("organisation__name", "pk").values_list(
                "organisation", "organisation__name"
            )
        )

    @cached_property
    def submissions(self) -> tuple[Submission, ...]:
        """Of the plan, oldest first."""
        found = submissions_in([self.cluster.pk], SubmissionKind.PLAN)
        return tuple(found[self.cluster.pk])

    @property
    def last(self) -> Submission | None:
        return self.submissions[-1] if self.submissions else None
