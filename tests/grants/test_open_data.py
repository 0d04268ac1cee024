"""Awards as open data: what is published, what cannot be and why, as whom, and what a file says."""

import io
import json
from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse

from hedgerow.core import clock
from hedgerow.core.actions import Refused, Stale
from hedgerow.grants.actions.giving import keep_publisher
from hedgerow.grants.giving.reading import read_grants
from hedgerow.grants.giving.rules import faults_of
from hedgerow.grants.models import Publisher
from hedgerow.grants.queries import open_data
from hedgerow.grants.queries.open_data import open_awards, text_of
from hedgerow.grants.queries.open_gathered import members_of
from hedgerow.journeys.models import Journey
from hedgerow.ledger.actions import change_amount, enter
from hedgerow.ledger.models import Award, Entry, Posting
from hedgerow.people.models import Cluster, Identifier, Organisation, Programme, Role, Scheme
from tests.factories import actor, scene, signed_in
from tests.front.pages import page
from tests.front.pages import text_of as words_of
from tests.ledger.awarded import AMOUNTS, awarded

from .opened import numbered, publishing
from .scenes import publisher

pytestmark = pytest.mark.django_db
SAID = {
    "name": "The Hedge Fund",
    "org_id": "1000009",
    "prefix": "360G-hedge",
    "licence": "https://creativecommons.org/licenses/by/4.0/",
}


def url(name, *args):
    return reverse(f"grants:{name}", args=args)


def test_an_award_is_published_with_its_holder_cluster_and_sums(s):
    publishing(s)
    award = Award.objects.get()
    (told,) = open_awards().grants

    assert told.id == f"360G-fund-{award.pk}"
    assert (told.awarded.pence, told.disbursed.pence) == (1_500_000, 750_000)
    assert told.awarded_on == award.awarded_on
    assert [one.id for one in told.recipients] == ["GB-CHC-1000001"]
    assert told.recipients[0].charity_number == "1000001"
    assert [one.id for one in told.funders] == ["GB-CHC-1000001"]
    assert told.programmes[0].code == s.programme.slug
    assert told.classifications[0].title == s.cluster.name
    assert "GB-CHC-1000004" in told.classifications[0].description


def test_nothing_of_the_plan_is_told(s):
    publishing(s)

    assert "We learn together" not in text_of(open_awards(), ".json")


def test_when_the_plan_is_carried_out_is_told_where_the_journey_has_it(s):
    publishing(s)
    assert open_awards().grants[0].planned == ()
    journey = Journey.objects.get(cluster=s.cluster)
    journey.stages.all().delete()
    for position, kind in ((1, "workplan"), (2, "implementation")):
        journey.stages.create(position=position, kind=kind, name=kind, planned_days=10)

    (period,) = open_awards().grants[0].planned

    first = journey.started_on + timedelta(days=10)
    assert (period.start, period.end) == (
        first.isoformat(),
        (first + timedelta(days=9)).isoformat(),
    )


@pytest.mark.parametrize("kind", [".json", ".csv"])
def test_the_file_is_strictly_valid_and_reads_back_as_the_same(s, kind):
    publishing(s)
    found = open_awards()
    data = text_of(found, kind)

    again = read_grants(io.BytesIO(data.encode()), f"out{kind}")

    assert again.faults == ()
    assert again.grants == found.grants
    assert data == text_of(open_awards(), kind)


def test_the_file_says_who_publishes_it_and_under_which_licence(s):
    publishing(s)
    told = json.loads(text_of(open_awards(), ".json"))

    assert told["publisher"] == {"name": "The fund", "identifier": "GB-CHC-1000001"}
    assert told["license"] == "https://creativecommons.org/licenses/by/4.0/"
    assert told["modified"] == told["grants"][0]["dateModified"]
    assert faults_of(told) == []


@pytest.mark.parametrize(
    ("spoiled", "column"),
    [
        ({"license": "free"}, "/license"),
        ({"publisher": {"name": " "}}, "/publisher"),
        ({"publisher": {"name": "x", "identifier": 7}}, "/publisher/identifier"),
        ({"modified": "yesterday"}, "/modified"),
        ({"title": ""}, "/title"),
    ],
)
def test_what_a_file_says_of_itself_is_checked_too(s, spoiled, column):
    publishing(s)
    told = json.loads(text_of(open_awards(), ".json"))

    assert [fault.column for fault in faults_of({**told, **spoiled})] == [column]


def test_two_publishers_share_no_name(s):
    other = scene()
    publishing(s)
    Identifier.objects.all().delete()
    numbered(s)
    for member in other.cluster.members.all():
        Identifier.objects.create(
            organisation=member.organisation, scheme=Scheme.LOCAL, number=f"{member.pk:07}"
        )
    awarded(other)
    publisher(other)

    assert open_awards().package == {}
    assert len(open_awards().grants) == 2
    assert faults_of(json.loads(text_of(open_awards(), ".json"))) == []


@pytest.mark.parametrize(
    ("spoil", "says"),
    [
        (lambda s: Publisher.objects.all().delete(), "has not said as whom it publishes"),
        (
            lambda s: s.own.organisations[1].identifiers.all().delete(),
            "has no number written down",
        ),
        (
            lambda s: s.cluster.members.filter(organisation=s.own.organisations[0]).update(
                left_at=clock.now()
            ),
            "is not a member of the cluster any more",
        ),
        (
            lambda s: s.own.organisations[1].identifiers.update(scheme="GB-OLD"),
            "has no number written down",
        ),
        (
            lambda s: Organisation.objects.filter(pk=s.own.core.organisation_id).update(name=" "),
            "A name is missing",
        ),
        (
            lambda s: Organisation.objects.filter(pk=s.own.second.organisation_id).update(name=""),
            "A name is missing",
        ),
        (lambda s: Cluster.objects.filter(pk=s.cluster.pk).update(slug=""), "A name is missing"),
        (
            lambda s: Programme.objects.filter(pk=s.programme.pk).update(name=" "),
            "A name is missing",
        ),
        (lambda s: Publisher.objects.update(licence="free"), "cannot be written into a file"),
        (lambda s: Publisher.objects.update(prefix="fund"), "cannot be written into a file"),
        (lambda s: Publisher.objects.update(org_id=" "), "cannot be written into a file"),
        (lambda s: Posting.objects.all().delete(), "has come to nothing by now"),
        (
            lambda s: Posting.objects.filter(step="released").update(pence=-1),
            "is no part of what is awarded",
        ),
    ],
)
def test_an_award_that_cannot_be_published_is_named_with_the_reason(s, spoil, says):
    publishing(s)
    spoil(s)

    found = open_awards()

    assert found.grants == ()
    (held,) = found.held_back
    s.programme.refresh_from_db()
    assert (held.cluster, held.programme) == (s.cluster.name, s.programme.name)
    assert says in held.sentence


def test_who_left_without_a_number_holds_nothing_back(s):
    publishing(s)
    second = s.cluster.members.filter(organisation=s.own.organisations[1])
    second.update(left_at=clock.now())
    s.own.organisations[1].identifiers.all().delete()

    (told,) = open_awards().grants
    assert str(s.own.organisations[1]) not in told.classifications[0].description


def test_an_award_that_came_to_nothing_is_published_no_more(s):
    publishing(s)
    award, holder, manager = Award.objects.get(), actor(s.own.core), actor(s.staff[Role.MANAGER])
    for tranche, amount in AMOUNTS.items():
        assert open_awards().grants
        said = {"award": award, "tranche": tranche, "pence": amount // 2, "on": clock.today()}
        enter(by=holder, verb="draw", **said)
        enter(by=holder, verb="hand_back", **said)
        change_amount(by=manager, verb="lower", words="They found it elsewhere.", **said)

    (held,) = open_awards().held_back
    assert "has come to nothing by now" in held.sentence


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda s: Identifier.objects.all().delete(), "needs both an identifier and a name"),
        (lambda s: s.cluster.members.update(left_at=clock.now()), "is not a member"),
    ],
)
def test_what_changes_while_a_file_is_made_is_left_out_of_it(s, monkeypatch, change, says):
    publishing(s)

    def members_meanwhile(clusters):
        change(s)
        return members_of(clusters)

    monkeypatch.setattr(open_data, "members_of", members_meanwhile)

    found = open_awards()

    assert (found.grants, found.publishers) == ((), ())
    assert says in found.held_back[0].sentence


def test_a_company_without_a_charity_number_has_its_own(s):
    publishing(s)
    s.own.organisations[1].identifiers.update(scheme=Scheme.COH, number="01234567")
    second = str(s.own.organisations[1])

    told = open_awards().grants[0].classifications[0].description
    assert f"{second} (GB-COH-01234567)" in told


def test_the_invented_is_left_out_unless_asked_for_and_says_what_it_is(s):
    publishing(s)
    s.cluster.is_example = True
    s.cluster.save()

    assert open_awards().grants == ()
    (told,) = open_awards(with_example=True).grants
    assert told.title.startswith("Invented example: ")


def test_a_change_of_the_money_changes_when_it_was_modified(s):
    publishing(s)
    Entry.objects.filter(number=1).update(at=datetime(2031, 1, 2, 9, 30, tzinfo=UTC))

    assert open_awards().grants[0].modified == "2031-01-02T09:30:00+00:00"


# as whom


def test_a_manager_says_as_whom_the_programme_publishes(client, s):
    signed_in(client, s.staff[Role.MANAGER])
    there = url("publisher", s.programme.pk)
    done = client.post(there, {**SAID, "version": 0})

    assert done["Location"] == url("open_data")
    row = Publisher.objects.get()
    assert (row.name, row.org_id, row.prefix) == ("The Hedge Fund", "GB-CHC-1000009", "360G-hedge")
    client.post(there, {**SAID, "name": "The Fund", "version": 1})
    assert Publisher.objects.get().name == "The Fund"


def test_whoever_read_an_older_one_is_shown_the_newer(client, s):
    by = actor(s.staff[Role.MANAGER])
    keep_publisher(by=by, programme=s.programme, version=0, **SAID)
    keep_publisher(by=by, programme=s.programme, version=1, **SAID)
    with pytest.raises(Stale):
        keep_publisher(by=by, programme=s.programme, version=0, **{**SAID, "name": "Other"})
    signed_in(client, s.staff[Role.MANAGER])
    answer = client.post(url("publisher", s.programme.pk), {**SAID, "name": "Other", "version": 0})

    assert answer.status_code == 409
    assert "Somebody else said as whom" in words_of(answer)
    assert 'name="version" value="1"' in answer.content.decode()
    assert Publisher.objects.get().version == 1


@pytest.mark.parametrize(
    ("spoiled", "says"),
    [
        ({"name": " "}, "Say the name"),
        ({"org_id": "12"}, "not a number we know"),
        ({"prefix": "hedge"}, "begins with 360G-"),
        ({"prefix": "360G-a b"}, "begins with 360G-"),
        ({"licence": "https://example.org/mine"}, "one of the open licences"),
    ],
)
def test_what_cannot_be_published_under_is_refused_in_words(s, spoiled, says):
    with pytest.raises(Refused, match=says):
        keep_publisher(
            by=actor(s.staff[Role.MANAGER]),
            programme=s.programme,
            version=0,
            **{**SAID, **spoiled},
        )
    assert not Publisher.objects.exists()


def test_only_the_manager_comes_to_that_page_and_sees_what_is_missing(client, s):
    publishing(s)
    s.own.organisations[1].identifiers.all().delete()
    for role, seat in s.seats.items():
        there = url("publisher", s.programme.pk)
        page(client, there, seat, status=200 if role is Role.MANAGER else 404)
    shown = page(client, url("publisher", s.programme.pk), s.staff[Role.MANAGER])
    assert f"{s.own.organisations[1]} has no number written down" in shown
