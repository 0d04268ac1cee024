"""How an outcome is said: each sentence by hand, as it stands on the page."""

from dataclasses import replace

from hedgerow.focus.shares.outcomes import Missed, outcome_of
from hedgerow.focus.shares.told import outcome_words
from hedgerow.focus.shares.words import nearness

from .shared import sharing

NEAR = Missed(
    key="van",
    title="Van",
    cost=3000_00,
    n_wanted=2,
    is_explained=True,
    price=2100_00,
    step=1_00,
    is_exact=True,
    votes=("Rowan House", "Bright Start"),
    points=1,
)


def said(*args, mine=(), **how):
    return outcome_words(outcome_of(sharing(*args, **how)), set(mine))


def test_the_least_that_would_have_changed_it_is_said_as_at_this_price():
    assert nearness(NEAR) == [
        "At £2,100 (£900 less) it would have been chosen, not at £2,101.",
        "Two more votes would have done it: Rowan House and Bright Start.",
    ]


def test_one_vote_and_points_are_said_as_they_are():
    one = replace(NEAR, price=None, votes=("Rowan House",), points=4)

    assert nearness(one) == [
        "One more vote with four points each would have done it: Rowan House.",
        "No lower price would have done it.",
    ]


def test_where_nothing_would_have_done_it_that_is_said():
    neither = replace(NEAR, price=None, votes=None)

    assert nearness(neither) == ["No lower price and no more votes would have done it."]
    tried = replace(neither, is_exact=False, step=50_00)
    assert nearness(tried) == [
        "No lower price of those we tried, in steps of £50, and no more votes would have done it."
    ]
    assert nearness(replace(NEAR, votes=None))[1:] == [
        "More votes alone would not have changed it."
    ]


def test_what_was_not_worked_out_is_not_said():
    assert nearness(replace(NEAR, is_explained=False)) == []


def test_what_each_member_paid_has_and_has_left():
    told = said(400, {"van": 300, "rota": 150}, "van", "van", "van", "rota", mine=[2])

    assert told.news == "The budget pays for one thing, at £300; £100 is left."
    assert (
        told.served
        == "Of the members, three of four have at least one thing they wanted. Not so: Member 4."
    )
    (van,) = told.by_shares
    assert van.payers == "Member 1 £100, Member 2 £100, Member 3 £100"
    assert van.steady == "In two of eight changes of a single mark it is still chosen."
    assert [(one.paid, one.left, one.has, one.marks) for one in told.held[2:]] == [
        ("Van £100", "£0", "One of one", "Van"),
        ("Nothing", "£100", "None of one", "Rota"),
    ]
    assert [one.name for one in told.held if one.is_own] == ["Member 2"]


def test_who_wants_none_and_who_says_nothing_are_told_apart():
    told = said(90, {"van": 30}, "van", "", None)

    assert [one.marks for one in told.held] == ["Van", "None of these", "Said nothing"]
    assert [one.has for one in told.held] == ["One of one", "Wanted none", "Not known"]
    assert told.absent == "Member 3"
    assert told.served == "Every member that marked something has at least one thing it wanted."
    short = said(120, {"van": 30, "rota": 60}, "van", "rota", "", None)
    assert short.served == (
        "Of the members that marked something, one of two has at least one thing they wanted. "
        "Not so: Member 2."
    )


def test_nothing_at_all_is_an_outcome_too():
    told = said(10, {"van": 90}, "van", "van")

    assert told.news == "The shares pay for none of these. All of £10 is left."
    assert [one.is_over for one in told.missed] == [True]


def test_all_who_have_something_are_said_at_once():
    assert said(90, {"van": 30}, "van", "van").served == (
        "Every member has at least one thing it wanted."
    )


def test_a_third_of_a_pound_is_shown_to_the_penny_and_said_to_be():
    told = said(300, {"van": 100}, "van", "van", "van")

    assert told.by_shares[0].payers == "Member 1 £33.33, Member 2 £33.33, Member 3 £33.33"
    assert told.is_rounded


def test_points_stand_beside_what_they_were_given_to():
    told = said(90, {"van": 30, "rota": 20}, "van:5 rota:1", utility="score")

    assert told.held[0].marks == "Van (5); Rota (1)"


def test_a_tie_says_which_rule_took_the_one():
    told = said(100, {"van": 100, "rota": 100}, "van rota", "van rota", ties="name")

    (level,) = told.levels
    assert level == (
        "In step 1, “Rota” and “Van” were equally good. “Rota” was taken, because it comes first in the "
        "alphabet."
    )
