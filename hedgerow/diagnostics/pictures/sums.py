"""The parts of a picture about who has what: courses offered and wanted, spending, suppliers."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from hedgerow.analysis import spreads
from hedgerow.core.cells import alike
from hedgerow.diagnostics.questions.instruments import Answers, Column, Instrument, Item, Kind

from .parts import Amount, End, K, OffersPicture, Subject, SumsPicture, Supplier
from .scores import SPREAD, spread_parts
from .told import (
    OFFERED,
    SUPPLIER,
    TAKEN,
    WANTED,
    Cell,
    Named,
    cells_in,
    grouping,
    in_order,
    subjects_in,
)

AMOUNTS = (Kind.MONEY, Kind.NUMBER)


def offers_part(instrument: Instrument, told: Mapping[K, Answers]) -> OffersPicture[K]:
    """Subjects are one where people would call them the same, in whatever case and spacing."""
    sides = [
        {key: subjects_in(instrument, of, begins) for key, of in told.items()}
        for begins in (OFFERED, WANTED, TAKEN)
    ]
    every = [named.name for side in sides for of in side.values() for named in of.values()]

    def who(side: Mapping[K, Mapping[str, Named]], subject: str) -> dict[K, Mapping[str, Any]]:
        return {key: of[subject].cells for key, of in side.items() if subject in of}

    offered, wanted, taken = sides
    subjects = [
        Subject(
            name=name,
            offers=who(offered, subject),
            wants=who(wanted, subject),
            takes=who(taken, subject),
        )
        for subject, name in _written(every).items()
    ]
    subjects.sort(key=lambda one: (-len(one.wants), -len(one.offers), alike(one.name)))
    return OffersPicture(subjects=tuple(subjects))


def _written(names: Iterable[str]) -> dict[str, str]:
    """Names that are alike, as most write them; as many ways: the first by the alphabet."""
    counts = Counter(names)
    best_first = sorted(counts, key=lambda name: (-counts[name], name))
    return {alike(name): name for name in reversed(best_first)}


def sums_part(instrument: Instrument, told: Mapping[K, Answers]) -> SumsPicture[K]:
    cells = [(key, cell) for key, of in told.items() for cell in cells_in(instrument, of)]
    return SumsPicture(
        amounts=_amounts(instrument, cells),
        totals=_totals(cells),
        suppliers=_suppliers(cells),
        ends=_ends(cells),
        spreads=tuple(
            one
            for one in spread_parts(instrument, told)
            if not (listed := grouping(instrument.item(one.item))) or one.column != listed.slug
        ),
    )


def _amounts(instrument: Instrument, cells: list[tuple[K, Cell]]) -> tuple[Amount[K], ...]:
    """Each row of a table for itself; rows that people named, by what they sorted them by."""
    amounts = [(key, cell) for key, cell in cells if cell.asked.kind in AMOUNTS]
    said: dict[str, dict[K, int]] = {}
    each: dict[str, Cell] = {}
    for key, cell in amounts:
        place = cell.group_place
        each.setdefault(place, cell)
        said.setdefault(place, {}).setdefault(key, 0)
        said[place][key] += cell.value
    return tuple(
        Amount(
            place=at,
            item=cell.item.slug,
            row=cell.group,
            column=cell.asked.slug if cell.row else "",
            name=cell.group_name if cell.row else cell.item.question,
            is_money=cell.asked.kind is Kind.MONEY,
            unit=cell.item.unit,
            sum=spreads.Sum(total=sum(said[at].values()), n=len(said[at])),
            said=said[at],
        )
        for cell in in_order(instrument, each.values())
        for at in [cell.group_place]
    )


def _totals(cells: list[tuple[K, Cell]]) -> dict[str, spreads.Sum]:
    amounts: dict[str, list[tuple[K, int]]] = {}
    for key, cell in cells:
        if cell.row and cell.asked.kind in AMOUNTS:
            column = f"{cell.item.slug}/{cell.asked.slug}"
            amounts.setdefault(column, []).append((key, cell.value))
    return {
        column: spreads.Sum(total=sum(value for _, value in of), n=len({key for key, _ in of}))
        for column, of in sorted(amounts.items())
    }


def _suppliers(cells: list[tuple[K, Cell]]) -> tuple[Supplier[K], ...]:
    found = [(key, cell, name) for key, cell in cells if (name := _supplier(cell))]
    written = _written(name for _, _, name in found)
    buys: dict[str, dict[K, dict[str, None]]] = {}
    for key, cell, name in found:
        buys.setdefault(alike(name), {}).setdefault(key, {})[cell.group_name] = None
    shared = [
        Supplier(name=written[supplier], buys={key: tuple(names) for key, names in of.items()})
        for supplier, of in buys.items()
        if len(of) > 1
    ]
    return tuple(sorted(shared, key=lambda one: (-len(one.buys), alike(one.name))))


def _supplier(cell: Cell) -> str:
    """The name of the supplier that a cell tells: its own words, or its row in a table of them."""
    if cell.row and cell.asked.slug == SUPPLIER:
        return " ".join(cell.value.split())
    return " ".join(cell.row.split()) if alike(cell.item.row_name) == SUPPLIER else ""


def _ends(cells: list[tuple[K, Cell]]) -> tuple[End[K], ...]:
    return tuple(
        sorted(
            (
                End(
                    day=date.fromisoformat(cell.value),
                    key=key,
                    name=cell.row_name,
                    column=cell.asked.name if isinstance(cell.asked, Column) else "",
                )
                for key, cell in cells
                if cell.row and cell.asked.kind is Kind.DAY
            ),
            key=lambda end: end.day,  # stable: then by name of member, then as asked
        )
    )


def is_summed(item: Item) -> bool:
    return item.kind in (*AMOUNTS, *SPREAD) or (
        item.kind is Kind.TABLE
        and all(
            column.kind in (*AMOUNTS, *SPREAD, Kind.DAY) or column.slug == SUPPLIER
            for column in item.columns
        )
    )
