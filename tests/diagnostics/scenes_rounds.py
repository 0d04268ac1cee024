"""A round that is open, and what is said round it."""

from collections.abc import Sequence
from datetime import timedelta

from hedgerow.agreements.models import Meeting
from hedgerow.core import clock
from hedgerow.diagnostics.actions import reminders, rounds
from hedgerow.diagnostics.models import Asking, Round, Talk, WhyNot
from hedgerow.journeys import actions as journeys
from hedgerow.journeys.models import Stage
from hedgerow.people.models import Member, Role, Seat
from tests.factories import ProgrammeFactory, Scene, SeatFactory, Team, actor, team
from tests.journeys.walks import SHORT

ASKED = ("capacity",)
TESTS = """
      - slug: all-answered
        sentence: Every member has answered, or has said why it does not.
        evidence: Who has.
      - slug: picture-talked-through
        sentence: We have talked the picture through.
        evidence: The notes.
      - slug: next-date
        sentence: The next date stands.
        evidence: The date.
"""
OWN_TEST = """
      - slug: biscuits
        sentence: There were biscuits.
        evidence: Crumbs.
"""


def opened(scene: Scene | Team, *slugs: str, roles: Sequence[str] = (), days: int = 14) -> Round:
    """A round of these instruments, opened by the facilitator, due in so many days.

    Without slugs, the round that is open, or else one of the usual.
    """
    own = _team(scene)
    found = Round.objects.filter(cluster=own.cluster, closed_at=None).first()
    if found and not slugs:
        return found
    return rounds.open_round(
        by=actor(own.facilitator),
        cluster=own.cluster,
        asked=[(slug, list(roles)) for slug in slugs or ASKED],
        due_on=clock.today() + timedelta(days=days),
    )


def member_of(seat: Seat) -> Member:
    return Member.objects.get(cluster=seat.cluster, organisation=seat.organisation)


def asking(scene: Scene) -> Asking:
    return opened(scene).askings.get(position=1)


def why_not(scene: Scene) -> WhyNot:
    """Of the first organisation."""
    return said_why_not(opened(scene), scene.own.core)


def said_why_not(round: Round, seat: Seat, words: str = "We merge in May.") -> WhyNot:
    return reminders.say_why_not(by=actor(seat), member=member_of(seat), round=round, words=words)


def talk(scene: Scene) -> Talk:
    """After every member has said why it does not answer."""
    round = opened(scene)
    for seat in (scene.own.core, scene.own.second, scene.own.third):
        said_why_not(round, seat)
    return talked(scene, round)


def talked(scene: Scene | Team, round: Round, **said: object) -> Talk:
    words = {
        "on": clock.today(),
        "needs": "Somebody for our accounts.",
        "own": "A good trainer.",
        "outside": "The council’s payroll.",
        "version": 0,
    }
    return rounds.write_talk(by=actor(_team(scene).facilitator), round=round, **{**words, **said})


def gathering(*, tests: str = TESTS, own: Team | None = None) -> tuple[Team, Stage]:
    """A team on the open stage that gathers, of a journey that began today."""
    own = own or team(ProgrammeFactory())
    manager = SeatFactory(role=Role.MANAGER, programme=own.cluster.programme)
    head, rest = SHORT.split("  - kind: gathering", 1)
    planned, rest = rest.split("    checklist: true\n", 1)
    same, rest = rest.split("    exit_tests:\n", 1)
    later = rest[rest.index("  - kind: focus") :]
    text = f"{head}  - kind: gathering{planned}{same}    exit_tests:{tests}{later}"
    journeys.load_design(
        by=actor(manager), programme=own.cluster.programme, text=text.format(version=1)
    )
    journey = journeys.start_journey(
        by=actor(manager), cluster=own.cluster, starts_on=clock.today()
    )
    forming = journey.stages.get(position=1)
    for test in forming.exit_tests.all():
        journeys.tick(by=actor(own.core), exit_test=test, evidence="Agreed.")
    journeys.close_stage(by=actor(own.core), stage=forming)
    return own, journey.stages.get(position=2)


def meet(own: Team) -> Meeting:
    """In ten days."""
    return Meeting.objects.create(
        cluster=own.cluster,
        starts_at=clock.now() + timedelta(days=10),
        minutes=60,
        called_by=own.core,
        called_at=clock.now(),
    )


def _team(scene: Scene | Team) -> Team:
    return scene.own if isinstance(scene, Scene) else scene


SCENES = {
    "diagnostics.Round": opened,
    "diagnostics.Asking": asking,
    "diagnostics.WhyNot": why_not,
    "diagnostics.Talk": talk,
}
