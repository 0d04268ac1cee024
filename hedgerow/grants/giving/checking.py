"""From what a file says of one grant to a grant, or to what is wrong with it.

What a grant is nothing without is a fault; for the rest see `beside`. Nothing is guessed.
"""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeVar

from . import values
from .beside import Beside, Said
from .loose import amount_of, is_nothing, kind_of, words_of
from .noting import At, Told
from .shapes import Grant, Money, Organisation, Person
from .standard import GRANT, Path

H = TypeVar("H", bound=Hashable)

_MISSING = "Nothing is written here, and it is needed."
_IS_NULL = "This is null, and it is needed."
_TWO_KINDS = "A grant goes to organisations or to a person. This one names both."


@dataclass(kw_only=True, eq=False)
class Checker:
    """Of one file. `is_typed` as in `loose.words_of`."""

    told: Told
    is_typed: bool
    _once: dict[Hashable, Any] = field(default_factory=dict)

    def grant(self, said: Any, at: At) -> Grant | None:
        """None if it has a fault; each is told."""
        if isinstance(said, Mapping):
            return _One(self, at, said).grant()
        self.told.fault(at, (), f"A grant stands here as {kind_of(said)}.")
        return None

    def once(self, value: H) -> H:
        """What comes often is kept once."""
        found: H = self._once.setdefault(value, value)
        return found


class _One:
    def __init__(self, checker: Checker, at: At, said: Said) -> None:
        self.told, self.at, self.said = checker.told, at, said
        self.once, self.is_typed = checker.once, checker.is_typed
        self.beside = Beside(self.told, at, said, checker.once, checker.is_typed)
        self.is_faulty = False

    def grant(self) -> Grant | None:
        self.beside.look_for_strangers(self.said, GRANT, "")
        key, title = self.words(self.said, ("id",)), self.words(self.said, ("title",))
        awarded, on = self.awarded(), self.day()
        funders = self.organisations("fundingOrganization", is_needed=True)
        person = self.person()
        recipients = self.organisations("recipientOrganization", is_needed=person is None)
        if person and recipients:
            self.fault(("recipientIndividual",), _TWO_KINDS)
        if self.is_faulty or awarded is None or on is None:
            return None
        beside = self.beside
        return Grant(
            id=key,
            title=title,
            description=beside.description(),
            awarded=self.once(awarded),
            awarded_on=self.once(on),
            funders=self.once(funders),
            recipients=self.once(recipients),
            person=person,
            applied_for=beside.maybe_amount("amountAppliedFor", awarded.currency),
            disbursed=beside.maybe_amount("amountDisbursed", awarded.currency),
            planned=beside.planned(),
            programmes=beside.programmes(),
            places=beside.places(),
            classifications=beside.classifications(),
            from_open_call=beside.yes_or_no(),
            source=beside.source(),
            modified=beside.modified(),
        )

    def fault(self, path: Path, sentence: str) -> None:
        self.is_faulty = True
        self.told.fault(self.at, path, sentence)

    def missing(self, of: Said, path: Path) -> None:
        is_null = self.is_typed and of.get(str(path[-1]), "") is None
        self.fault(path, _IS_NULL if is_null else _MISSING)

    def words(self, of: Said, path: Path) -> str:
        try:
            found = words_of(of.get(str(path[-1])), is_typed=self.is_typed)
        except ValueError as wrong:
            self.fault(path, str(wrong))
            return ""
        if not found:
            self.missing(of, path)
        return found

    def awarded(self) -> Money | None:
        path, said, currency = ("amountAwarded",), self.said.get("amountAwarded"), self.currency()
        if is_nothing(said):
            self.missing(self.said, path)
            return None
        try:
            amount = amount_of(said, currency or "GBP", is_typed=self.is_typed)
        except ValueError as wrong:
            self.fault(path, str(wrong))
            return None
        if amount < 0:
            self.told.read_as(self.at, path, "This amount is below nothing.")
        return Money(currency, amount) if currency else None

    def currency(self) -> str:
        path: Path = ("currency",)
        words = self.words(self.said, path)
        try:
            found = values.currency(words) if words else ""
        except ValueError as wrong:
            self.fault(path, str(wrong))
            return ""
        if words != found:
            self.told.read_as(self.at, path, f"“{words}” is read as {found}.")
        if found and found not in values.CURRENCIES:
            self.told.read_as(self.at, path, f"{found} is no currency of today.")
        return found

    def day(self) -> date | None:
        words = self.words(self.said, ("awardDate",))
        try:
            return values.day(words) if words else None
        except ValueError as wrong:
            self.fault(("awardDate",), str(wrong))
            return None

    def organisations(self, key: str, *, is_needed: bool) -> tuple[Organisation, ...]:
        said = self.said.get(key)
        if is_nothing(said):
            for part in ("id", "name") if is_needed else ():
                self.fault((key, 0, part), _MISSING)
            return ()
        if not isinstance(said, Sequence) or isinstance(said, str):
            self.fault((key,), f"Organisations are a list. This is {kind_of(said)}.")
            return ()
        return tuple(self.organisation(key, n, one) for n, one in enumerate(said))

    def organisation(self, key: str, n: int, said: Any) -> Organisation:
        if not isinstance(said, Mapping):
            self.fault((key, n), f"An organisation stands here as {kind_of(said)}.")
            return Organisation(id="", name="")
        self.beside.look_for_strangers(said, GRANT.parts[key], GRANT.titles[key])
        found = Organisation(
            id=self.words(said, (key, n, "id")),
            name=self.words(said, (key, n, "name")),
            charity_number=self.beside.maybe_words(said, (key, n, "charityNumber")),
            company_number=self.beside.maybe_words(said, (key, n, "companyNumber")),
        )
        return self.once(found)

    def person(self) -> Person | None:
        key = "recipientIndividual"
        said = self.said.get(key)
        if is_nothing(said):
            return None
        if not isinstance(said, Mapping):
            self.fault((key,), f"A person stands here as {kind_of(said)}.")
            return None
        return Person(id=self.words(said, (key, "id")), name=self.words(said, (key, "name")))
