"""How long an instrument takes: real middles, once there are five."""

import pytest

from hedgerow.core import clock
from hedgerow.diagnostics.models import Asking, Sheet
from hedgerow.diagnostics.queries.minutes import all_in_words, minutes_in_words
from hedgerow.diagnostics.questions.packs import catalogue
from tests.factories import SeatFactory, scene

from .scenes_sheets import capacity_of

pytestmark = pytest.mark.django_db

GUESS = "about six minutes, by our own guess"


@pytest.fixture
def asking():
    return capacity_of(scene())


def took(asking, *seconds, finished=True):
    for n in seconds:
        seat = SeatFactory(cluster=asking.round.cluster)
        Sheet.objects.create(
            asking=asking,
            organisation=seat.organisation,
            seat=seat,
            seconds=n,
            begun_at=clock.now(),
            changed_at=clock.now(),
            finished_at=clock.now() if finished else None,
        )


def words():
    return minutes_in_words(catalogue()["capacity"])


def test_four_are_not_enough_and_five_are(asking):
    took(asking, 60, 60, 60, 60)
    assert words() == GUESS

    took(asking, 60)
    assert words() == "about one minute, the middle of five people who answered"


def test_the_middle_is_said_and_not_the_mean(asking):
    took(asking, 100, 110, 240, 280, 9000)

    assert words() == "about four minutes, the middle of five people who answered"


def test_who_has_not_finished_or_came_by_spreadsheet_is_left_out(asking):
    took(asking, 60, 60, 60, 60, 0, 0)
    took(asking, 60, finished=False)

    assert words() == GUESS


def test_another_version_says_nothing_of_this_one(asking):
    took(asking, 60, 60, 60, 60, 60)
    Asking.objects.update(number=asking.number + 1)

    assert words() == GUESS


def test_all_instruments_cost_one_question(asking, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert set(all_in_words(catalogue().values())) == set(catalogue())
