"""When two of one organisation press at once, on a database that lets things happen at once."""

import pytest

from hedgerow.charter.actions import core_group as actions
from hedgerow.charter.models import Competition, Delegation
from hedgerow.units import Pence
from tests.at_once import all_at_once
from tests.factories import ProgrammeFactory, actor, team
from tests.journeys.test_races import n_events

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def t():
    return team(ProgrammeFactory())


def test_of_what_a_seat_says_at_once_the_last_holds_and_all_of_it_stays(t):
    answers = all_at_once(
        *[
            lambda days=days: actions.delegate(
                by=actor(t.core), seat=t.core, words="Our time.", up_to=Pence(0), days=days
            )
            for days in (1, 2, 3, 4)
        ]
    )

    assert answers == ["done"] * 4
    assert Delegation.objects.filter(ended_at=None).count() == 1
    assert Delegation.objects.count() == 4


def test_the_same_said_at_once_is_said_once(t):
    member = t.cluster.members.get(organisation=t.organisations[0])

    answers = all_at_once(
        *[
            lambda: actions.declare_competition(
                by=actor(t.core), member=member, where="", stops="", others=()
            )
            for _ in range(4)
        ]
    )

    assert answers == ["done"] * 4
    assert Competition.objects.count() == 1
    assert n_events("charter.competition_declared") == 1


def test_nobody_ends_up_competing_nowhere_and_somewhere(t):
    member = t.cluster.members.get(organisation=t.organisations[0])

    all_at_once(
        *[
            lambda where=where: actions.declare_competition(
                by=actor(t.core), member=member, where=where, stops="", others=()
            )
            for where in ("", "Tenders")
        ]
    )

    standing = Competition.objects.filter(taken_back_at=None)
    assert [said.where for said in standing] == ["Tenders"]
