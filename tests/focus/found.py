"""A cluster on its way to a focus, as far as the tests of this part of the room need it."""

from collections.abc import Sequence
from datetime import timedelta

from hedgerow.agreements import actions as agreements
from hedgerow.agreements.models import Meeting, Outcome
from hedgerow.agreements.ways import ways_of
from hedgerow.core import clock
from hedgerow.focus.actions import focuses, studies
from hedgerow.focus.models import Adoption, Idea, Study
from hedgerow.journeys import actions as journeys
from hedgerow.journeys.models import Stage
from hedgerow.people.models import Organisation, Role, Seat
from tests.factories import ProgrammeFactory, SeatFactory, Team, actor, team
from tests.journeys.walks import SHORT

from .scenes_ideas import gain_of

TESTS = """
      - slug: shortlist
        sentence: We have a shortlist.
        evidence: The shortlist.
      - slug: every-member-gains
        sentence: Every member would gain from each thing on it.
        evidence: What each would gain.
      - slug: quick-win
        sentence: One of them can be done soon.
        evidence: Which one.
      - slug: contacts-listed
        sentence: We have a list of people to ask.
        evidence: The list.
      - slug: pairs-named
        sentence: A pair has taken on each.
        evidence: The names.
      - slug: findings-have-a-way
        sentence: We know how findings come together.
        evidence: Who gathers.
      - slug: next-meeting
        sentence: The next meeting has a date.
        evidence: The date.
"""
SHORTER = """
      - slug: pairs-named
        sentence: A pair has taken on each, with a list of people to ask.
        evidence: The names and the list.
      - slug: next-meeting
        sentence: We know how findings come together, and when we meet.
        evidence: The date.
"""
LATER = """
      - slug: looked-into
        sentence: We know what each would take.
        evidence: The reports.
      - slug: focus-chosen
        sentence: We have chosen.
        evidence: The decision.
"""
OWN = """
      - slug: biscuits
        sentence: There were biscuits.
        evidence: Crumbs.
"""


def finding(*, tests: str = TESTS, own: Team | None = None) -> tuple[Team, Stage]:
    """A team on the open stage that finds the focus."""
    own = own or team(ProgrammeFactory())
    manager = SeatFactory(role=Role.MANAGER, programme=own.cluster.programme)
    head, rest = SHORT.split("  - kind: gathering", 1)
    gathering, rest = rest.split("  - kind: focus", 1)
    gathering = gathering.replace("    checklist: true\n", "")
    planned, rest = rest.split("    checklist: true\n", 1)
    same, rest = rest.split("    exit_tests:\n", 1)
    later = rest[rest.index("milestones:") :]
    text = (
        f"{head}  - kind: gathering{gathering}  - kind: focus{planned}{same}"
        f"    exit_tests:{tests}{later}"
    )
    journeys.load_design(
        by=actor(manager), programme=own.cluster.programme, text=text.format(version=1)
    )
    journey = journeys.start_journey(
        by=actor(manager), cluster=own.cluster, starts_on=clock.today()
    )
    now = clock.now()
    journey.stages.filter(position__lt=3).update(opened_at=now, closed_at=now, closed_by=own.core)
    journey.stages.filter(position=3).update(opened_at=clock.now())
    return own, journey.stages.get(position=3)


def withdrawn(idea: Idea) -> Idea:
    idea.ended_how, idea.ended_because = "withdrawn", "Too dear."
    idea.ended_by, idea.ended_at = idea.raised_by, clock.now()
    idea.save()
    return idea


def all_gain(own: Team, idea: Idea) -> None:
    for seat in (own.core, own.second, own.third):
        gain_of(idea, seat)


def in_days(n: int):
    return clock.today() + timedelta(days=n)


def pair_on(own: Team, idea: Idea, *, first: Seat | None = None, second: Seat | None = None):
    """The first and the second member, in three weeks."""
    return studies.name_pair(
        by=actor(own.facilitator),
        idea=idea,
        first=first or own.core,
        second=second or own.second,
        due_on=in_days(21),
    )


def wrote(seat: Seat, study: Study, **headings: str) -> Study:
    study.refresh_from_db()
    said = headings or {"problem": "Nobody has time to train."}
    return studies.keep_study(by=actor(seat), study=study, headings=said, version=study.version)


def handed_in(seat: Seat, study: Study) -> Study:
    study = wrote(seat, study)
    return studies.hand_in(by=actor(seat), study=study, version=study.version)


def proposed(own: Team, *ideas: Idea, words: str = "We talked it through.") -> Adoption:
    return focuses.propose_focus(
        by=actor(own.core),
        cluster=own.cluster,
        ideas=ideas,
        words=words,
        way=ways_of(own.cluster)[0],
        closes_on=in_days(7),
    )


def voted(own: Team, adoption: Adoption, *, against: Sequence[Organisation] = ()) -> Adoption:
    decide(own, adoption.decision, against=against)
    adoption.refresh_from_db()
    return adoption


def decide(own: Team, decision, *, against: Sequence[Organisation] = ()) -> Outcome:
    """All three vote, and it is closed."""
    for seat in (own.core, own.second, own.third):
        is_against = seat.organisation in against
        agreements.speak(
            by=actor(seat),
            decision=decision,
            stance="disagree" if is_against else "agree",
            option=None if is_against else decision.options.get(),
            reason="It helps nobody here." if is_against else "",
            had_to_check_back=False,
        )
    closed = agreements.close(by=actor(own.facilitator), decision=decision)
    return Outcome(closed.outcome)


def meeting_of(own: Team) -> Meeting:
    """In ten days."""
    return Meeting.objects.create(
        cluster=own.cluster,
        starts_at=clock.now() + timedelta(days=10),
        minutes=60,
        called_by=own.core,
        called_at=clock.now(),
    )
