"""When two press at once, on a database that lets things happen at once."""

from datetime import timedelta

import pytest

from hedgerow.core import clock
from hedgerow.core.models import Mail
from hedgerow.diagnostics.actions import reminders, rounds
from hedgerow.diagnostics.models import Round, Talk, WhyNot
from tests.at_once import all_at_once
from tests.factories import ProgrammeFactory, actor, team
from tests.journeys.test_races import n_events

from .scenes_rounds import member_of, opened, said_why_not, talked

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def t():
    return team(ProgrammeFactory())


def test_of_rounds_opened_at_once_one_is_open(t):
    answers = all_at_once(
        *[
            lambda seat=seat: rounds.open_round(
                by=actor(seat),
                cluster=t.cluster,
                asked=[("capacity", [])],
                due_on=clock.today() + timedelta(days=7),
            )
            for seat in (t.core, t.second, t.third, t.facilitator)
        ]
    )

    assert answers == ["done", "refused", "refused", "refused"]
    assert Round.objects.get().askings.count() == 1
    assert n_events("diagnostics.round_opened") == 1


def test_a_member_that_several_remind_at_once_is_reminded_once(t):
    round = opened(t)

    answers = all_at_once(
        *[
            lambda seat=seat: reminders.nudge(
                by=actor(seat), member=member_of(t.second), round=round
            )
            for seat in (t.core, t.third, t.facilitator)
        ]
    )

    assert answers == ["done", "refused", "refused"]
    assert Mail.objects.count() == 1


def test_what_a_member_says_at_once_is_said_once(t):
    round = opened(t)

    answers = all_at_once(*[lambda: said_why_not(round, t.core) for _ in range(3)])

    assert answers == ["done"] * 3
    assert WhyNot.objects.count() == 1


def test_of_first_talks_written_at_once_one_stands_and_the_others_hear_of_it(t):
    round = opened(t)
    for seat in (t.core, t.second, t.third):
        said_why_not(round, seat)

    answers = all_at_once(*[lambda n=n: talked(t, round, needs=f"Need {n}.") for n in range(3)])

    assert answers == ["done", "refused", "refused"]
    assert Talk.objects.count() == 1
