from dataclasses import replace

from hedgerow.analysis.needs import (
    NeedProfile,
    Pressing,
    Score,
    both_ways,
    common_needs,
    introductions,
    pressing,
    sides,
    strong,
)
from hedgerow.journeys.results import kept, read_back

FUNCTIONS = ("payroll", "buying", "volunteers")


def score(both):
    """ "2/5": strength, priority."""
    strength, priority = both.split("/")
    return Score(strength=int(strength), priority=int(priority))


def scores(**by_member):
    """ash="2/5 - 4/1": one mark for each function, - for none."""
    return {
        name: {
            function: score(both)
            for function, both in zip(FUNCTIONS, words.split(), strict=True)
            if both != "-"
        }
        for name, words in by_member.items()
    }


SIX = scores(
    ash="2/5 4/2 1/3",
    birch="1/4 5/5 3/3",
    cedar="5/1 1/2 3/5",
)


def test_a_need_presses_where_priority_is_two_steps_above_strength():
    assert pressing(score("3/5"))
    assert not pressing(score("3/4"))
    assert not pressing(score("5/1"))


def test_a_strength_of_four_can_be_offered():
    assert strong(score("4/5"))
    assert not strong(score("3/1"))


def test_what_presses_for_most_stands_first_and_says_why():
    payroll, volunteers, buying = common_needs(SIX, FUNCTIONS)

    assert (payroll.function, payroll.rank) == ("payroll", 1)
    assert payroll.presses == ("ash", "birch")  # both with a gap of 3, so by their keys
    assert payroll.strong == ("cedar",)
    assert (payroll.n_pressing, payroll.n_answered) == (2, 3)
    assert (payroll.gaps, payroll.priorities, payroll.strengths) == (6, 10, 8)
    assert (volunteers.rank, volunteers.n_pressing, volunteers.gaps) == (2, 2, 4)
    assert (buying.rank, buying.n_pressing, buying.strong) == (3, 0, ("birch", "ash"))


def test_what_ties_shares_a_rank_and_stands_as_asked():
    found = common_needs(scores(ash="2/5 2/5 1/5"), FUNCTIONS)

    assert [(need.function, need.rank) for need in found] == [
        ("volunteers", 1),
        ("payroll", 2),
        ("buying", 2),
    ]
    last = common_needs(scores(ash="2/5 2/5 5/1"), FUNCTIONS)[-1]
    assert last.rank == 3  # the two before it share the first


def test_priority_decides_where_gaps_are_the_same():
    found = common_needs(scores(ash="1/3 3/5 -"), FUNCTIONS)

    assert [need.function for need in found] == ["buying", "payroll"]


def test_what_nobody_scored_is_no_need():
    assert common_needs({}, FUNCTIONS) == ()
    assert common_needs({"ash": {}}, FUNCTIONS) == ()
    assert [need.function for need in common_needs(scores(ash="- 1/1 -"), FUNCTIONS)] == ["buying"]


def test_a_strong_member_is_introduced_to_those_for_whom_it_presses():
    (payroll,) = introductions(SIX, FUNCTIONS)

    assert (payroll.function, payroll.offers, payroll.needs) == (
        "payroll",
        ("cedar",),
        ("ash", "birch"),
    )
    assert list(payroll.pairs) == [("cedar", "ash"), ("cedar", "birch")]


def test_what_each_could_offer_and_wants():
    found = sides(SIX, FUNCTIONS)

    assert (found["ash"].offers, found["ash"].wants) == (("buying",), ("payroll", "volunteers"))
    assert (found["cedar"].offers, found["cedar"].wants) == (("payroll",), ("volunteers",))


def test_two_who_could_each_help_the_other_are_found_once():
    pair = scores(ash="5/1 1/5 -", birch="1/5 5/1 -", cedar="5/1 - -")

    assert both_ways(introductions(pair, FUNCTIONS)) == (("ash", "birch"),)


# --- what a round leaves

PROFILE = NeedProfile(
    instrument="capacity",
    functions=FUNCTIONS,
    scores={
        1: {"payroll": score("1/5"), "buying": score("4/4")},
        2: {"payroll": score("5/5")},
    },
    released={"payroll": 3},
    n_unseen=6,
    names={"payroll": "Payroll", "buying": "Buying"},
)


def test_open_scores_and_released_counts_are_counted_together():
    assert PROFILE.pressing == {
        "payroll": Pressing(n=4, n_counted=8, n_unseen=6),
        "buying": Pressing(n=0, n_counted=1, n_unseen=0),
    }


def test_a_profile_comes_back_as_it_was_kept():
    assert read_back(NeedProfile, kept(PROFILE), members={1, 2}) == PROFILE


def test_a_profile_of_the_first_version_comes_back_without_names():
    row = kept(PROFILE)
    whole = {name: said for name, said in row.whole.items() if name != "names"}

    old = read_back(NeedProfile, replace(row, version=1, whole=whole), members={1, 2})

    assert old == replace(PROFILE, names={})


def test_a_profile_comes_back_without_the_scores_of_who_left():
    left = read_back(NeedProfile, kept(PROFILE), members={2})

    assert left.scores == {2: PROFILE.scores[2]}
    assert (left.released, left.n_unseen) == (PROFILE.released, 6)
    assert left.pressing["payroll"].n == 3
