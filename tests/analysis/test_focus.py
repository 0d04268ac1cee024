"""What finding the focus leaves: at most three things, whole again after it was kept."""

import json
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hedgerow.analysis.focus import MOST, Focus, Theme

words = st.text(max_size=20)
keys = st.integers(1, 10_000)
themes = st.builds(
    Theme,
    idea=keys,
    title=words,
    words=words,
    cost=st.none() | st.integers(0, 10**9),
    is_quick_win=st.booleans(),
    looked_into_on=st.none() | st.dates(),
)
focuses = st.builds(
    Focus,
    themes=st.lists(themes, max_size=MOST, unique_by=lambda theme: theme.idea).map(tuple),
    adopted_on=st.none() | st.dates(),
    decision=st.none() | keys,
    gains=st.dictionaries(keys, st.dictionaries(keys, words, max_size=3), max_size=4),
)


def theme(idea: int) -> Theme:
    return Theme(idea=idea, title="Shared training", words="", cost=None, is_quick_win=False)


def stored(focus: Focus) -> tuple[dict, dict]:
    """As JSON keeps it, where keys are words, and as it is handed back."""
    whole, parts = json.loads(json.dumps(focus.to_json()))
    return whole, {int(key): part for key, part in parts.items()}


@given(focuses)
def test_it_is_the_same_after_it_was_kept(focus):
    assert Focus.from_json(*stored(focus)) == focus


@given(focuses, st.data())
def test_without_those_who_left_the_rest_is_the_same(focus, data):
    whole, parts = stored(focus)
    gone = data.draw(st.sets(st.sampled_from(sorted(parts)))) if parts else set()

    left = Focus.from_json(whole, {key: part for key, part in parts.items() if key not in gone})

    assert left.themes == focus.themes
    assert left.gains == {key: part for key, part in focus.gains.items() if key not in gone}


def test_three_things_are_the_most_and_each_stands_once():
    with pytest.raises(ValueError, match="holds 3 things at most"):
        Focus(themes=tuple(map(theme, range(4))), adopted_on=None, decision=None)
    with pytest.raises(ValueError, match="the same thing twice"):
        Focus(themes=(theme(1), theme(1)), adopted_on=None, decision=None)


def test_none_at_all_is_a_focus_too():
    empty = Focus(themes=(), adopted_on=None, decision=None)

    assert Focus.from_json(*stored(empty)) == empty


def test_the_day_it_was_adopted_is_kept_as_a_day():
    focus = Focus(themes=(theme(1),), adopted_on=date(2026, 3, 17), decision=4)

    whole, _ = focus.to_json()

    assert whole["adopted_on"] == "2026-03-17"


def test_the_day_it_was_looked_into_is_kept_as_a_day():
    seen = replace(theme(1), looked_into_on=date(2026, 3, 10))

    whole, _ = Focus(themes=(seen,), adopted_on=None, decision=None).to_json()

    assert whole["themes"][0]["looked_into_on"] == "2026-03-10"


def test_what_was_kept_before_that_day_was_is_read_without_it():
    focus = Focus(themes=(theme(1),), adopted_on=None, decision=None)
    whole, parts = stored(focus)
    del whole["themes"][0]["looked_into_on"]

    assert Focus.from_json(whole, parts) == focus
