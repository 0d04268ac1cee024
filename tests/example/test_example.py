"""The example is lived through by the same actions as anything real, and says what it is."""

import json
import re
from datetime import timedelta

import pytest
from click.testing import CliRunner

from hedgerow.agreements.models import Attendance, Channel, Decision, Voice
from hedgerow.charter.models import Assent, RuleSet
from hedgerow.cli import cli
from hedgerow.core import clock
from hedgerow.core.actions import Refused
from hedgerow.core.models import Event
from hedgerow.front import example, record
from hedgerow.journeys.models import Stage
from hedgerow.people.models import Cluster, Organisation, Role, Seat, User
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


def open_stage(slug):
    return Stage.objects.get(
        journey__cluster__slug=slug, opened_at__isnull=False, closed_at=None, left_at=None
    )


def test_it_has_clusters_of_six_four_five_and_three_and_a_latent_one(loaded):
    clusters = Cluster.objects.filter(is_example=True)

    sizes = {c.slug: c.members.filter(left_at=None).count() for c in clusters}

    assert sizes == {"hazelford": 6, "sloeby": 4, "rowan-bay": 5, "mapleham": 3, "elderwick": 0}


def test_each_cluster_is_at_its_own_point_of_the_journey(loaded):
    at = {slug: open_stage(slug) for slug in ("hazelford", "sloeby", "rowan-bay", "mapleham")}

    assert {slug: stage.kind for slug, stage in at.items()} == {
        "hazelford": "implementation",
        "sloeby": "implementation",
        "rowan-bay": "workplan",
        "mapleham": "focus",
    }
    assert at["mapleham"].run == 2
    assert open_stage("elderwick").kind == "forming"


def test_nothing_in_it_happened_after_it_was_loaded(loaded):
    assert not Event.objects.filter(at__gt=clock.now()).exists()
    oldest = Event.objects.earliest("at").at
    assert clock.now() - oldest > timedelta(days=200)


def test_its_people_are_roles_and_never_names(loaded):
    people = User.objects.filter(is_example=True)

    assert people.count() >= 30
    assert all(person.title and not person.name for person in people)
    assert all(person.email.endswith(".example") for person in people)


def test_every_role_but_the_operator_can_be_tried(loaded):
    # An invented operator would hold the accounts of a real site.
    assert set(Seat.objects.values_list("role", flat=True)) == set(Role) - {Role.OPERATOR}


def test_loaded_again_it_changes_nothing(loaded):
    before = Event.objects.count(), Organisation.objects.count()

    assert example.load() is False
    assert record.load() is False

    assert (Event.objects.count(), Organisation.objects.count()) == before


def test_no_real_organisation_has_anything_but_what_is_published(loaded):
    published = Organisation.objects.filter(is_published=True)

    assert published.count() == 18
    assert not Seat.objects.filter(organisation__in=published).exists()
    assert not Stage.objects.filter(journey__cluster__is_published=True).exists()
    assert not published.exclude(postcode="", easting=None).exists()


def test_a_link_for_each_person_is_told_to_machines_as_promised(loaded):
    answer = CliRunner().invoke(cli, ["demo", "links", "--json"])
    told = json.loads(answer.stdout)

    assert len(told) == Seat.objects.filter(user__is_example=True).count()
    assert all(list(line) == ["person", "role", "organisation", "cluster", "url"] for line in told)
    assert len({line["url"] for line in told}) == len(told)
    first = next(line for line in told if line["organisation"] == "Open Door")
    assert first["person"] == "Chief executive, Open Door"
    assert first["cluster"] == "Collaborate Hazelford"
    assert re.match(r"http://localhost:\d+/", first["url"])


def test_a_link_signs_in_once(loaded, client):
    link = example.links_for_everybody()[0]
    path = re.sub(r"^http://[^/]+", "", link.url)

    assert client.get(path).status_code == 200
    assert "_auth_user_id" not in client.session
    client.post(path)
    assert client.session["_auth_user_id"]

    client.logout()
    answer = client.post(path)
    assert answer.status_code in (404, 409, 410)
    assert "_auth_user_id" not in client.session


def test_reset_is_refused_where_somebody_real_is(loaded):
    UserFactory()

    with pytest.raises(Refused, match="nothing was emptied"):
        example.refuse_if_anything_is_real()


def test_hazelfords_six_agreed_to_version_two_of_the_rules_one_of_them_on_paper(loaded):
    newest = RuleSet.objects.filter(cluster__slug="hazelford").latest("number")
    assents = Assent.objects.filter(rule_set=newest, ended_at=None)

    assert newest.number == 2
    assert newest.reason
    assert assents.values("organisation").distinct().count() == 6
    (on_paper,) = assents.filter(channel=Channel.PAPER)
    assert on_paper.recorded_by.role == Role.FACILITATOR
    assert on_paper.confirmed_by.organisation == on_paper.organisation


@pytest.mark.parametrize("slug", ["hazelford", "sloeby", "rowan-bay", "mapleham"])
def test_each_cluster_has_lived_through_its_forming(loaded, slug):
    cluster = Cluster.objects.get(slug=slug)
    forming = Stage.objects.filter(journey__cluster=cluster, kind="forming").earliest("run")

    assert forming.closed_at
    assert cluster.charter.gatherer_agreed_at
    assert cluster.meetings.filter(ended_at__isnull=False).exists()
    assert cluster.meetings.filter(starts_at__gt=clock.now()).exists()
    assert cluster.decisions.filter(closed_at__isnull=False).exists()
    assert cluster.promises.exists()


def test_its_decisions_came_to_different_ends(loaded):
    ends = set(Decision.objects.exclude(outcome="").values_list("outcome", flat=True))

    assert {"carried", "blocked", "tied"} <= ends
    assert Decision.objects.filter(reopens__outcome="blocked", outcome="carried").exists()
    assert Voice.objects.filter(stance="disagree", decision__outcome="carried").exists()


def test_in_one_open_decision_a_vote_that_was_written_down_waits_to_be_confirmed(loaded):
    (waiting,) = Voice.objects.filter(
        decision__closed_at=None, recorded_by__isnull=False, confirmed_at=None, ended_at=None
    )
    assert waiting.organisation.name == "Ground Floor"


def test_a_deputy_stood_in_at_one_meeting(loaded):
    (stood_in,) = Attendance.objects.filter(stood_in=True)
    assert stood_in.seat.role == Role.DEPUTY
