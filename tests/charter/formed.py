"""A cluster on the stage that forms it, with nothing done yet, and ways to do each part."""

from datetime import UTC, datetime, time, timedelta

from hedgerow.agreements.models import Channel, Meeting
from hedgerow.charter import actions
from hedgerow.charter.models import Assent, Charter, Delegation, GroundRule, RuleSet
from hedgerow.core import clock
from hedgerow.journeys import actions as journeys
from hedgerow.journeys.models import Stage
from hedgerow.people.models import Role
from tests.factories import ProgrammeFactory, SeatFactory, Team, actor, team
from tests.journeys.walks import SHORT

FORMING = """
      - slug: members-agreed
        sentence: We have agreed who is in.
        evidence: The list of members.
      - slug: rules-agreed
        sentence: Every member has agreed the ground rules.
        evidence: The day each agreed.
      - slug: gatherer-named
        sentence: One named person draws the answers together.
        evidence: Their yes.
      - slug: answers-have-a-date
        sentence: There is a day by which all will have answered.
        evidence: The day.
      - slug: next-meeting
        sentence: The next meeting has a date.
        evidence: The date.
"""
OWN = """
      - slug: name-chosen
        sentence: We have chosen a name.
        evidence: The name.
"""


def forming(*, design: str = FORMING, own: Team | None = None) -> tuple[Team, Stage]:
    """A team on the open stage of a journey that begins today; `design`: its exit tests."""
    own = own or team(ProgrammeFactory())
    manager = SeatFactory(role=Role.MANAGER, programme=own.cluster.programme)
    head, rest = SHORT.split("    checklist: true\n", 1)
    planned, rest = rest.split("    exit_tests:\n", 1)
    later = rest[rest.index("  - kind: gathering") :]
    text = f"{head}{planned}    exit_tests:{design}{later}".format(version=1)
    journeys.load_design(by=actor(manager), programme=own.cluster.programme, text=text)
    journey = journeys.start_journey(
        by=actor(manager), cluster=own.cluster, starts_on=clock.today()
    )
    return own, journey.stages.get(position=1)


def voices(own: Team):
    return (own.core, own.second, own.third)


def delegate_all(own: Team) -> None:
    for seat in voices(own):
        Delegation.objects.create(seat=seat, words="Our time.", by=seat, at=clock.now())


def lay_down(own: Team, number: int = 1) -> RuleSet:
    rule_set = RuleSet.objects.create(
        cluster=own.cluster,
        number=number,
        made_by=own.core,
        made_at=clock.now(),
        reason="So." if number > 1 else "",
    )
    GroundRule.objects.create(
        rule_set=rule_set, position=1, slug="turn-up", name="Turn up", sentence="We turn up."
    )
    return rule_set


def assent(rule_set: RuleSet, seat, *, on_paper: bool = False) -> Assent:
    return Assent.objects.create(
        rule_set=rule_set,
        organisation=seat.organisation,
        channel=Channel.PAPER if on_paper else Channel.PAGE,
        by=seat,
        recorded_by=seat if on_paper else None,
        at=clock.now(),
    )


def agree_all(own: Team) -> RuleSet:
    rule_set = lay_down(own)
    for seat in voices(own):
        assent(rule_set, seat)
    return rule_set


def name(own: Team, seat=None) -> Charter:
    """By themselves, so that it is a yes."""
    seat = seat or own.core
    return actions.name_gatherer(
        by=actor(seat), cluster=own.cluster, seat=seat, version=version_of(own)
    )


def set_day(own: Team) -> Charter:
    return actions.set_answers_by(
        by=actor(own.core),
        cluster=own.cluster,
        on=clock.today() + timedelta(days=20),
        version=version_of(own),
    )


def meet(own: Team, *, in_days: int = 7) -> Meeting:
    on = clock.today() + timedelta(days=in_days)
    return Meeting.objects.create(
        cluster=own.cluster,
        starts_at=datetime.combine(on, time(12), UTC),
        minutes=90,
        called_by=own.core,
        called_at=clock.now(),
    )


def version_of(own: Team) -> int:
    found = Charter.objects.filter(cluster=own.cluster).first()
    return found.version if found else 1


def form_all(own: Team) -> None:
    delegate_all(own)
    agree_all(own)
    name(own)
    set_day(own)
    meet(own)
