"""What is asked: an instrument and its parts, as a pack holds them (packs.py reads them).

Slugs of instruments, sections, items, rows, columns and options are stored with every answer, so
for ever.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

# What is answered to a question on whether something is so: value -> what people read.
SAYS = {"yes": "Yes", "partly": "Partly", "no": "No", "unknown": "Don’t know"}

Answers = dict[str, Any]  # slug of an item -> its value, as `answers.py` defines it by kind


class Kind(StrEnum):
    TEXT = "text"
    NUMBER = "number"  # whole, not negative
    MONEY = "money"
    DAY = "day"
    SAYS = "says"  # yes, partly, no, don't know; with a note and a cost where the item wants them
    SCALE = "scale"
    CHOICE = "choice"
    SEVERAL = "several"
    RANKED = "ranked"
    TABLE = "table"
    FILE = "file"


IN_A_COLUMN = (
    Kind.TEXT,
    Kind.NUMBER,
    Kind.MONEY,
    Kind.DAY,
    Kind.SAYS,
    Kind.SCALE,
    Kind.CHOICE,
)  # what a table's column can be


# What an item can be filled in from, where it is known already: name -> where that stands.
KNOWN_AS = {
    "name": "your organisation’s page",
    "legal_form": "your organisation’s page",
    "income_band": "your organisation’s page",
    "words": "your organisation’s page",
    "postcode": "your organisation’s page",
    "areas": "your organisation’s page",
    "register_numbers": "the public registers",
}


class Scored(StrEnum):
    """What is made of the answers of several members."""

    NOTHING = "nothing"  # shown side by side, and nothing is counted
    NEEDS = "needs"  # strength and priority, row by row of one table
    BASELINE = "baseline"  # which items are met, and which of those that flag are not
    SPREAD = "spread"  # how many said what
    OFFERS = "offers"  # what one has or runs beside what another wants
    SUMS = "sums"  # money or numbers, added up


@dataclass(frozen=True, kw_only=True)
class Option:
    slug: str
    name: str
    help: str = ""


@dataclass(frozen=True, kw_only=True)
class Scale:
    """Steps from 1 up; each has its words."""

    slug: str
    steps: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Column:
    slug: str
    name: str
    kind: Kind
    help: str = ""
    scale: Scale | None = None
    options: tuple[Option, ...] = ()
    most: int = 0  # characters of a text, or the greatest number or amount in pence


@dataclass(frozen=True, kw_only=True)
class Item:
    slug: str
    kind: Kind
    question: str
    help: str = ""
    is_public: bool = False  # public knowledge anyway, and the form says so
    most: int = 0  # characters, greatest number, pence, options chosen, or rows of a free table
    unit: str = ""  # "people", "hours a week"
    scale: Scale | None = None
    options: tuple[Option, ...] = ()
    rows: tuple[Option, ...] = ()  # of a table; none: whoever answers names them
    columns: tuple[Column, ...] = ()
    row_name: str = ""  # what a row of a free table is: "Supplier"
    flags: bool = False  # “no” here means below the baseline
    has_note: bool = False
    has_cost: bool = False  # asks what putting it right would cost
    known_as: str = ""  # filled in from what is known: a name in `known.py`
    topic: str = ""  # of the crosswalk


@dataclass(frozen=True, kw_only=True)
class Section:
    slug: str
    name: str
    audience: str  # a step of core.owners.Audience: who sees it unless its owner chooses
    sentence: str = ""
    items: tuple[Item, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Source:
    title: str
    publisher: str
    licence: str
    year: int | None = None


@dataclass(frozen=True, kw_only=True)
class Instrument:
    slug: str
    version: int
    name: str
    sentence: str
    minutes: int  # our guess, until enough real answers were timed
    scored: Scored
    sections: tuple[Section, ...]
    source: Source
    note: str = ""  # "Our reading, not the published text."
    text: str = field(default="", repr=False, compare=False)  # the YAML itself
    digest: str = field(default="", compare=False)

    @property
    def items(self) -> Iterator[Item]:
        for section in self.sections:
            yield from section.items

    @property
    def title(self) -> str:
        return f"{self.name}, version {self.version}"

    def item(self, slug: str) -> Item:
        """Raises LookupError."""
        for item in self.items:
            if item.slug == slug:
                return item
        raise LookupError(f"{self.slug} has no item {slug}")

    def section_of(self, slug: str) -> Section:
        """The section in which an item stands. Raises LookupError."""
        for section in self.sections:
            if any(item.slug == slug for item in section.items):
                return section
        raise LookupError(f"{self.slug} has no item {slug}")

    @property
    def needs_table(self) -> Item:
        """The table with columns `strength` and `priority`. Raises LookupError if not NEEDS."""
        for item in self.items:
            if {"strength", "priority"} <= {column.slug for column in item.columns}:
                return item
        raise LookupError(f"{self.slug} does not score needs")
