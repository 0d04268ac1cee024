"""Into the example as anybody of it; and never as anybody real."""

from datetime import timedelta

import pytest
from django.test import Client

from hedgerow.core import clock, links
from hedgerow.people.models import Role
from tests.factories import ProgrammeFactory, SeatFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def manager():
    programme = ProgrammeFactory(is_example=True)
    return SeatFactory(role=Role.MANAGER, programme=programme, user__is_example=True)


def link_for(seat, **more):
    told = {
        "person": seat.user_id,
        "seat": seat.pk,
        "about": seat.user_id,
        "version": 0,
        "expires_at": clock.now() + timedelta(days=1),
    }
    return f"/example/as/{links.make('demo', **told | more)}/"


def test_one_comes_in_as_any_person_of_the_example_with_the_second_factor_shown(client, manager):
    answer = client.post(f"/example/sign-in/{manager.user_id}/")

    assert answer["Location"] == "/home/"
    assert client.get(f"/programmes/{manager.programme_id}/people/").status_code == 200


def test_nobody_comes_in_as_somebody_real(client, manager):
    real = SeatFactory()

    assert client.post(f"/example/sign-in/{real.user_id}/").status_code == 404
    assert client.get("/you/").status_code == 302


def test_without_an_example_there_is_no_way_in(client):
    user = UserFactory(is_example=True)

    assert client.post(f"/example/sign-in/{user.pk}/").status_code == 404


def test_a_get_signs_nobody_in(client, manager):
    assert client.get(f"/example/sign-in/{manager.user_id}/").status_code == 405
    assert client.get(link_for(manager)).status_code == 200
    assert client.get("/you/").status_code == 302


def test_a_link_signs_in_once(manager):
    link = link_for(manager)
    first, second = Client(), Client()
    first.post(link)

    answer = second.post(link)

    assert first.get("/you/").status_code == 200
    assert answer.status_code == 409
    assert "works once" in answer.content.decode()
    assert second.get("/you/").status_code == 302


def test_a_link_for_somebody_real_does_nothing(client, manager):
    answer = client.post(link_for(SeatFactory()))

    assert answer.status_code == 409
    assert "This person is real" in answer.content.decode()
    assert client.get("/you/").status_code == 302


def test_a_link_runs_out(client, manager):
    link = link_for(manager)

    with clock.at(clock.now() + timedelta(days=2)):
        assert client.post(link).status_code == 410


def test_a_link_dies_with_its_seat(client, manager):
    link = link_for(manager)
    manager.ended_at = clock.now()
    manager.save()

    answer = client.post(link)

    assert answer.status_code == 410
    assert "seat that has ended" in answer.content.decode()


@pytest.mark.parametrize("spoil", [lambda t: t[:-2], lambda t: t.replace(".", "-"), lambda t: "x"])
def test_a_forged_link_does_nothing(client, manager, spoil):
    token = link_for(manager).removeprefix("/example/as/").rstrip("/")

    assert client.post(f"/example/as/{spoil(token)}/").status_code == 410


def test_a_link_for_another_purpose_does_nothing(client, manager):
    token = links.make(
        "something-else",
        person=manager.user_id,
        seat=manager.pk,
        about=1,
        version=0,
        expires_at=clock.now() + timedelta(days=1),
    )

    assert client.post(f"/example/as/{token}/").status_code == 410
