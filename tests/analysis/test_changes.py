import pytest
from hypothesis import given
from hypothesis import strategies as st

from hedgerow.analysis.baseline import Say, check
from hedgerow.analysis.changes import TURNS, changes, moved, turn
from hedgerow.analysis.needs import Score

FUNCTIONS = ("payroll", "buying")
steps = st.integers(1, 5)
one_score = st.builds(Score, strength=steps, priority=steps)
rounds = st.dictionaries(
    st.integers(1, 9), st.dictionaries(st.sampled_from(FUNCTIONS), one_score), max_size=6
)


def score(strength, priority):
    return Score(strength=strength, priority=priority)


@pytest.mark.parametrize(
    ("before", "now", "found"),
    [
        ((2, 5), (4, 5), "eased"),  # not “stronger” as well
        ((2, 5), (2, 3), "eased"),
        ((3, 3), (3, 5), "newly_pressing"),
        ((4, 5), (2, 5), "newly_pressing"),
        ((3, 3), (4, 3), "stronger"),
        ((1, 5), (2, 5), "stronger"),  # and still presses
        ((4, 3), (3, 3), "weaker"),
        ((3, 3), (3, 4), "unchanged"),
    ],
)
def test_each_change_is_one_of_five(before, now, found):
    assert turn(score(*before), score(*now)) == found


def test_only_who_answered_both_rounds_is_compared():
    before = {1: {"payroll": score(1, 5)}, 2: {"payroll": score(1, 5)}}
    now = {2: {"payroll": score(4, 5), "buying": score(1, 5)}, 3: {"payroll": score(1, 5)}}
    found = changes(before, now, FUNCTIONS)

    (one,) = found.changes  # buying was not scored before
    assert (one.key, one.function, one.turn) == (2, "payroll", "eased")
    assert (one.before, one.now) == (score(1, 5), score(4, 5))
    assert (found.both, found.only_before, found.only_now) == ((2,), (1,), (3,))
    assert found.counts == dict.fromkeys(TURNS, 0) | {"eased": 1}


def test_against_the_baseline_each_is_set_beside_itself():
    items = ("firewall", "spares")
    states = {
        word: check({"firewall": Say(word=word)}, items, ("firewall",)) for word in ("no", "yes")
    }
    (one,) = moved({1: states["no"], 2: states["no"]}, {1: states["yes"], 3: states["no"]})

    assert (one.key, one.before, one.now) == (1, "below", "meets")
    assert (one.n_yes_before, one.n_yes_now) == (0, 1)


@given(rounds)
def test_a_round_beside_itself_has_not_changed(scores):
    found = changes(scores, scores, FUNCTIONS)

    assert found.counts["unchanged"] == sum(len(of) for of in scores.values())
    assert found.both == tuple(sorted(scores))


@given(rounds, rounds)
def test_what_eased_one_way_presses_the_other(before, now):
    there, back = (
        changes(before, now, FUNCTIONS).counts,
        changes(now, before, FUNCTIONS).counts,
    )

    assert (there["eased"], there["stronger"]) == (back["newly_pressing"], back["weaker"])
    assert there["unchanged"] == back["unchanged"]


@given(rounds, rounds)
def test_changes_equal_their_slow_plain_twin(before, now):
    """Twin: every member and function, by the words of the issue."""
    pairs = [
        (before[key][function], now[key][function])
        for key in before
        for function in FUNCTIONS
        if function in before[key] and function in now.get(key, {})
    ]
    pressed = [(a.priority >= a.strength + 2, b.priority >= b.strength + 2) for a, b in pairs]
    found = changes(before, now, FUNCTIONS)

    assert found.counts["eased"] == pressed.count((True, False))
    assert found.counts["newly_pressing"] == pressed.count((False, True))
    assert sum(found.counts.values()) == len(pairs) == len(found.changes)


@given(rounds, rounds, st.randoms())
def test_the_order_of_members_changes_nothing(before, now, chance):
    keys = list(now)
    chance.shuffle(keys)

    assert changes(before, {key: now[key] for key in keys}, FUNCTIONS) == changes(
        before, now, FUNCTIONS
    )
