"""Pages for whoever comes by, and what is said when something is amiss."""

from http import HTTPStatus

import pytest
from django.core.exceptions import SuspiciousOperation
from django.db import DatabaseError, connection
from django.test import Client, RequestFactory
from django.urls import reverse

from hedgerow.front import example, record, views
from hedgerow.front.queries import cast, shown
from hedgerow.people.models import Role, Seat
from tests.factories import (
    ClusterFactory,
    OrganisationFactory,
    ProgrammeFactory,
    SeatFactory,
    UserFactory,
    scene,
    signed_in,
)

from .pages import page, text_of

pytestmark = pytest.mark.django_db

ABOUT = ("help", "sharing", "accessibility", "privacy", "code")


def test_the_front_page_offers_what_is_there_to_look_at(client):
    nothing = page(client, "/")
    record.load()
    with_record = page(client, "/")
    ProgrammeFactory(is_example=True)
    with_both = page(client, "/")

    assert "hedgerow demo load" in nothing
    assert "to look at" not in nothing
    assert "Published record" not in nothing
    assert "One thing to look at" in with_record
    assert "Published record" in with_record
    assert "Two things to look at" in with_both
    assert "Read the published record" in with_record
    assert "Choose somebody to be" not in with_record
    assert "Choose somebody to be" in with_both


def test_whoever_is_signed_in_finds_their_list_from_the_front_page(client):
    words = page(client, "/", SeatFactory())

    assert "What waits for you stands on your own page" in words
    assert "Come in" not in words


def test_the_front_page_costs_one_query(client, django_assert_num_queries):
    with django_assert_num_queries(1):
        client.get("/")


def test_a_programme_of_ones_own_is_neither_record_nor_example():
    ProgrammeFactory()

    assert not shown().has_record
    assert not shown().has_example


@pytest.mark.parametrize("path", ["/clusters/{}/", "/clusters/999999/", "/nowhere/"])
def test_whoever_has_not_shown_a_second_factor_is_told_so_wherever_there_is_nothing(client, path):
    manager = SeatFactory(role=Role.MANAGER)
    there = path.format(ClusterFactory(programme=manager.programme).pk)
    shut = "Some of your seats stay shut until you show your second factor."

    signed_in(client, manager, second_factor=False)
    assert shut in page(client, there, status=404)
    assert shut not in page(client, there, SeatFactory(), status=404)


@pytest.mark.parametrize("name", ABOUT)
def test_what_hedgerow_says_of_itself_is_open_and_asks_nothing(
    client, name, django_assert_num_queries
):
    with django_assert_num_queries(0):
        response = client.get(reverse(name))

    assert response.status_code == 200
    assert not response.cookies


def test_the_five_steps_are_said_in_words(client):
    words = page(client, reverse("sharing"))

    steps = ["Only us", "Us and our facilitator", "Our cluster", "Our funder", "Everyone"]
    found = [words.index(f"Who can see this: {step}") for step in steps]
    assert found == sorted(found)


# The example.


def invented(role=Role.CORE, **words):
    """A seat in the example, with everything round it invented too."""
    programme = ProgrammeFactory(is_example=True)
    cluster = ClusterFactory(programme=programme, is_example=True, name="Zelkova together")
    where = {"cluster": cluster, "organisation": OrganisationFactory(is_example=True)}
    if role == Role.MANAGER:
        where = {"programme": programme}
    return SeatFactory(role=role, user=UserFactory(is_example=True, **words), **where)


@pytest.mark.parametrize("path", ["/example/", "/look/"])
def test_without_the_example_its_pages_are_not_there(client, path):
    SeatFactory()

    assert client.get(path).status_code == 404


def test_the_cast_stands_by_cluster_and_then_the_programme(client):
    seat, manager = invented(title="Director"), invented(Role.MANAGER, title="Programme manager")

    groups = cast()

    assert [group.heading for group in groups] == ["Zelkova together", str(manager.programme)]
    assert [line.person for group in groups for line in group.lines] == [
        seat.user_id,
        manager.user_id,
    ]
    words = page(client, "/example/")
    assert f"Sign in as Director, {seat.organisation}" in words
    assert "Hedgeshire and everybody in it are invented" in words


def test_nobody_real_stands_in_the_cast(client):
    invented()
    real = SeatFactory(user__title="Treasurer")

    assert "Treasurer" not in page(client, "/example/")
    assert real.user_id not in {line.person for group in cast() for line in group.lines}


def test_who_left_the_example_is_not_in_it():
    seat = invented()
    Seat.objects.filter(pk=seat.pk).update(ended_at=seat.began_at)

    assert cast() == []


def test_the_button_signs_in_as_them(client):
    seat = invented()

    answer = client.post(reverse("people:example_sign_in", args=[seat.user_id]), follow=True)

    assert answer.redirect_chain[-1][0] == "/home/"
    assert str(seat.organisation) in text_of(answer)


def test_everybody_in_the_real_example_can_be_chosen(client):
    example.load()

    words = page(client, "/example/")

    seats = Seat.objects.filter(user__is_example=True)
    assert words.count("Sign in as ") == seats.count() + 3
    assert page(client, "/look/")


# Whether it is up.


def test_it_says_that_it_is_up_and_nothing_else(client, django_assert_num_queries):
    with django_assert_num_queries(1):
        response = client.get("/healthz")

    assert (response.status_code, response.content) == (200, b"ok\n")


def test_it_says_that_it_is_not_up_and_nothing_else(client, monkeypatch):
    def fails(*args, **kwargs):
        raise DatabaseError("host db.internal, password hunter2")

    monkeypatch.setattr(connection, "cursor", fails)

    response = client.get("/healthz")

    assert (response.status_code, response.content) == (503, b"not ok\n")


# What is said when something is amiss.


def test_somebody_who_may_know_but_not_do_is_told_who_may(client):
    s = scene()
    signed_in(client, s.own.facilitator)

    response = client.get(reverse("cluster_page", args=[s.cluster.pk]))

    assert response.status_code == 403
    assert "Only a Core Group member can open or close the public page" in text_of(response)


def test_what_is_hidden_and_what_is_not_there_have_the_same_page(client):
    s = scene()
    signed_in(client, s.own.core)
    paths = (
        reverse("cluster", args=[s.elsewhere.cluster.pk]),
        reverse("cluster", args=[987654321]),
        "/nothing/like/it/",
    )

    pages = {text_of(client.get(path)) for path in paths}

    assert len(pages) == 1


def test_a_page_that_is_not_there_does_not_repeat_what_was_asked_for(client):
    signed_in(client, SeatFactory())

    response = client.get("/nothing/canary-of-mine/")

    assert response.status_code == 404
    assert b"canary-of-mine" not in response.content


def test_a_stranger_is_sent_to_sign_in_from_what_is_there_and_what_is_not(client):
    s = scene()

    there = client.get(reverse("cluster", args=[s.cluster.pk]))
    nothing = client.get(reverse("cluster", args=[987654321]))

    assert there.status_code == nothing.status_code == HTTPStatus.FOUND
    assert there.url.startswith(reverse("people:sign_in"))


def test_a_fault_of_ours_is_told_without_asking_the_database(django_assert_num_queries):
    request = RequestFactory().get("/home/")

    with django_assert_num_queries(0):
        response = views.broken(request)

    assert response.status_code == 500
    assert "Something broke" in text_of(response)


def test_what_broke_is_not_told(monkeypatch):
    def fails(*args, **kwargs):
        raise RuntimeError("canary-of-mine")

    monkeypatch.setattr("hedgerow.front.views.public.queries.shown", fails)

    response = Client(raise_request_exception=False).get("/")

    assert response.status_code == 500
    assert b"canary-of-mine" not in response.content


def test_what_makes_no_sense_is_answered_in_words(client, monkeypatch):
    def fails(*args, **kwargs):
        raise SuspiciousOperation("canary-of-mine")

    monkeypatch.setattr("hedgerow.front.views.public.queries.shown", fails)

    response = client.get("/")

    assert response.status_code == 400
    assert "We could not read" in text_of(response)
    assert b"canary-of-mine" not in response.content


def test_a_form_without_its_token_is_answered_in_words():
    response = Client(enforce_csrf_checks=True).post(reverse("people:sign_in"), {"email": "a@b.c"})

    assert response.status_code == 403
    assert "Hedgerow" in text_of(response)
    assert b"<style" not in response.content
