"""Everything that is kept, in one file that proves itself."""

import hashlib
import json
import platform
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import django
from django.conf import settings
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from . import clock, dumps, snapshots
from .actions import Refused
from .archives import WITHOUT_A_SUM, BadBackup, Reading, Tick, can_hold, pack, unpack
from .home import BACKED_UP, INSTRUMENTS, LAST_BACKUP, LEFT_OUT, UPLOADS, flush
from .sealing import SHORTEST_PASSPHRASE, Opener, Sealer, Unsealable, is_sealed
from .snapshots import POSTGRESQL, SQLITE, Contents

FORMAT = 2
_COPYING = ".copying-"
_BLOCK = 10_240  # bytes; what a tar is filled up to
_FINGERPRINTED = ("PUBLIC_URL", "INSTALLED_APPS", "MIDDLEWARE", "TIME_ZONE", "LANGUAGE_CODE")


@dataclass(frozen=True, kw_only=True)
class Backup:
    file: Path
    made_at: str  # ISO 8601, UTC
    n_bytes: int
    n_rows: int
    n_uploads: int
    is_sealed: bool
    faults: tuple[str, ...]  # what does not hold together in it, in sentences
    n_erased: int = 0  # people erased again while it was restored


def make(to: Path, *, tick: Tick) -> Path:
    """Write a backup into this folder while the site is in use. Returns the new file.

    It has its name only once it is whole and on the disk.
    """
    secret = passphrase()
    to.mkdir(mode=0o700, parents=True, exist_ok=True)
    stamp = clock.now().strftime("%Y-%m-%d-%H%M%S")
    file = to / f"hedgerow-{stamp}.{'sealed' if secret else 'tar'}"
    if file.exists():
        raise Refused(f"{file} is there already. Wait a second and try again.")
    _sweep()
    part = to / f".{file.name}.part"
    try:
        # The copy lies open for a while: in the home, not where backups go.
        with tempfile.TemporaryDirectory(dir=settings.HOME, prefix=_COPYING) as folder:
            _write(part, Path(folder), secret, tick)
        flush(part)
        part.rename(file)
    finally:
        part.unlink(missing_ok=True)
    flush(to)
    return file


def expected_bytes() -> int:
    """How many bytes `make` tells of on the way, about."""
    sizes = [file.stat().st_size for _, file in _files()]
    if connection.vendor == "sqlite":
        sizes.append(2 * Path(connection.settings_dict["NAME"]).stat().st_size)
    return sum(sizes)


def verify(file: Path, *, tick: Tick) -> Backup:
    """Unpack a backup aside and prove it. Raises BadBackup if it cannot be used at all."""
    with tempfile.TemporaryDirectory(prefix="hedgerow-verify-") as folder:
        return proved(file, Path(folder), tick)[0]


def passphrase() -> str | None:
    """What backups are sealed with, if the site was given something. Raises Refused if it is weak."""
    if not settings.PASSPHRASE_FILE:
        return None
    try:
        told = Path(settings.PASSPHRASE_FILE).read_text().strip().partition("\n")[0].strip()
    except OSError as error:
        raise Refused(
            f"HEDGEROW_PASSPHRASE_FILE names {settings.PASSPHRASE_FILE}, which cannot be read: "
            f"{error.strerror}."
        ) from error
    if len(told) < SHORTEST_PASSPHRASE:
        raise Refused(
            f"The passphrase in the first line of {settings.PASSPHRASE_FILE} has fewer than {SHORTEST_PASSPHRASE} "
            "characters, and could be guessed. Five words that do not belong together are good."
        )
    return told


def strangers() -> list[str]:
    """Names in the home that a backup does not hold and no list knows, or that it cannot hold."""
    known = {*BACKED_UP, *LEFT_OUT}
    names = [entry.name for entry in Path(settings.HOME).iterdir()]
    unknown = [name for name in names if name not in known and not name.startswith(".")]
    left = [name for name, file in _in_folders() if not _is_held(name, file)]
    return sorted([*unknown, *left])


def remember(backup: Backup) -> None:
    """Write down in the home when the last backup was made, for `hedgerow check`."""
    told = {"file": str(backup.file.resolve()), "made_at": backup.made_at}
    (Path(settings.HOME) / LAST_BACKUP).write_text(json.dumps(told))


def _write(part: Path, folder: Path, secret: str | None, tick: Tick) -> None:
    if connection.vendor == "sqlite":
        snapshot = folder / SQLITE
        told = snapshots.copy_sqlite(snapshot, tick)
    else:
        snapshot = folder / POSTGRESQL
        told = dumps.dump(snapshot)
    if not told.rows:
        raise Refused("There is nothing to copy yet: Hedgerow has not been started in this home.")
    with part.open("xb") as raw:
        part.chmod(0o600)
        out = Sealer(raw, secret) if secret else raw
        pack(out, [(snapshot.name, snapshot), *_files()], _manifest(told), tick)
        if isinstance(out, Sealer):
            out.close()


def _sweep() -> None:
    """Remove what backups left that were killed. One that is being made is younger than a day."""
    for left in Path(settings.HOME).glob(f"{_COPYING}*"):
        if left.stat().st_mtime < clock.now().timestamp() - 24 * 3600:
            shutil.rmtree(left, ignore_errors=True)


def _files() -> list[tuple[str, Path]]:
    """Each file by its name in a backup."""
    return [(name, file) for name, file in _in_folders() if _is_held(name, file)]


def _is_held(name: str, file: Path) -> bool:
    """What a link leads to is not part of the home."""
    return can_hold(name) and not file.is_symlink()


def _in_folders() -> list[tuple[str, Path]]:
    """Those that are still being written begin with a dot, and are not whole."""
    home = Path(settings.HOME)
    return [
        (file.relative_to(home).as_posix(), file)
        for folder in (UPLOADS, INSTRUMENTS)
        for file in sorted((home / folder).rglob("*"))
        if (file.is_file() or file.is_symlink()) and not file.name.startswith(".")
    ]


def _manifest(told: Contents) -> dict[str, Any]:
    number, digest = told.record
    asked = {name: getattr(settings, name) for name in _FINGERPRINTED}
    return {
        "format": FORMAT,
        "made_at": clock.now().isoformat(),
        "database": connection.vendor,
        "versions": {
            "django": django.get_version(),
            "python": platform.python_version(),
            "database": ".".join(str(part) for part in connection.get_database_version()),
        },
        "rows": told.rows,
        "migrations": told.migrations,
        "record": {"number": number, "digest": digest},
        "settings": hashlib.sha256(json.dumps(asked).encode()).hexdigest(),
    }


def proved(file: Path, folder: Path, tick: Tick) -> tuple[Backup, dict[str, Any]]:
    manifest, sealed = _unpacked(file, folder, tick)
    database = SQLITE if manifest["database"] == "sqlite" else POSTGRESQL
    if not (folder / database).exists():
        raise BadBackup("There is no database in the backup.")
    if database == SQLITE:
        told = snapshots.read_sqlite(folder / database)
    else:
        told = dumps.read_dump(folder / database)
    parts = {part["name"]: part for part in manifest["parts"]}
    backup = Backup(
        file=file,
        made_at=manifest["made_at"],
        n_bytes=file.stat().st_size,
        n_rows=sum(manifest["rows"].values()),
        n_uploads=sum(name.startswith(f"{UPLOADS}/") for name in parts),
        is_sealed=sealed,
        faults=tuple(_faults(told, manifest, parts)),
    )
    return backup, manifest


def _unpacked(file: Path, folder: Path, tick: Tick) -> tuple[dict[str, Any], bool]:
    if not file.is_file() or not file.stat().st_size:
        raise BadBackup(f"{file} is {'empty' if file.is_file() else 'not there'}.")
    with file.open("rb") as raw:
        sealed = is_sealed(raw)
        stream: Reading = raw
        try:
            if sealed:
                stream = Opener(raw, _passphrase_for(file))
            else:
                _refuse_half_a_tar(file)
            manifest = unpack(stream, folder, tick)
        except Unsealable as fault:
            raise BadBackup(f"{file}: {fault}") from fault
    if manifest.get("format") not in (WITHOUT_A_SUM, FORMAT):
        raise BadBackup(
            f"{file} is of format {manifest.get('format')}, and this Hedgerow reads up to {FORMAT}. "
            "Use the Hedgerow that made it, or a newer one."
        )
    strange = sorted(set(manifest["migrations"]) - _known_migrations())
    if strange:
        raise BadBackup(
            f"{file} was made by a newer Hedgerow (this one does not know {strange[0]}). "
            "Install that one or a newer, and try again."
        )
    return manifest, sealed


def _passphrase_for(file: Path) -> str:
    secret = passphrase()
    if secret is None:
        raise BadBackup(
            f"{file} is sealed. Put its passphrase into a file that only you can read, and the name "
            "of that file into HEDGEROW_PASSPHRASE_FILE."
        )
    return secret


def _refuse_half_a_tar(file: Path) -> None:
    with file.open("rb") as raw:
        is_tar = raw.read(_BLOCK)[257:262] == b"ustar"
        raw.seek(-min(1024, file.stat().st_size), 2)
        ends = not raw.read().strip(b"\0")
    if not is_tar:
        raise BadBackup(f"{file} is not a backup, or its beginning is damaged.")
    if not ends or file.stat().st_size % _BLOCK:
        raise BadBackup(f"{file} is cut off: its end is not there.")


def _known_migrations() -> set[str]:
    loader = MigrationLoader(None, ignore_no_migrations=True)
    return {f"{app}.{name}" for app, name in loader.disk_migrations}


def _faults(told: Contents, manifest: dict[str, Any], parts: dict[str, Any]) -> Iterator[str]:
    yield from told.faults[:5]
    for table in sorted(told.rows.keys() | manifest["rows"].keys()):
        here, then = told.rows.get(table, 0), manifest["rows"].get(table, 0)
        if here != then:
            yield f"{table} has {here} rows, but {then} were copied."
    if told.record != (manifest["record"]["number"], manifest["record"]["digest"]):
        yield "The record does not end where it ended when it was copied."
    for digest in told.uploads:
        part = parts.get(f"{UPLOADS}/{digest}", {})
        if part.get("sha256") != digest:
            yield f"An upload that the database speaks of is not there ({digest[:12]}…)."
