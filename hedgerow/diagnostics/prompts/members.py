"""What a round asks of the reader's own organisation."""

from collections.abc import Iterator, Sequence

from django.urls import reverse

from hedgerow.core.rooms import Prompt
from hedgerow.diagnostics.models import Asking, Round
from hedgerow.diagnostics.queries.round_status import MemberStatus, RoundStatus
from hedgerow.diagnostics.queries.rounds import status_of
from hedgerow.diagnostics.questions.packs import instrument_of
from hedgerow.look.words import count, listed
from hedgerow.people.access import MEMBERS
from hedgerow.people.models import Role
from hedgerow.people.readers import LiveSeat, Reader

TO_CONFIRM = 3  # minutes


def of_members(reader: Reader, rounds: Sequence[Round]) -> Iterator[Prompt]:
    """Of open rounds; three queries for any number."""
    clusters = {seat.cluster for seat in reader.seats if seat.roles & MEMBERS}
    mine = [round for round in rounds if round.cluster_id in clusters]
    stands = status_of(mine)
    for round in mine:
        for seat in reader.in_cluster(round.cluster_id):
            member = stands[round.pk].of(seat.organisation)
            if member and seat.roles & MEMBERS:
                yield from _of_seat(round, stands[round.pk], member, seat)


def _of_seat(
    round: Round, stands: RoundStatus, member: MemberStatus, seat: LiveSeat
) -> Iterator[Prompt]:
    if Role.CORE in seat.roles and member.unconfirmed:
        yield _to_confirm(round, member)
    if member.why_not:
        return
    to_do = [asking for asking in stands.askings if _wants(asking, member, seat)]
    if to_do:
        yield _to_answer(round, member, to_do, seat)
    elif member.missing_roles and any(sheet.seat == seat.key for sheet in member.sheets):
        yield _waiting(round, member)


def _wants(asking: Asking, member: MemberStatus, seat: LiveSeat) -> bool:
    """Whether this person is to answer. Staff only where several roles are asked, or once they
    have begun."""
    own = _own(asking, member, seat)
    if own:
        return not own.is_finished
    is_asked = seat.role is not Role.STAFF or bool(asking.roles)
    return is_asked and asking.pk in member.open_askings


def _own(asking: Asking, member: MemberStatus, seat: LiveSeat):
    sheets = (it for it in member.sheets if it.seat == seat.key and it.asking == asking.pk)
    return next(sheets, None)


def _to_answer(
    round: Round, member: MemberStatus, to_do: Sequence[Asking], seat: LiveSeat
) -> Prompt:
    asked = [instrument_of(asking.text) for asking in to_do]
    own = _own(to_do[0], member, seat)
    what = f"“{asked[0].name}”" if len(asked) == 1 else f"{count(len(asked), 'set')} of questions"
    return Prompt(
        key=f"diagnostics.answer:{round.pk}:{member.organisation}",
        sentence=f"Go on with {what}" if own else f"Answer {what}",
        why=f"{'Next' if own else 'First'} comes {asked[0].name}. Stop when you like: what you "
        "have written is kept."
        if len(asked) > 1
        else "Once all have answered, you see what you have in common. Stop when you like.",
        minutes=sum(it.minutes for it in asked),
        url=reverse("diagnostics:sheet", args=[own.key])
        if own
        else reverse("diagnostics:begin_sheet", args=[member.member, to_do[0].pk]),
        button="Go on" if own else "Read the questions",
        place=round.cluster.name,
        due_on=round.due_on,
    )


def _waiting(round: Round, member: MemberStatus) -> Prompt:
    roles = dict.fromkeys(role for _, missing in member.missing_roles for role in missing)
    others = listed(role.label.lower() for role in roles)
    return Prompt(
        key=f"diagnostics.waiting:{round.pk}:{member.organisation}",
        sentence=f"Your answers for {member.name} are in",
        why="They are asked of several people of each member, one by one.",
        minutes=1,
        url=round.get_absolute_url(),
        button="Open the round",
        place=round.cluster.name,
        waits_on=f"others of {member.name} ({others})",
    )


def _to_confirm(round: Round, member: MemberStatus) -> Prompt:
    return Prompt(
        key=f"diagnostics.confirm:{round.pk}:{member.organisation}",
        sentence=f"Confirm what was written down for {member.name}",
        why="Somebody else wrote down your answers. They count, and wait for your word.",
        minutes=TO_CONFIRM,
        url=reverse("diagnostics:sheet", args=[member.unconfirmed[0]]),
        button="Read and confirm",
        place=round.cluster.name,
    )
