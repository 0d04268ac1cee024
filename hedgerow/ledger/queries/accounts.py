"""The statement of one award at the end of a day: each figure with its sentence."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from hedgerow.core import clock
from hedgerow.core.readings import beside
from hedgerow.ledger.models import TRANCHE_NAMES, Award, Claim, Condition, Instalment
from hedgerow.ledger.powers import UNDONE, is_freed_line, may_write
from hedgerow.look.words import day
from hedgerow.people.access import MEMBERS
from hedgerow.people.models import Organisation, Role
from hedgerow.people.readers import LiveSeat, Reader, seat_words, with_seats
from hedgerow.units import Pence, pounds

from .awards import Money, Sums, money_in
from .entries import EntryLine, entries_of

Parts = tuple[tuple[float, str], ...]  # share in per cent, and a key of drawings.FILL


@dataclass(frozen=True, kw_only=True)
class Row:
    """One part of the award, or all of it, with its two pictures."""

    name: str
    sums: Sums
    where: Parts  # drawn, released and not drawn, not released
    what: Parts  # spent, committed and not spent, free


@dataclass(frozen=True, kw_only=True)
class MemberRow:
    name: str
    committed: Pence
    spent: Pence
    open: Pence


@dataclass(frozen=True, kw_only=True)
class Told:
    """What the cluster says."""

    words: str
    by: str
    on: date


@dataclass(frozen=True, kw_only=True)
class Part:
    """An instalment."""

    key: int
    name: str
    part: str
    pence: Pence
    due_on: date | None
    waits: bool  # for something to be reached
    told: Told | None  # that it is
    doubt: tuple[str, ...]  # that it is not yet, and of what that was said
    released_on: date | None


@dataclass(frozen=True, kw_only=True)
class ConditionLine:
    key: int
    position: int
    words: str
    due_on: date | None
    told: str
    told_by: str
    told_on: date | None
    doubt: tuple[str, ...]  # that it is not met yet, and of what that was said
    met_on: date | None


@dataclass(frozen=True, kw_only=True)
class Account:
    figures: tuple[tuple[str, str], ...]  # an amount, and its sentence
    rows: tuple[Row, ...]  # by part; none where the award has one part only
    whole: Row
    members: tuple[MemberRow, ...]
    parts: tuple[Part, ...]
    conditions: tuple[ConditionLine, ...]
    entries: tuple[EntryLine, ...]
    undoable: frozenset[int]  # keys of entries that this reader can undo


def account_of(reader: Reader, award: Award, on: date) -> Account:
    """Seven queries, however much was entered."""
    money = money_in([award.pk], on=on)[award.pk]
    entries = tuple(one for one in entries_of(award) if one.on <= on)
    rows = [_row(TRANCHE_NAMES[tranche], sums) for tranche, sums in money.by_tranche.items()]
    return Account(
        figures=_figures(award, money),
        rows=tuple(rows) if len(rows) > 1 else (),
        whole=_row("In all", money),
        members=_members(money),
        parts=_parts(award),
        conditions=_conditions(award),
        entries=entries,
        undoable=_undoable(reader, award, entries),
    )


def _figures(award: Award, money: Money) -> tuple[tuple[str, str], ...]:
    holding = award.holding
    still = pounds(money.unreleased)
    return (
        (
            pounds(money.award),
            f"is the award, made on {day(award.awarded_on)}. {holding} holds it for all.",
        ),
        (pounds(money.released), f"of it is released by the programme; {still} is still to come."),
        (
            pounds(money.drawn),
            f"of what is released is drawn; {pounds(money.undrawn)} waits to be drawn.",
        ),
        (
            pounds(money.committed),
            f"is committed by members, and {pounds(money.spent)} of that is spent.",
        ),
        (pounds(money.free), "is free: nobody has committed it."),
    )


def _row(name: str, sums: Sums) -> Row:
    return Row(
        name=name,
        sums=sums,
        where=_shares(
            sums.award,
            (sums.drawn, "done"),
            (sums.undrawn, "planned"),
            (sums.unreleased, "left"),
        ),
        what=_shares(sums.award, (sums.spent, "done"), (sums.open, "planned"), (sums.free, "left")),
    )


def _shares(whole: int, *parts: tuple[int, str]) -> Parts:
    return tuple((100 * pence / whole if whole else 0.0, kind) for pence, kind in parts)


def _members(money: Money) -> tuple[MemberRow, ...]:
    names = dict(Organisation.objects.filter(pk__in=money.by_member).values_list("pk", "name"))
    return tuple(
        MemberRow(name=names[key], committed=own.committed, spent=own.spent, open=own.open)
        for key, own in sorted(money.by_member.items(), key=lambda one: names[one[0]])
        if own.committed
    )


def _parts(award: Award) -> tuple[Part, ...]:
    rows = beside(Instalment.objects.filter(award=award).order_by("position"), "released__on")
    return tuple(
        Part(
            key=one.pk,
            name=str(one),
            part=TRANCHE_NAMES[one.tranche],
            pence=Pence(one.pence),
            due_on=one.due_on,
            waits=bool(one.when),
            told=told_of(one),
            doubt=doubt_words(one),
            released_on=one.released.on if one.released else None,
        )
        for one in with_seats(rows, "told_by", "doubted_by")
    )


def told_of(part: Instalment) -> Told | None:
    """That what it waits for is reached. No query where it was read with its seat."""
    if part.told_by is None or part.told_at is None:
        return None
    return Told(words=part.told, by=seat_words(part.told_by), on=clock.day_of(part.told_at))


def doubt_words(claim: Claim) -> tuple[str, ...]:
    """That the programme's manager did not take it so, and what that was about; () if there was no
    doubt. No query where it was read with its seat."""
    if claim.doubted_by is None or claim.doubted_at is None:
        return ()
    on = day(clock.day_of(claim.doubted_at))
    return (
        f"{seat_words(claim.doubted_by)} said on {on}: not yet. {claim.doubt}",
        f"That was about this: {claim.doubted}",
    )


def _conditions(award: Award) -> tuple[ConditionLine, ...]:
    rows = with_seats(
        Condition.objects.filter(award=award).order_by("position"), "told_by", "doubted_by"
    )
    return tuple(
        ConditionLine(
            key=one.pk,
            position=one.position,
            words=one.words,
            due_on=one.due_on,
            told=one.told,
            told_by=seat_words(one.told_by) if one.told_by else "",
            told_on=one.told_at,
            doubt=doubt_words(one),
            met_on=one.met_at,
        )
        for one in rows
    )


def is_manager_of(reader: Reader, award: Award) -> bool:
    return any(
        seat.role is Role.MANAGER and seat.programme == award.cluster.programme_id
        for seat in reader.seats
    )


def writing_seats(reader: Reader, award: Award) -> list[LiveSeat]:
    """Seats of members' people, from which something can be written down, while it can."""
    if award.cluster.ended_at:
        return []
    return [seat for seat in reader.in_cluster(award.cluster_id) if seat.role in MEMBERS]


def may_draw(reader: Reader, award: Award) -> bool:
    return is_manager_of(reader, award) or any(
        seat.organisation == award.holding_id for seat in writing_seats(reader, award)
    )


def _undoable(reader: Reader, award: Award, entries: Iterable[EntryLine]) -> frozenset[int]:
    if not award.is_open:
        return frozenset()
    runs, seats = is_manager_of(reader, award), writing_seats(reader, award)
    return frozenset(
        line.key
        for line in entries
        if line.stands
        and line.verb in UNDONE
        and not is_freed_line(line.verb, line.line)
        and (
            runs
            or any(
                may_write(
                    line.verb,
                    line.member,
                    organisation=seat.organisation,
                    holding=award.holding_id,
                )
                for seat in seats
            )
        )
    )
