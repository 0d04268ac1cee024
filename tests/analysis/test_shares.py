from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hedgerow.analysis.shares import shared_out

amounts = st.integers(0, 10**9)
weights = st.dictionaries(st.integers(1, 40), st.integers(0, 1000), min_size=1, max_size=12).filter(
    lambda of: any(of.values())
)


def test_a_hundred_pounds_between_three_leaves_a_penny():
    shares = shared_out(100_00, {"mill": 1, "quay": 1, "wharf": 1})

    assert shares.each == {"mill": 33_33, "quay": 33_33, "wharf": 33_33}
    assert shares.left == 1


@given(amounts, weights)
def test_shares_and_what_is_left_add_up(amount, of):
    shares = shared_out(amount, of)

    assert sum(shares.each.values()) + shares.left == amount
    assert 0 <= shares.left < len(of)


@given(amounts, weights)
def test_each_has_its_part_to_the_penny_below(amount, of):
    for key, share in shared_out(amount, of).each.items():
        exact = Fraction(amount * of[key], sum(of.values()))
        assert share <= exact < share + 1


@given(amounts, weights, st.randoms())
def test_who_is_named_first_changes_nobodys_share(amount, of, random):
    keys = list(of)
    random.shuffle(keys)

    assert shared_out(amount, {key: of[key] for key in keys}) == shared_out(amount, of)


@given(amounts, st.integers(0, 10**6), weights)
def test_more_to_share_is_less_for_nobody(amount, more, of):
    before, after = shared_out(amount, of).each, shared_out(amount + more, of).each
    assert all(after[key] >= before[key] for key in of)


@pytest.mark.parametrize(
    ("amount", "of"), [(-1, {"mill": 1}), (1, {"mill": -1, "quay": 2}), (1, {}), (1, {"mill": 0})]
)
def test_less_than_nothing_or_nobody_is_refused(amount, of):
    with pytest.raises(ValueError, match="share"):
        shared_out(amount, of)
