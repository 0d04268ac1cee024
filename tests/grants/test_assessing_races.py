"""Two who answer, score or hand out at once, and one who takes the plan back meanwhile."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from hedgerow.grants.actions import assessing, awarding
from hedgerow.grants.models import Assignment
from hedgerow.grants.queries.assessing import assessment_page
from hedgerow.ledger.models import Award
from hedgerow.people.models import Role
from hedgerow.workplans.actions.gains import log_gain
from hedgerow.workplans.models import GainKind
from tests.at_once import all_at_once, tables_locked
from tests.factories import SeatFactory, actor, scene

from .assessed import Assessed, in_days

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def a():
    return Assessed(scene())


def agreeing(a, by=None):
    read = a.now()
    return lambda: a.agrees(read, by=by or a.manager)


def sending_back(a, by=None):
    read = a.now()
    return lambda: awarding.send_back(
        by=by or a.manager, submission=read, missing=["Who?"], version=read.version
    )


def taking_back(a):
    read = a.now()
    return lambda: a.handed.takes_back(read, version=read.version)


def test_of_two_managers_who_decide_at_once_one_does(a):
    other = actor(SeatFactory(role=Role.MANAGER, programme=a.s.programme))

    assert all_at_once(agreeing(a), sending_back(a, other)) == ["done", "refused"]
    assert Award.objects.count() == (a.now().answer == "agreed")


def test_to_agree_twice_at_once_makes_one_award(a):
    assert all_at_once(agreeing(a), agreeing(a)) == ["done", "refused"]
    assert Award.objects.count() == 1


def test_a_plan_is_agreed_or_taken_back_and_never_both(a):
    assert all_at_once(agreeing(a), taking_back(a)) == ["done", "refused"]
    assert Award.objects.exists() == (a.now().answer == "agreed")


def test_two_assessors_send_at_once_and_both_are_in(a):
    rows = a.gives(a.first, a.second)
    for row in rows:
        a.declares(row)
        a.keeps(row, 4, 3)

    assert all_at_once(lambda: a.sends(rows[0]), lambda: a.sends(rows[1])) == ["done", "done"]
    page = assessment_page(rows[0].assessment)
    assert page.is_shown
    assert [len(line.scores) for line in page.criteria] == [2, 2]


def test_scores_that_are_sent_while_the_plan_is_taken_back_are_in_or_refused(a):
    (row,) = a.gives()
    a.declares(row)
    a.keeps(row, 4, 3)

    answers = all_at_once(lambda: a.sends(row), taking_back(a))

    assert answers in (["done", "done"], ["done", "refused"])
    row.refresh_from_db()
    assert bool(row.sent_at) == (answers == ["done", "done"])


def test_an_assessor_is_given_a_plan_once(a):
    def giving():
        assessing.assign(by=a.manager, submission=a.plan, assessors=[a.first], due_on=in_days(9))

    assert all_at_once(giving, giving) == ["done", "refused"]
    assert Assignment.objects.count() == 1


def test_scores_are_in_or_it_is_decided_without_them(a):
    (row,) = a.gives()
    a.declares(row)
    a.keeps(row, 4, 3)
    row.refresh_from_db()

    answers = all_at_once(
        lambda: a.sends(row),
        lambda: assessing.take_off(by=a.manager, assignment=row, version=row.version),
    )

    assert answers == ["done", "refused"]
    row.refresh_from_db()
    assert bool(row.sent_at) != bool(row.taken_off_at)


def test_what_an_award_is_made_of_is_locked_before_the_answer_is_written_down(a):
    """Else whoever has the cluster or the member locked, and writes something down, and the manager
    who agrees would wait for each other."""
    with CaptureQueriesContext(connection) as asked:
        a.agrees()

    locked = tables_locked(asked)
    first = locked.index("core_recordhead")
    assert "people_cluster" in locked[:first]
    assert set(locked[first:]) <= {"core_recordhead", *locked[:first]}


def test_a_plan_is_agreed_while_its_cluster_writes_something_down(a):
    gains = [
        lambda: log_gain(
            by=actor(a.s.own.core),
            cluster=a.cluster,
            words="A caretaker.",
            kind=GainKind.SUPPORT,
            on=in_days(0),
            members=[a.s.own.organisations[0]],
        )
        for _ in range(5)
    ]

    assert all_at_once(agreeing(a), *gains) == ["done"] * 6
