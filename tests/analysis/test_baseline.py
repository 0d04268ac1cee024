from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hedgerow.analysis.baseline import Say, check, review

ITEMS = ("firewall", "backups", "spares", "budget")
FLAGS = ("firewall", "backups")
WORDS = {"y": "yes", "p": "partly", "n": "no", "u": "unknown"}


def said(letters, **costs):
    """ "ynp-": one letter an item, - for no answer; costs in pence by item."""
    return {
        item: Say(word=WORDS[letter], cost=costs.get(item))
        for item, letter in zip(ITEMS, letters, strict=True)
        if letter != "-"
    }


def checked(letters):
    return check(said(letters), ITEMS, FLAGS)


@pytest.mark.parametrize(
    ("letters", "state"),
    [
        ("yyyy", "meets"),
        ("yynn", "meets"),  # only what flags counts
        ("pyyy", "meets"),
        ("nyyy", "below"),
        ("nuyy", "below"),  # a no is a no, whatever else is not known
        ("yuyy", "cannot_tell"),
        ("-yyy", "cannot_tell"),
        ("----", "cannot_tell"),
    ],
)
def test_a_no_on_an_item_that_flags_is_below(letters, state):
    """decisions.md 33: a “don't know” cannot be told."""
    assert checked(letters).state == state


def test_a_check_says_what_it_was_made_of():
    one = checked("nupy")

    assert (one.below_on, one.unsure_on) == (("firewall",), ("backups",))
    assert (one.n_yes, one.n_partly, one.n_no, one.n_unknown) == (1, 1, 1, 1)
    assert one.n_asked == 4


def test_without_items_there_is_no_baseline():
    with pytest.raises(ValueError, match="without items"):
        check({}, (), ())


def test_the_list_to_put_right_has_what_flags_first_and_then_what_most_lack():
    all_said = {
        "ash": said("ynnn", backups=30000, spares=5000),
        "birch": said("ypnu", backups=10000),
        "cedar": said("yynp", budget=1),
        "dunnock": said("yy-y"),
        "elder": {},
    }
    found = review(all_said, ITEMS, FLAGS)
    backups, spares, budget = found.fixes

    assert (found.n_reviewed, found.n_below, found.n_meets, found.n_cannot_tell) == (4, 1, 3, 0)
    assert (backups.item, backups.flags) == ("backups", True)
    assert (backups.no, backups.partly, backups.unknown) == (("ash",), ("birch",), ())
    assert (backups.cost, backups.n_costed, backups.n_not_costed) == (40000, 2, 0)
    assert (spares.no, spares.cost) == (("ash", "birch", "cedar"), 5000)
    assert (spares.n_costed, spares.n_not_costed) == (1, 2)
    assert (budget.no, budget.partly, budget.unknown) == (("ash",), ("cedar",), ("birch",))
    assert (found.cost, found.n_not_costed) == (45001, 3)


def test_a_cost_beside_a_yes_is_nothing_to_put_right():
    found = review({1: said("yyyn") | {"firewall": Say(word="yes", cost=99)}}, ITEMS, FLAGS)

    assert [fix.item for fix in found.fixes] == ["budget"]
    assert found.cost == 0


def test_whoever_answered_nothing_that_is_asked_was_not_reviewed():
    assert review({1: {}, 2: {"else": Say(word="no")}}, ITEMS, FLAGS).n_reviewed == 0


# --- the laws

says = st.builds(
    Say,
    word=st.sampled_from(sorted(WORDS.values())),
    cost=st.none() | st.integers(0, 10**6),
)
answers = st.dictionaries(st.sampled_from(ITEMS), says)
groups = st.dictionaries(st.integers(1, 14), answers, max_size=13)


def twin(all_said):
    """Below, cannot tell, reviewed, and pence, the slow plain way."""
    below = cannot = reviewed = pence = 0
    for of in all_said.values():
        if not of:
            continue
        reviewed += 1
        words = [of[item].word if item in of else None for item in FLAGS]
        if "no" in words:
            below += 1
        elif None in words or "unknown" in words:
            cannot += 1
        pence += sum(say.cost or 0 for say in of.values() if say.word != "yes")
    return below, cannot, reviewed, pence


@given(groups)
def test_the_review_equals_its_slow_plain_twin(all_said):
    found = review(all_said, ITEMS, FLAGS)

    assert (found.n_below, found.n_cannot_tell, found.n_reviewed, found.cost) == twin(all_said)
    assert found.n_below + found.n_cannot_tell + found.n_meets == found.n_reviewed


@given(groups, st.randoms())
def test_the_order_of_members_changes_nothing(all_said, chance):
    keys = list(all_said)
    chance.shuffle(keys)

    assert review({key: all_said[key] for key in keys}, ITEMS, FLAGS) == review(
        all_said, ITEMS, FLAGS
    )


@given(answers, st.sampled_from(ITEMS))
def test_turning_anything_into_a_yes_never_makes_it_worse(said, item):
    better = check(said | {item: Say(word="yes")}, ITEMS, FLAGS)
    before = check(said, ITEMS, FLAGS)
    order = ("below", "cannot_tell", "meets")

    assert order.index(better.state) >= order.index(before.state)
    assert better.n_yes >= before.n_yes


@given(groups, st.sampled_from(ITEMS), st.data())
def test_a_no_more_never_moves_an_item_down_the_list(all_said, item, data):
    some = [key for key, of in all_said.items() if item in of and of[item].word != "yes"]
    if not some:
        return
    key = data.draw(st.sampled_from(some))
    worse = all_said | {key: all_said[key] | {item: replace(all_said[key][item], word="no")}}

    def place(of):
        return [fix.item for fix in review(of, ITEMS, FLAGS).fixes].index(item)

    assert place(worse) <= place(all_said)


@given(groups)
def test_everybody_stands_once_beside_each_item(all_said):
    for fix in review(all_said, ITEMS, FLAGS).fixes:
        lack = (*fix.no, *fix.partly, *fix.unknown)
        assert len(set(lack)) == len(lack) > 0
        assert fix.n_not_costed <= len(fix.no) + len(fix.partly)
        assert fix.n_costed + fix.n_not_costed <= len(lack)
