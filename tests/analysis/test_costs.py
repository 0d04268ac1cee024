from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hedgerow.analysis.costs import (
    beside_published,
    cost,
    cost_of_all,
    in_words,
    to_the_penny,
    to_the_pound,
)
from hedgerow.units import Pence

amounts = st.integers(0, 10**9).map(Pence)
counts = st.integers(1, 500)


def collaborate_2():
    return beside_published(
        for_each_cluster=Pence(21_500_00),
        n_clusters=4,
        n_organisations=18,
        published=Pence(4_600_00),
    )


def test_the_parts_of_collaborate_2_give_more_than_was_published():
    beside = collaborate_2()

    assert beside.exact == Fraction(8_600_000, 18)
    assert beside.shown == 4_778_00
    assert beside.published == 4_600_00
    assert beside.difference == 178_00


def test_the_difference_is_named_and_left_open():
    assert in_words(collaborate_2()) == (
        "The parts give £4,778 an organisation; about £4,600 is published. "
        "The difference of £178 is left open, as published."
    )


def test_where_the_parts_give_what_was_published_nothing_is_left_open():
    beside = beside_published(
        for_each_cluster=Pence(900_00), n_clusters=2, n_organisations=6, published=Pence(300_00)
    )
    assert in_words(beside) == "The parts give £300 an organisation, as published."


@given(amounts, counts, counts, amounts)
def test_what_each_stands_for_adds_up_to_the_whole(cost, n_clusters, n_organisations, published):
    beside = beside_published(
        for_each_cluster=cost,
        n_clusters=n_clusters,
        n_organisations=n_organisations,
        published=published,
    )

    assert beside.exact * n_organisations == cost * n_clusters
    assert beside.published + beside.difference == beside.shown
    assert abs(beside.shown - beside.exact) <= 50


@given(st.fractions(0, 100_000))
def test_to_the_pound_agrees_with_counting_up(amount):
    assert to_the_pound(amount) == _by_hand(amount)


def _by_hand(amount):
    """Go up a pound at a time until the next one is further off."""
    shown = 0
    while abs(shown + 100 - amount) <= abs(shown - amount):
        shown += 100
    return shown


def test_half_a_pound_goes_up():
    assert [to_the_pound(Fraction(pence)) for pence in (149, 150, 151)] == [100, 200, 200]


@pytest.mark.parametrize(
    "wrong",
    [
        {"n_clusters": 0},
        {"n_organisations": 0},
        {"for_each_cluster": Pence(-1)},
        {"published": Pence(-1)},
    ],
)
def test_a_cost_that_nobody_shares_or_that_is_negative_is_refused(wrong):
    whole = {
        "for_each_cluster": Pence(100),
        "n_clusters": 1,
        "n_organisations": 1,
        "published": Pence(100),
    }
    with pytest.raises(ValueError, match="cost"):
        beside_published(**{**whole, **wrong})


clusters = st.builds(
    dict,
    award=amounts,
    half_days=st.integers(0, 500),
    n_members=st.integers(0, 12),
)


@given(st.lists(clusters, max_size=6), amounts)
def test_what_clusters_cost_adds_up_with_nothing_rounded(said, day_rate):
    costs = [cost(day_rate=day_rate, **one) for one in said]
    whole = cost_of_all(costs, n_organisations=7)
    slow = sum(Fraction(one["award"]) + Fraction(one["half_days"], 2) * day_rate for one in said)

    assert whole.whole == sum((one.whole for one in costs), Fraction(0)) == slow
    assert whole.for_each * 7 == whole.whole
    assert all(one.for_each * one.n_members == one.whole for one in costs if one.n_members)


@given(clusters)
def test_without_a_rate_only_the_award_is_known(said):
    found = cost(day_rate=None, **said)

    assert (found.award, found.days, found.whole, found.for_each) == (
        said["award"],
        None,
        None,
        None,
    )
    assert cost_of_all([found, cost(day_rate=Pence(1), **said)], n_organisations=3).whole is None


def test_the_award_and_ten_days_of_collaborate_2_at_650_give_what_was_published():
    """A rate of £650 is our supposition: £15,000 and ten days come to £21,500 with it."""
    found = cost(award=Pence(15_000_00), half_days=20, day_rate=Pence(650_00), n_members=6)
    assert found.whole == 21_500_00


@given(st.fractions(0, 10**9))
def test_to_the_penny_is_the_nearest_and_half_goes_up(amount):
    assert Fraction(-1, 2) < to_the_penny(amount) - amount <= Fraction(1, 2)


@pytest.mark.parametrize("name", ["award", "half_days", "day_rate", "n_members"])
def test_a_cost_below_nothing_is_none(name):
    said = {"award": 1, "half_days": 1, "day_rate": 1, "n_members": 1, name: -1}
    with pytest.raises(ValueError, match="negative"):
        cost(**said)
