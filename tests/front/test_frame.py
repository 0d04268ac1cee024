import pytest
from django.test import RequestFactory
from django.urls import reverse

from hedgerow.front.frame import frame
from hedgerow.people.models import OF_A_PROGRAMME, Role
from hedgerow.people.readers import ANYBODY
from tests.factories import (
    ClusterFactory,
    ProgrammeFactory,
    SeatFactory,
    UserFactory,
    reader,
    scene,
    signed_in,
)

pytestmark = pytest.mark.django_db


def framed(who, path="/home/", **more):
    request = RequestFactory().get(path)
    request.reader, request.acting_from = who, None
    for name, value in more.items():
        setattr(request, name, value)
    return frame(request)["frame"]


def labels(links):
    return [link.label for link in links]


def test_a_stranger_sees_what_is_public():
    found = framed(ANYBODY)

    assert found.who == ""
    assert labels(found.nav) == ["About Hedgerow", "Published record"]
    assert "Take a copy of everything" not in labels(found.feet)
    assert not found.invented


def test_a_core_group_member_finds_home_and_the_cluster():
    seat = SeatFactory()

    found = framed(reader(seat))

    assert found.who == f"Chief executive, {seat.organisation}"
    assert labels(found.nav)[:2] == ["Home", "Our cluster"]
    assert found.nav[1].url == reverse("cluster", args=[seat.cluster.pk])
    assert "Take a copy of everything" in labels(found.feet)


def test_the_page_one_is_on_is_marked_and_no_other():
    seat = SeatFactory()
    here = reverse("cluster", args=[seat.cluster.pk])

    found = framed(reader(seat), path=here)

    assert [link.url for link in found.nav if link.is_here] == [here]


def test_seats_in_two_clusters_lead_to_a_list_of_clusters():
    seat = SeatFactory(role=Role.FACILITATOR)
    SeatFactory(role=Role.FACILITATOR, user=seat.user, cluster=ClusterFactory())

    found = framed(reader(seat))

    assert labels(found.nav)[:2] == ["Home", "Our clusters"]
    assert found.nav[1].url == reverse("clusters")
    assert found.who == "Chief executive, 2 seats"


def test_two_seats_in_one_cluster_are_one_cluster():
    seat = SeatFactory(role=Role.STAFF)
    SeatFactory(role=Role.STAFF, user=seat.user, cluster=seat.cluster)

    assert labels(framed(reader(seat)).nav)[1] == "Our cluster"


@pytest.mark.parametrize("role", OF_A_PROGRAMME)
def test_the_board_is_for_those_who_may_enter_it(role):
    seat = SeatFactory(role=role)

    assert ("Programme" in labels(framed(reader(seat)).nav)) == (role != Role.ASSESSOR)


def test_two_programmes_are_told_apart_by_their_names():
    seat = SeatFactory(role=Role.MANAGER, programme=ProgrammeFactory(name="Elm"))
    SeatFactory(role=Role.MANAGER, user=seat.user, programme=ProgrammeFactory(name="Ash"))

    assert labels(framed(reader(seat)).nav)[1:3] == ["Elm", "Ash"]


def test_somebody_who_acts_is_named_by_the_seat_they_act_from():
    seat = SeatFactory(role=Role.FACILITATOR)
    SeatFactory(role=Role.STAFF, user=seat.user)
    who = reader(seat)

    assert framed(who, acting_from=who.seats[0]).who == who.seats[0].words


def test_every_page_of_an_invented_person_says_so(client):
    seat = SeatFactory(user=UserFactory(is_example=True))

    assert framed(reader(seat)).invented
    assert framed(ANYBODY, is_invented=True).invented
    for path in ("/home/", "/about/help/", "/record/", reverse("cluster", args=[seat.cluster.pk])):
        assert b"are invented" in signed_in(client, seat).get(path).content


def test_every_room_puts_its_links_before_those_that_may_follow_them():
    s = scene()

    for role, seat in s.seats.items():
        for link in framed(reader(seat)).nav:
            assert link.url.startswith("/"), (role, link)


def test_the_frame_asks_the_database_nothing(django_assert_num_queries):
    who = reader(SeatFactory())

    with django_assert_num_queries(0):
        framed(who)


def test_a_page_with_nothing_but_its_frame_costs_what_the_reader_costs(
    client, django_assert_num_queries
):
    signed_in(client, SeatFactory())
    client.get("/about/help/")

    with django_assert_num_queries(3):  # the session, the person, the seats
        client.get("/about/help/")
