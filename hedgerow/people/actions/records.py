"""The published record of a programme that was."""

from hedgerow.core import actions as kit
from hedgerow.core.actions import action, nothing_to_do
from hedgerow.core.actors import Actor
from hedgerow.core.owners import Audience, Owner
from hedgerow.people.models import Cluster, Member, Organisation, Programme, PublishedFact
from hedgerow.people.published import PublishedRecord

from .clusters import create_cluster, create_programme, join_cluster
from .organisations import create_organisation


@action
def load_record(*, by: Actor, record: PublishedRecord) -> Programme:
    """Programme, clusters, members and facts as the record has them. Loaded again, only what
    changed in it changes; who is in which cluster is never taken back."""
    programme = Programme.objects.filter(slug=record.slug).first() or create_programme(
        by=by,
        slug=record.slug,
        name=record.name,
        guardian=record.guardian,
        sentence=record.about[0].sentence,
        is_published=True,
    )
    clusters, organisations = {}, {}
    for told in record.clusters:
        cluster = Cluster.objects.filter(slug=told.slug).first() or create_cluster(
            by=by, programme=programme, slug=told.slug, name=told.name, place=told.place
        )
        clusters[told.slug] = cluster
        for member in told.members:
            organisation = organisations.get(member.slug) or _organisation(by, member)
            organisations[member.slug] = organisation
            if not Member.objects.filter(cluster=cluster, organisation=organisation).exists():
                join_cluster(
                    by=by,
                    cluster=cluster,
                    organisation=organisation,
                    is_second_tier=member.is_second_tier,
                )
    _keep_facts(by, programme, record, clusters, organisations)
    return programme


def _organisation(by: Actor, told) -> Organisation:
    known = Organisation.objects.filter(is_published=True, name=told.name).first()
    return known or create_organisation(
        by=by,
        name=told.name,
        identifiers=[identifier.org_id for identifier in told.identifiers],
        is_published=True,
    )


def _keep_facts(
    by: Actor,
    programme: Programme,
    told: PublishedRecord,
    clusters: dict[str, Cluster],
    organisations: dict[str, Organisation],
) -> None:
    facts = [
        PublishedFact(
            programme=programme,
            cluster=clusters[placed.cluster] if placed.cluster else None,
            organisation=organisations[placed.organisation] if placed.organisation else None,
            heading=placed.heading,
            position=position,
            sentence=placed.fact.sentence,
            source=placed.fact.cited,
            as_at=str(placed.fact.as_at),
        )
        for position, placed in enumerate(told.placed_facts(), start=1)
    ]
    if [_told(fact) for fact in facts] == [_told(fact) for fact in programme.facts.all()]:
        nothing_to_do()
        return
    programme.facts.all().delete()
    PublishedFact.objects.bulk_create(facts)
    kit.record(
        "people.record_loaded",
        by=by,
        to=programme,
        owner=(Owner.PROGRAMME, programme.pk),
        audience=Audience.EVERYONE,
        facts=len(facts),
    )


def _told(fact: PublishedFact) -> tuple[object, ...]:
    return (
        fact.cluster_id,
        fact.organisation_id,
        fact.heading,
        fact.position,
        fact.sentence,
        fact.source,
        fact.as_at,
    )
