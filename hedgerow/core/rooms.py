"""What a room hands over when the site starts: the one page of places to plug in.

A room never imports another. It registers one `Room` in its `apps.py: ready()`; the hallway, the
front door, exports and reports read what was handed over, and know no room by name.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any, Protocol

from django.db import models


class Rule(Protocol):
    """people.access.Rule, seen from below."""

    @property
    def to(self) -> str: ...


class Reader(Protocol):
    """people.access.Reader, seen from below: a person and the seats they hold now."""

    @property
    def person(self) -> Any: ...


@dataclass(frozen=True, kw_only=True)
class NavLink:
    label: str
    url_name: str  # of a page that needs no key
    roles: frozenset[str]  # who sees the link; whether they may enter, the door says
    by_programme: bool = False  # the page wants the key of the programme that the seat is in


@dataclass(frozen=True, kw_only=True)
class StageKind:
    """What a room is to a journey."""

    slug: str  # kept in the database: never renamed, never used again
    name: str
    page: str  # name of the url where its work is done, given the stage's pk
    takes: tuple[type, ...] = ()  # results of earlier stages that it reads
    gives: type | None = None  # the result that it leaves when it closes
    leaves: Callable[[Any], Any] | None = None  # stage -> that result, made as it closes
    begins: Callable[[Any, Any], None] | None = None  # stage, by: what is done as it opens
    exit_test: Callable[[Any], list[str]]  # stage -> what is still missing; [] = it may close


@dataclass(frozen=True, kw_only=True)
class Prompt:
    """One thing that waits for somebody, as "Next for you" and the digest show it."""

    key: str  # "journeys.tick:7"; the same thing has the same key each day
    sentence: str  # what there is to do; no full stop
    why: str  # one or two sentences
    minutes: int
    url: str
    button: str  # what happens when it is pressed
    place: str  # the cluster or programme it belongs to
    due_on: date | None = None
    waits_on: str = ""  # whom it waits for, if the reader has done their part
    act: str = ""  # purpose of a signed link that does it at once, where that is safe
    act_on: int = 0  # the key that such a link is about
    act_version: int = 0


@dataclass(frozen=True, kw_only=True)
class Panel:
    """What a room shows on a cluster's own page, or on its public one."""

    heading: str
    template: str
    context: Mapping[str, object]
    order: int = 50


@dataclass(frozen=True, kw_only=True)
class DatedLine:
    on: date
    sentence: str
    url: str = ""


@dataclass(frozen=True, kw_only=True)
class Section:
    """What a room adds to a report about a cluster."""

    heading: str
    sentences: tuple[str, ...]
    source: str
    as_at: date
    order: int = 50


@dataclass(frozen=True, kw_only=True)
class BoardCell:
    """What a room tells of one cluster, or of all of them, on the board of their programme."""

    words: str
    below: str = ""
    figures: tuple[int | str, ...]  # the same for a spreadsheet, in the order of its headings


@dataclass(frozen=True, kw_only=True)
class BoardColumn:
    """Counts and sums of every cluster beside each other; never what one member said."""

    heading: str
    headings: tuple[str, ...]  # of its figures in a spreadsheet
    # reader, keys of clusters -> a cell for each of them, and one for all that the reader may see
    read: Callable[[Any, Sequence[int]], tuple[Mapping[int, BoardCell], BoardCell]]
    order: int = 50


class OnErasure(StrEnum):
    KEEP = "keep"  # holds nobody, or keys only
    BLANK = "blank"  # the row stays, what is personal in it goes
    DELETE = "delete"  # the row goes


@dataclass(frozen=True, kw_only=True)
class Table:
    """One model, as exports, erasures and the checking of a backup meet it."""

    model: type[models.Model]
    rule: Rule | None  # who may take a copy of which rows; None: nobody, it is the machine's own
    own: Rule | None = None  # by which an organisation takes its own too, before others see them
    columns: tuple[str, ...] = ()  # in this order
    person: str = ""  # the way to the person it is about, if it is about one
    on_erasure: OnErasure = OnErasure.KEEP
    called: str = ""  # what its rows are called where people read it: "Letters to them"
    why_kept: str = ""  # a sentence: why rows about a person stay when the person is erased


@dataclass(frozen=True, kw_only=True)
class Told:
    """An event with its names looked up, as a sentence needs it."""

    by: str  # "The facilitator", "Chief executive, Open Door", "The clock"
    look_up: Callable[[], Any]  # of the thing that it was done to
    detail: Mapping[str, Any]
    named: Callable[[str, object], str]  # ("people.organisation", 7) -> "Open Door"

    @property
    def thing(self) -> Any:
        """The row, or None if it is gone. Looked up only for the sentences that ask for it."""
        return self.look_up()


PromptsFor = Callable[[Any, date], Iterable[Prompt]]  # reader, today
PanelsFor = Callable[[Any, Any], Iterable[Panel]]  # reader, cluster
DatesOf = Callable[[Any, Any], Iterable[DatedLine]]  # reader, cluster
PublicFor = Callable[[Any], Iterable[Panel]]  # cluster; safe for anyone to read
HoldsFor = Callable[[Any], Iterable[str]]  # member; sentences on what is to be settled first
SectionsFor = Callable[[Any, Any], Iterable[Section]]  # reader, cluster
Sentence = Callable[[Told], str]
Deed = Callable[
    [Any, str, Mapping[str, Any]], None
]  # scene, slug of the cluster, what the diary says


@dataclass(frozen=True, kw_only=True)
class Room:
    name: str
    nav: tuple[NavLink, ...] = ()
    feet: tuple[NavLink, ...] = ()  # at the foot of every page, for anybody
    kinds: tuple[StageKind, ...] = ()
    prompts: tuple[PromptsFor, ...] = ()
    panels: tuple[PanelsFor, ...] = ()
    public: tuple[PublicFor, ...] = ()  # on the page that anyone may read, if a cluster has one
    dates: tuple[DatesOf, ...] = ()
    tables: tuple[Table, ...] = ()
    sections: tuple[SectionsFor, ...] = ()
    columns: tuple[BoardColumn, ...] = ()  # on the board of a programme
    holds: tuple[HoldsFor, ...] = ()  # what a member has to settle before it can leave
    sentences: Mapping[str, Sentence] = field(default_factory=dict)  # event name -> its sentence
    example: Callable[[Any], None] | None = None  # furnishes its part of the example
    deeds: Mapping[str, Deed] = field(default_factory=dict)  # what its diary can have somebody do
    commands: tuple[str, ...] = ()  # names in the table of commands


_rooms: dict[str, Room] = {}  # filled when the site starts, never after


def register(room: Room) -> None:
    assert room.name not in _rooms, f"two rooms are called {room.name}"
    taken = {event for other in _rooms.values() for event in other.sentences}
    assert not taken & set(room.sentences), f"{room.name} tells an event that another room tells"
    known = {deed for other in _rooms.values() for deed in other.deeds}
    assert not known & set(room.deeds), f"{room.name} does a deed that another room does"
    _rooms[room.name] = room


def rooms() -> Iterator[Room]:
    yield from _rooms.values()


def kinds() -> dict[str, StageKind]:
    return {kind.slug: kind for room in rooms() for kind in room.kinds}


def tables() -> dict[str, Table]:
    return {table.model._meta.label_lower: table for room in rooms() for table in room.tables}


def board_columns() -> list[BoardColumn]:
    """From left to right."""
    return sorted(
        (column for room in rooms() for column in room.columns), key=lambda column: column.order
    )


def to_settle(member: Any) -> list[str]:
    """What stands between a member and its leaving, in sentences; [] = it may leave."""
    return [sentence for room in rooms() for holds in room.holds for sentence in holds(member)]


def deeds() -> dict[str, Deed]:
    return {name: deed for room in rooms() for name, deed in room.deeds.items()}


def sentence_of(did: str) -> Sentence:
    """Raises LookupError if no room tells this event."""
    for room in rooms():
        if did in room.sentences:
            return room.sentences[did]
    raise LookupError(f"no room tells {did}")
