"""What every change to an answer has in common: may it still be, where does it stand, who is told."""

from collections.abc import Collection
from dataclasses import replace
from typing import Any

from hedgerow.core import clock
from hedgerow.core.actions import Refused, Stale, for_change, locked
from hedgerow.core.actors import Actor
from hedgerow.core.owners import Audience, Owner
from hedgerow.diagnostics.models import Asking, Round, SectionAnswers, Shared, Sheet
from hedgerow.diagnostics.questions.answers import faults_in
from hedgerow.diagnostics.questions.instruments import Answers, Instrument, Kind, Section
from hedgerow.diagnostics.questions.packs import instrument_of
from hedgerow.look.words import day
from hedgerow.people.actions.clusters import going_on
from hedgerow.people.models import Member, Organisation, Seat

_STALE = (
    "These answers were changed after you opened this page, perhaps by yourself in another window. "
    "They are shown now, and yours are still in the form; send yours again if they should stand."
)


def being_asked(asking: Asking) -> Round:
    """Nobody closes the round until this action ends. Raises Refused if somebody has."""
    round = locked(asking.round)
    if round.closed_at:
        raise Refused(
            f"{round} closed on {day(round.closed_at)}. Its answers can be read, not changed."
        )
    going_on(round.cluster)
    return round


def answers_here(member: Member, asking: Asking) -> None:
    """Raises Refused if this member is not asked this."""
    if member.cluster_id != asking.round.cluster_id:
        raise Refused("That is asked in another cluster.")
    if member.left_at:
        raise Refused(f"{member.organisation} has left {member.cluster}.")
    if member.is_second_tier:
        raise Refused("These questions are for members; who works for the others is not asked.")


def opened(sheet: Sheet) -> tuple[Sheet, Instrument]:
    """The sheet, locked, if its person may still write in it. Raises Refused if not."""
    round = being_asked(sheet.asking)
    sheet = locked(sheet)
    here = Member.objects.filter(
        cluster=round.cluster, organisation=sheet.organisation_id, left_at=None
    )
    if not here.exists():
        raise Refused(f"{sheet.organisation} has left {round.cluster}.")
    if sheet.seat.ended_at and sheet.seat.ended_at <= clock.now():
        raise Refused("The seat that these answers are from has ended. They can still be read.")
    return sheet, instrument_of(sheet.asking.text)


def fresh(sheet: Sheet, version: int) -> None:
    """Raises Stale if the sheet was changed since it was read at this version."""
    if version != sheet.version:
        raise Stale(_STALE)


def new_sheet(
    asking: Asking,
    organisation: Organisation,
    seat: Seat,
    *,
    role: str,
    filled: dict[str, str] | None = None,
) -> Sheet:
    """Empty, with its sections as far as the organisation shares them."""
    now = clock.now()
    sheet = Sheet.objects.create(
        asking=asking,
        organisation=organisation,
        seat=seat,
        role=role,
        filled=filled or {},
        begun_at=now,
        changed_at=now,
    )
    for section in instrument_of(asking.text).sections:
        shared, _ = Shared.objects.get_or_create(
            asking=asking,
            organisation=organisation,
            section=section.slug,
            defaults={"audience": first_audience(asking, organisation, section)},
        )
        SectionAnswers.objects.create(sheet=sheet, shared=shared)
    return sheet


def first_audience(asking: Asking, organisation: Organisation, section: Section) -> Audience:
    """The section's own, or less if the organisation showed it to fewer in the round before."""
    usual = Audience(section.audience)
    before = (
        Shared.objects.filter(
            organisation=organisation,
            section=section.slug,
            asking__slug=asking.slug,
            asking__round__cluster=asking.round.cluster_id,
            asking__round__number__lt=asking.round.number,
        )
        .order_by("-asking__round__number")
        .first()
    )
    if before and usual in Audience(before.audience).up:
        return Audience(before.audience)
    return usual


def section_row(sheet: Sheet, section: str) -> SectionAnswers:
    return for_change(sheet.sections.all()).get(shared__section=section)


def put(sheet: Sheet, instrument: Instrument, answers: Answers, *, is_kept: bool) -> None:
    """Write answers into their sections, beside what stands there."""
    for section in instrument.sections:
        slugs = {item.slug for item in section.items}
        here = {slug: value for slug, value in answers.items() if slug in slugs}
        if here:
            row = section_row(sheet, section.slug)
            row.answers = row.answers | here
            row.kept_at = clock.now() if is_kept else row.kept_at
            row.save()


def in_history(by: Actor, sheet: Sheet) -> dict[str, Any]:
    """How `record` is told of it: in the history of the organisation alone, from the seat that the
    answers are from."""
    if by.seat is None and by.person is not None:
        by = replace(by, seat=sheet.seat_id, for_organisation=sheet.organisation_id)
    return {
        "by": by,
        "to": sheet,
        "owner": (Owner.ORGANISATION, sheet.organisation_id),
        "audience": Audience.ONLY_US,
        "cluster": sheet.asking.round.cluster_id,
        "asking": sheet.asking_id,
    }


def touch(sheet: Sheet) -> None:
    """Whoever writes in what was written down for them confirms it."""
    if sheet.recorded_by_id and not sheet.confirmed_at:
        sheet.confirmed_at = clock.now()
    save(sheet)


def save(sheet: Sheet) -> None:
    sheet.changed_at = clock.now()
    sheet.version += 1
    sheet.save()


def check(instrument: Instrument, answers: Answers, only: Collection[str] | None = None) -> None:
    """Raises Refused with the first thing that is wrong."""
    for _, sentence in faults_in(instrument, answers):
        raise Refused(sentence)
    for slug in answers:
        if only is not None and slug not in only:
            raise Refused("An answer belongs to another section than this.")
        if instrument.item(slug).kind is Kind.FILE:
            raise Refused("A file is given by itself, with its own button.")


def end(sheet: Sheet) -> None:
    """Everything stood on the page with the button, so what was filled in is theirs now."""
    sections = list(sheet.sections.all())
    if not any(row.answers for row in sections):
        raise Refused("There is no answer here yet. Answer one question at least, then finish.")
    for row in sections:
        if row.answers and not row.kept_at:
            row.kept_at = clock.now()
            row.save(update_fields=["kept_at"])
    sheet.filled = {}
    sheet.finished_at = sheet.finished_at or clock.now()
