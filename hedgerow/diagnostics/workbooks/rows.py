"""Which row of a sheet is which, by its Ref, or by its words where the Ref is gone."""

import difflib
from collections.abc import Mapping
from typing import Generic, TypeVar

from hedgerow.core.cells import alike

from .grid import Grid

T = TypeVar("T")


class Rows(Generic[T]):
    """Finds what each row is about; what is unknown or doubled becomes a fault of the grid."""

    def __init__(
        self, grid: Grid, ref: str, words: str, by_ref: Mapping[str, T], by_words: Mapping[str, T]
    ) -> None:
        """`ref` and `words` are headings; `by_words` holds what only one row is called."""
        self.grid, self.ref, self.words = grid, ref, words
        self.by_ref = {alike(key): thing for key, thing in by_ref.items()}
        self.by_words = {alike(key): thing for key, thing in by_words.items()}
        self.refs = list(by_ref)
        self.first: dict[str, int] = {}  # by Ref

    def find(self, row: int, nearer: Mapping[str, T] | None = None) -> T | None:
        """What a row is about; None if it is about nothing, or has a fault that is noted.

        `nearer` are words that are looked for first: those of options, below their question.
        """
        thing = self._by_ref(row) if self.grid.label(row, self.ref) else self._by(row, nearer or {})
        if thing is None:
            return None
        key = repr(thing)
        if key in self.first:
            self.grid.fault(
                row,
                self._heading(row),
                f"The same stands in row {self.first[key]}. Keep one of the two.",
            )
            return None
        self.first[key] = row
        return thing if self.grid.is_whole(row) else None

    def _by_ref(self, row: int) -> T | None:
        said = self.grid.label(row, self.ref)
        thing = self.by_ref.get(alike(said))
        if thing is None:
            near = difflib.get_close_matches(said, self.refs, n=1)
            meant = f"Did you mean “{near[0]}”?" if near else "Delete the row, or put its Ref back."
            self.grid.fault(row, self.ref, f"“{said[:60]}” is not a Ref on this sheet. {meant}")
        return thing

    def _by(self, row: int, nearer: Mapping[str, T]) -> T | None:
        said = alike(self.grid.label(row, self.words))
        thing = {alike(key): it for key, it in nearer.items()}.get(said) or self.by_words.get(said)
        if thing is None and self.grid.is_answered(row):
            self.grid.fault(
                row,
                self._heading(row),
                "Something is answered here, and the row does not say to what. Put the Ref back.",
            )
        return thing

    def _heading(self, row: int) -> str:
        return self.ref if self.ref in self.grid.at else self.words


def only_once(pairs: list[tuple[str, T]]) -> dict[str, T]:
    """By words, those whose words nothing else has."""
    said = [alike(words) for words, _ in pairs]
    return {words: thing for words, thing in pairs if said.count(alike(words)) == 1}
