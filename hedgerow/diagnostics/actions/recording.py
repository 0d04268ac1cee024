"""Answers that an organisation told a facilitator, who wrote them down."""

from collections.abc import Sequence

from hedgerow.core.actions import Refused, action, for_change, locked, nothing_to_do, record
from hedgerow.core.actors import Actor
from hedgerow.diagnostics import known
from hedgerow.diagnostics.models import Asking, Sheet
from hedgerow.diagnostics.models import Role as SheetRole
from hedgerow.diagnostics.questions.instruments import Answers
from hedgerow.diagnostics.questions.merging import merged
from hedgerow.diagnostics.questions.packs import instrument_of
from hedgerow.journeys.actions.stages import seat_of
from hedgerow.people.models import Member, Role, Seat

from .writing import answers_here, being_asked, check, end, in_history, new_sheet, put, save


class NotTheirs(Refused):
    """An organisation's answers are not for a facilitator to write down."""


@action
def record_answers(
    *, by: Actor, asking: Asking, member: Member, answers: Answers, finish: bool = True
) -> Sheet:
    """What an organisation told on the telephone or on paper, in its Core Group member's name.

    It counts at once, and waits to be confirmed. Refused where they answered by themselves.
    """
    being_asked(asking)
    member = locked(member)
    answers_here(member, asking)
    instrument = instrument_of(asking.text)
    check(instrument, answers)
    theirs = Sheet.objects.filter(asking=asking, organisation=member.organisation)
    if theirs.exclude(recorded_by__isnull=False, confirmed_at=None).exists():
        raise NotTheirs(f"{member.organisation} answers this by itself. Its own answers stand.")
    core = Seat.objects.filter(
        cluster=member.cluster, organisation=member.organisation, role=Role.CORE, ended_at=None
    ).first()
    if core is None:
        raise NotTheirs(
            f"Nobody has the Core Group seat of {member.organisation}, so nobody could confirm "
            "what is written down. Invite somebody first."
        )
    sheet = theirs.filter(seat=core).first() or new_sheet(
        asking, member.organisation, core, role=_told_as(asking)
    )
    sheet.recorded_by_id = seat_of(by)
    answers = merged(instrument, known.answers_of(sheet), answers)
    check(instrument, answers)
    put(sheet, instrument, answers, is_kept=True)
    if finish:
        end(sheet)
    save(sheet)
    record("diagnostics.answers_recorded", **in_history(by, sheet), n=len(answers))
    return sheet


@action
def record_all(*, by: Actor, asking: Asking, told: Sequence[tuple[Member, Answers]]) -> list[Sheet]:
    """What several members told, together. Who answers by themselves is left as they are."""
    nothing_to_do()  # each is written down by itself
    # All of them before the first is: whoever leaves meanwhile would wait for us, and we for them.
    locked(asking.round)
    members = Member.objects.filter(pk__in=[member.pk for member, _ in told])
    list(for_change(members.order_by("pk")))
    recorded = []
    for member, answers in told:
        try:
            recorded.append(record_answers(by=by, asking=asking, member=member, answers=answers))
        except NotTheirs:
            continue
    return recorded


def _told_as(asking: Asking) -> str:
    """As whom a facilitator is taken to have been told: the manager, where several are asked."""
    if SheetRole.MANAGER.value in asking.roles:
        return SheetRole.MANAGER.value
    return next(iter(asking.roles), "")
