"""Files that answer an item: kept whole, and by themselves."""

from hedgerow.core import clock
from hedgerow.core.actions import Refused, action, nothing_to_do, record
from hedgerow.core.actors import Actor
from hedgerow.diagnostics.file_kinds import MOST_BYTES, kind_of
from hedgerow.diagnostics.models import AnswerFile, SectionAnswers, Sheet
from hedgerow.diagnostics.questions.instruments import Instrument, Kind

from .writing import fresh, in_history, opened, section_row, touch


@action
def keep_file(
    *, by: Actor, sheet: Sheet, item: str, name: str, content: bytes, version: int
) -> Sheet:
    """In the place of the one that was there, if one was."""
    sheet, instrument = opened(sheet)
    fresh(sheet, version)
    row = _row(sheet, instrument, item)
    if not content:
        raise Refused("There is nothing in the file. Choose another.")
    if len(content) > MOST_BYTES:
        raise Refused(
            f"The file is larger than {MOST_BYTES // 1024**2} MB. Send a smaller one, or a part."
        )
    if kind_of(name, content) is None:
        raise Refused(
            "This is no file of a kind that we keep: PDF, PNG, JPEG, XLSX, CSV, DOCX or ODT."
        )
    file, _ = AnswerFile.objects.update_or_create(
        section=row,
        item=item,
        defaults={
            "name": _plain_name(name),
            "content": content,
            "n_bytes": len(content),
            "at": clock.now(),
        },
    )
    row.answers = row.answers | {item: {"file": file.pk, "name": file.name}}
    row.kept_at = clock.now()
    row.save()
    touch(sheet)
    record("diagnostics.file_kept", **in_history(by, sheet))
    return sheet


@action
def remove_file(*, by: Actor, sheet: Sheet, item: str, version: int) -> Sheet:
    sheet, instrument = opened(sheet)
    fresh(sheet, version)
    row = _row(sheet, instrument, item)
    n, _ = row.files.filter(item=item).delete()
    if not n:
        nothing_to_do()
        return sheet
    row.answers.pop(item, None)
    row.save()
    touch(sheet)
    record("diagnostics.file_removed", **in_history(by, sheet))
    return sheet


def _row(sheet: Sheet, instrument: Instrument, item: str) -> SectionAnswers:
    """The section that the item stands in. Raises Refused if it asks for no file."""
    wanted = [it for it in instrument.items if it.slug == item and it.kind is Kind.FILE]
    if not wanted:
        raise Refused("No file is asked for here any more.")
    return section_row(sheet, instrument.section_of(item).slug)


def _plain_name(name: str) -> str:
    """Without folders and what cannot be printed, its ending kept: 120 characters at most."""
    last = "".join(sign for sign in name.replace("\\", "/").split("/")[-1] if sign.isprintable())
    stem, _, ending = last.rpartition(".")
    return f"{stem[: 119 - len(ending)]}.{ending}"
