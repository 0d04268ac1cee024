"""Grants that others publish, taken in from their files; and as whom a programme publishes its own."""

import re
from dataclasses import dataclass

from hedgerow.core import clock
from hedgerow.core.actions import Refused, Stale, action, locked, nothing_to_do, record
from hedgerow.core.actors import Actor
from hedgerow.core.database import one_at_a_time
from hedgerow.core.faults import Fault
from hedgerow.core.jobs import enqueue
from hedgerow.core.models import Upload
from hedgerow.core.owners import Owner
from hedgerow.grants.giving.accounting import Reading
from hedgerow.grants.giving.telling import place_of
from hedgerow.grants.licences import BY_KEY, BY_URL
from hedgerow.grants.models import Grant, GrantFault, GrantFile, Publisher
from hedgerow.grants.queries.taking import KEPT, batches, fitting, publisher_of
from hedgerow.people.identifiers import read_identifier
from hedgerow.people.kinds import refuse_published, refuse_unseen
from hedgerow.people.models import Programme, Seat

KIND = "grants.grants"  # of an upload
_PREFIX = re.compile(r"360G-[A-Za-z0-9_-]{1,50}")
_ROWS_AT_ONCE = 2_000


@dataclass(frozen=True, kw_only=True)
class Taken:
    """`n_new + n_changed + n_same + n_faulty + n_blank + n_joined == n_rows`"""

    file: GrantFile
    was_read: bool  # the very same file, before: nothing changed
    n_new: int
    n_changed: int
    n_same: int
    n_faulty: int
    n_blank: int
    n_joined: int
    faults: tuple[Fault, ...]


@action
def ask_to_take(*, by: Actor, programme: Programme, upload: Upload, licence: str) -> Upload:
    """Have a worker take over a file that was looked at. `licence` is a key, or ""."""
    upload = locked(upload)
    refuse_published(by, programme)
    if upload.by_person != by.person or upload.kind != KIND:
        raise ValueError("one takes over one's own file of grants")
    if licence and licence not in BY_KEY:
        raise ValueError("there is no such licence")
    if upload.finished_at:
        raise Refused("This file has been taken over already. Its account is on the list of files.")
    enqueue(
        "grants.take_file",
        key=str(upload.pk),
        upload=upload.pk,
        programme=programme.pk,
        seat=by.seat,
        licence=licence,
    )
    record(
        "grants.file_given",
        by=by,
        to=programme,
        owner=(Owner.PROGRAMME, programme.pk),
        upload=upload.pk,
    )
    return upload


@action
def take_grants(
    *,
    by: Actor,
    found: Reading,
    digest: str,
    licence: str = "",
    programme: Programme | None = None,
) -> Taken:
    """What a file holds becomes what is known here; what it does not name stays. The same file
    again changes nothing.

    Raises Refused where nothing in it can be taken.
    """
    one_at_a_time(
        KIND
    )  # what two files both hold they would lock in turns, and wait for each other
    kept, unfit = fitting(found)
    earlier = GrantFile.objects.filter(digest=digest).first()
    if earlier is None and not kept:
        raise Refused(
            f"Nothing in “{found.name[:80]}” can be taken, so nothing was. Mend what is listed."
        )
    if earlier is not None:
        nothing_to_do()
        return _taken(earlier, found, was_read=True, n_same=len(kept), unfit=unfit)
    file = _file(by, found, digest, licence)
    n_new = n_changed = n_same = 0
    for batch in batches(kept):
        _put(file, batch)
        n_new += len(batch.new)
        n_changed += len(batch.changed)
        n_same += len(batch.same)
    file.n_changed, file.n_same, file.n_grants = n_changed, n_same, n_new + n_changed + n_same
    file.n_faults = found.n_faulty + len(unfit)
    file.save(update_fields=["n_changed", "n_same", "n_grants", "n_faults"])
    _keep_faults(file, found, unfit)
    owner = (Owner.PROGRAMME, programme.pk) if programme else (Owner.SYSTEM, None)
    record(
        "grants.file_read",
        by=by,
        to=file,
        owner=owner,
        new=n_new,
        changed=n_changed,
        same=n_same,
        refused=file.n_faults,
    )
    return _taken(
        file, found, was_read=False, n_new=n_new, n_changed=n_changed, n_same=n_same, unfit=unfit
    )


@action
def keep_publisher(
    *,
    by: Actor,
    programme: Programme,
    name: str,
    org_id: str,
    prefix: str,
    licence: str,
    version: int,
) -> Publisher:
    """As whom a programme publishes its awards. `licence` is an address of one that we know;
    `version` that of what was read, 0 where nothing was said yet."""
    programme = locked(programme)
    refuse_published(by, programme)
    told = _publisher_said(name, org_id, prefix, licence)
    row = Publisher.objects.filter(programme=programme).first()
    if (row.version if row else 0) != version:
        raise Stale(
            "Somebody else said as whom you publish while you were writing. "
            "What they wrote is shown now; look again and send yours if it still fits."
        )
    if row and all(getattr(row, key) == value for key, value in told.items()):
        nothing_to_do()
        return row
    if by.seat is None:
        raise ValueError("this is said by somebody in a seat")
    row = row or Publisher(programme=programme, version=0)
    for key, value in told.items():
        setattr(row, key, value)
    row.by_id, row.at, row.version = by.seat, clock.now(), version + 1
    row.save()
    record("grants.publisher_said", by=by, to=row, owner=(Owner.PROGRAMME, programme.pk))
    return row


def _publisher_said(name: str, org_id: str, prefix: str, licence: str) -> dict[str, str]:
    name, prefix = name.strip(), prefix.strip()
    refuse_unseen(name, org_id, prefix)
    if not name:
        raise Refused("Say the name of who publishes.")
    try:
        number = str(read_identifier(org_id))
    except ValueError as wrong:
        raise Refused(str(wrong)) from None
    if not _PREFIX.fullmatch(prefix):
        raise Refused(
            f"“{prefix[:40]}” is not a prefix of 360Giving. It begins with 360G- and has letters, "
            "figures and lines after that, such as 360G-hedgeshire."
        )
    if licence not in BY_URL:
        raise Refused("Choose one of the open licences.")
    return {"name": name, "org_id": number, "prefix": prefix, "licence": licence}


def _file(by: Actor, found: Reading, digest: str, licence: str) -> GrantFile:
    seat = Seat.objects.filter(pk=by.seat).first() if by.seat else None
    return GrantFile.objects.create(
        name=found.name[:200],
        publisher=publisher_of(found),
        licence=BY_KEY[licence].name if licence else "",
        digest=digest,
        n_rows=found.n_rows,
        n_grants=0,
        n_faults=0,
        read_by=seat,
        read_at=clock.now(),
    )


def _put(file: GrantFile, batch) -> None:
    rows = [*batch.new, *(after for _, after in batch.changed)]
    for row in rows:
        row.file = file
    Grant.objects.bulk_create(
        rows,
        batch_size=_ROWS_AT_ONCE,
        update_conflicts=True,
        unique_fields=["grant_id"],
        update_fields=["file", *KEPT],
    )
    if batch.same:  # the newest file that holds it says how it stands
        Grant.objects.filter(grant_id__in=batch.same).update(file=file)


def _keep_faults(file: GrantFile, found: Reading, unfit: list[Fault]) -> None:
    GrantFault.objects.bulk_create(
        GrantFault(
            file=file,
            place=place_of(found.name, found.kind, fault)[:120],
            sentence=fault.sentence,
        )
        for fault in (*found.faults, *unfit)
    )


def _taken(
    file: GrantFile,
    found: Reading,
    *,
    was_read: bool,
    n_new: int = 0,
    n_changed: int = 0,
    n_same: int = 0,
    unfit: list[Fault],
) -> Taken:
    return Taken(
        file=file,
        was_read=was_read,
        n_new=n_new,
        n_changed=n_changed,
        n_same=n_same,
        n_faulty=found.n_faulty + len(unfit),
        n_blank=found.n_blank,
        n_joined=found.n_joined,
        faults=(*found.faults, *unfit),
    )
