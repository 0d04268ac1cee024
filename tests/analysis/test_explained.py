"""Each claim about what would have changed it, verified by making the change, and one less."""

from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from hedgerow.analysis.ballots import UTILITIES
from hedgerow.analysis.equal_shares import COMPLETIONS, equal_shares
from hedgerow.analysis.explained import (
    at_price,
    covered,
    flips,
    least_changes,
    steadiness,
    with_votes,
)

from .elections import election, elections

FOUR = election(400, {"van": 300, "rota": 150}, "van", "van", "van", "rota")


def by(utility="cost", completion="none"):
    return lambda ballots: equal_shares(ballots, utility, completion).selected


def near(ballots, choose=None, lower_never_loses=True):
    choose = choose or by()
    asked = [one.voter for one in ballots.ballots]
    return least_changes(ballots, choose(ballots), choose, asked, lower_never_loses)


def test_by_hand_the_price_and_the_votes_that_it_was_short_of():
    (rota,) = near(FOUR)

    assert (rota.project, rota.price, rota.step) == ("rota", 100, 1)
    # With v1 and v2 it is level with the van, which comes first in the file.
    assert rota.votes == ("v1", "v2", "v3")


def test_what_nobody_backed_has_no_price():
    (rota,) = near(election(450, {"van": 300, "rota": 150}, "van", "van"))

    assert (rota.price, rota.votes) == (None, ("v1", "v2"))


def test_what_costs_more_than_everybody_has_no_votes():
    (yacht,) = near(election(100, {"yacht": 900}, "yacht", ""))

    assert (yacht.price, yacht.votes) == (50, None)


def test_a_price_counts_in_the_currency_and_not_in_its_pence():
    (rota,) = near(
        election(400_00, {"van": 300_00, "rota": 150_50}, *["van"] * 3, "rota", unit=100)
    )

    assert (rota.price, rota.step) == (99_50, 100)


def test_by_hand_how_steady_each_is():
    (van,) = steadiness(FOUR, ("van",), by())

    # Of eight marks, the three that hold the van up cannot be missed.
    assert (van.n_still, van.n_changes, van.share) == (5, 8, Fraction(5, 8))


def test_by_hand_what_each_share_paid_for():
    told = covered(FOUR, equal_shares(FOUR))

    assert [one.wanted for one in told] == [("van",)] * 3 + [()]
    assert [one.paid for one in told] == [{"van": 100}] * 3 + [{}]
    assert [one.left for one in told] == [0, 0, 0, 100]


@settings(max_examples=60)
@given(elections(4, 4), st.sampled_from(UTILITIES), st.sampled_from(COMPLETIONS))
def test_every_claim_holds_and_one_unit_less_would_not_do(ballots, utility, completion):
    choose = by(utility, completion)
    steady = completion != "add1u"
    for one in near(ballots, choose, steady):
        key, cost = one.project, ballots.costs[one.project]
        if one.price is not None:
            assert 0 < one.price < cost
            assert key in choose(at_price(ballots, key, one.price))
            assert key not in choose(at_price(ballots, key, one.price + one.step))
        tried = range(cost - one.step, (one.price or 0), -one.step)
        assert not any(key in choose(at_price(ballots, key, price)) for price in tried)
        if one.votes is not None:
            assert key in choose(with_votes(ballots, key, one.votes))
            assert key not in choose(with_votes(ballots, key, one.votes[:-1]))


@given(elections(4, 4))
def test_every_single_mark_is_changed_once(ballots):
    found = list(flips(ballots))

    assert len(found) == len(ballots.ballots) * len(ballots.projects)
    for changed in found:
        pairs = zip(ballots.ballots, changed.ballots, strict=True)
        marks = [set(one.points) ^ set(other.points) for one, other in pairs]
        assert sorted(map(len, marks)) == [0] * (len(marks) - 1) + [1]


@given(elections(4, 4))
def test_what_is_steady_is_counted_by_running_it_again(ballots):
    selected = by()(ballots)

    for one in steadiness(ballots, selected, by()):
        assert one.n_still == sum(one.project in by()(changed) for changed in flips(ballots))
