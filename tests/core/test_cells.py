"""Cells on their way into a spreadsheet and back."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from hedgerow.core.cells import alike, marked, neat, unmarked, unseen, visible

tricky = st.text(st.sampled_from("'=+-@\t\r\n\0＝ab 1") | st.characters(), max_size=8)


@given(tricky)
@example("'=1")
@example("''")
def test_a_marked_cell_can_be_unmarked(words):
    assert unmarked(marked(words)) == words


@given(tricky)
def test_no_marked_cell_begins_as_a_formula_does(words):
    assert not marked(words).startswith(tuple("=+-@\t\r\n\0＝＋－＠"))


def test_words_that_nothing_would_run_stay_as_they_are():
    for words in ("Open Door", "", "12", "it's", "'Twas", "a=b"):
        assert marked(words) == words


@pytest.mark.parametrize("cell", ["\ufeff name ", "\u200bname", "name\u00a0", "\tname\r\n"])
def test_what_cannot_be_seen_around_words_is_no_part_of_them(cell):
    assert neat(cell) == "name"


def test_letters_are_composed_as_they_are_typed():
    assert neat("cafe\u0301") == "café"


@pytest.mark.parametrize(
    "heading", ["Legal form", "LEGAL FORM", "legal_form", " legal\u00a0form ", "le\u200bgal form"]
)
def test_headings_that_people_call_the_same_are_alike(heading):
    assert alike(heading) == alike("legal form")


def test_other_headings_are_not_alike():
    assert alike("legal form") != alike("legal forms")


@pytest.mark.parametrize(("words", "sign"), [("a\0b", "U+0000"), ("\ufffd", "U+FFFD"), ("ok", "")])
def test_a_sign_that_cannot_be_seen_is_named(words, sign):
    assert unseen(words) == sign


@given(st.text())
def test_what_is_quoted_stands_on_one_line_and_can_be_printed(words):
    shown = visible(words)

    assert len(shown) == len(words)
    assert shown.isprintable()
    assert visible(shown) == shown


def test_what_can_be_seen_is_quoted_as_it_is():
    assert visible("£1,200 — “é”") == "£1,200 — “é”"
    assert visible("a\nb\x1b[1m\ud800") == "a b\ufffd[1m\ufffd"
