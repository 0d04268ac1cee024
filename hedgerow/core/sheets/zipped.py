"""What lies in the zip file that a spreadsheet is: looked at before anything opens it.

The directory of a zip file is only a claim. So it is checked first, because that costs nothing;
then every part is inflated with a limit, by zlib alone, and must be what the directory said.
"""

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator

from .limits import USUAL, Limits

MOST_MEMBERS = 1000
MOST_RATIO = 100  # of a part of more than _SMALL bytes
_SMALL = 1024 * 1024

_OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LOCKED = "EncryptedPackage".encode("utf-16-le")
_IN_THE_DIRECTORY = b"PK\x01\x02"
_LOCAL = struct.Struct("<4s22xHH")  # a mark, and how long name and extra are
_BROKEN = "The file is broken or was cut off on its way. Save it again, and send that."
_AS_XLSX = "choose “Save as”, then “Excel workbook (.xlsx)”, and send that."

_OTHER_STARTS = (
    (b"%PDF", f"This is a PDF, not a spreadsheet. Open the workbook itself, {_AS_XLSX}"),
    (b"{\\rtf", f"This is a letter, not a spreadsheet. Open the workbook itself, {_AS_XLSX}"),
)
_OTHER_PARTS = (
    ("xl/workbook.bin", f"This is a binary workbook (.xlsb). Open it, {_AS_XLSX}"),
    ("word/document.xml", f"This is a Word document, not a spreadsheet. In Excel {_AS_XLSX}"),
    ("content.xml", f"This is an OpenDocument file (.ods). Open it, {_AS_XLSX}"),
    ("index/document.iwa", "This is a Numbers file. Choose “Export to”, “Excel”, and send that."),
)
_NOT_INSIDE = (
    ("vbaproject", "It carries macros, which are small programs. Open it, " + _AS_XLSX),
    ("xl/macrosheets/", "It carries macros, which are small programs. Open it, " + _AS_XLSX),
    (
        "xl/externallinks/",
        "It takes cells from other files. Break the links (“Data”, “Edit links”), and send that.",
    ),
    (
        "xl/connections.xml",
        "It fetches data from elsewhere. Copy the answers into a fresh workbook, and send that.",
    ),
    ("xl/embeddings/", "Another file is put inside it. Delete that, save it, and send it again."),
    ("xl/activex/", "It carries buttons that run programs. Delete them, save it, and send that."),
)


class NotASpreadsheet(Exception):
    """The message is a sentence for whoever sent the file."""


def look_at_start(data: bytes) -> None:
    """Say what a file is that is no zip file, and what to do. Raises NotASpreadsheet."""
    if not data:
        raise NotASpreadsheet("The file is empty.")
    if data.startswith(_OLD) and _LOCKED in data:
        raise NotASpreadsheet(
            "The workbook is protected with a password. Take the password off, save it, and "
            "send that."
        )
    if data.startswith(_OLD):
        raise NotASpreadsheet(f"This is an old spreadsheet (.xls). Open it, {_AS_XLSX}")
    for start, sentence in _OTHER_STARTS:
        if data.startswith(start):
            raise NotASpreadsheet(sentence)
    if not data.startswith(b"PK"):
        raise NotASpreadsheet(
            f"This is not an Excel workbook. If it is a CSV or another table, open it, {_AS_XLSX}"
        )


def directory_of(data: bytes, limits: Limits = USUAL) -> tuple[zipfile.ZipInfo, ...]:
    """The parts of a zip file, as its directory claims them. Raises NotASpreadsheet."""
    if data.count(_IN_THE_DIRECTORY) > MOST_MEMBERS:
        raise NotASpreadsheet(f"The file has more than {MOST_MEMBERS:,} parts. No workbook has.")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            members = tuple(packed.infolist())
    # NotImplementedError is what zipfile raises of a zip that wants a newer reader than it is.
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError, struct.error) as wrong:
        raise NotASpreadsheet(_BROKEN) from wrong
    _check_names([member.filename.casefold() for member in members])
    _check_sizes(members, limits)
    return members


def _check_names(names: list[str]) -> None:
    for part, sentence in _OTHER_PARTS:
        if part in names:
            raise NotASpreadsheet(sentence)
    if "xl/workbook.xml" not in names:
        raise NotASpreadsheet(
            "This is a zip file, not a workbook. If a workbook is inside, take it out, and send "
            "that."
        )
    if len(set(names)) < len(names):
        raise NotASpreadsheet(_BROKEN)
    for name in names:
        for part, sentence in _NOT_INSIDE:
            if part in name:
                raise NotASpreadsheet(sentence)


def _check_sizes(members: tuple[zipfile.ZipInfo, ...], limits: Limits) -> None:
    if any(member.flag_bits & 1 for member in members):
        raise NotASpreadsheet(
            "The file is protected with a password. Take the password off, and send it again."
        )
    if sum(member.file_size for member in members) > limits.inflated:
        raise NotASpreadsheet(_too_large(limits))
    for member in members:
        if member.file_size > max(_SMALL, MOST_RATIO * member.compress_size):
            raise NotASpreadsheet(_too_large(limits))
    end = 0
    for member in sorted(members, key=lambda one: one.header_offset):
        if member.header_offset < end:
            raise NotASpreadsheet(_BROKEN)
        end = member.header_offset + _LOCAL.size + len(member.orig_filename) + member.compress_size


def _too_large(limits: Limits) -> str:
    return (
        f"Unpacked, the file is larger than {limits.inflated // 1024**2} MB, or swells a hundred "
        "times and more. Copy the answers into a fresh workbook, and send that."
    )


def inflated(
    data: bytes, members: tuple[zipfile.ZipInfo, ...], limits: Limits = USUAL
) -> Iterator[tuple[str, bytes]]:
    """Name and content of each part, which are what the directory says. Raises NotASpreadsheet."""
    room = limits.inflated
    for member in members:
        content = _content(data, member, room, limits)
        room -= len(content)
        if len(content) != member.file_size or zlib.crc32(content) != member.CRC:
            raise NotASpreadsheet(_BROKEN)
        yield member.filename, content


def _content(data: bytes, member: zipfile.ZipInfo, room: int, limits: Limits) -> bytes:
    head = data[member.header_offset : member.header_offset + _LOCAL.size]
    if len(head) < _LOCAL.size:
        raise NotASpreadsheet(_BROKEN)
    mark, name, extra = _LOCAL.unpack(head)
    start = member.header_offset + _LOCAL.size + name + extra
    packed = data[start : start + member.compress_size]
    if mark != b"PK\x03\x04" or len(packed) < member.compress_size:
        raise NotASpreadsheet(_BROKEN)
    if member.compress_type == zipfile.ZIP_STORED:
        return packed
    if member.compress_type != zipfile.ZIP_DEFLATED:
        raise NotASpreadsheet(_BROKEN)
    inflater = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        content = inflater.decompress(packed, room + 1)
    except zlib.error as wrong:
        raise NotASpreadsheet(_BROKEN) from wrong
    if len(content) > room:
        raise NotASpreadsheet(_too_large(limits))
    if not inflater.eof:
        raise NotASpreadsheet(_BROKEN)
    return content
