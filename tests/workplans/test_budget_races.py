"""Two people at one budget in one instant."""

import pytest

from hedgerow.agreements.ways import ways_of
from hedgerow.ledger.queries import by_line
from hedgerow.workplans.actions import budget_changes, budgets, spending
from hedgerow.workplans.models import Budget
from tests.at_once import all_at_once
from tests.factories import actor

from .budgeted import agreed, writing
from .planned import in_days

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


def changing(b, line, pence):
    return lambda: budgets.change_line(
        by=b.core,
        line=line,
        title="A trainer",
        kind="shared",
        category="training",
        pence=pence,
        version=line.version,
    )


def committing(b, seat, pence):
    award, today = b.award, in_days(0)
    return lambda: spending.commit(
        by=actor(seat),
        award=award,
        line=1,
        member=seat.organisation,
        pence=pence,
        on=today,
        words="An order",
    )


def putting(b):
    budget, closes_on = b.open, in_days(7)
    way = ways_of(b.p.cluster)[0]
    return lambda: budget_changes.put_change(
        by=b.core, budget=budget, words="", way=way, closes_on=closes_on, version=budget.version
    )


def test_of_two_who_edit_one_line_one_is_told():
    b = writing()
    line = b.adds()

    assert all_at_once(changing(b, line, 1_00), changing(b, line, 2_00)) == ["done", "refused"]

    line.refresh_from_db()
    assert (line.pence in (1_00, 2_00), line.version) == (True, 2)


def test_of_two_who_begin_a_change_one_does():
    b = agreed()

    def begin():
        budget_changes.begin_change(by=b.core, workplan=b.p.plan)

    assert all_at_once(begin, begin) == ["done", "refused"]
    assert Budget.objects.count() == 2


def test_of_two_who_begin_the_budget_one_does():
    b = writing()
    Budget.objects.all().delete()

    def begin():
        budgets.begin_budget(by=b.core, workplan=b.p.plan)

    assert all_at_once(begin, begin) == ["done", "refused"]
    assert Budget.objects.count() == 1


def test_two_lines_at_once_get_two_numbers():
    b = writing()

    def add():
        budgets.add_line(
            by=b.core, budget=b.open, title="A", kind="shared", category="training", pence=1
        )

    assert all_at_once(add, add, add) == ["done", "done", "done"]
    assert sorted(b.open.lines.values_list("number", flat=True)) == [1, 2, 3]


def test_two_orders_that_together_are_more_than_a_line_plans_are_not_both_taken():
    b = agreed()

    answers = all_at_once(committing(b, b.own.core, 600_00), committing(b, b.own.second, 600_00))

    assert answers == ["done", "refused"]
    assert by_line(b.award)[1].committed == 600_00


def test_a_line_is_lowered_by_what_is_put_or_ordered_on_and_never_both():
    b = agreed()
    b.begins_change()
    b.changes(1, pence=500_00)

    answers = all_at_once(putting(b), committing(b, b.own.core, 600_00))

    assert answers == ["done", "refused"]
    assert (b.state.put is None) == (1 in by_line(b.award))


def test_what_is_put_is_what_was_read():
    b = agreed()
    b.begins_change()
    line = b.changes(1, pence=500_00)

    answers = all_at_once(putting(b), changing(b, line, 400_00))

    assert answers == ["done", "refused"]
    assert (b.state.put is not None) == (line.__class__.objects.get(pk=line.pk).pence == 500_00)


def test_a_change_sent_twice_is_put_once():
    b = agreed()
    b.begins_change()
    b.changes(1, pence=500_00)
    put = putting(b)

    assert all_at_once(put, put) == ["done", "refused"]
    assert b.p.cluster.decisions.count() == 1
