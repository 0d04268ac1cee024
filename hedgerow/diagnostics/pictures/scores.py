"""The parts of a picture that count who marked what: needs, baselines, spreads, and the rest."""

from collections.abc import Mapping
from typing import Any

from hedgerow.analysis import baseline, needs, spreads
from hedgerow.diagnostics.questions.instruments import SAYS, Answers, Column, Instrument, Item, Kind

from .parts import BaselinePicture, Beside, K, NeedsPicture, SpreadOf
from .told import Cell, cells_in, places_in, says_in, scores_in

SPREAD = (Kind.SAYS, Kind.SCALE, Kind.CHOICE, Kind.SEVERAL, Kind.RANKED)


def needs_part(instrument: Instrument, told: Mapping[K, Answers]) -> NeedsPicture[K]:
    functions = {option.slug: option.name for option in instrument.needs_table.rows}
    read = {key: scores_in(instrument, of) for key, of in told.items()}
    scores = {key: of.whole for key, of in read.items() if of.whole}
    found = needs.introductions(scores, tuple(functions))
    return NeedsPicture(
        functions=functions,
        scores=scores,
        half={key: of.half for key, of in read.items() if of.half},
        needs=needs.common_needs(scores, tuple(functions)),
        introductions=found,
        sides=needs.sides(scores, tuple(functions)),
        both_ways=needs.both_ways(found),
    )


def baseline_part(instrument: Instrument, told: Mapping[K, Answers]) -> BaselinePicture[K]:
    said = {key: says_in(instrument, of) for key, of in told.items()}
    return BaselinePicture(
        items={item.slug: item.question for item in instrument.items if item.kind is Kind.SAYS},
        flags=tuple(item.slug for item in instrument.items if item.flags),
        reviews=reviews_in(instrument, told),
        said={key: of for key, of in said.items() if of},
    )


def reviews_in(instrument: Instrument, told: Mapping[K, Answers]) -> baseline.Reviews[K]:
    asked = [item.slug for item in instrument.items if item.kind is Kind.SAYS]
    flags = {item.slug for item in instrument.items if item.flags}
    return baseline.review({key: says_in(instrument, of) for key, of in told.items()}, asked, flags)


def whole_scores_in(
    instrument: Instrument, told: Mapping[K, Answers]
) -> dict[K, Mapping[str, needs.Score]]:
    read = {key: scores_in(instrument, of).whole for key, of in told.items()}
    return {key: of for key, of in read.items() if of}


def spread_parts(instrument: Instrument, told: Mapping[K, Answers]) -> tuple[SpreadOf[K], ...]:
    """Of whatever is chosen from a list or marked on a scale; cells of tables each for itself."""
    cells: dict[str, Cell] = {}
    said: dict[str, dict[K, Any]] = {}
    for key, of in told.items():
        for cell in cells_in(instrument, of):
            if cell.asked.kind in SPREAD:
                cells.setdefault(cell.place, cell)
                said.setdefault(cell.place, {})[key] = cell.value
    return tuple(
        _spread(cells[at], said[at]) for at in places_in(instrument, cells.values()) if at in said
    )


def _spread(cell: Cell, said: Mapping[K, Any]) -> SpreadOf[K]:
    asked = cell.asked
    choices = _choices(asked)
    is_list = asked.kind in (Kind.SEVERAL, Kind.RANKED)
    chosen = [[str(one) for one in (value if is_list else [value])] for value in said.values()]
    return SpreadOf(
        place=cell.place,
        item=cell.item.slug,
        row=cell.row,
        column=asked.slug if cell.row else "",
        question=f"{cell.row_name}: {asked.name}"
        if isinstance(asked, Column)
        else cell.item.question,
        choices=choices,
        spread=spreads.spread(chosen, tuple(choices)),
        steps=spreads.steps(said.values(), len(choices)) if asked.kind is Kind.SCALE else None,
        said=said,
    )


def _choices(asked: Item | Column) -> dict[str, str]:
    if asked.kind is Kind.SAYS:
        return SAYS
    if asked.scale:
        return {str(at): words for at, words in enumerate(asked.scale.steps, start=1)}
    return {option.slug: option.name for option in asked.options}


def beside_parts(
    instrument: Instrument, told: Mapping[K, Answers], taken: set[str]
) -> tuple[Beside[K], ...]:
    return tuple(
        Beside(
            item=item.slug,
            question=item.question,
            said={key: of[item.slug] for key, of in told.items() if item.slug in of},
        )
        for item in instrument.items
        if item.slug not in taken and any(item.slug in of for of in told.values())
    )


def is_spread(item: Item) -> bool:
    """Whether nothing of it is left out of a spread."""
    return item.kind in SPREAD or (
        item.kind is Kind.TABLE and all(column.kind in SPREAD for column in item.columns)
    )
