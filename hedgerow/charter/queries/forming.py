"""What a cluster has to have before it is formed, and what of it is there."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType

from django.db.models import QuerySet
from django.urls import reverse

from hedgerow.agreements.models import ON_BEHALF, Meeting
from hedgerow.charter.models import Assent, Charter, Delegation, RuleSet
from hedgerow.core import clock
from hedgerow.core.readings import asked_once
from hedgerow.journeys.models import Stage
from hedgerow.journeys.queries.parts import Part, PartsLine, part_lines
from hedgerow.look.words import clock_time, count, day, first_up, listed, out_of, weekday
from hedgerow.people.models import Cluster, Member, Role, Seat
from hedgerow.people.readers import live, seat_words

FEWEST_MEMBERS = 3


@dataclass(frozen=True, kw_only=True)
class _Voice:
    """A full member."""

    key: int  # of the organisation
    name: str


# Sentences of a design that the room can answer by itself: slug of the sentence -> parts.
KNOWN: Mapping[str, tuple[str, ...]] = {
    "members-agreed": ("members",),
    "rules-agreed": ("rules",),
    "gatherer-named": ("gatherer",),
    "answers-have-a-date": ("answers",),
    "next-meeting": ("meeting",),
    "dates-set": ("answers", "meeting"),
}


def parts_of(cluster: Cluster) -> Mapping[str, Part]:
    """By slug, in the order in which they are usually done. Seven queries at most."""
    return parts_in([cluster])[cluster.pk]


@asked_once
def parts_in(clusters: Iterable[Cluster]) -> dict[int, Mapping[str, Part]]:
    """The same for many, by the key of the cluster, at the same queries."""
    keys = [cluster.pk for cluster in clusters]
    if not keys:
        return {}
    voices, seats, delegated = _voices(keys), _seats(keys), _delegated(keys)
    rule_sets = {one.cluster_id: one for one in _rule_sets(keys)}
    assents, charters, coming = _assents(rule_sets.values()), _charters(keys), _coming(keys)
    found: dict[int, Mapping[str, Part]] = {}
    for key in keys:
        newest = rule_sets.get(key)
        parts = (
            _members(key, voices[key], seats[key], delegated),
            _rules(key, newest, voices[key], assents[newest.pk] if newest else {}),
            _gatherer(key, charters.get(key)),
            _answers(key, charters.get(key)),
            _meeting(key, coming.get(key)),
        )
        found[key] = MappingProxyType({part.slug: part for part in parts})
    return found


_GATHERER = tuple(f"gatherer__{it}" for it in ("user", "organisation", "cluster", "programme"))


def _voices(clusters: Sequence[int]) -> Mapping[int, list[_Voice]]:
    found: dict[int, list[_Voice]] = defaultdict(list)
    members = Member.objects.filter(cluster__in=clusters, left_at=None, is_second_tier=False)
    for member in members.select_related("organisation").order_by("pk"):
        voice = _Voice(key=member.organisation_id, name=member.organisation.name)
        found[member.cluster_id].append(voice)
    return found


def _seats(clusters: Sequence[int]) -> Mapping[int, dict[int, int]]:
    """By cluster and organisation: the key of its live Core Group seat."""
    found: dict[int, dict[int, int]] = defaultdict(dict)
    seats = Seat.objects.filter(live(clock.now()), cluster__in=clusters, role=Role.CORE)
    for cluster, organisation, key in seats.values_list("cluster", "organisation", "pk"):
        found[cluster][organisation] = key
    return found


def _delegated(clusters: Sequence[int]) -> set[int]:
    """Keys of seats."""
    said = Delegation.objects.filter(seat__cluster__in=clusters, ended_at=None)
    return set(said.values_list("seat", flat=True))


def _rule_sets(clusters: Sequence[int]) -> QuerySet[RuleSet]:
    """By number, so that the newest of a cluster comes last."""
    return RuleSet.objects.filter(cluster__in=clusters).order_by("number")


def _assents(rule_sets: Iterable[RuleSet]) -> Mapping[int, dict[int, Assent]]:
    """By version and organisation."""
    found: dict[int, dict[int, Assent]] = defaultdict(dict)
    keys = [one.pk for one in rule_sets]
    given = Assent.objects.filter(rule_set__in=keys, ended_at=None) if keys else ()
    for assent in given:
        found[assent.rule_set_id][assent.organisation_id] = assent
    return found


def _charters(clusters: Sequence[int]) -> dict[int, Charter]:
    charters = Charter.objects.filter(cluster__in=clusters).select_related(*_GATHERER)
    return {charter.cluster_id: charter for charter in charters}


def _coming(clusters: Sequence[int]) -> dict[int, Meeting]:
    """The next meeting of each."""
    meetings = Meeting.objects.filter(
        cluster__in=clusters, called_off_at=None, ended_at=None, starts_at__gt=clock.now()
    )
    return {meeting.cluster_id: meeting for meeting in meetings.order_by("-starts_at", "-pk")}


def _members(
    cluster: int, voices: Sequence[_Voice], seated: Mapping[int, int], delegated: Collection[int]
) -> Part:
    empty = [voice.name for voice in voices if voice.key not in seated]
    silent = [
        voice.name for voice in voices if voice.key in seated and seated[voice.key] not in delegated
    ]
    missing = []
    if len(voices) < FEWEST_MEMBERS:
        has = count(len(voices), "has joined", "have joined", zero="none")
        missing.append(f"A cluster begins with at least three members; {has}.")
    if empty:
        missing.append(f"Nobody sits in the Core Group for {listed(empty)}.")
    if silent:
        missing.append(
            f"What the seat may commit without going back to ask is not said yet for "
            f"{listed(silent)}."
        )
    n_said = len(voices) - len(empty) - len(silent)
    there = [f"{first_up(count(len(voices), 'member'))}: {listed(v.name for v in voices)}."]
    if n_said:
        said = first_up(out_of(n_said, len(voices)))
        there.append(f"{said} sit in the Core Group and have said what they may commit.")
    return Part(
        slug="members",
        sentence="At least three members, one Core Group seat for each, and what each may commit.",
        there=tuple(there) if voices else (),
        missing=tuple(missing),
        url=reverse("charter:core_group", args=[cluster]),
        button="Open the Core Group",
    )


def _rules(
    cluster: int, newest: RuleSet | None, voices: Sequence[_Voice], said: Mapping[int, Assent]
) -> Part:
    there, missing = [], []
    if newest is None:
        missing.append("No ground rules are written down yet.")
    else:
        assents = {voice.key: said[voice.key] for voice in voices if voice.key in said}
        unconfirmed = [
            voice.name
            for voice in voices
            if voice.key in assents and _is_unconfirmed(assents[voice.key])
        ]
        waiting = [voice.name for voice in voices if voice.key not in assents]
        if assents:
            n = first_up(out_of(len(assents), len(voices)))
            verb = "has" if len(assents) == 1 else "have"
            there.append(f"{n} {verb} agreed to version {newest.number}.")
        if unconfirmed:
            there.append(
                f"For {listed(unconfirmed)} it was written down by somebody else. "
                "It counts, and waits to be confirmed."
            )
        if waiting:
            missing.append(
                f"Version {newest.number} of the ground rules is not agreed yet by "
                f"{listed(waiting)}."
            )
        elif not voices:
            missing.append("There is no member yet to agree to the ground rules.")
    return Part(
        slug="rules",
        sentence="Every member has agreed to the ground rules as they stand.",
        there=tuple(there),
        missing=tuple(missing),
        url=reverse("charter:rules", args=[cluster]),
        button="Open the ground rules",
    )


def _is_unconfirmed(assent: Assent) -> bool:
    return assent.channel in ON_BEHALF and not assent.confirmed_at


def _gatherer(cluster: int, charter: Charter | None) -> Part:
    there, missing = [], []
    seat = charter.gatherer if charter else None
    if seat is None:
        missing.append("Nobody is named yet who draws everybody’s answers together.")
    elif seat.ended_at and seat.ended_at <= clock.now():
        missing.append(
            f"{seat_words(seat)}, was to draw the answers together, and that seat has ended. "
            "Name somebody else."
        )
    elif not charter.gatherer_agreed_at:
        missing.append(
            f"{seat_words(seat)}, is named to draw the answers together, and has not said yes yet."
        )
    else:
        on = day(clock.day_of(charter.gatherer_agreed_at))
        there.append(f"{seat_words(seat)}, draws them together, and said yes on {on}.")
    return Part(
        slug="gatherer",
        sentence="One named person draws everybody’s answers together, and said yes.",
        there=tuple(there),
        missing=tuple(missing),
        url=reverse("charter:gatherer", args=[cluster]),
        button="Name somebody else" if there else "Name who it is",
    )


def _answers(cluster: int, charter: Charter | None) -> Part:
    on = charter.answers_by if charter else None
    return Part(
        slug="answers",
        sentence="There is a day by which every member will have answered.",
        there=(f"By {weekday(on)}.",) if on else (),
        missing=() if on else ("No day is set by which every member will have answered.",),
        url=reverse("charter:answers_by", args=[cluster]),
        button="Set another day" if on else "Set the day",
    )


def _meeting(cluster: int, coming: Meeting | None) -> Part:
    missing = () if coming else ("The next Core Group meeting has no date yet.",)
    return Part(
        slug="meeting",
        sentence="The next Core Group meeting has a date.",
        there=(f"{coming.title}: {_when(coming.starts_at)}.",) if coming else (),
        missing=missing,
        url=reverse("agreements:meetings", args=[cluster]),
        button="Open the meetings",
    )


def _when(at: datetime) -> str:
    return f"{weekday(at)}, {clock_time(at)}"


def forming_lines(stage: Stage) -> list[PartsLine]:
    """In the order of the design, then what the room wants besides. Ten queries at most, and those
    of the ticks."""
    parts = parts_of(stage.journey.cluster) if stage.is_open else {}
    return part_lines(stage, parts, lambda slug, _: KNOWN.get(slug, ()))
