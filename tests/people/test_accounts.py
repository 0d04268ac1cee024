"""What operators do for people, and what keyed doors and constraints hold against everybody."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.http import HttpResponse

from hedgerow.core import clock, links
from hedgerow.core.actions import Refused
from hedgerow.core.actors import Actor, Via
from hedgerow.core.models import Mail
from hedgerow.people import actions, queries
from hedgerow.people.access import keyed
from hedgerow.people.models import Mandate, Member, Passkey, Role, Seat, User
from tests.factories import (
    ClusterFactory,
    MemberFactory,
    OrganisationFactory,
    ProgrammeFactory,
    SeatFactory,
    UserFactory,
    actor,
    signed_in,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def operator():
    return SeatFactory(role=Role.OPERATOR)


def test_an_account_that_is_closed_is_out_and_comes_in_again_when_it_is_opened(client, operator):
    seat = SeatFactory()
    signed_in(client, seat)

    actions.close_account(by=actor(operator), user=seat.user)
    assert client.get("/you/").status_code == 302

    actions.open_account(by=actor(operator), user=seat.user)
    signed_in(client, seat)
    assert client.get(f"/clusters/{seat.cluster_id}/people/").status_code == 200


def test_a_lost_second_factor_is_cleared_and_its_owner_told(client, operator):
    user = UserFactory()
    Passkey.objects.create(
        user=user, name="k", credential_key="k", credential="c", made_at=clock.now()
    )
    actions.make_recovery_codes(by=Actor(person=user.pk), user=user)

    signed_in(client, operator)
    client.post(f"/platform/people/{user.pk}/clear/")

    assert not queries.has_second_factor(user)
    assert not user.recovery_codes.exists()
    assert Mail.objects.get().to == user.email


@pytest.mark.parametrize("deed", [actions.close_account, actions.clear_factors])
def test_an_operator_does_neither_to_themselves(operator, deed):
    with pytest.raises(Refused, match="your own account"):
        deed(by=actor(operator), user=operator.user)


@pytest.mark.parametrize("what", ["close", "open", "clear"])
def test_it_wants_a_fresh_code_and_an_operator(client, operator, what):
    user = UserFactory()
    there = f"/platform/people/{user.pk}/{what}/"
    signed_in(client, operator)
    with clock.at(clock.now() + timedelta(minutes=11)):
        assert client.post(there)["Location"].startswith("/sign-in/again/")

    signed_in(client, SeatFactory(role=Role.MANAGER))
    assert client.post(there).status_code == 404
    assert User.objects.get(pk=user.pk).is_active


def test_an_operator_sees_the_account_and_nothing_of_what_it_holds(client, operator):
    seat = SeatFactory()
    signed_in(client, operator)

    assert client.get(f"/platform/people/{seat.user_id}/").status_code == 200
    assert client.get(f"/organisations/{seat.organisation_id}/").status_code == 404
    assert client.get(f"/clusters/{seat.cluster_id}/people/").status_code == 404


# keyed doors


@keyed("test")
def opened(request, link, by):
    assert by == request.reader.actor(request.acting_from, Via.LINK)
    return HttpResponse(f"{by.seat}")


def knock(rf, holder, **more):
    told = {
        "person": holder.user_id,
        "seat": holder.pk,
        "about": 1,
        "version": 0,
        "expires_at": clock.now() + timedelta(days=1),
    }
    return opened(rf.get("/"), token=links.make("test", **told | more))


@pytest.fixture
def at_the_door(rf, monkeypatch):
    """Pages of dead links want no frame here."""
    monkeypatch.setattr(
        "hedgerow.people.access.render",
        lambda request, name, words, status: HttpResponse(words["sentence"], status=status),
    )
    return rf


def test_a_link_acts_from_the_seat_it_was_made_for(at_the_door):
    seat = SeatFactory()
    SeatFactory(user=seat.user)

    assert knock(at_the_door, seat).content == str(seat.pk).encode()


def test_a_link_is_dead_with_its_seat_its_person_and_its_time(at_the_door):
    ended = SeatFactory(ended_at=clock.now())
    closed = SeatFactory(user__is_active=False)
    over = {"expires_at": clock.now() - timedelta(seconds=1)}

    assert knock(at_the_door, ended).status_code == 410
    assert knock(at_the_door, closed).status_code == 410
    assert knock(at_the_door, SeatFactory(), **over).status_code == 410


def test_a_link_does_not_open_a_seat_that_wants_a_second_factor(at_the_door):
    assert knock(at_the_door, SeatFactory(role=Role.MANAGER)).status_code == 410


def test_a_link_does_not_open_somebody_elses_seat(at_the_door):
    seat = SeatFactory()

    assert knock(at_the_door, SeatFactory(), seat=seat.pk).status_code == 410


# what the database itself holds against everybody

NOW = "2026-03-17T12:00Z"


def test_a_seat_stands_where_its_role_does():
    organisation, cluster, programme = OrganisationFactory(), ClusterFactory(), ProgrammeFactory()
    places = {"organisation": organisation, "cluster": cluster, "programme": programme}
    stands_in = {
        Role.CORE: {"cluster", "organisation"},
        Role.DEPUTY: {"cluster", "organisation"},
        Role.STAFF: {"cluster", "organisation"},
        Role.SUPPORTER: {"cluster", "organisation"},
        Role.FACILITATOR: {"cluster"},
        Role.SPONSOR: {"cluster"},
        Role.MANAGER: {"programme"},
        Role.ASSESSOR: {"programme"},
        Role.VIEWER: {"programme"},
        Role.OPERATOR: set(),
    }
    for role in Role:
        for given in (
            {"cluster", "organisation"},
            {"cluster"},
            {"programme"},
            {"organisation"},
            set(places),
        ):
            may = given == stands_in[role] or (role is Role.OPERATOR and given == {"cluster"})
            assert _stands(Seat, user=UserFactory(), role=role, began_at=clock.now(),
                           **{name: places[name] for name in given}) == may  # fmt: skip


def _stands(model, **fields):
    try:
        with transaction.atomic():
            model.objects.create(**fields).delete()
    except IntegrityError:
        return False
    return True


def test_the_database_holds_one_core_group_seat_an_organisation():
    seat = SeatFactory()
    twin = {"role": Role.CORE, "cluster": seat.cluster, "organisation": seat.organisation}

    assert not _stands(Seat, user=UserFactory(), began_at=clock.now(), **twin)
    assert _stands(Seat, user=UserFactory(), began_at=NOW, ended_at=clock.now(), **twin)


def test_the_database_holds_days_in_their_order():
    deputy, member = SeatFactory(role=Role.DEPUTY), MemberFactory()
    where = {"cluster": member.cluster, "organisation": OrganisationFactory()}

    assert not _stands(
        Mandate, deputy=deputy, given_by=deputy, from_on="2026-03-18", until_on="2026-03-17"
    )
    assert not _stands(Member, joined_at=clock.now(), left_at=NOW, **where)
    assert _stands(Member, joined_at=NOW, left_at=NOW, **where)


def test_an_address_is_kept_in_small_letters():
    assert not _stands(User, email="Ann@place.org")
    assert _stands(User, email="ann@place.org")
