"""Single values of 360Giving: amounts, days, web addresses. Each raises ValueError, a sentence."""

import re
from datetime import date, datetime
from decimal import Decimal
from urllib.parse import urlsplit

from hedgerow.units import pence, read_pounds

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_WITH_HOUR = re.compile(
    r"\d{4}-\d{2}-\d{2}[Tt ]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?P<zone>[Zz]|[+-]\d{2}:\d{2})?",
    re.ASCII,
)
_PART_OF_DAY = re.compile(r"\d{4}(?:-(?:0[1-9]|1[0-2]))?", re.ASCII)
_PLAIN = re.compile(r"-?\d{1,15}(?:\.\d{1,9})?", re.ASCII)
_CURRENCY = re.compile(r"[A-Z]{3}")
_TOO_MUCH = 10**11  # as in units.read_pounds
_MOST_AFTER_THE_POINT = 4  # more than any currency has
_FIGURES = 15  # a file holds a number in binary, in which further figures are noise

YES = frozenset({"yes", "y", "true"})
NO = frozenset({"no", "n", "false"})

# ISO 4217: what money is counted in today, and stands on the standard's own list too.
_CURRENCIES = (
    "AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP "
    "BYN BZD CAD CDF CHF CLP CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP "
    "GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR "
    "KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP MUR MVR MWK MXN "
    "MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD "
    "SCR SDG SEK SGD SHP SOS SRD SSP SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD UYU "
    "UZS VND VUV WST XAF XCD XOF XPF YER ZAR ZMW"
)
CURRENCIES = frozenset(_CURRENCIES.split())


def currency(words: str) -> str:
    found = words.upper()
    if not (words.isascii() and _CURRENCY.fullmatch(found)):
        raise ValueError(f"“{words[:40]}” is not a currency. Write three letters, such as GBP.")
    return found


def number(said: int | Decimal) -> Decimal:
    """A number of a file, without what is only noise of counting in binary."""
    exact = Decimal(said)
    if len(exact.as_tuple().digits) > _FIGURES:
        exact = Decimal(f"{exact:.{_FIGURES}g}")
    return exact


def amount(said: Decimal, of: str) -> Decimal:
    """An amount in a currency, in one way of writing it."""
    if not said.copy_abs() < _TOO_MUCH:
        raise ValueError("This is more than Hedgerow can hold. Check the number.")
    if of == "GBP":
        try:
            pence(said)
        except ValueError:
            raise ValueError(
                f"{said} is not a whole number of pence. Write it with two figures after the point."
            ) from None
    if said == said.to_integral_value():
        return said.quantize(Decimal(1)) + 0  # -0 is 0
    if said != round(said, _MOST_AFTER_THE_POINT):
        raise ValueError(
            f"There are more than {_MOST_AFTER_THE_POINT} figures after the point here."
        )
    return said.normalize()


def pounds_of(amount: int) -> Decimal:
    """Pence, as pounds in that way of writing."""
    exact = Decimal(amount) / 100
    return exact.quantize(Decimal(1)) if amount % 100 == 0 else exact.normalize()


def amount_in_words(words: str, of: str) -> Decimal:
    """What somebody typed into a cell."""
    if of == "GBP":
        return pounds_of(read_pounds(words))
    if not _PLAIN.fullmatch(words):
        raise ValueError(f"“{words[:40]}” is not an amount. Write it as 1200 or 1200.50.")
    return amount(Decimal(words), of)


def day(words: str) -> date:
    """2026-03-17, or the day of 2026-03-17T10:30:00Z as it is written there."""
    is_day = _DAY.fullmatch(words)
    if not is_day and not _WITH_HOUR.fullmatch(words):
        raise ValueError(f"“{words[:40]}” is not a day that we can read. Write it as 2026-03-17.")
    try:
        if not is_day:
            datetime.fromisoformat(words.upper())
        return date.fromisoformat(words[:10])
    except ValueError:
        raise ValueError(f"There is no such day as “{words[:40]}”.") from None


def day_or_part(words: str) -> str:
    """The same, or 2026-03, or 2026."""
    return words if _PART_OF_DAY.fullmatch(words) else day(words).isoformat()


def moment(words: str) -> str:
    """A day with its hour and zone, as the standard wants it of what was changed when."""
    found = _WITH_HOUR.fullmatch(words)
    if not found or not found["zone"]:
        raise ValueError(
            f"“{words[:40]}” is not a day with its hour and zone. Write it as 2026-03-17T10:30:00Z."
        )
    try:
        return datetime.fromisoformat(words.upper()).isoformat()
    except ValueError:
        raise ValueError(f"There is no such moment as “{words[:40]}”.") from None


def address(words: str) -> str:
    try:
        found = urlsplit(words)
    except ValueError:
        found = urlsplit("")
    if found.scheme not in ("http", "https") or not found.hostname or not words.isascii():
        raise ValueError(f"“{words[:60]}” is not a web address.")
    if any(sign.isspace() or sign in '<>"{}|\\^`' for sign in words):
        raise ValueError(f"“{words[:60]}” is not a web address.")
    return words
