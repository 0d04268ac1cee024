"""Red spots, rounds and ties: by hand, and what holds in whatever order a group does them."""

from contextlib import suppress
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hedgerow.analysis.red_spot import (
    begin,
    close,
    reopen,
    settle,
    strike,
    vote_on,
)
from hedgerow.analysis.red_spot_replay import replay

from .elections import election, elections

MEMBERS = ("ash", "birch", "cherry")
LIST = ("van", "rota", "hall", "shop", "site")


def started(*options, **spots):
    return strike(begin(MEMBERS, options or LIST), {one: spots.get(one) for one in MEMBERS})


def ballots(*words):
    """ballots("van 4 rota 6", …): of ash, birch and cherry; "" is one that does not vote."""
    cast = {}
    for member, word in zip(MEMBERS, words, strict=True):
        if word:
            told = word.split()
            cast[member] = dict(zip(told[::2], map(int, told[1::2]), strict=True))
    return cast


FIRST = ballots("van 5 rota 4 hall 1", "shop 8 hall 2", "site 6 rota 4")


def test_a_red_spot_strikes_an_option_out_before_anybody_votes():
    shortlist = started(birch="site")

    assert shortlist.struck == {"site": ("birch",)}
    assert shortlist.standing == ("van", "rota", "hall", "shop")
    assert shortlist.stage == "votes"
    with pytest.raises(ValueError, match="site does not stand"):
        close(shortlist, FIRST)


def test_the_lowest_drops_and_at_three_it_is_done():
    shortlist = close(started(), FIRST)

    assert (shortlist.dropped, shortlist.stage) == (("hall",), "votes")
    assert shortlist.rounds[0].totals == {"van": 5, "rota": 8, "hall": 3, "shop": 8, "site": 6}
    shortlist = close(shortlist, ballots("van 10", "shop 8 rota 2", "site 6 rota 4"))
    assert shortlist.stage == "tied"  # rota and site, six each


def test_a_tie_at_the_bottom_drops_nothing_until_the_group_says():
    tied = close(started(), ballots("van 10", "rota 8 shop 2", "site 8 hall 2"))

    assert (tied.stage, tied.dropped) == ("tied", ())
    assert tied.rounds[-1].lowest == ("hall", "shop")
    assert settle(tied, "vote_again").standing == LIST
    both = settle(tied, "drop_all")
    assert (both.dropped, both.stage) == (("hall", "shop"), "done")
    assert both.rounds[-1].dropped == ("hall", "shop")
    with pytest.raises(ValueError):
        close(tied, FIRST)
    with pytest.raises(ValueError):
        settle(both, "drop_all")


def test_where_all_are_level_they_cannot_all_drop():
    four = started(ash="site")
    tied = close(four, ballots("van 5 rota 5", "hall 5 shop 5", ""), closed_by="Jo")

    with pytest.raises(ValueError, match="leave nothing"):
        settle(tied, "drop_all")


def test_a_round_waits_for_everybody_or_for_somebody_who_closes_it():
    late = ballots("van 5 rota 4 hall 1", "shop 8 hall 2", "")

    with pytest.raises(ValueError, match="cherry"):
        close(started(), late)
    closed = close(started(), late, closed_by="Jo").rounds[0]
    assert (closed.absent, closed.closed_by) == (("cherry",), "Jo")
    assert close(started(), FIRST, closed_by="Jo").rounds[0].closed_by is None
    with pytest.raises(ValueError):
        close(started(), {}, closed_by="Jo")
    with pytest.raises(ValueError, match="birch"):
        strike(begin(MEMBERS, LIST), {"ash": None, "cherry": None})


def test_what_was_struck_out_comes_back_only_if_everyone_agrees():
    shortlist = started(ash="van", birch="van")

    with pytest.raises(ValueError, match="cherry"):
        reopen(shortlist, "van", ("ash", "birch"))
    back = reopen(shortlist, "van", MEMBERS)
    assert (back.standing, back.struck, back.reopened) == (LIST, {}, ("van",))
    with pytest.raises(ValueError):
        reopen(back, "van", MEMBERS)


def test_what_dropped_may_come_back_too_and_the_rounds_are_kept():
    dropped = close(started(), FIRST)
    back = reopen(dropped, "hall", MEMBERS)

    assert (back.dropped, back.stage, len(back.rounds)) == ((), "votes", 1)


def test_a_group_that_is_not_comfortable_votes_on():
    three = started("van", "rota", "hall")

    assert three.stage == "done"
    two = close(vote_on(three), ballots("van 10", "van 1 rota 9", "rota 9 hall 1"))
    assert (two.standing, two.stage) == (("van", "rota"), "done")
    with pytest.raises(ValueError):
        vote_on(started("van"))


@pytest.mark.parametrize(
    "wrong",
    ["van 9", "van 11", "van 3 rota 3 hall 2 shop 2", "van 10 rota 0", "boat 10", "van 12 rota -2"],
)
def test_a_ballot_is_ten_votes_on_at_most_three_of_what_stands(wrong):
    with pytest.raises(ValueError):
        close(started(), ballots(wrong, "shop 8 hall 2", "site 6 rota 4"))


def test_what_means_nothing_is_refused():
    for members, options in [((), LIST), (MEMBERS, ()), (("a", "a"), LIST), (MEMBERS, ("x", "x"))]:
        with pytest.raises(ValueError):
            begin(members, options)
    with pytest.raises(ValueError, match="boat"):
        started(ash="boat")
    with pytest.raises(ValueError, match="elm"):
        strike(begin(MEMBERS, LIST), {"elm": None}, closed_by="Jo")
    with pytest.raises(ValueError):
        reopen(begin(MEMBERS, LIST), "van", MEMBERS)


# --- the laws

keys = st.sampled_from(LIST)


@st.composite
def cast(draw):
    options = draw(st.lists(keys, min_size=1, max_size=3, unique=True))
    first = draw(st.integers(1, 10 - (len(options) - 1)))
    votes = {options[0]: first}
    if len(options) > 1:
        second = draw(st.integers(1, 10 - first - (len(options) - 2)))
        votes[options[1]] = 10 - first if len(options) == 2 else second
    if len(options) == 3:
        votes[options[2]] = 10 - first - second
    return votes


steps = st.one_of(
    st.tuples(st.just(close), st.fixed_dictionaries({m: cast() for m in MEMBERS})),
    st.tuples(st.just(settle), st.sampled_from(["drop_all", "vote_again"])),
    st.tuples(st.just(vote_on)),
    st.tuples(st.just(reopen), keys, st.sets(st.sampled_from(MEMBERS), min_size=2)),
)


@given(
    st.fixed_dictionaries({member: st.none() | keys for member in MEMBERS}),
    st.lists(steps, max_size=12),
)
def test_in_whatever_order_a_group_does_it(spots, done):
    shortlist = strike(begin(MEMBERS, LIST), spots)
    back = set()
    for step, *words in done:
        before = shortlist
        with suppress(ValueError):
            shortlist = step(shortlist, *words)
            if step is reopen:
                assert words[1] == set(MEMBERS)
                back.add(words[0])
        vetoed = {spot for spot in spots.values() if spot}
        assert not (vetoed - back) & set(shortlist.standing)
        assert {*shortlist.standing, *shortlist.struck, *shortlist.dropped} == set(LIST)
        assert (shortlist.stage == "done") <= (len(shortlist.standing) <= 3)
        assert shortlist.rounds[: len(before.rounds) - 1] == before.rounds[:-1]
        for one in shortlist.rounds:
            assert sum(one.totals.values()) == 30
            assert one.dropped in ((), one.lowest)
            assert len(one.lowest) > 1 or one.dropped


@given(elections(), st.sets(st.sampled_from("ab")), st.booleans())
def test_a_file_is_replayed_until_three_stand_or_the_bottom_is_level(ballots, struck, drop):
    found = replay(ballots, struck, drop)
    gone = {*found.struck, *found.dropped}

    assert set(found.standing) | gone == set(ballots.costs)
    assert not set(found.standing) & gone
    assert not set(found.struck) - struck
    assert len(found.standing) <= 3 or found.level
    if drop:
        assert not found.level or set(found.level) == set(found.standing)
    n_cast = sum(bool(set(one.points) - struck) for one in ballots.ballots)
    assert sum(found.totals[0].values()) == 10 * n_cast


def test_a_ballot_of_ten_is_replayed_as_it_is():
    found = replay(election(0, dict.fromkeys("abcd", 1), "a:5 b:4 c:1", "d:10", "b:9 c:1"))

    assert found.totals == ({"a": 5, "b": 13, "c": 2, "d": 10},)
    assert (found.standing, found.dropped) == (("b", "d", "a"), ("c",))


def test_the_votes_for_what_dropped_go_to_what_still_stands_of_that_ballot():
    costs = dict.fromkeys("abcde", 1)
    found = replay(election(0, costs, "a:5 b:4 c:1", "d:10", "b:8 c:2", "e:10", "e:10"))

    assert found.totals[1] == {"a": Fraction(50, 9), "b": Fraction(130, 9), "d": 10, "e": 20}
    assert (found.standing, found.dropped) == (("e", "b", "d"), ("c", "a"))
