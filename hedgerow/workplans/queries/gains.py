"""What nobody had planned and came about, and what each member says it gained."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from hedgerow.core import clock
from hedgerow.core.readings import asked_once
from hedgerow.look.words import count, first_up, listed, number
from hedgerow.people.readers import seat_words, with_seats
from hedgerow.units import Pence, pounds
from hedgerow.workplans.models import Gainer, UnplannedGain


@dataclass(frozen=True, kw_only=True)
class GainLine:
    key: int
    words: str
    kind: str  # as it is stored
    kind_words: str
    on: date
    members: tuple[int, ...]  # keys of the organisations that gained
    names: tuple[str, ...]  # theirs
    others: str
    evidence: str
    pence: Pence | None
    by: str
    taken_back_on: date | None
    taken_back_because: str
    taken_back_by: str

    @property
    def who(self) -> str:
        return listed([*self.names, *([self.others] if self.others else [])])


@dataclass(frozen=True, kw_only=True)
class GainLog:
    """Of one cluster, the newest first."""

    lines: tuple[GainLine, ...] = ()  # those that count
    taken_back: tuple[GainLine, ...] = ()

    @property
    def n(self) -> int:
        return len(self.lines)

    @property
    def valued(self) -> tuple[GainLine, ...]:
        return tuple(line for line in self.lines if line.pence is not None)

    @property
    def worth(self) -> Pence:
        """Of those that somebody put a value on. Never added to anything that was planned."""
        return Pence(sum(line.pence or 0 for line in self.lines))

    @property
    def in_short(self) -> str:
        """ "Seven gains that nobody had planned. Three of them were valued, at £20,400
        together." """
        if not self.n:
            return "Nobody has written down a gain that was not planned yet."
        said = f"{first_up(count(self.n, 'gain'))} that nobody had planned"
        if not self.valued:
            return f"{said}. Nobody put a value on {'it' if self.n == 1 else 'them'}."
        if len(self.valued) == self.n:
            return f"{said}, worth {pounds(self.worth)} in all."
        n = len(self.valued)
        valued = f"{first_up(number(n))} of them {'was' if n == 1 else 'were'} valued"
        return f"{said}. {valued}, at {pounds(self.worth)}{'' if n == 1 else ' together'}."

    @property
    def by_kind(self) -> str:
        """ "two doors …": how many of each kind, the most first; "" where there is none."""
        n: dict[str, int] = defaultdict(int)
        for line in self.lines:
            n[line.kind_words] += 1
        ordered = sorted(n.items(), key=lambda pair: (-pair[1], pair[0]))
        return "; ".join(f"{kind}: {number(many)}" for kind, many in ordered)


@asked_once
def gains_in(clusters: Iterable[int]) -> dict[int, GainLog]:
    """By the key of the cluster. Three queries for any number of clusters and gains."""
    keys = list(clusters)
    rows = with_seats(
        UnplannedGain.objects.filter(cluster__in=keys).order_by("-on", "-pk"), "by", "taken_back_by"
    )
    who: dict[int, list[tuple[int, str]]] = defaultdict(list)
    gainers = Gainer.objects.filter(gain__cluster__in=keys).order_by("organisation__name", "pk")
    for gain, key, name in gainers.values_list("gain", "organisation", "organisation__name"):
        who[gain].append((key, name))
    found: dict[int, list[GainLine]] = defaultdict(list)
    for row in rows:
        found[row.cluster_id].append(_line(row, who[row.pk]))
    return {
        key: GainLog(
            lines=tuple(line for line in found[key] if not line.taken_back_on),
            taken_back=tuple(line for line in found[key] if line.taken_back_on),
        )
        for key in keys
    }


def _line(row: UnplannedGain, who: Iterable[tuple[int, str]]) -> GainLine:
    who = list(who)
    return GainLine(
        key=row.pk,
        words=row.words,
        kind=row.kind,
        kind_words=row.get_kind_display(),
        on=row.on,
        members=tuple(key for key, _ in who),
        names=tuple(name for _, name in who),
        others=row.others,
        evidence=row.evidence,
        pence=None if row.pence is None else Pence(row.pence),
        by=seat_words(row.by),
        taken_back_on=clock.day_of(row.taken_back_at) if row.taken_back_at else None,
        taken_back_because=row.taken_back_because,
        taken_back_by=seat_words(row.taken_back_by) if row.taken_back_by else "",
    )
