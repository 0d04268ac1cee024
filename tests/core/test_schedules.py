"""Schedules: once for each due day, whatever the clock and the workers do."""

import calendar
from datetime import UTC, date, datetime, timedelta
from threading import Event
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hedgerow.core import clock, schedules
from hedgerow.core.actors import Actor
from hedgerow.core.clock import LONDON
from hedgerow.core.jobs import run_worker
from hedgerow.core.models import Job, ScheduleRun
from hedgerow.core.schedules import Schedule

MONDAY = datetime(2026, 3, 16, 7, 0, tzinfo=UTC)
instants = st.integers(0, 3 * 366 * 24 * 60).map(
    lambda minutes: MONDAY + timedelta(minutes=minutes)
)
days = st.none() | st.integers(0, 6)
hours = st.integers(0, 23)


def planned(day=None, hour=7):
    return Schedule(name="test.weekly", day=day, hour=hour, function=print)


@given(days, hours, instants)
def test_the_newest_due_day_has_come_and_the_one_after_it_has_not(day, hour, at):
    schedule = planned(day, hour)
    due_on = schedule.due_on(at)
    here = at.astimezone(LONDON)
    after = due_on + timedelta(days=1 if day is None else 7)

    assert day is None or due_on.weekday() == day
    assert (due_on, hour) <= (here.date(), here.hour)
    assert (here.date(), here.hour) < (after, hour)


@pytest.mark.parametrize("hour", [0, 1, 2, 23])
def test_every_day_of_three_years_is_due_once(hour):
    schedule = planned(hour=hour)
    at, seen = datetime(2026, 1, 1, tzinfo=UTC), []
    while at < datetime(2029, 1, 1, tzinfo=UTC):
        due_on = schedule.due_on(at)
        if not seen or seen[-1] != due_on:
            seen.append(due_on)
        at += timedelta(minutes=30)

    assert seen == [seen[0] + timedelta(days=n) for n in range(len(seen))]
    assert len(seen) in (1096, 1097)


def test_an_hour_counts_by_the_clock_on_the_wall():
    schedule = planned(hour=7)
    assert schedule.due_on(datetime(2026, 7, 1, 5, 59, tzinfo=UTC)) == date(2026, 6, 30)
    assert schedule.due_on(datetime(2026, 7, 1, 6, 0, tzinfo=UTC)) == date(2026, 7, 1)


@pytest.fixture
def weekly(monkeypatch):
    """A schedule for Mondays at seven, alone in the table, and what it did."""
    done = []

    def act(*, by):
        done.append((by, clock.now()))

    monkeypatch.setattr(schedules, "_schedules", {})
    schedules.every("test.weekly", day=calendar.MONDAY, hour=7, function=act)
    return SimpleNamespace(done=done)


def work(at):
    with clock.at(at):
        run_worker(stop=Event(), once=True)


@pytest.mark.django_db
def test_a_schedule_begins_with_its_next_due_day(weekly):
    work(MONDAY + timedelta(days=2))
    assert weekly.done == []

    work(MONDAY + timedelta(days=7))
    assert weekly.done == [(Actor.clock(), MONDAY + timedelta(days=7))]


@pytest.mark.django_db
def test_a_due_day_is_kept_once(weekly):
    work(MONDAY - timedelta(hours=1))
    for minutes in range(0, 300, 7):
        work(MONDAY + timedelta(minutes=minutes))

    assert len(weekly.done) == 1


@pytest.mark.django_db
def test_after_weeks_without_a_worker_it_is_caught_up_once(weekly):
    work(MONDAY)
    work(MONDAY + timedelta(weeks=7, days=3))

    assert len(weekly.done) == 1
    assert ScheduleRun.objects.count() == 2


@pytest.mark.django_db
def test_a_clock_that_is_set_back_does_nothing_twice(weekly):
    work(MONDAY - timedelta(days=7))
    work(MONDAY)
    work(MONDAY - timedelta(hours=1))
    work(MONDAY - timedelta(days=1))
    work(MONDAY + timedelta(hours=1))

    assert len(weekly.done) == 1


@pytest.mark.django_db
def test_a_clock_that_is_set_back_before_the_beginning_does_nothing(weekly):
    work(MONDAY)
    work(MONDAY - timedelta(hours=1))

    assert weekly.done == []


@pytest.mark.django_db
def test_one_that_fails_is_tried_again_for_the_same_day(weekly, monkeypatch):
    work(MONDAY - timedelta(days=1))
    broken = Schedule(name="test.weekly", day=0, hour=7, function=lambda *, by: 1 / 0)
    monkeypatch.setitem(schedules._schedules, "test.weekly", broken)
    work(MONDAY)
    assert Job.objects.get().fault == "ZeroDivisionError"

    monkeypatch.undo()
    monkeypatch.setattr(schedules, "_schedules", {})
    schedules.every(
        "test.weekly", day=0, hour=7, function=lambda *, by: weekly.done.append((by, clock.now()))
    )
    work(MONDAY + timedelta(minutes=1))
    assert weekly.done == [(Actor.clock(), MONDAY + timedelta(minutes=1))]


@pytest.mark.django_db
def test_looking_again_costs_no_query_for_schedules(weekly, django_assert_num_queries):
    from hedgerow.core import jobs

    taken_up = {}
    with clock.at(MONDAY):
        jobs._take_up_schedules(taken_up)
        with django_assert_num_queries(0):
            jobs._take_up_schedules(taken_up)


def test_two_schedules_have_two_names(weekly):
    with pytest.raises(AssertionError, match="two schedules are called"):
        schedules.every("test.weekly", day=None, hour=1, function=print)
