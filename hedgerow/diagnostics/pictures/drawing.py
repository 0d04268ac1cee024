"""What the answers of several members come to, as a page, a command or a snapshot needs it.

Pure. Who counts is decided before: `told` holds what may be counted, and nothing else.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from hedgerow.analysis import changes, spreads
from hedgerow.core.cells import alike
from hedgerow.diagnostics.questions.answers import n_answered
from hedgerow.diagnostics.questions.instruments import Answers, Instrument, Kind, Scored

from .parts import K, Member, Picture, PictureChanges, RolesPicture
from .scores import (
    baseline_part,
    beside_parts,
    is_spread,
    needs_part,
    reviews_in,
    spread_parts,
    whole_scores_in,
)
from .sums import is_summed, offers_part, sums_part
from .told import OFFERED, TAKEN, WANTED, Cell, cells_in, places_in


def picture_of(
    instrument: Instrument, told: Mapping[K, Answers], names: Mapping[K, str]
) -> Picture[K]:
    """`told` are answers as answers.py defines them, without faults; who answered nothing is out.

    `names` has a name for every key of `told`, and may have more.
    """
    told = _in_order(instrument, told, names)
    n_asked = sum(1 for _ in instrument.items)
    plain = Picture(
        instrument=instrument.slug,
        version=instrument.version,
        scored=instrument.scored,
        members=tuple(
            Member(key=key, name=names[key], n_answered=n_answered(instrument, of), n_asked=n_asked)
            for key, of in told.items()
        ),
    )
    match instrument.scored:
        case Scored.NEEDS:
            taken = {instrument.needs_table.slug}
            drawn = replace(plain, needs=needs_part(instrument, told))
        case Scored.BASELINE:
            taken = {item.slug for item in instrument.items if item.kind is Kind.SAYS}
            drawn = replace(plain, baseline=baseline_part(instrument, told))
        case Scored.SPREAD:
            drawn = replace(plain, spreads=spread_parts(instrument, told))
            taken = {item.slug for item in instrument.items if is_spread(item)}
        case Scored.OFFERS:
            begins = OFFERED + WANTED + TAKEN
            taken = {item.slug for item in instrument.items if item.slug.startswith(begins)}
            drawn = replace(plain, offers=offers_part(instrument, told))
        case Scored.SUMS:
            taken = {item.slug for item in instrument.items if is_summed(item)}
            drawn = replace(plain, sums=sums_part(instrument, told))
        case Scored.NOTHING:
            taken, drawn = set(), plain
    return replace(drawn, beside=beside_parts(instrument, told, taken))


def pictures_by_role(
    instrument: Instrument, told: Mapping[tuple[K, str], Answers], names: Mapping[K, str]
) -> RolesPicture[K]:
    """`told` is by organisation and role."""
    roles = sorted({role for _, role in told})
    by_role = {
        role: picture_of(
            instrument, {key: of for (key, as_), of in told.items() if as_ == role}, names
        )
        for role in roles
    }
    keys = sorted({key for key, _ in told}, key=lambda key: _by_name(names[key], key))
    apart = {
        key: differences_in(
            instrument, {role: told[key, role] for role in roles if (key, role) in told}
        )
        for key in keys
    }
    return RolesPicture(by_role=by_role, apart={key: of for key, of in apart.items() if of})


def differences_in(
    instrument: Instrument, raters: Mapping[K, Answers]
) -> tuple[spreads.Difference[K], ...]:
    """Where those who answered for one organisation differ; `item` of each is a place (told.py).

    Words are compared as people read them; notes and costs are not compared.
    """
    cells = {key: list(cells_in(instrument, of)) for key, of in raters.items()}
    said = {key: {cell.place: _compared(cell) for cell in of} for key, of in cells.items()}
    flat = [cell for of in cells.values() for cell in of]
    return spreads.differences(
        said,
        places_in(instrument, flat),
        {cell.place for cell in flat if cell.asked.kind is Kind.SCALE},
    )


def changes_between(
    instrument: Instrument, before: Mapping[K, Answers], now: Mapping[K, Answers]
) -> PictureChanges[K]:
    """For those who answered both rounds. `instrument` is as it was asked now; of what was asked
    before, only what still has the same slug is compared."""
    if instrument.scored is Scored.NEEDS:
        functions = {option.slug: option.name for option in instrument.needs_table.rows}
        return PictureChanges(
            functions=functions,
            needs=changes.changes(
                whole_scores_in(instrument, before),
                whole_scores_in(instrument, now),
                tuple(functions),
            ),
        )
    if instrument.scored is Scored.BASELINE:
        return PictureChanges(
            functions={},
            baseline=changes.moved(
                reviews_in(instrument, before).checks, reviews_in(instrument, now).checks
            ),
        )
    return PictureChanges(functions={})


def place_in_words(instrument: Instrument, place: str) -> str:
    """The question at a place; in a table, which row and column. Raises LookupError."""
    slug, _, cell = place.partition("/")
    item = instrument.item(slug)
    if not cell:
        return item.question
    row, _, column = cell.rpartition("/")
    names = {option.slug: option.name for option in item.rows}
    (heading,) = [one.name for one in item.columns if one.slug == column] or [column]
    return f"{names.get(row, row)}: {heading}"


def _in_order(
    instrument: Instrument, told: Mapping[K, Answers], names: Mapping[K, str]
) -> dict[K, Answers]:
    """By name, without those who answered nothing that is asked."""
    keys = sorted(told, key=lambda key: _by_name(names[key], key))
    return {key: told[key] for key in keys if n_answered(instrument, told[key])}


def _by_name(name: str, key: K) -> tuple[str, K]:
    return name.casefold(), key


def _compared(cell: Cell) -> Any:
    return alike(cell.value) if cell.asked.kind is Kind.TEXT else cell.value
