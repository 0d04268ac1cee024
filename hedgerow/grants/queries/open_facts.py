"""Which awards can be published, decided once for pages and files; and of the others why not.

What decides is little, so that a page that shows fifty of a thousand makes no grant of each. That
every grant made of what is let through here is as the standard wants it is a law, in
tests/grants/test_open_laws.py; every file is held to it too.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Exists, F, OuterRef, Q

from hedgerow.grants.giving import values
from hedgerow.grants.models import Publisher
from hedgerow.ledger import models as ledger
from hedgerow.ledger.queries import sums_in
from hedgerow.people import models as people

from .open_gathered import BY_CHOICE

_OF_AWARD = {
    "key": F("pk"),
    "cluster_key": F("cluster"),
    "cluster_slug": F("cluster__slug"),
    "cluster_name": F("cluster__name"),
    "is_example": F("cluster__is_example"),
    "programme_key": F("cluster__programme"),
    "programme": F("cluster__programme__name"),
    "holder_key": F("holding"),
    "holder": F("holding__name"),
}
_NO_PUBLISHER = (
    "The programme has not said as whom it publishes. Its manager says so on the programme’s page "
    "of open data."
)
_WRONG_PUBLISHER = (
    "As whom the programme publishes cannot be written into a file as it stands. Its manager writes "
    "it anew on the programme’s page of open data."
)
_NO_NAME = (
    "A name is missing: that of the cluster, of the programme or of a member. Tell whoever looks "
    "after Hedgerow."
)
_NOTHING = (
    "The award has come to nothing by now, and a grant of nothing is none. There is nothing to do."
)
_TOO_MUCH = "What is released is no part of what is awarded. Tell whoever looks after Hedgerow."


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """Of one award, what decides whether it can be published, and what a page shows of it."""

    key: int  # of the award
    awarded_on: date
    made_at: datetime
    cluster_key: int
    cluster_slug: str
    cluster_name: str
    is_example: bool
    programme_key: int
    programme: str
    holder_key: int
    holder: str
    holder_is_member: bool  # still
    without: tuple[str, ...]  # names of members without a number; "" for one without a name
    pence: int
    released: int
    of_publisher: str  # what keeps back every award of the programme; "" for nothing


@dataclass(frozen=True, kw_only=True)
class HeldBack:
    """An award that cannot be published."""

    programme_key: int
    programme: str
    cluster: str
    sentence: str  # why, and what to do


@dataclass(frozen=True, kw_only=True)
class Sifted:
    """Oldest first."""

    fit: tuple[Facts, ...]  # to be published
    held_back: tuple[HeldBack, ...]
    publishers: Mapping[int, Publisher]  # by programme


def sifted_awards(
    programmes: Iterable[people.Programme] | None = None, *, with_example: bool = False
) -> Sifted:
    """Of these programmes, or of all. Four queries, for any number of awards."""
    fit, held_back = [], []
    facts, publishers = _facts_of(programmes, with_example)
    for one in facts:
        if why := why_held_back(one):
            held_back.append(held(one, why))
        else:
            fit.append(one)
    return Sifted(fit=tuple(fit), held_back=tuple(held_back), publishers=publishers)


def why_held_back(facts: Facts) -> str:
    """Empty for an award that can be published."""
    if facts.of_publisher:
        return facts.of_publisher
    if names := sorted(filter(None, facts.without)):
        return _without_number(names)
    if not facts.holder_is_member:
        return (
            f"{facts.holder} holds the award and is not a member of the cluster any more. "
            "Name another member that holds it."
        )
    if facts.without or not _all_said(facts.holder, facts.cluster_name, facts.cluster_slug):
        return _NO_NAME
    if facts.pence <= 0:
        return _NOTHING
    return "" if 0 <= facts.released <= facts.pence else _TOO_MUCH


def wrong_with(publisher: Publisher | None) -> str:
    """What keeps back every award of a programme; "" for nothing."""
    if publisher is None:
        return _NO_PUBLISHER
    if not _all_said(publisher.programme.name, publisher.programme.slug):
        return _NO_NAME
    try:
        values.address(publisher.licence)
    except ValueError:
        return _WRONG_PUBLISHER
    is_whole = _all_said(publisher.name, publisher.org_id) and publisher.prefix.startswith("360G-")
    return "" if is_whole else _WRONG_PUBLISHER


def held(facts: Facts, why: str) -> HeldBack:
    return HeldBack(
        programme_key=facts.programme_key,
        programme=facts.programme,
        cluster=facts.cluster_name,
        sentence=why,
    )


def _facts_of(
    programmes: Iterable[people.Programme] | None, with_example: bool
) -> tuple[list[Facts], Mapping[int, Publisher]]:
    rows = ledger.Award.objects.order_by("awarded_on", "pk")
    if programmes is not None:
        rows = rows.filter(cluster__programme__in=list(programmes))
    if not with_example:
        rows = rows.filter(cluster__is_example=False, cluster__programme__is_example=False)
    members = people.Member.objects.filter(left_at=None)
    holder = members.filter(cluster=OuterRef("cluster"), organisation=OuterRef("holding"))
    awards = list(
        rows.values("awarded_on", "made_at", holder_is_member=Exists(holder), **_OF_AWARD)
    )
    programme_keys = {award["programme_key"] for award in awards}
    publishers = {
        row.programme_id: row
        for row in Publisher.objects.filter(programme__in=programme_keys).select_related(
            "programme"
        )
    }
    wrong = {key: wrong_with(publishers.get(key)) for key in programme_keys}
    keys = [award["key"] for award in awards]
    without, sums = _without(keys), sums_in(keys)
    facts = [
        Facts(
            **award,
            without=tuple(without.get(award["cluster_key"], ())),
            pence=sums[award["key"]].award,
            released=sums[award["key"]].released,
            of_publisher=wrong[award["programme_key"]],
        )
        for award in awards
    ]
    return facts, publishers


def _without(awards: Sequence[int]) -> Mapping[int, list[str]]:
    """Names of members without a number, and "" for each without a name, by cluster. Few, so that
    they are asked for, and not the thousands that have both."""
    numbers = people.Identifier.objects.filter(
        organisation=OuterRef("organisation"), scheme__in=BY_CHOICE
    )
    rows = people.Member.objects.filter(
        ~Exists(numbers) | Q(organisation__name=""), cluster__award__in=awards, left_at=None
    )
    found: dict[int, list[str]] = defaultdict(list)
    for cluster, name in rows.order_by("pk").values_list("cluster", "organisation__name"):
        found[cluster].append(name)
    return found


def _all_said(*names: str) -> bool:
    return all(name.strip() for name in names)


def _without_number(names: Sequence[str]) -> str:
    named = " and ".join(names) if len(names) < 3 else f"{names[0]} and {len(names) - 1} more"
    return (
        f"{named} {'has' if len(names) == 1 else 'have'} no number written down. "
        "It can be added on the organisation’s own page."
    )
