"""Awards, and what stands in their money on any day: sums of postings, never stored."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Q, QuerySet, Sum

from hedgerow.analysis.ledger import Spending
from hedgerow.analysis.postings import TRANCHES
from hedgerow.core.readings import asked_once, beside
from hedgerow.ledger.models import Award, Entry, Posting
from hedgerow.people.models import Cluster
from hedgerow.units import Pence


@dataclass(frozen=True, slots=True, kw_only=True)
class Sums:
    """Whole pence at the end of a day. Each holds what came of it: `released` what was drawn of it,
    `committed` what was spent of it; `free` is what is not committed."""

    award: Pence
    released: Pence
    drawn: Pence
    free: Pence
    committed: Pence
    spent: Pence

    @property
    def unreleased(self) -> Pence:
        return Pence(self.award - self.released)

    @property
    def undrawn(self) -> Pence:
        """Released, and not drawn yet."""
        return Pence(self.released - self.drawn)

    @property
    def open(self) -> Pence:
        """Committed, and not spent yet."""
        return Pence(self.committed - self.spent)


@dataclass(frozen=True, slots=True, kw_only=True)
class Money(Sums):
    """Of one award: the whole, and the same by tranche; by member what it committed and spent."""

    by_tranche: Mapping[str, Sums] = field(default_factory=dict)  # those that were ever awarded
    by_member: Mapping[int, Spending] = field(default_factory=dict)  # organisations


@dataclass(frozen=True, slots=True, kw_only=True)
class LineMoney:
    """On one line of a budget. `committed` holds what was spent of it."""

    committed: Pence
    spent: Pence

    @property
    def open(self) -> Pence:
        return Pence(self.committed - self.spent)


def award_of(cluster: Cluster | int) -> Award | None:
    key = cluster if isinstance(cluster, int) else cluster.pk
    return _awards_in([key])[key]


def awards_in(clusters: Iterable[Cluster | int]) -> dict[int, Award]:
    """Of those clusters that have one, with who holds it. One query, once a page."""
    found = _awards_in([one if isinstance(one, int) else one.pk for one in clusters])
    return {key: award for key, award in found.items() if award}


def money_in(awards: Iterable[Award | int], *, on: date | None = None) -> dict[int, Money]:
    """Of each award, at the end of a day or as of now. One query, however many there are."""
    keys = {one if isinstance(one, int) else one.pk for one in awards}
    rows = Posting.objects.filter(award__in=keys).order_by()
    if on is not None:
        rows = rows.filter(on__lte=on)
    steps: dict[int, dict[str, dict[str, int]]] = {}
    members: dict[int, dict[int, dict[str, int]]] = {}
    sums = rows.values_list("award", "tranche", "step", "member").annotate(pence=Sum("pence"))
    for award, tranche, step, member, pence in sums:
        of = steps.setdefault(award, {}).setdefault(tranche, {})
        of[step] = of.get(step, 0) + pence
        if member is not None:
            own = members.setdefault(award, {}).setdefault(member, {})
            own[step] = own.get(step, 0) - pence
    return {key: _money(steps.get(key, {}), members.get(key, {})) for key in keys}


def sums_in(awards: Iterable[Award | int]) -> dict[int, Sums]:
    """The same without tranches and members, as of now: where a page has a thousand awards."""
    keys = {one if isinstance(one, int) else one.pk for one in awards}
    found: dict[int, dict[str, int]] = {key: {} for key in keys}
    rows = Posting.objects.filter(award__in=keys).order_by()
    for award, step, pence in rows.values_list("award", "step").annotate(Sum("pence")):
        found[award][step] = pence
    return {key: _sums(steps) for key, steps in found.items()}


def sums_of(awards: QuerySet[Award]) -> Sums:
    """Of all of them together, as of now. One query, which brings six rows however many they are."""
    rows = Posting.objects.filter(award__in=awards.order_by().values("pk")).order_by()
    return _sums(dict(rows.values_list("step").annotate(Sum("pence"))))


def by_line(award: Award | int, *, on: date | None = None) -> dict[int | None, LineMoney]:
    """What was committed and spent, by the number of the line in the cluster's budget; None for
    what names none. One query."""
    key = award if isinstance(award, int) else award.pk
    verbs = Q(verb__in=("commit", "free", "spend", "refund"))
    rows = Entry.objects.filter(verbs, award=key).order_by()
    if on is not None:
        rows = rows.filter(on__lte=on)
    found: dict[int | None, dict[str, int]] = {}
    for line, verb, pence in rows.values_list("line", "verb").annotate(sum=Sum("pence")):
        found.setdefault(line, {})[verb] = pence
    return {
        line: LineMoney(
            committed=Pence(of.get("commit", 0) - of.get("free", 0)),
            spent=Pence(of.get("spend", 0) - of.get("refund", 0)),
        )
        for line, of in found.items()
    }


@asked_once
def _awards_in(clusters: Iterable[int]) -> dict[int, Award | None]:
    keys = set(clusters)
    rows = beside(Award.objects.filter(cluster__in=keys), "holding__name", "cluster__name")
    found = {award.cluster_id: award for award in rows}
    return {key: found.get(key) for key in keys}


def _money(steps: Mapping[str, Mapping[str, int]], members: Mapping[int, dict[str, int]]) -> Money:
    by_tranche = {one: _sums(steps[one]) for one in TRANCHES if one in steps}
    return Money(
        **{name: Pence(sum(getattr(one, name) for one in by_tranche.values())) for name in _NAMES},
        by_tranche=by_tranche,
        by_member={
            member: Spending(
                committed=Pence(of.get("committed", 0) + of.get("spent", 0)),
                spent=Pence(of.get("spent", 0)),
            )
            for member, of in members.items()
        },
    )


_NAMES = ("award", "released", "drawn", "free", "committed", "spent")


def _sums(of: Mapping[str, int]) -> Sums:
    """From the postings of one tranche: debits above nothing, credits below."""
    drawn, spent = of.get("drawn", 0), -of.get("spent", 0)
    released, committed = of.get("released", 0) + drawn, -of.get("committed", 0) + spent
    return Sums(
        award=Pence(of.get("awarded", 0) + released),
        released=Pence(released),
        drawn=Pence(drawn),
        free=Pence(-of.get("free", 0)),
        committed=Pence(committed),
        spent=Pence(spent),
    )
