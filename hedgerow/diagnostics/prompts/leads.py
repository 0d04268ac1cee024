"""What a round wants of whoever leads: to be opened, closed and talked through."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from django.urls import reverse

from hedgerow.agreements.queries.places import led_by
from hedgerow.core import clock
from hedgerow.core.rooms import Prompt
from hedgerow.diagnostics.models import Round
from hedgerow.diagnostics.queries.gathering import KNOWN, parts_in
from hedgerow.diagnostics.queries.round_status import RoundStatus
from hedgerow.diagnostics.queries.rounds import newest_in, status_of
from hedgerow.diagnostics.stage import PAGE
from hedgerow.journeys.models import ExitTest, Stage
from hedgerow.journeys.queries.gathered import open_on
from hedgerow.journeys.queries.parts import unticked_in
from hedgerow.look.words import count, day, first_up, listed
from hedgerow.people.access import ROUND_THE_TABLE
from hedgerow.people.models import Role
from hedgerow.people.readers import Reader

TO_OPEN, TO_CLOSE, TO_WRITE, A_TICK = 5, 2, 10, 2  # minutes
TALK_WITHIN = timedelta(days=56)  # of the close; later nobody is asked again


def of_leads(reader: Reader, rounds: Sequence[Round], today: date) -> Iterator[Prompt]:
    mine = {seat.cluster for seat in reader.seats if seat.roles & ROUND_THE_TABLE}
    stages = open_on(reader, PAGE, mine)
    newest = {round.cluster_id: round for round in rounds}  # by number, so that the last stays
    led = led_by(reader, {*newest, *stages})
    answered = status_of(round for key, round in newest.items() if key in led and round.is_open)
    for key, round in newest.items():
        if key not in led:
            continue
        if round.pk in answered:
            yield from _to_close(round, answered[round.pk], today)
        elif round.talked_on is None and today - clock.day_of(round.closed_at) <= TALK_WITHIN:
            yield _to_talk(round)
    first = {key: stage for key, stage in stages.items() if not _asked_in(stage, rounds)}
    for key, stage in first.items():
        if key in led and (key not in newest or not newest[key].is_open):
            yield _to_open(stage)
    last = [
        stage
        for key, stage in stages.items()
        if key not in first and not newest[key].is_open and newest[key].talked_on
    ]
    yield from _to_end(reader, last, led)


def _asked_in(stage: Stage, rounds: Sequence[Round]) -> bool:
    here = [round for round in rounds if round.cluster_id == stage.journey.cluster_id]
    return newest_in(stage, here) is not None


def _to_open(stage: Stage) -> Prompt:
    cluster = stage.journey.cluster
    return Prompt(
        key=f"diagnostics.open:{stage.pk}",
        sentence="Ask the members the first round of questions",
        why="What each is strong in and what presses is what you choose your focus from.",
        minutes=TO_OPEN,
        url=reverse("diagnostics:open_round", args=[cluster.pk]),
        button="Choose the questions",
        place=cluster.name,
    )


def _to_close(round: Round, stands: RoundStatus, today: date) -> Iterator[Prompt]:
    """Once all have answered, or once the day is over."""
    if stands.is_complete:
        yield Prompt(
            key=f"diagnostics.close:{round.pk}",
            sentence=f"Close {_named(round)}",
            why="All answers are in. Closing it keeps the picture as it is today.",
            minutes=TO_CLOSE,
            url=reverse("diagnostics:close_round", args=[round.pk]),
            button="See what it comes to",
            place=round.cluster.name,
        )
    elif round.due_on < today:
        names = listed(line.name for line in stands.waiting)
        yield Prompt(
            key=f"diagnostics.late:{round.pk}",
            sentence=f"See to the answers of {_named(round)} that are missing",
            why=f"The day was {day(round.due_on)}. Still missing: {names}. Remind them, choose "
            "another day, or close it without them.",
            minutes=TO_CLOSE,
            url=round.get_absolute_url(),
            button="Open the round",
            place=round.cluster.name,
        )


def _to_talk(round: Round) -> Prompt:
    return Prompt(
        key=f"diagnostics.talk:{round.pk}",
        sentence="Talk the picture through, and write down what came of it",
        why=f"{first_up(_named(round))} is closed. What do you all need, what have you among "
        "yourselves, and what lies outside that you could use?",
        minutes=TO_WRITE,
        url=reverse("diagnostics:write_talk", args=[round.pk]),
        button="Write it down",
        place=round.cluster.name,
    )


def _named(round: Round) -> str:
    return f"round {round.number} of the questions"


def _to_end(reader: Reader, stages: Sequence[Stage], led: set[int]) -> Iterator[Prompt]:
    """What the stage still wants once its picture was talked through. For who leads; ticks are
    for the Core Group in any case."""
    speaks = {seat.cluster for seat in reader.seats if Role.CORE in seat.roles}
    parts = parts_in(stage for stage in stages if stage.journey.cluster_id in led)
    mine = [stage for stage in stages if stage.journey.cluster_id in speaks]
    unticked = unticked_in(mine, KNOWN)
    for stage in stages:
        here = parts[stage.pk].values() if stage.pk in parts else ()
        if missing := [said for part in here for said in part.missing]:
            yield _to_do(stage, missing)
        if to_tick := unticked.get(stage.pk):
            yield _to_tick(stage, to_tick)


def _to_do(stage: Stage, missing: Sequence[str]) -> Prompt:
    verb = "is" if len(missing) == 1 else "are"
    return Prompt(
        key=f"diagnostics.gathering:{stage.pk}",
        sentence=f"See to what “{stage.name}” still wants",
        why=f"{first_up(count(len(missing), 'thing'))} {verb} missing. {missing[0]}",
        minutes=TO_OPEN,
        url=reverse(PAGE, args=[stage.pk]),
        button="Open the stage",
        place=stage.journey.cluster.name,
    )


def _to_tick(stage: Stage, tests: Sequence[ExitTest]) -> Prompt:
    return Prompt(
        key=f"diagnostics.tick:{stage.pk}",
        sentence=f"Tick what is true in “{stage.name}”",
        why=f"{first_up(count(len(tests), 'sentence'))} of this stage only you can answer for.",
        minutes=A_TICK * len(tests),
        url=f"{reverse(PAGE, args=[stage.pk])}#test-{tests[0].pk}",
        button="Open the stage",
        place=stage.journey.cluster.name,
    )
