"""A programme with an award that can be published, and files of grants to read."""

import io
import json
from datetime import timedelta

from hedgerow.core import clock
from hedgerow.grants.giving.reading import read_grants
from hedgerow.grants.models import Publisher
from hedgerow.journeys.models import Journey
from hedgerow.ledger.models import Award
from hedgerow.people.models import Identifier, Role, Scheme
from tests.factories import ClusterFactory, MemberFactory, Scene
from tests.grants.giving.files import grant
from tests.grants.scenes import publisher
from tests.ledger.awarded import awarded


def numbered(scene: Scene) -> None:
    """Every member of the own cluster has a charity number, by its place: GB-CHC-1000001 …"""
    members = scene.cluster.members.filter(left_at=None).order_by("pk")
    for n, member in enumerate(members, start=1):
        number = f"{1_000_000 + n}"
        Identifier.objects.create(
            organisation=member.organisation, scheme=Scheme.CHC, number=number
        )


def publishing(scene: Scene) -> Publisher:
    """Every member numbered, one award of £15,000 with half of it released, and a publisher."""
    numbered(scene)
    awarded(scene)
    return publisher(scene)


def more_awards(scene: Scene, n: int, *, numbers: bool = True) -> None:
    """Rows beside the award of `publishing`: "Row 000" with £1 from long ago, "Row 001" with £1 a
    day later …; 40p of each released. The only member of each has a number, or has not."""
    design = Journey.objects.get(cluster=scene.cluster).design
    manager, now = scene.staff[Role.MANAGER], clock.now()
    for at in range(n):
        cluster = ClusterFactory(programme=scene.programme, name=f"Row {at:03}")
        holding = MemberFactory(cluster=cluster).organisation
        if numbers:
            number = f"{2_000_000 + holding.pk}"
            Identifier.objects.create(organisation=holding, scheme=Scheme.CHC, number=number)
        journey = Journey.objects.create(
            cluster=cluster, design=design, started_on=clock.today() - timedelta(days=1000)
        )
        plan = journey.submissions.create(
            kind="plan", number=1, shape=1, whole={}, digest="d", submitted_by=scene.own.core,
            submitted_at=now, answer="agreed", answered_by=manager, answered_at=now,
        )  # fmt: skip
        on = clock.today() - timedelta(days=900 - at)
        award = Award.objects.create(
            cluster=cluster, submission=plan, holding=holding, awarded_on=on, made_by=manager,
            made_at=now,
        )  # fmt: skip
        entry = award.entries.create(
            number=1, verb="award", tranche="main", pence=100, on=on, by=manager, at=now
        )
        for step, pence in (("awarded", 60), ("released", 40), ("free", -100)):
            entry.postings.create(award=award, step=step, tranche="main", on=on, pence=pence)


def reading(*grants, name="list.json"):
    return read_grants(io.BytesIO(data_of(*grants)), name)


def data_of(*grants) -> bytes:
    return json.dumps({"grants": list(grants)}).encode()


def given(n=1, to="GB-CHC-1000001", **changed):
    """A grant to an organisation by its number."""
    return grant(n, recipientOrganization=[{"id": to, "name": "A member"}], **changed)
