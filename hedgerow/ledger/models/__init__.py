from .awards import TRANCHE_NAMES, Award, Condition, Instalment
from .entries import Entry, Posting
from .terms import Criterion, ReturnHeading, Terms

__all__ = [
    "TRANCHE_NAMES",
    "Award",
    "Condition",
    "Criterion",
    "Entry",
    "Instalment",
    "Posting",
    "ReturnHeading",
    "Terms",
]
