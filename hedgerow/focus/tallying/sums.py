"""Sums of money as files write them, counted in whole numbers of the smallest unit they need."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

_SUM = re.compile(r"[0-9]{1,15}([.,][0-9]{1,9})?")


def is_sum(text: str) -> bool:
    """Digits, and after a point or a comma at most nine more. No sign, no spaces, no letters."""
    return _SUM.fullmatch(text) is not None


def one_unit(texts: Iterable[str]) -> int:
    """How many of the smallest unit are one of the currency: 1, 10, 100 and so on."""
    decimals = (
        text.replace(",", ".").rstrip("0").partition(".")[2] for text in texts if _part(text)
    )
    return int("1" + "0" * max(map(len, decimals), default=0))


def _part(text: str) -> bool:
    return "." in text or "," in text


@dataclass(frozen=True)
class Sums:
    unit: int

    def whole(self, text: str) -> int:
        return int(Decimal(text.replace(",", ".")) * self.unit)
