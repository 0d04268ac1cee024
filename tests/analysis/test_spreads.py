from collections import Counter
from statistics import median_high, median_low

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hedgerow.analysis.spreads import Difference, differences, spread, steps

marks = st.lists(st.integers(1, 5))


def test_a_spread_has_every_choice_and_who_answered():
    found = spread([["a", "b"], ["b"], []], ["a", "b", "c"])

    assert found.counts == {"a": 1, "b": 2, "c": 0}
    assert found.n_answered == 3


def test_what_is_not_there_to_choose_is_a_fault_of_the_caller():
    with pytest.raises(ValueError, match="not there to choose"):
        spread([["d"]], ["a"])
    with pytest.raises(ValueError, match="not there to choose"):
        steps([0], 5)


def test_the_middle_of_steps_may_lie_between_two():
    assert steps([1, 5, 2, 4], 5).middle == (2, 4)
    assert steps([1, 5, 2], 5).middle == (2, 2)


def test_steps_of_nobody_have_no_middle():
    found = steps([], 3)

    assert (found.lowest, found.middle, found.highest) == (None, None, None)
    assert found.counts == {1: 0, 2: 0, 3: 0}


@given(marks)
def test_steps_equal_their_slow_plain_twin(said):
    found = steps(said, 5)

    assert found.counts == {step: said.count(step) for step in range(1, 6)}
    assert found.n_answered == len(said)
    if said:
        assert (found.lowest, found.highest) == (min(said), max(said))
        assert found.middle == (median_low(said), median_high(said))


@given(marks, st.randoms())
def test_the_order_of_answers_changes_nothing(said, chance):
    shuffled = list(said)
    chance.shuffle(shuffled)

    assert steps(shuffled, 5) == steps(said, 5)


@given(st.lists(st.sets(st.sampled_from("abc"))))
def test_a_spread_equals_its_slow_plain_twin(chosen):
    flat = Counter(choice for of in chosen for choice in of)

    assert dict(spread(chosen, "abc").counts) == {choice: flat[choice] for choice in "abc"}


def test_two_who_answered_differently_are_set_side_by_side():
    raters = {
        "front_line": {"trust": 2, "time": 4, "who": "chair"},
        "manager": {"trust": 5, "time": 3, "who": "board", "only": 1},
    }

    assert differences(raters, ["who", "time", "trust", "only"], {"trust", "time", "only"}) == (
        Difference(item="trust", said={"front_line": 2, "manager": 5}, apart=3),
        Difference(item="time", said={"front_line": 4, "manager": 3}, apart=1),
        Difference(item="who", said={"front_line": "chair", "manager": "board"}, apart=None),
    )


@given(
    st.dictionaries(
        st.integers(1, 4), st.dictionaries(st.sampled_from("abc"), st.integers(1, 5)), max_size=4
    )
)
def test_nobody_differs_where_all_say_the_same(raters):
    found = {one.item: one.apart for one in differences(raters, "abc", "abc")}

    for item in "abc":
        values = {of[item] for of in raters.values() if item in of}
        assert (item in found) == (len(values) > 1)
        assert item not in found or found[item] == max(values) - min(values) > 0
