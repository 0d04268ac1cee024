"""What a file is, by its name and its first bytes together."""

MOST_BYTES = 2 * 1024 * 1024

_ZIP = b"PK\x03\x04"
_STARTS: dict[str, tuple[bytes, ...]] = {
    "pdf": (b"%PDF-",),
    "png": (b"\x89PNG\r\n\x1a\n",),
    "jpg": (b"\xff\xd8\xff",),
    "jpeg": (b"\xff\xd8\xff",),
    "xlsx": (_ZIP,),
    "docx": (_ZIP,),
    "odt": (_ZIP,),
}
ENDINGS = (*_STARTS, "csv")


def kind_of(name: str, content: bytes) -> str | None:
    """Its ending, in small letters; None if it is none that we keep, or is not what it is called."""
    stem, _, ending = name.rpartition(".")
    ending = ending.lower()
    if not stem:
        return None
    if ending == "csv":
        return ending if _is_words(content) else None
    return ending if content.startswith(_STARTS.get(ending, ())) else None


def _is_words(content: bytes) -> bool:
    if b"\x00" in content:
        return False
    for encoding in ("utf-8", "cp1252"):
        try:
            content.decode(encoding)
        except UnicodeDecodeError:
            continue
        return True
    return False
