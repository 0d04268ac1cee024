"""What the parts of a workbook hold that its reader does not tell: formulas, errors, far cells.

Every part is walked once, by expat, before a reader that builds tables of it is let near.
"""

import posixpath
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from xml.parsers import expat

from hedgerow.core.headings import letter

from .limits import USUAL, Limits
from .zipped import NotASpreadsheet

MOST_SHEETS = 200  # hidden ones too

_PLACE = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")
_DECLARES = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_MACROS = re.compile(rb"macroenabled", re.IGNORECASE)
_BROKEN = "Parts of the workbook are broken. Copy the answers into a fresh workbook, and send that."

Place = tuple[int, int]  # row and column, from 1
Area = tuple[int, int, int, int]  # first row and column, last row and column


@dataclass(kw_only=True, eq=False)
class Scan:
    """One sheet. Places are those of cells."""

    errors: dict[Place, str] = field(default_factory=dict)  # “#REF!”
    formulas: set[Place] = field(default_factory=set)
    unsolved: set[Place] = field(default_factory=set)  # formulas without a result
    merged: list[Area] = field(default_factory=list)
    n_cells: int = 0


def scanned(parts: Mapping[str, bytes], limits: Limits = USUAL) -> list[tuple[str, Scan]]:
    """Name and scan of every sheet, in the workbook's order. Raises NotASpreadsheet.

    A sheet that is a chart has an empty scan.
    """
    for name, content in parts.items():
        if _DECLARES.search(content) or _DECLARES.search(content.replace(b"\0", b"")):
            raise NotASpreadsheet("It declares words of its own, which no spreadsheet does.")
        if name == "[content_types].xml" and _MACROS.search(content):
            raise NotASpreadsheet(
                "It may carry macros (.xlsm). Open it, choose “Save as”, then “Excel workbook "
                "(.xlsx)”, and send that."
            )
    sheets = _sheets(parts)
    if len(sheets) > MOST_SHEETS:
        raise NotASpreadsheet(f"It has more than {MOST_SHEETS} sheets. Send it in parts.")
    found, n_cells = [], 0
    for name, part in sheets:
        scan = _scan(name, parts[part], limits) if part in parts else Scan()
        found.append((name, scan))
        n_cells += scan.n_cells
        if n_cells > limits.cells:
            raise NotASpreadsheet(
                f"More than {limits.cells:,} cells are filled in. Send it in parts."
            )
    return found


def _sheets(parts: Mapping[str, bytes]) -> list[tuple[str, str]]:
    """Name of each sheet, and of the part that holds it."""
    named: list[tuple[str, str]] = []
    targets: dict[str, str] = {}

    def sheet(tag: str, given: dict[str, str]) -> None:
        if tag == "sheet":
            plain = {_plain(key): value for key, value in given.items()}
            named.append((plain.get("name", ""), plain.get("id", "")))

    def target(tag: str, given: dict[str, str]) -> None:
        if tag == "Relationship":
            path = posixpath.normpath(posixpath.join("/xl", given.get("Target", "")))
            targets[given.get("Id", "")] = path.lstrip("/").casefold()

    _walk(parts.get("xl/workbook.xml", b""), sheet)
    _walk(parts.get("xl/_rels/workbook.xml.rels", b""), target)
    return [(name, targets.get(key, "")) for name, key in named]


class _Scanner:
    """Walks one sheet, and is told of its elements one after another."""

    def __init__(self, name: str, limits: Limits) -> None:
        self.name, self.limits = name, limits
        self.scan = Scan()
        self.row = self.column = 0
        self.seen: set[Place] = set()
        self.kind = self.words = ""
        self.has_formula = self.has_value = self.is_in_value = False

    def start(self, tag: str, given: dict[str, str]) -> None:
        match tag:
            case "row":
                self.row, self.column = _number(given.get("r", ""), self.row + 1), 0
            case "c":
                self._place(given.get("r", ""))
                self.kind, self.words = given.get("t", ""), ""
                self.has_formula = self.has_value = False
            case "f":
                self.has_formula = True
            case "v" | "is":
                self.is_in_value = True
                self.has_value = self.has_value or self.kind == "str" or tag == "is"
            case "mergeCell":
                self.scan.merged.append(_area(given.get("ref", "")))

    def end(self, tag: str) -> None:
        if tag in ("v", "is"):
            self.is_in_value = False
        elif tag == "c":
            self._close()

    def say(self, words: str) -> None:
        if self.is_in_value:
            self.has_value = True
            if self.kind == "e":
                self.words += words

    def _place(self, written: str) -> None:
        if not written:
            self.column += 1
            return
        self.row, self.column = _place(written)

    def _close(self) -> None:
        if not (self.has_value or self.has_formula):
            return
        at = self.row, self.column
        if self.row > self.limits.rows or self.column > self.limits.columns:
            raise NotASpreadsheet(
                f"The sheet “{self.name}” holds something in cell {shown(at)}, far from the rest: "
                f"{self.limits.rows:,} rows and {self.limits.columns} columns are the most. Delete that row or "
                "column, and send it again."
            )
        if at in self.seen:
            raise NotASpreadsheet(_BROKEN)
        self.seen.add(at)
        self.scan.n_cells += 1
        if self.kind == "e":
            self.scan.errors[at] = self.words[:20]
        if self.has_formula:
            self.scan.formulas.add(at)
            if not self.has_value:
                self.scan.unsolved.add(at)


def shown(at: Place) -> str:
    """B7, as a spreadsheet calls it."""
    return f"{letter(at[1] - 1)}{at[0]}"


def _scan(name: str, content: bytes, limits: Limits) -> Scan:
    scanner = _Scanner(name, limits)
    _walk(content, scanner.start, scanner.end, scanner.say)
    return scanner.scan


def _place(written: str) -> Place:
    found = _PLACE.fullmatch(written)
    if not found:
        raise NotASpreadsheet(_BROKEN)
    column = 0
    for sign in found[1]:
        column = column * 26 + ord(sign) - ord("A") + 1
    return int(found[2]), column


def _area(written: str) -> Area:
    first, _, last = written.partition(":")
    return (*_place(first), *_place(last or first))


def _number(written: str, otherwise: int) -> int:
    if not written:
        return otherwise
    if not written.isascii() or not written.isdigit() or len(written) > 7:
        raise NotASpreadsheet(_BROKEN)
    return int(written)


def _walk(
    content: bytes,
    start: Callable[[str, dict[str, str]], None],
    end: Callable[[str], None] = lambda tag: None,
    say: Callable[[str], None] = lambda words: None,
) -> None:
    parser = expat.ParserCreate()
    parser.StartElementHandler = lambda tag, given: start(_plain(tag), given)
    parser.EndElementHandler = lambda tag: end(_plain(tag))
    parser.CharacterDataHandler = say
    try:
        parser.Parse(content, True)
    except (expat.ExpatError, ValueError) as wrong:
        raise NotASpreadsheet(_BROKEN) from wrong


def _plain(tag: str) -> str:
    return tag.rpartition(":")[2]
