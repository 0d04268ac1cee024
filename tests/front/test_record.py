"""The published record: all of what was published, each thing with its source, and nothing else."""

from html import unescape

import pytest
from django.urls import reverse

from hedgerow.front import queries, record
from hedgerow.people import published
from hedgerow.people.models import Cluster, Organisation, Programme, PublishedFact
from hedgerow.people.readers import ANYBODY
from tests.factories import ClusterFactory, ProgrammeFactory

from .pages import cost_of, page, text_of

pytestmark = pytest.mark.django_db

CLUSTERS = {"bolton": 6, "durham": 4, "london": 5, "nottingham": 3}


@pytest.fixture(autouse=True)
def loaded():
    record.load()


@pytest.fixture
def words(client):
    return page(client, "/record/")


def test_it_has_the_four_clusters_and_their_eighteen_organisations(words):
    assert "Four clusters of small organisations, 18 in all" in words
    for organisation in Organisation.objects.filter(is_published=True):
        assert organisation.name in words


@pytest.mark.parametrize(("slug", "n_members"), CLUSTERS.items())
def test_each_cluster_has_its_page(client, slug, n_members):
    told = page(client, reverse("record_cluster", args=[slug]))

    cluster = Cluster.objects.get(slug=slug)
    for member in cluster.members.all():
        assert f"{member.organisation.name}." in told
    found = queries.recorded_cluster(ANYBODY, Programme.objects.get(is_published=True), slug)
    assert len(found.members) == n_members
    assert found.chose
    assert found.achieved
    assert "Nothing else is known of these organisations here." in told


def test_every_fact_that_is_kept_is_shown_with_its_source_and_month(client, words):
    pages = {None: words}
    for slug in CLUSTERS:
        key = Cluster.objects.get(slug=slug).pk
        pages[key] = page(client, reverse("record_cluster", args=[slug]))

    for fact in PublishedFact.objects.all():
        told = pages[fact.cluster_id]
        sentence = unescape(fact.sentence)
        section = fact.source.rpartition("), ")[2]
        assert sentence in told, sentence
        after = told[told.index(sentence) + len(sentence) :]
        mark = "" if section.endswith("?") else "."
        assert f"{section}{mark} {fact.as_at}." in after[:400], (sentence, after[:400])


def test_every_number_stands_beside_its_figure(words):
    for number in published.load_record("collaborate-2").numbers:
        at = words.index(f"{number.name} {number.shown[:1].upper()}{number.shown[1:]} ")
        assert number.fact.sentence in words[at : at + 400]


def test_what_was_published_stands_beside_what_its_parts_give(words):
    assert (
        "The parts give £4,778 an organisation; about £4,600 is published. "
        "The difference of £178 is left open, as published." in words
    )
    assert "£86,000" in words


def test_the_parts_are_counted_from_what_is_kept():
    programme = Programme.objects.get(is_published=True)
    gone = Cluster.objects.get(slug="nottingham")
    gone.members.all().delete()

    costs = queries.record_page(ANYBODY, programme).costs

    assert (costs.n_clusters, costs.n_organisations) == (4, 15)
    assert costs.beside.shown == 5_733_00


def test_twelve_of_thirteen_reviews(words):
    assert "12 of 13" in words


def test_stages_stand_with_what_ends_each(words):
    told = words[words.index("Stages, and what ends each") :]

    for sentence in (
        "We have agreed who is in, and one person has the Core Group seat for each member.",
        "The award is spent or committed.",
        "Two people who did not write the report have read it",
    ):
        assert sentence in told


def test_ground_rules_stand_with_their_names(words):
    assert "Turn up." in words
    assert words.count("Essential.") == 1


def test_findings_that_say_the_same_keep_their_own_names(words):
    for name in ("Policies and procedures.", "Volunteers.", "Health and safety."):
        assert f"{name} More than one cluster named it, and one took it forward." in words


def test_what_the_evaluation_found_is_about_all_of_the_programme():
    page = queries.record_page(ANYBODY, Programme.objects.get(is_published=True))

    assert [group.heading for group in page.findings] == [
        heading for heading, _ in published.load_record("collaborate-2").findings()
    ]
    assert all(group.lines for group in page.findings)


def test_an_organisation_without_a_number_beyond_doubt_has_none(client):
    told = page(client, reverse("record_cluster", args=["bolton"]))

    base = told[told.index("BASE.") : told.index("Bolton Young People’s Homelessness Project.")]
    assert "Number" not in base


def test_a_register_number_stands_with_the_open_data_that_gives_it(client):
    told = page(client, reverse("record_cluster", args=["bolton"]))

    assert "Number 1044203, Charity Commission for England and Wales." in told
    assert "Grant 360G-LBFEW-93947. May 2012." in told or "Grant 360G-LBFEW-93947" in told


def test_nothing_leads_to_anybodys_door(client, words):
    for told in (words, *(page(client, reverse("record_cluster", args=[s])) for s in CLUSTERS)):
        assert "@" not in told
        assert "telephone" not in told.lower()


def test_a_fact_that_the_pack_does_not_know_is_shown_without_a_name(client):
    programme = Programme.objects.get(is_published=True)
    PublishedFact.objects.create(
        programme=programme,
        heading="Ground rules",
        position=9999,
        sentence="Members bring biscuits.",
        source="Somebody, A leaflet (2011), Page 1",
        as_at="May 2011",
    )

    told = page(client, "/record/")

    assert "Members bring biscuits. Somebody, A leaflet (2011), Page 1. May 2011." in told
    assert "Members come to meetings" in told


@pytest.mark.parametrize("slug", ["nothing", "hazelford"])
def test_only_published_clusters_stand_in_it(client, slug):
    ClusterFactory(slug="hazelford", programme=ProgrammeFactory(is_example=True), is_example=True)

    assert client.get(reverse("record_cluster", args=[slug])).status_code == 404


def test_without_a_record_the_page_says_how_to_come_by_one(client):
    PublishedFact.objects.all().delete()
    Programme.objects.all().update(is_published=False)

    response = client.get("/record/")

    assert response.status_code == 200
    assert "No record is loaded here" in text_of(response)
    assert client.get(reverse("record_cluster", args=["bolton"])).status_code == 404


def test_the_record_costs_the_same_whoever_reads_it(client):
    assert cost_of(client, "/record/") == 5
    assert cost_of(client, "/record/bolton/") == 6
