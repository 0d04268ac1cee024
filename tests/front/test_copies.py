"""A copy holds what one may see and nothing else, and is written down."""

import io
import json
import zipfile
from datetime import timedelta

import pytest
from django.urls import reverse

from hedgerow.core import clock, rooms
from hedgerow.core.models import Event
from hedgerow.core.owners import Owner
from hedgerow.front import queries
from hedgerow.journeys.actions import start_journey
from hedgerow.people.models import Role
from tests.factories import actor, reader, scene, signed_in
from tests.journeys import scenes

from .pages import page, text_of

pytestmark = pytest.mark.django_db


def unpacked(response):
    assert response.status_code == 200, response
    assert response["Content-Type"] == "application/zip"
    archive = zipfile.ZipFile(io.BytesIO(b"".join(response.streaming_content)))
    return json.loads(archive.read("everything.json"))


@pytest.fixture
def s():
    found = scene()
    scenes.tick(found)
    scenes.log(found)
    return found


def test_one_may_take_everything_one_may_see(client, s):
    signed_in(client, s.own.core)

    held = unpacked(client.post("/copy/"))

    assert [row["id"] for row in held["people.cluster"]] == [s.cluster.pk]
    assert [row["evidence"] for row in held["journeys.tick"]] == ["The list of members."]
    assert [row["id"] for row in held["people.user"]] == [s.own.core.user_id]


@pytest.mark.parametrize("role", Role)
def test_a_copy_is_what_the_rules_show_row_for_row(s, role):
    who = reader(s.seats[role])

    parts = {table.model: rows for table, rows in queries.parts_for_person(who)}

    for table in rooms.tables().values():
        if table.rule and table.rule.owner is not Owner.EVERYONE:
            seen = set(queries.copies.visible(who, table.rule))
            own = set(queries.copies.visible(who, table.own)) if table.own else set()
            assert set(parts[table.model]) == seen | own


def test_what_belongs_to_the_machine_is_in_no_copy(s):
    given = {table.model for table, _ in queries.parts_for_person(reader(s.own.core))}

    for table in rooms.tables().values():
        if table.rule is None:
            assert table.model not in given


def test_a_cluster_copy_is_about_that_cluster_and_no_other(client, s):
    start_journey(
        by=actor(s.staff[Role.MANAGER]), cluster=s.neighbour.cluster, starts_on=clock.today()
    )
    signed_in(client, s.staff[Role.MANAGER])

    held = unpacked(client.post(reverse("cluster_copy", args=[s.cluster.pk])))

    assert [row["id"] for row in held["people.cluster"]] == [s.cluster.pk]
    assert {row["cluster_id"] for row in held["people.member"]} == {s.cluster.pk}
    assert {row["cluster_id"] for row in held["journeys.journey"]} == {s.cluster.pk}
    assert "journeys.tick" not in held or held["journeys.tick"] == []


def test_an_organisations_copy_is_its_own_alone(client, s):
    signed_in(client, s.own.core)
    organisation = s.own.core.organisation

    held = unpacked(client.post(reverse("organisation_copy", args=[organisation.pk])))

    assert [row["id"] for row in held["people.organisation"]] == [organisation.pk]
    assert "people.cluster" not in held


def test_the_copy_of_an_organisation_is_for_its_core_group_member(client, s):
    there = reverse("organisation_copy", args=[s.own.core.organisation.pk])

    signed_in(client, s.own.second)
    assert client.get(there).status_code == 403
    signed_in(client, s.own.seats[Role.FACILITATOR])
    assert client.get(there).status_code == 403
    signed_in(client, s.elsewhere.core)
    assert client.get(there).status_code == 404


def test_the_page_offers_what_one_may_take(client, s):
    words = page(client, "/copy/", s.own.core)

    assert f"A copy of what belongs to {s.own.core.organisation}" in words
    assert f"A copy of what belongs to {s.cluster}" in words
    assert str(s.neighbour.cluster) not in words


@pytest.mark.parametrize("path", ["/copy/", "cluster_copy", "organisation_copy"])
def test_a_copy_wants_a_code_typed_lately(client, s, path):
    things = {"cluster_copy": s.cluster, "organisation_copy": s.own.core.organisation}
    there = reverse(path, args=[things[path].pk]) if path in things else path
    signed_in(client, s.own.core)

    with clock.at(clock.now() + timedelta(minutes=11)):
        shown, taken = client.get(there), client.post(there)

    assert shown.status_code == taken.status_code == 302
    assert shown.url.startswith(reverse("people:again"))
    assert not Event.objects.filter(did="front.copy_taken").exists()


def test_that_a_copy_was_taken_is_written_down_where_those_whose_it_is_can_read_it(client, s):
    signed_in(client, s.own.core)
    unpacked(client.post(reverse("cluster_copy", args=[s.cluster.pk])))
    unpacked(client.post(reverse("organisation_copy", args=[s.own.core.organisation.pk])))
    unpacked(client.post("/copy/"))

    taken = Event.objects.filter(did="front.copy_taken").order_by("number")

    assert [(e.owner_kind, e.owner_key, e.audience) for e in taken] == [
        ("cluster", s.cluster.pk, "cluster"),
        ("organisation", s.own.core.organisation.pk, "only_us"),
        ("person", s.own.core.user_id, "only_us"),
    ]
    words = page(client, reverse("cluster_history", args=[s.cluster.pk]), s.own.second)
    assert f"took a copy of what belongs to {s.cluster}." in words


def test_the_name_of_the_file_says_what_and_when(client, s):
    signed_in(client, s.own.core)

    response = client.post(reverse("cluster_copy", args=[s.cluster.pk]))

    assert f"{clock.today()}.zip" in response["Content-Disposition"]
    assert b"".join(response.streaming_content)


def test_looking_at_the_page_takes_nothing(client, s):
    signed_in(client, s.own.core)

    response = client.get(reverse("cluster_copy", args=[s.cluster.pk]))

    assert "Take the copy" in text_of(response)
    assert not Event.objects.filter(did="front.copy_taken").exists()
