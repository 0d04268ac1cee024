"""What a publisher's file would change here: what is new in it, other than before, or as it was."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from hedgerow.core.cells import visible as seen
from hedgerow.core.faults import Fault
from hedgerow.grants.giving import shapes
from hedgerow.grants.giving.accounting import Reading
from hedgerow.grants.models import Grant, GrantFile
from hedgerow.look.words import count, first_up, listed
from hedgerow.units import pounds

# What is kept of a grant, beside its id and its file. Of a person nothing is: open or not, it is
# theirs.
KEPT = (
    "title",
    "pence",
    "currency",
    "awarded_on",
    "funder_id",
    "funder",
    "recipient_id",
    "recipient",
    "programme",
)
BATCH = 900  # of ids in one question: what every SQLite takes
MOST_SHOWN = 20  # changes that a page lists
_CALLED = {
    "title": "Title",
    "pence": "Amount",
    "currency": "Currency",
    "awarded_on": "Day",
    "funder_id": "The funder’s number",
    "funder": "Funder",
    "recipient_id": "The recipient’s number",
    "recipient": "Recipient",
    "programme": "Programme",
}
_LONGEST = {"grant_id": 200, "funder_id": 120, "recipient_id": 120}


@dataclass(frozen=True, kw_only=True)
class Change:
    """Of one grant that was known before."""

    grant_id: str
    title: str
    what: tuple[tuple[str, str, str], ...]  # called, was, will be


@dataclass(frozen=True, kw_only=True)
class Batch:
    """Some grants of a file beside what is known of them."""

    new: tuple[Grant, ...]
    changed: tuple[tuple[tuple[object, ...], Grant], ...]  # as it was, and as it is now
    same: tuple[str, ...]  # ids


@dataclass(frozen=True, kw_only=True)
class Preview:
    """Every row accounted for: `n_taken + n_faulty + n_blank + n_joined == n_rows`."""

    name: str
    kind: str
    n_rows: int
    n_new: int = 0
    n_changed: int = 0
    n_same: int = 0
    n_faulty: int = 0
    n_blank: int = 0
    n_joined: int = 0
    changes: tuple[Change, ...] = ()  # the first of them
    faults: tuple[Fault, ...] = ()
    notes: tuple[str, ...] = ()
    earlier: GrantFile | None = None  # the very same file, read before
    publisher: str = ""
    shown: int = field(default=MOST_SHOWN)

    @property
    def n_taken(self) -> int:
        return self.n_new + self.n_changed + self.n_same

    @property
    def sentence(self) -> str:
        """What would happen, in a line."""
        if self.earlier is not None:
            return "This very file was read before, so nothing would change."
        if not self.n_taken:
            return "There is nothing in it that can be taken."
        parts = [
            f"{n:,} {what}"
            for n, what in (
                (self.n_new, "new"),
                (self.n_changed, "other than before"),
                (self.n_same, "as before"),
                (self.n_faulty, "refused"),
            )
            if n
        ]
        return f"{first_up(count(self.n_rows, 'row'))}: {listed(parts)}."


def preview_of(found: Reading, digest: str) -> Preview:
    """One question for each batch of grants, and one more."""
    kept, unfit = fitting(found)
    n_new = n_changed = n_same = 0
    changes: list[Change] = []
    for batch in batches(kept):
        n_new += len(batch.new)
        n_changed += len(batch.changed)
        n_same += len(batch.same)
        room = MOST_SHOWN - len(changes)
        changes += [_change(before, after) for before, after in batch.changed[:room]]
    return Preview(
        name=found.name,
        kind=found.kind,
        n_rows=found.n_rows,
        n_new=n_new,
        n_changed=n_changed,
        n_same=n_same,
        n_faulty=found.n_faulty + len(unfit),
        n_blank=found.n_blank,
        n_joined=found.n_joined,
        changes=tuple(changes),
        faults=(*found.faults, *unfit),
        notes=found.notes,
        earlier=GrantFile.objects.filter(digest=digest).first(),
        publisher=publisher_of(found),
    )


def fitting(found: Reading) -> tuple[list[shapes.Grant], list[Fault]]:
    """Grants in the order of their ids, and those that no row here could hold."""
    kept, unfit = [], []
    for grant in found.grants:
        wrong = _too_long(grant)
        if wrong:
            unfit.append(Fault(sheet=found.name, row=0, column="id", sentence=wrong))
        else:
            kept.append(grant)
    return sorted(kept, key=lambda one: one.id), unfit


def batches(grants: Sequence[shapes.Grant]) -> Iterator[Batch]:
    for start in range(0, len(grants), BATCH):
        rows = [row_of(grant) for grant in grants[start : start + BATCH]]
        ids = [row.grant_id for row in rows]
        known = {
            grant_id: tuple(rest)
            for grant_id, *rest in Grant.objects.filter(grant_id__in=ids).values_list(
                "grant_id", *KEPT
            )
        }
        new, changed, same = [], [], []
        for row in rows:
            before = known.get(row.grant_id)
            if before is None:
                new.append(row)
            elif before == _said(row):
                same.append(row.grant_id)
            else:
                changed.append((before, row))
        yield Batch(new=tuple(new), changed=tuple(changed), same=tuple(same))


def row_of(grant: shapes.Grant) -> Grant:
    """Without its file. Of several funders or recipients the first, and of a person nothing."""
    funder = grant.funders[0]
    recipient = grant.recipients[0] if grant.recipients else None
    return Grant(
        grant_id=grant.id,
        title=grant.title,
        pence=round(grant.awarded.amount * 100),
        currency=grant.awarded.currency,
        awarded_on=grant.awarded_on,
        funder_id=funder.id,
        funder=funder.name,
        recipient_id=recipient.id if recipient else "",
        recipient=recipient.name if recipient else "",
        programme=grant.programmes[0].title if grant.programmes else "",
    )


def publisher_of(found: Reading) -> str:
    """Who gave the most of the grants; those beside it are counted."""
    often = Counter(grant.funders[0].name for grant in found.grants)
    if not often:
        return ""
    name = often.most_common(1)[0][0]
    others = f" and {count(len(often) - 1, 'other')}" if len(often) > 1 else ""
    return f"{name[: 159 - len(others)]}{others}"


def _too_long(grant: shapes.Grant) -> str:
    row = row_of(grant)
    for name, most in _LONGEST.items():
        if len(getattr(row, name)) > most:
            return (
                f"The number “{seen(getattr(row, name)[:40])}…” of the grant “{seen(grant.title[:60])}” "
                f"is longer than {most} characters, so it is no number of a register."
            )
    return ""


def _said(row: Grant) -> tuple[object, ...]:
    return tuple(getattr(row, name) for name in KEPT)


def _change(before: tuple[object, ...], after: Grant) -> Change:
    return Change(
        grant_id=after.grant_id,
        title=after.title,
        what=tuple(
            (_CALLED[name], _shown(name, was), _shown(name, now))
            for name, was, now in zip(KEPT, before, _said(after), strict=True)
            if was != now
        ),
    )


def _shown(name: str, value: object) -> str:
    return pounds(value) if name == "pence" and isinstance(value, int) else str(value)
