"""Answers beside answers that are there already: what is new is added, and nothing is taken out."""

from typing import Any

from hedgerow.core.cells import alike

from .instruments import Answers, Instrument, Item, Kind


def merged(instrument: Instrument, before: Answers, given: Answers) -> Answers:
    """What the given answers make of those before; only of the items that are given."""
    return {
        slug: _merged(instrument.item(slug), before[slug], value) if slug in before else value
        for slug, value in given.items()
    }


def _merged(item: Item, before: Any, given: Any) -> Any:
    match item.kind:
        case Kind.SAYS:
            return before | given
        case Kind.TABLE:
            return _rows(item, before, given)
        case _:
            return given


def _rows(item: Item, before: list[dict[str, Any]], given: list[dict[str, Any]]) -> Any:
    """Cell by cell, in rows of the same name; as they are asked, or new ones at the end."""
    rows = {alike(row["row"]): row for row in before}
    for row in given:
        held = rows.get(alike(row["row"]), {"cells": {}})
        rows[alike(row["row"])] = {"row": row["row"], "cells": held["cells"] | row["cells"]}
    if not item.rows:
        return list(rows.values())
    order = [row.slug for row in item.rows]
    return sorted(rows.values(), key=lambda row: order.index(row["row"]))
