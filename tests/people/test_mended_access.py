"""Who may not: take another's place, take the example apart, add to the record, write two lines."""

from dataclasses import replace

import pytest
from django.db import transaction

from hedgerow.core import outbox
from hedgerow.core.actions import Refused
from hedgerow.core.actors import Actor, Via
from hedgerow.core.models import Job, Mail
from hedgerow.journeys.forms import ClusterForm
from hedgerow.people import actions, forms, queries, tables
from hedgerow.people.models import Invitation, Role, Seat
from tests.factories import (
    ClusterFactory,
    MandateFactory,
    MemberFactory,
    OrganisationFactory,
    ProgrammeFactory,
    SeatFactory,
    UserFactory,
    actor,
    reader,
    scene,
    signed_in,
    team,
)

pytestmark = pytest.mark.django_db
COMMAND = Actor.command()
WHOLE = "The example stays whole"


@pytest.fixture
def s():
    return scene()


class Invented:
    """An invented cluster with its manager, one chief executive and a facilitator."""

    def __init__(self):
        self.programme = ProgrammeFactory(is_example=True)
        self.cluster = ClusterFactory(programme=self.programme, is_example=True)
        ours = OrganisationFactory(is_example=True)
        self.member = MemberFactory(cluster=self.cluster, organisation=ours)
        self.core = self._seat(Role.CORE, cluster=self.cluster, organisation=ours)
        self.facilitator = self._seat(Role.FACILITATOR, cluster=self.cluster)
        self.manager = self._seat(Role.MANAGER, programme=self.programme)

    def _seat(self, role, **where):
        return SeatFactory(role=role, user__is_example=True, **where)


@pytest.fixture
def invented():
    return Invented()


# the example mails nobody


@pytest.mark.parametrize("who", ["core", "facilitator", "manager"])
def test_from_the_example_no_stranger_is_mailed(client, invented, who):
    signed_in(client, getattr(invented, who))
    role = Role.CORE if who == "manager" else Role.STAFF
    organisation = MemberFactory(
        cluster=invented.cluster, organisation=OrganisationFactory(is_example=True)
    ).organisation
    if role is Role.STAFF:
        organisation = invented.member.organisation

    answer = client.post(
        f"/clusters/{invented.cluster.pk}/people/invite/",
        {"email": "victim@place.org", "role": role, "organisation": organisation.pk},
    )

    assert answer.status_code == 409
    assert "In the example nobody is mailed" in answer.content.decode()
    assert not Mail.objects.exists()
    assert not Invitation.objects.exists()


def test_nor_is_anybody_real_invited_to_it_by_an_operator(invented):
    with pytest.raises(Refused, match="In the example nobody is mailed"):
        actions.invite(
            by=actor(SeatFactory(role=Role.OPERATOR)),
            email="real@place.org",
            role=Role.MANAGER,
            programme=invented.programme,
        )


def test_whoever_is_of_the_example_can_be_invited_in_it(invented):
    other = UserFactory(is_example=True, email="other@place.example")

    invitation, _ = actions.invite(
        by=actor(invented.core),
        email=other.email,
        role=Role.STAFF,
        cluster=invented.cluster,
        organisation=invented.member.organisation,
    )

    assert invitation.email == other.email


def test_mail_to_nobody_waits_for_no_server_of_any_kind(settings, transactional_db):
    settings.EMAIL_BACKEND = "somebody.elses.Backend"
    with transaction.atomic():
        outbox.post(to="chief@open-door.example", subject="Hello", text="Hi", key="k", why="w")

    assert not Job.objects.exists()


# the example stays whole


def test_the_example_is_not_taken_apart(invented):
    by = actor(invented.manager)
    for deed in (
        lambda: actions.end_cluster(by=by, cluster=invented.cluster),
        lambda: actions.publish_cluster(
            by=by, cluster=invented.cluster, is_public=True, version=invented.cluster.version
        ),
        lambda: actions.leave_cluster(by=actor(invented.core), member=invented.member),
        lambda: actions.end_seat(by=by, seat=invented.facilitator),
        lambda: actions.end_seat(by=by, seat=invented.manager),
        lambda: actions.describe_person(
            by=by, user=invented.manager.user, name="", title="Buy here", wants_digest=True
        ),
    ):
        with pytest.raises(Refused, match=WHOLE):
            deed()


def test_its_pages_say_so(client, invented):
    signed_in(client, invented.manager)
    for address in (
        f"/clusters/{invented.cluster.pk}/end/",
        f"/seats/{invented.facilitator.pk}/end/",
        f"/you/seats/{invented.manager.pk}/leave/",
    ):
        answer = client.post(address)
        assert (answer.status_code, WHOLE in answer.content.decode()) == (409, True), address

    assert client.get("/example/").status_code == 200


# nobody takes another organisation's place


def test_a_neighbour_does_not_name_the_voice_of_who_has_none_just_now(s):
    actions.end_seat(by=COMMAND, seat=s.own.second)
    offer = {
        "email": "mine@place.org",
        "role": Role.CORE,
        "cluster": s.cluster,
        "organisation": s.own.organisations[1],
    }

    with pytest.raises(Refused, match="has had people here"):
        actions.invite(by=actor(s.own.core), **offer)

    assert actions.invite(by=actor(s.own.facilitator), **offer)
    assert actions.invite(by=actor(s.staff[Role.MANAGER]), **offer)


# the published record


def test_nothing_is_added_to_the_published_record_by_hand(s):
    programme = ProgrammeFactory(is_published=True)
    cluster = ClusterFactory(programme=programme, is_published=True)
    by = actor(s.operator)
    known = OrganisationFactory(is_published=True)
    deeds = (
        lambda by: actions.invite(
            by=by, email="new@place.org", role=Role.MANAGER, programme=programme
        ),
        lambda by: actions.give_seat(
            by=by, user=UserFactory(), role=Role.MANAGER, programme=programme
        ),
        lambda by: actions.create_cluster(by=by, programme=programme, slug="new", name="New"),
        lambda by: actions.join_cluster(by=by, cluster=cluster, organisation=known),
    )
    for deed in deeds:
        with pytest.raises(Refused, match="published record"):
            deed(by)
    for deed in deeds:
        assert deed(replace(COMMAND, via=Via.COMMAND))


# addresses


def test_the_address_of_who_is_invited_is_theirs_to_know_who_invited(s):
    actions.invite(
        by=actor(s.own.core),
        email="guest@place.org",
        role=Role.STAFF,
        cluster=s.cluster,
        organisation=s.own.organisations[0],
    )

    def told(seat):
        return [line.email for line in queries.invitations_to(s.cluster, reader(seat))]

    assert told(s.own.core) == ["guest@place.org"]
    assert told(s.own.second) == told(s.own.facilitator) == told(s.staff[Role.MANAGER]) == [""]


def test_no_copy_holds_the_address_or_title_of_who_was_invited():
    (table,) = [table for table in tables.TABLES if table.model is Invitation]

    assert not {"email", "title"} & set(table.columns)


# a cluster that ended


def test_in_a_cluster_that_ended_nothing_ends_any_more():
    t = team(ProgrammeFactory())
    mandate = MandateFactory(deputy=t.seats[Role.DEPUTY], given_by=t.core)
    invitation, _ = actions.invite(
        by=actor(t.core),
        email="guest@place.org",
        role=Role.STAFF,
        cluster=t.cluster,
        organisation=t.organisations[0],
    )
    actions.end_cluster(by=COMMAND, cluster=t.cluster)
    Invitation.objects.update(revoked_at=None)
    for thing in (mandate, invitation, t.core):
        thing.refresh_from_db()

    by = actor(Seat.objects.get(pk=t.core.pk))
    for deed in (
        lambda: actions.leave_cluster(by=by, member=t.cluster.members.first()),
        lambda: actions.end_seat(by=by, seat=t.seats[Role.STAFF]),
        lambda: actions.end_mandate(by=by, mandate=mandate),
        lambda: actions.revoke_invitation(by=by, invitation=invitation),
    ):
        with pytest.raises(Refused, match="ended on"):
            deed()


# whose it is to end


@pytest.mark.parametrize("who", ["second", "manager"])
def test_who_may_not_end_a_seat_is_told_before_the_button(client, s, who):
    seat = s.own.second if who == "second" else s.staff[Role.MANAGER]
    signed_in(client, seat)

    for address in (
        f"/seats/{s.own.seats[Role.STAFF].pk}/end/",
        f"/members/{s.cluster.members.get(organisation=s.own.organisations[0]).pk}/leave/",
    ):
        for answer in (client.get(address), client.post(address)):
            assert answer.status_code == 403
            assert "of that organisation" in answer.content.decode()


def test_the_manager_ends_the_seat_of_a_facilitator_and_no_other(s):
    by = actor(s.staff[Role.MANAGER])

    with pytest.raises(Refused, match="for the cluster to end"):
        actions.end_seat(by=by, seat=s.own.core)

    assert actions.end_seat(by=by, seat=s.own.facilitator).ended_at


def test_the_manager_takes_out_who_has_nobody_left(client, s):
    member = s.cluster.members.get(organisation=s.own.organisations[1])
    with pytest.raises(Refused, match="has people in"):
        actions.leave_cluster(by=actor(s.staff[Role.MANAGER]), member=member)
    actions.end_seat(by=COMMAND, seat=s.own.second)
    signed_in(client, s.staff[Role.MANAGER])

    assert client.get(f"/members/{member.pk}/leave/").status_code == 200
    client.post(f"/members/{member.pk}/leave/")

    member.refresh_from_db()
    assert member.left_at


# one line

TWO_LINES = "Bad\nBcc: x@y.z"


@pytest.mark.parametrize("typed", [TWO_LINES, "Bad\x07", "Bad\u202egood", "Bad\u2028worse"])
def test_a_name_is_one_line_of_what_can_be_seen(s, typed):
    by = COMMAND
    for deed in (
        lambda: actions.create_cluster(by=by, programme=s.programme, slug="bad", name=typed),
        lambda: actions.create_cluster(
            by=by, programme=s.programme, slug="bad", name="Good", place=typed
        ),
        lambda: actions.create_programme(by=by, slug="bad", name=typed, guardian="Us"),
        lambda: actions.create_organisation(by=by, name=typed),
        lambda: actions.add_person(by=by, email="new@place.org", title=typed),
        lambda: actions.describe_person(
            by=by, user=s.own.core.user, name=typed, title="", wants_digest=True
        ),
        lambda: actions.invite(
            by=actor(s.own.core),
            email="new@place.org",
            role=Role.SPONSOR,
            title=typed,
            cluster=s.cluster,
        ),
    ):
        with pytest.raises(Refused, match="on one line"):
            deed()


@pytest.mark.parametrize(
    ("form", "field"),
    [
        (ClusterForm, "name"),
        (ClusterForm, "place"),
        (forms.JoinForm, "name"),
        (forms.ProgrammeForm, "name"),
        (forms.ProgrammeForm, "guardian"),
        (forms.PersonForm, "name"),
        (forms.PersonForm, "title"),
        (forms.OrganisationForm, "name"),
    ],
)
def test_a_field_of_one_line_says_so(form, field):
    assert "on one line" in str(form({field: TWO_LINES}).errors[field])
    assert field not in form({field: " Zoë’s place \n"}).errors
