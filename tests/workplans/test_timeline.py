"""The plan on a calendar: nothing stands outside it, and it is in the order of its days."""

import xml.etree.ElementTree as ET
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hedgerow.agreements.queries.promises import Holder, PromiseLine
from hedgerow.look.timelines import around, timeline_head, timeline_row
from hedgerow.workplans.queries.progress import ObjectiveLine, Progress
from hedgerow.workplans.queries.progress_steps import StepLine
from hedgerow.workplans.queries.timeline import drawn, in_order, timeline_of

ANY_DAY = st.dates()
NEAR = st.dates(date(2026, 1, 1), date(2028, 12, 31))
TODAY = date(2026, 6, 15)
HOLDER = Holder(seat=1, title="Chair", organisation="A", organisation_key=1, ended_on=None)


def step_line(number=1, *, promise=None, after=(), **said):
    planned_on = said.get("planned_on")
    row = {
        "key": number,
        "number": number,
        "title": f"Step {number}",
        "is_milestone": False,
        "is_quick_win": False,
        "starts_on": None,
        "planned_on": planned_on,
        "due_on": promise.due_on if promise else planned_on,
        "promise": promise,
        "pair": (),
        "wants": "",
        "after": after,
        "dropped_at": None,
        "dropped_because": "",
        **said,
    }
    row["days"] = (row["due_on"] - TODAY).days if row["due_on"] else None
    return StepLine(**row)


def promise_line(due_on, *, first=None, kept_on=None, let_go_on=None):
    return PromiseLine(
        key=1,
        version=1,
        words="Do it",
        first=HOLDER,
        second=None,
        alone_because="So.",
        due_on=due_on,
        first_due_on=first or due_on,
        days=(due_on - TODAY).days,
        kept_on=kept_on,
        let_go_on=let_go_on,
        ended_by="",
        reason="The hall was shut." if first else "",
        made_by="",
        made_on=TODAY,
        meeting=None,
        decision=None,
        came_from="",
    )


@st.composite
def steps(draw, days=ANY_DAY, number=1, after=()):
    """Any step: planned or promised, with or without days, done, stopped, late, moved."""
    is_milestone = draw(st.booleans())
    planned = draw(st.none() | days)
    starts = None if is_milestone or planned is None else draw(st.none() | days)
    if starts and planned and starts > planned:
        starts, planned = planned, starts
    promise = None
    if planned and draw(st.booleans()):
        became = draw(st.sampled_from(["open", "kept", "let_go"]))
        on = draw(days)
        promise = promise_line(
            draw(st.just(planned) | days),
            first=planned,
            kept_on=on if became == "kept" else None,
            let_go_on=on if became == "let_go" else None,
        )
    return step_line(
        number,
        promise=promise,
        after=after,
        starts_on=starts,
        planned_on=planned,
        is_milestone=is_milestone,
    )


@st.composite
def progresses(draw, days=ANY_DAY):
    n = draw(st.integers(1, 5))
    lines = [
        draw(steps(days, number, tuple(draw(st.sets(st.integers(1, n), max_size=2)) - {number})))
        for number in range(1, n + 1)
    ]
    return of(lines)


def of(lines):
    return Progress(
        objectives=(
            ObjectiveLine(
                key=1,
                version=1,
                number=1,
                title="We train together",
                for_whom="",
                judged_how="",
                judged_on=None,
                steps=tuple(lines),
                result="",
                words="",
                judged_by="",
                judged_at=None,
                dropped_at=None,
                dropped_because="",
            ),
        )
    )


def shapes(drawing, tag, cls=""):
    found = ET.fromstring(drawing).iter(tag)
    return [shape for shape in found if not cls or shape.get("class") == cls]


def number(shape, name):
    return float(shape.get(name).rstrip("%"))


@given(progresses(), ANY_DAY)
def test_whatever_the_days_every_shape_stands_inside_the_picture(progress, today):
    timeline = timeline_of(progress, today)

    assert timeline.calendar.first < timeline.calendar.last
    first, last = timeline.calendar.first, timeline.calendar.last
    for step in timeline.groups[0].steps:
        for bar in step.drawn.bars:  # of what is overdue, today may be too far off
            assert first <= bar.start
            assert bar.end <= last or bar.kind == "late"
        assert all(first <= day <= last for day, _ in step.drawn.marks)
        drawing = timeline_row(timeline.calendar, step.drawn)
        for rect in shapes(drawing, "rect"):
            x, width = number(rect, "x"), number(rect, "width")
            assert 0 <= x <= 100
            assert width >= 0
            assert x + width <= 100.11
        for line in shapes(drawing, "line"):
            assert 0 <= number(line, "x1") <= 100
            assert 0 <= number(line, "x2") <= 100
        for mark in shapes(drawing, "svg")[1:]:
            assert 0 <= number(mark, "x") <= 100


@given(progresses(NEAR))
def test_each_bar_ends_after_it_begins_and_no_two_bars_of_a_step_overlap(progress):
    for step in timeline_of(progress, TODAY).groups[0].steps:
        for bar in step.drawn.bars:
            assert bar.start < bar.end
        for one, next_one in zip(step.drawn.bars, step.drawn.bars[1:], strict=False):
            assert one.end <= next_one.start


@given(st.lists(steps(NEAR), max_size=6))
def test_steps_stand_in_the_order_of_their_days_and_none_is_lost(lines):
    lines = [step_with(line, number) for number, line in enumerate(lines, 1)]
    ordered = in_order(lines)

    first_days = [first_day(line) for line in ordered]
    known = [one for one in first_days if one]
    assert known == sorted(known)
    assert first_days == known + [None] * (len(lines) - len(known))
    assert sorted(line.number for line in ordered) == [line.number for line in lines]


def step_with(line, number):
    return StepLine(**{**vars(line), "number": number})


def first_day(line):
    days = [one for one in (line.starts_on, line.planned_on, line.due_on, line.on) if one]
    return min(days, default=None)


@given(ANY_DAY, st.integers(0, 40 * 365), ANY_DAY)
def test_the_head_has_few_words_whatever_the_time(first, n, today):
    last = min(date.max.toordinal(), first.toordinal() + n)
    calendar = around([first, date.fromordinal(last)], today)

    names = shapes(timeline_head(calendar), "text")
    assert len(names) <= 20
    places = [number(one, "x") for one in names]
    assert places == sorted(places)


def test_today_stands_in_the_picture_unless_it_is_far_off():
    days = [date(2026, 3, 3), date(2026, 9, 9)]

    assert around(days, TODAY).today == TODAY
    assert around(days, date(2027, 6, 1)).today is None
    assert around(days, date(2025, 6, 1)).today is None
    assert around([], TODAY).today == TODAY


def test_what_came_of_a_step_is_told_by_shapes_and_not_by_colour_alone():
    due = date(2026, 7, 1)
    stopped = drawn(
        step_line(promise=promise_line(due, let_go_on=TODAY), starts_on=TODAY - timedelta(9)),
        {},
        TODAY,
    )
    done = drawn(
        step_line(promise=promise_line(due, kept_on=TODAY), starts_on=TODAY - timedelta(9)),
        {},
        TODAY,
    )
    late = drawn(step_line(promise=promise_line(TODAY - timedelta(3))), {}, TODAY)
    slipped = drawn(
        step_line(
            promise=promise_line(date(2026, 8, 1), first=due), planned_on=due, starts_on=TODAY
        ),
        {},
        TODAY,
    )

    assert [sign for _, sign in stopped.marks] == ["stopped"]
    assert [sign for _, sign in done.marks] == ["done"]
    assert [bar.kind for bar in late.bars] == ["late"]
    assert [sign for _, sign in late.marks] == ["late"]
    assert [bar.kind for bar in slipped.bars] == ["planned", "left"]
    calendar = around([due], TODAY)
    assert len({timeline_row(calendar, row) for row in (stopped, done, late, slipped)}) == 4


def test_what_a_step_waits_for_is_drawn_where_that_ends():
    first = step_line(1, planned_on=date(2026, 7, 1))
    second = step_line(2, planned_on=date(2026, 9, 1), starts_on=date(2026, 8, 1), after=(1,))
    row = drawn(second, {1: first, 2: second}, TODAY)

    assert (row.waits, row.begins) == ((date(2026, 7, 1),), date(2026, 8, 1))
    drawing = timeline_row(around([date(2026, 7, 1), date(2026, 9, 1)], TODAY), row)
    assert len(shapes(drawing, "circle", "c-then")) == 1


@pytest.mark.parametrize(
    ("after", "words"), [((), ""), ((3,), "Waits for step 3"), ((3, 4), "Waits for steps 3 and 4")]
)
def test_what_a_step_waits_for_is_said_in_words(after, words):
    found = timeline_of(of([step_line(planned_on=TODAY, after=after)]), TODAY)

    assert found.groups[0].steps[0].waits == words


def test_a_step_without_a_day_is_in_the_list_and_draws_nothing():
    found = timeline_of(of([step_line(2), step_line(1, planned_on=TODAY)]), TODAY)

    assert [step.line.number for step in found.groups[0].steps] == [1, 2]
    assert found.groups[0].steps[0].drawn.marks == ((TODAY, "planned"),)
    assert found.groups[0].steps[1].drawn.bars == ()
    assert found.n == 2
