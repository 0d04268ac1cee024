"""Equal Shares and greedy: by hand, their laws, and against the slow plain twin."""

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hedgerow.analysis.ballots import TIES, UTILITIES, Ballot, Election, Project
from hedgerow.analysis.equal_shares import COMPLETIONS, equal_shares, winners
from hedgerow.analysis.greedy import greedy

from .elections import election, elections, twin, twin_add1u, worth

utilities = st.sampled_from(UTILITIES)
completions = st.sampled_from(COMPLETIONS)
ties = st.sampled_from(TIES)

# Three want the van and the hall, one wants the rota alone.
SMALL = election(400, {"van": 300, "hall": 200, "rota": 100}, "van hall", "van hall", "van", "rota")


def test_by_hand_one_share_each_pays_for_what_it_backs():
    found = equal_shares(SMALL)

    assert found.selected == ("van", "rota")
    assert found.share == 100
    assert found.paid("v1") == {"van": 100}
    assert found.paid("v4") == {"rota": 100}
    assert set(found.left) == {0}


def test_by_hand_whoever_has_less_left_pays_all_of_it():
    """After 30 each for a, v1 and v2 have 20 left of 50; b costs 90, so v3 pays all of its 50."""
    found = equal_shares(election(150, {"a": 60, "b": 90}, "a b", "a b", "b"), "count")

    assert found.selected == ("a", "b")
    assert found.paid("v1") == {"a": 30, "b": 20}
    assert found.paid("v3") == {"b": 50}


def test_by_hand_a_sixth_too_little_is_too_little():
    """Each holds 7/3. After x, v1 has 4/3 left, and half of y would be 3/2."""
    found = equal_shares(election(7, {"x": 1, "y": 3}, "x y", "y", ""), "count")

    assert found.paid("v1") == {"x": 1, "y": Fraction(4, 3)}
    assert found.paid("v2") == {"y": Fraction(5, 3)}


def test_by_hand_points_are_paid_for_in_proportion():
    found = equal_shares(election(100, {"a": 60}, "a:2", "a:1"), "score")

    assert (found.paid("v1"), found.paid("v2")) == ({"a": 40}, {"a": 20})


def test_a_small_group_gets_its_part_where_greedy_gives_it_nothing():
    costs = {"a": 30, "b": 30, "c": 30, "d": 20}
    ballots = election(100, costs, *["a b c"] * 4, "d")

    assert greedy(ballots).selected == ("a", "b", "c")
    assert equal_shares(ballots).selected[:2] == ("a", "b")
    assert "d" in equal_shares(ballots).selected


def test_greedy_skips_what_does_not_fit():
    ballots = election(10, {"a": 6, "b": 5, "c": 4}, "a b", "a b c", "a")

    assert greedy(ballots).selected == ("a", "c")


def test_raising_shares_stops_before_it_costs_too_much():
    ballots = election(100, {"a": 60, "b": 60}, "a", "a", "b")

    found = equal_shares(ballots, completion="add1u")
    assert found.selected == ("a",)
    assert equal_shares(ballots).selected == ("a",)


def test_raising_shares_reaches_what_shares_alone_do_not():
    ballots = election(100, {"a": 60, "b": 40}, "a", "a", "b")

    assert equal_shares(ballots).selected == ("a",)
    found = equal_shares(ballots, completion="add1u")
    assert (found.selected, found.share) == (("a", "b"), Fraction(100, 3) + 7)
    assert equal_shares(ballots, completion="greedy").selected == ("a", "b")
    assert equal_shares(ballots, completion="greedy").n_by_shares == 1


def test_rates_that_begin_alike_are_told_apart_exactly():
    """A 1,208,925,819,614,629,174,706,176th lies between them, or less."""
    points = 2**40
    ballots = election(9, {"p": 1, "q": 1}, f"p:{points + 1} q:{points + 2}")

    found = equal_shares(ballots, "score")
    assert (found.selected, found.ties) == (("q", "p"), ())


@pytest.mark.parametrize(
    ("rule", "first"), [("file", "p"), ("name", "q"), ("cost", "p"), ("votes", "p")]
)
def test_a_tie_is_told_and_broken_by_the_rule_that_is_named(rule, first):
    ballots = Election(
        budget=10,
        projects=[Project(key="p", cost=6, name="Zoo"), Project(key="q", cost=6, name="Ark")],
        ballots=[Ballot(voter="1", points={"p": 1, "q": 1})],
    )

    for found in (equal_shares(ballots, ties=rule), greedy(ballots, ties=rule)):
        assert found.selected == (first,)
        assert [(set(one.between), one.chosen) for one in found.ties] == [({"p", "q"}, first)]


def test_ties_by_cost_and_votes_are_low_and_high_first():
    ballots = election(20, {"a": 8, "b": 4}, "a:1 b:2", "a:3")

    assert greedy(ballots, "score", "file").selected == ("a", "b")
    assert greedy(ballots, "score", "cost").selected == ("b", "a")
    assert greedy(ballots, "score", "votes").selected == ("a", "b")


def test_what_costs_nothing_and_is_backed_is_selected_by_count():
    assert equal_shares(election(0, {"a": 0, "b": 1}, "a b"), "count").selected == ("a",)


def test_where_nobody_votes_nothing_is_selected():
    assert equal_shares(election(10, {"a": 5})).selected == ()
    assert equal_shares(election(10, {"a": 5}, "", ""), completion="add1u").selected == ()


@pytest.mark.parametrize(
    "wrong",
    [
        {"budget": -1},
        {"unit": 0},
        {"projects": [Project(key="a", cost=1)] * 2},
        {"ballots": [Ballot(voter="1", points={"x": 1})]},
        {"ballots": [Ballot(voter="1", points={"van": 0})]},
        {"ballots": [Ballot(voter="1", points={})] * 2},
    ],
)
def test_an_election_that_means_nothing_is_not_made(wrong):
    with pytest.raises(ValueError):
        replace(SMALL, **wrong)


# --- the laws


@given(elections(), utilities)
def test_it_equals_its_slow_plain_twin(ballots, utility):
    found = equal_shares(ballots, utility)
    selected, money = twin(ballots, utility)

    assert list(found.selected) == selected
    assert {v: found.left[group] for v, group in found.blocks.group_of.items()} == money


@given(elections(most_projects=4, most_voters=4), utilities)
def test_raised_shares_equal_their_slow_plain_twin(ballots, utility):
    found = equal_shares(ballots, utility, "add1u")

    assert list(found.selected) == twin_add1u(ballots, utility)


@settings(max_examples=60)
@given(elections(most_projects=4, most_voters=4), utilities, st.integers(20, 60))
def test_shares_that_are_passed_over_would_have_changed_nothing(ballots, utility, times):
    """With sums so much larger there are hundreds of shares between one outcome and the next."""
    projects = [replace(one, cost=one.cost * times + 1) for one in ballots.projects]
    large = replace(ballots, budget=ballots.budget * times, projects=projects)

    assert list(winners(large, utility, "add1u")) == twin_add1u(large, utility)


@pytest.mark.parametrize(
    ("utility", "ballots", "selected"),
    [
        # Thirteen shares buy b, the next b and c, and all after it a, which is too much.
        ("cost", election(28, {"a": 45, "b": 9, "c": 17}, "", "a b", "a b c"), ("b", "c")),
        # The share below the one that buys a and b buys b, and so does the share above.
        (
            "score",
            election(
                45,
                {"a": 16, "b": 25, "c": 37},
                *("a:2 c:4", "b:1 c:1", "c:3", "c:2", "b:4 c:1", "b:1", "a:2 b:3"),
            ),
            ("a", "b"),
        ),
    ],
)
def test_by_hand_shares_are_passed_over_where_every_step_is_the_same(utility, ballots, selected):
    """Not where as many are bought, and not where the same are."""
    assert winners(ballots, utility, "add1u") == selected
    assert twin_add1u(ballots, utility) == list(selected)


@given(elections(), utilities, completions, ties)
def test_payments_are_the_cost_and_nobody_pays_over_the_share(ballots, utility, completion, rule):
    found = equal_shares(ballots, utility, completion, rule)
    voters = [one.voter for one in ballots.ballots]

    assert winners(ballots, utility, completion, rule) == found.selected
    assert found.cost <= ballots.budget
    assert len(set(found.selected)) == len(found.selected)
    for key in found.selected[: found.n_by_shares]:
        assert sum(found.paid(voter).get(key, 0) for voter in voters) == ballots.costs[key]
    for one in ballots.ballots:
        paid = found.paid(one.voter)
        assert set(paid) <= set(one.points)
        left = found.left[found.blocks.group_of[one.voter]]
        assert sum(paid.values()) + left == found.share
        assert left >= 0
    if completion != "add1u":
        assert found.share == Fraction(ballots.budget, len(voters))


@given(elections(), utilities, completions, st.randoms())
def test_the_order_of_voters_changes_nothing(ballots, utility, completion, chance):
    shuffled = list(ballots.ballots)
    chance.shuffle(shuffled)
    turned = replace(ballots, ballots=shuffled)
    found = equal_shares(ballots, utility, completion)
    again = equal_shares(turned, utility, completion)

    assert again.selected == found.selected
    assert again.ties == found.ties
    for one in shuffled:
        assert again.paid(one.voter) == found.paid(one.voter)


@given(elections(), utilities, completions, st.randoms())
def test_the_order_of_projects_changes_nothing_by_name(ballots, utility, completion, chance):
    """Names differ here, so that ties by name are the same in any order."""
    shuffled = list(ballots.projects)
    chance.shuffle(shuffled)
    turned = replace(ballots, projects=shuffled)

    found = equal_shares(ballots, utility, completion, "name")
    again = equal_shares(turned, utility, completion, "name")
    assert again.selected == found.selected
    assert again.ties == found.ties


@given(elections(), utilities)
def test_no_backers_could_still_pay_for_what_is_not_selected(ballots, utility):
    found = equal_shares(ballots, utility)

    for project in ballots.projects:
        backers = [one for one in ballots.ballots if worth(utility, project, one)]
        held = sum(found.left[found.blocks.group_of[one.voter]] for one in backers)
        assert project.key in found.selected or not backers or held < project.cost


@given(elections())
def test_a_group_of_one_mind_gets_what_its_shares_can_pay(ballots):
    """Whose marks are the same and nobody else's: of what they can pay together, all is bought."""
    alone = {"x": 3, "y": 4}
    united = [Ballot(voter=f"u{n}", points=dict.fromkeys(alone, 1)) for n in range(3)]
    mixed = replace(
        ballots,
        budget=ballots.budget + 12,
        projects=[*ballots.projects, *(Project(key=k, cost=c) for k, c in alone.items())],
        ballots=[*ballots.ballots, *united],
    )
    theirs = 3 * Fraction(mixed.budget, len(mixed.ballots))

    got = set(equal_shares(mixed).selected) & set(alone)
    assert not theirs >= 7 or got == {"x", "y"}
    assert not theirs >= 4 or got


@given(elections(), utilities)
def test_greedy_takes_what_fits_and_leaves_nothing_that_would(ballots, utility):
    found = greedy(ballots, utility)
    backed = {key for one in ballots.ballots for key in one.points}

    assert found.cost == sum(ballots.costs[key] for key in found.selected) <= ballots.budget
    assert set(found.selected) <= backed
    for key in backed - set(found.selected):
        assert found.cost + ballots.costs[key] > ballots.budget


@given(elections(), utilities, st.data())
def test_a_lower_price_never_undoes_being_selected(ballots, utility, data):
    found = equal_shares(ballots, utility)
    for place, project in enumerate(ballots.projects):
        if project.key in found.selected:
            projects = list(ballots.projects)
            projects[place] = replace(project, cost=data.draw(st.integers(1, project.cost)))
            cheaper = replace(ballots, projects=projects)
            assert project.key in equal_shares(cheaper, utility).selected
