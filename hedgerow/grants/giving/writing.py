"""Grants as 360Giving: a package in JSON, or one flat table in CSV. `read_grants` reads both back."""

import csv
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any, TextIO

from hedgerow.core.cells import marked

from .shapes import CLASSIFICATION, PLACE, PROGRAMME, Grant, Money, Organisation, Period
from .standard import GRANT, VERSION, Fields, Path, title_of


def as_json(grant: Grant) -> dict[str, Any]:
    """One grant of a package. What is not said is left out: the standard knows no empty value."""
    told: dict[str, Any] = {
        "id": grant.id,
        "title": grant.title,
        "description": grant.description,
        "currency": grant.awarded.currency,
        "amountAwarded": _number(grant.awarded.amount),
        "amountAppliedFor": _sum(grant.applied_for),
        "amountDisbursed": _sum(grant.disbursed),
        "awardDate": grant.awarded_on.isoformat(),
        "plannedDates": [_period(one) for one in grant.planned],
        "recipientOrganization": [_organisation(one) for one in grant.recipients],
        "fundingOrganization": [_organisation(one) for one in grant.funders],
        "grantProgramme": _worded(grant.programmes, PROGRAMME),
        "beneficiaryLocation": _worded(grant.places, PLACE),
        "classifications": _worded(grant.classifications, CLASSIFICATION),
        "dataSource": grant.source,
        "dateModified": grant.modified,
    }
    if grant.person:
        told["recipientIndividual"] = {"id": grant.person.id, "name": grant.person.name}
    if grant.from_open_call is not None:
        told["fromOpenCall"] = "Yes" if grant.from_open_call else "No"
    return _said(told)


def write_json(
    grants: Iterable[Grant], into: TextIO, package: Mapping[str, Any] | None = None
) -> None:
    """A package, one grant a line. `package` is what it says of itself, by the standard's names."""
    told = json.dumps({"version": VERSION, **(package or {})}, ensure_ascii=False)
    into.write(f'{told[:-1]}, "grants": [')
    for n, grant in enumerate(grants):
        into.write(",\n" if n else "\n")
        into.write(json.dumps(as_json(grant), ensure_ascii=False))
    into.write("\n]}\n")


def write_csv(grants: Sequence[Grant], into: TextIO) -> None:
    """One row a grant. Where a grant has several of a part, the columns of that part are numbered.

    A cell that a spreadsheet would run has an apostrophe before it.
    """
    paths = {path for grant in grants for path, _ in _flat(as_json(grant))}
    several = {path[0] for path in paths if any(isinstance(step, int) and step for step in path)}
    columns = sorted(paths, key=_in_order)
    sheet = csv.writer(into)
    sheet.writerow([title_of(path, numbered=path[0] in several) for path in columns])
    for grant in grants:
        cells = dict(_flat(as_json(grant)))
        sheet.writerow([_cell(cells.get(path, "")) for path in columns])


def _number(amount: Decimal) -> int | float:
    """At most 15 figures, so that nothing is lost."""
    return int(amount) if amount == amount.to_integral_value() else float(amount)


def _sum(money: Money | None) -> int | float | None:
    return None if money is None else _number(money.amount)


def _period(one: Period) -> dict[str, Any]:
    months = None if one.months is None else _number(one.months)
    return _said({"startDate": one.start, "endDate": one.end, "duration": months})


def _organisation(one: Organisation) -> dict[str, Any]:
    return _said(
        {
            "id": one.id,
            "name": one.name,
            "charityNumber": one.charity_number,
            "companyNumber": one.company_number,
        }
    )


def _worded(shapes: Sequence[object], keys: Mapping[str, str]) -> list[dict[str, Any]]:
    return [_said({key: getattr(one, name) for name, key in keys.items()}) for one in shapes]


def _said(told: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in told.items() if value not in (None, "", [])}


def _flat(said: Any, path: Path = ()) -> Iterator[tuple[Path, Any]]:
    if isinstance(said, dict):
        for key, value in said.items():
            yield from _flat(value, (*path, key))
    elif isinstance(said, list):
        for n, value in enumerate(said):
            yield from _flat(value, (*path, n))
    else:
        yield path, said


def _in_order(path: Path) -> list[int]:
    """As the standard lists its fields."""
    fields: Fields | None = GRANT
    places = []
    for step in path:
        if isinstance(step, int):
            places.append(step)
        elif fields:
            places.append(list(fields.titles).index(step))
            fields = fields.parts.get(step)
    return places


def _cell(value: Any) -> str:
    return marked(value) if isinstance(value, str) else str(value)
