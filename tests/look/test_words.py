from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hedgerow.look import words


@pytest.mark.parametrize(
    ("n", "said"),
    [
        (0, "no"),
        (1, "one"),
        (9, "nine"),
        (10, "10"),
        (1234, "1,234"),
        (-1, "−1"),
        (-1234, "−1,234"),
    ],
)
def test_numbers_to_nine_are_words_and_the_rest_figures(n, said):
    assert words.number(n) == said


def test_nothing_can_be_said_in_another_word():
    assert words.number(0, zero="none") == "none"


@pytest.mark.parametrize(
    ("n", "said"), [(0, "no dates"), (1, "one date"), (2, "two dates"), (10, "10 dates")]
)
def test_a_count_has_its_noun(n, said):
    assert words.count(n, "date") == said


def test_a_noun_brings_its_own_plural():
    assert words.count(3, "person", "people") == "three people"


@pytest.mark.parametrize(
    ("n", "total", "said"),
    [
        (5, 6, "five of six"),
        (0, 6, "none of six"),
        (6, 6, "all six"),
        (2, 2, "both"),
        (1, 1, "one of one"),
        (0, 1, "none of one"),
        (0, 0, "none"),
        (12, 13, "12 of 13"),
        (9, 10, "9 of 10"),
    ],
)
def test_a_share_is_told_as_a_count(n, total, said):
    assert words.out_of(n, total) == said


@pytest.mark.parametrize(
    ("n", "said"),
    [
        (0, "less than a minute"),
        (1, "about one minute"),
        (8, "about eight minutes"),
        (25, "about 25 minutes"),
    ],
)
def test_how_long_it_takes_is_told_in_minutes(n, said):
    assert words.about_minutes(n) == said


@pytest.mark.parametrize(
    ("half_days", "said"), [(0, "0"), (1, "½"), (2, "1"), (9, "4½"), (12, "6"), (-1, "-½")]
)
def test_half_days_are_told_as_days(half_days, said):
    assert words.days_of(half_days) == said


@pytest.mark.parametrize(
    ("items", "said"),
    [
        ([], ""),
        (["Bolton"], "Bolton"),
        (["Bolton", "Durham"], "Bolton and Durham"),
        (["Bolton", "Durham", "London"], "Bolton, Durham and London"),
    ],
)
def test_a_list_reads_as_a_sentence(items, said):
    assert words.listed(items) == said


@given(st.lists(st.text(st.characters(categories=["Lu", "Ll"]), min_size=1), min_size=2))
def test_a_list_names_all_of_its_items_in_order(items):
    assert words.listed(items).replace(" and ", ", ").split(", ") == items


def test_a_day_is_written_out():
    assert words.day(date(2026, 3, 7)) == "7 March 2026"
    assert words.weekday(date(2026, 3, 17)) == "Tuesday 17 March 2026"


@pytest.mark.parametrize(
    ("instant", "day", "time"),
    [
        # Clocks go forward on 29 March 2026 at 1am, and back on 25 October at 2am.
        (datetime(2026, 3, 28, 23, 30, tzinfo=UTC), "28 March 2026", "11.30pm"),
        (datetime(2026, 3, 29, 0, 59, tzinfo=UTC), "29 March 2026", "12.59am"),
        (datetime(2026, 3, 29, 1, 0, tzinfo=UTC), "29 March 2026", "2am"),
        (datetime(2026, 3, 29, 23, 30, tzinfo=UTC), "30 March 2026", "12.30am"),
        (datetime(2026, 10, 24, 23, 0, tzinfo=UTC), "25 October 2026", "midnight"),
        (datetime(2026, 10, 25, 0, 30, tzinfo=UTC), "25 October 2026", "1.30am"),
        (datetime(2026, 10, 25, 1, 30, tzinfo=UTC), "25 October 2026", "1.30am"),
        (datetime(2026, 10, 25, 23, 30, tzinfo=UTC), "25 October 2026", "11.30pm"),
        (datetime(2026, 7, 1, 11, 0, tzinfo=UTC), "1 July 2026", "noon"),
        (datetime(2026, 7, 1, 11, 1, tzinfo=UTC), "1 July 2026", "12.01pm"),
    ],
)
def test_an_instant_has_the_day_and_time_of_the_united_kingdom(instant, day, time):
    assert (words.day(instant), words.clock_time(instant)) == (day, time)


def test_a_sentence_begins_with_a_capital_and_keeps_the_rest():
    assert words.first_up("five of six, in Bolton") == "Five of six, in Bolton"
    assert words.first_up("") == ""
