"""Files that people gave us: kept beside the database, each under the digest of what is in it."""

import hashlib
import os
import tempfile
from collections.abc import Iterable
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import BinaryIO

from django.conf import settings

from . import clock
from .actions import Refused
from .actors import Actor
from .faults import Fault
from .home import UPLOADS, flush
from .models import Upload

MOST_BYTES = 20 * 1024 * 1024
FILES_KEPT = timedelta(days=30)

_CHUNK = 256 * 1024
_PART = ".part-"  # of a file that is still being written, or never was to its end


def keep(stream: BinaryIO, *, by: Actor, kind: str, name: str) -> Upload:
    """Keep a file and write down whose it is. The row comes last, so that its file is there.

    Raises Refused if there is too much of it.
    """
    folder = _folder()
    digest, n_bytes = hashlib.sha256(), 0
    with tempfile.NamedTemporaryFile(dir=folder, prefix=_PART, delete=False) as file:
        part = Path(file.name)
        try:
            while chunk := stream.read(_CHUNK):
                n_bytes += len(chunk)
                if n_bytes > MOST_BYTES:
                    raise Refused(
                        f"The file is larger than {MOST_BYTES // 1024**2} MB. "
                        "Take out what is not asked for, or send it in parts."
                    )
                digest.update(chunk)
                file.write(chunk)
            file.flush()
            os.fsync(file.fileno())
            part.rename(folder / digest.hexdigest())
        except BaseException:
            part.unlink(missing_ok=True)
            raise
    flush(folder)
    return Upload.objects.create(
        by_person=by.person,
        kind=kind,
        name=name[:200],
        digest=digest.hexdigest(),
        n_bytes=n_bytes,
        at=clock.now(),
    )


def opened(upload: Upload) -> BinaryIO:
    """The file, for reading. Raises FileNotFoundError if it has been removed."""
    return (_folder() / upload.digest).open("rb")


def finish(upload: Upload, faults: Iterable[Fault]) -> None:
    """Write down what was wrong with it: nothing, if it was read in."""
    upload.faults = [asdict(fault) for fault in faults]
    upload.finished_at = clock.now()
    upload.save(update_fields=["faults", "finished_at"])


def remove_old_files() -> int:
    """Remove files that nobody needs any more, and what was wrong with them. Returns how many."""
    old = Upload.objects.filter(removed_at=None, at__lt=clock.now() - FILES_KEPT)
    digests = set(old.values_list("digest", flat=True))
    n_removed = old.update(removed_at=clock.now(), faults=[], name="")
    still = Upload.objects.filter(removed_at=None).values_list("digest", flat=True)
    files = [_folder() / digest for digest in digests.difference(still)]
    for file in [*files, *_folder().glob(f"{_PART}*")]:
        if file.exists() and _is_old(file):
            file.unlink()
    return n_removed


def _is_old(file: Path) -> bool:
    """Not one that is being kept again at this moment, and whose row is still to come."""
    kept_at = datetime.fromtimestamp(file.stat().st_mtime, UTC)
    return kept_at < clock.now() - timedelta(days=1)


def _folder() -> Path:
    folder = Path(settings.HOME) / UPLOADS
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder
