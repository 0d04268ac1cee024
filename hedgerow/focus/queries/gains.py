"""Who would gain from an idea, member by member."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from hedgerow.agreements.queries.decisions_gathered import voiced_in
from hedgerow.agreements.queries.words import how_told, seats_in, waits
from hedgerow.core.readings import asked_once
from hedgerow.focus.models import Gain, Idea, Shortlist
from hedgerow.look.words import first_up, listed, number, out_of
from hedgerow.people.models import Cluster, Seat
from hedgerow.people.readers import seats_named


@dataclass(frozen=True, kw_only=True)
class GainLine:
    """What one full member says; all but the first two are empty where it has not said."""

    organisation: str
    organisation_key: int
    key: int | None = None  # of the Gain
    would_gain: bool | None = None
    words: str = ""
    how: str = ""  # "Said by Chief executive, Open Door, on 17 March 2026."
    waits: bool = False  # written down for it, and not confirmed yet
    can_be_said: bool = True  # False: its own people have said or confirmed it

    @property
    def says(self) -> str:
        return {True: "Gains", False: "Does not gain", None: "Has not said yet"}[self.would_gain]

    @property
    def dot(self) -> int:
        """For the sign: 0 or 2. A no is not a red spot."""
        return 2 if self.would_gain else 0


@dataclass(frozen=True, kw_only=True)
class GainTable:
    lines: tuple[GainLine, ...] = ()  # each full member of today, by name

    @property
    def gain(self) -> list[GainLine]:
        return [line for line in self.lines if line.would_gain]

    @property
    def against(self) -> list[GainLine]:
        """Who would not gain."""
        return [line for line in self.lines if line.would_gain is False]

    @property
    def silent(self) -> list[GainLine]:
        return [line for line in self.lines if line.would_gain is None]

    @property
    def all_gain(self) -> bool:
        return bool(self.lines) and len(self.gain) == len(self.lines)

    @property
    def in_short(self) -> str:
        """ "Five of six gain, one does not."; nothing is made of who has not said."""
        n, against, silent = len(self.gain), len(self.against), len(self.silent)
        if not self.lines:
            return "Nobody is a member yet."
        if silent == len(self.lines):
            return "Nobody has said yet whether they gain."
        verb = "gains" if n == 1 else "gain"
        parts = [f"{first_up(out_of(n, len(self.lines)))} {verb}"]
        if against:
            parts.append(f"{number(against)} {'does' if against == 1 else 'do'} not")
        if silent:
            parts.append(f"{number(silent)} {'has' if silent == 1 else 'have'} not said yet")
        return f"{listed(parts)}."

    def own_first(self, own: Iterable[int]) -> list[GainLine]:
        """Organisations of the reader before the others."""
        keys = {*own}
        return sorted(self.lines, key=lambda line: line.organisation_key not in keys)

    def of(self, organisation: int) -> GainLine | None:
        return next((line for line in self.lines if line.organisation_key == organisation), None)


@asked_once
def gains_of(ideas: Iterable[Idea]) -> dict[int, GainTable]:
    """By the key of the idea, over the full members of today. Three queries."""
    ideas = list(ideas)
    members = voiced_in([Cluster(pk=key) for key in {idea.cluster_id for idea in ideas}])
    rows = list(Gain.objects.filter(idea__in=ideas, ended_at=None))
    seats = seats_named({key for gain in rows for key in seats_in(gain)})
    said = {(gain.idea_id, gain.organisation_id): gain for gain in rows}
    return {
        idea.pk: GainTable(
            lines=tuple(
                _line(key, name, said.get((idea.pk, key)), seats)
                for key, name in members[idea.cluster_id].items()
            )
        )
        for idea in ideas
    }


def _line(key: int, name: str, gain: Gain | None, seats: Mapping[int, Seat | None]) -> GainLine:
    if gain is None:
        return GainLine(organisation=name, organisation_key=key)
    return GainLine(
        organisation=name,
        organisation_key=key,
        key=gain.pk,
        would_gain=gain.would_gain,
        words=gain.words,
        how=how_told(gain, seats),
        waits=waits(gain),
        can_be_said=waits(gain),
    )


def next_silent(idea: Idea, organisation: int | None) -> Idea | None:
    """Where an idea is on the shortlist that stands: the first there of which this member has not
    said whether it gains. Three queries at most."""
    shortlist = Shortlist.objects.filter(cluster=idea.cluster_id).last()
    if shortlist is None:
        return None
    ideas = list(Idea.objects.filter(shortlisted__shortlist=shortlist).order_by("shortlisted"))
    said = set(
        Gain.objects.filter(idea__in=ideas, organisation=organisation, ended_at=None).values_list(
            "idea", flat=True
        )
    )
    silent = [one for one in ideas if one.is_live and one.pk not in said]
    return silent[0] if silent and idea in ideas else None
