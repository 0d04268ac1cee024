"""An award to a cluster, as a grant of 360Giving.

A cluster is no legal body, so it can be no party: the recipient is the member that holds the money
for it. The standard names what a grant belongs to in `classifications`; there the cluster stands,
with its members by identifier, so that who adds grants up counts the money once.
"""

from dataclasses import dataclass
from datetime import date, datetime

from hedgerow.units import Pence

from .shapes import Classification, Grant, Money, Organisation, Period, Place, Programme
from .values import moment, pounds_of

VOCABULARY = "Hedgerow: clusters"


@dataclass(frozen=True, kw_only=True)
class Award:
    id: str  # “360G-”, the publisher's prefix, and a number of its own
    title: str
    description: str
    pence: Pence
    awarded_on: date
    funder: Organisation
    cluster: str  # its key, which does not change
    cluster_name: str
    holder: Organisation  # the member that holds the money
    members: tuple[Organisation, ...]  # the holder too
    programme: Programme | None = None
    starts_on: date | None = None
    ends_on: date | None = None
    released: Pence | None = None
    from_open_call: bool | None = None
    places: tuple[Place, ...] = ()
    modified_at: datetime | None = None


def grant_of(award: Award) -> Grant:
    """Raises ValueError, with a sentence, for an award that cannot be published."""
    if award.holder not in award.members:
        raise ValueError(f"{award.holder.name} holds the award and is not a member of the cluster.")
    if award.pence <= 0:
        raise ValueError("An award is more than nothing.")
    if award.released is not None and not 0 <= award.released <= award.pence:
        raise ValueError("What is released is part of the award: no more, and not below nothing.")
    if not award.id.startswith("360G-"):
        raise ValueError(f"“{award.id}” is not a number of 360Giving. It begins with 360G-.")
    for one in (award.funder, *award.members):
        if not one.id or not one.name:
            raise ValueError(
                f"{one.name or one.id or 'A party'} needs both an identifier and a name."
            )
    if not all((award.title, award.description, award.cluster, award.cluster_name)):
        raise ValueError("An award needs a title, a description, and the name of its cluster.")
    return Grant(
        id=award.id,
        title=award.title,
        description=award.description,
        awarded=_money(award.pence),
        awarded_on=award.awarded_on,
        funders=(award.funder,),
        recipients=(award.holder,),
        disbursed=None if award.released is None else _money(award.released),
        planned=_planned(award),
        programmes=(award.programme,) if award.programme else (),
        places=award.places,
        classifications=(_cluster(award),),
        from_open_call=award.from_open_call,
        modified="" if award.modified_at is None else moment(award.modified_at.isoformat()),
    )


def _money(amount: Pence) -> Money:
    return Money("GBP", pounds_of(amount))


def _planned(award: Award) -> tuple[Period, ...]:
    if award.starts_on is None and award.ends_on is None:
        return ()
    start = award.starts_on.isoformat() if award.starts_on else ""
    return (Period(start=start, end=award.ends_on.isoformat() if award.ends_on else ""),)


def _cluster(award: Award) -> Classification:
    """Members in the order of their names."""
    named = sorted(award.members, key=lambda one: (one.name.casefold(), one.id))
    members = ", ".join(f"{one.name} ({one.id})" for one in named)
    return Classification(
        vocabulary=VOCABULARY,
        code=award.cluster,
        title=award.cluster_name,
        description=(
            f"{award.holder.name} holds this award for a cluster of {len(named)} organisations: "
            f"{members}."
        ),
    )
