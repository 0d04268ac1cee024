import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hedgerow.core.yamls import (
    MOST_CHARACTERS,
    MOST_DEPTH,
    MOST_FAULTS,
    MOST_NODES,
    no_twins,
    read_yaml,
)

WHOLE = """\
slug: hazelford
kind: focus
n: 3
days: 4.5
planned: 4 weeks
award: £15,000
open: true
words: no
roles: [core, deputy]
inside:
  sentence: We meet
    on Fridays.
entries:
  - slug: ash
  - slug: elm
"""


def told(node):
    return [f"{fault.row}:{fault.column} {fault.sentence}" for fault in node.faults()]


def read(text, ask):
    node = read_yaml(text, name="test.yaml")
    ask(node)
    return told(node)


def test_everything_that_is_asked_for_is_handed_over_in_its_type():
    top = read_yaml(WHOLE, name="test.yaml")

    assert top.slug("slug") == "hazelford"
    assert top.choice("kind", ("forming", "focus")) == "focus"
    assert top.number("n", least=1, most=3) == 3
    assert top.half_days("days") == 9
    assert top.days("planned") == 28
    assert top.pounds("award") == 1_500_000
    assert top.flag("open") is True
    assert top.text("words") == "no"
    assert top.texts("roles", of=("core", "deputy")) == ("core", "deputy")
    assert top.one("inside").sentence("sentence") == "We meet on Fridays."
    assert [entry.slug("slug") for entry in top.each("entries")] == ["ash", "elm"]
    assert top.faults() == ()


def test_what_may_be_left_out_is_what_was_said_to_be_meant():
    top = read_yaml("a: 1\nempty:\n", name="test.yaml")

    assert top.text("a") == "1"
    assert top.text("empty", otherwise="nothing") == "nothing"
    assert top.flag("b", otherwise=True) is True
    assert top.number("c", least=1, most=9, otherwise=5) == 5
    assert top.each("d", least=0) == []
    assert top.faults() == ()


@pytest.mark.parametrize(
    ("text", "ask", "fault"),
    [
        (
            "a: 1\nkind: forning\n",
            lambda top: (top.text("a"), top.choice("kind", ("forming", "focus"))),
            "2:7 Line 2: “kind” must be one of forming, focus; it says “forning”.",
        ),
        (
            "\n  a: 1\n",
            lambda top: (top.text("a"), top.text("b")),
            "2:3 Line 2: “b” is missing here.",
        ),
        ("a:\n", lambda top: top.text("a"), "1:3 Line 1: nothing is written under “a”."),
        ("a: ~\n", lambda top: top.text("a"), "1:4 Line 1: nothing is written under “a”."),
        ("a: '  '\n", lambda top: top.text("a"), "1:4 Line 1: nothing is written under “a”."),
        (
            "a: [b]\n",
            lambda top: top.text("a"),
            "1:4 Line 1: “a” must be words, 600 characters at most; a list stands there.",
        ),
        (
            "a: {b: c}\n",
            lambda top: top.text("a"),
            "1:4 Line 1: “a” must be words, 600 characters at most; names with colons stand there.",
        ),
        (
            "a: abcdef\n",
            lambda top: top.text("a", most=5),
            "1:4 Line 1: “a” must be words, 5 characters at most; it says “abcdef”.",
        ),
        (
            "a: Two words\n",
            lambda top: top.slug("a"),
            (
                "1:4 Line 1: “a” must be small letters, digits and hyphens, 60 at most, "
                "such as “next-meeting”; it says “Two words”."
            ),
        ),
        (
            "a: No stop\n",
            lambda top: top.sentence("a"),
            (
                "1:4 Line 1: “a” must be a sentence that ends with a full stop, "
                "600 characters at most; it says “No stop”."
            ),
        ),
        (
            "a: 2009-13\n",
            lambda top: top.shaped("a", re.compile(r"\d{4}-(0\d|1[0-2])"), "a month"),
            "1:4 Line 1: “a” must be a month; it says “2009-13”.",
        ),
        (
            "a: seven\n",
            lambda top: top.number("a", least=1, most=9),
            "1:4 Line 1: “a” must be a whole number from 1 to 9, in figures; it says “seven”.",
        ),
        (
            "a: 10\n",
            lambda top: top.number("a", least=1, most=9),
            "1:4 Line 1: “a” must be a whole number from 1 to 9, in figures; it says “10”.",
        ),
        (
            f"a: {'9' * 5000}\n",
            lambda top: top.number("a", least=1, most=9),
            (
                "1:4 Line 1: “a” must be a whole number from 1 to 9, in figures; "
                f"it says “{'9' * 59}…”."
            ),
        ),
        (
            "a: 6.25\n",
            lambda top: top.half_days("a"),
            "1:4 Line 1: “a” must be whole or half days, such as 6 or 4.5; it says “6.25”.",
        ),
        (
            "a: 0 weeks\n",
            lambda top: top.days("a"),
            (
                "1:4 Line 1: “a” must be a length of time above nothing, such as “10 days” or "
                "“4 weeks”; it says “0 weeks”."
            ),
        ),
        (
            "a: 1200,50\n",
            lambda top: top.pounds("a"),
            "1:4 Line 1: “a” must be an amount in pounds, such as £15,000; it says “1200,50”.",
        ),
        (
            "a: -£5\n",
            lambda top: top.pounds("a"),
            "1:4 Line 1: “a” must be an amount in pounds, such as £15,000; it says “-£5”.",
        ),
        (
            "a: yes\n",
            lambda top: top.flag("a"),
            "1:4 Line 1: “a” must be true or false; it says “yes”.",
        ),
        (
            "a: words\n",
            lambda top: top.each("a"),
            (
                "1:4 Line 1: “a” must be a list, each entry on its own line after a dash; "
                "it says “words”."
            ),
        ),
        (
            "a: []\n",
            lambda top: top.each("a"),
            "1:4 Line 1: “a” must have at least 1 in its list; it has 0.",
        ),
        (
            "a: words\n",
            lambda top: top.one("a").text("b"),
            "1:4 Line 1: “a” must hold names with a colon after each; it says “words”.",
        ),
        (
            "a:\n  - b\n",
            lambda top: [entry.text("c") for entry in top.each("a")],
            "2:5 Line 2: here must stand names with a colon after each; it says “b”.",
        ),
        (
            "a:\n  - b\n  - c\n  - b\n",
            lambda top: top.texts("a"),
            "4:5 Line 4: “b” is here twice; it is on line 2 already.",
        ),
        (
            "a: [b, [c]]\n",
            lambda top: top.texts("a", of=("b", "c")),
            "1:8 Line 1: each entry of “a” must be one of b, c; a list stands there.",
        ),
        (
            "a: [b, d]\n",
            lambda top: top.texts("a", of=("b", "c")),
            "1:8 Line 1: each entry of “a” must be one of b, c; it says “d”.",
        ),
        (
            "a:\n  - k: x\n  - k: y\n  - k: x\n",
            lambda top: (
                no_twins(top.each("a"), "k"),
                [entry.text("k") for entry in top.each("a")],
            ),
            "4:8 Line 4: “x” is the “k” on line 2 already.",
        ),
        (
            "name: x\nnmae: y\n",
            lambda top: top.text("name"),
            "2:1 Line 2: “nmae” is not a name that can stand here. Did you mean “name”?",
        ),
        (
            "name: x\nin:\n  b: 1\n  colour: y\n",
            lambda top: (top.text("name"), top.one("in").text("b")),
            "4:3 Line 4: “colour” is not a name that can stand here.",
        ),
    ],
)
def test_what_is_wrong_is_said_with_its_line_and_column(text, ask, fault):
    assert read(text, ask) == [fault]


@pytest.mark.parametrize(
    ("text", "faults"),
    [
        ("", ["1:1 Line 1: nothing is written in this file."]),
        ("# only a comment\n", ["1:1 Line 1: nothing is written in this file."]),
        (
            "just words\n",
            ["1:1 Line 1: here must stand names with a colon after each; it says “just words”."],
        ),
        (
            "- a\n- b\n",
            ["1:1 Line 1: here must stand names with a colon after each; a list stands there."],
        ),
        (
            "a: 1\nb: 2\na: 3\na: 4\n",
            [
                "3:1 Line 3: “a” is here twice; it is on line 1 already.",
                "4:1 Line 4: “a” is here twice; it is on line 1 already.",
            ],
        ),
        (
            "a: 1\n\tb: 2\nc:\td\n",
            [
                "2:1 Line 2: there is a tab here; write spaces in its place.",
                "3:3 Line 3: there is a tab here; write spaces in its place.",
            ],
        ),
        (
            "a: b\u200bc\u2028\n".replace("\u200b", "\x07"),
            ["1:5 Line 1: there is a sign here that cannot be seen (U+0007); take it out."],
        ),
        (
            "a: 1\nb: c\u2028d\n",
            ["2:5 Line 2: there is a sign here that cannot be seen (U+2028); take it out."],
        ),
        (
            'a: "\\0"\n',
            ["1:4 Line 1: there is a sign here that cannot be seen (U+0000); take it out."],
        ),
        (
            'a: "\\ud800"\n',
            ["1:4 Line 1: there is a sign here that cannot be seen (U+D800); take it out."],
        ),
        ('a: "\\UFFFFFFFF"\n', ["1:7 Line 1: a number stands here that is beyond all bounds."]),
        (
            "a: &here [1]\nb: *here\n",
            [
                "1:4 Line 1: “&here” names this place for later; leave that out.",
                "2:4 Line 2: “*here” points to another place; write it out here.",
            ],
        ),
        (
            "a: !!python/object/apply:os.system [ls]\n",
            [
                "1:4 Line 1: “tag:yaml.org,2002:python/object/apply:os.system” is a tag; leave it out."
            ],
        ),
        (
            "a: b: c\n",
            [
                (
                    "1:5 Line 1: a colon stands where none can: line this up, "
                    "or put the words in quotes."
                )
            ],
        ),
        ("a: 1\nb\nc: 2\n", ["3:1 Line 3: there is no colon after this name."]),
        ("a:\n    - b\n  - c\n", ["3:3 Line 3: this does not line up with what it belongs to."]),
        ('a: 1\nb: "open\n', ["2:4 Line 2: a quote is opened here and never closed."]),
        (
            "a: [b, c\n",
            ["1:4 Line 1: a bracket opened here is not closed, or a comma is missing after it."],
        ),
        (
            "a: @b\n",
            ["1:4 Line 1: words cannot begin with this sign; put them in quotes."],
        ),
        (
            'a: "b\\q"\n',
            ["1:4 Line 1: a backslash in double quotes stands here; use single quotes."],
        ),
        ("[a, b]: c\n", ["1:1 Line 1: a name before a colon must be words on one line."]),
        ("a: 1\n---\nb: 2\n", ["2:1 Line 2: a second document begins here; a file holds one."]),
        (
            b"a: 1\nb: caf\xe9\n",
            ["2:7 Line 2: this is not text in UTF-8. Save the file as UTF-8 and try again."],
        ),
    ],
)
def test_what_is_not_plain_yaml_is_said_once_and_where(text, faults):
    node = read_yaml(text, name="test.yaml")
    assert told(node) == faults


def test_all_faults_are_named_at_once_and_in_the_order_of_the_file():
    def ask(top):
        top.text("last")
        for entry in top.each("entries"):
            entry.number("n", least=0, most=9)
            entry.sentence("said")

    faults = read("entries:\n  - n: x\n  - said: No\nodd: 1\nlast: []\n", ask)

    assert [fault.split(" ", 1)[0] for fault in faults] == [
        "2:5",
        "2:8",
        "3:5",
        "3:11",
        "4:1",
        "5:7",
    ]


def test_a_fault_is_told_once_however_often_its_place_is_read():
    def ask(top):
        top.each("a")
        top.each("a")
        top.text("b")
        top.text("b")

    assert len(read("c:\n", ask)) == 3


def test_nothing_is_said_about_what_lies_under_a_fault():
    faults = read("a: words\n", lambda top: [top.one("a").text(key) for key in "bcd"])
    assert len(faults) == 1


def test_a_fault_names_its_file():
    node = read_yaml("", name="mine.yaml")
    assert [fault.sheet for fault in node.faults()] == ["mine.yaml"]


def test_asking_for_faults_twice_gives_the_same():
    node = read_yaml("a: 1\nb: 2\n", name="test.yaml")
    node.text("a")
    assert node.faults() == node.faults() != ()


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_lines_are_counted_as_an_editor_counts_them(line_end):
    text = line_end.join(["\ufeffa: 1", "# £", "b: 2", "c: x", ""])
    faults = read(text, lambda top: (top.text("a"), top.text("b"), top.flag("c")))
    assert faults == ["4:4 Line 4: “c” must be true or false; it says “x”."]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("x" * (MOST_CHARACTERS + 1), "longer than 1,000,000 characters"),
        (b"x" * 10_000_000, "longer than 1,000,000 characters"),
        ("[" * 900_000, f"more than {MOST_DEPTH} levels deep"),
        ("{a: " * 200_000, f"more than {MOST_DEPTH} levels deep"),
        ("- " * 400_000, f"more than {MOST_DEPTH} levels deep"),
        ("- a\n" * 200_000, f"more than {MOST_NODES:,} entries"),
    ],
    ids=["long", "longer", "brackets", "braces", "dashes", "entries"],
)
def test_what_is_too_much_is_refused_with_one_sentence(text, sentence):
    node = read_yaml(text, name="test.yaml")
    node.text("a")
    (fault,) = node.faults()
    assert sentence in fault.sentence


def test_a_billion_laughs_are_not_laughed():
    lines = ["a0: &a0 ha"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 10)]
    node = read_yaml("\n".join(lines), name="test.yaml")

    assert len(node.faults()) == 10 + 9 * 9
    assert [entry.held for entry in node.each("a9")] == [None] * 9


def test_of_too_many_faults_the_first_are_named_and_the_others_counted():
    node = read_yaml("a: 1\n" * 1001, name="test.yaml")
    faults = node.faults()

    assert len(faults) == MOST_FAULTS
    assert faults[-1].sentence == "Line 101: 901 more faults follow. Mend these first."


scraps = st.lists(
    st.sampled_from(
        ["a", "b: ", "- ", "\n", "  ", ": ", "[", "]", "{", "}", "&x ", "*x ", "!t ", '"', "'", "#",
         "|", ">", "? ", "---\n", "...\n", "%YAML 1.9\n", "\t", "\\", "~", "<<: ", ",", "\0", "£", "é"]
    ),
    max_size=40,
).map("".join)  # fmt: skip


@given(scraps | st.text(max_size=200) | st.binary(max_size=60))
def test_no_text_at_all_makes_it_stumble(text):
    node = read_yaml(text, name="test.yaml")
    node.text("a")
    node.number("b", least=0, most=1)
    for entry in node.each("c"):
        entry.one("d").texts("e")

    for fault in node.faults():
        assert re.fullmatch(rf"Line {fault.row}: .+[.?]", fault.sentence, re.DOTALL)
        assert fault.row >= 1
        assert int(fault.column) >= 1


@given(
    st.text(
        alphabet=st.characters(codec="utf-8", categories=["L", "N", "P", "S", "Zs"]), max_size=80
    )
)
def test_words_in_quotes_come_out_as_they_went_in(words):
    quoted = words.replace("'", "''")
    node = read_yaml(f"a: '{quoted}'\n", name="test.yaml")
    assert node.text("a", otherwise="") == " ".join(words.split())
    assert node.faults() == ()
