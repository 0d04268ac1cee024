"""An answer is read from what people type, shown in words, and kept only if it is one."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hedgerow.diagnostics.questions.answers import faults_in, n_answered, read, shown, wrong_with
from hedgerow.diagnostics.questions.instruments import Kind
from tests.diagnostics.kinds import EVERY_KIND, FULL, answers_to, value_of

SINGLE = tuple(
    item
    for item in EVERY_KIND.items
    if item.kind not in (Kind.SEVERAL, Kind.RANKED, Kind.TABLE, Kind.FILE)
)
PLACES, SUPPLIERS = EVERY_KIND.item("places"), EVERY_KIND.item("suppliers")
COLUMNS = (*PLACES.columns, *SUPPLIERS.columns)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=5),
    lambda it: st.lists(it, max_size=3) | st.dictionaries(st.text(max_size=5), it, max_size=3),
    max_leaves=6,
)


def said_alone(value):
    """Of yes or no, only the word is read from one line."""
    return {"say": value["say"]} if isinstance(value, dict) and "say" in value else value


@pytest.mark.parametrize("asked", (*SINGLE, *COLUMNS), ids=lambda asked: asked.slug)
@given(data=st.data())
def test_what_is_shown_is_read_as_the_same(asked, data):
    value = data.draw(value_of(asked).filter(lambda it: not isinstance(it, dict) or "say" in it))
    value = said_alone(value)
    assert wrong_with(asked, value) == ""
    assert read(asked, shown(asked, value)) == value


@pytest.mark.parametrize("asked", (*SINGLE, *COLUMNS), ids=lambda asked: asked.slug)
@given(typed=st.text(max_size=20) | st.from_regex(r"[0-9£, .–:/-]{1,8}", fullmatch=True))
def test_whatever_is_typed_is_read_as_something_that_can_be_kept_or_refused(asked, typed):
    try:
        value = read(asked, typed)
    except ValueError as refused:
        assert str(refused).endswith(".")
    else:
        assert wrong_with(asked, value) == ""
        assert read(asked, shown(asked, value)) == value


@given(answers=answers_to(EVERY_KIND))
def test_nothing_is_wrong_with_answers_of_every_kind(answers):
    assert list(faults_in(EVERY_KIND, answers)) == []
    assert n_answered(EVERY_KIND, answers) == len(answers)
    for slug, value in answers.items():
        assert shown(EVERY_KIND.item(slug), value)


@pytest.mark.parametrize("asked", (*EVERY_KIND.items, *COLUMNS), ids=lambda asked: asked.slug)
@given(value=JSON)
def test_what_is_no_answer_is_refused_in_a_sentence_and_never_raises(asked, value):
    wrong = wrong_with(asked, value)
    if wrong:
        assert wrong.endswith(".") and wrong[0].isupper() | (wrong[0] == "“")
    elif asked.kind is not Kind.FILE:
        assert shown(asked, value)


@pytest.mark.parametrize(
    ("slug", "typed", "value"),
    [
        ("words", "  a\r\nb ", "a\nb"),
        ("people", "1,200", 1200),
        ("income", "£1 200.5", 120_050),
        ("began", "1/4/2019", "2019-04-01"),
        ("plain", "don't KNOW", {"say": "unknown"}),
        ("plain", "Don’t know", {"say": "unknown"}),
        ("much", "3", 3),
        ("much", "some,  NOT much", 2),
        ("much", "2 - Some, not much", 2),
        ("much", "2. some, not much", 2),
        ("form", 'CHARITY  "cio"', "cio"),
    ],
)
def test_what_people_type_is_read(slug, typed, value):
    assert read(EVERY_KIND.item(slug), typed) == value


@pytest.mark.parametrize(
    ("slug", "typed", "said"),
    [
        ("words", "x" * 301, "This has 301 characters; 300 is the most."),
        ("words", "a\x00b", "A sign here cannot be seen"),
        ("people", "12.5", "“12.5” is not a whole number. Write it in figures."),
        ("people", "5001", "This is more than 5,000. Check the number."),
        ("people", "-1", "is not a whole number"),
        ("income", "1200,50", "is not an amount in pounds"),
        ("income", "-5", "This cannot be less than nothing."),
        ("income", "1000000.01", "This is more than £1,000,000. Check the number."),
        ("began", "31/2/2027", "There is no such day"),
        ("plain", "perhaps", "Write one of: Yes; Partly; No; Don’t know."),
        ("much", "4", "is not a step of this scale. Write a number from 1 to 3."),
        ("much", "0", "is not a step"),
        ("much", "2 or 3", "is not a step"),
        ("much", "2.5", "is not a step"),
        ("much", "1 – A lot", "is not a step"),
        ("form", "guild", "is not one of the answers to this"),
    ],
)
def test_what_could_mean_two_things_is_not_guessed(slug, typed, said):
    with pytest.raises(ValueError) as refused:
        read(EVERY_KIND.item(slug), typed)
    assert said in str(refused.value)


def row(name, **cells):
    return {"row": name, "cells": cells}


@pytest.mark.parametrize(
    ("slug", "value", "said"),
    [
        ("people", True, "not a whole number"),
        ("people", 3.0, "not a whole number"),
        ("began", "20190401", "This is not a day."),
        ("began", "2019-02-30", "There is no such day"),
        ("began", "0019-04-01", "Check the year"),
        ("backups", {}, "Choose yes, partly, no or don’t know."),
        ("backups", {"say": "perhaps"}, "Choose yes"),
        ("backups", {"say": "no", "by": 3}, "Choose yes"),
        ("plain", {"say": "no", "note": "x"}, "No note is asked for here."),
        ("plain", {"say": "no", "cost": 3}, "No cost is asked for here."),
        ("much", 4, "Choose a step from 1 to 3."),
        ("do", [], "Choose from these."),
        ("do", ["food", "food"], "One of these is chosen twice."),
        ("do", ["sport", "food"], "These stand in another order than they are asked in."),
        ("first", ["food", "advice", "sport", "else"], "Choose 3 at most; these are 4."),
        ("accounts", {"file": "1", "name": "a.pdf"}, "This is not a file."),
        ("places", [], "No row is filled in."),
        ("places", [row("roof", strength=1)], "A row here is not asked for."),
        ("places", [row("hall")], "A row here is empty."),
        ("places", [row("hall", strength=1), row("hall", strength=2)], "Two rows have the same"),
        ("places", [row("hall", colour=1)], "A column here is not asked for."),
        ("places", [row("hall", strength=9)], "The hall, Strength: Choose a step from 1 to 3."),
        ("suppliers", [row("Ann"), row(" ANN")], "Two rows have the same name."),
        ("suppliers", [row("")], "Nothing is written here."),
        ("suppliers", [row(f"n {n}") for n in range(31)], "Fill in 30 rows at most; these are 31."),
        ("suppliers", [{"row": "Ann"}], "This is not a row of the table."),
    ],
)
def test_what_cannot_be_kept_is_refused_by_what_is_wrong(slug, value, said):
    assert said in wrong_with(EVERY_KIND.item(slug), value)


def test_a_question_that_is_not_asked_has_no_answer():
    assert list(faults_in(EVERY_KIND, {"shoes": 3})) == [
        ("shoes", "This question is not asked here any more.")
    ]
    assert n_answered(EVERY_KIND, {"shoes": 3}) == 0


def test_answers_in_words_say_everything():
    said = {
        item.slug: shown(item, FULL[item.slug]) for item in EVERY_KIND.items if item.slug in FULL
    }
    assert said["backups"] == "No; Ask Mo; £400 to put right"
    assert said["first"] == "Sport; Food"
    assert said["places"] == ("The shop: Strength 3 – A lot, Owned Yes, Lease ends 31 January 2027")
    assert said["began"] == f"{date(2019, 4, 1).day} April 2019"


@given(data=st.data())
def test_a_row_is_shown_in_the_order_of_its_columns_whatever_order_it_was_kept_in(data):
    rows = data.draw(value_of(SUPPLIERS))
    turned = [{"row": row["row"], "cells": dict(reversed(row["cells"].items()))} for row in rows]

    assert shown(SUPPLIERS, turned) == shown(SUPPLIERS, rows)
