"""What answers tell, in the terms of the maths. Places are `item`, or `item/row/column` in a table."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from hedgerow.analysis.baseline import Say
from hedgerow.analysis.needs import Score
from hedgerow.core.cells import alike
from hedgerow.diagnostics.questions.answers import row_name
from hedgerow.diagnostics.questions.instruments import Answers, Column, Instrument, Item, Kind

_alike = lru_cache(maxsize=2048)(alike)  # the same few names come from every member

# Items of an instrument about offers, by how their slugs begin: what each says of a subject.
OFFERED, WANTED, TAKEN = ("run", "offer", "have"), ("want", "need"), ("attend", "take", "use")
SUPPLIER = "supplier"  # the column, in an instrument about sums, that says from whom


@dataclass(frozen=True, kw_only=True)
class Scores:
    whole: dict[str, Score]  # by function
    half: tuple[str, ...]  # functions with a strength or a priority only: they are not counted


@dataclass(frozen=True, kw_only=True)
class Cell:
    """One value of one member in one table, or beside an item itself."""

    item: Item
    asked: Item | Column
    row: str  # slug, or as whoever answered named it; "" beside an item itself
    group: str  # what the row is added up under: itself, or what is chosen from its first list
    value: Any

    @property
    def place(self) -> str:
        return self._place(self.row)

    @property
    def group_place(self) -> str:
        return self._place(self.group)

    @property
    def row_name(self) -> str:
        return row_name(self.item, self.row)

    @property
    def group_name(self) -> str:
        return groups_of(self.item).get(self.group, self.group)

    def _place(self, row: str) -> str:
        if not row:
            return self.item.slug
        return "/".join((self.item.slug, row if self.item.rows else _alike(row), self.asked.slug))


def groups_of(item: Item) -> dict[str, str]:
    """Slug -> name of what a table's rows are added up under: its rows, or, where whoever answers
    names them, the options of its first list. Empty where there is neither."""
    listed = grouping(item)
    options = item.rows or (listed.options if listed else ())
    return {option.slug: option.name for option in options}


def grouping(item: Item) -> Column | None:
    """The list by which rows that people named themselves are added up."""
    lists = [column for column in item.columns if column.kind is Kind.CHOICE]
    return lists[0] if lists and not item.rows else None


def scores_in(instrument: Instrument, answers: Answers) -> Scores:
    """Functions in the order they are asked. Raises LookupError if it does not score needs."""
    table = instrument.needs_table
    cells = {row["row"]: row["cells"] for row in answers.get(table.slug, ())}
    whole, half = {}, []
    for slug in (option.slug for option in table.rows if option.slug in cells):
        marks = {mark: cells[slug].get(mark) for mark in ("strength", "priority")}
        if None not in marks.values():
            whole[slug] = Score(**marks)
        elif any(marks.values()):
            half.append(slug)
    return Scores(whole=whole, half=tuple(half))


def says_in(instrument: Instrument, answers: Answers) -> dict[str, Say]:
    """By item. A cost or a note without a yes, partly, no or don't know says nothing."""
    return {
        item.slug: Say(word=answers[item.slug]["say"], cost=answers[item.slug].get("cost"))
        for item in instrument.items
        if item.kind is Kind.SAYS and "say" in answers.get(item.slug, ())
    }


def cells_in(instrument: Instrument, answers: Answers) -> Iterator[Cell]:
    """Every value, in the order asked; tables cell by cell, “says” without note and cost."""
    for item in instrument.items:
        value = answers.get(item.slug)
        if value is None:
            continue
        if item.kind is Kind.TABLE:
            yield from _table(item, value)
        elif item.kind is not Kind.SAYS:
            yield Cell(item=item, asked=item, row="", group="", value=value)
        elif "say" in value:
            yield Cell(item=item, asked=item, row="", group="", value=value["say"])


def _table(item: Item, rows: list[dict[str, Any]]) -> Iterator[Cell]:
    order = [option.slug for option in item.rows]
    if order:
        rows = sorted(rows, key=lambda row: order.index(row["row"]))
    listed = grouping(item)
    for row in rows:
        name, cells = row["row"], row["cells"]
        group = cells.get(listed.slug, name) if listed else name
        for column in item.columns:
            if column.slug in cells:
                yield Cell(item=item, asked=column, row=name, group=group, value=cells[column.slug])


@dataclass(frozen=True, kw_only=True)
class Named:
    name: str  # as it is written
    cells: Mapping[str, Any]  # of its row, where it stands in a table


def subjects_in(
    instrument: Instrument, answers: Answers, begins: tuple[str, ...]
) -> dict[str, Named]:
    """What is named in items whose slug begins so, by what is alike in its name.

    Rows of a table, options chosen, or words line by line. A row in which “no” is said to anything
    is not named: what is run, and not open to others, is not offered.
    """
    found = [
        named
        for item in instrument.items
        if item.slug.startswith(begins) and item.slug in answers
        for named in _named(item, answers[item.slug])
    ]
    return {_alike(named.name): named for named in reversed(found) if _alike(named.name)}


def _named(item: Item, value: Any) -> list[Named]:
    options = {option.slug: option.name for option in item.options}
    match item.kind:
        case Kind.TABLE:
            says = [column.slug for column in item.columns if column.kind is Kind.SAYS]
            return [
                Named(name=row_name(item, row["row"]), cells=row["cells"])
                for row in value
                if not any(row["cells"].get(slug) == "no" for slug in says)
            ]
        case Kind.SEVERAL | Kind.RANKED:
            return [Named(name=options[slug], cells={}) for slug in value]
        case Kind.CHOICE:
            return [Named(name=options[value], cells={})]
        case Kind.TEXT:
            return [Named(name=" ".join(line.split()), cells={}) for line in value.splitlines()]
        case _:
            return []


def in_order(instrument: Instrument, cells: Iterable[Cell]) -> list[Cell]:
    """As they are asked; what people named themselves, by the alphabet."""
    items = {item.slug: at for at, item in enumerate(instrument.items)}
    groups = {
        item.slug: {slug: at for at, slug in enumerate(groups_of(item))}
        for item in instrument.items
    }
    columns = {
        (item.slug, column.slug): at
        for item in instrument.items
        for at, column in enumerate(item.columns)
    }

    def at(cell: Cell) -> tuple[int, int, str, str, int]:
        slug, among = cell.item.slug, groups[cell.item.slug]
        return (
            items[slug],
            among.get(cell.group, len(among)),
            "" if cell.group in among else alike(cell.group),
            "" if cell.row in among else alike(cell.row),
            columns.get((slug, cell.asked.slug), 0),
        )

    return sorted(cells, key=at)


def places_in(instrument: Instrument, cells: Iterable[Cell]) -> list[str]:
    """Places of cells, each once, in order."""
    each = {cell.place: cell for cell in cells}
    return [cell.place for cell in in_order(instrument, each.values())]
