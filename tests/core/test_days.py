"""Days as people here write them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hedgerow.core.days import in_words, read_day

days = st.dates(min_value=date(1900, 1, 1), max_value=date(2100, 12, 31))


@pytest.mark.parametrize(
    "typed",
    [
        "17/3/2026",
        "17/03/2026",
        "17.3.2026",
        "17-3-2026",
        "17 3 2026",
        "17 / 3 / 2026",
        "17 March 2026",
        "17 mar 2026",
        "17th March, 2026",
        "Tuesday 17 March 2026",
        "tue, 17 Mar 2026",
        "2026-03-17",
        "  17\u00a0March\u00a02026 ",
    ],
)
def test_a_day_is_read_however_it_is_written_here(typed):
    assert read_day(typed) == date(2026, 3, 17)


def test_the_day_comes_before_the_month():
    assert read_day("3/4/2026") == date(2026, 4, 3)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("3/17/2026", "There is no such day"),
        ("31/2/2026", "There is no such day"),
        ("29 February 2026", "There is no such day"),
        ("March 17, 2026", "the day, the month, then the whole year"),
        ("17/3/26", "whole year"),
        ("17 Marchember 2026", "cannot|not a day"),
        ("17 m 2026", "not a day"),
        ("2026-3-17", "not a day"),
        ("17/3.2026", "not a day"),
        ("20260317", "not a day"),
        ("1/1/0026", "Check the year"),
        ("1/1/2206", "Check the year"),
        ("Monday 17 March 2026", "falls on a Tuesday"),
        ("tomorrow", "not a day"),
        ("٣/3/2026", "not a day"),
        ("", "not a day"),
    ],
)
def test_what_is_not_a_day_here_is_refused_with_what_to_write(typed, said):
    with pytest.raises(ValueError, match=said):
        read_day(typed)


@given(days)
def test_what_we_write_we_can_read(day):
    assert read_day(in_words(day)) == day
    assert read_day(day.isoformat()) == day
    assert read_day(f"{day.day}/{day.month}/{day.year}") == day


@given(st.text(max_size=30))
def test_nothing_typed_raises_anything_but_a_sentence(typed):
    try:
        read_day(typed)
    except ValueError as wrong:
        assert str(wrong).endswith(".")
