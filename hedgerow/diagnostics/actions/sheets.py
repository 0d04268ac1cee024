"""An organisation's answers: begun, kept section by section, finished. Each person has their own."""

from datetime import timedelta

from hedgerow.core import clock
from hedgerow.core.actions import Refused, action, locked, nothing_to_do, record
from hedgerow.core.actors import Actor
from hedgerow.core.models import Event
from hedgerow.diagnostics import known
from hedgerow.diagnostics.models import Asking, Sheet
from hedgerow.diagnostics.questions.instruments import Answers, Kind
from hedgerow.diagnostics.questions.merging import merged
from hedgerow.diagnostics.questions.packs import instrument_of
from hedgerow.journeys.actions.stages import seat_of
from hedgerow.people.models import Member, Seat

from .writing import (
    answers_here,
    being_asked,
    check,
    end,
    fresh,
    in_history,
    new_sheet,
    opened,
    put,
    section_row,
    touch,
)

AN_HOUR = timedelta(hours=1)  # of one person at one section, which one line of history stands for
MOST_SECONDS = 300  # of one sitting between two keeps: whoever was away longer was not answering


@action
def begin_sheet(*, by: Actor, member: Member, asking: Asking, role: str = "") -> Sheet:
    """Of the person in this seat. Whoever begins again comes to the same, whatever role is told."""
    being_asked(asking)
    member = locked(member)
    answers_here(member, asking)
    seat = Seat.objects.get(pk=seat_of(by))
    found = Sheet.objects.filter(asking=asking, seat=seat).first()
    if found:
        nothing_to_do()
        return found
    _check_role(asking, role)
    instrument = instrument_of(asking.text)
    answers, where = known.fill_in(
        instrument, organisation=member.organisation, asking=asking, role=role
    )
    sheet = new_sheet(asking, member.organisation, seat, role=role, filled=where)
    put(sheet, instrument, answers, is_kept=False)
    record("diagnostics.sheet_begun", **in_history(by, sheet))
    return sheet


@action
def keep_section(
    *, by: Actor, sheet: Sheet, section: str, answers: Answers, seconds: int, version: int
) -> Sheet:
    """The whole of one section: what is not among the answers is taken out. Files stay.

    Raises Refused, and Stale where what would be written over was not seen.
    """
    sheet, instrument = opened(sheet)
    asked = next((part for part in instrument.sections if part.slug == section), None)
    if asked is None:
        raise Refused("This section is not asked here any more.")
    row = section_row(sheet, section)
    files = {item.slug for item in asked.items if item.kind is Kind.FILE}
    here = {item.slug for item in asked.items} - files
    check(instrument, answers, only=here)
    whole = answers | {slug: value for slug, value in row.answers.items() if slug in files}
    if whole != row.answers:
        fresh(sheet, version)
    marks = {slug: where for slug, where in sheet.filled.items() if slug not in here}
    is_same = whole == row.answers and marks == sheet.filled
    row.answers, row.kept_at = whole, clock.now()
    row.save()
    sheet.seconds += max(0, min(seconds, MOST_SECONDS))
    if is_same:
        sheet.save(update_fields=["seconds"])
        nothing_to_do()
        return sheet
    sheet.filled = marks
    touch(sheet)
    _record_kept(by, sheet, section)
    return sheet


@action
def give_answers(*, by: Actor, sheet: Sheet, answers: Answers, finish: bool, version: int) -> Sheet:
    """Answers of several sections at once: they add and change, and take nothing out."""
    sheet, instrument = opened(sheet)
    fresh(sheet, version)
    check(instrument, answers)
    before = known.answers_of(sheet)
    answers = merged(instrument, before, answers)
    check(instrument, answers)
    ends = finish and not sheet.finished_at
    if not ends and all(before.get(slug) == value for slug, value in answers.items()):
        nothing_to_do()
        return sheet
    put(sheet, instrument, answers, is_kept=True)
    sheet.filled = {slug: where for slug, where in sheet.filled.items() if slug not in answers}
    if ends:
        end(sheet)
    touch(sheet)
    record("diagnostics.answers_given", **in_history(by, sheet), n=len(answers))
    if ends:
        record("diagnostics.sheet_finished", **in_history(by, sheet))
    return sheet


@action
def finish_sheet(*, by: Actor, sheet: Sheet, version: int) -> Sheet:
    """It counts from now on, and can be changed until the round closes."""
    sheet, _ = opened(sheet)
    if sheet.finished_at and (sheet.confirmed_at or not sheet.recorded_by_id):
        nothing_to_do()
        return sheet
    fresh(sheet, version)
    end(sheet)
    touch(sheet)
    record("diagnostics.sheet_finished", **in_history(by, sheet))
    return sheet


@action
def confirm_sheet(*, by: Actor, sheet: Sheet) -> Sheet:
    """What a facilitator wrote down for an organisation is what it says."""
    sheet, _ = opened(sheet)
    if not sheet.recorded_by_id or sheet.confirmed_at:
        nothing_to_do()
        return sheet
    touch(sheet)
    record("diagnostics.sheet_confirmed", **in_history(by, sheet))
    return sheet


def _record_kept(by: Actor, sheet: Sheet, section: str) -> None:
    """A script keeps a section every few seconds, and a history with a line for each of them is read
    by nobody: one line stands for an hour of one person's work at one section. Once the answers
    are finished, a change of them has its own."""
    since = max(clock.now() - AN_HOUR, sheet.finished_at or sheet.begun_at)
    earlier = Event.objects.filter(
        did="diagnostics.section_kept",
        thing=f"{sheet._meta.label_lower}:{sheet.pk}",
        by_person=by.person,
        by_seat=by.seat if by.seat is not None else sheet.seat_id,
        via=by.via.value,
        at__gt=since,
        detail__section=section,
    )
    if earlier.exists():
        nothing_to_do()
    else:
        record("diagnostics.section_kept", **in_history(by, sheet), section=section)


def _check_role(asking: Asking, role: str) -> None:
    if asking.roles and role not in asking.roles:
        raise Refused("This is asked of several separately. Choose as whom you answer.")
    if role and not asking.roles:
        raise Refused("This is asked once, whatever you are. Begin without a role.")
