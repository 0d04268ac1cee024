"""What waits for whom on a journey, for "Next for you" and the digest."""

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime

from django.db.models import QuerySet
from django.urls import reverse

from hedgerow.core import clock
from hedgerow.core.prepared import prepared
from hedgerow.core.rooms import Prompt
from hedgerow.look.words import count, day, first_up, out_of
from hedgerow.people.access import visible
from hedgerow.people.models import Role, Seat
from hedgerow.people.readers import Reader, live

from . import kinds, rules
from .first_steps import first_steps
from .models import Journey, Keeper, Milestone, Move, Stage, Standing
from .queries.board import SLOW_AFTER, last_steps, since_step
from .queries.dates import ASK_BEFORE, MoveLine, waiting_moves
from .queries.days import DaysLine, days_of_journeys
from .queries.gathered import Dates, Stages, dates_of, journeys_of, stages_of
from .words import lower_first

UNLOGGED_AFTER = 28  # days without a line in the log, from which the facilitator is asked
A_TICK = 2  # minutes
MOST_MINUTES = 15  # a step that is longer than this is several

STANDS = "stands"  # purpose of a signed link; kept in links that are out


def prompts(reader: Reader, today: date) -> Iterator[Prompt]:
    """At most twelve queries, and what the exit tests of rooms' own stages ask."""
    if reader.has(Role.MANAGER):
        yield from first_steps(reader)
    journeys = [journey for journey in journeys_of(reader) if not journey.cluster.ended_at]
    if not journeys:
        return
    stages, dates = stages_of(journeys), dates_of(journeys)
    moves = _unanswered(dates)
    asked = {move.milestone_id for move in moves}
    led = _with_facilitator(_ticked(journeys, stages)) if _is_core(reader) else set()
    for journey in journeys:
        roles = {role for seat in reader.in_cluster(journey.cluster_id) for role in seat.roles}
        here = stages[journey.pk], dates[journey.pk]
        if Role.CORE in roles:
            yield from _ticks(journey, *here)
            yield from _passed(journey, dates[journey.pk], today, asked, keeper=Keeper.CLUSTER)
        elif Role.FACILITATOR in roles:
            yield from _passed(journey, dates[journey.pk], today, asked, keeper=None)
        closes = Role.CORE in roles and journey.cluster_id not in led
        if Role.FACILITATOR in roles or closes:
            yield from _closing(journey, *here)
    yield from _asked_for(reader, moves, journeys, dates, today)
    yield from _standings(reader, journeys, dates, today)
    yield from _unlogged(reader, journeys, stages, today)
    yield from _moves(reader)
    yield from _slow(reader, journeys, stages, today)


def _unanswered(dates: Mapping[int, Dates]) -> list[Move]:
    """Of dates that are not met, oldest first."""
    keys = [milestone.pk for found in dates.values() for milestone in found.open_ones]
    return _moves_of(keys) if keys else []


@prepared
def _moves_of(milestones: Iterable[int]) -> QuerySet[Move]:
    return Move.objects.filter(milestone__in=milestones, answered_at=None).order_by("asked_at")


def _is_core(reader: Reader) -> bool:
    return any(Role.CORE in seat.roles for seat in reader.seats)


def _ticked(journeys: Sequence[Journey], stages: Mapping[int, Stages]) -> list[Journey]:
    """Those whose open stage wants no tick, so that somebody may have to close it."""
    return [
        journey
        for journey in journeys
        if (stage := stages[journey.pk].open_one) and not _n_left(stage)
    ]


def _with_facilitator(journeys: Sequence[Journey]) -> set[int]:
    """Keys of clusters. One query, or none."""
    if not journeys:
        return set()
    return set(_facilitated([journey.cluster_id for journey in journeys], clock.now()))


@prepared
def _facilitated(clusters: Iterable[int], now: datetime) -> QuerySet[Seat, int]:
    seats = Seat.objects.filter(live(now), role=Role.FACILITATOR, cluster__in=clusters)
    return seats.values_list("cluster", flat=True)


def _asked_for(
    reader: Reader,
    moves: Sequence[Move],
    journeys: Sequence[Journey],
    dates: Mapping[int, Dates],
    today: date,
) -> Iterator[Prompt]:
    """Moves that the reader asked for. Of a date that has passed, `_passed` says so."""
    mine = {seat.key for seat in reader.seats}
    known = {
        milestone.pk: (journey, milestone)
        for journey in journeys
        for milestone in dates[journey.pk].milestones
    }
    for move in moves:
        journey, milestone = known[move.milestone_id]
        on = dates[journey.pk].now[milestone.pk]
        if move.asked_by_id not in mine or on < today:
            continue
        yield Prompt(
            key=f"journeys.asked:{move.pk}",
            sentence=f"“{milestone}”: you asked for {day(move.to_on)} in place of {day(on)}",
            why=f"Until it is answered, {day(on)} stands.",
            minutes=1,
            url=_timetable(journey),
            button="Open the timetable",
            place=journey.cluster.name,
            waits_on="the programme manager",
        )


def _ticks(journey: Journey, stages: Stages, dates: Dates) -> Iterator[Prompt]:
    """What the open stage still wants, where ticks end it."""
    stage = stages.open_one
    n_left = _n_left(stage) if stage else 0
    if stage is None or not n_left:
        return
    yield Prompt(
        key=f"journeys.tick:{stage.pk}",
        sentence=f"Tick what is true in “{stage.name}”",
        why=_how_far(stage),
        minutes=min(n_left * A_TICK, MOST_MINUTES),
        url=stage.get_absolute_url(),
        button="Open the list",
        place=journey.cluster.name,
        due_on=dates.spans(journey.started_on, stages)[stage.position][1],
    )


def _n_left(stage: Stage) -> int:
    """Ticks that the stage still wants; 0 where no tick ends it."""
    is_plain = kinds.kind_of(stage).page == kinds.PLAIN_PAGE
    return stage.n_tests - stage.n_met if is_plain else 0


def _how_far(stage: Stage) -> str:
    if stage.n_tests == 1:
        return "The one test that ends this stage is not met yet."
    met = first_up(out_of(stage.n_met, stage.n_tests))
    return f"{met} tests that end this stage {'is' if stage.n_met == 1 else 'are'} met."


def _closing(journey: Journey, stages: Stages, dates: Dates) -> Iterator[Prompt]:
    stage = stages.open_one
    if stage is None or _still_wants(stage):
        return
    yield Prompt(
        key=f"journeys.close:{stage.pk}",
        sentence=f"Close “{stage.name}”",
        why="All that ends this stage is met. Closing it opens the next.",
        minutes=2,
        url=reverse(kinds.kind_of(stage).page, args=[stage.pk]),
        button="Open the stage",
        place=journey.cluster.name,
        due_on=dates.spans(journey.started_on, stages)[stage.position][1],
    )


def _still_wants(stage: Stage) -> bool:
    if kinds.kind_of(stage).page == kinds.PLAIN_PAGE:
        return bool(_n_left(stage))
    return bool(kinds.still_missing(stage))


def _passed(
    journey: Journey,
    dates: Dates,
    today: date,
    asked: Container[int],
    *,
    keeper: Keeper | None,
) -> Iterator[Prompt]:
    """Dates that are over and not met. `keeper`: only those of one kind; `asked`: those for which
    a move waits."""
    for milestone in dates.open_ones:
        on = dates.now[milestone.pk]
        if on >= today or (keeper and milestone.keeper != keeper):
            continue
        move = "move it" if milestone.keeper == Keeper.CLUSTER else "ask for it to be moved"
        met = "close its stage" if milestone.ends_stage else "say that it was met"
        yield Prompt(
            key=f"journeys.passed:{milestone.pk}:{on}",
            sentence=f"“{milestone}”: {met}, or {move}",
            why=f"It was planned for {day(on)}, {count((today - on).days, 'day')} ago.",
            minutes=3,
            url=f"{_timetable(journey)}#date-{milestone.pk}",
            button="Open the timetable",
            place=journey.cluster.name,
            due_on=on,
            waits_on="the programme manager" if milestone.pk in asked else "",
        )


def _standings(
    reader: Reader, journeys: Sequence[Journey], dates: dict[int, Dates], today: date
) -> Iterator[Prompt]:
    """For each organisation the reader speaks for: does a date that comes soon still stand?"""
    asked = list(_asked(reader, journeys, dates, today))
    said = _said([milestone for _, milestone, _, _ in asked])
    for journey, milestone, on, organisation in asked:
        if (milestone.pk, organisation, on) in said:
            continue
        yield Prompt(
            key=f"journeys.stands:{milestone.pk}:{on}:{organisation}",
            sentence=f"“{milestone}”: does {day(on)} still stand?",
            why=f"It comes {_in(on, today)}. Saying so takes a minute; if it does not, say it now.",
            minutes=1,
            url=reverse("journeys:stands", args=[milestone.pk]),
            button="Say whether it stands",
            place=journey.cluster.name,
            due_on=on,
            act=STANDS,
            act_on=milestone.pk,
            act_version=on.toordinal(),
        )


def _said(milestones: Sequence[Milestone]) -> set[tuple[int, int, date]]:
    """Milestone, organisation and day of what has been said to stand."""
    if not milestones:
        return set()
    return set(_standing([milestone.pk for milestone in milestones]))


@prepared
def _standing(milestones: Iterable[int]) -> QuerySet[Standing, tuple[int, int, date]]:
    said = Standing.objects.filter(milestone__in=milestones)
    return said.values_list("milestone", "organisation", "on")


def _asked(
    reader: Reader, journeys: Sequence[Journey], dates: dict[int, Dates], today: date
) -> Iterator[tuple[Journey, Milestone, date, int]]:
    for journey in journeys:
        voices = {
            seat.organisation
            for seat in reader.in_cluster(journey.cluster_id)
            if Role.CORE in seat.roles and seat.organisation
        }
        for milestone in dates[journey.pk].open_ones if voices else ():
            on = dates[journey.pk].now[milestone.pk]
            if today <= on <= today + ASK_BEFORE:
                for organisation in sorted(voices):
                    yield journey, milestone, on, organisation


def _unlogged(
    reader: Reader, journeys: Sequence[Journey], stages: dict[int, Stages], today: date
) -> Iterator[Prompt]:
    """For a facilitator: days that could still be used, and no line in the log for a while."""
    mine = [
        journey
        for journey in journeys
        if any(seat.role is Role.FACILITATOR for seat in reader.in_cluster(journey.cluster_id))
    ]
    lines = days_of_journeys(mine, stages) if mine else {}
    for journey in mine:
        here = lines[journey.pk]
        still = [line for line in here if line.left > 0 and line.n_closed < line.n_stages]
        last_on = max((line.last_on for line in here if line.last_on), default=journey.started_on)
        if still and (today - last_on).days >= UNLOGGED_AFTER:
            yield _unlogged_prompt(journey, still, (today - last_on).days)


def _unlogged_prompt(journey: Journey, still: Sequence[DaysLine], quiet: int) -> Prompt:
    left = "; ".join(f"{lower_first(line.name)}, {line.left_words}" for line in still)
    return Prompt(
        key=f"journeys.days:{journey.pk}",
        sentence="Log the days of help you have used, if any",
        why=f"No line for {count(quiet, 'day')}: {left}.",
        minutes=2,
        url=reverse("journeys:days", args=[journey.pk]),
        button="Open the log",
        place=journey.cluster.name,
    )


def _moves(reader: Reader) -> Iterator[Prompt]:
    """For a programme manager: moves that wait for an answer."""
    if not reader.has(Role.MANAGER):
        return
    moves: Iterable[MoveLine] = waiting_moves(visible(reader, rules.ANSWER_MOVE))
    for move in moves:
        yield Prompt(
            key=f"journeys.move:{move.key}",
            sentence=f"Answer a move of “{move.milestone}”",
            why=f"{move.asked_by} asks for {day(move.to_on)} in place of {day(move.from_on)}: "
            f"{move.reason}",
            minutes=3,
            url=reverse("journeys:answer_move", args=[move.key]),
            button="Read and answer",
            place=move.cluster,
        )


def _slow(
    reader: Reader, journeys: Sequence[Journey], stages: dict[int, Stages], today: date
) -> Iterator[Prompt]:
    """For a programme manager: clusters in which nothing was done for a while."""
    programmes = {seat.programme for seat in reader.seats if seat.role is Role.MANAGER}
    mine = [
        journey
        for journey in journeys
        if journey.cluster.programme_id in programmes and stages[journey.pk].open_one
    ]
    steps = last_steps(mine) if mine else {}
    for journey in mine:
        stepped = steps.get(journey.cluster_id)
        quiet = (today - (clock.day_of(stepped) if stepped else journey.started_on)).days
        if quiet >= SLOW_AFTER:
            yield Prompt(
                key=f"journeys.slow:{journey.pk}",
                sentence=f"Ask what holds {journey.cluster} up",
                why=since_step(quiet),
                minutes=10,
                url=journey.get_absolute_url(),
                button=f"Open {journey.cluster}",
                place=journey.cluster.name,
            )


def _timetable(journey: Journey) -> str:
    return reverse("journeys:timetable", args=[journey.pk])


def _in(on: date, today: date) -> str:
    days = (on - today).days
    return "today" if days == 0 else "tomorrow" if days == 1 else f"in {count(days, 'day')}"
