"""How the invented clusters found their focus: what anybody who looks at the example can read."""

import pytest
from django.db.models import F
from django.urls import reverse

from hedgerow.analysis.focus import Focus
from hedgerow.focus.models import Ballot, ShareOut, Shortlisting
from hedgerow.focus.queries.focuses import focus_now
from hedgerow.journeys.models import Journey
from hedgerow.journeys.queries.results import result_of
from hedgerow.people.models import Cluster, Role, Seat
from tests.front.pages import page

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("loaded")]


def core(name):
    return Seat.objects.get(role=Role.CORE, organisation__name=name)


def shortlisting_page(client, cluster, reader):
    row = Shortlisting.objects.get(cluster__slug=cluster)
    return page(client, row.get_absolute_url(), core(reader))


def test_hazelford_has_been_through_two_rounds_one_red_spot_and_a_reopening_and_says_why(client):
    text = shortlisting_page(client, "hazelford", "Ground Floor")

    assert "Round 1" in text and "Round 2" in text and "Round 3" not in text
    assert "Rowan House used its red spot: “A shared, known address" in text
    assert "Came back on" in text and "If trustees and volunteers can come too" in text
    assert "“Buy paper, telephones and cleaning together” had the fewest votes" in text


def test_hazelford_left_its_shortlist_to_the_next_stage_and_what_each_member_gains(client):
    left = result_of(Journey.objects.get(cluster__slug="hazelford"), Focus)

    assert [theme.title for theme in left.themes] == [
        "Report outcomes the same way",
        "Computers that work, and somebody to ring",
        "A year of shared training",
    ]
    assert len(left.gains) == 6 and all(len(of) == 3 for of in left.gains.values())


def test_hazelfords_focus_says_who_saw_it_differently(client):
    hazelford = Cluster.objects.get(slug="hazelford")

    text = page(client, reverse("focus:focus", args=[hazelford.pk]), core("Open Door"))

    assert "We have our focus" in text
    assert "Ground Floor disagreed: “We would have put computers first" in text


def test_hazelfords_fair_shares_say_what_would_have_changed_them(client):
    share_out = ShareOut.objects.get(cluster__slug="hazelford")

    text = page(client, share_out.get_absolute_url(), core("Bright Start"))

    assert "The sum never replaces the talk" in text
    assert "it would have been chosen" in text
    assert "it is still chosen" in text


def test_sloeby_let_two_go_that_were_level_and_later_gave_up_a_third(client):
    text = shortlisting_page(client, "sloeby", "Lantern House")
    now = focus_now(Cluster.objects.get(slug="sloeby"))

    assert "One leaflet for all four" in text and "level" in text
    assert now is not None and len(now.themes) == 2
    assert [line.organisation for line in now.dissent] == ["Mill Street Centre"]


def test_rowan_bay_needed_no_votes():
    rowan_bay = Cluster.objects.get(slug="rowan-bay")

    assert not rowan_bay.shortlistings.exists()
    assert rowan_bay.shortlists.get().items.count() == 3


def test_rowan_bay_has_its_reports_its_boards_and_its_focus_before_its_plan(client):
    rowan_bay = Cluster.objects.get(slug="rowan-bay")

    text = page(client, reverse("focus:focus", args=[rowan_bay.pk]), core("Saffron Project"))

    assert "We have our focus" in text
    assert "All three reports are in" in text and "All four can be read" in text


def test_in_mapleham_round_two_is_open_and_nobody_sees_the_kettles_votes(client):
    asked = page(client, "/home/", core("Abbey Lane Day Centre"))
    text = shortlisting_page(client, "mapleham", "Abbey Lane Day Centre")

    assert "Cast your ten votes" in asked
    assert "The Kettle Has voted" in text
    votes = Ballot.objects.filter(round__closed_at=None, organisation__name="The Kettle")
    votes.update(first=F("second"), second=F("first"))
    assert shortlisting_page(client, "mapleham", "Abbey Lane Day Centre") == text
