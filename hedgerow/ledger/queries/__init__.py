"""What others ask of terms, awards and their money."""

from .awards import LineMoney, Money, Sums, award_of, awards_in, by_line, money_in, sums_in, sums_of
from .entries import EntryLine, entries_of
from .postings import ledger_of
from .terms import terms_in, terms_now

__all__ = [
    "EntryLine",
    "LineMoney",
    "Money",
    "Sums",
    "award_of",
    "awards_in",
    "by_line",
    "entries_of",
    "ledger_of",
    "money_in",
    "sums_in",
    "sums_of",
    "terms_in",
    "terms_now",
]
