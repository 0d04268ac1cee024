"""What several assessors give: laws, and a slow plain twin."""

from fractions import Fraction

from hypothesis import given as law
from hypothesis import strategies as st

from hedgerow.analysis.scores import given

POINTS = st.lists(st.integers(0, 20), min_size=1, max_size=12)


def plainly(points):
    total = Fraction(0)
    for one in points:
        total += one
    in_order = sorted(points)
    return total / len(points), in_order[0], in_order[-1]


def test_nothing_comes_of_nothing():
    assert given([]) is None


@law(POINTS)
def test_it_is_what_one_works_out_plainly(points):
    found = given(points)
    assert (found.mean, found.lowest, found.highest) == plainly(points)


@law(POINTS, st.randoms())
def test_the_order_of_assessors_changes_nothing(points, chance):
    mixed = list(points)
    chance.shuffle(mixed)
    assert given(mixed) == given(points)


@law(POINTS)
def test_the_mean_lies_between_and_how_far_apart_is_never_below_nothing(points):
    found = given(points)
    assert found.lowest <= found.mean <= found.highest
    assert found.apart == found.highest - found.lowest >= 0
