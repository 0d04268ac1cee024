"""Programmes, clusters, and who is in them."""

from typing import TypeVar

from django.db import IntegrityError, models, transaction
from django.db.models import Q, QuerySet

from hedgerow.core import clock, rooms
from hedgerow.core.actions import Refused, action, for_change, locked, nothing_to_do, record
from hedgerow.core.actors import Actor
from hedgerow.core.days import in_words
from hedgerow.core.owners import Audience, Owner
from hedgerow.people.kinds import refuse_published, refuse_unseen, stays_whole
from hedgerow.people.models import (
    Cluster,
    Invitation,
    Mandate,
    Member,
    Organisation,
    Programme,
    Role,
    Seat,
)

from .organisations import create_organisation

M = TypeVar("M", bound=models.Model)


@action
def create_programme(
    *,
    by: Actor,
    slug: str,
    name: str,
    guardian: str,
    sentence: str = "",
    is_example: bool = False,
    is_published: bool = False,
) -> Programme:
    refuse_unseen(name, guardian)
    programme = Programme(
        slug=slug,
        name=name,
        guardian=guardian,
        sentence=sentence,
        is_example=is_example,
        is_published=is_published,
    )
    _save_new(programme, "programme")
    record("people.programme_created", by=by, to=programme, owner=(Owner.PROGRAMME, programme.pk))
    return programme


@action
def create_cluster(
    *, by: Actor, programme: Programme, slug: str, name: str, place: str = "", purpose: str = ""
) -> Cluster:
    """A latent cluster: nobody is in it until an organisation joins. Invented or published as
    its programme is."""
    refuse_published(by, programme)
    refuse_unseen(name, place)
    cluster = Cluster(
        programme=programme,
        slug=slug,
        name=name,
        place=place,
        purpose=purpose,
        is_example=programme.is_example,
        is_published=programme.is_published,
    )
    _save_new(cluster, "cluster")
    _record("people.cluster_created", by, cluster, audience=Audience.FUNDER)
    return cluster


@action
def publish_cluster(*, by: Actor, cluster: Cluster, is_public: bool, version: int) -> Cluster:
    """Open the page that anyone may read, or close it at once."""
    cluster = going_on(locked(cluster, version=version))
    if cluster.is_public == is_public:
        nothing_to_do()
        return cluster
    stays_whole(by, cluster)
    cluster.is_public = is_public
    cluster.version += 1
    cluster.save()
    _record("people.cluster_opened" if is_public else "people.cluster_closed", by, cluster)
    return cluster


@action
def end_cluster(*, by: Actor, cluster: Cluster) -> Cluster:
    """Closed to change from now on. Its seats can still read it; nobody can come in."""
    cluster = locked(cluster)
    if cluster.ended_at:
        nothing_to_do()
        return cluster
    stays_whole(by, cluster)
    cluster.ended_at, cluster.is_public = clock.now(), False
    cluster.version += 1
    cluster.save()
    n_revoked = revoke_waiting(Q(cluster=cluster))
    _record("people.cluster_ended", by, cluster, audience=Audience.FUNDER, revoked=n_revoked)
    return cluster


@action
def join_cluster(
    *, by: Actor, cluster: Cluster, organisation: Organisation, is_second_tier: bool = False
) -> Member:
    return _join(by, cluster, organisation, is_second_tier)


@action
def join_new(*, by: Actor, cluster: Cluster, name: str, is_second_tier: bool = False) -> Member:
    """An organisation that is new here, and in this cluster from now on."""
    # Before the organisation is written down: whoever has the cluster locked waits to do the same.
    cluster = locked(cluster)
    organisation = create_organisation(by=by, name=name, is_example=cluster.is_example)
    return _join(by, cluster, organisation, is_second_tier)


@action
def leave_cluster(*, by: Actor, member: Member) -> Member:
    """An organisation leaves: its seats there end at once, and what it kept private is its own
    again. Its voice stays in what was decided."""
    member = locked(member)
    cluster, organisation = member.cluster, member.organisation
    if member.left_at:
        nothing_to_do()
        return member
    if by.for_organisation not in (None, organisation.pk):
        raise Refused(
            f"Only {organisation}'s own Core Group member or the programme manager can take it "
            f"out of {cluster}."
        )
    stays_whole(by, cluster)
    going_on(cluster)
    here = Q(cluster=cluster, organisation=organisation)
    seats = Seat.objects.filter(here, ended_at=None)
    if by.person and not by.for_organisation and seats.exists():
        raise Refused(
            f"{organisation} has people in {cluster}, so leaving is for them to say. Ask its Core "
            "Group member."
        )
    if to_settle := rooms.to_settle(member):
        raise Refused(" ".join(to_settle))
    member.left_at = clock.now()
    member.save()
    n_seats = end_seats(seats)
    n_revoked = revoke_waiting(here)
    record(
        "people.organisation_left",
        by=by,
        to=member,
        owner=(Owner.CLUSTER, cluster.pk),
        audience=Audience.FUNDER,
        organisation=organisation.pk,
        seats=n_seats,
        revoked=n_revoked,
    )
    return member


# What several actions do, inside their own transactions.


def going_on(cluster: Cluster) -> Cluster:
    """Raises Refused if the cluster has ended."""
    if cluster.ended_at:
        raise Refused(
            f"{cluster} ended on {in_words(clock.day_of(cluster.ended_at))}. "
            "It can still be read, and nothing in it can be changed."
        )
    return cluster


def end_seats(seats) -> int:
    """End them now, and every mandate that they hold or gave. How many seats ended."""
    # The seats first, as where one of them is locked alone; mandates and invitations after.
    now, keys = clock.now(), _locked_keys(seats)
    mandates = Mandate.objects.filter(
        Q(deputy__in=keys) | Q(given_by__in=keys), ended_at=None, until_on__gte=clock.today()
    )
    Mandate.objects.filter(pk__in=_locked_keys(mandates)).update(ended_at=now)
    return Seat.objects.filter(pk__in=keys).update(ended_at=now)


def revoke_waiting(where: Q) -> int:
    """Take back every invitation there that nobody has accepted. How many."""
    waiting = Invitation.objects.filter(where, accepted_at=None, revoked_at=None)
    return Invitation.objects.filter(pk__in=_locked_keys(waiting)).update(revoked_at=clock.now())


def _locked_keys(rows: QuerySet[M]) -> list[int]:
    return [row.pk for row in for_change(rows.order_by("pk"))]


def core_seat(cluster: Cluster, organisation: Organisation) -> Seat | None:
    return Seat.objects.filter(
        cluster=cluster, organisation=organisation, role=Role.CORE, ended_at=None
    ).first()


def _join(by: Actor, cluster: Cluster, organisation: Organisation, is_second_tier: bool) -> Member:
    cluster = going_on(locked(cluster))
    refuse_published(by, cluster)
    if (cluster.is_example, cluster.is_published) != (
        organisation.is_example,
        organisation.is_published,
    ):
        raise Refused(
            f"{organisation} and {cluster} are not of one kind: invented, published and your own "
            "are kept apart. Choose an organisation of the same kind."
        )
    if cluster.members.filter(organisation=organisation, left_at=None).exists():
        raise Refused(f"{organisation} is in {cluster} already.")
    member = Member.objects.create(
        cluster=cluster,
        organisation=organisation,
        is_second_tier=is_second_tier,
        joined_at=clock.now(),
    )
    record(
        "people.organisation_joined",
        by=by,
        to=member,
        owner=(Owner.CLUSTER, cluster.pk),
        audience=Audience.FUNDER,
        organisation=organisation.pk,
        is_second_tier=is_second_tier,
    )
    return member


def _save_new(row: Programme | Cluster, what: str) -> None:
    _refuse_taken(row, what)
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:
        _refuse_taken(row, what)  # by somebody else, in this instant
        raise


def _refuse_taken(row: Programme | Cluster, what: str) -> None:
    if type(row).objects.filter(slug=row.slug).exists():
        raise Refused(f"Another {what} has the address “{row.slug}” already. Choose another one.")


def _record(did: str, by: Actor, cluster: Cluster, **more) -> None:
    record(did, by=by, to=cluster, owner=(Owner.CLUSTER, cluster.pk), **more)
