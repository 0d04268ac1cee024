"""The programme's side of a scene, as rows: a plan with its assessor, notes, offers, open data."""

from hedgerow.core import clock
from hedgerow.grants.models import (
    Assessment,
    Assignment,
    Grant,
    GrantFault,
    GrantFile,
    MediationNote,
    Opportunity,
    Publisher,
    Score,
)
from hedgerow.people.models import Role
from tests.factories import Scene
from tests.journeys.scenes_submissions import submission
from tests.ledger.scenes import criterion, terms


def assessment(scene: Scene) -> Assessment:
    row = submission(scene)
    found = Assessment.objects.filter(submission=row).first()
    return found or Assessment.objects.create(
        submission=row, terms=terms(scene), begun_by=_manager(scene), begun_at=clock.now()
    )


def assignment(scene: Scene) -> Assignment:
    """Declared, and sent."""
    found = assessment(scene).assignments.first()
    return found or assessment(scene).assignments.create(
        assessor=scene.staff[Role.ASSESSOR],
        assigned_by=_manager(scene),
        assigned_at=clock.now(),
        conflict="none",
        declared_at=clock.now(),
        sent_at=clock.now(),
    )


def score(scene: Scene) -> Score:
    return assignment(scene).scores.create(criterion=criterion(scene), points=4)


def note(scene: Scene) -> MediationNote:
    return MediationNote.objects.create(
        cluster=scene.cluster,
        on=clock.today(),
        words="We spoke with both.",
        by=_manager(scene),
        at=clock.now(),
    )


def offer(scene: Scene) -> Opportunity:
    return Opportunity.objects.create(
        programme=scene.programme,
        title="Small grants for training",
        offered_by="The council",
        kind="funding",
        words="Up to £500.",
        checked_on=clock.today(),
        by=_manager(scene),
        at=clock.now(),
    )


def publisher(scene: Scene) -> Publisher:
    return Publisher.objects.create(
        programme=scene.programme,
        name="The fund",
        org_id="GB-CHC-1000001",
        prefix="360G-fund",
        licence="https://creativecommons.org/licenses/by/4.0/",
        by=_manager(scene),
        at=clock.now(),
    )


def grant_file(scene: Scene) -> GrantFile:
    found = GrantFile.objects.first()
    return found or GrantFile.objects.create(
        name="grants.csv",
        digest="d",
        n_rows=2,
        n_grants=1,
        n_faults=1,
        read_at=clock.now(),
    )


def fault(scene: Scene) -> GrantFault:
    return grant_file(scene).faults.create(place="row 3", sentence="It has no date.")


def grant(scene: Scene) -> Grant:
    return grant_file(scene).grants.create(
        grant_id="360G-x-1",
        title="Core costs",
        pence=100_000,
        currency="GBP",
        awarded_on=clock.today(),
        funder_id="GB-CHC-1000001",
        funder="The fund",
        recipient_id="GB-CHC-1000002",
        recipient="A charity",
    )


def _manager(scene: Scene):
    return scene.staff[Role.MANAGER]


SCENES = {
    "grants.Assessment": assessment,
    "grants.Assignment": assignment,
    "grants.Score": score,
    "grants.MediationNote": note,
    "grants.Opportunity": offer,
    "grants.Publisher": publisher,
    "grants.GrantFile": grant_file,
    "grants.GrantFault": fault,
    "grants.Grant": grant,
}
