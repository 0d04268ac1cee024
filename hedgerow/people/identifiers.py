"""Register numbers as people type them, and what is wrong with them. Form only: no register is
asked. The prefixes are those of org-id.guide."""

import re
from dataclasses import dataclass

from .models import Scheme

_LOCAL_DIGITS = 7
_SHOWN = 40  # characters of what was typed, in a sentence about it
_COMPANY = re.compile(r"\b(COMPANY|COMPANIES|CRN|CO NO)\b")
_WORDS = re.compile(
    r"\b(REGISTERED|REGISTRATION|REGISTER|REG|CHARITY|CHARITABLE|COMMISSION|COMPANY|COMPANIES|CRN"
    r"|HOUSE|NUMBER|NUM|NO|IN|ENGLAND|AND|WALES|SCOTLAND|SCOTTISH|CO)\b"
)
_SUBSIDIARY = re.compile(r"(\d{6,7})[-/\u2010-\u2015](\d{1,3})", re.ASCII)


@dataclass(frozen=True, kw_only=True)
class OrgId:
    scheme: Scheme
    number: str  # as its register writes it

    def __str__(self) -> str:
        return f"{self.scheme.value}-{self.number}"


def read_identifier(typed: str, scheme: Scheme | None = None) -> OrgId:
    """Read "1096829", "charity no. 1096829", "SC012345", "company 1234567", "GB-COH-01234567".

    `scheme` is the register the person chose, if they chose one. Raises ValueError with a sentence
    for whoever typed it.
    """
    shown = typed.strip()[:_SHOWN]
    spelled = re.sub(r"[.:,;#()\s]+", " ", typed.upper()).strip()
    said, spelled = _prefix(spelled)
    if said and scheme not in (None, said):
        raise ValueError(f"“{shown}” is a number of the {_register(said)}. Choose that register.")
    is_company = bool(_COMPANY.search(spelled))
    number = re.sub(r"\s", "", _WORDS.sub(" ", spelled))
    scheme = scheme or said or (Scheme.COH if is_company else _guess(number))
    if scheme is None:
        raise ValueError(
            f"“{shown}” is not a number we know the form of. A charity number has six or seven "
            "digits, a company number eight. Leave it empty if there is none."
        )
    return OrgId(scheme=scheme, number=_READ[scheme](number, shown))


def local_identifier(key: int) -> OrgId:
    """A number of our own, for an organisation that is on no register."""
    return OrgId(scheme=Scheme.LOCAL, number=f"{key:0{_LOCAL_DIGITS}}")


def _register(scheme: Scheme) -> str:
    return scheme.label


def _prefix(spelled: str) -> tuple[Scheme | None, str]:
    for scheme in Scheme:
        head = re.match(rf"{scheme.value.replace('-', '[- ]?')}[- ]", spelled)
        if head:
            return scheme, spelled[head.end() :]
    return None, spelled


def _guess(number: str) -> Scheme | None:
    if number.startswith("NIC"):
        return Scheme.NIC
    if number.startswith("SC"):
        return Scheme.SC  # Companies House writes Scottish companies so too: those have to say so
    if re.fullmatch(r"\d{8}|[A-Z]{2}\d{6}|[A-Z]{2}\d{5}R", number, re.ASCII):
        return Scheme.COH
    if re.fullmatch(r"\d{6,7}", number, re.ASCII) or _SUBSIDIARY.fullmatch(number):
        return Scheme.CHC
    return None


def _charity(number: str, shown: str) -> str:
    subsidiary = _SUBSIDIARY.fullmatch(number)
    if subsidiary:
        raise ValueError(
            f"“{shown}” is the number of a subsidiary of charity {subsidiary[1]}. "
            f"Use the charity's own number, {subsidiary[1]}, or leave it empty."
        )
    if not re.fullmatch(r"[1-9]\d{5,6}", number, re.ASCII):
        raise ValueError(
            f"“{shown}” is not a charity number of England and Wales. "
            "It has six or seven digits, such as 1012345."
        )
    return number


def _scottish(number: str, shown: str) -> str:
    match = re.fullmatch(r"(?:SC)?(\d{1,6})", number, re.ASCII)
    if not match or not int(match[1]):
        raise ValueError(
            f"“{shown}” is not a Scottish charity number. It is SC and six digits, such as SC012345."
        )
    return f"SC{match[1]:0>6}"


def _northern_irish(number: str, shown: str) -> str:
    match = re.fullmatch(r"(?:NIC)?(\d{6})", number, re.ASCII)
    if not match or int(match[1]) <= 100_000:
        raise ValueError(
            f"“{shown}” is not a charity number of Northern Ireland. "
            "It is NIC and six digits from 100001 on, such as NIC100123."
        )
    return match[1]


def _company(number: str, shown: str) -> str:
    match = re.fullmatch(r"(\d{1,8})|([A-Z]{2})(\d{1,6})|([A-Z]{2}\d{5}R)", number, re.ASCII)
    if not match or not re.search(r"[1-9]", number):
        raise ValueError(
            f"“{shown}” is not a company number. It has eight digits, such as 01234567, "
            "or two letters and six digits."
        )
    if match[4]:
        return match[4]
    return f"{match[1]:0>8}" if match[1] else f"{match[2]}{match[3]:0>6}"


def _local(number: str, shown: str) -> str:
    if not re.fullmatch(r"\d{1,19}", number, re.ASCII):
        raise ValueError(f"“{shown}” is not a number that Hedgerow gave.")
    return f"{int(number):0{_LOCAL_DIGITS}}"


_READ = {
    Scheme.CHC: _charity,
    Scheme.SC: _scottish,
    Scheme.NIC: _northern_irish,
    Scheme.COH: _company,
    Scheme.LOCAL: _local,
}
