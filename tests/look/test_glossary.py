"""Each word of the field has its line, and there is one word for each thing."""

from pathlib import Path

import pytest

from hedgerow.core.owners import Audience, Owner
from hedgerow.people.models import Role

TEXT = (Path(__file__).resolve().parents[2] / "GLOSSARY.md").read_text(encoding="utf-8")
ROWS = [
    [cell.strip() for cell in line.strip("|").split("|")]
    for line in TEXT.splitlines()
    if line.startswith("| ")
][1:]
WORDS = [row[0] for row in ROWS]


def test_every_word_has_one_line_and_stands_where_one_looks_for_it():
    assert sorted(set(WORDS), key=str.casefold) == WORDS


@pytest.mark.parametrize("row", ROWS, ids=WORDS)
def test_a_line_says_what_is_meant_in_one_breath(row):
    _, meaning = row

    assert 20 < len(meaning) < 200
    assert not meaning.endswith(".")


@pytest.mark.parametrize("role", Role)
def test_every_seat_has_its_line(role):
    assert role.label.casefold() in [word.casefold() for word in WORDS]


@pytest.mark.parametrize("step", Audience)
def test_the_line_on_audiences_names_every_step(step):
    (meaning,) = [meaning for word, meaning in ROWS if word == "audience"]
    assert step.label.casefold() in meaning


@pytest.mark.parametrize("owner", [owner for owner in Owner if owner != Owner.SYSTEM])
def test_the_line_on_owners_names_each_of_the_five(owner):
    (meaning,) = [meaning for word, meaning in ROWS if word == "owner"]
    assert owner.value in meaning
