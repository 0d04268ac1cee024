from .awards import TRANCHE_NAMES, Award, Claim, Condition, Instalment
from .entries import Entry, Posting
from .terms import Criterion, ReturnHeading, Terms

__all__ = [
    "TRANCHE_NAMES",
    "Award",
    "Claim",
    "Condition",
    "Criterion",
    "Entry",
    "Instalment",
    "Posting",
    "ReturnHeading",
    "Terms",
]
