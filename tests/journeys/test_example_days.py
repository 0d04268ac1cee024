"""What the example plans falls on no holiday, whichever day it is loaded on."""

from datetime import date, timedelta

import pytest

from hedgerow.journeys.example import planned_day, working_day
from hedgerow.journeys.forms import LogForm, MoveForm
from hedgerow.people.example import Scene


@pytest.mark.parametrize(
    ("on", "kept"),
    [
        (date(2026, 12, 23), date(2026, 12, 23)),
        (date(2026, 12, 24), date(2026, 12, 23)),
        (date(2027, 1, 1), date(2026, 12, 23)),
        (date(2027, 1, 2), date(2027, 1, 2)),
        (date(2023, 12, 31), date(2023, 12, 22)),  # the 23rd was a Saturday
        (date(2028, 12, 27), date(2028, 12, 22)),
    ],
)
def test_between_christmas_and_new_year_it_is_the_weekday_before(on, kept):
    assert working_day(on) == kept


@pytest.mark.parametrize("offset", [-40, -1, 0, 1, 12, 33, 60])
def test_what_is_to_come_stays_to_come_and_what_was_stays_as_it_was(offset):
    for n in range(400):
        scene = Scene(today=date(2026, 6, 1) + timedelta(days=n))
        on = planned_day(scene, offset)
        assert (on > scene.today) is (offset > 0)
        if offset <= 0:
            assert on == scene.day(offset)


def test_what_the_programme_reads_says_so_where_it_is_written():
    words = "no names of members and no votes"

    assert words in LogForm()["what"].help_text
    assert words in MoveForm(read_by="programme")["reason"].help_text
    assert words not in MoveForm(read_by="cluster")["reason"].help_text
