"""What reading a file came to, told to people in lines and to machines in JSON."""

from collections.abc import Iterator
from dataclasses import asdict
from decimal import Decimal
from typing import Any

from hedgerow.core.days import in_words
from hedgerow.core.faults import Fault
from hedgerow.units import pence, pounds

from .accounting import Reading


def told_to_machines(found: Reading) -> dict[str, Any]:
    """Amounts in GBP as whole pence, in other currencies as words."""
    days = [grant.awarded_on for grant in found.grants]
    return {
        "file": found.name,
        "format": found.kind or None,
        "rows": found.n_rows,
        "read": len(found.grants),
        "faulty": found.n_faulty,
        "blank": found.n_blank,
        "joined": found.n_joined,
        "awarded": {
            currency: int(pence(amount)) if currency == "GBP" else f"{amount:f}"
            for currency, amount in _sums(found).items()
        },
        "funders": len({one.id for grant in found.grants for one in grant.funders}),
        "recipients": len({one.id for grant in found.grants for one in grant.recipients}),
        "first": min(days).isoformat() if days else None,
        "last": max(days).isoformat() if days else None,
        "faults": [asdict(fault) for fault in found.faults],
        "notes": list(found.notes),
    }


def told_to_people(found: Reading) -> Iterator[str]:
    if not found.n_rows:
        yield f"{found.name}: nothing was read."
        return
    rest = ", ".join(
        f"{n:,} {what}"
        for n, what in (
            (found.n_faulty, "faulty"),
            (found.n_blank, "blank"),
            (found.n_joined, "added to their grants"),
        )
        if n
    )
    rows = "1 row" if found.n_rows == 1 else f"{found.n_rows:,} rows"
    grants = "1 grant" if len(found.grants) == 1 else f"{len(found.grants):,} grants"
    yield f"{found.name} ({found.kind}): {grants} from {rows}{'; ' if rest else ''}{rest}."
    if found.grants:
        sums = ", ".join(_shown(*one) for one in sorted(_sums(found).items()))
        days = [grant.awarded_on for grant in found.grants]
        yield f"  Awarded: {sums}, from {in_words(min(days))} to {in_words(max(days))}."
    for note in found.notes:
        yield f"  {note}"


def line_of(name: str, kind: str, fault: Fault) -> str:
    """For people: the file, where in it, and what is wrong. `kind` as in `Reading`."""
    at = place_of(name, kind, fault)
    return f"{name}: {at}: {fault.sentence}" if at else f"{name}: {fault.sentence}"


def place_of(name: str, kind: str, fault: Fault) -> str:
    """Where in the file called `name`; "" for the whole of it."""
    sheet = fault.sheet if fault.sheet not in ("", name) else ""
    counted = "line" if kind == "JSON" else "row"
    row = f"{counted} {fault.row}" if fault.row else ""
    return ", ".join(filter(None, (sheet, row, fault.column)))


def _sums(found: Reading) -> dict[str, Decimal]:
    sums: dict[str, Decimal] = {}
    for grant in found.grants:
        money = grant.awarded
        sums[money.currency] = sums.get(money.currency, Decimal()) + money.amount
    return sums


def _shown(currency: str, amount: Decimal) -> str:
    return pounds(pence(amount)) if currency == "GBP" else f"{currency} {amount:,f}"
