"""An award to the own cluster of a scene, as rows, with all that hangs on it."""

from datetime import timedelta

from hedgerow.core import clock
from hedgerow.journeys.models import Submission
from hedgerow.ledger.models import (
    Award,
    Condition,
    Criterion,
    Entry,
    Instalment,
    Posting,
    ReturnHeading,
    Terms,
)
from hedgerow.people.models import Role
from tests.factories import Scene
from tests.journeys.scenes_submissions import submission


def terms(scene: Scene) -> Terms:
    found = Terms.objects.filter(programme=scene.programme).first()
    return found or Terms.objects.create(
        programme=scene.programme,
        number=1,
        amount=1_500_000,
        made_by=scene.staff[Role.MANAGER],
        made_at=clock.now(),
    )


def criterion(scene: Scene) -> Criterion:
    return terms(scene).criteria.first() or terms(scene).criteria.create(
        position=1, title="It will help people", words="What changes for them.", most=5
    )


def heading(scene: Scene) -> ReturnHeading:
    return terms(scene).return_headings.create(position=1, sentence="What would you do again?")


def award(scene: Scene) -> Award:
    found = Award.objects.filter(cluster=scene.cluster).first()
    return found or Award.objects.create(
        cluster=scene.cluster,
        submission=_agreed(scene),
        holding=scene.own.organisations[0],
        awarded_on=clock.today(),
        made_by=scene.staff[Role.MANAGER],
        made_at=clock.now(),
    )


def _agreed(scene: Scene) -> Submission:
    row = submission(scene)
    row.answer, row.answered_at = "agreed", clock.now()
    row.answered_by = scene.staff[Role.MANAGER]
    row.save()
    return row


def condition(scene: Scene) -> Condition:
    return award(scene).conditions.create(position=1, words="Say who keeps the database.")


def instalment(scene: Scene) -> Instalment:
    return award(scene).instalments.create(
        position=1, tranche="main", pence=500_000, due_on=clock.today() + timedelta(days=30)
    )


def entry(scene: Scene) -> Entry:
    found = Entry.objects.filter(award=award(scene)).first()
    return found or Entry.objects.create(
        award=award(scene),
        number=1,
        verb="award",
        tranche="main",
        pence=1_500_000,
        on=clock.today(),
        by=scene.staff[Role.MANAGER],
        at=clock.now(),
    )


def posting(scene: Scene) -> Posting:
    return entry(scene).postings.create(
        award=award(scene), step="awarded", tranche="main", on=clock.today(), pence=1_500_000
    )


SCENES = {
    "ledger.Terms": terms,
    "ledger.Criterion": criterion,
    "ledger.ReturnHeading": heading,
    "ledger.Award": award,
    "ledger.Condition": condition,
    "ledger.Instalment": instalment,
    "ledger.Entry": entry,
    "ledger.Posting": posting,
}
