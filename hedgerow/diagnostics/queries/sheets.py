"""Who of an organisation answered what, how far, and who sees it."""

from collections.abc import Iterable
from dataclasses import dataclass

from hedgerow.core.owners import Audience
from hedgerow.diagnostics import rules
from hedgerow.diagnostics.models import AnswerFile, Asking, Role, Shared, Sheet
from hedgerow.diagnostics.questions.asked import n_asked
from hedgerow.diagnostics.questions.instruments import Instrument, Section
from hedgerow.diagnostics.questions.packs import instrument_of
from hedgerow.look.words import count, day, first_up, number, out_of
from hedgerow.people.access import visible
from hedgerow.people.models import Member
from hedgerow.people.readers import Reader, seat_words

from .counted import chosen

# What each step means, in one sentence.
MEANS = {
    Audience.ONLY_US: "The people of our organisation who have a seat in this cluster.",
    Audience.FACILITATOR: "We, and the facilitator of the cluster, who can then help early.",
    Audience.CLUSTER: (
        "We, the facilitator, and the Core Group members and deputies of the other members; "
        "it counts in the shared picture at once."
    ),
    Audience.FUNDER: (
        "The same people; besides, the programme counts it in its figures, "
        "and nobody there reads the answers themselves."
    ),
}
NOT_COUNTED = (
    "What the cluster does not see is counted once, when the round closes, and only where nobody "
    "can work out from it what we answered."
)

_SEAT = (
    "seat__user",
    "seat__organisation",
    "seat__cluster",
    "seat__programme",
    "recorded_by__user",
)


@dataclass(frozen=True, kw_only=True)
class SheetLine:
    key: int
    by: str  # "Chief executive, Open Door"
    role: str  # "Manager"; "" where it is asked once
    is_mine: bool
    is_finished: bool
    said: str  # "Finished on 3 March 2026"; "Two of six sections kept"
    recorded: str  # who wrote it down for them, and whether it is confirmed


@dataclass(frozen=True, kw_only=True)
class SharedLine:
    key: int
    name: str  # of the section
    audience: str
    means: str


@dataclass(frozen=True, kw_only=True)
class OwnLine:
    """How far one organisation of the reader's has come with one instrument."""

    member: Member
    sheets: tuple[SheetLine, ...]
    mine: SheetLine | None
    can_compare: bool  # two have finished
    may_share: bool  # the reader chooses who sees them
    shared: tuple[SharedLine, ...]

    @property
    def ident(self) -> str:
        return f"ours-{self.member.pk}"


def own_members(reader: Reader, asking: Asking) -> list[Member]:
    """The reader's organisations that are asked. One query."""
    members = visible(reader, rules.BEGIN_SHEET).filter(
        cluster=asking.round.cluster_id, is_second_tier=False
    )
    return list(members.select_related("organisation", "cluster").order_by("organisation__name"))


def own_lines(reader: Reader, asking: Asking) -> list[OwnLine]:
    """Three queries, and one more where they may see none."""
    members = own_members(reader, asking)
    if not members:
        return []
    sheets = list(
        visible(reader, rules.SEE_SHEETS)
        .filter(asking=asking)
        .select_related(*_SEAT)
        .prefetch_related("sections")
    )
    shared = list(visible(reader, rules.SEE_SHARED).filter(asking=asking))
    instrument = instrument_of(asking.text)
    return [_own(member, sheets, shared, instrument, reader) for member in members]


def _own(
    member: Member,
    sheets: Iterable[Sheet],
    shared: Iterable[Shared],
    instrument: Instrument,
    reader: Reader,
) -> OwnLine:
    organisation = member.organisation_id
    theirs = [it for it in sheets if it.organisation_id == organisation]
    lines = tuple(sheet_line(it, instrument, reader) for it in theirs)
    return OwnLine(
        member=member,
        sheets=lines,
        mine=next((line for line in lines if line.is_mine), None),
        can_compare=sum(line.is_finished for line in lines) > 1,
        may_share=any(
            seat.organisation == organisation and seat.roles & rules.SHARE.seats
            for seat in reader.in_cluster(member.cluster_id)
        ),
        shared=shared_lines(
            [it for it in shared if it.organisation_id == organisation], instrument
        ),
    )


def sheet_line(sheet: Sheet, instrument: Instrument, reader: Reader) -> SheetLine:
    kept = sum(section.kept_at is not None for section in sheet.sections.all())
    n = len(instrument.sections)
    if sheet.finished_at:
        said = f"Finished on {day(sheet.finished_at)}"
    elif n == 1:
        said = "Begun" if not kept else "Answered, and not finished"
    else:
        said = f"{first_up(out_of(kept, n))} sections kept, and not finished"
    return SheetLine(
        key=sheet.pk,
        by=seat_words(sheet.seat),
        role=Role(sheet.role).label if sheet.role else "",
        is_mine=bool(reader.person) and sheet.seat.user_id == reader.person.pk,
        is_finished=sheet.finished_at is not None,
        said=said,
        recorded=_recorded(sheet),
    )


def _recorded(sheet: Sheet) -> str:
    if sheet.recorded_by is None:
        return ""
    who = first_up(str(sheet.recorded_by.user.title or "the facilitator"))
    if sheet.confirmed_at:
        return f"{who} wrote this down; it was confirmed on {day(sheet.confirmed_at)}"
    return f"{who} wrote this down for us; it is not confirmed yet"


def shared_lines(shared: Iterable[Shared], instrument: Instrument) -> tuple[SharedLine, ...]:
    """In the order of the sections."""
    by_section = {it.section: it for it in shared}
    return tuple(
        shared_line(by_section[section.slug], section)
        for section in instrument.sections
        if section.slug in by_section
    )


def shared_line(shared: Shared, section: Section) -> SharedLine:
    step = Audience(shared.audience)
    return SharedLine(key=shared.pk, name=section.name, audience=shared.audience, means=MEANS[step])


def section_named(instrument: Instrument, slug: str) -> Section | None:
    return next((section for section in instrument.sections if section.slug == slug), None)


def may_take(reader: Reader, file: AnswerFile) -> bool:
    """Its own people may at any time; others once it stands in answers that count, as on the
    picture. Two queries."""
    if visible(reader, rules.SEE_OWN_FILES).filter(pk=file.pk).exists():
        return True
    sheet = file.section.sheet
    counting = chosen({sheet.asking_id: sheet.asking.roles}, {sheet.organisation_id})
    return any(one.key == sheet.pk for one in counting[sheet.asking_id])


def size_words(instrument: Instrument) -> str:
    """ "33 questions in six sections"; rows of a table are questions of their own."""
    n = n_asked(instrument)
    if len(instrument.sections) == 1:
        return first_up(count(n, "question"))
    return f"{first_up(count(n, 'question'))} in {number(len(instrument.sections))} sections"


def progress_words(instrument: Instrument, section: Section) -> str:
    """ "Section 2 of 4"; "" where there is one."""
    n = len(instrument.sections)
    at = instrument.sections.index(section) + 1
    return f"Section {at} of {n}" if n > 1 else ""
