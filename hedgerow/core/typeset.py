"""PDFs, set by typst from a template of ours and data that people typed.

Code and words never meet. The template is code and is ours; data comes beside it as JSON, and a
template can only show its strings. Nothing is fetched, no file of this machine is read, no font but
typst's own is used, and the machine's clock is not asked: the same data makes the same bytes.
"""

import functools
import json
import re
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path

from .actions import Refused

_MOST_DATA = 2_000_000  # bytes of JSON
_LONGEST = 30  # seconds; 600 pages take seven, one word of a million letters for ever
_SETTER = Path(__file__).with_name("typesetter.py")
# What would bring something else in, or turn words into code. typst has no switch that forbids to
# fetch packages, and would ask their registry for one.
_BRINGS_IN = re.compile(r"\b(?:import|include|eval|plugin)\b")
# They have no shape to show, and a PDF for everybody may not hold them.
_NOT_WORDS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ufdd0-\ufdef\ufffe\uffff]")
_HALF = re.compile(r"[\ud800-\udfff]")  # of a pair; alone it is no character


class NotTypeset(Exception):
    """The PDF cannot be set: a fault of ours, told in a sentence for whoever asked.

    `why` is what typst said. It may repeat what people typed, so it is never logged.
    """

    def __init__(self, why: str) -> None:
        super().__init__("The PDF could not be made. The page itself can be printed instead.")
        self.why = why


def typeset(source: str, data: Mapping[str, object]) -> bytes:
    """A PDF from a template and plain JSON values: pence as whole numbers, days as "2026-03-17".

    The house style (look/typst/page.typ) stands before the template, as one text: what it defines
    (`data`, `paper`, `facts`, `sheet`, `said`, `pounds`, `day`, `quiet`) is there without being named.
    A template may bring nothing else in, and gives its own date. look/typst/example.typ shows each.

    The PDF is tagged, titled and in British English, as PDF/UA-1 wants. Where somebody typed what none
    of the fonts has (an emoji, Chinese), a box is shown and the file does not say that it is PDF/UA-1.

    Set in a process of its own, from any thread. Raises Refused above 2 MB of data, and NotTypeset.
    """
    if found := _BRINGS_IN.search(source):
        raise NotTypeset(f"A template may not say “{found[0]}”.")
    words = json.dumps(_clean(data), allow_nan=False)
    if len(words) > _MOST_DATA:
        raise Refused("This is too long for one PDF. Take the spreadsheet, or print a part of it.")
    return _set(json.dumps({"text": f"{_house()}\n{source}", "data": words}))


def _set(asked: str) -> bytes:
    with tempfile.TemporaryDirectory(prefix="typeset-") as nothing:
        command = [sys.executable, "-I", str(_SETTER), nothing]
        try:
            done = subprocess.run(
                command, input=asked.encode(), capture_output=True, timeout=_LONGEST, check=False
            )
        except subprocess.TimeoutExpired:
            raise NotTypeset(f"It took more than {_LONGEST} seconds.") from None
    if done.returncode:
        raise NotTypeset((done.stdout or done.stderr).decode(errors="replace"))
    return done.stdout


@functools.cache
def _house() -> str:
    """Kept with the rest of the look, which the kit may not import: it is opened as a file."""
    return (files("hedgerow") / "look/typst/page.typ").read_text(encoding="utf-8")


def _clean(value: object) -> object:
    match value:
        case str():
            return _HALF.sub("\ufffd", _NOT_WORDS.sub("", value.replace("\r\n", "\n")))
        case Mapping():
            return {key: _clean(held) for key, held in value.items()}
        case list() | tuple():
            return [_clean(held) for held in value]
        case _:
            return value
