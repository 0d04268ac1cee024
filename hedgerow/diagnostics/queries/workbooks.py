"""What a spreadsheet that came back would change, before anything is changed."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from hedgerow.core.cells import alike
from hedgerow.core.faults import Fault
from hedgerow.diagnostics import known
from hedgerow.diagnostics.models import Asking, Sheet
from hedgerow.diagnostics.questions.answers import cells_of, row_name, shown
from hedgerow.diagnostics.questions.instruments import Answers, Instrument, Item, Kind
from hedgerow.diagnostics.questions.merging import merged
from hedgerow.diagnostics.questions.packs import instrument_of
from hedgerow.diagnostics.workbooks import FormRead, WorkbookReading, read_workbook
from hedgerow.look.words import count, first_up
from hedgerow.people.models import Member, Role, Seat


@dataclass(frozen=True, kw_only=True)
class Change:
    question: str
    was: str
    becomes: str


@dataclass(frozen=True, kw_only=True)
class Preview:
    """Of one sheet. `refusal`: why none of it can be taken."""

    faults: tuple[Fault, ...] = ()
    notes: tuple[str, ...] = ()
    answers: Answers | None = None
    changes: tuple[Change, ...] = ()
    n_stay: int = 0
    refusal: str = ""

    @property
    def words(self) -> str:
        if not self.changes:
            return "Nothing in it differs from what is here"
        n = first_up(count(len(self.changes), "answer"))
        return f"{n} would change, and {count(self.n_stay, 'answer')} stay as they are"


@dataclass(frozen=True, kw_only=True)
class ToldLine:
    """What a workbook of the whole cluster says of one organisation."""

    member: Member
    organisation: str
    answers: Answers
    n: int
    left: str  # why it is left as it is; "" if it would be written down


@dataclass(frozen=True, kw_only=True)
class ClusterPreview:
    faults: tuple[Fault, ...] = ()
    notes: tuple[str, ...] = ()
    lines: tuple[ToldLine, ...] = ()

    @property
    def to_record(self) -> tuple[ToldLine, ...]:
        return tuple(line for line in self.lines if not line.left)


def read_given(data: bytes, name: str, asking: Asking) -> WorkbookReading:
    instrument = instrument_of(asking.text)
    return read_workbook(data, name=name, instruments={(asking.slug, asking.number): instrument})


def preview_of(reading: WorkbookReading, sheet: Sheet) -> Preview:
    if reading.faults:
        return Preview(faults=reading.faults, notes=reading.notes)
    instrument = instrument_of(sheet.asking.text)
    form = _form_for(reading.forms, sheet.organisation.name)
    if form is None:
        return Preview(notes=reading.notes, refusal=_not_ours(reading, sheet, instrument))
    before = known.answers_of(sheet)
    after = merged(instrument, before, form.answers)
    changes = tuple(_changes(instrument, before, after))
    n_cells = sum(len(list(_cells(instrument.item(slug), value))) for slug, value in before.items())
    n_changed = sum(change.was != "–" for change in changes)
    return Preview(
        notes=reading.notes,
        answers=form.answers,
        changes=changes,
        n_stay=n_cells - n_changed,
    )


def cluster_preview_of(reading: WorkbookReading, asking: Asking) -> ClusterPreview:
    """By member, in the order of the workbook. Organisations that are no members are a fault."""
    if reading.faults:
        return ClusterPreview(faults=reading.faults, notes=reading.notes)
    members = {alike(name): member for name, member in named_members(asking)}
    own = set(
        Sheet.objects.filter(asking=asking)
        .exclude(recorded_by__isnull=False, confirmed_at=None)
        .values_list("organisation", flat=True)
    )
    cored = set(
        Seat.objects.filter(
            cluster=asking.round.cluster_id, role=Role.CORE, ended_at=None
        ).values_list("organisation", flat=True)
    )
    lines, faults = [], []
    for form in reading.forms:
        member = members.get(alike(form.organisation))
        if member is None:
            said = f"“{form.organisation}” is no member that is asked here. Check its name."
            faults.append(Fault(sheet=form.organisation, row=0, column="", sentence=said))
        elif form.answers:
            lines.append(_told(form, member, own, cored))
    return ClusterPreview(faults=tuple(faults), notes=reading.notes, lines=tuple(lines))


def asked_members(asking: Asking) -> list[Member]:
    members = asking.round.cluster.members.filter(left_at=None, is_second_tier=False)
    return list(members.select_related("organisation").order_by("organisation__name"))


def named_members(asking: Asking) -> Iterator[tuple[str, Member]]:
    """What each is called in a workbook: by its name, and by a number too where names are alike."""
    members = asked_members(asking)
    names = [alike(member.organisation.name) for member in members]
    for at, member in enumerate(members):
        name = member.organisation.name
        is_only = names.count(names[at]) == 1
        yield name if is_only else f"{name} ({names[: at + 1].count(names[at])})", member


def _told(form: FormRead, member: Member, own: set[int], cored: set[int]) -> ToldLine:
    left = ""
    if member.organisation_id in own:
        left = "It answers by itself, so its own answers stand"
    elif member.organisation_id not in cored:
        left = "Nobody has its Core Group seat, so nobody could confirm it"
    return ToldLine(
        member=member,
        organisation=member.organisation.name,
        answers=form.answers,
        n=len(form.answers),
        left=left,
    )


def _form_for(forms: Sequence[FormRead], organisation: str) -> FormRead | None:
    """The one of this organisation; or the only one there is, if it names nobody."""
    for form in forms:
        if alike(form.organisation) == alike(organisation):
            return form
    return forms[0] if len(forms) == 1 and not forms[0].organisation.strip() else None


def _not_ours(reading: WorkbookReading, sheet: Sheet, instrument: Instrument) -> str:
    if not reading.forms:
        return f"There are no answers to “{instrument.name}” in this spreadsheet."
    names = ", ".join(dict.fromkeys(form.organisation for form in reading.forms))
    return f"This spreadsheet is for {names}, and these are the answers of {sheet.organisation}."


def _changes(instrument: Instrument, before: Answers, after: Answers) -> Iterator[Change]:
    for slug, value in after.items():
        item = instrument.item(slug)
        held = dict(_cells(item, before[slug])) if slug in before else {}
        for where, words in _cells(item, value):
            if held.get(where) != words:
                yield Change(question=where, was=held.get(where, "–"), becomes=words)


def _cells(item: Item, value: Any) -> Iterator[tuple[str, str]]:
    """(what it is about, what was answered), cell by cell of a table."""
    if item.kind is not Kind.TABLE:
        yield item.question, shown(item, value)
        return
    for row in value:
        name = row_name(item, row["row"])
        if not row["cells"]:
            yield name, "named"
        for column, cell in cells_of(item, row):
            yield f"{name}, {column.name}", shown(column, cell)
