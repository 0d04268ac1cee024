"""Which figures of an instrument can be released over what members keep to themselves, and what
each member's answers bring to them. Table shells are fixed here: nobody chooses what is asked of
private answers. Needs no Django.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from hedgerow.analysis.needs import pressing
from hedgerow.diagnostics.questions.instruments import (
    Answers,
    Instrument,
    Item,
    Kind,
    Option,
    Scored,
)

from .told import cells_in, grouping, says_in, scores_in

BELOW = "below"  # the cell of a baseline that counts who is below it at all
APART = "__"  # between the slugs in a cell's name
PEOPLE, MONEY, SCORES = "people", "money", "scores"  # profiles of analysis.disclosure
_PROFILES = {Kind.MONEY: MONEY, Kind.NUMBER: PEOPLE}


@dataclass(frozen=True, kw_only=True)
class Shell:
    """One table that could be released: its cells, by name, in words."""

    profile: str
    cells: Mapping[str, str]  # "tools__laptops__spend" -> "Laptops: spend a year"


def shells_of(instrument: Instrument) -> tuple[Shell, ...]:
    """One for each profile that has a cell; none where nothing is counted or added up."""
    if instrument.scored is Scored.NEEDS:
        rows = instrument.needs_table.rows
        return (Shell(profile=SCORES, cells={row.slug: row.name for row in rows}),)
    if instrument.scored is Scored.BASELINE:
        flagging = {item.slug: item.question for item in instrument.items if item.flags}
        cells = {BELOW: "Below the baseline in anything", **flagging}
        return (Shell(profile=SCORES, cells=cells),)
    if instrument.scored is not Scored.SUMS:
        return ()
    found: dict[str, dict[str, str]] = {MONEY: {}, PEOPLE: {}}
    for item in instrument.items:
        for cell, kind, words in _sums_of(item):
            found[_PROFILES[kind]][cell] = words
    return tuple(Shell(profile=profile, cells=cells) for profile, cells in found.items() if cells)


def brought_to(shell: Shell, instrument: Instrument, answers: Answers) -> dict[str, int]:
    """What one member's answers bring to each cell: 1 or 0 of a count, whole pence of money, a
    number of people. Nothing where the member answered nothing that it is about."""
    if instrument.scored is Scored.NEEDS:
        scores = scores_in(instrument, answers).whole
        return {cell: int(pressing(scores[cell])) for cell in shell.cells if cell in scores}
    if instrument.scored is Scored.BASELINE:
        return _of_baseline(instrument, answers)
    found: dict[str, int] = {}
    for told in cells_in(instrument, answers):
        cell = _cell(told.item, told.group, told.asked.slug)
        if told.asked.kind in _PROFILES and cell in shell.cells:
            found[cell] = found.get(cell, 0) + told.value
    return found


def lines_of(item: Item) -> tuple[Option, ...]:
    """What a table is added up by: its rows; where people name those, the list that they sort
    them by. None outside a table, and where there is no such list."""
    listed = grouping(item)
    return item.rows or (listed.options if listed else ())


def figure_words(instrument: Instrument, figure: str) -> tuple[Item, str]:
    """The item that a figure is about, and the line of its table, if it is about one.

    Raises LookupError.
    """
    slug, _, line = figure.partition(APART)
    item = instrument.item(slug)
    if line and all(option.slug != line for option in lines_of(item)):
        raise LookupError(f"{slug} has no line {line}")
    return item, line


def figure_title(item: Item, line: str) -> str:
    names = {option.slug: option.name for option in lines_of(item)}
    return names[line] if line else item.question


def figure_at(item: Item, line: str) -> str:
    """Where the figure of a line opens; on the whole table, where people named the line."""
    is_known = any(option.slug == line for option in lines_of(item))
    return APART.join((item.slug, line)) if is_known else item.slug


def _of_baseline(instrument: Instrument, answers: Answers) -> dict[str, int]:
    said = says_in(instrument, answers)
    flagging = [item.slug for item in instrument.items if item.flags and item.slug in said]
    below = {slug: int(said[slug].word == "no") for slug in flagging}
    return {BELOW: max(below.values()), **below} if below else {}


def _sums_of(item: Item) -> Iterator[tuple[str, Kind, str]]:
    """(name of a cell, money or number, in words)."""
    if item.kind in _PROFILES:
        yield item.slug, item.kind, item.question
    for column in item.columns:
        if column.kind not in _PROFILES:
            continue
        if not lines_of(item):
            yield APART.join((item.slug, column.slug)), column.kind, column.name
        for line in lines_of(item):
            cell = APART.join((item.slug, line.slug, column.slug))
            yield cell, column.kind, f"{line.name}: {column.name}"


def _cell(item: Item, line: str, column: str) -> str:
    if item.kind is not Kind.TABLE:
        return item.slug
    return APART.join((item.slug, line, column) if lines_of(item) else (item.slug, column))
