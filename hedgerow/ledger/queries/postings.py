"""The rows of an award's money as analysis.ledger knows them."""

from collections.abc import Iterable
from datetime import date

from hedgerow.analysis import postings as books
from hedgerow.analysis.postings import Account
from hedgerow.analysis.postings import Posting as Line
from hedgerow.ledger.models import Award, Posting
from hedgerow.units import Pence

Book = tuple[Line[int], ...]  # members by the keys of their organisations

_PLENTY = 10**13 - 1  # pence


def ledger_of(award: Award) -> Book:
    """All postings of an award, in the order in which they were entered."""
    return _read(Posting.objects.filter(award=award))


def on_line(award: Award, line: int) -> Book:
    """What was committed and spent on one line of the budget, as if the rest of the award were
    without end: what the award has is asked of the whole."""
    filled: list[Line[int]] = []
    for tranche in books.TRANCHES:
        filled += books.entry("award", _PLENTY, on=date.min, tranche=tranche)
    return *filled, *_read(Posting.objects.filter(award=award, entry__line=line))


def _read(rows: Iterable[Posting]) -> Book:
    found = rows.values_list("step", "tranche", "member", "on", "pence").order_by("pk")
    return tuple(
        Line(
            on=on,
            account=Account(step=step, tranche=tranche, member=member),
            pence=Pence(pence),
        )
        for step, tranche, member, on, pence in found
    )
