"""Where a journey is, and what ends the stage it is in."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from hedgerow.core import clock
from hedgerow.journeys import kinds
from hedgerow.journeys.models import ExitTest, Journey, Stage, Tick
from hedgerow.journeys.words import lower_first, span
from hedgerow.look.words import day, first_up, out_of
from hedgerow.people.readers import seat_words, with_seats

from .gathered import Dates, Stages, dates_of, stages_of


@dataclass(frozen=True, kw_only=True)
class RunLine:
    """An earlier run of a stage: closed or left, and never open again."""

    key: int
    name: str
    when: str
    ended: str  # "Closed" or "Left"
    reason: str  # why it was run; empty for the first
    url: str


@dataclass(frozen=True, kw_only=True)
class StageLine:
    key: int
    position: int
    run: int
    name: str
    state: str  # done, now, next or later
    when: str
    note: str
    url: str
    reason: str  # why this run was added; empty for the first
    earlier: tuple[RunLine, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Where:
    """Where a journey is, as a sentence and as a place."""

    sentence: str
    place: str  # "Stage 2 of 6: finding the focus"
    stage: int | None  # key of the open one; None at the end
    position: int  # of the open one; one more than there are at the end
    n_stages: int
    name: str
    run: int


@dataclass(frozen=True, kw_only=True)
class Stands:
    """How one run of a stage stands."""

    sentence: str
    earlier: tuple[RunLine, ...]  # other runs of the same stage that are over
    next_name: str  # of the stage after it; empty for the last
    is_newest: bool
    where: Where  # the journey as a whole


@dataclass(frozen=True, kw_only=True)
class TickLine:
    evidence: str
    by: str
    on: date
    undone_by: str = ""
    undone_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class ExitTestLine:
    key: int
    slug: str
    sentence: str
    hint: str
    tick: TickLine | None  # the one that stands
    taken_back: tuple[TickLine, ...]  # newest first


def stage_lines(journey: Journey) -> list[StageLine]:
    """The newest run of each stage in order, with its earlier runs. Three queries."""
    return lines_of(journey, stages_of([journey])[journey.pk], dates_of([journey])[journey.pk])


def without_links(lines: Iterable[StageLine]) -> list[StageLine]:
    """For somebody who may not open the stages' own pages."""
    return [replace(line, url="") for line in lines]


def lines_of(journey: Journey, stages: Stages, dates: Dates) -> list[StageLine]:
    spans = dates.spans(journey.started_on, stages)
    is_next_named, found = False, []
    for stage in stages.newest:
        state = _state(stage, is_next_named)
        is_next_named = is_next_named or state == "next"
        earlier = (run for run in stages.runs if run.position == stage.position and run != stage)
        found.append(
            StageLine(
                key=stage.pk,
                position=stage.position,
                run=stage.run,
                name=stage.name,
                state=state,
                when=_when(stage, spans[stage.position]),
                note=_note(stage),
                url=stage.get_absolute_url(),
                reason=stage.reason,
                earlier=tuple(map(_run_line, earlier)),
            )
        )
    return found


def how_it_stands(stage: Stage) -> Stands:
    """Two queries, and those of who closed it."""
    stages, dates = stages_of([stage.journey])[stage.journey_id], dates_of([stage.journey])
    spans = dates[stage.journey_id].spans(stage.journey.started_on, stages)
    runs = [run for run in stages.runs if run.position == stage.position]
    later = [run for run in stages.newest if run.position > stage.position]
    ended_at = stage.closed_at or stage.left_at
    if not ended_at:
        sentence = f"{_when(stage, spans[stage.position])}."
    else:
        by = f" by {seat_words(stage.closed_by)}" if stage.closed_by else ""
        ended = f"Closed{by}" if stage.closed_at else "Left, when the journey went back"
        sentence = f"{span(clock.day_of(stage.opened_at), clock.day_of(ended_at))}. {ended}."
    return Stands(
        sentence=sentence,
        earlier=tuple(
            _run_line(run) for run in runs if run != stage and (run.closed_at or run.left_at)
        ),
        next_name=later[0].name if later else "",
        is_newest=runs[-1] == stage,
        where=where_of(stages),
    )


def where_we_are(journey: Journey) -> Where:
    """Two queries at most, and what the exit test of a room's own stage asks."""
    return where_of(stages_of([journey])[journey.pk])


def where_of(stages: Stages) -> Where:
    stage, n_stages = stages.open_one, len(stages.newest)
    if stage is None:
        ended_on = clock.day_of(max(run.closed_at for run in stages.newest))
        return Where(
            sentence=f"The journey is at its end: all {n_stages} stages are closed, "
            f"the last on {day(ended_on)}.",
            place="At the end of the journey",
            stage=None,
            position=n_stages + 1,
            n_stages=n_stages,
            name="At its end",
            run=1,
        )
    place = f"Stage {stage.position} of {n_stages}: {lower_first(stage.name)}"
    again = f", run {stage.run}" if stage.run > 1 else ""
    note = _note(stage)
    return Where(
        sentence=f"{place}{again}, since {day(clock.day_of(stage.opened_at))}. {note}".strip(),
        place=f"{place}{again}",
        stage=stage.pk,
        position=stage.position,
        n_stages=n_stages,
        name=stage.name,
        run=stage.run,
    )


def exit_test_lines(stage: Stage) -> list[ExitTestLine]:
    """The exit test of a stage, sentence by sentence. Two queries, and another for who ticked."""
    ticks = Tick.objects.filter(exit_test__stage=stage).order_by("-at", "-pk")
    by_test: dict[int, list[Tick]] = {}
    for tick in with_seats(ticks, "by", "undone_by"):
        by_test.setdefault(tick.exit_test_id, []).append(tick)
    return [
        _exit_test_line(test, by_test.get(test.pk, []))
        for test in ExitTest.objects.filter(stage=stage).order_by("position")
    ]


def _exit_test_line(test: ExitTest, ticks: Iterable[Tick]) -> ExitTestLine:
    lines = [_tick_line(tick) for tick in ticks]
    return ExitTestLine(
        key=test.pk,
        slug=test.slug,
        sentence=test.sentence,
        hint=test.hint,
        tick=next((line for line in lines if line.undone_on is None), None),
        taken_back=tuple(line for line in lines if line.undone_on),
    )


def _tick_line(tick: Tick) -> TickLine:
    return TickLine(
        evidence=tick.evidence,
        by=seat_words(tick.by),
        on=clock.day_of(tick.at),
        undone_by=seat_words(tick.undone_by) if tick.undone_by else "",
        undone_on=clock.day_of(tick.undone_at) if tick.undone_at else None,
    )


def _state(stage: Stage, is_next_named: bool) -> str:
    if stage.closed_at:
        return "done"
    if stage.is_open:
        return "now"
    return "later" if is_next_named else "next"


def _when(stage: Stage, planned: tuple[date, date]) -> str:
    first, last = planned
    if stage.closed_at:
        return span(clock.day_of(stage.opened_at), clock.day_of(stage.closed_at))
    if stage.is_open:
        return f"Since {day(clock.day_of(stage.opened_at))}; planned to end {day(last)}"
    return f"Planned {span(first, last)}"


def _note(stage: Stage) -> str:
    """How its exit test stands; before it begins, what happens in it. A room that knows by itself
    what is there has no ticks to count; it closed its stage once nothing was missing."""
    n_met = stage.n_met
    if not stage.opened_at or kinds.kind_of(stage).page != kinds.PLAIN_PAGE:
        if not stage.closed_at or not stage.n_tests:
            return stage.sentence
        n_met = stage.n_tests
    if stage.n_tests == 1:
        return f"Its one test is {'met' if n_met else 'not met yet'}."
    return f"{first_up(out_of(n_met, stage.n_tests))} tests met."


def _run_line(run: Stage) -> RunLine:
    ended_at = run.closed_at or run.left_at
    return RunLine(
        key=run.pk,
        name=f"{run.name}, run {run.run}",
        when=span(clock.day_of(run.opened_at), clock.day_of(ended_at)),
        ended="Closed" if run.closed_at else "Left",
        reason=run.reason,
        url=run.get_absolute_url(),
    )
