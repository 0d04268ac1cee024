"""The parts of a shared picture: frozen, in numbers and keys; the sentences are the pages'."""

from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from fractions import Fraction
from typing import Any, Generic, TypeVar

from hedgerow.analysis import baseline, changes, needs, spreads
from hedgerow.diagnostics.questions.instruments import Scored

K = TypeVar("K", int, str)  # an organisation's key, or its name where there is no database


@dataclass(frozen=True, kw_only=True)
class Member(Generic[K]):
    key: K
    name: str
    n_answered: int  # items
    n_asked: int


@dataclass(frozen=True, kw_only=True)
class NeedsPicture(Generic[K]):
    functions: Mapping[str, str]  # slug -> name, in the order asked
    scores: Mapping[K, Mapping[str, needs.Score]]
    half: Mapping[K, tuple[str, ...]]  # marked once only, and not counted; who has none is not here
    needs: tuple[needs.Need[K], ...]
    introductions: tuple[needs.Introduction[K], ...]
    sides: Mapping[K, needs.Side]  # what each could offer, and wants
    both_ways: tuple[tuple[K, K], ...]  # pairs who could each help the other


@dataclass(frozen=True, kw_only=True)
class BaselinePicture(Generic[K]):
    items: Mapping[str, str]  # slug -> question, in the order asked
    flags: tuple[str, ...]
    reviews: baseline.Reviews[K]
    said: Mapping[K, Mapping[str, baseline.Say]]


@dataclass(frozen=True, kw_only=True)
class SpreadOf(Generic[K]):
    """How many said what to one question, or in one cell of a table."""

    place: str
    item: str
    row: str  # slug; "" outside a table
    column: str
    question: str
    choices: Mapping[str, str]  # value as in `spread.counts`, as text -> what people read
    spread: spreads.Spread[str]
    steps: spreads.Steps | None  # on a scale, and only there
    said: Mapping[K, Any]


@dataclass(frozen=True, kw_only=True)
class Subject(Generic[K]):
    """One thing that somebody has or wants: a course."""

    name: str  # as most write it
    # who, and what the row says beside the name: free places, a price; empty outside tables
    offers: Mapping[K, Mapping[str, Any]]
    wants: Mapping[K, Mapping[str, Any]]
    takes: Mapping[K, Mapping[str, Any]]  # takes part in it already


@dataclass(frozen=True, kw_only=True)
class OffersPicture(Generic[K]):
    subjects: tuple[Subject[K], ...]  # what most want first

    @property
    def matches(self) -> tuple[Subject[K], ...]:
        """What one wants and another has."""
        return tuple(
            one for one in self.subjects if one.wants and one.offers.keys() - one.wants.keys()
        )

    @property
    def in_common(self) -> tuple[Subject[K], ...]:
        """What several want."""
        return tuple(one for one in self.subjects if len(one.wants) > 1)


@dataclass(frozen=True, kw_only=True)
class Amount(Generic[K]):
    """One number or sum of money over all who said one."""

    place: str
    item: str
    row: str  # of the table; where people name rows themselves, of the list they are sorted by
    column: str
    name: str  # of the row, or the question
    is_money: bool  # whole pence; else `unit`
    unit: str
    sum: spreads.Sum
    said: Mapping[K, int]


@dataclass(frozen=True, kw_only=True)
class Supplier(Generic[K]):
    """One supplier, in whatever spelling, and what each buys there."""

    name: str  # as most write it
    buys: Mapping[K, tuple[str, ...]]  # names of what rows are sorted by


@dataclass(frozen=True, kw_only=True)
class End(Generic[K]):
    day: date
    key: K
    name: str  # of the row, or the question
    column: str  # name of the column; "" outside a table


@dataclass(frozen=True, kw_only=True)
class SumsPicture(Generic[K]):
    amounts: tuple[Amount[K], ...]  # in the order asked
    totals: Mapping[str, spreads.Sum]  # of a column over all rows: `item/column`; n is of members
    suppliers: tuple[Supplier[K], ...]  # those of at least two members, of most first
    ends: tuple[End[K], ...]  # days in tables, the earliest first
    spreads: tuple[SpreadOf[K], ...]  # what else is marked: how content with a supplier


@dataclass(frozen=True, kw_only=True)
class Beside(Generic[K]):
    """One question and what each said to it, as answers.py has it."""

    item: str
    question: str
    said: Mapping[K, Any]


@dataclass(frozen=True, kw_only=True)
class Picture(Generic[K]):
    """One instrument over several members. One part is there, by how the instrument is scored;
    what that part leaves out stands in `beside`. Members are in the order of their names."""

    instrument: str
    version: int
    scored: Scored
    members: tuple[Member[K], ...]
    needs: NeedsPicture[K] | None = None
    baseline: BaselinePicture[K] | None = None
    spreads: tuple[SpreadOf[K], ...] = ()
    offers: OffersPicture[K] | None = None
    sums: SumsPicture[K] | None = None
    beside: tuple[Beside[K], ...] = ()

    def plain(self) -> dict[str, Any]:
        """As JSON holds it. The same answers give the same, in whatever order they came."""
        return dict(_plain(self))


@dataclass(frozen=True, kw_only=True)
class RolesPicture(Generic[K]):
    """The same instrument asked of several roles, each by itself."""

    by_role: Mapping[str, Picture[K]]
    apart: Mapping[K, tuple[spreads.Difference[str], ...]]  # where roles of one organisation differ


@dataclass(frozen=True, kw_only=True)
class PictureChanges(Generic[K]):
    """From one round to the next. For needs, or for a baseline; nothing for what is not scored."""

    functions: Mapping[str, str]
    needs: changes.Changes[K] | None = None
    baseline: tuple[changes.Moved[K], ...] = ()


def _plain(part: Any) -> Any:
    """Parts as dicts of their fields and of the counts that they make of them."""
    if is_dataclass(part):
        names = [field.name for field in fields(part)]
        names += [
            name
            for name, of in vars(type(part)).items()
            if name.startswith("n_") and isinstance(of, property)
        ]
        return {name: _plain(getattr(part, name)) for name in names}
    if isinstance(part, Mapping):
        return {str(key): _plain(value) for key, value in part.items()}
    if isinstance(part, tuple | list):
        return [_plain(value) for value in part]
    if isinstance(part, Fraction):
        return [part.numerator, part.denominator]
    return part.isoformat() if isinstance(part, date) else part
