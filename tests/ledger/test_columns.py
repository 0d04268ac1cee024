"""What each award comes to, on the board of a programme."""

import csv
import io

import pytest
from django.urls import reverse

from hedgerow.core.rooms import board_columns
from hedgerow.people.models import Role
from tests.factories import SeatFactory, reader
from tests.front.pages import page
from tests.journeys.walks import walk

from .awarded import awarded, fresh_award

pytestmark = pytest.mark.django_db


def money(seat, *clusters):
    (column,) = (one for one in board_columns() if one.heading == "Money")
    return column.read(reader(seat), [cluster.pk for cluster in clusters])


def test_a_viewer_reads_what_each_award_comes_to_and_all_of_them(s, a):
    a.enters("commit", 40_000, member=0)
    a.enters("spend", 25_000, member=0)

    cells, whole = money(s.staff[Role.VIEWER], s.cluster, s.neighbour.cluster)

    assert cells[s.cluster.pk].words == "£15,000 awarded"
    assert cells[s.cluster.pk].below == "£7,500 released, £250 spent"
    assert cells[s.cluster.pk].figures == ("15000.00", "7500.00", "250.00")
    assert cells[s.neighbour.cluster.pk].words == "No award yet"
    assert whole == cells[s.cluster.pk]


def test_awards_of_another_programme_and_for_members_are_left_out(s, a):
    foreign = fresh_award()

    for seat in (s.staff[Role.MANAGER], foreign.s.staff[Role.VIEWER], s.own.core):
        mine = seat == s.staff[Role.MANAGER]
        cells, _ = money(seat, s.cluster)
        assert (cells[s.cluster.pk].words == "£15,000 awarded") is mine


def test_the_board_and_its_spreadsheet_tell_the_same_money(client, s):
    walk(own=s.own)
    a = awarded(s)
    viewer = SeatFactory(role=Role.VIEWER, programme=s.programme)

    words = page(client, s.programme.get_absolute_url(), viewer)
    sheet = client.get(reverse("journeys:board_csv", args=[s.programme.pk])).content
    rows = {
        row["Cluster"]: row for row in csv.DictReader(io.StringIO(sheet.decode("utf-8-sig"), ""))
    }

    assert "£15,000 awarded £7,500 released, £0 spent" in words
    assert rows[s.cluster.name]["Pounds released"] == "7500.00"
    assert rows[s.neighbour.cluster.name]["Pounds released"] == ""
    assert client.get(reverse("ledger:account", args=[a.key])).status_code == 404


def test_many_awards_cost_two_queries(s, a, django_assert_num_queries):
    manager, clusters = reader(s.staff[Role.MANAGER]), [s.cluster.pk, s.neighbour.cluster.pk]
    (column,) = (one for one in board_columns() if one.heading == "Money")

    with django_assert_num_queries(2):
        assert len(column.read(manager, clusters)[0]) == 2
