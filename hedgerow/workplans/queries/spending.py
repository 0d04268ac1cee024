"""What was ordered and paid on the lines of a budget, by member, at the end of any day."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from hedgerow.ledger.models import Award, Entry
from hedgerow.people.readers import seat_words
from hedgerow.units import Pence
from hedgerow.workplans.models import Budget, BudgetLine

from .budget_money import TRANCHE_OF

# verb -> what it adds to what is open, and to what is paid
_MOVES = {"commit": (1, 0), "free": (-1, 0), "spend": (-1, 1), "refund": (1, -1)}


@dataclass(frozen=True, kw_only=True)
class Paid:
    """On a line, or of one member on it. `committed` holds what was spent of it."""

    committed: Pence
    spent: Pence

    @property
    def open(self) -> Pence:
        return Pence(self.committed - self.spent)


@dataclass(frozen=True, kw_only=True)
class EntryLine:
    number: int
    on: date
    did: str  # "Ordered"; "Handed over to Open Door"
    member: str
    line: int | None
    pence: Pence
    words: str
    by: str
    undone_by: int | None  # the number of the entry that undid it
    undoes: int | None


@dataclass(frozen=True, kw_only=True)
class MemberPaid:
    member: str
    key: int
    paid: Paid


@dataclass(frozen=True, kw_only=True)
class SpendingLine:
    """A line of the budget that holds, or one that anything ever moved on."""

    number: int
    title: str
    planned: Pence
    paid: Paid
    members: tuple[MemberPaid, ...]
    entries: tuple[EntryLine, ...]  # oldest first

    @property
    def left(self) -> Pence:
        """Of what it plans, not yet committed."""
        return Pence(self.planned - self.paid.committed)

    @property
    def ident(self) -> str:
        """Of its place on the page."""
        return f"line-{self.number}"


@dataclass(frozen=True, kw_only=True)
class SpendingPage:
    lines: tuple[SpendingLine, ...]
    members: tuple[MemberPaid, ...]
    planned: Pence
    paid: Paid

    @property
    def left(self) -> Pence:
        return Pence(self.planned - self.paid.committed)


_NAMED = {
    "commit": "Ordered",
    "free": "Freed",
    "spend": "Paid",
    "refund": "Came back",
    "hand_over": "Handed over",
}


def open_orders(award: int, line: int, member: int) -> Pence:
    """What a member ordered on a line and has not paid. One query."""
    rows = Entry.objects.filter(award=award, line=line)
    return _by_member(rows).get(member, _NOTHING).open


def spending_page(award: Award, budget: Budget | None, *, on: date | None = None) -> SpendingPage:
    """At the end of a day, or with all that is entered. Two queries for any number of lines."""
    rows = Entry.objects.filter(award=award, verb__in=_NAMED)
    if on is not None:
        rows = rows.filter(on__lte=on)
    seats = ("by__user", "by__organisation", "by__cluster", "by__programme")
    entries = list(
        rows.select_related("member", "to", "undoes", "undone_by", *seats).order_by("on", "number")
    )
    planned = list(budget.lines.order_by("number")) if budget else []
    lines = _lines([row for row in planned if row.kind in TRANCHE_OF], entries)
    return SpendingPage(
        lines=lines,
        members=_members(entries),
        planned=Pence(sum(line.planned for line in lines)),
        paid=_paid(entries),
    )


def _lines(planned: Sequence[BudgetLine], entries: Sequence[Entry]) -> tuple[SpendingLine, ...]:
    of: dict[int | None, list[Entry]] = defaultdict(list)
    for entry in entries:
        of[entry.line].append(entry)
    here = {row.number for row in planned}
    found = [_line(row.number, row.title, row.pence, of.get(row.number, [])) for row in planned]
    gone = sorted(number for number in of if number is not None and number not in here)
    found += [
        _line(number, f"Line {number}, of an earlier budget", 0, of[number]) for number in gone
    ]
    if None in of:
        found.append(_line(0, "On no line", 0, of[None]))
    return tuple(found)


def _line(number: int, title: str, pence: int, entries: Sequence[Entry]) -> SpendingLine:
    return SpendingLine(
        number=number,
        title=title,
        planned=Pence(pence),
        paid=_paid(entries),
        members=_members(entries),
        entries=tuple(_entry(entry) for entry in entries),
    )


def _entry(entry: Entry) -> EntryLine:
    did = _NAMED[entry.verb]
    undone = getattr(entry, "undone_by", None)
    return EntryLine(
        number=entry.number,
        on=entry.on,
        did=f"{did} to {entry.to}" if entry.to else did,
        member=str(entry.member),
        line=entry.line,
        pence=Pence(entry.pence),
        words=entry.words,
        by=seat_words(entry.by),
        undone_by=undone.number if undone else None,
        undoes=entry.undoes.number if entry.undoes else None,
    )


_NOTHING = Paid(committed=Pence(0), spent=Pence(0))


def _members(entries: Iterable[Entry]) -> tuple[MemberPaid, ...]:
    """By name, those that anything moved for."""
    entries = list(entries)
    names = {one.member_id: str(one.member) for one in entries if one.member_id}
    names |= {one.to_id: str(one.to) for one in entries if one.to_id}
    found = [
        MemberPaid(member=names[key], key=key, paid=paid)
        for key, paid in _by_member(entries).items()
    ]
    return tuple(sorted(found, key=lambda one: (one.member, one.key)))


def _by_member(entries: Iterable[Entry]) -> dict[int, Paid]:
    left: dict[int, int] = defaultdict(int)
    spent: dict[int, int] = defaultdict(int)
    for one in entries:
        if one.member_id is None:
            continue
        if one.verb == "hand_over" and one.to_id:
            left[one.member_id] -= one.pence
            left[one.to_id] += one.pence
        elif one.verb in _MOVES:
            more_open, more_spent = _MOVES[one.verb]
            left[one.member_id] += more_open * one.pence
            spent[one.member_id] += more_spent * one.pence
    return {
        key: Paid(committed=Pence(left[key] + spent[key]), spent=Pence(spent[key]))
        for key in sorted(left.keys() | spent.keys())
    }


def _paid(entries: Iterable[Entry]) -> Paid:
    each = _by_member(entries).values()
    return Paid(
        committed=Pence(sum(one.committed for one in each)),
        spent=Pence(sum(one.spent for one in each)),
    )
