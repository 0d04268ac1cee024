"""When several answer for a promise at once, on a database that lets things happen at once."""

from datetime import timedelta

import pytest

from hedgerow.agreements.actions import promises as actions
from hedgerow.core import clock
from hedgerow.core.actors import Actor
from hedgerow.people import actions as people
from tests.at_once import all_at_once
from tests.factories import ProgrammeFactory, actor, team
from tests.journeys.test_races import n_events

from .scenes_promises import pair_promise

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def t():
    return team(ProgrammeFactory())


def test_of_both_who_say_at_once_that_it_is_done_one_does(t):
    promise = pair_promise(t)

    answers = all_at_once(
        lambda: actions.keep(by=actor(t.core), promise=promise),
        lambda: actions.keep(by=actor(t.second), promise=promise),
        lambda: actions.keep(by=actor(t.facilitator), promise=promise),
    )

    assert answers == ["done", "refused", "refused"]
    assert n_events("agreements.promise_kept") == 1


def test_a_promise_is_never_both_kept_and_let_go(t):
    promise = pair_promise(t)

    answers = all_at_once(
        lambda: actions.keep(by=actor(t.core), promise=promise),
        lambda: actions.let_go(by=actor(t.second), promise=promise, reason="No time."),
    )

    assert answers == ["done", "refused"]


def test_of_two_who_take_it_up_at_once_one_does(t):
    promise = pair_promise(t)
    actions.keep(by=actor(t.core), promise=promise)

    answers = all_at_once(
        *[
            lambda seat=seat: actions.take_up_again(by=actor(seat), promise=promise, reason="So.")
            for seat in (t.core, t.second)
        ]
    )

    assert answers == ["done", "refused"]
    assert promise.steps.count() == 2


def test_of_two_who_move_it_after_the_same_reading_one_does(t):
    promise = pair_promise(t)

    answers = all_at_once(
        *[
            lambda seat=seat, days=days: actions.move_promise(
                by=actor(seat),
                promise=promise,
                due_on=clock.today() + timedelta(days=days),
                reason="So.",
                version=1,
            )
            for seat, days in ((t.core, 9), (t.second, 10))
        ]
    )

    assert answers == ["done", "refused"]
    promise.refresh_from_db()
    assert promise.version == 2


def test_of_two_who_take_it_over_after_the_same_reading_one_does(t):
    promise = pair_promise(t)
    people.end_seat(by=Actor.command(), seat=t.second)

    answers = all_at_once(
        *[
            lambda seat=seat: actions.take_over(
                by=actor(seat),
                promise=promise,
                first=t.core,
                second=t.third,
                alone_because="",
                version=1,
            )
            for seat in (t.core, t.facilitator)
        ]
    )

    assert answers == ["done", "refused"]
