"""What would enter a figure when a round closes: over whose answers, by which rules."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from hedgerow.analysis import disclosure
from hedgerow.diagnostics.models import Asking, Round
from hedgerow.diagnostics.pictures.shells import MONEY, SCORES, Shell, brought_to, shells_of
from hedgerow.diagnostics.questions.instruments import Answers, Instrument
from hedgerow.diagnostics.questions.packs import instrument_of
from hedgerow.journeys.models import Journey
from hedgerow.journeys.queries.designs import read_design
from hedgerow.look.words import count, first_up

from .counted import kept_back
from .registers import Released, full_members, register_of

Brought = Mapping[int, Mapping[str, int]]  # by organisation, then cell
_CALLED = {SCORES: "counts", MONEY: "sums of money"}


@dataclass(frozen=True, kw_only=True)
class Table:
    """One table over what members keep of one asking, not yet protected."""

    asking: Asking
    instrument: Instrument
    shell: Shell
    brought: Brought
    earlier: Sequence[Released]  # of the same instrument in the same cluster

    def held_back(self, profile: disclosure.Profile) -> str:
        """Why there can be no figure at all, as far as that depends on who is in it alone."""
        if len(self.brought) < profile.fewest:
            return "too_few"
        shown = [
            row.contributors
            for row in self.earlier
            if row.shows and row.profile == self.shell.profile
        ]
        return "" if disclosure.may_follow(self.brought.keys(), shown) else "too_like"


@dataclass(frozen=True, kw_only=True)
class Plan:
    """What closing would do with one table, said before. No figure is worked out for it."""

    name: str
    words: str


def tables_of(cluster: int, askings: Sequence[Asking], members: Iterable[int]) -> list[Table]:
    """Those that somebody brings something to. Three queries for any number of askings."""
    kept = kept_back({asking.pk: asking.roles for asking in askings}, frozenset(members))
    register = register_of(cluster, (asking.slug for asking in askings))
    found = []
    for asking in askings:
        instrument = instrument_of(asking.text)
        for shell in shells_of(instrument):
            if of := brought(shell, instrument, kept[asking.pk]):
                earlier = register.get(asking.slug, ())
                found.append(
                    Table(
                        asking=asking,
                        instrument=instrument,
                        shell=shell,
                        brought=of,
                        earlier=earlier,
                    )
                )
    return found


def brought(shell: Shell, instrument: Instrument, kept: Mapping[int, Answers]) -> Brought:
    found = {key: brought_to(shell, instrument, answers) for key, answers in sorted(kept.items())}
    return {key: of for key, of in found.items() if of}


def plans_for(round: Round) -> list[Plan]:
    profiles = profiles_of(round.cluster_id)
    tables = tables_of(round.cluster_id, list(round.askings.all()), full_members(round.cluster_id))
    return [_plan(table, profiles[table.shell.profile]) for table in tables]


def profiles_of(cluster: int) -> dict[str, disclosure.Profile]:
    """Ours, or stricter where the programme that the cluster is in says so."""
    journey = Journey.objects.filter(cluster=cluster).select_related("design").first()
    if journey is None:
        return dict(disclosure.PROFILES)
    fewest = vars(read_design(journey.design).disclosure)
    return {
        slug: disclosure.tightened(profile, fewest=max(profile.fewest, fewest[slug]))
        for slug, profile in disclosure.PROFILES.items()
    }


def _plan(table: Table, profile: disclosure.Profile) -> Plan:
    n = len(table.brought)
    called = _CALLED.get(table.shell.profile, "numbers")
    keep = first_up(f"{count(n, 'member')} {'keeps' if n == 1 else 'keep'} theirs. ")
    match table.held_back(profile):
        case "too_few":
            words = (
                f"No {called} are shown: it takes {count(profile.fewest, 'member')} at least. "
                "They are asked afterwards whether all agree."
            )
        case "too_like":
            words = (
                f"No {called} are shown, because they are nearly the same members as in what "
                "was shown before."
            )
        case _:
            words = f"{first_up(called)} are shown as far as each is safe, and held back where not."
    return Plan(name=table.instrument.name, words=keep + words)
