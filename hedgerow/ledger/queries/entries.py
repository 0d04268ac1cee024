"""What moved in an award, entry by entry, in the order in which it was written down."""

from dataclasses import dataclass
from datetime import date, datetime

from hedgerow.core.readings import beside
from hedgerow.ledger.models import TRANCHE_NAMES, Award, Entry
from hedgerow.people.readers import seat_words, with_seats
from hedgerow.units import Pence

# In full sentences; {member} and {to} are organisations.
SAID = {
    "award": "Awarded",
    "lower": "Taken off the award",
    "release": "Released",
    "take_back": "Not released",
    "draw": "Drawn",
    "put_back": "Not drawn",
    "hand_back": "Handed back",
    "draw_again": "Not handed back",
    "commit": "{member} committed it",
    "free": "{member} freed it; it is not committed any more",
    "spend": "{member} spent it",
    "refund": "It came back to {member}",
    "hand_over": "{member} handed it over to {to}, still committed",
}


@dataclass(frozen=True, kw_only=True)
class EntryLine:
    key: int
    number: int
    on: date
    verb: str
    sentence: str  # no full stop
    pence: Pence
    part: str  # the name of its tranche
    member: int | None  # an organisation
    line: int | None  # a number in the cluster's budget
    words: str
    by: str
    at: datetime
    undoes: int | None  # the number of the entry that this one undid
    undone_by: int | None  # the number of the one that undid this

    @property
    def stands(self) -> bool:
        """It was not undone, and undid nothing."""
        return self.undoes is None and self.undone_by is None


def entries_of(award: Award | int) -> tuple[EntryLine, ...]:
    """The newest last. Two queries."""
    key = award if isinstance(award, int) else award.pk
    rows = beside(Entry.objects.filter(award=key).order_by("number"), "member__name", "to__name")
    entries = with_seats(rows, "by")
    numbers = {entry.pk: entry.number for entry in entries}
    undone_by = {entry.undoes_id: entry.number for entry in entries if entry.undoes_id}
    return tuple(
        EntryLine(
            key=entry.pk,
            number=entry.number,
            on=entry.on,
            verb=entry.verb,
            sentence=SAID[entry.verb].format(member=entry.member, to=entry.to),
            pence=Pence(entry.pence),
            part=TRANCHE_NAMES[entry.tranche],
            member=entry.member_id,
            line=entry.line,
            words=entry.words,
            by=seat_words(entry.by),
            at=entry.at,
            undoes=numbers.get(entry.undoes_id),
            undone_by=undone_by.get(entry.pk),
        )
        for entry in entries
    )
