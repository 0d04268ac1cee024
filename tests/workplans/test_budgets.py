"""A budget is written line by line, handed in with the plan, and kept."""

import pytest

from hedgerow.core import clock
from hedgerow.core.actions import Refused, Stale
from hedgerow.core.models import Event
from hedgerow.journeys.actions import submissions
from hedgerow.journeys.models import Answered
from hedgerow.people.models import Member
from hedgerow.workplans.actions import budgets
from hedgerow.workplans.actions.budget_checks import MOST_LINES
from hedgerow.workplans.models import Budget, BudgetLine
from hedgerow.workplans.queries.budgets import (
    budget_states,
    lines_of,
    standing_budget,
)
from tests.factories import OrganisationFactory, SeatFactory, actor
from tests.journeys.walks import at

from .budgeted import Budgeted, agreed, writing
from .planned import begun, in_days

pytestmark = pytest.mark.django_db


def test_a_plan_without_a_budget_has_none_that_holds():
    p = begun()

    assert standing_budget(p.plan) is None
    assert budget_states([p.plan.pk])[p.plan.pk].open is None


def test_what_is_written_holds_until_it_is_handed_in():
    b = writing()
    b.adds()

    assert standing_budget(b.p.plan) == b.state.open == b.open
    assert [(line.title, line.pence) for line in lines_of(b.open)] == [("A trainer", 1_000_00)]


def test_a_budget_is_begun_once():
    b = writing()

    with pytest.raises(Refused, match="being written already"):
        b.begins()


def test_a_line_says_what_for_whom_and_how_much():
    b = writing()
    objective = b.p.adds()
    b.adds("  Laptops ", 900_50, category="equipment", objective=objective)
    b.adds(
        "Backups", 100_00, kind="levelling_up", category="software", member=b.own.organisations[1]
    )
    b.gives(b.own.organisations[2], 12, 240_00)

    laptops, backups, room = lines_of(b.open)

    assert (laptops.title, laptops.objective, laptops.member) == ("Laptops", 1, None)
    assert (backups.kind, backups.member) == ("levelling_up", b.own.organisations[1].pk)
    assert (room.hours, room.pence, room.is_money) == (12, 240_00, False)
    assert Event.objects.filter(did="workplans.budget_line_added").last().detail == {
        "budget": 1,
        "line": 3,
        "pence": 240_00,
        "hours": 12,
    }


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"title": "  "}, "what this is for"),
        ({"title": "Two\nlines"}, "on one line"),
        ({"title": "x" * 161}, "160 characters"),
        ({"pence": 0}, "an amount above nothing"),
        ({"pence": -5}, "not below nothing"),
        ({"pence": 10**13}, "more than Hedgerow can hold"),
        ({"kind": "gift"}, "not known here"),
        ({"category": "gift"}, "not known here"),
        ({"hours": 3}, "Hours are given in kind"),
        ({"kind": "levelling_up"}, "which member this brings up"),
        ({"kind": "in_kind", "pence": 0}, "how many hours"),
        ({"kind": "in_kind", "hours": 10**6}, "more than can be"),
        ({"kind": "in_kind", "hours": 2}, "which member gives"),
    ],
)
def test_a_line_that_says_nothing_of_use_is_refused_with_what_to_do(said, why):
    b = writing()

    with pytest.raises(Refused, match=why):
        b.adds(**said)

    assert not BudgetLine.objects.exists()


def test_a_line_is_for_a_member_and_towards_an_objective_that_is_there():
    b, other = writing(), writing()
    dropped = b.p.adds()
    dropped.dropped_because, dropped.dropped_by, dropped.dropped_at = "So.", b.own.core, clock.now()
    dropped.save()

    with pytest.raises(Refused, match="is not a member of"):
        b.adds(member=OrganisationFactory())
    with pytest.raises(Refused, match="was dropped on"):
        b.adds(objective=dropped)
    with pytest.raises(ValueError, match="of its own plan"):
        b.adds(objective=other.p.adds())


def test_what_was_towards_a_dropped_objective_is_of_the_whole_plan():
    b = writing()
    objective = b.p.adds()
    b.adds(objective=objective)
    objective.dropped_because, objective.dropped_by = "So.", b.own.core
    objective.dropped_at = clock.now()
    objective.save()

    assert lines_of(b.open)[0].objective is None


def test_a_number_is_never_given_twice():
    b = writing()
    b.adds("One")
    b.adds("Two")
    b.drops(1)
    b.adds("Three")

    assert [(line.number, line.title) for line in lines_of(b.open)] == [(2, "Two"), (3, "Three")]


def test_a_budget_can_be_over_the_award_while_it_is_written_and_not_handed_in():
    b = writing()
    b.adds(pence=15_300_00)

    with pytest.raises(Refused, match=r"£300 over the award of £15,000. Take it off first"):
        b.hands_in()

    assert b.open.frozen_at is None
    b.changes(1, pence=15_000_00)
    b.hands_in()
    assert b.standing.frozen_at


def test_the_terms_of_the_programme_come_before_its_design():
    b = writing()
    b.gives_terms(10_000_00)
    b.adds(pence=10_000_01)

    with pytest.raises(Refused, match=r"£0.01 over the award of £10,000"):
        b.hands_in()


def test_what_is_given_in_kind_is_no_money_of_the_award():
    b = writing()
    b.adds(pence=15_000_00)
    b.gives(b.own.organisations[0], 100, 9_000_00)

    assert b.hands_in().pk == b.standing.submission_id


def test_a_line_read_before_it_changed_is_not_written_over():
    b = writing()
    line = b.adds()
    b.changes(1, pence=2_000_00)

    with pytest.raises(Stale):
        budgets.change_line(
            by=b.core,
            line=line,
            title="A trainer",
            kind="shared",
            category="training",
            pence=3_00,
            version=line.version,
        )
    with pytest.raises(Stale):
        budgets.drop_line(by=b.core, line=line, version=line.version)

    assert b.line(1).pence == 2_000_00


def test_a_line_that_is_gone_is_said_to_be_gone():
    b = writing()
    line = b.adds()
    b.drops(1)

    with pytest.raises(Refused, match="took this away"):
        budgets.drop_line(by=b.core, line=line, version=line.version)


def test_a_budget_has_so_many_lines():
    b = writing()
    BudgetLine.objects.bulk_create(
        BudgetLine(budget=b.open, number=n, title="A", pence=1, kind="shared", category="training")
        for n in range(1, MOST_LINES + 1)
    )

    with pytest.raises(Refused, match="200 lines at most"):
        b.adds()


# handing in, and after


def test_handing_in_keeps_the_budget_and_nothing_is_written_until_the_answer():
    b = writing()
    line = b.adds()
    row = b.hands_in()

    assert (b.standing.submission, b.state.open) == (row, None)
    with pytest.raises(Refused, match=r"was handed in on .* and stays as it is"):
        budgets.change_line(
            by=b.core,
            line=line,
            title="A",
            kind="shared",
            category="training",
            pence=1,
            version=line.version,
        )
    with pytest.raises(Refused, match="Take it back first"):
        b.begins()


@pytest.mark.parametrize("how", ["sent back", "taken back"])
def test_a_plan_that_came_back_is_written_in_another_budget_with_the_same_lines(how):
    b = writing()
    b.adds(objective=b.p.adds())
    b.gives(b.own.organisations[2])
    row = b.hands_in()
    first = b.standing
    if how == "sent back":
        b.is_answered(Answered.RETURNED, "Say who trains.")
    else:
        submissions.take_back(by=b.core, submission=row, version=row.version)
    assert b.standing == first

    second = b.begins()

    assert (second.number, b.standing) == (2, second)
    assert lines_of(second) == lines_of(first)
    b.changes(1, pence=5_00)
    assert [line.pence for line in lines_of(first)] == [1_000_00, 0]


def test_a_budget_nobody_wrote_in_again_is_handed_in_as_it_was():
    b = writing()
    b.adds()
    b.hands_in()
    b.is_answered(Answered.RETURNED, "Say who trains.")

    row = b.hands_in()

    assert (b.standing.number, b.standing.submission) == (2, row)
    assert len(lines_of(b.standing)) == 1


def test_a_plan_without_a_budget_is_not_handed_in():
    b = Budgeted(p=begun())

    with pytest.raises(Refused, match="There is no budget yet"):
        b.hands_in()

    assert not b.p.journey.submissions.filter(budget__isnull=False).exists()


def test_nothing_is_asked_for_an_organisation_that_has_left():
    b = writing()
    third = b.own.organisations[2]
    b.adds("Laptops", member=third)
    Member.objects.filter(organisation=third).update(left_at=clock.now())

    with pytest.raises(Refused, match=r"not a member any more. Say whom it is for now"):
        b.hands_in()


def test_once_it_is_agreed_a_budget_is_changed_by_a_decision_alone():
    b = agreed()

    with pytest.raises(Refused, match="changed by a decision"):
        b.begins()


def test_who_has_no_seat_there_any_more_writes_nothing():
    b = writing()
    stranger = SeatFactory()

    with pytest.raises(Refused, match="no seat in"):
        budgets.add_line(
            by=actor(stranger),
            budget=b.open,
            title="A",
            kind="shared",
            category="training",
            pence=1,
        )


def test_a_cluster_that_has_ended_writes_nothing():
    b = writing()
    b.p.cluster.ended_at = clock.now()
    b.p.cluster.save()

    with pytest.raises(Refused, match="ended"):
        b.adds()


def test_what_holds_is_asked_in_one_query_for_many_plans(django_assert_num_queries):
    plans = [writing().p.plan.pk for _ in range(4)]

    with django_assert_num_queries(1):
        states = budget_states(plans)

    assert all(state.open for state in states.values())
    assert Budget.objects.count() == 4


def test_many_plans_with_changes_cost_no_more(django_assert_max_num_queries):
    plans = []
    for n in range(3):
        with at(in_days(n)):
            b = agreed()
            b.begins_change()
            b.changes(1, pence=900_00)
            b.votes(b.puts())
        plans.append(b.p.plan.pk)

    with django_assert_max_num_queries(4):
        states = budget_states(plans)

    assert all(state.verdict for state in states.values())
