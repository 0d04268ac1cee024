"""When several press at once, on a database that lets things happen at once."""

import pytest

from hedgerow.core.actors import Actor
from hedgerow.people import actions
from hedgerow.people.models import Cluster, Identifier, Invitation, Organisation, Role, Seat, User
from tests.at_once import all_at_once, while_held
from tests.factories import MandateFactory, ProgrammeFactory, actor, team

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]

COMMAND = Actor.command()


@pytest.fixture
def t():
    return team(ProgrammeFactory())


def member_of(t):
    return t.cluster.members.get(organisation=t.organisations[0])


def invite(t, role, **more):
    where = {"cluster": t.cluster, "organisation": t.organisations[0], **more}
    return actions.invite(by=COMMAND, email="new@place.org", role=role, **where)[0]


def test_who_is_invited_anew_while_accepting_comes_in_or_is_told(t):
    """Inviting looks whether the organisation is still there, and then takes the earlier one back."""
    earlier = invite(t, Role.STAFF)

    answer = while_held(
        member_of(t),
        lambda: actions.accept_invitation(by=COMMAND, invitation=earlier),
        and_then=earlier,
    )

    assert answer == "done"


def test_of_an_invitation_that_is_accepted_and_sent_again_at_once_one_lives(t):
    earlier = invite(t, Role.STAFF)

    answers = all_at_once(
        lambda: actions.accept_invitation(by=COMMAND, invitation=earlier),
        lambda: invite(t, Role.STAFF),
    )

    assert answers == ["done", "refused"]
    assert (
        Seat.objects.filter(user__email="new@place.org").exists()
        != Invitation.objects.filter(accepted_at=None, revoked_at=None).exists()
    )


def test_somebody_new_who_accepts_two_seats_at_once_is_one_person(t):
    offered = [invite(t, Role.STAFF), invite(t, Role.STAFF, organisation=t.organisations[1])]

    answers = all_at_once(
        *(lambda one=one: actions.accept_invitation(by=COMMAND, invitation=one) for one in offered)
    )

    assert answers == ["done", "done"]
    assert User.objects.get(email="new@place.org").seats.count() == 2


def test_a_deputy_whose_seat_ends_while_the_organisation_leaves_is_out_once(t):
    deputy = t.seats[Role.DEPUTY]
    mandate = MandateFactory(deputy=deputy, given_by=t.core)

    answer = while_held(
        deputy, lambda: actions.leave_cluster(by=COMMAND, member=member_of(t)), and_then=mandate
    )

    assert answer == "done"


def test_a_new_organisation_joins_while_its_cluster_writes_something_down(t):
    def join():
        actions.join_new(by=COMMAND, cluster=t.cluster, name="A new one")

    assert while_held(t.cluster, join) == "done"
    assert t.cluster.members.filter(organisation__name="A new one").exists()


def test_somebody_is_invited_while_the_cluster_writes_something_down(t):
    """The invitation points to the cluster, which PostgreSQL looks after at the very end."""
    assert while_held(t.cluster, lambda: invite(t, Role.STAFF)) == "done"


def test_one_who_is_signed_out_everywhere_twice_at_once_is_signed_out(t):
    for key in ("one", "other", "third"):
        actions.begin_sign_in(by=COMMAND, user=t.core.user, session_key=key)

    def end():
        actions.end_sign_ins(by=COMMAND, user=t.core.user)

    assert all_at_once(end, end, end) == ["done"] * 3
    assert not t.core.user.sign_ins.filter(ended_at=None).exists()


def test_of_two_clusters_that_want_one_address_one_has_it(t):
    def create():
        actions.create_cluster(
            by=COMMAND, programme=t.cluster.programme, slug="here", name="Here and there"
        )

    assert all_at_once(create, create, create) == ["done", "refused", "refused"]
    assert Cluster.objects.filter(slug="here").count() == 1


def test_of_two_organisations_with_one_number_one_has_it():
    def create():
        actions.create_organisation(by=COMMAND, name="One", identifiers=["GB-CHC-1075922"])

    assert all_at_once(create, create) == ["done", "refused"]
    assert Identifier.objects.count() == Organisation.objects.count() == 1


def test_a_person_is_added_once():
    def add():
        actions.add_person(by=COMMAND, email="new@place.org", title="Chair")

    assert all_at_once(add, add, add) == ["done", "refused", "refused"]


def test_an_end_of_a_seat_and_an_end_of_its_mandate_do_not_cross(t):
    deputy = t.seats[Role.DEPUTY]
    mandate = MandateFactory(deputy=deputy, given_by=t.core)

    answers = all_at_once(
        lambda: actions.end_seat(by=actor(t.core), seat=deputy),
        lambda: actions.end_mandate(by=actor(t.core), mandate=mandate),
    )

    assert answers == ["done", "done"]
