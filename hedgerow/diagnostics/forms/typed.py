"""A section's answers as the fields of a page hold them, and back: name of a field -> its words.

What stands in the fields reads back as the same answers, so that keeping a page that nobody
touched changes nothing.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from hedgerow.core.days import in_words
from hedgerow.core.days import read_day as _read_day
from hedgerow.diagnostics.questions.answers import read, wrong_with
from hedgerow.diagnostics.questions.instruments import Answers, Column, Item, Kind, Section
from hedgerow.units import pounds

BLANK_ROWS = 3  # of a table whose rows they name, below what is filled in

Typed = dict[str, list[str]]


def name_of(item: Item, *parts: object) -> str:
    """Of a field: q_strengths__payroll__priority."""
    return "__".join(["q_" + item.slug, *map(str, parts)])


# --- answers to words


def typed_of(section: Section, answers: Answers) -> Typed:
    typed: Typed = {}
    for item in section.items:
        if item.slug in answers:
            typed.update(_typed(item, answers[item.slug]))
    return typed


def words_of(asked: Item | Column, value: Any) -> str:
    """As it stands in a field."""
    match asked.kind:
        case Kind.MONEY:
            return pounds(value).removeprefix("£")
        case Kind.DAY:
            return in_words(_read_day(value))
        case _:
            return str(value)


def _typed(item: Item, value: Any) -> Iterator[tuple[str, list[str]]]:
    match item.kind:
        case Kind.SEVERAL:
            yield name_of(item), list(value)
        case Kind.RANKED:
            for place, slug in enumerate(value, start=1):
                yield name_of(item, slug), [str(place)]
        case Kind.SAYS:
            if "say" in value:
                yield name_of(item), [value["say"]]
            if "note" in value:
                yield name_of(item, "note"), [value["note"]]
            if "cost" in value:
                yield name_of(item, "cost"), [pounds(value["cost"]).removeprefix("£")]
        case Kind.TABLE:
            yield from _typed_rows(item, value)
        case Kind.FILE:
            return
        case _:
            yield name_of(item), [words_of(item, value)]


def _typed_rows(item: Item, rows: list[dict[str, Any]]) -> Iterator[tuple[str, list[str]]]:
    columns = {column.slug: column for column in item.columns}
    for at, row in enumerate(rows):
        key = row["row"] if item.rows else at
        if not item.rows:
            yield name_of(item, at), [row["row"]]
        for slug, cell in row["cells"].items():
            yield name_of(item, key, slug), [words_of(columns[slug], cell)]


# --- words to answers


@dataclass
class Found:
    """What a page said. Where an answer cannot be read, the one that was kept before stays."""

    answers: Answers = field(default_factory=dict)
    faults: dict[str, str] = field(default_factory=dict)  # name of a field -> sentence


def read_typed(section: Section, typed: Mapping[str, list[str]], held: Answers) -> Found:
    found = Found()
    for item in section.items:
        if item.kind is Kind.FILE:
            continue
        faults: dict[str, str] = {}
        value = _read_item(item, typed, held.get(item.slug), faults)
        if value is not None and not faults and (wrong := wrong_with(item, value)):
            faults[name_of(item)], value = wrong, held.get(item.slug)
        if value is not None and not wrong_with(item, value):
            found.answers[item.slug] = value
        found.faults |= faults
    return found


def n_rows(item: Item, typed: Mapping[str, list[str]]) -> int:
    """How many rows of a table that they name have something in them, up to the last that has."""
    last = 0
    for at in range(item.most + BLANK_ROWS):
        names = [name_of(item, at), *(name_of(item, at, col.slug) for col in item.columns)]
        if any(_one(typed, name) for name in names):
            last = at + 1
    return last


def _read_item(
    item: Item, typed: Mapping[str, list[str]], held: Any, faults: dict[str, str]
) -> Any:
    match item.kind:
        case Kind.SEVERAL:
            chosen = typed.get(name_of(item), [])
            known = [option.slug for option in item.options]
            return [slug for slug in known if slug in chosen] or None
        case Kind.RANKED:
            return _read_ranks(item, typed, held, faults)
        case Kind.SAYS:
            return _read_says(item, typed, held, faults)
        case Kind.TABLE if item.rows:
            return _read_fixed(item, typed, held, faults) or None
        case Kind.TABLE:
            return _read_free(item, typed, faults) or None
        case _:
            return _read_one(item, typed, name_of(item), held, faults)


def _read_one(
    asked: Item | Column,
    typed: Mapping[str, list[str]],
    name: str,
    held: Any,
    faults: dict[str, str],
) -> Any:
    words = _one(typed, name)
    if not words:
        return None
    try:
        value = read(asked, words)
    except ValueError as wrong:
        faults[name] = str(wrong)
        return held
    if wrong_words := wrong_with(asked, value):
        faults[name] = wrong_words
        return held
    return value


def _read_says(
    item: Item, typed: Mapping[str, list[str]], held: Any, faults: dict[str, str]
) -> Any:
    held = held or {}
    value = _read_one(item, typed, name_of(item), _only(held, "say"), faults) or {}
    note = _one(typed, name_of(item, "note")).replace("\r\n", "\n")
    if note and item.has_note:
        if wrong := wrong_with(item, {"note": note}):
            faults[name_of(item, "note")] = wrong
            value = value | _only(held, "note")
        else:
            value = value | {"note": note}
    if item.has_cost:
        cost = Column(slug="cost", name="Cost", kind=Kind.MONEY)
        pence = _read_one(cost, typed, name_of(item, "cost"), held.get("cost"), faults)
        value = value if pence is None else value | {"cost": pence}
    return value or None


def _only(held: dict[str, Any], name: str) -> dict[str, Any]:
    return {name: held[name]} if name in held else {}


def _read_ranks(
    item: Item, typed: Mapping[str, list[str]], held: Any, faults: dict[str, str]
) -> Any:
    places: dict[int, str] = {}
    for option in item.options:
        name = name_of(item, option.slug)
        words = _one(typed, name)
        if not words:
            continue
        if not words.isdecimal() or not 0 < int(words[:4]) <= len(item.options):
            faults[name] = "Choose a place from the list."
        elif int(words) in places:
            faults[name] = f"Two have place {int(words)}. Give each its own."
        else:
            places[int(words)] = option.slug
    if faults:
        return held
    return [places[place] for place in sorted(places)] or None


def _read_fixed(
    item: Item, typed: Mapping[str, list[str]], held: Any, faults: dict[str, str]
) -> list[dict[str, Any]]:
    before = {row["row"]: row["cells"] for row in held or ()}
    rows = []
    for row in item.rows:
        cells = _read_cells(item, row.slug, typed, before.get(row.slug, {}), faults)
        if cells:
            rows.append({"row": row.slug, "cells": cells})
    return rows


def _read_free(
    item: Item, typed: Mapping[str, list[str]], faults: dict[str, str]
) -> list[dict[str, Any]]:
    """A row without a name, or with a name that cannot be, is not kept yet."""
    rows: list[dict[str, Any]] = []
    called = Column(slug="row", name=item.row_name, kind=Kind.TEXT, most=120)
    for at in range(n_rows(item, typed)):
        cells = _read_cells(item, at, typed, {}, faults)
        name = name_of(item, at)
        if not _one(typed, name):
            if any(_one(typed, name_of(item, at, column.slug)) for column in item.columns):
                faults[name] = "Give this row a name, or empty the rest of it."
            continue
        words = _read_one(called, typed, name, None, faults)
        if words is not None:
            rows.append({"row": words, "cells": cells})
    return rows


def _read_cells(
    item: Item,
    row: object,
    typed: Mapping[str, list[str]],
    held: dict[str, Any],
    faults: dict[str, str],
) -> dict[str, Any]:
    cells = {}
    for column in item.columns:
        name = name_of(item, row, column.slug)
        value = _read_one(column, typed, name, held.get(column.slug), faults)
        if value is not None:
            cells[column.slug] = value
    return cells


def _one(typed: Mapping[str, list[str]], name: str) -> str:
    return typed.get(name, [""])[-1].strip()
