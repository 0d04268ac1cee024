"""What clusters worked on before: the list that ships, one that a programme brings, and their faults."""

from importlib.resources import files

import pytest

from hedgerow.core import clock
from hedgerow.focus.models import Idea
from hedgerow.focus.queries import catalogue as queries
from hedgerow.journeys import actions as journeys
from hedgerow.journeys.areas import TESTS
from hedgerow.journeys.models import Design
from hedgerow.journeys.packs import load_programme_pack, read_programme_pack, shipped_text
from hedgerow.people.models import Role
from tests.factories import ProgrammeFactory, SeatFactory, actor, scene, team
from tests.packs.texts import told

from .found import finding

SHIPPED = queries.shipped()

OWN = """
catalogue:
  - slug: hot-meals
    title: Cook hot meals together
    sentence: One kitchen cooks for all of us.
    takes: A kitchen and two cooks.
    time: Three months.
    source:
      title: What we saw
      publisher: The programme
      year: 2026
"""


def text():
    return (files("hedgerow.packs") / "focus" / "catalogue.yaml").read_text(encoding="utf-8")


def test_the_one_that_ships_is_without_fault():
    areas, faults = queries.read_catalogue(text(), name="catalogue.yaml")

    assert told(faults) == []
    assert len(areas) == len(SHIPPED) == 16


@pytest.mark.parametrize("area", SHIPPED, ids=lambda area: area.slug)
def test_every_entry_has_a_hint_for_each_test_and_fits_on_a_card(area):
    assert set(area.hints) == set(TESTS) == set(Idea.TESTS)
    assert len(area.title) <= Idea._meta.get_field("title").max_length
    assert len(area.slug) <= Idea._meta.get_field("came_from").max_length
    assert (area.source.publisher, area.source.year) == ("HACT", 2010)


def test_what_the_clusters_of_collaborate_2_chose_comes_first():
    assert [area.slug for area in SHIPPED[:5]] == [
        "outcomes",
        "shared-records",
        "computers",
        "it-support",
        "training",
    ]


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("slug: shared-records", "slug: outcomes", "is the “slug” on line 12 already."),
        ("    title: Train our people together\n", "", "“title” is missing here."),
        ("year: 2010", "year: long ago", "“year” must be a whole number from 1800 to 2200"),
        ("      effect: Which", "      efect: Which", "Did you mean “effect”?"),
        ("    takes: ", "    costs: ", "“takes” is missing here."),
        ("catalogue:\n", "catalog:\n", "“catalogue” is missing here."),
    ],
)
def test_a_broken_one_is_told_by_line(old, new, fault):
    broken = text().replace(old, new, 1)
    assert broken != text()

    areas, faults = queries.read_catalogue(broken, name="catalogue.yaml")

    assert areas == ()
    assert any(fault in one for one in told(faults))
    assert all(fault.row > 0 and f"Line {fault.row}: " in fault.sentence for fault in faults)


# a programme's own


def test_a_programme_may_bring_its_own_and_is_told_what_is_wrong_with_it():
    own = shipped_text("collaborate-2") + OWN

    pack, faults = read_programme_pack(own, name="own.yaml")
    assert told(faults) == []
    assert [area.slug for area in pack.catalogue] == ["hot-meals"]

    pack, faults = read_programme_pack(own.replace("    time: Three", "    tim: Three"), name="o")
    assert pack is None
    assert any("“time” is missing here." in one for one in told(faults))


def test_those_that_ship_bring_none():
    assert load_programme_pack("collaborate-2").catalogue == ()


@pytest.mark.django_db
def test_a_cluster_is_offered_the_list_of_the_programme_that_it_is_in():
    own = team(ProgrammeFactory())
    manager = SeatFactory(role=Role.MANAGER, programme=own.cluster.programme)
    assert queries.areas_of(own.cluster) == SHIPPED

    journeys.load_design(
        by=actor(manager),
        programme=own.cluster.programme,
        text=shipped_text("collaborate-2") + OWN,
    )
    journeys.start_journey(by=actor(manager), cluster=own.cluster, starts_on=clock.today())

    assert [area.slug for area in queries.areas_of(own.cluster)] == ["hot-meals"]
    assert queries.areas_of(scene().cluster) == SHIPPED


@pytest.mark.django_db
def test_where_the_design_can_no_longer_be_read_ours_is_offered():
    own, stage = finding()
    assert queries.areas_of(own.cluster) == SHIPPED

    Design.objects.filter(pk=stage.journey.design_id).update(text="slug: [")

    assert queries.areas_of(own.cluster) == SHIPPED
