"""What an answer is, by the kind of its question, and how it is read from what people type.

Values are plain JSON:

text, choice: words or an option's slug; number, scale: a whole number; money: whole pence;
day: "2027-03-31"; says: {"say": "no", "note": "…", "cost": 12000}, of which `say` may be missing
where only a note or cost was given; several: slugs in the order of the options; ranked: slugs, the
first first; table: [{"row": slug or name, "cells": {column: value}}]; file: {"file": key, "name"}.

What was not answered is not there.
"""

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

from hedgerow.core.cells import alike, unseen
from hedgerow.core.days import in_words, read_day
from hedgerow.units import pounds, read_pounds

from .instruments import SAYS, Answers, Column, Instrument, Item, Kind, Option

MOST_TEXT = 2000  # characters, where an item says nothing
MOST_NOTE = 500
MOST_NUMBER = 1_000_000
MOST_POUNDS = 100_000_000_00  # pence

_WHOLE = re.compile(r"[0-9]{1,9}|[0-9]{1,3}(?:,[0-9]{3})+")
_STEP = re.compile(r"([0-9]{1,2})(?:\s*[–:.)-]?\s*(\S.*))?", re.DOTALL)
_MACHINE_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_TYPED = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-"})


def read(asked: Item | Column, typed: str) -> Any:
    """A value of anything but several, ranked, a table or a file, from what somebody typed.

    Raises ValueError with a sentence for them. `typed` is not empty.
    """
    typed = typed.strip()
    match asked.kind:
        case Kind.TEXT:
            return _checked(asked, typed.replace("\r\n", "\n"))
        case Kind.NUMBER:
            if not _WHOLE.fullmatch(typed):
                raise ValueError(f"“{typed[:40]}” is not a whole number. Write it in figures.")
            return _checked(asked, int(typed.replace(",", "")))
        case Kind.MONEY:
            return _checked(asked, int(read_pounds(typed)))
        case Kind.DAY:
            return read_day(typed).isoformat()
        case Kind.SCALE:
            return _step(asked, typed)
        case Kind.SAYS:
            say = _one_of(typed, [Option(slug=slug, name=name) for slug, name in SAYS.items()])
            return {"say": say} if isinstance(asked, Item) else say
        case Kind.CHOICE:
            return _one_of(typed, asked.options)
    raise AssertionError(f"{asked.kind} is not read from one line of words")


def shown(asked: Item | Column, value: Any) -> str:
    """A value in words. `read` makes the same of what it shows, where one line can hold it."""
    match asked.kind:
        case Kind.MONEY:
            return pounds(value)
        case Kind.DAY:
            return in_words(date.fromisoformat(value))
        case Kind.SCALE:
            assert asked.scale
            return f"{value} – {asked.scale.steps[value - 1]}"
        case Kind.SAYS:
            return _said(value)
        case Kind.CHOICE:
            return _names(asked.options)[value]
        case Kind.SEVERAL | Kind.RANKED:
            return "; ".join(_names(asked.options)[slug] for slug in value)
        case Kind.TABLE:
            assert isinstance(asked, Item)
            return "; ".join(_row_shown(asked, row) for row in value)
        case Kind.FILE:
            return str(value["name"])
        case _:
            return str(value)


def row_name(item: Item, row: str) -> str:
    """What a row of a table is called: by its slug, or as whoever answered named it."""
    return _names(item.rows).get(row, row)


def cells_of(item: Item, row: Any) -> Iterator[tuple[Column, Any]]:
    """What a row of a table says, in the order of its columns: a database may keep another."""
    for column in item.columns:
        if column.slug in row["cells"]:
            yield column, row["cells"][column.slug]


def wrong_with(asked: Item | Column, value: Any) -> str:
    """Why this value cannot be kept, as a sentence; "" if it can."""
    try:
        _check(asked, value)
    except ValueError as wrong:
        return str(wrong)
    except (TypeError, KeyError, AttributeError):
        return "This is not an answer to the question."
    return ""


def faults_in(instrument: Instrument, answers: Answers) -> Iterator[tuple[str, str]]:
    """(slug of an item, sentence) for all that cannot be kept."""
    known = {item.slug: item for item in instrument.items}
    for slug, value in answers.items():
        if slug not in known:
            yield slug, "This question is not asked here any more."
        elif wrong := wrong_with(known[slug], value):
            yield slug, wrong


def n_answered(instrument: Instrument, answers: Answers) -> int:
    """How many of its items have an answer."""
    return sum(item.slug in answers for item in instrument.items)


def _check(asked: Item | Column, value: Any) -> None:
    match asked.kind:
        case Kind.SEVERAL | Kind.RANKED:
            assert isinstance(asked, Item)
            _check_list(asked, value)
        case Kind.TABLE:
            assert isinstance(asked, Item)
            _check_table(asked, value)
        case Kind.FILE:
            is_one = isinstance(value, dict) and value.keys() == {"file", "name"}
            if not is_one or type(value["file"]) is not int or not isinstance(value["name"], str):
                raise ValueError("This is not a file.")
        case Kind.SAYS if isinstance(asked, Item):
            _check_says(asked, value)
        case _:
            _checked(asked, value)


def _checked(asked: Item | Column, value: Any) -> Any:
    """A single value that may be kept. Raises ValueError with a sentence."""
    match asked.kind:
        case Kind.TEXT:
            _check_text(value, asked.most or MOST_TEXT)
        case Kind.NUMBER:
            _check_number(value, asked.most or MOST_NUMBER, f"{asked.most or MOST_NUMBER:,}")
        case Kind.MONEY:
            most = asked.most or MOST_POUNDS
            _check_number(value, most, pounds(most))
        case Kind.DAY:
            _check_day(value)
        case Kind.SCALE:
            assert asked.scale
            if type(value) is not int or not 1 <= value <= len(asked.scale.steps):
                raise ValueError(f"Choose a step from 1 to {len(asked.scale.steps)}.")
        case Kind.SAYS:
            if value not in SAYS:
                raise ValueError("Choose yes, partly, no or don’t know.")
        case Kind.CHOICE:
            if value not in _names(asked.options):
                raise ValueError("Choose one of these.")
        case _:
            raise AssertionError(asked.kind)
    return value


def _check_text(value: Any, most: int) -> None:
    if not isinstance(value, str) or not value.strip():
        raise ValueError("Nothing is written here.")
    if len(value) > most:
        raise ValueError(f"This has {len(value):,} characters; {most:,} is the most.")
    if sign := unseen(value):
        raise ValueError(f"A sign here cannot be seen or was lost ({sign}). Type it again.")


def _check_number(value: Any, most: int, in_words: str) -> None:
    if type(value) is not int:
        raise ValueError("This is not a whole number.")
    if value < 0:
        raise ValueError("This cannot be less than nothing.")
    if value > most:
        raise ValueError(f"This is more than {in_words}. Check the number.")


def _check_day(value: Any) -> None:
    if not isinstance(value, str) or not _MACHINE_DAY.fullmatch(value):
        raise ValueError("This is not a day.")
    read_day(value)


def _check_says(item: Item, value: Any) -> None:
    if not isinstance(value, dict) or not value or not value.keys() <= {"say", "note", "cost"}:
        raise ValueError("Choose yes, partly, no or don’t know.")
    if "say" in value and value["say"] not in SAYS:
        raise ValueError("Choose yes, partly, no or don’t know.")
    if "note" in value:
        if not item.has_note:
            raise ValueError("No note is asked for here.")
        _check_text(value["note"], MOST_NOTE)
    if "cost" in value:
        if not item.has_cost:
            raise ValueError("No cost is asked for here.")
        _check_number(value["cost"], MOST_POUNDS, pounds(MOST_POUNDS))


def _check_list(item: Item, value: Any) -> None:
    known = _names(item.options)
    if not isinstance(value, list) or not value or not set(value) <= known.keys():
        raise ValueError("Choose from these.")
    if len(set(value)) < len(value):
        raise ValueError("One of these is chosen twice.")
    if item.most and len(value) > item.most:
        raise ValueError(f"Choose {item.most} at most; these are {len(value)}.")
    if item.kind is Kind.SEVERAL and value != [slug for slug in known if slug in value]:
        raise ValueError("These stand in another order than they are asked in.")


def _check_table(item: Item, value: Any) -> None:
    if not isinstance(value, list) or not value:
        raise ValueError("No row is filled in.")
    columns = {column.slug: column for column in item.columns}
    named = [row["row"] for row in value]
    if item.rows and not set(named) <= _names(item.rows).keys():
        raise ValueError("A row here is not asked for.")
    if len({alike(name) for name in named}) < len(named):
        raise ValueError("Two rows have the same name. Give each its own, or put them together.")
    if not item.rows:
        if item.most and len(value) > item.most:
            raise ValueError(f"Fill in {item.most} rows at most; these are {len(value)}.")
        for name in named:
            _check_text(name, 120)
    for row in value:
        if row.keys() != {"row", "cells"}:
            raise ValueError("This is not a row of the table.")
        if item.rows and not row["cells"]:
            raise ValueError("A row here is empty.")
        for slug, cell in row["cells"].items():
            if slug not in columns:
                raise ValueError("A column here is not asked for.")
            try:
                _checked(columns[slug], cell)
            except ValueError as wrong:
                where = f"{row_name(item, row['row'])}, {columns[slug].name}"
                raise ValueError(f"{where}: {wrong}") from wrong


def same(words: str) -> str:
    """What two ways to type one choice have in common: capitals, blanks and marks do not count."""
    return alike(words.translate(_TYPED))


def _step(asked: Item | Column, typed: str) -> int:
    """By its words, its number, or both where they belong together."""
    assert asked.scale
    steps = asked.scale.steps
    for at, words in enumerate(steps, start=1):
        if same(words) == same(typed):
            return at
    found = _STEP.fullmatch(typed)
    if found and 1 <= int(found[1]) <= len(steps):
        at, beside = int(found[1]), found[2]
        if not beside or same(beside) == same(steps[at - 1]):
            return at
    raise ValueError(
        f"“{typed[:40]}” is not a step of this scale. Write a number from 1 to {len(steps)}."
    )


def _one_of(typed: str, options: tuple[Option, ...] | list[Option]) -> str:
    for option in options:
        if same(typed) in (same(option.name), same(option.slug)):
            return option.slug
    names = "; ".join(option.name for option in options)
    raise ValueError(f"“{typed[:40]}” is not one of the answers to this. Write one of: {names}.")


def _said(value: Any) -> str:
    if isinstance(value, str):
        return SAYS[value]
    parts = [SAYS[value["say"]]] if "say" in value else []
    if "note" in value:
        parts.append(value["note"])
    if "cost" in value:
        parts.append(f"{pounds(value['cost'])} to put right")
    return "; ".join(parts)


def _row_shown(item: Item, row: Any) -> str:
    cells = (f"{column.name} {shown(column, cell)}" for column, cell in cells_of(item, row))
    return f"{row_name(item, row['row'])}: {', '.join(cells)}"


def _names(options: tuple[Option, ...]) -> dict[str, str]:
    return {option.slug: option.name for option in options}
