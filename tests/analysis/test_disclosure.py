from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hedgerow.analysis.disclosure import (
    PROFILES,
    may_follow,
    protect_counts,
    protect_people,
    protect_total,
    tightened,
)

SCORES, MONEY, PEOPLE = PROFILES["scores"], PROFILES["money"], PROFILES["people"]


def count(*so, views=(), profile=SCORES):
    private = {key: {"payroll": one} for key, one in enumerate(so)}
    return protect_counts(profile, private, ["payroll"], views=views)["payroll"]


# --- counts


def test_two_of_five_may_be_said():
    assert count(True, True, False, False, False) == 2


@pytest.mark.parametrize("n_so", [0, 1, 4, 5])
def test_a_count_from_which_one_member_could_tell_all_others_is_not_said(n_so):
    assert count(*[True] * n_so, *[False] * (5 - n_so)) is None


def test_of_four_nothing_is_said():
    assert count(True, True, False, False) is None


def test_who_has_no_answer_for_a_cell_is_not_counted_in_it():
    private = {key: {"payroll": key < 2} for key in range(5)} | {5: {}}

    assert protect_counts(SCORES, private, ["payroll", "buying"]) == {"payroll": 2, "buying": None}


def test_what_a_facilitator_may_see_does_not_tell_him_the_rest():
    so = [True, True, False, False, False, True]

    assert count(*so) == 3
    assert count(*so, views=[{0, 1, 2, 3, 4}]) is None  # or he would know the sixth
    assert count(*so, views=[set(range(6))]) == 3  # sees all of it anyway


# --- money


def test_a_total_of_five_like_amounts_may_be_said():
    assert protect_total(MONEY, dict(enumerate([100, 120, 90, 80, 110]))) == 500


@pytest.mark.parametrize(
    "amounts",
    [
        [100, 120, 90, 80],  # of four
        [100, 120, 90, 80, 0],  # of four, as nothing is nobody's
        [1000, 20, 30, 30, 39],  # the second largest would know the largest within 10%
        [500, 410, 30, 30, 30],  # two have more than nine tenths of it
        [0, 0, 0, 0, 0],
        [],
    ],
)
def test_a_total_that_tells_too_much_of_one_is_not_said(amounts):
    assert protect_total(MONEY, dict(enumerate(amounts))) is None


def test_at_the_limit_a_total_is_said():
    assert protect_total(MONEY, dict(enumerate([450, 450, 40, 30, 30]))) == 1000


def test_an_amount_below_nothing_is_a_fault_of_the_caller():
    with pytest.raises(ValueError, match="below nothing"):
        protect_total(MONEY, {1: -1})
    with pytest.raises(ValueError, match="no fewer"):
        protect_people(PEOPLE, {1: -1})


@given(st.lists(st.integers(0, 400), max_size=9))
def test_a_total_equals_its_slow_plain_twin(amounts):
    """Twin: by fractions, and over every pair who could work each other out."""
    givers = [amount for amount in amounts if amount]
    others = [
        (one, sum(givers) - one - two)
        for at, one in enumerate(givers)
        for to, two in enumerate(givers)
        if at != to
    ]
    is_safe = (
        len(givers) >= 5
        and all(Fraction(rest, one) >= Fraction(1, 10) for one, rest in others)
        and all(Fraction(sum(givers) - rest, sum(givers)) <= Fraction(9, 10) for _, rest in others)
    )

    assert protect_total(MONEY, dict(enumerate(amounts))) == (sum(amounts) if is_safe else None)


# --- people


@pytest.mark.parametrize(
    ("counts", "said"),
    [
        ([3, 3, 3, 3, 3], 15),
        ([4, 3, 3, 3, 3], 15),
        ([4, 4, 4, 3, 3], 20),
        ([1, 1, 1, 2, 2], None),  # seven
        ([90, 1, 2, 3, 1], None),  # seven without the one that knows its own ninety
        ([9, 9, 9, 9], None),
    ],
)
def test_people_are_rounded_and_few_are_hidden(counts, said):
    assert protect_people(PEOPLE, dict(enumerate(counts))) == said


# --- rounds


def test_the_same_may_be_said_again_and_of_others_too():
    assert may_follow({1, 2, 3, 4, 5}, [frozenset({1, 2, 3, 4, 5}), frozenset({6, 7, 8, 9, 10})])


@pytest.mark.parametrize("now", [{1, 2, 3, 4}, {1, 2, 3, 4, 5, 6}, set(range(1, 11))])
def test_of_more_or_fewer_than_before_nothing_is_said(now):
    assert not may_follow(now, [frozenset({1, 2, 3, 4, 5})])


# --- profiles


def test_the_profiles_are_those_that_were_settled():
    """decisions.md 12."""
    assert vars(MONEY) == {
        "slug": "money",
        "fewest": 5,
        "together": 1,
        "p_percent": 10,
        "two_percent": 90,
        "hidden_to": 0,
        "rounded_to": 1,
    }
    assert (SCORES.fewest, SCORES.together) == (5, 1)
    assert (PEOPLE.fewest, PEOPLE.hidden_to, PEOPLE.rounded_to) == (5, 7, 5)


def test_a_programme_may_ask_for_more():
    strict = tightened(SCORES, fewest=8, together=2)

    assert count(*[True] * 3, *[False] * 4, profile=strict) is None
    assert count(*[True] * 3, *[False] * 5, profile=strict) == 3
    assert count(*[True] * 2, *[False] * 6, profile=strict) is None


@pytest.mark.parametrize(
    ("profile", "looser"),
    [
        (SCORES, {"fewest": 4}),
        (SCORES, {"together": 0}),
        (MONEY, {"p_percent": 9}),
        (MONEY, {"two_percent": 91}),
        (PEOPLE, {"hidden_to": 6}),
        (PEOPLE, {"rounded_to": 7}),
    ],
)
def test_a_programme_may_not_ask_for_less(profile, looser):
    with pytest.raises(ValueError, match=r"stricter|multiple"):
        tightened(profile, **looser)


@pytest.mark.parametrize("wrong", [{"slug": 9}, {"fewer": 9}, {"fewest": "nine"}])
def test_what_is_no_number_of_a_profile_is_a_fault_of_the_caller(wrong):
    with pytest.raises(TypeError):
        tightened(SCORES, **wrong)


@given(
    st.lists(st.booleans(), max_size=12),
    st.integers(5, 9),
    st.integers(1, 3),
    st.sets(st.integers(0, 11)),
)
def test_stricter_never_says_more(so, fewest, together, view):
    stricter = tightened(SCORES, fewest=fewest, together=together)
    shown = count(*so, profile=stricter, views=[view])

    assert shown is None or shown == count(*so)
