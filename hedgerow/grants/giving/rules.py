"""What 360Giving wants of a package, for what we write ourselves: stricter than what we read.

Source: its JSON schemas, version 1.4, for the fields that `shapes` holds; what they say of formats
(days, moments, web addresses) is held to as well.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from hedgerow.core.faults import Fault

from . import values
from .standard import GRANT, Fields, Path

_TEXTS = ("id", "title", "description", "currency", "awardDate")
_DAY = re.compile(r"[0-9]{4}-(0[1-9]|1[012])-(0[1-9]|[12][0-9]|3[01])")
_VERSION = re.compile(r"[0-9]+\.[0-9]+")
_LISTS = tuple(key for key, part in GRANT.parts.items() if not part.is_single)


def faults_of(package: Mapping[str, Any], name: str = "") -> list[Fault]:
    """Everything that is not as the standard wants it; the column is a pointer, and there are no rows."""
    found = []
    if not _VERSION.fullmatch(str(package.get("version", "1.4"))):
        found.append(Fault(sheet=name, row=0, column="/version", sentence="This is no version."))
    for column, sentence in _wrong_with_package(package):
        found.append(Fault(sheet=name, row=0, column=column, sentence=sentence))
    grants = package.get("grants")
    if not isinstance(grants, Sequence) or isinstance(grants, str) or not grants:
        sentence = "There are no grants in this package."
        return [*found, Fault(sheet=name, row=0, column="/grants", sentence=sentence)]
    seen: dict[str, int] = {}
    for number, grant in enumerate(grants, start=1):
        for path, sentence in (*_wrong_with(grant), *_comes_again(grant, number, seen)):
            column = "/".join(("", "grants", str(number - 1), *map(str, path)))
            found.append(Fault(sheet=name, row=0, column=column, sentence=sentence))
    return found


def _wrong_with_package(package: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """What it says of itself."""
    for key in ("title", "description", "identifier"):
        if key in package and not _is_text(package[key]):
            yield f"/{key}", "The standard wants words here."
    for key in ("license", "downloadURL", "accessURL"):
        if key in package and not (_is_text(package[key]) and _holds(values.address, package[key])):
            yield f"/{key}", "The standard wants a web address here."
    for key in ("issued", "modified"):
        if key in package and not (_is_text(package[key]) and _holds(_a_day, package[key])):
            yield f"/{key}", "The standard wants a day here, as 2026-03-17."
    publisher = package.get("publisher", {"name": "left out"})
    if not isinstance(publisher, Mapping) or not _is_text(publisher.get("name")):
        yield "/publisher", "The standard wants the publisher’s name here."
    elif not _is_text(publisher.get("identifier", "left out")):
        yield "/publisher/identifier", "The standard wants words here."


def _wrong_with(grant: Any) -> Iterator[tuple[Path, str]]:
    if not isinstance(grant, Mapping):
        yield (), "This is not a grant."
        return
    for key in _TEXTS:
        if not _is_text(grant.get(key)):
            yield (key,), "The standard wants words here for every grant, and there are none."
    if _is_text(grant.get("currency")) and grant["currency"] not in values.CURRENCIES:
        yield ("currency",), "The standard wants a currency's three letters here."
    if _is_text(grant.get("awardDate")) and not _holds(_a_day, grant["awardDate"]):
        yield ("awardDate",), "The standard wants a day here, as 2026-03-17."
    if "amountAwarded" not in grant:
        yield ("amountAwarded",), "The standard wants a number here."
    for key in ("amountAwarded", "amountAppliedFor", "amountDisbursed"):
        if key in grant and not _is_number(grant[key]):
            yield (key,), "The standard wants a number here."
    if grant.get("fromOpenCall", "Yes") not in ("Yes", "No"):
        yield ("fromOpenCall",), "The standard wants Yes or No here."
    for key, read in (("dataSource", values.address), ("dateModified", values.moment)):
        if key in grant and not (_is_text(grant[key]) and _holds(read, grant[key])):
            yield (
                (key,),
                "The standard wants a web address or a moment here, in its way of writing.",
            )
    yield from _wrong_with_parties(grant)
    for key in _LISTS:
        yield from _wrong_with_parts(grant, key)


def _wrong_with_parties(grant: Mapping[str, Any]) -> Iterator[tuple[Path, str]]:
    if "fundingOrganization" not in grant:
        yield ("fundingOrganization",), "The standard wants a funder."
    if ("recipientOrganization" in grant) == ("recipientIndividual" in grant):
        yield ("recipientOrganization",), "The standard wants one kind of recipient."
    parties: list[tuple[Path, Any]] = []
    if "recipientIndividual" in grant:
        parties.append((("recipientIndividual",), grant["recipientIndividual"]))
    for key in ("fundingOrganization", "recipientOrganization"):
        held = grant.get(key)
        if held == []:
            yield (key,), "The standard wants one organisation at least."
        if isinstance(held, list):
            parties += [((key, n), one) for n, one in enumerate(held)]
    for path, one in parties:
        for part in ("id", "name"):
            if not isinstance(one, Mapping) or not _is_text(one.get(part)):
                yield (*path, part), "The standard wants words here."


def _wrong_with_parts(grant: Mapping[str, Any], key: str) -> Iterator[tuple[Path, str]]:
    held = grant.get(key, [])
    if not isinstance(held, list):
        yield (key,), "The standard wants a list here."
        return
    for n, one in enumerate(held):
        if isinstance(one, Mapping):
            yield from (
                ((key, n, part), "The standard wants something else here.")
                for part, value in one.items()
                if part in GRANT.parts[key].titles and not _fits(GRANT.parts[key], part, value)
            )
        else:
            yield (key, n), "The standard wants an object here."


def _fits(fields: Fields, part: str, value: Any) -> bool:
    match part:
        case "duration":
            return _is_number(value) and value >= 0
        case "startDate" | "endDate":
            return _is_text(value) and _holds(values.day_or_part, value)
        case _:
            return part in fields.parts or _is_text(value)


def _comes_again(grant: Any, number: int, seen: dict[str, int]) -> Iterator[tuple[Path, str]]:
    key = grant.get("id") if isinstance(grant, Mapping) else None
    if not isinstance(key, str):
        return
    if key in seen:
        yield ("id",), f"This id is also that of grant {seen[key]}."
    seen.setdefault(key, number)


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and value - value == 0


def _a_day(words: str) -> None:
    values.day(words)
    if not _DAY.fullmatch(words):
        values.moment(words)


def _holds(read: Callable[[str], object], words: str) -> bool:
    try:
        read(words)
    except ValueError:
        return False
    return True
