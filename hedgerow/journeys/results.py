"""What a closed stage leaves to later ones, as it is kept and read back.

A result type lives in `analysis`, so that the room that gives it and the rooms that take it need
not know each other. It is kept as plain JSON with its version: when its shape changes, VERSION
goes up by one and a function in UPGRADERS turns the old JSON into the new. Rows are not rewritten.
"""

from collections.abc import Callable, Container, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Protocol, TypeVar

Whole = dict[str, Any]
Parts = dict[int, Any]  # by the key of an organisation
Upgrader = Callable[[Whole, Parts], tuple[Whole, Parts]]  # pure


class Result(Protocol):
    SLUG: ClassVar[str]  # stored, so for ever; 40 characters at most
    VERSION: ClassVar[int]
    UPGRADERS: ClassVar[Mapping[int, Upgrader]]  # version -> what leads to the next one

    def to_json(self) -> tuple[Whole, Parts]:
        """The whole, and what in it came from one organisation."""

    @classmethod
    def from_json(cls, whole: Whole, parts: Parts) -> Any:
        """The same again; with fewer parts, what is known without them."""


Wanted = TypeVar("Wanted", bound=Result)


@dataclass(frozen=True, kw_only=True)
class Kept:
    """A result as its row holds it."""

    kind: str
    version: int
    whole: Whole
    parts: dict[str, Any]  # JSON has words for keys


def kept(result: Result) -> Kept:
    whole, parts = result.to_json()
    return Kept(
        kind=result.SLUG,
        version=result.VERSION,
        whole=whole,
        parts={str(key): part for key, part in parts.items()},
    )


def read_back(wanted: type[Wanted], row: Kept, *, members: Container[int]) -> Wanted:
    """The result as it was, without the parts of organisations that are not members.

    Raises LookupError if it was kept by a newer Hedgerow than this.
    """
    parts = {int(key): part for key, part in row.parts.items() if int(key) in members}
    whole = row.whole
    if row.version > wanted.VERSION:
        raise LookupError(
            f"This {name_of(wanted)} was kept by a newer Hedgerow. Bring this one up to date."
        )
    for version in range(row.version, wanted.VERSION):
        whole, parts = wanted.UPGRADERS[version](whole, parts)
    return wanted.from_json(whole, parts)


def name_of(wanted: type[Result]) -> str:
    return wanted.SLUG.replace("-", " ")
