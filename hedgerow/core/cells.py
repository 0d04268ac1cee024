"""One cell of a table, on its way into a spreadsheet and back."""

import re
import unicodedata

# A spreadsheet takes a cell that begins with one of these for a formula, and runs it.
_STARTS = "=+\\-@\t\r\n\0＝＋－＠"
_NEEDS_MARK = re.compile(f"[{_STARTS}]|'[{_STARTS}']")
_IS_MARKED = re.compile(f"'[{_STARTS}']")

_UNSEEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffd-\uffff\ud800-\udfff]")
_BLANKS = "".join(filter(str.isspace, map(chr, range(0x3001)))) + "\u00ad\u200b\u2060\ufeff"


def marked(words: str) -> str:
    """Words, with an apostrophe before them if a spreadsheet would run them."""
    return f"'{words}" if _NEEDS_MARK.match(words) else words


def unmarked(cell: str) -> str:
    """What `marked` made the cell of: `unmarked(marked(words)) == words`, whatever they are."""
    return cell[1:] if _IS_MARKED.match(cell) else cell


def bare(words: str) -> str:
    """Words in one way of writing accents, without what cannot be seen around them."""
    return unicodedata.normalize("NFC", words.strip(_BLANKS))


def neat(cell: str) -> str:
    """The words of a cell, without what cannot be seen around them. A mark is taken off."""
    return unmarked(bare(cell))


def unseen(words: str) -> str:
    """The first sign in them that cannot be seen, or was lost, as U+0000; "" if there is none."""
    found = _UNSEEN.search(words)
    return f"U+{ord(found[0]):04X}" if found else ""


def visible(words: str) -> str:
    """Words to be quoted: on one line, and with “\ufffd” for what cannot be seen or was lost."""
    if words.isprintable():
        return words
    return "".join(
        sign if sign.isprintable() else " " if sign.isspace() else "\ufffd" for sign in words
    )


def alike(words: str) -> str:
    """What two headings or choices have in common if people would call them the same."""
    plain = unicodedata.normalize("NFKC", words).casefold().replace("_", "")
    return "".join(
        sign for sign in plain if not sign.isspace() and unicodedata.category(sign) != "Cf"
    )
