"""The same marks by several rules, by hand; and the file of ballots, read back."""

from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hedgerow.analysis.equal_shares import equal_shares
from hedgerow.analysis.explained import covered
from hedgerow.focus.shares.ballot_files import ballots_written
from hedgerow.focus.shares.beside import comparison_words
from hedgerow.focus.shares.comparisons import compared
from hedgerow.focus.shares.outcomes import outcome_of
from hedgerow.focus.tallying.pabulib import read_ballots
from hedgerow.focus.tallying.tallies import Asked, tally

from .shared import sharing, sharings

# Three want the van and the hall, which cost all there is; two want the rota.
SPLIT = sharing(
    1000,
    {"van": 500, "hall": 400, "rota": 300, "lamp": 900},
    *["van hall"] * 3,
    *["rota"] * 2,
    utility="cost",
)


def columns(given_):
    return {column.rule: column for column in compared(given_).columns}


def test_by_hand_what_most_want_first_leaves_two_without_and_equal_shares_do_not():
    found = columns(SPLIT)

    assert found["shares"].chosen == {"van", "rota"}
    assert found["shares"].n_served == 5
    assert found["greedy"].chosen == {"van", "hall"}
    assert found["greedy"].n_served == 3
    assert (found["greedy"].cost, found["shares"].cost) == (900_00, 800_00)


def test_at_most_three_are_the_three_that_most_want_whatever_they_cost():
    three = columns(SPLIT)["three"]

    assert three.chosen == {"van", "hall", "rota"}
    assert not three.fits(SPLIT.budget)
    assert three.level == ()


def test_what_nobody_wants_is_not_among_the_three():
    assert columns(sharing(10, {"van": 5, "hall": 5, "rota": 5}, "van"))["three"].chosen == {"van"}


def test_where_four_are_as_wanted_the_rule_for_ties_takes_three_and_all_four_are_named():
    four = {"d": 1, "c": 2, "b": 3, "a": 4}

    three = columns(sharing(10, four, "a b c d", ties="name"))["three"]

    assert three.chosen == {"a", "b", "c"}
    assert three.level == ("A", "B", "C", "D")
    by_list = columns(sharing(10, four, "a b c d", ties="file"))["three"]
    assert by_list.chosen == {"d", "c", "b"}
    assert by_list.level == ("D", "C", "B", "A")


def test_of_points_the_sum_counts_and_not_how_many_gave_some():
    costs = {"a": 1, "b": 1, "c": 1, "d": 1}

    three = columns(sharing(9, costs, "a:5 b:4 c:1 d:3", "c:1", utility="score"))["three"]

    assert three.chosen == {"a", "b", "d"}


def test_equal_shares_alone_are_shown_only_beside_a_rule_for_the_rest():
    given_ = sharing(40, {"van": 30, "rota": 10}, "van", "rota")

    assert list(columns(given_)) == ["shares", "greedy", "three"]
    given_ = sharing(40, {"van": 30, "rota": 10}, "van", "rota", completion="greedy")
    assert list(columns(given_)) == ["shares", "shares-alone", "greedy", "three"]
    assert columns(given_)["shares"].chosen == {"van", "rota"}
    assert columns(given_)["shares-alone"].chosen == {"rota"}


def test_in_words_each_rule_says_what_it_does_what_it_takes_and_whether_that_fits():
    told = comparison_words(compared(SPLIT))

    by_heading = {one.heading: one for one in told.columns}
    assert by_heading["Equal shares"].fits == "fits, £200 left"
    assert by_heading["Equal shares"].served == "all five"
    assert by_heading["What most want first"].served == "three of five"
    assert by_heading["At most three"].fits == "£200 more than there is"
    assert told.rows[0].cells == (True, True, True)
    assert not told.agrees


@given(sharings())
def test_every_rule_but_the_three_keeps_to_the_budget(given_):
    for rule, column in columns(given_).items():
        assert rule == "three" or column.fits(given_.budget)
        assert 0 <= column.n_served <= len(given_.holders)


@given(sharings())
def test_the_column_of_equal_shares_is_what_the_page_of_the_outcome_says(given_):
    outcome = outcome_of(given_)

    shares = columns(given_)["shares"]

    assert shares.chosen == {one.key for one in outcome.chosen}
    assert shares.n_served == sum(one.is_served for one in outcome.held)


# the file


def read_back(given_):
    chosen = {one.key for one in outcome_of(given_).chosen}
    text = ballots_written(given_, chosen, "Fair shares 1; Hazelford")
    ballots, faults = read_ballots(BytesIO(text.encode()), "ballots.pb")
    assert not faults
    return ballots


@given(sharings())
def test_the_file_read_back_is_the_same_election(given_):
    ballots = read_back(given_)

    places = {one.key: str(place) for place, one in enumerate(given_.things, start=1)}
    pence = 100 // ballots.election.unit
    assert ballots.election.budget * pence == given_.budget
    assert {one.key: (one.name, one.cost * pence) for one in ballots.election.projects} == {
        places[one.key]: (one.title, one.cost) for one in given_.things
    }
    assert [dict(one.points) for one in ballots.election.ballots] == [
        {places[key]: n for key, n in one.points} for one in given_.holders
    ]


@given(sharings())
def test_counted_from_the_file_the_same_wins_and_every_share_pays_the_same(given_):
    ballots = read_back(given_)
    asked = Asked(utility=given_.utility, completion=given_.completion, ties=given_.ties)

    found = tally(ballots, asked)

    outcome = outcome_of(given_)
    places = {str(place): one.key for place, one in enumerate(given_.things, start=1)}
    assert [places[key] for key in found.selected] == [one.key for one in outcome.chosen]
    scale = 100 // ballots.election.unit
    shares = equal_shares(ballots.election, asked.utility, asked.completion, asked.ties)
    totals = [sum(one.paid.values()) * scale for one in covered(ballots.election, shares)]
    assert totals == [one.total for one in outcome.held]


@given(
    st.text(st.characters(exclude_categories=("Cc", "Cs", "Zl", "Zp")), min_size=1).map(str.strip)
)
def test_a_title_is_read_back_whatever_signs_it_has(title):
    given_ = sharing(4, {"a": 3, "b": 1}, "a b")
    things = (
        given_.things[0],
        *[type(one)(key="b", title=title, cost=1) for one in given_.things[1:]],
    )
    given_ = type(given_)(**{**vars(given_), "things": things})

    assert read_back(given_).election.projects[1].name == title


def test_nobody_is_named_in_it_and_costs_have_their_pence():
    text = ballots_written(SPLIT, {"van"}, "Ours")

    assert "Member" not in text
    assert "1;500.00;3;Van;1" in text
    assert "\n4;3\n5;3\n" in text


@pytest.mark.parametrize(("utility", "kind"), [("score", "scoring"), ("count", "approval")])
def test_it_says_how_to_count_it(utility, kind):
    text = ballots_written(sharing(4, {"a": 1, "b": 2}, "a", None, utility=utility), (), "Ours")

    for line in (f"vote_type;{kind}", f"utility;{utility}", "completion;none", "ties;file"):
        assert f"\n{line}\n" in text
    assert "\n2;" in text  # also whoever said nothing holds a share
