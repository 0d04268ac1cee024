"""What can be asked, as pages show it before anybody answers."""

from dataclasses import dataclass

from hedgerow.core.faults import Fault
from hedgerow.diagnostics.queries.minutes import all_in_words, minutes_in_words
from hedgerow.diagnostics.questions import packs
from hedgerow.diagnostics.questions.asked import asks_for, counted, marks_of, n_asked
from hedgerow.diagnostics.questions.crosswalk import Crosswalk, Framework, Topic, carried, crosswalk
from hedgerow.diagnostics.questions.instruments import Column, Instrument, Item, Option, Section


@dataclass(frozen=True, kw_only=True)
class Offered:
    """An instrument on the list of them all."""

    instrument: Instrument
    n_asked: int
    minutes: str  # in words


@dataclass(frozen=True, kw_only=True)
class ColumnRead:
    column: Column
    asks_for: str


@dataclass(frozen=True, kw_only=True)
class ItemRead:
    item: Item
    asks_for: str
    marks: tuple[str, ...]
    options: tuple[Option, ...]  # to choose from, or the lines of a table
    columns: tuple[ColumnRead, ...]


@dataclass(frozen=True, kw_only=True)
class SectionRead:
    section: Section
    items: tuple[ItemRead, ...]


@dataclass(frozen=True, kw_only=True)
class InstrumentRead:
    instrument: Instrument
    n_asked: int
    minutes: str
    counted: tuple[str, ...]
    sections: tuple[SectionRead, ...]


@dataclass(frozen=True, kw_only=True)
class Cell:
    framework: Framework
    asked_as: str  # "" where that framework does not ask


@dataclass(frozen=True, kw_only=True)
class TopicRow:
    topic: Topic
    cells: tuple[Cell, ...]  # one for each framework
    asked_by: tuple[str, ...]  # names of frameworks
    ours: tuple[tuple[Instrument, int], ...]  # which of our instruments ask, and in how many places


@dataclass(frozen=True, kw_only=True)
class CrosswalkPage:
    crosswalk: Crosswalk
    rows: tuple[TopicRow, ...]
    hardly_asked: tuple[TopicRow, ...]

    @property
    def n_frameworks(self) -> int:
        return len(self.crosswalk.frameworks)


def offered() -> tuple[Offered, ...]:
    found = packs.catalogue().values()
    minutes = all_in_words(found)
    return tuple(
        Offered(instrument=it, n_asked=n_asked(it), minutes=minutes[it.slug]) for it in found
    )


def not_usable() -> tuple[Fault, ...]:
    """What keeps files of this Hedgerow's own from being offered."""
    return packs.faults_at_home()


def instrument_read(instrument: Instrument) -> InstrumentRead:
    """The whole form, question by question. One query."""
    return InstrumentRead(
        instrument=instrument,
        n_asked=n_asked(instrument),
        minutes=minutes_in_words(instrument),
        counted=counted(instrument),
        sections=tuple(
            SectionRead(section=it, items=tuple(map(_item, it.items))) for it in instrument.sections
        ),
    )


def crosswalk_page() -> CrosswalkPage:
    walk = crosswalk()
    ours = carried(packs.catalogue().values())
    rows = tuple(_row(walk, topic, ours.get(topic.slug, ())) for topic in walk.topics)
    by_slug = {row.topic.slug: row for row in rows}
    return CrosswalkPage(
        crosswalk=walk,
        rows=rows,
        hardly_asked=tuple(by_slug[topic.slug] for topic in walk.hardly_asked),
    )


def _item(item: Item) -> ItemRead:
    return ItemRead(
        item=item,
        asks_for=asks_for(item),
        marks=marks_of(item),
        options=item.options or item.rows,
        columns=tuple(ColumnRead(column=it, asks_for=asks_for(it)) for it in item.columns),
    )


def _row(walk: Crosswalk, topic: Topic, ours: tuple[tuple[Instrument, Item], ...]) -> TopicRow:
    counts: dict[str, tuple[Instrument, int]] = {}
    for instrument, _ in ours:
        _, n = counts.get(instrument.slug, (instrument, 0))
        counts[instrument.slug] = (instrument, n + 1)
    return TopicRow(
        topic=topic,
        cells=tuple(
            Cell(framework=it, asked_as=topic.asked_as.get(it.slug, "")) for it in walk.frameworks
        ),
        asked_by=tuple(it.name for it in walk.frameworks if it.slug in topic.asked_as),
        ours=tuple(counts.values()),
    )
