"""A cluster whose plan is agreed and which has its award, as far as tests of any room need it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from hedgerow.core import clock
from hedgerow.core.actors import Actor
from hedgerow.journeys.models import Submission
from hedgerow.ledger import actions
from hedgerow.ledger.actions import ConditionSaid, CriterionSaid, HeadingSaid, InstalmentSaid
from hedgerow.ledger.models import Award, Entry, Instalment, Terms
from hedgerow.ledger.queries import Money, money_in
from hedgerow.people.models import Organisation, Programme, Role
from tests.factories import Scene, Team, actor, scene
from tests.journeys.scenes_submissions import submission
from tests.journeys.walks import at

AMOUNT = 1_500_000
AMOUNTS = {"main": 1_200_000, "levelling_up": 200_000, "quick_wins": 100_000}


def terms_set(by: Actor, programme: Programme, **more: Any) -> Terms:
    said = {
        "amount": AMOUNT,
        "conditions": "All members agree to the plan.",
        "timetable": "Plans are read within four weeks.",
        "other_support": "",
        "day_rate": 50_000,
        "criteria": (
            CriterionSaid(title="It will help people", words="What changes for them.", most=5),
            CriterionSaid(title="It can be done", words="Who does what, and by when.", most=5),
        ),
        "headings": (HeadingSaid(sentence="What would you do again?", most=1000),),
        "number": 0,
        **more,
    }
    return actions.set_terms(by=by, programme=programme, **said)


def agreed(s: Scene, *, on: date) -> Submission:
    """The plan of the own cluster of a scene, handed in and agreed on a day."""
    row = submission(s)
    with at(on):
        row.submitted_at = row.answered_at = clock.now()
    row.answer, row.answered_by = "agreed", s.staff[Role.MANAGER]
    row.save()
    return row


def instalments(amounts: Mapping[str, int]) -> list[InstalmentSaid]:
    """Half of each tranche at once, the rest when something is reached."""
    parts = []
    for tranche, pence in amounts.items():
        parts.append(InstalmentSaid(tranche=tranche, pence=pence // 2))
        parts.append(
            InstalmentSaid(tranche=tranche, pence=pence - pence // 2, when="The first courses ran")
        )
    return parts


def awarded(s: Scene, *, days_ago: int = 60, amounts: Mapping[str, int] = AMOUNTS) -> "Awarded":
    """An award to the own cluster of a scene, which its first organisation holds."""
    on = clock.today() - timedelta(days=days_ago)
    manager = actor(s.staff[Role.MANAGER])
    if not Terms.objects.filter(programme=s.programme).exists():
        terms_set(manager, s.programme)
    award = actions.make_award(
        by=manager,
        submission=agreed(s, on=on),
        holding=s.own.organisations[0],
        awarded_on=on,
        amounts=amounts,
        conditions=[ConditionSaid(words="Say who keeps the database.")],
        instalments=instalments(amounts),
        words="A good plan.",
    )
    return Awarded(s=s, key=award.pk, manager=manager)


def fresh_award(**more: Any) -> "Awarded":
    """The same in a scene of its own."""
    return awarded(scene(), **more)


@dataclass(frozen=True, kw_only=True)
class Awarded:
    """An award with the people round it."""

    s: Scene
    key: int
    manager: Actor

    @property
    def award(self) -> Award:
        """As it stands now."""
        return Award.objects.get(pk=self.key)

    @property
    def team(self) -> Team:
        return self.s.own

    @property
    def organisations(self) -> tuple[Organisation, ...]:
        return self.s.own.organisations

    @property
    def holder(self) -> Actor:
        return actor(self.s.own.core)

    @property
    def second(self) -> Actor:
        return actor(self.s.own.second)

    @property
    def money(self) -> Money:
        return money_in([self.key])[self.key]

    @property
    def waiting(self) -> list[Instalment]:
        """What is still to be released."""
        return list(self.award.instalments.filter(released=None))

    def day(self, n: int) -> date:
        """n days after the award."""
        return self.award.awarded_on + timedelta(days=n)

    def enters(
        self, verb: str, pence: int, *, n: int = 1, by: Actor | None = None, **more
    ) -> Entry:
        """By the member that holds the money; `member` and `to` are numbers of organisations."""
        for name in ("member", "to"):
            if isinstance(more.get(name), int):
                more[name] = self.organisations[more[name]]
        return actions.enter(
            by=by or self.holder, award=self.award, verb=verb, pence=pence, on=self.day(n), **more
        )
