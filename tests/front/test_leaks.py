"""Words that only one cluster may read are put into it, and looked for everywhere else."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse

from hedgerow.core import clock
from hedgerow.front import digest
from hedgerow.journeys import actions as journeys
from hedgerow.people import actions
from hedgerow.people.models import Organisation, Role, User
from tests.factories import actor, scene, signed_in
from tests.journeys import scenes

from .pages import crawl, page

pytestmark = pytest.mark.django_db

CANARY = re.compile(rb"canary-[a-z]+", re.IGNORECASE)
OPEN = (
    "/",
    "/record/",
    "/clusters/",
    "/home/",
    *(f"/about/{n}/" for n in ("help", "sharing", "privacy")),
)


@pytest.fixture
def s():
    """A cluster with a public page, in which much is written that is nobody else's."""
    found = scene()
    own, cluster = found.own, found.cluster
    User.objects.filter(pk=own.core.user_id).update(
        name="Canary-name", title="Canary-title", email="canary-email@example.org"
    )
    own.core.user.refresh_from_db()
    Organisation.objects.filter(pk=own.organisations[0].pk).update(
        postcode="CANARY-P", easting=1, northing=1
    )
    milestone = scenes.own_milestone(found)
    journeys.tick(
        by=actor(own.core), exit_test=scenes.exit_test(found), evidence="Canary-evidence."
    )
    journeys.move_date(
        by=actor(own.core),
        milestone=milestone,
        to_on=scenes.planned_on(milestone) + timedelta(days=1),
        reason="Canary-reason.",
        version=scenes.timetable(found).number,
    )
    journeys.log_days(
        by=actor(own.facilitator),
        allowance=scenes.allowance(found),
        on=clock.today(),
        half_days=1,
        what="Canary-what",
    )
    actions.invite(
        by=actor(own.core),
        email="canary-guest@example.org",
        role=Role.STAFF,
        cluster=cluster,
        organisation=own.organisations[0],
    )
    cluster.refresh_from_db()
    actions.publish_cluster(
        by=actor(own.core), cluster=cluster, is_public=True, version=cluster.version
    )
    cluster.refresh_from_db()
    return found


def found_by(client, *starts):
    """Canaries on every page that can be reached from here, with the pages."""
    return {
        (word.decode().lower(), path)
        for path, response in crawl(client, *starts)
        if not response.streaming
        for word in CANARY.findall(response.content)
    }


def kinds(found):
    return {word for word, _ in found}


def test_the_canaries_sing_for_those_whose_they_are(client, s):
    sung = kinds(found_by(signed_in(client, s.own.core), "/home/"))

    assert sung >= {
        "canary-name",
        "canary-title",
        "canary-evidence",
        "canary-reason",
        "canary-what",
        "canary-guest",
    }


def test_public_pages_tell_nothing_that_is_private(client, s):
    public = reverse("public_cluster", args=[s.cluster.slug])
    assert str(s.cluster) in page(client, public)

    assert found_by(client, *OPEN, public, reverse("cluster", args=[s.cluster.pk])) == set()


@pytest.mark.parametrize("where", ["neighbour", "elsewhere"])
@pytest.mark.parametrize("role", [Role.CORE, Role.FACILITATOR, Role.SPONSOR])
def test_other_clusters_are_told_nothing(client, s, where, role):
    seat = getattr(s, where).seats[role]

    assert found_by(signed_in(client, seat), *OPEN, s.cluster.get_absolute_url()) == set()


@pytest.mark.parametrize("role", [Role.MANAGER, Role.ASSESSOR, Role.VIEWER])
def test_another_programmes_staff_is_told_nothing(client, s, role):
    assert found_by(signed_in(client, s.other_staff[role]), *OPEN) == set()


@pytest.mark.parametrize("role", [Role.ASSESSOR, Role.VIEWER])
def test_the_programmes_own_assessors_and_viewers_are_told_nothing(client, s, role):
    found = found_by(signed_in(client, s.staff[role]), *OPEN, s.cluster.get_absolute_url())

    assert found == set()


def test_the_manager_reads_no_evidence_and_nobodys_address(client, s):
    found = kinds(found_by(signed_in(client, s.staff[Role.MANAGER]), *OPEN))

    assert not found & {"canary-evidence", "canary-email"}


def test_a_sponsor_of_the_cluster_reads_nothing_that_was_not_shared(client, s):
    found = kinds(found_by(signed_in(client, s.own.seats[Role.SPONSOR]), *OPEN))

    assert not found & {"canary-evidence", "canary-email", "canary-reason", "canary-guest"}


def test_an_operator_reads_no_content(client, s):
    found = kinds(found_by(signed_in(client, s.operator), *OPEN, s.cluster.get_absolute_url()))

    assert not found & {"canary-evidence", "canary-reason", "canary-what"}


def test_a_copy_holds_nothing_of_another_cluster(client, s):
    signed_in(client, s.neighbour.core)

    copied = b"".join(client.post("/copy/").streaming_content)

    assert not CANARY.search(copied)


def test_a_letter_tells_no_evidence_no_reason_and_nobodys_name(s):
    users = [seat.user for seat in (s.own.second, s.neighbour.core, s.staff[Role.MANAGER])]
    letters = [digest.letter_for(user, digest.monday_of(clock.today())) for user in users]

    told = " ".join(letter.text for letter in letters if letter).lower()
    assert told
    for word in ("evidence", "name", "email", "what", "guest"):
        assert f"canary-{word}" not in told
