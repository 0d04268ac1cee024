"""What the invented members answered comes to what their diaries tell, and to what HACT published."""

import pytest
from django.urls import reverse

from hedgerow.analysis.needs import NeedProfile, common_needs
from hedgerow.diagnostics.models import Asking, Round, SectionAnswers, Sheet
from hedgerow.diagnostics.pictures import picture_of
from hedgerow.diagnostics.questions.packs import instrument_of
from hedgerow.journeys.models import StageResult
from hedgerow.journeys.queries import result_of
from hedgerow.people.models import Cluster, Programme, Role, Seat
from tests.front.pages import page


def picture(slug, instrument, number=1):
    """As everything in it was finished, whoever may see it."""
    asking = Asking.objects.get(round__cluster__slug=slug, round__number=number, slug=instrument)
    told = {}
    for part in SectionAnswers.objects.filter(
        sheet__asking=asking, sheet__finished_at__isnull=False
    ):
        told.setdefault(part.shared.organisation_id, {}).update(part.answers)
    return picture_of(instrument_of(asking.text), told, {key: str(key) for key in told})


def n_in_common(needs, at_least):
    return sum(need.n_pressing >= at_least for need in needs.needs)


def test_in_hazelford_computers_press_all_six_and_nine_needs_are_common(loaded):
    needs = picture("hazelford", "capacity").needs

    assert needs.needs[0].function == "computers"
    assert needs.needs[0].n_pressing == 6
    assert n_in_common(needs, 4) == 9


def test_sloeby_found_seven_needs_in_common(loaded):
    assert n_in_common(picture("sloeby", "capacity").needs, 3) == 7


def test_computers_moved_from_fifth_to_first_when_the_kettle_had_answered(loaded):
    before, after = (picture("mapleham", "capacity", number).needs.needs for number in (1, 2))

    assert {need.function: need.rank for need in before}["computers"] == 5
    assert {need.function: need.rank for need in after}["computers"] == 1


def test_the_programmes_page_finds_what_hact_published(loaded, client):
    programme = Programme.objects.get(is_example=True)
    manager = Seat.objects.get(programme=programme, role=Role.MANAGER, ended_at=None)
    url = reverse("diagnostics:programme_figures", args=[programme.pk])

    words = page(client, url, manager)

    assert "13 organisations in three clusters opened theirs to you." in words
    assert "12 of 13 organisations reviewed are below the baseline" in words


@pytest.mark.parametrize(
    ("slug", "members"), [("hazelford", 6), ("sloeby", 4), ("rowan-bay", 4), ("mapleham", 3)]
)
def test_each_gathering_left_a_profile_of_all_its_full_members(loaded, slug, members):
    cluster = Cluster.objects.get(slug=slug)

    profile = result_of(cluster.journey, NeedProfile)

    assert len(profile.scores) == members
    assert common_needs(profile.scores, profile.functions)


def test_what_was_told_by_telephone_says_so_and_was_confirmed(loaded):
    sheet = Sheet.objects.get(asking__round__cluster__slug="hazelford", recorded_by__isnull=False)

    assert sheet.organisation.name == "Ground Floor"
    assert sheet.confirmed_at > sheet.begun_at


def test_one_round_is_open_to_be_tried(loaded):
    asked = Round.objects.get(closed_at=None)

    assert asked.cluster.slug == "hazelford"
    assert Sheet.objects.filter(asking__round=asked, finished_at__isnull=False).count() == 3


def test_the_first_run_in_mapleham_stays_with_its_two_answers(loaded):
    results = StageResult.objects.filter(stage__journey__cluster__slug="mapleham")

    assert sorted(len(result.parts) for result in results) == [2, 3]
