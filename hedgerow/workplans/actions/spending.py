"""Writing down what was ordered and paid on a line of the budget. Nothing is paid by it."""

from dataclasses import dataclass
from datetime import date

from hedgerow.agreements.actions.speakers import seat_in
from hedgerow.core.actions import Refused, action, nothing_to_do
from hedgerow.core.actors import Actor
from hedgerow.ledger.actions import enter
from hedgerow.ledger.actions.acting import open_award
from hedgerow.ledger.models import Award, Entry
from hedgerow.look.words import day, first_up
from hedgerow.people.models import Organisation, Role, Seat
from hedgerow.units import Pence, pounds
from hedgerow.workplans.models import Budget, BudgetLine
from hedgerow.workplans.queries.budget_money import TRANCHE_OF, Moved, moved
from hedgerow.workplans.queries.budgets import BudgetState, budget_states, planned_in
from hedgerow.workplans.queries.spending import open_orders


@dataclass(frozen=True, kw_only=True)
class _Place:
    """Where something is entered, with the award locked."""

    award: Award
    line: BudgetLine
    state: BudgetState
    known: Moved
    is_manager: bool  # who enters it, and reads of the budget only what was handed in

    @property
    def is_read(self) -> bool:
        """Whether whoever enters may read the budget that holds."""
        return not self.is_manager or self.line.budget.submission_id is not None

    @property
    def name(self) -> str:
        return f"“{self.line}”" if self.is_read else f"line {self.line.number}"

    @property
    def tranche(self) -> str:
        return TRANCHE_OF[self.line.kind]


@action
def commit(
    *,
    by: Actor,
    award: Award,
    line: int,
    member: Organisation,
    pence: int,
    on: date,
    words: str,
) -> Entry:
    """What a member ordered. Never more than is left of what the line plans."""
    place = _place(by, award, line, member)
    _refuse_of_another(place, member)
    _refuse_beyond(place, pence)
    return _enter("commit", by, place, member, pence, on, words)


@action
def spend(
    *,
    by: Actor,
    award: Award,
    line: int,
    member: Organisation,
    pence: int,
    on: date,
    words: str,
    was_ordered: bool = True,
) -> Entry:
    """What a member paid. What was not written down as ordered before is committed in the same
    act: with `was_ordered` only what the invoice is more than the order."""
    place = _place(by, award, line, member)
    ordered = open_orders(place.award.pk, line, member.pk) if was_ordered else 0
    if was_ordered and not ordered:
        raise Refused(
            f"Nothing that {member} ordered on {place.name} is still to be paid. Choose that it "
            "is paid and was not written down as ordered, or check the line."
        )
    if (more := pence - ordered) > 0:
        _refuse_of_another(place, member, has_ordered=bool(ordered))
        _refuse_beyond(place, more)
        _enter("commit", by, place, member, more, on, words)
    return _enter("spend", by, place, member, pence, on, words)


@action
def free(
    *,
    by: Actor,
    award: Award,
    line: int,
    member: Organisation,
    pence: int,
    on: date,
    words: str,
) -> Entry:
    """An order that came to less, or was called off."""
    return _enter("free", by, _place(by, award, line, member), member, pence, on, words)


@action
def refund(
    *,
    by: Actor,
    award: Award,
    line: int,
    member: Organisation,
    pence: int,
    on: date,
    words: str,
) -> Entry:
    """Money that came back. It is committed still, until it is freed."""
    return _enter("refund", by, _place(by, award, line, member), member, pence, on, words)


@action
def hand_over(
    *,
    by: Actor,
    award: Award,
    line: int,
    member: Organisation,
    to: Organisation,
    pence: int,
    on: date,
    words: str,
) -> Entry:
    """What one member ordered another pays from now on."""
    place = _place(by, award, line, member)
    return _enter("hand_over", by, place, member, pence, on, words, to=to)


def _enter(
    verb: str,
    by: Actor,
    place: _Place,
    member: Organisation,
    pence: int,
    on: date,
    words: str,
    to: Organisation | None = None,
) -> Entry:
    if not words.strip():
        raise Refused("Say what it was, such as “Invoice 231, Office Works”.")
    nothing_to_do()  # the entry is recorded as the ledger's own
    return enter(
        by=by,
        award=place.award,
        verb=verb,
        pence=pence,
        on=on,
        tranche=place.tranche,
        member=member,
        to=to,
        line=place.line.number,
        words=words,
    )


def _place(by: Actor, award: Award, line: int, member: Organisation) -> _Place:
    """The award, locked. Raises Refused where nothing can be entered on this line for this member
    by whoever asks."""
    award = open_award(award)
    is_manager = _is_manager(by, award)
    if not is_manager:
        _refuse_for_others(by, award, member)
    workplan = getattr(award.cluster, "workplan", None)
    state = budget_states([workplan.pk])[workplan.pk] if workplan else None
    if state is None or state.standing is None or not state.is_agreed:
        raise Refused("There is no agreed budget yet, so there is no line to write this on.")
    row = state.standing.lines.filter(number=line).select_related("member", "budget").first()
    if row is None:
        raise Refused("This line is not in the budget that holds. Choose one that is.")
    place = _Place(
        award=award, line=row, state=state, known=moved(award.cluster_id), is_manager=is_manager
    )
    if row.kind not in TRANCHE_OF:
        raise Refused(
            f"{first_up(place.name)} is hours given in kind, so no money moves on it. Choose a line "
            "of money."
        )
    return place


def _refuse_for_others(by: Actor, award: Award, member: Organisation) -> None:
    seat = seat_in(by, award.cluster)
    if seat.organisation_id != member.pk:
        raise Refused(
            f"This is of {member}, so its own people write it down. Choose your own organisation."
        )


def _refuse_of_another(place: _Place, member: Organisation, *, has_ordered: bool = False) -> None:
    """A line for one member is its own; whoever took an order over pays for it to its end."""
    whose = place.line.member
    if whose is None or whose.pk == member.pk or has_ordered:
        return
    if place.is_read:
        raise Refused(
            f"“{place.line}” is for {whose}, so {whose} writes down what is ordered on it. What it "
            "ordered can be handed over to another member."
        )
    raise _not_read(place, f"is not for {member}")


def _refuse_beyond(place: _Place, pence: int) -> None:
    """What is put to the vote is kept room for, so that once carried it can hold."""
    key = (place.line.number, place.tranche)
    held = place.known.held().get(key, Pence(0))
    left = max(place.line.pence - held, 0)
    if pence > left and not place.is_read:
        raise _not_read(place, f"has less than {pounds(pence)} left")
    if pence > left:
        raise Refused(
            f"“{place.line}” plans {pounds(place.line.pence)}, of which {pounds(left)} is left; "
            f"{pounds(pence)} is more than that. Change the budget first, or use another line."
        )
    if place.state.vote and place.state.put:
        _refuse_against_vote(place, place.state.put, held + pence, key)


def _refuse_against_vote(place: _Place, put: Budget, wanted: int, key: tuple[int, str]) -> None:
    planned = planned_in([put])[put.pk]
    vote = place.state.vote
    assert vote
    if place.known.refuses(planned) or wanted <= planned.get(key, 0):
        return
    if place.is_manager:
        raise _not_read(place, "does not take this now")
    raise Refused(
        f"A change of the budget that plans {pounds(planned.get(key, 0))} for “{place.line}” is put "
        f"to the vote, as decision {vote.number}, until {day(vote.closes_at)}. Wait for that, or "
        "use another line."
    )


def _not_read(place: _Place, why: str) -> Refused:
    """To the programme's manager, of what the cluster did not hand in: no more than that."""
    return Refused(
        f"Line {place.line.number} {why}. How the cluster plans it now is its own: ask the member to "
        "write this down, or use another line."
    )


def _is_manager(by: Actor, award: Award) -> bool:
    seats = Seat.objects.filter(pk=by.seat, user=by.person, role=Role.MANAGER)
    return seats.filter(programme=award.cluster.programme_id).exists()
