"""A cluster's own ways to decide, kept from files."""

from dataclasses import replace

from hedgerow.agreements.models import DecisionTemplate
from hedgerow.agreements.ways import read_way, ways_of
from hedgerow.core import clock
from hedgerow.core.actions import Refused, action, locked, nothing_to_do, record
from hedgerow.core.actors import Actor
from hedgerow.core.owners import Owner
from hedgerow.people.actions.clusters import going_on
from hedgerow.people.kinds import refuse_published
from hedgerow.people.models import Cluster

from .speakers import seat_in


@action
def keep_way(*, by: Actor, cluster: Cluster, text: str) -> DecisionTemplate:
    """Keep a way as this cluster's own; one with the same slug is the next version of it.

    What the file says of its version is left aside. Decisions that are open keep theirs. Raises
    Refused with the first fault and its line.
    """
    cluster = locked(cluster)
    going_on(cluster)
    refuse_published(by, cluster)
    seat = seat_in(by, cluster)
    way, faults = read_way(text, name="the file")
    if way is None:
        raise Refused(f"This cannot be kept yet. {faults[0].sentence}")
    known = {own.slug: own for own in ways_of(cluster)}
    before = known.get(way.slug)
    if any(own.slug != way.slug and own.name == way.name for own in known.values()):
        raise Refused(
            f"There is a way called “{way.name}” already. Give this one another name, or, to "
            "change the one that is there, its slug."
        )
    newest = cluster.decision_templates.filter(slug=way.slug).order_by("-number").first()
    if newest and before == replace(way, number=newest.number):
        nothing_to_do()
        return newest
    number = before.number + 1 if before else 1
    kept = DecisionTemplate.objects.create(
        cluster=cluster,
        slug=way.slug,
        number=number,
        name=way.name,
        text=text,
        by=seat,
        at=clock.now(),
    )
    record(
        "agreements.way_kept",
        by=by,
        to=kept,
        owner=(Owner.CLUSTER, cluster.pk),
        slug=way.slug,
        number=number,
    )
    return kept
