"""A cluster with a plan, as far as the tests of this room need it."""

from dataclasses import dataclass
from datetime import date, timedelta

from hedgerow.core import clock
from hedgerow.core.actors import Actor
from hedgerow.journeys import actions as journeys
from hedgerow.journeys.models import Journey, Stage
from hedgerow.people.models import Cluster, Role, Seat
from hedgerow.workplans.actions import objectives, plans, steps
from hedgerow.workplans.models import Objective, Step, Workplan
from tests.factories import ProgrammeFactory, SeatFactory, Team, actor, team
from tests.journeys.walks import SHORT

STAGES = """stages:
  - kind: gathering
    name: Gathering
    sentence: Each member answers.
    planned: 2 weeks
    exit_tests:
      - slug: answered
        sentence: All have answered.
        evidence: Who has.
  - kind: focus
    name: Finding the focus
    sentence: You choose.
    planned: 2 weeks
    exit_tests:
      - slug: chosen
        sentence: We have chosen.
        evidence: The decision.
  - kind: workplan
    name: Developing the workplan
    sentence: You write down what you will do.
    planned: 2 weeks
    exit_tests:
      - slug: objectives-named
        sentence: The plan has objectives.
        evidence: The plan.
      - slug: who-does-what
        sentence: The plan says which two members do each step.
        evidence: The two names at every step.
  - kind: implementation
    name: Taking it forward
    sentence: You do it.
    planned: 8 weeks
    exit_tests:
      - slug: steps-done-or-stopped
        sentence: Each step of the plan is done, or stopped with its reason.
        evidence: The plan as it stands.
milestones:
  - slug: first-meeting
    name: The first meeting
    belongs_to: cluster
    weeks_after_start: 1
  - slug: plan-decided
    name: The programme has decided
    belongs_to: programme
    at_end_of: workplan
"""
BEHIND = {
    "found": "The college runs two courses a year.",
    "stands_behind": "We fill its empty places.",
    "differs": "Ours are for managers of small charities.",
}


@dataclass(frozen=True, kw_only=True)
class Planned:
    """A team on the open stage that makes the plan, and its plan."""

    team: Team
    journey: Journey
    manager: Seat
    plan: Workplan

    @property
    def cluster(self) -> Cluster:
        return self.team.cluster

    @property
    def core(self) -> Actor:
        return actor(self.team.core)

    @property
    def facilitator(self) -> Actor:
        return actor(self.team.facilitator)

    @property
    def stage(self) -> Stage:
        """The newest run of the one that makes the plan."""
        return self.journey.stages.filter(kind="workplan").order_by("-run")[0]

    @property
    def carrying_out(self) -> Stage:
        return self.journey.stages.filter(kind="implementation").order_by("-run")[0]

    def objective(self, number: int) -> Objective:
        return self.plan.objectives.get(number=number)

    def step(self, number: int) -> Step:
        return self.plan.steps.get(number=number)

    def fresh(self) -> Workplan:
        """As it stands now."""
        return Workplan.objects.select_related("cluster").get(pk=self.plan.pk)

    def adds(self, title: str = "All of us train together", **other: object) -> Objective:
        return objectives.add_objective(
            by=self.core, workplan=self.plan, title=title, **{**_judged(), **other}
        )

    def adds_step(
        self, objective: Objective, title: str = "Find a trainer", **other: object
    ) -> Step:
        said = {"kind": "activity", "starts_on": in_days(7), "due_on": in_days(28), **other}
        return steps.add_step(by=self.core, objective=objective, title=title, **said)

    def comes_in_behind(self, objective: Objective, **said: str) -> Objective:
        objective.refresh_from_db()
        return objectives.come_in_behind(
            by=self.core, objective=objective, version=objective.version, **{**BEHIND, **said}
        )

    def names_pair(self, step: Step, first: Seat | None = None, second: Seat | None = None) -> Step:
        """The first and the second member, unless it is told otherwise."""
        step.refresh_from_db()
        return steps.name_pair(
            by=self.core,
            step=step,
            first=first or self.team.core,
            second=second or self.team.second,
            alone_because="",
            version=step.version,
        )

    def waits(self, step: Step, *on: Step) -> Step:
        step.refresh_from_db()
        return steps.wait_for(by=self.core, step=step, on=on, version=step.version)

    def writes(
        self, summary: str = "We train together.", meetings: str = "Each month."
    ) -> Workplan:
        plan = self.fresh()
        return plans.write_plan(
            by=self.core, workplan=plan, summary=summary, meetings=meetings, version=plan.version
        )


def begun(*, own: Team | None = None, award: str = "£15,000") -> Planned:
    """An empty plan, of three members and who supports them, in a programme that gives £15,000
    by its design and has set no terms."""
    own = own or team(ProgrammeFactory())
    programme = own.cluster.programme
    manager = SeatFactory(role=Role.MANAGER, programme=programme)
    head = SHORT.split("stages:", 1)[0].replace("award: £0", f"award: {award}")
    head = head.replace("months_to_spend: 0", "months_to_spend: 6").replace(
        "until: focus", "until: workplan"
    )
    journeys.load_design(
        by=actor(manager), programme=programme, text=(head + STAGES).format(version=1)
    )
    journey = journeys.start_journey(
        by=actor(manager), cluster=own.cluster, starts_on=clock.today()
    )
    now = clock.now()
    before = journey.stages.filter(kind__in=("gathering", "focus"))
    before.update(opened_at=now, closed_at=now, closed_by=own.core)
    journey.stages.filter(kind="workplan").update(opened_at=now)
    plan = plans.begin_plan(by=actor(own.core), cluster=own.cluster)
    return Planned(team=own, journey=journey, manager=manager, plan=plan)


def planned(*, own: Team | None = None) -> Planned:
    """A plan in which nothing is missing: two objectives, three steps, each with its pair and its
    days; the third waits for the second. It has no budget yet."""
    p = begun(own=own)
    p.writes()
    train = p.adds()
    buy = p.adds("We buy paper and ink together", strand="parallel")
    for objective in (train, buy):
        p.comes_in_behind(objective)
    first = p.adds_step(train)
    second = p.adds_step(train, "The first course is held", kind="milestone", starts_on=None)
    third = p.adds_step(
        buy,
        "Ask three firms for a price",
        is_quick_win=True,
        starts_on=in_days(30),
        due_on=in_days(40),
    )
    p.names_pair(first)
    p.names_pair(second, p.team.second, p.team.third)
    p.names_pair(third, p.team.third, p.team.core)
    p.waits(third, second)
    return p


def in_days(n: int) -> date:
    return clock.today() + timedelta(days=n)


def _judged() -> dict[str, object]:
    return {
        "for_whom": "Managers of every member",
        "judged_how": "By how many came, and what they do otherwise a month later.",
        "judged_on": in_days(90),
    }
