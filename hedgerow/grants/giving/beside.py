"""What a grant may have beside what it needs. What cannot be read is left out, with a note."""

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Protocol, TypeVar

from . import values
from .loose import amount_of, is_nothing, kind_of, words_of
from .noting import At, Told
from .shapes import (
    CLASSIFICATION,
    PLACE,
    PROGRAMME,
    Classification,
    Money,
    Period,
    Place,
    Programme,
)
from .standard import GRANT, Fields, Path

H = TypeVar("H", bound=Hashable)

Said = Mapping[str, Any]


class Once(Protocol):
    """Keeps one of what comes often."""

    def __call__(self, value: H) -> H: ...


@dataclass(frozen=True)
class Beside:
    """Of one grant. `is_typed` as in `loose.words_of`."""

    told: Told
    at: At
    said: Said
    once: Once
    is_typed: bool

    def planned(self) -> tuple[Period, ...]:
        return self.several("plannedDates", self.period, Period())

    def programmes(self) -> tuple[Programme, ...]:
        return self.several("grantProgramme", self.in_words(Programme, PROGRAMME), Programme())

    def places(self) -> tuple[Place, ...]:
        return self.several("beneficiaryLocation", self.in_words(Place, PLACE), Place())

    def classifications(self) -> tuple[Classification, ...]:
        read = self.in_words(Classification, CLASSIFICATION)
        return self.several("classifications", read, Classification())

    def source(self) -> str:
        return self.once(self.maybe(self.said, ("dataSource",), values.address))

    def modified(self) -> str:
        return self.once(self.maybe(self.said, ("dateModified",), values.moment))

    def maybe(self, of: Said, path: Path, read: Callable[[str], str]) -> str:
        try:
            words = words_of(of.get(str(path[-1])), is_typed=self.is_typed)
            return read(words) if words else ""
        except ValueError as wrong:
            self.told.left_out(self.at, path, str(wrong))
            return ""

    def maybe_words(self, of: Said, path: Path) -> str:
        return self.maybe(of, path, lambda words: words)

    def description(self) -> str:
        found = self.maybe_words(self.said, ("description",))
        if not found:
            self.told.read_as(self.at, ("description",), "There is no description here.")
        return found

    def maybe_number(self, of: Said, path: Path, currency: str) -> Decimal | None:
        said = of.get(str(path[-1]))
        if is_nothing(said):
            return None
        try:
            return amount_of(said, currency, is_typed=self.is_typed)
        except ValueError as wrong:
            self.told.left_out(self.at, path, str(wrong))
            return None

    def maybe_amount(self, key: str, currency: str) -> Money | None:
        found = self.maybe_number(self.said, (key,), currency)
        return None if found is None else self.once(Money(currency, found))

    def yes_or_no(self) -> bool | None:
        path, said = ("fromOpenCall",), self.said.get("fromOpenCall")
        words = str(said) if isinstance(said, bool) else said
        found = self.maybe({"fromOpenCall": words}, path, lambda words: words)
        if not found:
            return None
        if (is_yes := found.casefold() in values.YES) or found.casefold() in values.NO:
            if found not in ("Yes", "No"):
                said = "Yes" if is_yes else "No"
                self.told.read_as(self.at, path, f"“{found}” is read as {said}.")
            return is_yes
        self.told.left_out(self.at, path, f"“{found[:20]}” is neither Yes nor No.")
        return None

    def several(self, key: str, read: Callable[[Said, Path], H], empty: H) -> tuple[H, ...]:
        said = self.said.get(key)
        if is_nothing(said):
            return ()
        if not isinstance(said, Sequence) or isinstance(said, str):
            self.told.left_out(self.at, (key,), f"This is {kind_of(said)}, not a list.")
            return ()
        found = []
        for n, one in enumerate(said):
            if not isinstance(one, Mapping):
                self.told.left_out(self.at, (key, n), f"This is {kind_of(one)}.")
                continue
            self.look_for_strangers(one, GRANT.parts[key], GRANT.titles[key])
            if (item := read(one, (key, n))) != empty:
                found.append(self.once(item))
        return self.once(tuple(found))

    def period(self, of: Said, path: Path) -> Period:
        months = self.maybe_number(of, (*path, "duration"), "")
        if months is not None and months < 0:
            self.told.left_out(self.at, (*path, "duration"), "This is below nothing.")
            months = None
        return Period(
            start=self.maybe(of, (*path, "startDate"), values.day_or_part),
            end=self.maybe(of, (*path, "endDate"), values.day_or_part),
            months=months,
        )

    def in_words(
        self, shape: Callable[..., H], keys: Mapping[str, str]
    ) -> Callable[[Said, Path], H]:
        def read(of: Said, path: Path) -> H:
            return shape(**{name: self.maybe_words(of, (*path, key)) for name, key in keys.items()})

        return read

    def look_for_strangers(self, said: Said, fields: Fields, title: str) -> None:
        if said.keys() <= fields.titles.keys():
            return
        for name in said:
            if name not in fields.titles:
                self.told.unknown.setdefault(f"{title}:{name}" if title else name)
