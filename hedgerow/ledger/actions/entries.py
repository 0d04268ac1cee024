"""What moves in an award: committed, spent, drawn, handed back; and undoing what was wrong.

Every entry is written here, by `post`, with its two postings and under the lock of its award.
"""

from collections.abc import Sequence
from datetime import date

from django.db.models import Max

from hedgerow.analysis import ledger, postings
from hedgerow.analysis.postings import Tranche, Verb, opposite
from hedgerow.core import clock
from hedgerow.core.actions import Refused, action
from hedgerow.core.actors import Actor
from hedgerow.ledger.models import TRANCHE_NAMES, Award, Entry, Instalment, Posting
from hedgerow.ledger.powers import (
    ENTERED,
    OF_HOLDING,
    OF_MEMBERS,
    UNDONE,
    is_freed_line,
    may_write,
)
from hedgerow.ledger.queries.postings import ledger_of, on_line
from hedgerow.people.models import Organisation, Role, Seat

from .acting import day_of_award, members_here, open_award, seat_about, words_of, write_down

WORDS = 200  # characters of an entry


@action
def enter(
    *,
    by: Actor,
    award: Award,
    verb: Verb,
    pence: int,
    on: date,
    tranche: Tranche = "main",
    member: Organisation | None = None,
    to: Organisation | None = None,
    line: int | None = None,
    words: str = "",
) -> Entry:
    """Write down what was drawn or handed back, or what a member committed or spent. Nothing is
    paid by it."""
    if verb not in ENTERED:
        raise ValueError(f"{verb} has an action of its own")
    award = open_award(award)
    seat = seat_about(by, award)
    may_move(seat, award, verb, member)
    members_here(award.cluster, member, to)
    entry = post(
        award=award,
        seat=seat,
        verb=verb,
        pence=pence,
        on=day_of_award(award, on),
        tranche=tranche,
        member=member,
        to=to,
        line=line,
        words=words,
    )
    _record("ledger.entered", by, entry)
    return entry


@action
def undo(*, by: Actor, entry: Entry, words: str) -> Entry:
    """Enter the opposite of a wrong entry, of the same day, so that on no day it counts. Both stay
    to be read."""
    award = open_award(entry.award)
    seat = seat_about(by, award)
    entry = Entry.objects.select_related("member", "to").get(pk=entry.pk)
    _refuse_undoing(entry)
    may_move(seat, award, entry.verb, entry.member)
    giver, taker = (entry.to, entry.member) if entry.to else (entry.member, None)
    members_here(award.cluster, giver, taker)
    back = post(
        award=award,
        seat=seat,
        verb=opposite(entry.verb),
        pence=entry.pence,
        on=entry.on,
        tranche=entry.tranche,
        member=giver,
        to=taker,
        line=entry.line,
        words=words_of(words, most=WORDS, else_say="Say what was wrong; it stays with the entry."),
        undoes=entry,
    )
    Instalment.objects.filter(released=entry).update(released=None)
    _record("ledger.undone", by, back, undoes=entry.number)
    return back


def may_move(seat: Seat, award: Award, verb: str, member: Organisation | None) -> None:
    """Raises Refused, with who can: the programme's manager writes down everything, the member
    that holds the money everything but what the programme does, another member its own."""
    if seat.role == Role.MANAGER:
        return
    whose = member.pk if member else None
    if may_write(verb, whose, organisation=seat.organisation_id, holding=award.holding_id):
        return
    if verb in OF_HOLDING:
        raise Refused(
            f"{award.holding} holds the money for all, so its people write down what is drawn and "
            "handed back. Ask them."
        )
    if verb in OF_MEMBERS and member:
        raise Refused(
            f"This is of {member}. Its own people write it down, or those of {award.holding}, which "
            "holds the money."
        )
    if verb in OF_MEMBERS:
        raise Refused("Say which member this is for.")
    raise Refused("Only the programme’s manager can do this. Ask them.")


def post(
    *,
    award: Award,
    seat: Seat,
    verb: Verb,
    pence: int,
    on: date,
    tranche: Tranche,
    member: Organisation | None = None,
    to: Organisation | None = None,
    line: int | None = None,
    words: str = "",
    undoes: Entry | None = None,
) -> Entry:
    """Write one entry of a locked award and its two postings, if analysis.ledger takes them. Whoever
    read the award before it reads it again before closing it or handing it on.

    Raises Refused, with its sentence, where it does not.
    """
    if tranche not in TRANCHE_NAMES:
        raise ValueError(f"an award has no part {tranche}")
    try:
        new = postings.entry(
            verb,
            pence,
            on=on,
            tranche=tranche,
            member=member.pk if member else None,
            to=to.pk if to else None,
        )
        ledger.added(ledger_of(award), new, closed_on=award.closed_on)
    except ValueError as wrong:
        raise Refused(str(wrong)) from None
    if line is not None:
        _check_line(award, line, new)
    last = award.entries.aggregate(last=Max("number"))["last"] or 0
    entry = Entry.objects.create(
        award=award,
        number=last + 1,
        verb=verb,
        tranche=tranche,
        pence=pence,
        on=on,
        member=member,
        to=to,
        line=line,
        words=words_of(words, most=WORDS),
        undoes=undoes,
        by=seat,
        at=clock.now(),
    )
    Posting.objects.bulk_create(
        Posting(
            entry=entry,
            award=award,
            step=one.account.step,
            tranche=one.account.tranche,
            member_id=one.account.member,
            on=one.on,
            pence=one.pence,
        )
        for one in new
    )
    award.version += 1
    award.save(update_fields=["version"])
    return entry


def _check_line(award: Award, line: int, new: Sequence[postings.Posting[int]]) -> None:
    """Nobody spends on one line of the budget what was committed on another."""
    try:
        ledger.added(on_line(award, line), new)
    except ValueError as wrong:
        raise Refused(f"In line {line} of the budget: {wrong}") from None


def _refuse_undoing(entry: Entry) -> None:
    if back := Entry.objects.filter(undoes=entry).first():
        raise Refused(f"Entry {entry.number} was undone already, by entry {back.number}.")
    if entry.undoes_id:
        raise Refused(
            "This entry undid another, so it is not undone itself. Enter what is right anew."
        )
    if is_freed_line(entry.verb, entry.line):
        raise Refused(
            "What was freed on a line of the budget may be planned or ordered otherwise by now, so "
            "it is not taken back. Write the order down anew, as far as the line has room for it."
        )
    if entry.verb not in UNDONE:
        raise Refused(
            "What the award is was not a slip. Change its amount instead; what it was before stays "
            "to be read."
        )


def _record(did: str, by: Actor, entry: Entry, **more: object) -> None:
    write_down(
        did,
        by=by,
        to=entry,
        award=entry.award,
        verb=entry.verb,
        pence=entry.pence,
        on=entry.on,
        tranche=entry.tranche,
        member=entry.member_id,
        receiver=entry.to_id,
        line=entry.line,
        **more,
    )
