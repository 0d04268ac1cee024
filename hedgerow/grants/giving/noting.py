"""Where things stand in a publisher's file, what is wrong there, and what is only worth a word."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from hedgerow.core.cells import visible
from hedgerow.core.faults import Fault

from .standard import Path, title_of

MOST_FAULTS = 1000
_MOST_UNKNOWN = 40


@dataclass(frozen=True, slots=True)
class At:
    """Where one grant stands."""

    sheet: str  # the file, or the sheet in it
    row: int  # of a table; of JSON, the line on which the grant begins
    number: int  # of all the file's, from 1: what comes first in it is told first
    column_of: Callable[[int, Path], str]  # the grant's number and a path -> title or pointer

    def shown(self, path: Path = ()) -> str:
        column = self.column_of(self.number, path)
        if column.startswith("/"):  # a pointer says it all
            return column
        return ", ".join(filter(None, (self.sheet, f"row {self.row}", column)))


@dataclass(eq=False)
class _Note:
    sentence: str
    first: str
    times: int = 0


@dataclass(kw_only=True, eq=False)
class Told:
    """What was found in one file, as it is read."""

    n_faults: int = 0
    lacks: set[Path] = field(default_factory=set)  # columns that were told to be missing
    unknown: dict[str, None] = field(default_factory=dict)  # names of columns or keys, in order
    _faults: list[tuple[int, Fault]] = field(default_factory=list)
    _notes: dict[object, _Note] = field(default_factory=dict)

    def fault(self, at: At, path: Path, sentence: str) -> None:
        """Beyond the most faults that anybody reads, they are only counted."""
        if path not in self.lacks:
            self.fault_of_all(at, path, sentence)

    def fault_of_all(self, at: At, path: Path, sentence: str) -> None:
        """The same, also of a column that is missing."""
        self.n_faults += 1
        if self.n_faults <= MOST_FAULTS:
            column = at.column_of(at.number, path)
            fault = Fault(
                sheet=visible(at.sheet),
                row=at.row,
                column=visible(column),
                sentence=visible(sentence),
            )
            self._faults.append((at.number, fault))

    def read_as(self, at: At, path: Path, sentence: str) -> None:
        self._note(sentence, at, path, sentence)

    def left_out(self, at: At, path: Path, why: str) -> None:
        """Told once for each field."""
        key = tuple(step for step in path if isinstance(step, str))
        self._note(key, at, path, f"{title_of(key)} was left out where it cannot be read: {why}")

    def say(self, sentence: str) -> None:
        self._notes.setdefault(sentence, _Note(sentence, ""))

    def _note(self, key: object, at: At, path: Path, sentence: str) -> None:
        if key not in self._notes:
            self._notes[key] = _Note(sentence, at.shown(path))
        self._notes[key].times += 1

    def faults(self) -> Iterator[Fault]:
        for _, fault in sorted(self._faults, key=lambda one: one[0]):
            yield fault
        if self.n_faults > MOST_FAULTS:
            sentence = (
                f"There are {self.n_faults:,} faults; {MOST_FAULTS:,} are told. Mend them first."
            )
            yield Fault(row=0, column="", sentence=sentence)

    def notes(self) -> Iterator[str]:
        for note in self._notes.values():
            often = "once" if note.times == 1 else f"{note.times:,} times"
            first = f" ({often}; first: {note.first})" if note.times else ""
            yield visible(f"{note.sentence}{first}")
        if self.unknown:
            names = [f"“{visible(name[:60])}”" for name in self.unknown]
            more = f" and {len(names) - _MOST_UNKNOWN} more" if len(names) > _MOST_UNKNOWN else ""
            yield f"Not in 360Giving, so not read: {', '.join(names[:_MOST_UNKNOWN])}{more}."
