"""What a figure is made of: each member's answer, as far as the reader may see it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from hedgerow.core.owners import Audience
from hedgerow.diagnostics.models import Asking, Role
from hedgerow.diagnostics.pictures.shells import APART, figure_title, figure_words
from hedgerow.diagnostics.pictures.told import grouping
from hedgerow.diagnostics.questions.answers import cells_of, shown
from hedgerow.diagnostics.questions.instruments import Answers, Column, Instrument, Item
from hedgerow.diagnostics.questions.packs import instrument_of
from hedgerow.look.words import count, first_up, listed
from hedgerow.people.readers import Reader

from .counted import Counted, counted
from .naming import Names
from .pictures import names_in, sees_whole, source_words
from .register_lines import ReleaseLine, line_of
from .registers import register_of

NOT_COUNTED = {
    "own": "Yours, not counted",
    "shown": "Shown to you only, not counted",
}


@dataclass(frozen=True, kw_only=True)
class AnswerLine:
    name: str
    words: str
    note: str  # "" where it is counted
    audience: str


@dataclass(frozen=True, kw_only=True)
class Figure:
    title: str
    question: str
    source: str
    counted: tuple[AnswerLine, ...]
    aside: tuple[AnswerLine, ...]
    missing: tuple[str, ...]  # who is not in it, in sentences
    releases: tuple[ReleaseLine, ...]
    is_own_only: bool


def figure_of(reader: Reader, asking: Asking, figure: str) -> Figure:
    """Five queries. Raises LookupError where nothing of that name is asked."""
    instrument = instrument_of(asking.text)
    item, row = figure_words(instrument, figure)
    names = names_in(reader, asking.round.cluster_id)
    of = counted(reader, {asking.pk: asking.roles}, names.by_key.keys())[asking.pk]
    section = instrument.section_of(item.slug).slug
    is_own_only = not sees_whole(reader, asking.round.cluster_id)
    in_it = tuple(_counted(of, item, row, names))
    aside = tuple(_aside(of, section, item, row, names))
    return Figure(
        title=figure_title(item, row),
        question=item.question,
        source=source_words(instrument),
        counted=in_it,
        aside=aside,
        missing=() if is_own_only else tuple(_missing(of, section, item, row, names)),
        releases=_releases(asking, instrument, figure, row),
        is_own_only=is_own_only,
    )


def _counted(of: Counted, item: Item, row: str, names: Names) -> Iterator[AnswerLine]:
    for key, role, answers in _told(of, names):
        words = said_of(item, row, answers)
        if words:
            name = f"{names.of(key)}, {Role(role).label.lower()}" if role else names.of(key)
            note = "Not yet confirmed" if key in of.unconfirmed else ""
            yield AnswerLine(name=name, words=words, note=note, audience=Audience.CLUSTER)


def _told(of: Counted, names: Names) -> Iterator[tuple[int, str, Answers]]:
    for key in names.by_key:
        if of.by_role:
            for role, by in of.by_role.items():
                if key in by:
                    yield key, role, by[key]
        elif key in of.told:
            yield key, "", of.told[key]


def _aside(of: Counted, section: str, item: Item, row: str, names: Names) -> Iterator[AnswerLine]:
    for key in names.by_key:
        part = of.aside.get(key, {}).get(section)
        words = said_of(item, row, part.answers) if part else ""
        if part and words:
            note = NOT_COUNTED["own" if key in names.own else "shown"]
            yield AnswerLine(name=names.of(key), words=words, note=note, audience=part.audience)


def _missing(of: Counted, section: str, item: Item, row: str, names: Names) -> Iterator[str]:
    waiting = [names.of(key) for key in names.by_key if key not in of.answered]
    if waiting:
        yield f"{listed(waiting)} {'has' if len(waiting) == 1 else 'have'} not answered yet."
    beside = sum(section in parts for parts in of.aside.values())
    others = max(0, of.unseen.get(section, 0) - beside)
    if others:
        keeps = "keeps" if others == 1 else "keep"
        yield first_up(f"{count(others, 'member')} {keeps} theirs to themselves.")
    left = sum(not said_of(item, row, answers) for answers in of.told.values())
    if left and not of.unseen.get(section):
        yield first_up(f"{count(left, 'member')} left this empty.")


def said_of(item: Item, row: str, answers: Mapping[str, Any]) -> str:
    """An answer in words; "" where there is none."""
    value = answers.get(item.slug)
    if value is None:
        return ""
    if not row:
        return shown(item, value)
    listed_by = grouping(item)
    rows = [of for of in value if row in (of["row"], _group(of, listed_by))]
    return "; ".join(_row(item, of, is_named=not item.rows) for of in rows)


def _group(row: Mapping[str, Any], listed_by: Column | None) -> str | None:
    return row["cells"].get(listed_by.slug) if listed_by else None


def _row(item: Item, row: Mapping[str, Any], *, is_named: bool) -> str:
    cells = ", ".join(
        f"{column.name} {shown(column, cell)}" for column, cell in cells_of(item, row)
    )
    return f"{row['row']}: {cells}" if is_named else cells


def _releases(
    asking: Asking, instrument: Instrument, figure: str, row: str
) -> tuple[ReleaseLine, ...]:
    """Of the rows of the register, those that say or hold back something of this."""
    register = register_of(asking.round.cluster_id, [asking.slug]).get(asking.slug, [])
    found = []
    for released in reversed(register):
        if released.asking != asking.pk:
            continue
        cells = [
            cell
            for cell in released.cells
            if cell in (figure, row) or cell.startswith(figure + APART)
        ]
        if cells or released.held_back:
            found.append(line_of(released, instrument, cells))
    return tuple(found)
