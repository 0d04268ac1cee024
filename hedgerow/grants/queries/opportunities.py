"""What is on offer: open ones by their closing day, and those that ended, with why."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import QuerySet

from hedgerow.core import clock
from hedgerow.core.prepared import prepared
from hedgerow.core.readings import asked_once_by
from hedgerow.grants import rules
from hedgerow.grants.models import Opportunity
from hedgerow.look.words import count, day
from hedgerow.people.access import visible
from hedgerow.people.readers import Reader
from hedgerow.units import pounds

STALE_AFTER = timedelta(days=60)  # since somebody last looked whether it is right
SOON = timedelta(days=14)


@dataclass(frozen=True, kw_only=True)
class OfferLine:
    key: int
    version: int
    title: str
    offered_by: str
    kind: str
    words: str
    for_whom: str
    amount: str  # "£500 to £2,000"; empty where none is said
    link: str
    closes_on: date | None
    closes: str  # "closes in 12 days"
    checked_on: date
    stale: str  # a sentence, once nobody has looked for long; else empty
    ended: str  # why; empty while it is open
    is_public: bool
    programme: str
    is_example: bool
    url: str

    @property
    def is_open(self) -> bool:
        return not self.ended


@dataclass(frozen=True, kw_only=True)
class Offers:
    open: tuple[OfferLine, ...]
    ended: tuple[OfferLine, ...]  # newest first


def offers(rows: "QuerySet[Opportunity]", today: date) -> Offers:
    """One query."""
    lines = [line_of(row, today) for row in rows.select_related("programme")]
    return Offers(
        open=tuple(sorted((one for one in lines if one.is_open), key=_first_to_close)),
        ended=tuple(sorted((one for one in lines if one.ended), key=lambda one: -one.key)),
    )


def public_offers(today: date) -> tuple[OfferLine, ...]:
    """What anybody may read: open ones, those of the invented example last. One query."""
    rows = Opportunity.objects.filter(is_public=True, programme__is_published=False)
    return tuple(sorted(offers(rows, today).open, key=lambda one: one.is_example))


@asked_once_by
def closing_soon(reader: Reader) -> tuple[Opportunity, ...]:
    """What the reader may see that closes within two weeks, the first to close first. One query."""
    today = clock.today()
    return tuple(_closing(reader, today, today + SOON))


@prepared
def _closing(reader: Reader, first: date, last: date) -> QuerySet[Opportunity]:
    rows = visible(reader, rules.SEE_OPPORTUNITIES).filter(
        ended_at=None, closes_on__gte=first, closes_on__lte=last
    )
    return rows.order_by("closes_on", "pk")


def line_of(row: Opportunity, today: date) -> OfferLine:
    return OfferLine(
        key=row.pk,
        version=row.version,
        title=row.title,
        offered_by=row.offered_by,
        kind=row.get_kind_display(),
        words=row.words,
        for_whom=row.for_whom,
        amount=_amount(row),
        link=row.link,
        closes_on=row.closes_on,
        closes=_closes(row, today),
        checked_on=row.checked_on,
        stale=_stale(row, today),
        ended=_ended(row, today),
        is_public=row.is_public,
        programme=row.programme.name,
        is_example=row.programme.is_example,
        url=row.get_absolute_url(),
    )


def _first_to_close(line: OfferLine) -> tuple[bool, date, int]:
    return line.closes_on is None, line.closes_on or date.max, line.key


def _amount(row: Opportunity) -> str:
    if row.least is None and row.most is None:
        return ""
    if row.least is None:
        return f"up to {pounds(row.most)}"
    if row.most is None:
        return f"{pounds(row.least)} or more"
    return (
        pounds(row.least) if row.least == row.most else f"{pounds(row.least)} to {pounds(row.most)}"
    )


def _closes(row: Opportunity, today: date) -> str:
    if row.closes_on is None:
        return "has no closing day"
    left = (row.closes_on - today).days
    if left < 0:
        return f"closed on {day(row.closes_on)}"
    return {0: "closes today", 1: "closes tomorrow"}.get(left, f"closes in {count(left, 'day')}")


def _stale(row: Opportunity, today: date) -> str:
    if today - row.checked_on <= STALE_AFTER:
        return ""
    return (
        f"Nobody has looked since {day(row.checked_on)} whether this is still right. "
        "Ask whoever offers it before you count on it."
    )


def _ended(row: Opportunity, today: date) -> str:
    if row.ended_at:
        return f"{row.ended_because} Ended on {day(clock.day_of(row.ended_at))}."
    if row.closes_on and row.closes_on < today:
        return f"It closed on {day(row.closes_on)}."
    return ""
