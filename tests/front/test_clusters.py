import pytest
from django.urls import reverse

from hedgerow.core.models import Event
from hedgerow.journeys import actions as journeys
from hedgerow.people import actions
from hedgerow.people.models import Role, Seat
from tests.factories import (
    ClusterFactory,
    MemberFactory,
    SeatFactory,
    actor,
    scene,
    signed_in,
)
from tests.journeys.walks import STARTED, at, walk

from .pages import cost_of, page, text_of

pytestmark = pytest.mark.django_db


def url(name, thing):
    return reverse(name, args=[thing.pk])


def test_a_cluster_shows_its_rooms_its_people_and_what_changed(client):
    w = walk()
    cluster = w.team.cluster
    with at(STARTED):
        journeys.tick(by=w.core, exit_test=w.test("members"), evidence="The list.")
        words = page(client, url("cluster", cluster), w.team.core)

    assert "Stage 1 of 3: forming the cluster" in words
    assert f"{w.team.organisations[0]} (you)" in words
    assert "Four members" in words
    assert "ticked a sentence of Forming the cluster" in words
    assert "Also round the table, without a vote: Chief executive and Chief executive." in words
    assert "Who can see this: Our cluster" in words


@pytest.mark.parametrize("role", [Role.MANAGER, Role.SPONSOR])
def test_who_does_not_sit_in_a_cluster_reads_what_its_programme_may_read(client, role):
    s = scene()

    words = page(client, url("cluster", s.own.cluster), s.seats[role])

    assert "Who can see this: The cluster and its programme" in words
    assert "Everything that happened" not in words


def test_a_manager_reads_a_part_of_the_history_and_is_told_so(client):
    s = scene()
    there = url("cluster_history", s.own.cluster)

    assert "What you may read of what was done" in page(client, there, s.seats[Role.MANAGER])
    assert "Everything that was done" in page(client, there, s.own.core)


def test_a_cluster_without_members_waits_for_a_journey_only_if_it_has_none(client):
    begins = "The programme manager says when the journey begins."
    manager = SeatFactory(role=Role.MANAGER)
    cluster = ClusterFactory(programme=manager.programme)

    assert begins in page(client, url("cluster", cluster), manager)
    w = walk()
    w.team.cluster.members.update(left_at=w.team.cluster.members.first().joined_at)
    words = page(client, url("cluster", w.team.cluster), Seat.objects.get(pk=w.manager.seat))
    assert "nobody has joined yet" in words
    assert begins not in words


def test_a_second_tier_member_is_not_asked_for_a_core_group_seat(client):
    w = walk()

    words = page(client, url("cluster", w.team.cluster), w.team.core)

    assert "None: it works for the others and has no vote" in words
    assert "Nobody yet" not in words


def test_a_member_without_anybody_in_its_seat_says_so(client):
    seat = SeatFactory()
    empty = MemberFactory(cluster=seat.cluster)

    words = page(client, url("cluster", seat.cluster), seat)

    assert "Nobody yet" in words[words.index(str(empty.organisation)) :]


def test_a_sponsor_sees_which_organisations_there_are_and_not_who_sits_for_them(client):
    s = scene()

    words = page(client, url("cluster", s.cluster), s.own.seats[Role.SPONSOR])

    assert str(s.own.organisations[1]) in words
    assert "Core Group seat" not in words
    assert "What has changed" not in words


def test_a_latent_cluster_says_that_it_forms_and_how_to_invite(client):
    manager = SeatFactory(role=Role.MANAGER)
    cluster = ClusterFactory(programme=manager.programme)

    words = page(client, url("cluster", cluster), manager)

    assert "is forming: nobody has joined yet." in words
    assert "Bring in the first organisation" in words
    assert "Who we are" not in words


def test_a_cluster_that_ended_can_be_read_and_asks_for_nothing(client):
    s = scene()
    actions.end_cluster(by=actor(s.staff[Role.MANAGER]), cluster=s.cluster)

    words = page(client, url("cluster", s.cluster), s.own.core)

    assert "nothing in it can be changed" in words
    assert "A page that anyone can read" not in words


@pytest.mark.parametrize(
    "name", ["cluster", "cluster_history", "cluster_report", "cluster_page", "cluster_copy"]
)
def test_a_neighbour_cannot_tell_it_from_nothing(client, name):
    s = scene()

    signed_in(client, s.own.core)
    theirs = client.get(url(name, s.neighbour.cluster))
    nothing = client.get(reverse(name, args=[987654321]))

    assert theirs.status_code == nothing.status_code == 404
    assert text_of(theirs) == text_of(nothing)


def test_the_list_of_clusters_is_by_programme_and_counts_members(client):
    s = scene()
    manager = s.staff[Role.MANAGER]

    words = page(client, "/clusters/", manager)

    assert f"{s.cluster} {s.cluster.place} Four" in words
    assert str(s.neighbour.cluster) in words
    assert str(s.elsewhere.cluster) not in words


# History.


def test_history_is_told_in_sentences_newest_first_and_in_pages(client, monkeypatch):
    monkeypatch.setattr("hedgerow.front.views.clusters.A_PAGE", 3)
    w = walk()
    with at(STARTED):
        for _ in range(3):
            journeys.tick(by=w.core, exit_test=w.test("members"), evidence="The list.")
            journeys.untick(by=w.core, exit_test=w.test("members"))
    signed_in(client, w.team.core)
    first = client.get(url("cluster_history", w.team.cluster))
    earlier = client.get(
        url("cluster_history", w.team.cluster), {"before": first.context["earlier"]}
    )

    assert text_of(first).count("a tick back") == 2
    assert text_of(first).index("a tick back") < text_of(first).index("ticked a sentence")
    assert "Earlier" in text_of(first)
    numbers = [line.number for page in (first, earlier) for line in page.context["lines"]]
    assert numbers == sorted(numbers, reverse=True)
    assert len(set(numbers)) == 6


@pytest.mark.parametrize("asked", ["", "x", "-1", "9" * 30, "١٢"])
def test_a_page_of_history_that_makes_no_sense_is_the_first(client, asked):
    w = walk()
    signed_in(client, w.team.core)

    response = client.get(url("cluster_history", w.team.cluster), {"before": asked})

    assert "started the journey" in text_of(response)


def test_the_programmes_history_is_for_its_staff(client):
    s = scene()
    there = url("programme_history", s.programme)

    assert "What happened in" in page(client, there, s.staff[Role.MANAGER])
    page(client, there, s.own.core, status=404)
    page(client, there, s.other_staff[Role.MANAGER], status=404)


# The report.


def test_a_report_is_made_of_what_the_rooms_hand_over(client):
    w = walk()

    with at(STARTED):
        words = page(client, url("cluster_report", w.team.cluster), w.team.core)

    assert "How the journey went" in words
    assert "Forming the cluster: Since 2 March 2026" in words
    assert "No date has been met yet." in words


def test_a_report_of_a_cluster_that_has_not_begun_says_so(client):
    seat = SeatFactory()

    assert "has not begun" in page(client, url("cluster_report", seat.cluster), seat)


# The page that anyone may read.


def shown(client, cluster):
    response = client.get(reverse("public_cluster", args=[cluster.slug]))
    return response.status_code, text_of(response)


def test_what_becomes_public_stands_before_the_button(client):
    w = walk()
    words = page(client, url("cluster_page", w.team.cluster), w.team.core)

    listed = words[: words.index("Open the page to everyone")]
    assert str(w.team.organisations[1]) in listed
    assert "Stage 1 of 3: Forming the cluster" in listed
    assert "2 March 2026" in listed


def test_a_core_group_member_opens_the_page_and_closes_it(client):
    w = walk()
    cluster = w.team.cluster
    signed_in(client, w.team.core)

    opened = client.post(
        url("cluster_page", cluster), {"is_public": "yes", "version": cluster.version}
    )
    client.logout()
    status, words = shown(client, cluster)

    assert opened.status_code == 302
    assert status == 200
    assert "Stage 1 of 3: Forming the cluster" in words
    assert str(w.team.organisations[1]) in words

    cluster.refresh_from_db()
    signed_in(client, w.team.core)
    client.post(url("cluster_page", cluster), {"is_public": "no", "version": cluster.version})
    client.logout()
    assert shown(client, cluster)[0] == 404
    assert (
        Event.objects.filter(did__in=("people.cluster_opened", "people.cluster_closed")).count()
        == 2
    )


def test_the_facilitator_is_told_who_may_open_it(client):
    s = scene()

    words = page(client, url("cluster_page", s.cluster), s.own.facilitator, status=403)

    assert "Only a Core Group member can open or close the public page of a cluster." in words


def test_a_page_that_somebody_else_opened_meanwhile_is_refused_with_its_sentence(client):
    s = scene()
    version = s.cluster.version
    actions.publish_cluster(
        by=actor(s.own.second), cluster=s.cluster, is_public=True, version=version
    )
    signed_in(client, s.own.core)

    response = client.post(url("cluster_page", s.cluster), {"is_public": "yes", "version": version})

    assert response.status_code == 409
    assert "Somebody else changed this" in text_of(response)
    assert "Close the page to everyone" in text_of(response)


@pytest.mark.parametrize(
    "sent", [{}, {"is_public": "perhaps", "version": "1"}, {"is_public": "yes"}]
)
def test_a_form_that_does_not_say_what_to_do_does_nothing(client, sent):
    s = scene()
    signed_in(client, s.own.core)

    response = client.post(url("cluster_page", s.cluster), sent)

    assert response.status_code == 422
    assert "There is something to put right" in text_of(response)
    s.cluster.refresh_from_db()
    assert not s.cluster.is_public


def test_a_public_page_shows_nobody_who_left(client):
    s = scene()
    actions.publish_cluster(
        by=actor(s.own.core), cluster=s.cluster, is_public=True, version=s.cluster.version
    )
    gone = s.own.organisations[1]
    member = s.cluster.members.get(organisation=gone)
    actions.leave_cluster(by=actor(s.own.second), member=member)

    _, words = shown(client, s.cluster)

    assert str(gone) not in words
    assert str(s.own.organisations[2]) in words


def test_the_page_of_a_cluster_that_ended_closes(client):
    s = scene()
    actions.publish_cluster(
        by=actor(s.own.core), cluster=s.cluster, is_public=True, version=s.cluster.version
    )
    actions.end_cluster(by=actor(s.staff[Role.MANAGER]), cluster=s.cluster)

    assert shown(client, s.cluster)[0] == 404


def test_a_closed_page_and_no_page_answer_alike(client):
    s = scene()

    closed = client.get(reverse("public_cluster", args=[s.cluster.slug]))
    nothing = client.get(reverse("public_cluster", args=["nothing-like-it"]))

    assert closed.status_code == nothing.status_code == 404
    assert closed.content == nothing.content


# What it costs.


def test_a_cluster_costs_the_same_with_many_members_as_with_few(client):
    w = walk()
    there = url("cluster", w.team.cluster)
    with at(STARTED):
        signed_in(client, w.team.core).get(there)
        few = cost_of(client, there)
        for _ in range(4):
            SeatFactory(cluster=w.team.cluster)

        assert cost_of(client, there) == few <= 38
