"""What each member says it gained from it all, planned or not, and who has not said."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from hedgerow.agreements.queries.decisions_gathered import voiced_in
from hedgerow.agreements.queries.words import how_told, seats_in, waits
from hedgerow.core.readings import asked_once
from hedgerow.look.words import first_up, out_of
from hedgerow.people.models import Cluster, Seat
from hedgerow.people.readers import seats_named
from hedgerow.workplans.models import GainsSaid


@dataclass(frozen=True, kw_only=True)
class SaidLine:
    """What one full member says; all but the first two are empty where it has not said."""

    organisation: str
    organisation_key: int
    key: int | None = None  # of the GainsSaid
    has_nothing: bool = False
    words: str = ""
    how: str = ""  # "Said by Chief executive, Open Door, on 17 March 2026."
    waits: bool = False  # written down for it, and not confirmed yet
    can_be_said: bool = True  # False: its own people have said or confirmed it

    @property
    def says(self) -> str:
        if self.key is None:
            return "Has not said yet"
        return "Nothing to add" if self.has_nothing else "Has said"

    @property
    def dot(self) -> int:
        return 0 if self.key is None else 2


@dataclass(frozen=True, kw_only=True)
class SaidTable:
    lines: tuple[SaidLine, ...] = ()  # each full member of today, by name

    @property
    def said(self) -> list[SaidLine]:
        return [line for line in self.lines if line.key is not None]

    @property
    def silent(self) -> list[SaidLine]:
        return [line for line in self.lines if line.key is None]

    @property
    def in_short(self) -> str:
        if not self.lines:
            return "Nobody is a member yet."
        n = len(self.said)
        verb = "has" if n in (0, 1) else "have"
        return f"{first_up(out_of(n, len(self.lines)))} {verb} said what they gained, or that they have nothing to add."

    def of(self, organisation: int | None) -> SaidLine | None:
        return next((line for line in self.lines if line.organisation_key == organisation), None)

    def own_first(self, own: Iterable[int]) -> list[SaidLine]:
        keys = {*own}
        return sorted(self.lines, key=lambda line: line.organisation_key not in keys)


@asked_once
def said_in(clusters: Iterable[int]) -> dict[int, SaidTable]:
    """By the key of the cluster, over its full members of today. Three queries for any number."""
    keys = list(clusters)
    members = voiced_in([Cluster(pk=key) for key in keys])
    rows = list(
        GainsSaid.objects.filter(workplan__cluster__in=keys, ended_at=None).select_related(
            "workplan"
        )
    )
    seats = seats_named({key for row in rows for key in seats_in(row)})
    found: dict[int, dict[int, GainsSaid]] = defaultdict(dict)
    for row in rows:
        found[row.workplan.cluster_id][row.organisation_id] = row
    return {
        key: SaidTable(
            lines=tuple(
                _line(organisation, name, found[key].get(organisation), seats)
                for organisation, name in members[key].items()
            )
        )
        for key in keys
    }


def _line(key: int, name: str, row: GainsSaid | None, seats: Mapping[int, Seat | None]) -> SaidLine:
    if row is None:
        return SaidLine(organisation=name, organisation_key=key)
    return SaidLine(
        organisation=name,
        organisation_key=key,
        key=row.pk,
        has_nothing=row.has_nothing,
        words=row.words,
        how=how_told(row, seats),
        waits=waits(row),
        can_be_said=waits(row),
    )
