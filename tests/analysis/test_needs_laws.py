from dataclasses import replace
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from hedgerow.analysis.needs import (
    NeedProfile,
    Score,
    both_ways,
    common_needs,
    introductions,
    sides,
)
from hedgerow.journeys.results import kept, read_back

FUNCTIONS = ("payroll", "buying", "volunteers", "publicity")

steps = st.integers(1, 5)
one_score = st.builds(Score, strength=steps, priority=steps)
tables = st.dictionaries(
    st.integers(1, 12), st.dictionaries(st.sampled_from(FUNCTIONS), one_score), max_size=7
)


def ranks(scores):
    return {need.function: need.rank for need in common_needs(scores, FUNCTIONS)}


def twin(scores):
    """Ranks, the slow plain way: how many functions come before each, pair by pair."""
    found = {}
    for function in FUNCTIONS:
        marks = [
            (of[function].strength, of[function].priority)
            for of in scores.values()
            if function in of
        ]
        if marks:
            found[function] = marks

    def is_before(one, other):
        for measure in (
            lambda marks: sum(1 for s, p in marks if p >= s + 2),
            lambda marks: sum(p - s for s, p in marks if p > s),
            lambda marks: Fraction(sum(p for _, p in marks)),
        ):
            if measure(found[one]) != measure(found[other]):
                return measure(found[one]) > measure(found[other])
        return False

    return {one: 1 + sum(is_before(other, one) for other in found) for one in found}


@given(tables)
def test_ranks_equal_their_slow_plain_twin(scores):
    assert ranks(scores) == twin(scores)


@given(tables)
def test_needs_stand_by_rank_and_then_as_asked(scores):
    found = common_needs(scores, FUNCTIONS)
    order = [(need.rank, FUNCTIONS.index(need.function)) for need in found]

    assert order == sorted(order)


@given(tables, st.randoms())
def test_reordering_members_changes_nothing(scores, chance):
    keys = list(scores)
    chance.shuffle(keys)
    shuffled = {key: scores[key] for key in keys}

    assert common_needs(shuffled, FUNCTIONS) == common_needs(scores, FUNCTIONS)
    assert introductions(shuffled, FUNCTIONS) == introductions(scores, FUNCTIONS)
    assert sides(shuffled, FUNCTIONS) == sides(scores, FUNCTIONS)


@given(tables.filter(lambda scores: any(scores.values())), st.data())
def test_a_need_never_falls_as_a_priority_rises_nor_rises_as_a_member_grows_strong(scores, data):
    """Law: a rank is monotone in each member's priority and strength."""
    key = data.draw(st.sampled_from([key for key, of in scores.items() if of]))
    function = data.draw(st.sampled_from(sorted(scores[key])))
    was = scores[key][function]
    more = replace(was, priority=data.draw(st.integers(was.priority, 5)))
    stronger = replace(was, strength=data.draw(st.integers(was.strength, 5)))

    def rank_with(score):
        return ranks(scores | {key: scores[key] | {function: score}})[function]

    assert rank_with(more) <= ranks(scores)[function] <= rank_with(stronger)


@given(tables)
def test_an_introduction_is_of_two_and_each_once(scores):
    for found in introductions(scores, FUNCTIONS):
        pairs = list(found.pairs)
        assert len(pairs) == len(set(pairs)) == len(found.offers) * len(found.needs) > 0
        assert all(one != other for one, other in pairs)


@given(tables)
def test_introductions_equal_their_slow_plain_twin(scores):
    """Twin: every two members, every function."""
    slow = {
        (function, one, other)
        for one in scores
        for other in scores
        for function in FUNCTIONS
        if function in scores[one] and function in scores[other]
        if scores[one][function].strength >= 4
        if scores[other][function].priority - scores[other][function].strength >= 2
    }
    found = introductions(scores, FUNCTIONS)

    assert {(of.function, *pair) for of in found for pair in of.pairs} == slow
    assert set(both_ways(found)) == {
        (one, other)
        for _, one, other in slow
        if one < other and any((a, b) == (other, one) for _, a, b in slow)
    }


@given(tables)
def test_what_each_wants_and_offers_is_what_all_need_and_have(scores):
    mine = sides(scores, FUNCTIONS)

    assert mine.keys() == scores.keys()
    for need in common_needs(scores, FUNCTIONS):
        assert {key for key in mine if need.function in mine[key].wants} == set(need.presses)
        assert {key for key in mine if need.function in mine[key].offers} == set(need.strong)
        assert not set(need.presses) & set(need.strong)


@given(tables, st.sets(st.integers(1, 12)), st.dictionaries(st.sampled_from(FUNCTIONS), steps))
def test_a_profile_is_read_back_without_those_who_left(scores, members, released):
    profile = NeedProfile(
        instrument="capacity",
        functions=FUNCTIONS,
        scores=scores,
        released=released,
        n_unseen=6 if released else 0,
    )
    stay = {key: of for key, of in scores.items() if key in members}

    assert read_back(NeedProfile, kept(profile), members=members) == replace(profile, scores=stay)
    assert all(one.n <= one.n_counted for one in profile.pressing.values())
