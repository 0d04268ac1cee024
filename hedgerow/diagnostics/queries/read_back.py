"""What a sheet says, question by question, as far as the reader may see it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from hedgerow.diagnostics import rules
from hedgerow.diagnostics.models import Sheet
from hedgerow.diagnostics.questions.answers import row_name, shown
from hedgerow.diagnostics.questions.instruments import Answers, Instrument, Item, Kind, Section
from hedgerow.look.words import count, first_up, out_of
from hedgerow.people.access import visible
from hedgerow.people.readers import Reader

from .sheets import SharedLine, shared_line


@dataclass(frozen=True, kw_only=True)
class ReadItem:
    question: str
    words: str  # the answer; "No answer"
    is_answered: bool
    came_from: str
    file: int = 0  # key of the file
    headings: tuple[str, ...] = ()
    rows: tuple[tuple[str, tuple[str, ...]], ...] = ()  # name of the row, its cells


@dataclass(frozen=True, kw_only=True)
class ReadSection:
    slug: str
    name: str
    items: tuple[ReadItem, ...]
    answered: str  # "Four of six questions answered"
    kept_at: datetime | None
    shared: SharedLine | None


def read_back(reader: Reader, sheet: Sheet, instrument: Instrument) -> list[ReadSection]:
    """Everything it says, as far as the reader may see it. Two queries."""
    rows = {
        row.shared.section: row
        for row in visible(reader, rules.SEE_ANSWERS)
        .filter(sheet=sheet)
        .select_related("shared")
        .prefetch_related("files")
    }
    return [
        _section(section, rows[section.slug], sheet.filled)
        for section in instrument.sections
        if section.slug in rows
    ]


def _section(section: Section, row: Any, filled: Mapping[str, str]) -> ReadSection:
    files = {file.item: file.pk for file in row.files.all()}
    items = tuple(read_item(item, row.answers, filled, files) for item in section.items)
    return ReadSection(
        slug=section.slug,
        name=section.name,
        items=items,
        answered=_answered(items),
        kept_at=row.kept_at,
        shared=shared_line(row.shared, section),
    )


def _answered(items: tuple[ReadItem, ...]) -> str:
    n = sum(item.is_answered for item in items)
    if len(items) == 1:
        return "Answered" if n else "Not answered"
    return f"{first_up(out_of(n, len(items)))} questions answered"


def read_item(
    item: Item, answers: Answers, filled: Mapping[str, str], files: Mapping[str, int]
) -> ReadItem:
    if item.slug not in answers:
        return ReadItem(question=item.question, words="No answer", is_answered=False, came_from="")
    value = answers[item.slug]
    is_table = item.kind is Kind.TABLE
    return ReadItem(
        question=item.question,
        words="" if is_table else shown(item, value),
        is_answered=True,
        came_from=filled.get(item.slug, ""),
        file=files.get(item.slug, 0),
        headings=tuple(column.name for column in item.columns),
        rows=tuple(_row(item, row) for row in value) if is_table else (),
    )


def _row(item: Item, row: Mapping[str, Any]) -> tuple[str, tuple[str, ...]]:
    cells = row["cells"]
    return row_name(item, row["row"]), tuple(
        shown(column, cells[column.slug]) if column.slug in cells else "–"
        for column in item.columns
    )


def unanswered_words(instrument: Instrument, sections: Iterable[ReadSection]) -> str:
    """ "Two questions have no answer. That is allowed." """
    items = [item for section in sections for item in section.items]
    missing = sum(not item.is_answered for item in items)
    if not missing:
        return "Every question has an answer."
    return (
        f"{first_up(count(missing, 'question has', 'questions have'))} no answer. That is allowed."
    )
