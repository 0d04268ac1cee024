"""What a cluster has to have before it is formed, and what of it is there."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType

from hedgerow.agreements.models import ON_BEHALF, Meeting
from hedgerow.charter.models import Assent, Charter, Delegation, RuleSet
from hedgerow.core import clock
from hedgerow.core.readings import asked_once_by
from hedgerow.journeys.models import Stage
from hedgerow.journeys.queries import ExitTestLine, exit_test_lines
from hedgerow.journeys.queries.stages import TickLine
from hedgerow.look.words import clock_time, count, day, first_up, listed, out_of, weekday
from hedgerow.people.models import Cluster, Member, Role, Seat
from hedgerow.people.readers import live, seat_words

FEWEST_MEMBERS = 3


@dataclass(frozen=True, kw_only=True)
class Part:
    """One thing that forming takes."""

    slug: str
    sentence: str  # what is wanted, where the design has no sentence for it
    there: tuple[str, ...]  # sentences on what there is
    missing: tuple[str, ...]  # sentences on what is not; none: it is met
    page: str  # name of the url where it is done, given the cluster's pk
    button: str

    @property
    def is_met(self) -> bool:
        return not self.missing


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


@asked_once_by
def parts_of(cluster: Cluster) -> Mapping[str, Part]:
    """By slug, in the order in which they are usually done. Eight queries at most."""
    voices = _voices(cluster)
    charter = Charter.objects.filter(cluster=cluster).select_related(*_GATHERER).first()
    parts = (
        _members(cluster, voices),
        _rules(cluster, voices),
        _gatherer(charter),
        _answers(charter),
        _meeting(cluster),
    )
    return MappingProxyType({part.slug: part for part in parts})


_GATHERER = tuple(f"gatherer__{it}" for it in ("user", "organisation", "cluster", "programme"))


def _voices(cluster: Cluster) -> list[_Voice]:
    members = Member.objects.filter(cluster=cluster, left_at=None, is_second_tier=False)
    return [
        _Voice(key=member.organisation_id, name=member.organisation.name)
        for member in members.select_related("organisation").order_by("pk")
    ]


def _members(cluster: Cluster, voices: Sequence[_Voice]) -> Part:
    seats = Seat.objects.filter(live(clock.now()), cluster=cluster, role=Role.CORE)
    seated = dict(seats.values_list("organisation", "pk"))
    delegated = set(
        Delegation.objects.filter(seat__in=seated.values(), ended_at=None).values_list(
            "seat", flat=True
        )
    )
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
        page="charter:core_group",
        button="Open the Core Group",
    )


def _rules(cluster: Cluster, voices: Sequence[_Voice]) -> Part:
    newest = RuleSet.objects.filter(cluster=cluster).order_by("-number").first()
    there, missing = [], []
    if newest is None:
        missing.append("No ground rules are written down yet.")
    else:
        assents = _standing(newest, voices)
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
        page="charter:rules",
        button="Open the ground rules",
    )


def _standing(rule_set: RuleSet, voices: Sequence[_Voice]) -> dict[int, Assent]:
    """By organisation, of those that are members now."""
    keys = {voice.key for voice in voices}
    return {
        assent.organisation_id: assent
        for assent in Assent.objects.filter(rule_set=rule_set, ended_at=None)
        if assent.organisation_id in keys
    }


def _is_unconfirmed(assent: Assent) -> bool:
    return assent.channel in ON_BEHALF and not assent.confirmed_at


def _gatherer(charter: Charter | None) -> Part:
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
        page="charter:gatherer",
        button="Name somebody else" if there else "Name who it is",
    )


def _answers(charter: Charter | None) -> Part:
    on = charter.answers_by if charter else None
    return Part(
        slug="answers",
        sentence="There is a day by which every member will have answered.",
        there=(f"By {weekday(on)}.",) if on else (),
        missing=() if on else ("No day is set by which every member will have answered.",),
        page="charter:answers_by",
        button="Set another day" if on else "Set the day",
    )


def _meeting(cluster: Cluster) -> Part:
    now = clock.now()
    coming = (
        Meeting.objects.filter(
            cluster=cluster, called_off_at=None, ended_at=None, starts_at__gt=now
        )
        .order_by("starts_at")
        .first()
    )
    missing = () if coming else ("The next Core Group meeting has no date yet.",)
    return Part(
        slug="meeting",
        sentence="The next Core Group meeting has a date.",
        there=(f"{coming.title}: {_when(coming.starts_at)}.",) if coming else (),
        missing=missing,
        page="agreements:meetings",
        button="Open the meetings",
    )


def _when(at: datetime) -> str:
    return f"{weekday(at)}, {clock_time(at)}"


@dataclass(frozen=True, kw_only=True)
class FormingLine:
    """A sentence that ends the stage, or a part that no sentence of the design names."""

    key: int | None  # of the exit test
    ident: str
    sentence: str
    hint: str  # what would show it, where it is ticked
    parts: tuple[Part, ...]  # that answer it; none: it is ticked
    tick: TickLine | None
    taken_back: tuple[TickLine, ...]
    is_over: bool  # of a stage that is closed or left, or has not begun

    @property
    def is_met(self) -> bool:
        return all(part.is_met for part in self.parts) if self.parts else self.tick is not None

    @property
    def wants_tick(self) -> bool:
        return not self.parts and self.tick is None and not self.is_over


def forming_lines(stage: Stage) -> list[FormingLine]:
    """In the order of the design, then what the room wants besides.

    Of a stage that is not open, only what was written at the time: how things stand today says
    nothing about it. Ten queries at most, and those of the ticks.
    """
    parts = parts_of(stage.journey.cluster) if stage.is_open else {}
    lines = [_line(test, parts, stage) for test in exit_test_lines(stage)]
    named = {part.slug for line in lines for part in line.parts}
    besides = [_besides(part) for part in parts.values() if part.slug not in named]
    return lines + besides


def _line(test: ExitTestLine, parts: Mapping[str, Part], stage: Stage) -> FormingLine:
    return FormingLine(
        key=test.key,
        ident=f"test-{test.key}",
        sentence=test.sentence,
        hint=test.hint,
        parts=tuple(parts[slug] for slug in KNOWN.get(test.slug, ()) if slug in parts),
        tick=test.tick,
        taken_back=test.taken_back,
        is_over=not stage.is_open,
    )


def _besides(part: Part) -> FormingLine:
    return FormingLine(
        key=None,
        ident=part.slug,
        sentence=part.sentence,
        hint="",
        parts=(part,),
        tick=None,
        taken_back=(),
        is_over=False,
    )
