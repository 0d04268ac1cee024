from dataclasses import replace
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hedgerow.analysis.ground_rules import RuleText, changes_between

TURN_UP = RuleText(slug="turn-up", name="Turn up", sentence="We come.")
SHARE = RuleText(slug="share", name="Share", sentence="We pass things on.")
GIVE_WAY = RuleText(slug="give-way", name="Give way", sentence="We can yield.")
SPREAD = RuleText(slug="spread", name="Spread it", sentence="Others may use it.")

rules = st.builds(
    RuleText,
    slug=st.sampled_from("abcdefg"),
    name=st.sampled_from(("Ash", "Birch")),
    sentence=st.sampled_from(("We do.", "We do not.")),
    is_essential=st.booleans(),
)
versions = st.lists(rules, max_size=7, unique_by=lambda rule: rule.slug)


def of_kind(changes, *kinds):
    return {(change.before or change.after).slug for change in changes if change.kind in kinds}


def test_a_version_beside_itself_has_not_changed():
    assert changes_between((TURN_UP, SHARE), (TURN_UP, SHARE)) == ()


def test_what_came_and_what_went_is_said_with_its_text():
    added, removed = changes_between((TURN_UP, SHARE), (TURN_UP, SPREAD))

    assert added.sentence == "“Spread it” is new. Others may use it."
    assert removed.sentence == "“Share” is taken out. It said: We pass things on."
    assert (added.to_place, removed.from_place) == (2, 2)


def test_a_rule_worded_anew_shows_both_texts():
    (change,) = changes_between((TURN_UP,), (replace(TURN_UP, sentence="We come on time."),))

    assert change.sentence == (
        "“Turn up” is worded anew. It said: We come. It says now: We come on time."
    )


def test_a_rule_with_another_name_is_known_again():
    (change,) = changes_between((TURN_UP,), (replace(TURN_UP, name="Be there"),))

    assert change.kind == "changed"
    assert change.sentence == "“Turn up” is now called “Be there”."


def test_becoming_essential_and_no_longer_being_it_are_said():
    must = replace(TURN_UP, is_essential=True)

    assert changes_between((TURN_UP,), (must,))[0].sentence == "“Turn up” is now essential."
    assert changes_between((must,), (TURN_UP,))[0].sentence == "“Turn up” is no longer essential."


def test_taking_one_out_moves_none_of_the_others():
    changes = changes_between((TURN_UP, SHARE, GIVE_WAY), (SHARE, GIVE_WAY))

    assert [change.kind for change in changes] == ["removed"]


def test_a_rule_that_moved_is_said_with_both_places():
    (change,) = changes_between((TURN_UP, SHARE, GIVE_WAY), (GIVE_WAY, TURN_UP, SHARE))

    assert change.sentence == "“Give way” moves from place 3 to 1."


def test_one_slug_twice_in_a_version_is_a_fault_of_the_caller():
    with pytest.raises(ValueError, match="one slug"):
        changes_between((), (TURN_UP, replace(SHARE, slug="turn-up")))


@given(versions, versions)
def test_what_came_one_way_went_the_other(before, after):
    there, back = changes_between(before, after), changes_between(after, before)

    assert of_kind(there, "added") == of_kind(back, "removed")
    assert of_kind(there, "removed") == of_kind(back, "added")
    assert of_kind(there, "changed") == of_kind(back, "changed")
    assert of_kind(there, "essential") == of_kind(back, "not_essential")
    assert len(of_kind(there, "moved")) == len(of_kind(back, "moved"))


@given(versions, versions)
def test_done_to_the_earlier_version_the_changes_give_the_later(before, after):
    """Law: nothing that is different goes unsaid."""
    assert done(before, changes_between(before, after)) == after


@given(versions, versions)
def test_as_few_have_moved_as_a_slow_search_finds(before, after):
    moved = of_kind(changes_between(before, after), "moved")

    assert len(moved) == fewest_moved(before, after)


def done(before, changes):
    """What the changes make of a version, read one by one; those that stay keep their order."""
    gone = of_kind(changes, "removed", "moved")
    left = [rule for rule in before if rule.slug not in gone]
    texts = {change.after.slug: change.after for change in changes if change.after}
    left = [texts.get(rule.slug, rule) for rule in left]
    for change in sorted(changes, key=lambda change: change.to_place):
        if change.kind in ("added", "moved"):
            left.insert(change.to_place - 1, change.after)
    return left


def fewest_moved(before, after):
    """Twin: tries to leave out ever more rules until the rest stand in one order."""
    both = {rule.slug for rule in before} & {rule.slug for rule in after}
    for n in range(len(both) + 1):
        for out in combinations(sorted(both), n):
            stay = both - set(out)
            if order(before, stay) == order(after, stay):
                return n
    raise AssertionError


def order(version, stay):
    return [rule.slug for rule in version if rule.slug in stay]
