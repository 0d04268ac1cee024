"""The timetable as it is, as it was, and what somebody asks to move."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from django.db.models import QuerySet

from hedgerow.core import clock
from hedgerow.journeys.models import (
    Journey,
    Keeper,
    Milestone,
    Move,
    PlannedDate,
    Standing,
    Timetable,
)
from hedgerow.journeys.words import lower_first
from hedgerow.look.words import count, day, first_up, out_of, weekday
from hedgerow.people.models import Member
from hedgerow.people.readers import seat_words, with_seats

from .gathered import SEAT

ASK_BEFORE = timedelta(days=14)  # how long before a date everybody is asked whether it stands


@dataclass(frozen=True, kw_only=True)
class ChangeLine:
    """One date moved, in one version of the timetable."""

    milestone: str
    from_on: date
    to_on: date
    on: date  # the day it was moved
    by: str  # who moved it or asked for it; empty for whoever is not in a seat
    agreed_by: str  # empty where nobody had to agree
    reason: str

    @property
    def sentence(self) -> str:
        moved = f"“{self.milestone}” moved from {day(self.from_on)} to {day(self.to_on)}"
        if self.agreed_by:
            moved += f", asked for by {self.by} and agreed by {self.agreed_by}"
        elif self.by:
            moved += f", by {self.by}"
        return f"{moved}: {self.reason}"


@dataclass(frozen=True, kw_only=True)
class MoveLine:
    """A move that somebody asked for."""

    key: int
    milestone: str
    cluster: str
    journey: int
    from_on: date
    to_on: date
    reason: str
    asked_by: str
    asked_on: date
    answered_by: str = ""
    answered_on: date | None = None
    is_agreed: bool | None = None  # None: it waits
    answer: str = ""

    @property
    def refusal(self) -> str:
        """What was asked and answered, where it was not agreed."""
        return (
            f"“{self.milestone}” stayed at {day(self.from_on)}. {self.asked_by} had asked for "
            f"{day(self.to_on)}: {self.reason} {self.answered_by} answered: {self.answer}"
        )

    @property
    def by_how_much(self) -> str:
        days = (self.to_on - self.from_on).days
        return f"{count(abs(days), 'day')} {'later' if days > 0 else 'earlier'}"


@dataclass(frozen=True, kw_only=True)
class MilestoneLine:
    key: int
    name: str
    is_programmes: bool  # the programme's date, which waits for the manager; or the cluster's own
    ends_stage: bool  # met by closing a stage
    first_on: date
    now_on: date
    done_on: date | None
    days: int  # until it; below 0 once it has passed
    changes: tuple[ChangeLine, ...]  # oldest first
    waiting: MoveLine | None
    stands_for: tuple[str, ...]  # members who said that this day stands for them
    n_members: int

    @property
    def is_kept(self) -> bool | None:
        """Against the day first set, as far as is known; None while it is still to come."""
        if self.done_on:
            return self.done_on <= self.first_on
        return False if self.days < 0 else None

    @property
    def is_late(self) -> bool:
        return not self.done_on and self.days < 0

    @property
    def shows_who_it_stands_for(self) -> bool:
        """Once everybody is asked, or somebody has said so before."""
        if self.done_on or self.is_late or not self.n_members:
            return False
        return bool(self.stands_for) or self.days <= ASK_BEFORE.days

    @property
    def state(self) -> str:
        """In words, as the table says it."""
        if self.done_on:
            return _met(self.done_on, self.first_on)
        if self.days < 0:
            return f"Late by {count(-self.days, 'day')}"
        return "Today" if self.days == 0 else f"In {count(self.days, 'day')}"

    @property
    def sentence(self) -> str:
        """As a list says it, after its day."""
        said = f"{self.name}. {self.state}."
        if self.changes:
            said += f" First set for {day(self.first_on)}."
        if self.waiting:
            said += f" A move to {day(self.waiting.to_on)} waits for the programme manager."
        return said

    @property
    def dot(self) -> int:
        return 2 if self.done_on else 3 if self.is_late else 0

    @property
    def moved(self) -> str:
        n = len(self.changes)
        return {0: "Not moved", 1: "Moved once", 2: "Moved twice"}.get(
            n, f"Moved {count(n, 'time')}"
        )


@dataclass(frozen=True, kw_only=True)
class VersionLine:
    """One version of the timetable, which is never changed."""

    number: int
    made_on: date
    changes: tuple[ChangeLine, ...]  # against the version before it; none in the first
    dates: tuple[tuple[str, date], ...]  # all of them, by day


def timetable_lines(journey: Journey) -> list[MilestoneLine]:
    """Every milestone, by the day it stands at. Seven queries."""
    today, versions = clock.today(), _versions(journey)
    milestones = {m.pk: m for m in Milestone.objects.filter(journey=journey).order_by("position")}
    changes = _changes(versions, milestones)
    moves = Move.objects.filter(milestone__journey=journey, answered_at=None)
    waiting = {move.milestone_id: _move_line(move) for move in _named(moves)}
    first, now = versions[0].days, versions[-1].days
    stands = _standing(milestones, now)
    n_members = Member.objects.filter(
        cluster=journey.cluster_id, left_at=None, is_second_tier=False
    ).count()
    return [
        MilestoneLine(
            key=key,
            name=milestones[key].name,
            is_programmes=milestones[key].keeper == Keeper.PROGRAMME,
            ends_stage=milestones[key].ends_stage is not None,
            first_on=first[key],
            now_on=on,
            done_on=milestones[key].done_on,
            days=(on - today).days,
            changes=tuple(changes[key]),
            waiting=None if milestones[key].done_on else waiting.get(key),
            stands_for=tuple(stands[key]),
            n_members=n_members,
        )
        for key, on in sorted(now.items(), key=lambda item: (item[1], milestones[item[0]].position))
    ]


def news(lines: Sequence[MilestoneLine]) -> str:
    """A timetable in a sentence or two, for whoever reads no further."""
    if not lines:
        return "The design of this journey sets no dates."
    met = sum(line.done_on is not None for line in lines)
    late = sum(line.is_late for line in lines)
    said = f"{first_up(out_of(met, len(lines)))} dates {'is' if met == 1 else 'are'} met"
    said += f" and {count(late, 'date')} {'is' if late == 1 else 'are'} late." if late else "."
    coming = next((line for line in lines if not line.done_on and line.days >= 0), None)
    if coming:
        said += f" The next is on {weekday(coming.now_on)}: {lower_first(coming.name)}."
    return said


def kept(lines: Sequence[MilestoneLine]) -> str:
    """How the dates that are met were held to, in a sentence."""
    met = [line for line in lines if line.done_on]
    if not met:
        return "No date has been met yet."
    n_kept = sum(bool(line.is_kept) for line in met)
    if len(met) == 1:
        return f"The one date that is met was {'kept' if n_kept else 'met late'}."
    return f"{first_up(out_of(n_kept, len(met)))} dates that are met were kept as first set."


def version_lines(journey: Journey) -> list[VersionLine]:
    """Every version of the timetable, newest first. Four queries."""
    milestones = {m.pk: m for m in Milestone.objects.filter(journey=journey)}
    versions = _versions(journey)
    return [
        VersionLine(
            number=version.timetable.number,
            made_on=clock.day_of(version.timetable.made_at),
            changes=tuple(_changes_between(before, version, milestones).values()),
            dates=tuple(
                sorted(
                    ((milestones[key].name, on) for key, on in version.days.items()),
                    key=lambda pair: pair[1],
                )
            ),
        )
        for before, version in reversed(list(zip([None, *versions], versions, strict=False)))
    ]


def waiting_moves(moves: QuerySet[Move]) -> list[MoveLine]:
    """Those of them that wait for an answer, oldest first. One query."""
    waits = moves.filter(answered_at=None, milestone__done_on=None)
    return [_move_line(move) for move in _named(waits).order_by("asked_at", "pk")]


def answered_moves(journey: Journey) -> list[MoveLine]:
    """Newest first. One query."""
    moves = Move.objects.filter(milestone__journey=journey, answered_at__isnull=False)
    return [_move_line(move) for move in _named(moves).order_by("-answered_at", "-pk")]


def move_line(move: Move) -> MoveLine:
    """One query."""
    return _move_line(_named(Move.objects.filter(pk=move.pk)).get())


def timetable_number(journey: Journey) -> int:
    """Of the one that holds. One query."""
    return Timetable.objects.filter(journey=journey).latest("number").number


@dataclass(frozen=True, kw_only=True)
class _Version:
    timetable: Timetable
    days: Mapping[int, date]  # by the key of the milestone


def _versions(journey: Journey) -> list[_Version]:
    """Oldest first. Two queries, and another for who made them."""
    days: dict[int, dict[int, date]] = defaultdict(dict)
    planned = PlannedDate.objects.filter(timetable__journey=journey)
    for timetable, milestone, on in planned.values_list("timetable", "milestone", "on"):
        days[timetable][milestone] = on
    found = Timetable.objects.filter(journey=journey).select_related("move").order_by("number")
    timetables = with_seats(found, "made_by")
    with_seats([made.move for made in timetables if made.move], "asked_by")
    return [_Version(timetable=timetable, days=days[timetable.pk]) for timetable in timetables]


def _changes(
    versions: Sequence[_Version], milestones: Mapping[int, Milestone]
) -> dict[int, list[ChangeLine]]:
    """By the key of the milestone, oldest first."""
    found: dict[int, list[ChangeLine]] = defaultdict(list)
    for before, after in pairwise(versions):
        for key, change in _changes_between(before, after, milestones).items():
            found[key].append(change)
    return found


def _changes_between(
    before: _Version | None, after: _Version, milestones: Mapping[int, Milestone]
) -> dict[int, ChangeLine]:
    if before is None:
        return {}
    made, move = after.timetable, after.timetable.move
    maker = seat_words(made.made_by) if made.made_by else ""
    return {
        key: ChangeLine(
            milestone=milestones[key].name,
            from_on=before.days[key],
            to_on=on,
            on=clock.day_of(made.made_at),
            by=seat_words(move.asked_by) if move else maker,
            agreed_by=maker if move else "",
            reason=made.reason,
        )
        for key, on in after.days.items()
        if on != before.days[key]
    }


def _standing(milestones: Iterable[int], now: Mapping[int, date]) -> dict[int, list[str]]:
    """Names of the members for whom the day that holds now stands."""
    found: dict[int, list[str]] = defaultdict(list)
    said = Standing.objects.filter(milestone__in=milestones).order_by("organisation__name", "pk")
    for milestone, on, name in said.values_list("milestone", "on", "organisation__name"):
        if now[milestone] == on:
            found[milestone].append(name)
    return found


def _named(moves: QuerySet[Move]) -> QuerySet[Move]:
    return moves.select_related(
        "milestone__journey__cluster", *_seat("asked_by"), *_seat("answered_by")
    )


def _seat(way: str) -> tuple[str, ...]:
    return tuple(f"{way}__{part}" for part in SEAT)


def _move_line(move: Move) -> MoveLine:
    journey = move.milestone.journey
    return MoveLine(
        key=move.pk,
        milestone=move.milestone.name,
        cluster=journey.cluster.name,
        journey=journey.pk,
        from_on=move.from_on,
        to_on=move.to_on,
        reason=move.reason,
        asked_by=seat_words(move.asked_by),
        asked_on=clock.day_of(move.asked_at),
        answered_by=seat_words(move.answered_by) if move.answered_by else "",
        answered_on=clock.day_of(move.answered_at) if move.answered_at else None,
        is_agreed=move.is_agreed,
        answer=move.answer,
    )


def _met(done_on: date, first_on: date) -> str:
    late = (done_on - first_on).days
    if late <= 0:
        return f"Kept: met on {day(done_on)}"
    return f"Met on {day(done_on)}, {count(late, 'day')} after the date first set"
