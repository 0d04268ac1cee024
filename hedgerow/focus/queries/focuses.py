"""The shortlist that stands, what was put to the vote as the focus, and which focus holds now."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from hedgerow.agreements.models import Decision, Outcome
from hedgerow.agreements.queries.decision_voices import VoiceLine, all_voices_of
from hedgerow.analysis.focus import Focus, Theme
from hedgerow.core import clock
from hedgerow.core.readings import asked_once
from hedgerow.focus.models import Adopted, Adoption, Gain, Idea, Shortlist, Shortlisted, Study
from hedgerow.journeys.models import Stage
from hedgerow.people.models import Cluster, Member


@dataclass(frozen=True, kw_only=True)
class StandingShortlist:
    """The newest of a cluster, with its ideas in their order."""

    shortlist: Shortlist
    ideas: tuple[Idea, ...]


@dataclass(frozen=True, kw_only=True)
class FocusState:
    """What a cluster has put to the vote as its focus."""

    adoption: Adoption | None  # that holds now
    verdict: Decision | None  # the decision by which it holds: its own, or one that decided again
    open_decision: Decision | None  # under way: a first one, or one that decides again
    fallen: Decision | None  # the last that was not carried, where nothing came after it


NOTHING_YET = FocusState(adoption=None, verdict=None, open_decision=None, fallen=None)


@dataclass(frozen=True, kw_only=True)
class ThemeLine:
    title: str  # as it was put to the vote
    idea: Idea


@dataclass(frozen=True, kw_only=True)
class FocusNow:
    """The focus that holds, as pages show it."""

    themes: tuple[ThemeLine, ...]
    decision: Decision  # by which it holds
    words: str  # why, as it was put to the vote
    on: date
    dissent: tuple[VoiceLine, ...]  # who saw it differently, with their reasons

    @property
    def cost(self) -> int | None:
        """In pence, of those whose cost somebody said; None where nobody did."""
        known = [theme.idea.cost for theme in self.themes if theme.idea.cost is not None]
        return sum(known) if known else None

    @property
    def n_without_cost(self) -> int:
        return sum(theme.idea.cost is None for theme in self.themes)


@asked_once
def shortlists_in(clusters: Iterable[int]) -> dict[int, StandingShortlist | None]:
    """By the key of the cluster. Two queries for any number of them."""
    keys = list(clusters)
    rows = Shortlist.objects.filter(cluster__in=keys).order_by("number") if keys else ()
    newest = {row.cluster_id: row for row in rows}
    ideas: dict[int, list[Idea]] = defaultdict(list)
    if newest:
        items = Shortlisted.objects.filter(shortlist__in=newest.values()).select_related("idea")
        for item in items.order_by("position"):
            ideas[item.shortlist_id].append(item.idea)
    return {
        key: StandingShortlist(shortlist=newest[key], ideas=tuple(ideas[newest[key].pk]))
        if key in newest
        else None
        for key in keys
    }


@asked_once
def focus_states(clusters: Iterable[int]) -> dict[int, FocusState]:
    """By the key of the cluster. Two queries for any number of them.

    Where a decision was taken again, the last one that was decided says whether it holds: one that
    is open still, or was withdrawn, says nothing.
    """
    keys = list(clusters)
    found: dict[int, list[Adoption]] = defaultdict(list)
    rows = Adoption.objects.filter(cluster__in=keys) if keys else Adoption.objects.none()
    for adoption in rows.select_related("decision").order_by("pk"):
        found[adoption.cluster_id].append(adoption)
    again = _taken_again(found) if found else {}
    return {key: _state(found[key], again) if key in found else NOTHING_YET for key in keys}


def ideas_in_focus(cluster: int) -> set[int]:
    """Keys of the ideas in the focus that holds. Two queries, or one where nothing was put to the
    vote."""
    items = Adopted.objects.filter(adoption__cluster=cluster).order_by("adoption", "position")
    rows = list(items.select_related("adoption__decision"))
    adoptions = list({row.adoption_id: row.adoption for row in rows}.values())
    state = _state(adoptions, _taken_again([cluster]) if rows else {})
    return {row.idea_id for row in rows if row.adoption == state.adoption}


def focus_now(cluster: Cluster) -> FocusNow | None:
    """The focus that a decision made, until a later one makes another. Four queries."""
    state = focus_states([cluster.pk])[cluster.pk]
    if state.adoption is None or state.verdict is None:
        return None
    standing, _ = all_voices_of(state.verdict, several=False)
    entitled = state.verdict.entitled
    return FocusNow(
        themes=_themes(state.adoption),
        decision=state.verdict,
        words=state.verdict.words,
        on=_closed_on(state.verdict),
        dissent=tuple(
            line for line in standing if line.is_dissent and line.organisation_key in entitled
        ),
    )


def focus_of(stage: Stage) -> Focus:
    """What a decision made the focus, else the shortlist; without either, nothing. Eight queries
    at most."""
    cluster = stage.journey.cluster_id
    state = focus_states([cluster])[cluster]
    if state.adoption is not None and state.verdict is not None:
        themes: Sequence[ThemeLine] = _themes(state.adoption)
        adopted_on, decision = _closed_on(state.verdict), state.verdict.pk
    else:
        standing = shortlists_in([cluster])[cluster]
        listed = standing.ideas if standing else ()
        themes = [ThemeLine(title=idea.title, idea=idea) for idea in listed]
        adopted_on = decision = None
    ideas = [line.idea.pk for line in themes]
    looked_into = _looked_into(ideas)
    return Focus(
        themes=tuple(
            Theme(
                idea=line.idea.pk,
                title=line.title,
                words=line.idea.words,
                cost=line.idea.cost,
                is_quick_win=line.idea.is_quick_win,
                looked_into_on=looked_into.get(line.idea.pk),
            )
            for line in themes
        ),
        adopted_on=adopted_on,
        decision=decision,
        gains=_gains(cluster, ideas),
    )


def _taken_again(clusters: Iterable[int]) -> dict[int, Decision]:
    """Decisions that decide another again, by the key of that one. One query."""
    rows = Decision.objects.filter(cluster__in=list(clusters), reopens__isnull=False)
    return {one.reopens_id: one for one in rows if one.reopens_id}


def _state(adoptions: Sequence[Adoption], again: Mapping[int, Decision]) -> FocusState:
    holds, verdict, open_decision, fallen = None, None, None, None
    decided = []
    for adoption in adoptions:
        runs = _runs(adoption.decision, again)
        open_decision = next((run for run in runs if run.is_open), open_decision)
        said = [run for run in runs if run.outcome not in ("", Outcome.WITHDRAWN)]
        if said:
            decided.append((said[-1], adoption))
    # By number: a decision taken again gets a later one.
    for last, adoption in sorted(decided, key=lambda pair: pair[0].number):
        if last.outcome == Outcome.CARRIED:
            holds, verdict, fallen = adoption, last, None
        else:
            fallen = last
    return FocusState(adoption=holds, verdict=verdict, open_decision=open_decision, fallen=fallen)


def _runs(decision: Decision, again: Mapping[int, Decision]) -> list[Decision]:
    """It, and each that decides the one before again, in order."""
    runs = [decision]
    while following := again.get(runs[-1].pk):
        runs.append(following)
    return runs


def _themes(adoption: Adoption) -> tuple[ThemeLine, ...]:
    items = Adopted.objects.filter(adoption=adoption).select_related("idea").order_by("position")
    return tuple(ThemeLine(title=item.title, idea=item.idea) for item in items)


def _closed_on(decision: Decision) -> date:
    assert decision.closed_at
    return clock.day_of(decision.closed_at)


def _looked_into(ideas: Sequence[int]) -> dict[int, date]:
    """The day on which the newest report on each was handed in, by idea. One query."""
    reports = Study.objects.filter(idea__in=ideas, handed_in_at__isnull=False)
    rows = reports.order_by("handed_in_at", "pk").values_list("idea", "handed_in_at")
    return {idea: clock.day_of(at) for idea, at in rows if at}


def _gains(cluster: int, ideas: Sequence[int]) -> dict[int, dict[int, str]]:
    """What each full member says it would gain, by organisation and idea."""
    members = Member.objects.filter(cluster=cluster, left_at=None, is_second_tier=False)
    rows = Gain.objects.filter(
        idea__in=ideas,
        would_gain=True,
        ended_at=None,
        organisation__in=members.values("organisation"),
    )
    found: dict[int, dict[int, str]] = defaultdict(dict)
    for organisation, idea, words in rows.order_by("organisation", "idea").values_list(
        "organisation", "idea", "words"
    ):
        found[organisation][idea] = words
    return dict(found)
