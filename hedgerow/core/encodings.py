"""Which letters the bytes of a text file stand for, without guessing."""

import codecs
import io
import re
from typing import BinaryIO

_CHUNK = 256 * 1024
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_NOT_TEXT = (
    (b"PK\x03\x04", "a spreadsheet or a zip file"),
    (b"\xd0\xcf\x11\xe0", "an old spreadsheet"),
    (b"%PDF", "a PDF"),
)

# What people here write beyond ASCII. Where an old Macintosh means one of these, Windows would
# show another sign, and that one is not in the list: so neither is taken for the other.
_OF_WINDOWS = frozenset("£€‘’“”–—…•·°½¼¾©®™ §àáâäãåæçèéêëìíîïñòóôöøùúûüýÿßÀÁÂÇÈÉÊËÖÜ\xa0")
_OF_UTF_8 = re.compile(rb"[\xc2-\xf4][\x80-\xbf]")
_HOW = "In your spreadsheet choose “Save as”, then “CSV UTF-8”, and send that."


class NotText(Exception):
    """The message is a sentence for whoever made the file."""


def text_of(stream: BinaryIO) -> tuple[io.TextIOWrapper, str]:
    """The text of a file that can be read from its start again, and what was concluded about it
    that its maker should check ("" if nothing).

    Line ends are handed on as they are. Raises NotText.
    """
    head = _head(stream)
    for start, what in _NOT_TEXT:
        if head.startswith(start):
            raise NotText(f"This is {what}, not a CSV file. {_HOW}")
    encoding = next((name for mark, name in _MARKS if head.startswith(mark)), "utf-8")
    if head.startswith(codecs.BOM_UTF32_LE) or (encoding != "utf-16" and b"\0" in head):
        raise NotText(f"This is not text. {_HOW}")
    note, wrong_at = "", _wrong_at(stream, encoding)
    if wrong_at is not None:
        encoding, note = _older_windows(stream, encoding, wrong_at)
    stream.seek(0)
    return io.TextIOWrapper(stream, encoding=encoding, newline=""), note


def _head(stream: BinaryIO) -> bytes:
    stream.seek(0)
    return stream.read(1024)


def _wrong_at(stream: BinaryIO, encoding: str) -> int | None:
    """The line on which the bytes are none of this encoding; None if they all are."""
    stream.seek(0)
    decoder, line = codecs.getincrementaldecoder(encoding)(), 1
    while True:
        chunk = stream.read(_CHUNK)
        try:
            decoder.decode(chunk, final=not chunk)
        except UnicodeDecodeError as wrong:
            return line + wrong.object[: wrong.start].count(b"\n")
        if not chunk:
            return None
        line += chunk.count(b"\n")


def _older_windows(stream: BinaryIO, encoding: str, wrong_at: int) -> tuple[str, str]:
    stream.seek(0)
    whole = stream.read()
    try:
        signs = set(whole.decode("cp1252"))
    except UnicodeDecodeError:
        signs = {"?", "\x80"}
    strange = {sign for sign in signs if sign > "\x7f"} - _OF_WINDOWS
    if encoding != "utf-8" or strange or _OF_UTF_8.search(whole):
        raise NotText(f"On line {wrong_at:,} are letters that cannot be read for certain. {_HOW}")
    return "cp1252", "Read as an older Windows file. Check that £ signs and accents came over."
