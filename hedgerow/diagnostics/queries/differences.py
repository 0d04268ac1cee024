"""Where people of one organisation answered differently."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from hedgerow.diagnostics import rules
from hedgerow.diagnostics.models import Asking, Sheet
from hedgerow.diagnostics.questions.answers import row_name, shown
from hedgerow.diagnostics.questions.instruments import Answers, Column, Instrument, Item, Kind
from hedgerow.look.words import count, first_up
from hedgerow.people.access import visible
from hedgerow.people.models import Member
from hedgerow.people.readers import Reader

from .sheets import SheetLine, sheet_line


@dataclass(frozen=True, kw_only=True)
class Difference:
    question: str
    row: str  # of a table, with its column: "Payroll, Strength"; else ""
    words: tuple[str, ...]  # by sheet, in their order; "–" where one left it out
    apart: int  # steps between the lowest and the highest; 0 where there are no steps


@dataclass(frozen=True, kw_only=True)
class Differences:
    people: tuple[SheetLine, ...]  # who have finished
    lines: tuple[Difference, ...]  # the furthest apart first
    n_same: int  # how many all of them answered alike

    @property
    def words(self) -> str:
        if len(self.people) < 2:
            return "Two of us have to finish before there is anything to compare"
        if not self.lines:
            return "We said the same wherever more than one of us answered"
        n = first_up(count(len(self.lines), "answer"))
        return f"{n} to talk about, and {count(self.n_same, 'answer')} alike"


def differences_of(
    reader: Reader, member: Member, asking: Asking, instrument: Instrument
) -> Differences:
    """Only what the reader may see of their own organisation. Four queries."""
    sheets = list(
        visible(reader, rules.SEE_SHEETS)
        .filter(asking=asking, organisation=member.organisation_id, finished_at__isnull=False)
        .select_related("seat__user", "seat__organisation", "recorded_by__user")
        .prefetch_related("sections")
    )
    told = _answers(reader, sheets)
    lines, n_same = [], 0
    for item in instrument.items:
        for row, asked, values in _compared(item, [told.get(sheet.pk, {}) for sheet in sheets]):
            given = [value for value in values if value is not None]
            if len(given) < 2:
                continue
            if all(value == given[0] for value in given):
                n_same += 1
            else:
                lines.append(_difference(item, row, asked, values))
    return Differences(
        people=tuple(sheet_line(sheet, instrument, reader) for sheet in sheets),
        lines=tuple(sorted(lines, key=lambda line: -line.apart)),
        n_same=n_same,
    )


def _answers(reader: Reader, sheets: list[Sheet]) -> Mapping[int, Answers]:
    told: dict[int, Answers] = {}
    for key, answers in (
        visible(reader, rules.SEE_ANSWERS)
        .filter(sheet__in=[sheet.pk for sheet in sheets])
        .values_list("sheet", "answers")
    ):
        told.setdefault(key, {}).update(answers)
    return told


def _compared(item: Item, told: list[Answers]) -> Iterator[tuple[str, Item | Column, list[Any]]]:
    """(row of a table or "", what is asked there, the value of each)."""
    if item.kind is Kind.FILE:
        return
    if item.kind is not Kind.TABLE:
        yield "", item, [answers.get(item.slug) for answers in told]
        return
    tables = [{row["row"]: row["cells"] for row in answers.get(item.slug, [])} for answers in told]
    rows = [row.slug for row in item.rows] or list(
        dict.fromkeys(row for it in tables for row in it)
    )
    for row in rows:
        for column in item.columns:
            values = [table.get(row, {}).get(column.slug) for table in tables]
            yield f"{row_name(item, row)}, {column.name}", column, values


def _difference(item: Item, row: str, asked: Item | Column, values: list[Any]) -> Difference:
    steps = [value for value in values if value is not None] if asked.kind is Kind.SCALE else []
    return Difference(
        question=item.question,
        row=row,
        words=tuple("–" if value is None else shown(asked, value) for value in values),
        apart=max(steps) - min(steps) if steps else 0,
    )
