"""One file out of many, that says of itself what is in it: a tar whose last part is a manifest."""

import hashlib
import io
import json
import re
import tarfile
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import IO, Any, BinaryIO, Protocol, cast

from .actions import Refused

MANIFEST = "manifest.json"
WITHOUT_A_SUM = 1  # the format whose manifest had no sum of its own
_MOST_MANIFEST = 64 * 1024 * 1024  # bytes
_CHUNK = 1024 * 1024
_NAME = re.compile(r"(?:\w[\w.-]*/)*\w[\w.-]*", re.ASCII)  # nowhere but below where it is put

Tick = Callable[[int], None]  # told how many more bytes are done


class BadBackup(Refused):
    """The file cannot be used. The message says why, in a sentence."""


class Reading(Protocol):
    def read(self, size: int = -1, /) -> bytes: ...


class Writing(Protocol):
    def write(self, text: bytes, /) -> int: ...


def pack(
    out: Writing, parts: Iterable[tuple[str, Path]], manifest: dict[str, Any], tick: Tick
) -> None:
    """Write the parts, named, and the manifest with their sizes and sums. They must not change."""
    told = []
    with tarfile.open(fileobj=cast("IO[bytes]", out), mode="w|") as tar:  # it only writes
        for name, file in parts:
            assert can_hold(name), name
            with file.open("rb") as opened:
                summed = _Summed(opened, tick)
                tar.addfile(_entry(name, file.stat().st_size), summed)
            told.append({"name": name, "bytes": summed.n_bytes, "sha256": summed.sum.hexdigest()})
        whole = {**manifest, "parts": told}
        text = json.dumps({**whole, "sha256": sum_of(whole)}, indent=1).encode()
        tar.addfile(_entry(MANIFEST, len(text)), io.BytesIO(text))


def sum_of(manifest: dict[str, Any]) -> str:
    """The sum of a manifest without its own sum, however it is laid out."""
    return hashlib.sha256(json.dumps(manifest, sort_keys=True).encode()).hexdigest()


def unpack(stream: Reading, folder: Path, tick: Tick) -> dict[str, Any]:
    """Put the parts into a folder, and return the manifest. Raises BadBackup unless all is there,
    as it was written, and nothing else."""
    found, manifest = dict[str, dict[str, Any]](), b""
    try:
        with tarfile.open(fileobj=cast("IO[bytes]", stream), mode="r|") as tar:  # it only reads
            for entry in tar:
                if manifest or entry.name in found or not entry.isreg():
                    raise BadBackup(
                        f"The backup holds “{entry.name[:80]}” where nothing should be."
                    )
                opened = tar.extractfile(entry)
                assert opened
                if entry.name == MANIFEST:
                    manifest = opened.read(_MOST_MANIFEST)
                else:
                    found[entry.name] = _put(folder, entry.name, _Summed(opened, tick))
        while stream.read(_CHUNK):
            pass  # a sealed file shows only at its end that it was cut off
    except (tarfile.TarError, EOFError) as error:
        raise BadBackup(f"The backup is damaged or cut off: {error}.") from error
    return _compared(manifest, found)


def _compared(manifest: bytes, found: dict[str, dict[str, Any]]) -> dict[str, Any]:
    if not manifest:
        raise BadBackup(
            "The backup is cut off or damaged: its end, which says what is in it, is gone."
        )
    try:
        told = dict(json.loads(manifest))
        if told["format"] != WITHOUT_A_SUM and told.pop("sha256") != sum_of(told):
            raise ValueError("its sum is another")
        parts = {part["name"]: part for part in told["parts"]}
    except (ValueError, KeyError, TypeError) as error:
        raise BadBackup("The list of what is in the backup is damaged.") from error
    for name in sorted(parts.keys() | found.keys()):
        if name not in found:
            raise BadBackup(f"{name} is missing from the backup.")
        if parts.get(name) != found[name]:
            raise BadBackup(f"{name} in the backup is not what was put there.")
    return told


def can_hold(name: str) -> bool:
    """Whether a file can be in a backup under this name: letters, figures, points and dashes."""
    return _NAME.fullmatch(name) is not None


def _put(folder: Path, name: str, part: "_Summed") -> dict[str, Any]:
    if not can_hold(name):
        raise BadBackup(f"The backup holds “{name[:80]}” where nothing should be.")
    file = folder / name
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with file.open("xb") as out:
        file.chmod(0o600)
        while chunk := part.read(_CHUNK):
            out.write(chunk)
    return {"name": name, "bytes": part.n_bytes, "sha256": part.sum.hexdigest()}


def _entry(name: str, n_bytes: int) -> tarfile.TarInfo:
    entry = tarfile.TarInfo(name)
    entry.size, entry.mode = n_bytes, 0o600
    return entry


class _Summed:
    """What is read through it is summed up and told of."""

    def __init__(self, file: BinaryIO | Any, tick: Tick):
        self.file, self.tick = file, tick
        self.sum, self.n_bytes = hashlib.sha256(), 0

    def read(self, size: int = -1) -> bytes:
        chunk: bytes = self.file.read(size)
        self.sum.update(chunk)
        self.n_bytes += len(chunk)
        self.tick(len(chunk))
        return chunk
