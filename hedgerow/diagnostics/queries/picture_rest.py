"""Amounts, offers, and how many said what: pictures without a ranking."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from hedgerow.diagnostics.pictures.parts import (
    Amount,
    Beside,
    OffersPicture,
    SpreadOf,
    Subject,
    SumsPicture,
)
from hedgerow.diagnostics.pictures.shells import APART, MONEY, figure_at
from hedgerow.diagnostics.questions.answers import shown
from hedgerow.diagnostics.questions.instruments import Instrument
from hedgerow.look.words import count, day, first_low, first_up, listed, out_of
from hedgerow.units import pounds

from .naming import Names
from .registers import Released


@dataclass(frozen=True, kw_only=True)
class AmountLine:
    figure: str
    name: str
    total: str
    of: str  # "told by three of five"


@dataclass(frozen=True, kw_only=True)
class SumsPart:
    amounts: tuple[AmountLine, ...]
    suppliers: tuple[str, ...]
    ends: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class OffersPart:
    matches: tuple[str, ...]  # what one wants and another has
    in_common: tuple[str, ...]  # what several want
    others: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class SpreadLine:
    figure: str
    question: str
    said: str  # "Yes: three. Partly: one."
    middle: str  # of a scale: "In the middle: 3 – Good enough"


@dataclass(frozen=True, kw_only=True)
class BesideLine:
    figure: str
    question: str
    said: tuple[tuple[str, str], ...]  # member, answer


def sums_part(
    picture: SumsPicture[int], instrument: Instrument, names: Names, n_members: int
) -> SumsPart:
    return SumsPart(
        amounts=tuple(
            AmountLine(
                figure=figure_at(instrument.item(amount.item), amount.row),
                name=amount.name,
                total=_amount(amount),
                of=out_of(amount.sum.n, n_members),
            )
            for amount in picture.amounts
        ),
        suppliers=tuple(
            f"{supplier.name}: {names.few(list(supplier.buys))} buy there "
            f"({listed(sorted({row for rows in supplier.buys.values() for row in rows}))})."
            for supplier in picture.suppliers
        ),
        ends=tuple(
            f"{day(end.day)}: {end.name}, {names.of(end.key)}"
            + (f" ({first_low(end.column)})." if end.column else ".")
            for end in picture.ends
        ),
    )


def released_sums(releases: Iterable[Released], words: Mapping[str, str]) -> tuple[AmountLine, ...]:
    """`words`: what each cell is, by its name."""
    return tuple(
        AmountLine(
            figure=figure_of_cell(cell),
            name=words.get(cell, cell),
            total=pounds(figure) if row.profile == MONEY else f"{figure:,}",
            of=f"{count(len(row.contributors), 'member')} who keep theirs",
        )
        for row in releases
        for cell, figure in row.cells.items()
        if figure is not None
    )


def offers_part(picture: OffersPicture[int], names: Names) -> OffersPart:
    matched = {one.name for one in picture.matches}
    return OffersPart(
        matches=tuple(
            f"{one.name}: {names.few(one.offers)} {'has' if len(one.offers) == 1 else 'have'} it, "
            f"and {_want(one, names)}"
            for one in picture.matches
        ),
        in_common=tuple(
            f"{one.name}: {_want(one, names)}"
            for one in picture.in_common
            if one.name not in matched
        ),
        others=tuple(_other(one, names) for one in picture.subjects if not one.wants),
    )


def spread_lines(
    spreads: Iterable[SpreadOf[int]], instrument: Instrument
) -> tuple[SpreadLine, ...]:
    return tuple(_spread(one, instrument) for one in spreads)


def beside_lines(
    beside: Iterable[Beside[int]], instrument: Instrument, names: Names
) -> tuple[BesideLine, ...]:
    return tuple(
        BesideLine(
            figure=one.item,
            question=one.question,
            said=tuple(
                (names.of(key), shown(instrument.item(one.item), value))
                for key, value in one.said.items()
            ),
        )
        for one in beside
    )


def figure_of_cell(cell: str) -> str:
    """Where a cell of a released table of sums opens."""
    slugs = cell.split(APART)
    return APART.join(slugs[:2]) if len(slugs) > 2 else slugs[0]


def _spread(one: SpreadOf[int], instrument: Instrument) -> SpreadLine:
    counts = [
        f"{one.choices[choice]}: {out_of(n, one.spread.n_answered)}"
        for choice, n in one.spread.counts.items()
        if n
    ]
    middle = ""
    if one.steps and one.steps.middle:
        low, high = one.steps.middle
        low_words, high_words = one.choices[str(low)], one.choices[str(high)]
        middle = f"In the middle: {low_words}"
        if low != high:
            middle = f"In the middle: between {low_words} and {high_words}"
    return SpreadLine(
        figure=figure_at(instrument.item(one.item), one.row),
        question=one.question,
        said="; ".join(counts),
        middle=middle,
    )


def _amount(amount: Amount[int]) -> str:
    if amount.is_money:
        return pounds(amount.sum.total)
    return f"{amount.sum.total:,} {amount.unit}".strip()


def _want(one: Subject[int], names: Names) -> str:
    verb = "wants" if len(one.wants) == 1 else "want"
    return f"{names.few(one.wants)} {verb} it."


def _other(one: Subject[int], names: Names) -> str:
    said = []
    if one.offers:
        said.append(f"{names.few(one.offers)} {'has' if len(one.offers) == 1 else 'have'} it")
    if one.takes:
        takes = "takes" if len(one.takes) == 1 else "take"
        said.append(f"{names.few(one.takes)} {takes} part in it")
    return first_up(f"{one.name}: {' and '.join(said)}.")
