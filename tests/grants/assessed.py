"""A plan that was handed in under terms, with two assessors of its programme, for many tests."""

from datetime import date, timedelta

from hedgerow.analysis.returns import ClusterReturn
from hedgerow.core import clock
from hedgerow.grants.actions import assessing, awarding
from hedgerow.grants.models import Assignment
from hedgerow.journeys.models import Submission
from hedgerow.ledger.actions import InstalmentSaid
from hedgerow.ledger.models import Award
from hedgerow.people.models import Role, Seat
from tests.factories import Scene, SeatFactory, actor
from tests.journeys.handed_in import HandedIn, a_return
from tests.journeys.walks import walk
from tests.ledger.awarded import terms_set

MAIN, LEVELLING_UP = 900_00, 400_00  # what the plan asks for


def in_days(n: int) -> date:
    return clock.today() + timedelta(days=n)


class Assessed:
    def __init__(self, s: Scene):
        self.s, self.cluster = s, s.cluster
        self.handed = HandedIn(walk(own=s.own))
        self._has_planned()
        self.manager_seat = s.staff[Role.MANAGER]
        self.manager = actor(self.manager_seat)
        self.first = s.staff[Role.ASSESSOR]
        self.second = SeatFactory(role=Role.ASSESSOR, programme=s.programme)
        self.terms = terms_set(
            self.manager, s.programme, other_support="The council’s small grants.\nMentors."
        )
        self.plan = self.handed.hands_in()

    def _has_planned(self) -> None:
        """Its journey has been in the stage from which a plan is handed in."""
        now = clock.now()
        self.handed.w.journey.stages.create(
            position=90,
            kind="workplan",
            planned_days=7,
            opened_at=now,
            closed_at=now,
            closed_by=self.s.own.core,
        )

    @property
    def criteria(self) -> list[int]:
        return list(self.terms.criteria.values_list("pk", flat=True))

    def now(self) -> Submission:
        """The plan, as it stands."""
        return Submission.objects.get(pk=self.plan.pk)

    def gives(self, *seats: Seat, due_on: date | None = None) -> list[Assignment]:
        """To these assessors, or to the first."""
        seats = seats or (self.first,)
        made = assessing.assign(
            by=self.manager,
            submission=self.plan,
            assessors=seats,
            due_on=due_on or in_days(14),
        )
        found = {row.assessor_id: row for row in made.assignments.filter(taken_off_at=None)}
        return [found[seat.pk] for seat in seats]

    def declares(self, row: Assignment, conflict="none", words="", **more) -> Assignment:
        row.refresh_from_db()
        said = {"by": actor(row.assessor), "version": row.version, **more}
        return assessing.declare(assignment=row, conflict=conflict, words=words, **said)

    def keeps(self, row: Assignment, *points: int | None, words="So.", comment="", **more):
        row.refresh_from_db()
        scores = {key: (n, words) for key, n in zip(self.criteria, points or (4, 3), strict=True)}
        said = {"by": actor(row.assessor), "version": row.version, **more}
        return assessing.keep_scores(assignment=row, scores=scores, comment=comment, **said)

    def sends(self, row: Assignment, **more) -> Assignment:
        row.refresh_from_db()
        said = {"by": actor(row.assessor), "version": row.version, **more}
        return assessing.send_scores(assignment=row, **said)

    def scored(self, row: Assignment, *points: int, words="So.", comment="") -> Assignment:
        """Declared, kept and sent."""
        self.declares(row)
        self.keeps(row, *points, words=words, comment=comment)
        return self.sends(row)

    def agrees(self, submission: Submission | None = None, **more) -> Award:
        submission = submission or self.now()
        said = {
            "by": self.manager,
            "holding": self.s.own.organisations[0],
            "amounts": {"main": MAIN, "levelling_up": LEVELLING_UP},
            "conditions": [],
            "instalments": [
                InstalmentSaid(tranche="main", pence=MAIN),
                InstalmentSaid(tranche="levelling_up", pence=LEVELLING_UP, when="Two are trained"),
            ],
            "words": "A good plan.",
            "awarded_on": clock.today(),
            "version": submission.version,
            **more,
        }
        return awarding.agree(submission=submission, **said)

    def sends_back(self, *missing: str, **more) -> Submission:
        submission = self.now()
        said = {"by": self.manager, "version": submission.version, **more}
        return awarding.send_back(submission=submission, missing=missing or ["Who?"], **said)

    def hands_in_return(self, **changed) -> Submission:
        found: ClusterReturn = a_return(self.s.own, **changed)
        return self.handed.hands_in(found)
