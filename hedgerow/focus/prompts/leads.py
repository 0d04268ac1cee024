"""The next thing that a cluster wants of whoever leads it: one at a time."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from django.urls import reverse

from hedgerow.agreements.queries.places import led_by
from hedgerow.analysis.red_spot import Shortlist
from hedgerow.core.rooms import Prompt
from hedgerow.focus.models import Shortlisting
from hedgerow.focus.queries.finding import parts_in, unticked_in
from hedgerow.focus.queries.finding_facts import facts_in
from hedgerow.focus.queries.shortlisting import stands_of
from hedgerow.focus.queries.under_way import AtWork
from hedgerow.focus.queries.waiting import Asked
from hedgerow.focus.stage import PAGE
from hedgerow.journeys.models import ExitTest, Stage
from hedgerow.journeys.queries.gathered import open_on
from hedgerow.journeys.queries.parts import Part
from hedgerow.look.words import count, day, first_up, listed
from hedgerow.people.models import Cluster, Role
from hedgerow.people.readers import Reader

from .members import name_of, page_of
from .steps import next_of_shortlist

FEWEST_IDEAS = 3  # from which a shortlisting is worth beginning
TO_BEGIN, TO_CLOSE, TO_OPEN, TO_WRITE, A_TICK = 5, 2, 2, 10, 2  # minutes


def of_leads(
    reader: Reader, here: Sequence[AtWork], asked: Sequence[Asked], today: date
) -> Iterator[Prompt]:
    stages = open_on(reader, PAGE, {seat.cluster for seat in reader.seats})
    wanted = {
        one.cluster.pk
        for one in here
        if one.shortlisting or one.share_out or one.waits or one.cluster.pk in stages
    }
    led = led_by(reader, wanted)
    mine = [one for one in here if one.cluster.pk in led]
    paused = _paused(mine, asked)
    facts = facts_in(one.cluster.pk for one in mine if one.waits and not one.shortlisting)
    parts = parts_in(stage for key, stage in stages.items() if key in led)
    for one in mine:
        key, stage = one.cluster.pk, stages.get(one.cluster.pk)
        prompt = (
            _of_shortlisting(one, asked, paused, today)
            or _to_close(_open(one, asked, "marks"), today)
            or _to_begin(one, stage)
            or (next_of_shortlist(one.cluster, facts[key]) if key in facts else None)
            or (_to_do(stage, parts[stage.pk].values()) if stage and not one.shortlisting else None)
        )
        if prompt:
            yield prompt
    yield from _to_tick(reader, stages)


def _paused(mine: Sequence[AtWork], asked: Sequence[Asked]) -> Mapping[int, Shortlist]:
    """How those stand in which no round is open, and nothing waits to come back. Five queries, or
    none."""
    busy = {one.cluster.pk for one in asked if one.is_open and one.kind != "marks"}
    keys = [one.shortlisting for one in mine if one.shortlisting and one.cluster.pk not in busy]
    return stands_of([Shortlisting(pk=key) for key in keys]) if keys else {}


def _open(one: AtWork, asked: Sequence[Asked], *kinds: str) -> Asked | None:
    here = (it for it in asked if it.cluster == one.cluster and it.is_open and it.kind in kinds)
    return next(here, None)


def _of_shortlisting(
    one: AtWork, asked: Sequence[Asked], paused: Mapping[int, Shortlist], today: date
) -> Prompt | None:
    if one.shortlisting is None:
        return None
    if one.shortlisting not in paused:
        return _to_close(_open(one, asked, "spots", "votes"), today)
    state = paused[one.shortlisting]
    if state.stage == "tied":
        return _to_settle(one, len(state.rounds[-1].lowest))
    if state.stage == "done":
        return _to_write(one, len(state.standing))
    return _to_open(one, len(state.standing))


def _to_close(one: Asked | None, today: date) -> Prompt | None:
    """Once all have spoken, or once its day is over."""
    if one is None:
        return None
    if not one.missing:
        return Prompt(
            key=f"focus.close_{one.kind}:{one.thing.pk}",
            sentence=f"Close {name_of(one)}",
            why="All members have spoken. Once it is closed, all of you see what came of it.",
            minutes=TO_CLOSE,
            url=page_of(one),
            button="See who has spoken",
            place=one.cluster.name,
        )
    if one.due_on and one.due_on < today:
        return Prompt(
            key=f"focus.late_{one.kind}:{one.thing.pk}",
            sentence=f"See to the members who are silent in {name_of(one)}",
            why=f"The day was {day(one.due_on)}. Not in yet: {listed(one.missing)}. Ask them, or "
            "close it without them.",
            minutes=TO_CLOSE,
            url=page_of(one),
            button="See who has spoken",
            place=one.cluster.name,
        )
    return None


def _to_begin(one: AtWork, stage: Stage | None) -> Prompt | None:
    if stage is None or one.has_begun or one.shortlist or one.n_ideas < FEWEST_IDEAS:
        return None
    return Prompt(
        key=f"focus.begin:{one.cluster.pk}",
        sentence="Begin the shortlisting",
        why=f"{first_up(count(one.n_ideas, 'idea'))} are on the long list. Red spots come first, "
        "then votes, until three are left or fewer.",
        minutes=TO_BEGIN,
        url=reverse("focus:begin_shortlisting", args=[one.cluster.pk]),
        button="Choose the ideas",
        place=one.cluster.name,
    )


def _of_pause(one: AtWork, what: str, sentence: str, why: str, minutes: int, button: str) -> Prompt:
    return Prompt(
        key=f"focus.{what}:{one.shortlisting}",
        sentence=sentence,
        why=why,
        minutes=minutes,
        url=reverse("focus:shortlisting", args=[one.shortlisting]),
        button=button,
        place=one.cluster.name,
    )


def _to_settle(one: AtWork, n: int) -> Prompt:
    return _of_pause(
        one,
        "settle",
        f"Say what becomes of {count(n, 'idea')} that are level",
        "They have the fewest votes, all the same. Talk about them; then let all of them go, or "
        "vote again.",
        TO_CLOSE,
        "See which are level",
    )


def _to_open(one: AtWork, n: int) -> Prompt:
    return _of_pause(
        one,
        "open",
        "Open the next round of votes",
        f"{first_up(count(n, 'idea'))} stand. Talk about them first.",
        TO_OPEN,
        "See what stands",
    )


def _to_write(one: AtWork, n: int) -> Prompt:
    left = f"{first_up(count(n, 'idea'))} {'is' if n == 1 else 'are'} left."
    return _of_pause(
        one,
        "write",
        "Write the shortlist down",
        f"{left} The votes are advice. You talk, then you decide.",
        TO_WRITE,
        "See what is left",
    )


def _to_do(stage: Stage, parts: Sequence[Part]) -> Prompt | None:
    missing = [said for part in parts for said in part.missing]
    if not missing:
        return None
    verb = "is" if len(missing) == 1 else "are"
    return Prompt(
        key=f"focus.finding:{stage.pk}",
        sentence=f"See to what “{stage.name}” still wants",
        why=f"{first_up(count(len(missing), 'thing'))} {verb} missing. {missing[0]}",
        minutes=TO_BEGIN,
        url=reverse(PAGE, args=[stage.pk]),
        button="Open the stage",
        place=stage.journey.cluster.name,
    )


def _to_tick(reader: Reader, stages: Mapping[int, Stage]) -> Iterator[Prompt]:
    """For every Core Group member: what no fact of the room answers."""
    speaks = {seat.cluster for seat in reader.seats if Role.CORE in seat.roles}
    mine = [stage for key, stage in stages.items() if key in speaks]
    unticked = unticked_in(mine)
    for stage in mine:
        if to_tick := unticked[stage.pk]:
            yield _ticks(stage, to_tick, stage.journey.cluster)


def _ticks(stage: Stage, tests: Sequence[ExitTest], cluster: Cluster) -> Prompt:
    return Prompt(
        key=f"focus.tick:{stage.pk}",
        sentence=f"Tick what is true in “{stage.name}”",
        why=f"{first_up(count(len(tests), 'sentence'))} of this stage only you can answer for.",
        minutes=A_TICK * len(tests),
        url=f"{reverse(PAGE, args=[stage.pk])}#test-{tests[0].pk}",
        button="Open the stage",
        place=cluster.name,
    )
