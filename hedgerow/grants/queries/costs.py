"""What a programme cost for each cluster and each organisation."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from django.db.models import Sum

from hedgerow.analysis.costs import Cost, cost, cost_of_all, to_the_penny, to_the_pound
from hedgerow.journeys.models import Allowance, DayLog
from hedgerow.ledger.models import Award, Terms
from hedgerow.ledger.queries import sums_in
from hedgerow.look.words import count, days_of, first_up
from hedgerow.people.models import Cluster, Member, Programme
from hedgerow.units import Pence, pounds


@dataclass(frozen=True, kw_only=True)
class CostLine:
    """Of one cluster, or of all."""

    name: str
    exact: Cost
    half_days: tuple[int, ...]  # used, of each kind of help that the page names

    @property
    def all_half_days(self) -> int:
        return sum(self.half_days)

    @property
    def days(self) -> Pence | None:
        return None if self.exact.days is None else to_the_penny(self.exact.days)

    @property
    def whole(self) -> Pence | None:
        return None if self.exact.whole is None else to_the_penny(self.exact.whole)

    @property
    def for_each(self) -> Pence | None:
        """To the nearest pound."""
        return None if self.exact.for_each is None else to_the_pound(self.exact.for_each)

    @property
    def sentence(self) -> str:
        """What it was, from its parts."""
        used = f"{days_of(self.all_half_days) if self.all_half_days else 'no'} days of help"
        if self.all_half_days in (1, 2):
            used = f"{days_of(self.all_half_days)} day of help"
        award = f"an award of {pounds(self.exact.award)}" if self.exact.award else "no award yet"
        if self.whole is None:
            return f"{first_up(award)} and {used}, which nobody has put a price on."
        return f"{first_up(award)} and {used}: {pounds(self.whole)} in all. {self._each}"

    @property
    def _each(self) -> str:
        if self.for_each is None:
            return "Nobody is a member, so there is no figure for each organisation."
        n = count(self.exact.n_members, "organisation")
        if self.exact.n_members == 1:
            return f"That is for {n}."
        about = "" if Fraction(self.for_each) == self.exact.for_each else "about "
        return f"For each of {n} that is {about}{pounds(self.for_each)}."


@dataclass(frozen=True, kw_only=True)
class CostPage:
    day_rate: int | None  # pence; None: the terms do not say
    kinds: tuple[str, ...]  # of help: "Facilitator days"
    lines: tuple[CostLine, ...]
    whole: CostLine
    n_twice: int  # organisations that are in more than one of the clusters


def costs_of(programme: Programme) -> CostPage:
    """Seven queries, for any number of clusters."""
    clusters = list(Cluster.objects.filter(programme=programme).order_by("name", "pk"))
    rate = _day_rate(programme)
    members = _members_of(clusters)
    used, kinds = _days_of(clusters)
    awards = {row.cluster_id: row.pk for row in Award.objects.filter(cluster__in=clusters)}
    sums = sums_in(awards.values())
    lines = []
    for cluster in clusters:
        half_days = tuple(used[cluster.pk].get(kind, 0) for kind in kinds)
        award = sums[awards[cluster.pk]].award if cluster.pk in awards else 0
        if award or any(half_days):
            exact = cost(
                award=Pence(award),
                half_days=sum(half_days),
                day_rate=rate,
                n_members=len(members[cluster.pk]),
            )
            lines.append((cluster, CostLine(name=cluster.name, exact=exact, half_days=half_days)))
    found = [line for _, line in lines]
    named = Counter(key for cluster, _ in lines for key in members[cluster.pk])
    whole = CostLine(
        name="All of them",
        exact=cost_of_all([line.exact for line in found], n_organisations=len(named)),
        half_days=tuple(sum(line.half_days[at] for line in found) for at in range(len(kinds))),
    )
    n_twice = sum(n > 1 for n in named.values())
    return CostPage(day_rate=rate, kinds=kinds, lines=tuple(found), whole=whole, n_twice=n_twice)


def _day_rate(programme: Programme) -> Pence | None:
    newest = Terms.objects.filter(programme=programme).order_by("-number")
    rate = newest.values_list("day_rate", flat=True).first()
    return None if rate is None else Pence(rate)


def _members_of(clusters: Iterable[Cluster]) -> dict[int, list[int]]:
    found: dict[int, list[int]] = defaultdict(list)
    rows = Member.objects.filter(cluster__in=list(clusters), left_at=None)
    for cluster, organisation in rows.values_list("cluster", "organisation"):
        found[cluster].append(organisation)
    return found


def _days_of(clusters: Iterable[Cluster]) -> tuple[dict[int, dict[str, int]], tuple[str, ...]]:
    """Half days that were used and not struck out, by cluster and kind of help; and the kinds."""
    keys = [cluster.pk for cluster in clusters]
    given = Allowance.objects.filter(journey__cluster__in=keys).order_by("pk")
    kinds = tuple(dict.fromkeys(given.values_list("name", flat=True)))
    used: dict[int, dict[str, int]] = defaultdict(dict)
    rows = DayLog.objects.filter(allowance__journey__cluster__in=keys, struck_at=None).order_by()
    for cluster, kind, half_days in rows.values_list(
        "allowance__journey__cluster", "allowance__name"
    ).annotate(Sum("half_days")):
        used[cluster][kind] = half_days
    return used, kinds
