"""A grant as one publisher tells of it, as far as we read it.

No address, telephone number or email of anybody is kept: some recipients must not be found.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from hedgerow.units import Pence, pence


@dataclass(frozen=True, slots=True)
class Money:
    currency: str  # three letters
    amount: Decimal  # in whole units of the currency; to the penny where it is GBP

    @property
    def pence(self) -> Pence | None:
        """None in any other currency than pounds."""
        return pence(self.amount) if self.currency == "GBP" else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Organisation:
    id: str  # “GB-CHC-1126147”: a register and a number in it
    name: str
    charity_number: str = ""
    company_number: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    id: str
    name: str  # often not a name: “Individual recipient”


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """Days as 2026-03-17, 2026-03 or 2026; "" where nothing is said."""

    start: str = ""
    end: str = ""
    months: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Programme:
    code: str = ""
    title: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where those live whom it is for."""

    name: str = ""
    code: str = ""  # of a gazetteer: “E06000009”
    kind: str = ""  # what the code stands for: “UA”


@dataclass(frozen=True, slots=True, kw_only=True)
class Classification:
    vocabulary: str = ""
    code: str = ""
    title: str = ""
    description: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Grant:
    id: str
    title: str
    description: str = ""
    awarded: Money
    awarded_on: date
    funders: tuple[Organisation, ...]
    recipients: tuple[Organisation, ...] = ()  # empty where it went to a person
    person: Person | None = None
    applied_for: Money | None = None
    disbursed: Money | None = None
    planned: tuple[Period, ...] = ()
    programmes: tuple[Programme, ...] = ()
    places: tuple[Place, ...] = ()
    classifications: tuple[Classification, ...] = ()
    from_open_call: bool | None = None
    source: str = ""  # a web address
    modified: str = ""  # a day with its hour and zone


# Where the words of a shape stand in the standard: its name for each -> the standard's.
PROGRAMME = {"code": "code", "title": "title"}
PLACE = {"name": "name", "code": "geoCode", "kind": "geoCodeType"}
CLASSIFICATION = {
    "vocabulary": "vocabulary",
    "code": "code",
    "title": "title",
    "description": "description",
}
