"""One factory for each model that tests make, and the few scenes that many tests start from."""

from dataclasses import dataclass, field
from datetime import timedelta

from django.contrib.auth import login
from django.contrib.sessions.backends.db import SessionStore
from django.http import HttpRequest
from factory import LazyAttribute, LazyFunction, Sequence, SubFactory
from factory.django import DjangoModelFactory

from hedgerow.core import clock
from hedgerow.core.actors import Actor, Via
from hedgerow.people import sessions
from hedgerow.people.models import (
    FOR_AN_ORGANISATION,
    IN_A_CLUSTER,
    OF_A_PROGRAMME,
    BreakGlass,
    Cluster,
    Identifier,
    Mandate,
    Member,
    Organisation,
    Programme,
    Role,
    Scheme,
    Seat,
    User,
)
from hedgerow.people.readers import Reader, reader_of


class UserFactory(DjangoModelFactory):
    class Meta:
        model = User

    email = Sequence("person{:05}@example.org".format)
    title = "Chief executive"


class OrganisationFactory(DjangoModelFactory):
    class Meta:
        model = Organisation

    name = Sequence("Charity {:05}".format)
    words = "Helps people find a home."


class IdentifierFactory(DjangoModelFactory):
    class Meta:
        model = Identifier

    organisation = SubFactory(OrganisationFactory)
    scheme = Scheme.CHC
    number = Sequence("1{:06}".format)


class ProgrammeFactory(DjangoModelFactory):
    class Meta:
        model = Programme

    slug = Sequence("programme-{:05}".format)
    name = Sequence("Programme {:05}".format)
    guardian = "The guardian"


class ClusterFactory(DjangoModelFactory):
    class Meta:
        model = Cluster

    programme = SubFactory(ProgrammeFactory)
    slug = Sequence("cluster-{:05}".format)
    name = Sequence("Cluster {:05}".format)
    place = Sequence("Place {:05}".format)


class MemberFactory(DjangoModelFactory):
    class Meta:
        model = Member

    cluster = SubFactory(ClusterFactory)
    organisation = SubFactory(OrganisationFactory)
    joined_at = LazyFunction(lambda: clock.now() - timedelta(days=30))


class SeatFactory(DjangoModelFactory):
    """SeatFactory(role=Role.MANAGER): whatever that role needs is made with it."""

    class Meta:
        model = Seat

    user = SubFactory(UserFactory)
    role = Role.CORE
    cluster = LazyAttribute(lambda o: ClusterFactory() if o.role in IN_A_CLUSTER else None)
    organisation = LazyAttribute(
        lambda o: (
            MemberFactory(cluster=o.cluster).organisation if o.role in FOR_AN_ORGANISATION else None
        )
    )
    programme = LazyAttribute(lambda o: ProgrammeFactory() if o.role in OF_A_PROGRAMME else None)
    began_at = LazyFunction(lambda: clock.now() - timedelta(days=30))


class MandateFactory(DjangoModelFactory):
    """A mandate for today, given by the Core Group member of the deputy's organisation."""

    class Meta:
        model = Mandate

    deputy = SubFactory(SeatFactory, role=Role.DEPUTY)
    given_by = LazyAttribute(
        lambda o: (
            Seat.objects.filter(
                role=Role.CORE, cluster=o.deputy.cluster, organisation=o.deputy.organisation
            ).first()
            or SeatFactory(cluster=o.deputy.cluster, organisation=o.deputy.organisation)
        )
    )
    from_on = LazyFunction(clock.today)
    until_on = LazyFunction(clock.today)


@dataclass(frozen=True, kw_only=True)
class Team:
    """A cluster with three members, and everybody who can hold a seat in it."""

    cluster: Cluster
    organisations: tuple[Organisation, ...]  # the first is that of the seats below
    seats: dict[Role, Seat]  # one of each role in a cluster
    second: Seat  # Core Group member of the second organisation
    third: Seat  # Core Group member of the third organisation

    @property
    def core(self) -> Seat:
        return self.seats[Role.CORE]

    @property
    def facilitator(self) -> Seat:
        return self.seats[Role.FACILITATOR]


@dataclass(frozen=True, kw_only=True)
class Scene:
    """Two clusters of one programme and one of another, with every role filled."""

    programme: Programme
    own: Team
    neighbour: Team  # in the same programme
    other_programme: Programme
    elsewhere: Team  # in the other programme
    staff: dict[Role, Seat]  # of the programme
    other_staff: dict[Role, Seat]  # of the other programme
    operator: Seat
    seats: dict[Role, Seat] = field(default_factory=dict)  # own, staff and operator together

    @property
    def cluster(self) -> Cluster:
        return self.own.cluster


def team(programme: Programme) -> Team:
    cluster = ClusterFactory(programme=programme)
    first, second, third = (MemberFactory(cluster=cluster).organisation for _ in range(3))
    tier = MemberFactory(cluster=cluster, is_second_tier=True).organisation
    seats = {
        role: SeatFactory(
            role=role,
            cluster=cluster,
            organisation=(tier if role is Role.SUPPORTER else first)
            if role in FOR_AN_ORGANISATION
            else None,
        )
        for role in IN_A_CLUSTER
    }
    return Team(
        cluster=cluster,
        organisations=(first, second, third),
        seats=seats,
        second=SeatFactory(cluster=cluster, organisation=second),
        third=SeatFactory(cluster=cluster, organisation=third),
    )


def scene() -> Scene:
    programme, other = ProgrammeFactory(), ProgrammeFactory()
    own = team(programme)
    staff = {role: SeatFactory(role=role, programme=programme) for role in OF_A_PROGRAMME}
    operator = SeatFactory(role=Role.OPERATOR, user__title="")
    return Scene(
        programme=programme,
        own=own,
        neighbour=team(programme),
        other_programme=other,
        elsewhere=team(other),
        staff=staff,
        other_staff={role: SeatFactory(role=role, programme=other) for role in OF_A_PROGRAMME},
        operator=operator,
        seats={**own.seats, **staff, Role.OPERATOR: operator},
    )


def through_the_glass(cluster: Cluster) -> Seat:
    """The seat of an operator who has opened this cluster, with three hours left."""
    now = clock.now()
    seat = SeatFactory(
        role=Role.OPERATOR,
        cluster=cluster,
        began_at=now - timedelta(hours=1),
        ended_at=now + timedelta(hours=3),
    )
    BreakGlass.objects.create(seat=seat, reason="A page of theirs does not open.")
    return seat


def actor(seat: Seat, via: Via = Via.PAGE) -> Actor:
    """Whoever holds this seat, acting from it."""
    return Actor(person=seat.user_id, seat=seat.pk, for_organisation=seat.organisation_id, via=via)


def reader(seat: Seat) -> Reader:
    """Whoever holds this seat, with all the seats they hold, second factor shown."""
    return reader_of(seat.user, second_factor=True)


def signed_in(client, seat: Seat, *, second_factor: bool = True, kept: bool = True):
    """The test client with the person of this seat signed in, as if they had just typed a code.

    A second factor counts as shown unless told otherwise. Gives the client back.
    """
    request = HttpRequest()
    request.session = SessionStore()
    login(request, seat.user, backend="django.contrib.auth.backends.ModelBackend")
    sessions.begin(request.session, is_kept=kept)
    if second_factor:
        sessions.show_second_factor(request.session)
    request.session.save()
    client.cookies[sessions.cookie_name()] = request.session.session_key
    return client
