"""When several press at once, on a database that lets things happen at once."""

from datetime import timedelta

import pytest

from hedgerow.core import clock
from hedgerow.core.models import Event
from hedgerow.journeys import actions
from hedgerow.journeys.models import Tick, Timetable
from tests.at_once import all_at_once
from tests.factories import actor

from .walks import walk

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


def n_events(did):
    return Event.objects.filter(did=did).count()


def test_of_six_who_close_a_stage_at_once_one_does():
    w = walk(starts_on=clock.today())
    w.tick_all()

    answers = all_at_once(
        *[lambda: actions.close_stage(by=w.core, stage=w.stage(1)) for _ in range(6)]
    )

    assert answers == ["done", *["refused"] * 5]
    assert n_events("journeys.stage_closed") == 1


def test_a_stage_never_closes_on_a_tick_that_is_being_taken_back():
    w = walk(starts_on=clock.today())
    w.tick_all()

    answers = all_at_once(
        lambda: actions.untick(by=w.core, exit_test=w.test("rules")),
        lambda: actions.close_stage(by=w.facilitator, stage=w.stage(1)),
    )

    assert answers == ["done", "refused"]
    stands = Tick.objects.filter(exit_test=w.test("rules"), undone_at=None).exists()
    assert stands == bool(w.stage(1).closed_at)


def test_of_two_who_tick_the_same_at_once_one_does():
    w = walk(starts_on=clock.today())
    test = w.test("rules")

    answers = all_at_once(
        lambda: actions.tick(by=w.core, exit_test=test, evidence="All said yes."),
        lambda: actions.tick(by=actor(w.team.second), exit_test=test, evidence="They did."),
    )

    assert answers == ["done", "refused"]
    assert Tick.objects.count() == 1


def test_of_four_who_move_dates_after_the_same_reading_one_does():
    w = walk(starts_on=clock.today())
    meeting = w.milestone("first-meeting")

    answers = all_at_once(
        *[
            lambda days=days: actions.move_date(
                by=w.core,
                milestone=meeting,
                to_on=clock.today() + timedelta(days=days),
                reason="The hall is taken.",
                version=1,
            )
            for days in (8, 9, 10, 11)
        ]
    )

    assert answers == ["done", *["refused"] * 3]
    assert Timetable.objects.count() == 2


def test_the_last_days_are_logged_once():
    w = walk(starts_on=clock.today())
    allowance = w.journey.allowances.get()

    answers = all_at_once(
        *[
            lambda: actions.log_days(
                by=w.facilitator,
                allowance=allowance,
                on=clock.today(),
                half_days=4,
                what="Meetings",
            )
            for _ in range(4)
        ]
    )

    assert answers == ["done", *["refused"] * 3]


def test_a_move_is_answered_by_one_of_two():
    w = walk(starts_on=clock.today())
    move = actions.ask_to_move(
        by=w.facilitator,
        milestone=w.milestone("answers-in"),
        to_on=clock.today() + timedelta(days=30),
        reason="Two were away.",
    )

    answers = all_at_once(
        lambda: actions.answer_move(by=w.manager, move=move, is_agreed=True),
        lambda: actions.answer_move(by=w.manager, move=move, is_agreed=False, answer="No."),
    )

    assert answers == ["done", "refused"]
    assert n_events("journeys.move_agreed") + n_events("journeys.move_refused") == 1
