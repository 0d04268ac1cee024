"""Files of grants that were read, with their accounts, and those of one's own that wait."""

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from hedgerow.core import clock
from hedgerow.core.models import Job, Upload
from hedgerow.grants.models import GrantFault, GrantFile

JOB = "grants.take_file"


@dataclass(frozen=True, kw_only=True)
class FileLine:
    key: int
    name: str
    publisher: str
    licence: str
    read_on: date
    n_rows: int
    n_new: int
    n_changed: int
    n_same: int
    n_refused: int
    n_besides: int  # blank, or added to their grants

    @property
    def n_taken(self) -> int:
        return self.n_new + self.n_changed + self.n_same


@dataclass(frozen=True, kw_only=True)
class WaitingLine:
    name: str
    sentence: str


def file_lines() -> list[FileLine]:
    """Newest first. One query."""
    return [line_of(row) for row in GrantFile.objects.all()]


def line_of(row: GrantFile) -> FileLine:
    return FileLine(
        key=row.pk,
        name=row.name,
        publisher=row.publisher,
        licence=row.licence,
        read_on=clock.day_of(row.read_at),
        n_rows=row.n_rows,
        n_new=row.n_grants - row.n_changed - row.n_same,
        n_changed=row.n_changed,
        n_same=row.n_same,
        n_refused=row.n_faults,
        n_besides=row.n_rows - row.n_grants - row.n_faults,
    )


def faults_in(row: GrantFile) -> list[tuple[str, str]]:
    """Place and sentence of each row that was refused. One query."""
    return list(GrantFault.objects.filter(file=row).values_list("place", "sentence"))


def waiting_lines(uploads: "QuerySet[Upload]") -> list[WaitingLine]:
    """Of files that a worker has not taken over yet, or could not. Two queries."""
    rows = {str(row.pk): row for row in uploads.filter(removed_at=None).order_by("-at", "-pk")[:20]}
    jobs = {job.key: job for job in Job.objects.filter(name=JOB, key__in=rows).order_by("pk")}
    found = []
    for key, row in rows.items():
        job = jobs.get(key)
        if job is None:
            continue
        if job.failed_at:
            sentence = "It could not be read, and nobody has looked yet. Tell whoever runs this."
        elif row.finished_at and _is_refusal(row):
            sentence = row.faults[0]["sentence"]
        elif row.finished_at:
            continue
        else:
            sentence = "It is being read. It stands below once that is done."
        found.append(WaitingLine(name=row.name, sentence=sentence))
    return found


def _is_refusal(row: Upload) -> bool:
    """Of the whole file: it is not on the list of those that were read."""
    return bool(row.faults) and not GrantFile.objects.filter(digest=row.digest).exists()
