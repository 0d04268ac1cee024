"""What the lines about decisions are made from, for one or many at the same number of queries."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import cast

from django.db.models import QuerySet

from hedgerow.agreements import rules
from hedgerow.agreements.models import Decision, Option, Voice
from hedgerow.agreements.ways import way_of
from hedgerow.analysis.voices import Said, Stance, Tally, Way, tally
from hedgerow.core import clock
from hedgerow.core.prepared import prepared
from hedgerow.core.readings import asked_once, asked_once_by, beside
from hedgerow.people.access import visible
from hedgerow.people.models import Cluster, Member
from hedgerow.people.readers import Reader

SEAT = ("user", "organisation", "cluster", "programme")  # what people.readers.seat_words reads


@asked_once_by
def open_decisions_of(reader: Reader) -> tuple[Decision, ...]:
    """Those that the reader may see, in clusters that go on, soonest to close first. One query."""
    if not any(seat.cluster for seat in reader.seats):
        return ()
    return tuple(_open_ones(reader))


@prepared
def _open_ones(reader: Reader) -> QuerySet[Decision]:
    decisions = visible(reader, rules.SEE_DECISION).filter(closed_at=None, cluster__ended_at=None)
    return decisions.select_related("cluster").order_by("closes_at", "pk")


@asked_once
def options_of(decisions: Iterable[Decision]) -> dict[int, dict[int, str]]:
    """Words by key, in their order, by the key of the decision. One query."""
    keys = [decision.pk for decision in decisions]
    found: dict[int, dict[int, str]] = {key: {} for key in keys}
    for decision, option, words in _options(keys):
        found[decision][option] = words
    return found


@prepared
def _options(decisions: Iterable[int]) -> QuerySet[Option, tuple[int, int, str]]:
    rows = Option.objects.filter(decision__in=decisions).order_by("position")
    return rows.values_list("decision", "pk", "words")


@asked_once
def voices_of(decisions: Iterable[Decision]) -> dict[int, list[Voice]]:
    """The voices that stand, by the key of the decision, in the order they were given. One query."""
    keys = [decision.pk for decision in decisions]
    found: dict[int, list[Voice]] = defaultdict(list)
    for voice in _standing(keys):
        found[voice.decision_id].append(voice)
    return {key: found[key] for key in keys}


@prepared
def _standing(decisions: Iterable[int]) -> QuerySet[Voice]:
    standing = Voice.objects.filter(decision__in=decisions, ended_at=None).order_by("pk")
    return beside(standing, "organisation__name", "option__position", "option__words")


@asked_once
def voiced_in(clusters: Iterable[Cluster]) -> dict[int, dict[int, str]]:
    """Whose voices count in each cluster today, by its key: the keys and names of its full
    members. One query."""
    keys = [cluster.pk for cluster in clusters]
    found: dict[int, dict[int, str]] = defaultdict(dict)
    for cluster, organisation, name in _voiced(keys):
        found[cluster][organisation] = name
    return {key: found[key] for key in keys}


@prepared
def _voiced(clusters: Iterable[int]) -> QuerySet[Member, tuple[int, int, str]]:
    members = Member.objects.filter(cluster__in=clusters, left_at=None, is_second_tier=False)
    named = members.order_by("organisation__name", "organisation")
    return named.values_list("cluster", "organisation", "organisation__name")


@dataclass(frozen=True, kw_only=True)
class Heard:
    """A decision with the voices that count in it."""

    decision: Decision
    way: Way
    options: Mapping[int, str]  # words by key, in their order
    voices: Sequence[Voice]  # those that stand, of members with a voice
    entitled: Sequence[int]  # keys: as it closed, or today while it is open
    sums: Tally

    @property
    def has_options(self) -> bool:
        return len(self.options) > 1

    @property
    def chosen(self) -> str:
        """What was agreed to, where there was more than one thing."""
        key = self.decision.chosen_id
        return self.options[key] if key and self.has_options else ""


def heard_in(decisions: Sequence[Decision]) -> list[Heard]:
    """In the order given. Three queries for any number; `cluster` is read with them."""
    options = options_of(decisions)
    voices = voices_of(decisions)
    open_ones = {one.cluster_id: one.cluster for one in decisions if one.is_open}
    today = voiced_in(open_ones.values()) if open_ones else {}
    found = []
    for one in decisions:
        entitled = tuple(today[one.cluster_id] if one.is_open else one.entitled)
        heard = [voice for voice in voices[one.pk] if voice.organisation_id in entitled]
        way = way_of(one)
        found.append(
            Heard(
                decision=one,
                way=way,
                options=options[one.pk],
                voices=heard,
                entitled=entitled,
                sums=_tally(way, heard, entitled, options[one.pk]),
            )
        )
    return found


def _tally(
    way: Way, voices: Iterable[Voice], entitled: Sequence[int], options: Iterable[int]
) -> Tally:
    said = [
        Said(
            organisation=voice.organisation_id,
            stance=cast("Stance", voice.stance),
            option=voice.option_id,
        )
        for voice in voices
    ]
    return tally(way, said, entitled, list(options))


def last_day(decision: Decision) -> date:
    """The last day on which one can vote: it closes as that day ends."""
    return clock.day_of(decision.closes_at - timedelta(microseconds=1))
