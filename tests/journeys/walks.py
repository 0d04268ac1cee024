"""Journeys for tests to walk: a short design with known days, whose first stage is a checklist
though a room is here for it, and one that has begun."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from hedgerow.core import clock
from hedgerow.core.actors import Actor
from hedgerow.journeys import actions
from hedgerow.journeys.models import Design, ExitTest, Journey, Milestone, Stage
from hedgerow.people.models import Programme
from tests.factories import ProgrammeFactory, SeatFactory, Team, actor, team

SHORT = """
slug: short
version: {version}
name: A short way
sentence: Three stages for tests.
guardian: The programme's manager
source:
  title: Made up for tests
  publisher: Hedgerow
  year: 2026
  licence: Ours.
numbers:
  award: £0
  months_to_plan: 2
  months_to_spend: 0
roles: [core, facilitator, manager]
ground_rules:
  - slug: turn-up
    name: Turn up
    sentence: We turn up.
allowances:
  - slug: facilitation
    name: Facilitator days
    days: 3
    until: focus
stages:
  - kind: forming
    name: Forming the cluster
    sentence: You agree who is in.
    checklist: true
    planned: 2 weeks
    exit_tests:
      - slug: members
        sentence: We have agreed who is in.
        evidence: The list of members.
      - slug: rules
        sentence: We have agreed the ground rules.
        evidence: The day each agreed.
  - kind: gathering
    name: Gathering
    sentence: Each member answers.
    checklist: true
    planned: 2 weeks
    exit_tests:
      - slug: answered
        sentence: All have answered.
        evidence: Who has.
  - kind: focus
    name: Finding the focus
    sentence: You choose.
    checklist: true
    planned: 2 weeks
    exit_tests:
      - slug: chosen
        sentence: We have chosen.
        evidence: The decision.
milestones:
  - slug: first-meeting
    name: The first meeting
    belongs_to: cluster
    weeks_after_start: 1
  - slug: formed
    name: The cluster is formed
    belongs_to: cluster
    at_end_of: forming
  - slug: answers-in
    name: The answers are in
    belongs_to: programme
    at_end_of: gathering
  - slug: focus-chosen
    name: The focus is chosen
    belongs_to: cluster
    at_end_of: focus
"""
STARTED = date(2026, 3, 2)  # a Monday; first-meeting is on 9, formed on 15, answers-in on 29 March


def at(day: date):
    """The middle of a day."""
    return clock.at(datetime.combine(day, time(12), UTC))


def short_design(programme: Programme, version: int = 1, text: str = SHORT) -> Design:
    return actions.load_design(
        by=Actor.command(), programme=programme, text=text.format(version=version)
    )


@dataclass(frozen=True, kw_only=True)
class Walk:
    """A journey with the people round it."""

    journey: Journey
    team: Team
    core: Actor
    facilitator: Actor
    manager: Actor

    @property
    def open_stage(self) -> Stage:
        return self.journey.stages.get(opened_at__isnull=False, closed_at=None, left_at=None)

    def stage(self, position: int, run: int = 1) -> Stage:
        return self.journey.stages.get(position=position, run=run)

    def test(self, slug: str) -> ExitTest:
        """Of the newest run that has it."""
        return ExitTest.objects.filter(stage__journey=self.journey, slug=slug).order_by(
            "-stage__run"
        )[0]

    def milestone(self, slug: str) -> Milestone:
        return self.journey.milestones.get(slug=slug)

    def tick_all(self) -> None:
        """Every sentence of the open stage that has no tick yet."""
        for test in self.open_stage.exit_tests.all():
            if not test.ticks.filter(undone_at=None).exists():
                actions.tick(by=self.core, exit_test=test, evidence="Agreed at our meeting.")

    def close(self) -> Stage:
        """Tick what is left of the open stage, and close it."""
        self.tick_all()
        return actions.close_stage(by=self.core, stage=self.open_stage)


def walk(*, own: Team | None = None, starts_on: date = STARTED, text: str = SHORT) -> Walk:
    """A journey through the short design, begun on a day that is told."""
    with at(starts_on):
        own = own or team(ProgrammeFactory())
        programme = own.cluster.programme
        manager = SeatFactory(role="manager", programme=programme)
        short_design(programme, text=text)
        journey = actions.start_journey(by=actor(manager), cluster=own.cluster, starts_on=starts_on)
    return Walk(
        journey=journey,
        team=own,
        core=actor(own.core),
        facilitator=actor(own.facilitator),
        manager=actor(manager),
    )
