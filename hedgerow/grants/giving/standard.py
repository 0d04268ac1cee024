"""The names that 360Giving has for things: keys in JSON, titles in spreadsheets.

Source: 360Giving Data Standard 1.4, its schemas and its page “Technical guidance” on spreadsheets,
https://standard.threesixtygiving.org. Fields that extensions add are unknown here.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from hedgerow.core.cells import alike

VERSION = "1.4"
_PACKAGE = (
    "grants version extensions title description issued modified identifier publisher downloadURL "
    "accessURL license"
)
PACKAGE = frozenset(_PACKAGE.split())  # what a file holds beside its grants, and they

Path = tuple[str | int, ...]  # ("recipientOrganization", 0, "name")


@dataclass(frozen=True, kw_only=True)
class Fields:
    """An object of the standard. A key with `parts` holds another object, or a list of them."""

    titles: Mapping[str, str]
    parts: Mapping[str, "Fields"] = field(default_factory=dict)
    is_single: bool = False  # where it is held by a key: one, not a list
    by_name: Mapping[str, str] = field(init=False)  # as people write a title or a key -> the key

    def __post_init__(self) -> None:
        named = {alike(key): key for key in self.titles}
        named |= {alike(title): key for key, title in self.titles.items()}
        object.__setattr__(self, "by_name", named)


_MODIFIED = {"dateModified": "Last Modified"}

_LOCATION = Fields(
    titles={
        "id": "Identifier",
        "name": "Name",
        "countryCode": "Country Code",
        "latitude": "Latitude",
        "longitude": "Longitude",
        "description": "Description",
        "geoCode": "Geographic Code",
        "geoCodeType": "Geographic Code Type",
        **_MODIFIED,
    }
)
_ORGANISATION = Fields(
    titles={
        "id": "Identifier",
        "name": "Name",
        "department": "Department",
        "contactName": "Contact Name",
        "charityNumber": "Charity Number",
        "companyNumber": "Company Number",
        "streetAddress": "Street Address",
        "addressLocality": "City",
        "addressRegion": "County",
        "addressCountry": "Country",
        "postalCode": "Postal Code",
        "telephone": "Phone Number",
        "alternateName": "Alternate Name",
        "email": "Email",
        "description": "Description",
        "organisationType": "Organisation Type",
        "url": "Web Address",
        "location": "Location",
        **_MODIFIED,
    },
    parts={"location": _LOCATION},
)
_PERSON = Fields(titles={"id": "Identifier", "name": "Name"}, is_single=True)
_WHY_A_PERSON = Fields(
    titles={
        "primaryGrantReason": "Primary Grant Reason",
        "secondaryGrantReason": "Secondary Grant Reason",
        "grantPurpose": "Grant Purpose",
    },
    is_single=True,
)
_EVENT = Fields(
    titles={
        "title": "Title",
        "startDate": "Start Date",
        "endDate": "End Date",
        "duration": "Duration (months)",
        "description": "Description",
        **_MODIFIED,
    }
)
_PROGRAMME = Fields(
    titles={
        "code": "Code",
        "title": "Title",
        "description": "Description",
        "url": "URL",
        **_MODIFIED,
    }
)
_CLASSIFICATION = Fields(
    titles={
        "vocabulary": "Vocabulary",
        "code": "Code",
        "title": "Title",
        "description": "Description",
        "url": "URL",
        **_MODIFIED,
    }
)
_DOCUMENT = Fields(
    titles={
        "id": "Identifier",
        "title": "Title",
        "url": "Web Address",
        "description": "Description",
        "documentType": "Document Type",
        **_MODIFIED,
    }
)
_TRANSACTION = Fields(
    titles={
        "id": "Identifier",
        "transactionDate": "Transaction Date",
        "currency": "Currency",
        "value": "Value",
        "valueDate": "Value Date",
        "description": "Description",
        "provider": "Provider",
        "recipient": "Recipient",
        **_MODIFIED,
    }
)

GRANT = Fields(
    titles={
        "id": "Identifier",
        "title": "Title",
        "description": "Description",
        "currency": "Currency",
        "amountAppliedFor": "Amount Applied For",
        "amountAwarded": "Amount Awarded",
        "amountDisbursed": "Amount Disbursed",
        "awardDate": "Award Date",
        "url": "URL",
        "plannedDates": "Planned Dates",
        "actualDates": "Actual Dates",
        "recipientIndividual": "Recipient Ind",
        "toIndividualsDetails": "To Individuals Details",
        "recipientOrganization": "Recipient Org",
        "beneficiaryLocation": "Beneficiary Location",
        "fundingOrganization": "Funding Org",
        "grantProgramme": "Grant Programme",
        "fromOpenCall": "From An Open Call?",
        "fundingType": "Funding Type",
        "classifications": "Classifications",
        "relatedDocument": "Related Document",
        "applicationTransaction": "applicationTransaction",
        "commitmentTransaction": "commitmentTransaction",
        "disbursementTransaction": "disbursementTransaction",
        "relatedActivity": "Related Activity",
        "dateModified": "Last Modified",
        "dataSource": "Data Source",
        "regrantType": "For Regrant Type",
        "locationScope": "Location Scope",
    },
    parts={
        "plannedDates": _EVENT,
        "actualDates": _EVENT,
        "recipientIndividual": _PERSON,
        "toIndividualsDetails": _WHY_A_PERSON,
        "recipientOrganization": _ORGANISATION,
        "beneficiaryLocation": _LOCATION,
        "fundingOrganization": _ORGANISATION,
        "grantProgramme": _PROGRAMME,
        "fundingType": _CLASSIFICATION,
        "classifications": _CLASSIFICATION,
        "relatedDocument": _DOCUMENT,
        "applicationTransaction": _TRANSACTION,
        "commitmentTransaction": _TRANSACTION,
        "disbursementTransaction": _TRANSACTION,
    },
)

# Without these a grant is none. Of the recipients, either an organisation or a person.
NEEDED: tuple[Path, ...] = (
    ("id",),
    ("title",),
    ("currency",),
    ("amountAwarded",),
    ("awardDate",),
    ("fundingOrganization", 0, "id"),
    ("fundingOrganization", 0, "name"),
)
RECIPIENT: tuple[Path, ...] = (
    ("recipientOrganization", 0, "id"),
    ("recipientOrganization", 0, "name"),
)
PERSON: tuple[Path, ...] = (("recipientIndividual", "id"), ("recipientIndividual", "name"))


def path_of(heading: str) -> Path | None:
    """Where a column's cells belong; None if the standard has no such column.

    “Recipient Org:Name” is the first recipient's name, and “Recipient Org:1:Name” the second's.
    Keys do as well: “recipientOrganization/1/name”.
    """
    fields, path, listed = GRANT, list[str | int](), False
    words = heading.replace("/", ":").split(":")
    for at, word in enumerate(words):
        if listed and word.strip().isdecimal() and len(word) < 4:
            path[-1] = int(word)
            listed = False
            continue
        key = fields.by_name.get(alike(word))
        if key is None:
            return None
        path.append(key)
        if key not in fields.parts:
            return tuple(path) if at == len(words) - 1 else None
        fields, listed = fields.parts[key], not fields.parts[key].is_single
        if listed:
            path.append(0)
    return None


def title_of(path: Path, *, numbered: bool = False) -> str:
    """What `path_of` reads back. The number of the first of a list is left out, unless asked for."""
    fields, words = GRANT, []
    for step in path:
        if isinstance(step, int):
            words += [str(step)] if step or numbered else []
        else:
            words.append(fields.titles[step])
            fields = fields.parts.get(step, fields)
    return ":".join(words)
