"""Money, in the one unit we keep it in."""

import re
from decimal import Decimal
from typing import NewType

Pence = NewType("Pence", int)

# Thousands are set apart by commas or by spaces, all or none; pence come after a point.
_POUNDS = re.compile(
    r"(?P<sign>[-\u2212]?)\s*£?\s*(?P<inner>[-\u2212]?)"
    r"(?P<whole>[0-9]+|[0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,3}(?:[ \u00a0\u202f][0-9]{3})+)"
    r"(?:\.(?P<odd>[0-9]{1,2}))?"
)
_LONGEST = 40  # characters that an amount can take
_TOO_MUCH = 10**13  # pence; more than any cluster will hold, less than a database column


def pounds(amount: int) -> str:
    """Write pence as a reader expects: 1234500 -> '£12,345', -1234550 -> '-£12,345.50'."""
    whole, odd = divmod(abs(amount), 100)
    sign = "-" if amount < 0 else ""
    return f"{sign}£{whole:,}" if odd == 0 else f"{sign}£{whole:,}.{odd:02}"


def pence(amount: Decimal) -> Pence:
    """Turn pounds into pence; raises ValueError if there is less than a penny left over."""
    in_pence = amount * 100
    if in_pence != in_pence.to_integral_value():
        raise ValueError(f"{amount} is not a whole number of pence")
    return Pence(int(in_pence))


def read_pounds(text: str) -> Pence:
    """Read what people type: 1200, £1,200, 1 200.50, -£5.

    Raises ValueError with a sentence for them: nothing is guessed, so "1200,50" is not read as
    £120,050.
    """
    typed = text.strip()
    match = _POUNDS.fullmatch(typed) if len(typed) <= _LONGEST else None
    if not match or (match["sign"] and match["inner"]):
        raise ValueError(
            f"“{typed[:40]}” is not an amount in pounds. Write it as 1200 or 1,200.50, "
            "with a point before the pence."
        )
    whole = int(re.sub(r"\D", "", match["whole"]))
    odd = int((match["odd"] or "0").ljust(2, "0"))
    amount = whole * 100 + odd
    if amount >= _TOO_MUCH:
        raise ValueError(f"“{typed[:40]}” is more than Hedgerow can hold. Check the number.")
    return Pence(-amount if match["sign"] or match["inner"] else amount)
