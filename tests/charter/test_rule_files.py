"""Ground rules as files that people change by hand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hedgerow.analysis.ground_rules import RuleText
from hedgerow.charter import rule_files
from hedgerow.charter.rule_files import read_rules, with_slugs, write_rules

from .scenes_rules import RULES

PLAIN = """\
ground_rules:
  - name: Turn up
    sentence: We come, or say so.
    essential: true
  - name: Share
    sentence: We pass on what helps.
  - name: Give way
    sentence: It may be nobody's first choice.
"""

words = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Co", "Cn", "Zl", "Zp", "Cf")),
    min_size=1,
    max_size=80,
).map(rule_files.in_one_line)
slugs = st.from_regex(r"[a-z][a-z0-9]{0,9}(-[a-z0-9]{1,9})?", fullmatch=True)
rules = st.builds(
    RuleText,
    slug=slugs,
    name=words.filter(bool),
    sentence=words.filter(bool),
    is_essential=st.booleans(),
)


def unlike(rules):
    slugs, names = ({get(rule) for rule in rules} for get in (_slug, _name))
    return len(slugs) == len(names) == len(rules)


def _slug(rule):
    return rule.slug


def _name(rule):
    return rule.name.casefold()


def faults_of(text):
    found, faults = read_rules(text, name="rules.yaml")
    assert found is None
    return [fault.sentence for fault in faults]


@given(st.lists(rules, min_size=3, max_size=8).filter(unlike), st.integers(0, 999), words)
def test_what_is_written_is_read_back_the_same(rules, version, came_from):
    """Law: a file is the rules, whole, and nothing else."""
    text = write_rules(rules, version=version, came_from=came_from)

    found, faults = read_rules(text, name="rules.yaml")

    assert faults == ()
    assert found.rules == tuple(rules)
    assert (found.version, found.came_from) == (version, came_from)


@pytest.mark.parametrize("word", ["no", "true", "null", "~", "1", "- a", "a: b", "# a", "'", "“x”"])
def test_words_that_mean_something_to_yaml_stay_words(word):
    rules = (RuleText(slug="one", name=word, sentence=word), *RULES)

    found, faults = read_rules(write_rules(rules), name="rules.yaml")

    assert faults == ()
    assert found.rules == rules


def test_a_file_without_slugs_gets_them_from_the_names():
    found, _ = read_rules(PLAIN, name="rules.yaml")

    assert [rule.slug for rule in found.rules] == ["turn-up", "share", "give-way"]
    assert [rule.is_essential for rule in found.rules] == [True, False, False]


@pytest.mark.parametrize(
    "content",
    [
        b"\xef\xbb\xbf" + PLAIN.encode(),
        PLAIN.replace("\n", "\r\n").encode(),
        PLAIN.replace("\n", "\r").encode(),
        "\ufeff" + PLAIN,
    ],
    ids=["a mark at the start", "ends of Windows", "ends of an old Macintosh", "a mark in text"],
)
def test_a_file_is_read_as_other_machines_write_it(content):
    found, faults = read_rules(content, name="rules.yaml")

    assert faults == ()
    assert len(found.rules) == 3


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("  - name: Share", "\t- name: Share", "Line 5: there is a tab here; write spaces"),
        ("    essential: true", "    essential: yes", "Line 4: “essential” must be true or false"),
        ("    essential: true", "    esential: true", "Did you mean “essential”?"),
        ("    essential: true", "    name: Again", "Line 4: “name” is here twice; it is on line 2"),
        ("name: Share", "name: TURN  up", "Line 5: another rule has this name; it is on line 2"),
        ("    sentence: We pass on what helps.", "    slug: share", "“sentence” is missing here"),
        ("name: Share", "name:", "Line 5: nothing is written under “name”"),
        ("name: Share", "name: " + "x" * 81, "Line 5: “name” must be words, 80 characters at most"),
        ("name: Share", "name: Share\n    slug: Share!", "Line 6: “slug” must be small letters"),
        ("name: Share", "name: S\x07", "there is a sign here that cannot be seen (U+0007)"),
        ("ground_rules:", "rules:", "“ground_rules” is missing here"),
        (
            "ground_rules:",
            "version: two\nground_rules:",
            "Line 1: “version” must be a whole number",
        ),
    ],
)
def test_a_fault_is_told_with_its_line(old, new, said):
    assert any(said in fault for fault in faults_of(PLAIN.replace(old, new)))


def test_one_slug_twice_is_told_with_the_line_of_the_first():
    text = PLAIN.replace("- name: Turn", "- slug: a\n    name: Turn")
    text = text.replace("- name: Share", "- slug: a\n    name: Share")

    assert faults_of(text) == ["Line 6: “a” is the “slug” on line 2 already."]


@pytest.mark.parametrize(("n", "said"), [(2, "there are 2"), (21, "there are 21")])
def test_there_are_three_to_twenty_rules(n, said):
    text = "ground_rules:\n" + "".join(
        f"  - name: Rule {at}\n    sentence: We do {at}.\n" for at in range(n)
    )

    assert faults_of(text) == [f"Line 2: there must be 3 to 20 rules; {said}."]


def test_an_empty_file_and_one_that_is_no_text_are_told():
    assert faults_of("") == ["Line 1: nothing is written in this file."]
    assert "not text in UTF-8" in faults_of(b"\xff\xfeg\x00")[0]


def test_a_rule_without_a_letter_in_its_name_gets_a_slug_all_the_same():
    named = with_slugs(
        [RuleText(slug="", name=name, sentence="s") for name in ("24/7", "守", "!", "守 守")]
    )

    slugs = [rule.slug for rule in named]
    assert slugs == ["rule-247", "rule", "rule-2", "rule-3"]
    assert all(rule_files.SLUG.fullmatch(slug) for slug in slugs)


def test_a_new_slug_is_none_that_another_rule_has():
    one, two = with_slugs(
        [
            RuleText(slug="", name="Turn up", sentence="New."),
            RuleText(slug="turn-up", name="Be there", sentence="Old."),
        ]
    )

    assert (one.slug, two.slug) == ("turn-up-2", "turn-up")


@given(words.filter(bool))
def test_whatever_its_name_a_rule_has_a_slug_that_a_file_can_hold(name):
    (rule,) = with_slugs([RuleText(slug="", name=name, sentence="s")])

    assert rule_files.SLUG.fullmatch(rule.slug)
    assert len(rule.slug) <= rule_files.MOST_SLUG
