"""What stands in the fields of a page reads back as the same answers."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from hedgerow.diagnostics.forms.typed import read_typed, typed_of
from hedgerow.diagnostics.questions.answers import faults_in
from hedgerow.diagnostics.questions.instruments import Kind
from hedgerow.diagnostics.questions.packs import catalogue


def _value(item):
    cells = {}
    for column in getattr(item, "columns", ()):
        cells[column.slug] = _single(column)
    match item.kind:
        case Kind.SAYS:
            parts = {"say": some.sampled_from(["yes", "partly", "no", "unknown"])}
            if item.has_note:
                parts["note"] = some.sampled_from(["Nobody knows.", "Two\nlines."])
            if item.has_cost:
                parts["cost"] = some.integers(0, 10**9)
            return some.fixed_dictionaries({}, optional=parts).filter(bool)
        case Kind.SEVERAL:
            slugs = [option.slug for option in item.options]
            most = item.most or len(slugs)
            chosen = some.sets(some.sampled_from(slugs), min_size=1, max_size=most)
            return chosen.map(lambda some_of: [slug for slug in slugs if slug in some_of])
        case Kind.RANKED:
            slugs = [option.slug for option in item.options]
            most = item.most or len(slugs)
            return some.lists(some.sampled_from(slugs), min_size=1, max_size=most, unique=True)
        case Kind.TABLE:
            row = some.fixed_dictionaries({}, optional=cells)
            return _tables(item, row.filter(bool) if item.rows else row)
        case _:
            return _single(item)


def _tables(item, cells):
    names = [row.slug for row in item.rows] or ["Bolt & Sons", "A", "The third"]
    rows = some.dictionaries(some.sampled_from(names), cells, min_size=1, max_size=3)
    return rows.map(
        lambda table: [{"row": name, "cells": table[name]} for name in names if name in table]
    )


def _single(asked):
    match asked.kind:
        case Kind.TEXT:
            words = some.sampled_from(["A", "O’Neill & Sons", "“Quoted”, and more"])
            return words.map(lambda said: said[: asked.most or len(said)].strip())
        case Kind.NUMBER | Kind.MONEY:
            return some.integers(0, asked.most or 10**6)
        case Kind.DAY:
            return some.dates(date(1950, 1, 1), date(2090, 1, 1)).map(lambda on: on.isoformat())
        case Kind.SCALE:
            return some.integers(1, len(asked.scale.steps))
        case Kind.SAYS:
            return some.sampled_from(["yes", "partly", "no", "unknown"])
        case Kind.CHOICE:
            return some.sampled_from([option.slug for option in asked.options])


@settings(max_examples=20, deadline=None)
@given(data=some.data())
@pytest.mark.parametrize("slug", list(catalogue()))
def test_a_page_that_nobody_touched_says_what_was_kept(slug, data):
    instrument = catalogue()[slug]
    for section in instrument.sections:
        asked = [item for item in section.items if item.kind is not Kind.FILE]
        answers = {
            item.slug: data.draw(_value(item)) for item in asked if data.draw(some.booleans())
        }
        assert not list(faults_in(instrument, answers))

        found = read_typed(section, typed_of(section, answers), {})

        assert (found.answers, found.faults) == (answers, {})
