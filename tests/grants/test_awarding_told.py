"""What waits for whom on the programme's side, and what a cluster reads of its answer."""

from datetime import timedelta

import pytest
from django.urls import reverse

from hedgerow.core import clock
from hedgerow.core.readings import reading
from hedgerow.front.queries import dates_of, panels_of
from hedgerow.grants import panels as of_panels
from hedgerow.grants.prompts import prompts
from hedgerow.journeys.queries.gathered import has_come_to
from hedgerow.ledger.actions import (
    ConditionSaid,
    InstalmentSaid,
    change_amount,
    doubt_instalment,
    meet_condition,
    release_instalment,
    tell_condition,
    tell_instalment,
)
from hedgerow.people.models import Role
from tests.factories import SeatFactory, reader, through_the_glass
from tests.front.pages import page

from .assessed import LEVELLING_UP, MAIN, in_days

pytestmark = pytest.mark.django_db


def asked(seat):
    return {p.key.split(":")[0]: p for p in prompts(reader(seat), clock.today())}


def panel(seat, cluster):
    found = [p for p in of_panels.panels(reader(seat), cluster)]
    return found[0] if found else None


def in_parts():
    return [
        InstalmentSaid(tranche="main", pence=MAIN, due_on=clock.today()),
        InstalmentSaid(
            tranche="levelling_up", pence=LEVELLING_UP, when="Two are trained", due_on=in_days(40)
        ),
    ]


# next for you


def test_a_plan_waits_for_its_manager_until_it_is_answered(a):
    prompt = asked(a.manager_seat)["grants.plan"]
    assert prompt.sentence == f"The plan of {a.cluster} waits for your answer"
    assert prompt.url == reverse("grants:decide", args=[a.plan.pk])

    a.sends_back("Who?")
    assert not asked(a.manager_seat)


def test_a_return_a_condition_and_a_part_of_the_award_wait_for_the_manager(a):
    award = a.agrees(conditions=[ConditionSaid(words="Say who leads.")], instalments=in_parts())
    assert set(asked(a.manager_seat)) == {"grants.instalment"}
    condition = award.conditions.get()
    condition = tell_condition(
        by=a.handed.core, condition=condition, told="Open Door.", version=condition.version
    )
    row = a.hands_in_return()

    found = asked(a.manager_seat)
    assert set(found) == {"grants.instalment", "grants.condition", "grants.return"}
    assert found["grants.return"].url == reverse("grants:return_answer", args=[row.pk])
    assert found["grants.condition"].url == reverse("ledger:meet_condition", args=[condition.pk])
    meet_condition(by=a.manager, condition=condition, version=condition.version)
    assert "grants.condition" not in asked(a.manager_seat)


def tells(a, part, told="Both have their certificate."):
    return tell_instalment(by=a.handed.core, instalment=part, told=told, version=part.version)


def test_a_part_without_a_day_waits_for_the_manager_once_the_cluster_says_it_is_reached(a):
    award = a.agrees(
        instalments=[
            InstalmentSaid(tranche="main", pence=MAIN),
            InstalmentSaid(tranche="levelling_up", pence=LEVELLING_UP, when="Two are trained"),
        ]
    )
    part = award.instalments.get(released=None)
    assert not asked(a.manager_seat)

    part = tells(a, part)

    prompt = asked(a.manager_seat)["grants.reached"]
    assert prompt.sentence == f"{a.cluster} says that what £400 waits for is reached"
    assert prompt.url == reverse("ledger:release", args=[part.pk])
    release_instalment(
        by=a.manager, instalment=part, on=clock.today(), words="", version=part.version
    )
    assert not asked(a.manager_seat)


def test_once_the_manager_has_said_not_yet_nothing_waits_for_them_until_it_is_said_anew(a):
    award = a.agrees(
        instalments=[
            InstalmentSaid(tranche="main", pence=MAIN),
            InstalmentSaid(
                tranche="levelling_up",
                pence=LEVELLING_UP,
                when="Two are trained",
                due_on=clock.today(),
            ),
        ]
    )
    part = tells(a, award.instalments.get(released=None))

    part = doubt_instalment(
        by=a.manager, instalment=part, reason="One of them is.", version=part.version
    )

    assert not asked(a.manager_seat)
    tells(a, part, "The other is too.")
    assert set(asked(a.manager_seat)) == {"grants.reached"}


def test_of_a_part_that_was_doubted_before_its_day_the_day_is_told_all_the_same(a):
    on = clock.today() + timedelta(days=30)
    award = a.agrees(
        instalments=[
            InstalmentSaid(tranche="main", pence=MAIN),
            InstalmentSaid(
                tranche="levelling_up", pence=LEVELLING_UP, when="Two are trained", due_on=on
            ),
        ]
    )
    part = tells(a, award.instalments.get(released=None))
    doubt_instalment(by=a.manager, instalment=part, reason="Are they?", version=part.version)
    assert not asked(a.manager_seat)

    with clock.at(clock.now() + timedelta(days=30)):
        assert set(asked(a.manager_seat)) == {"grants.instalment"}


def test_a_part_that_is_said_to_be_reached_and_whose_day_has_come_waits_once(a):
    award = a.agrees(
        instalments=[
            InstalmentSaid(tranche="main", pence=MAIN),
            InstalmentSaid(
                tranche="levelling_up",
                pence=LEVELLING_UP,
                when="Two are trained",
                due_on=clock.today(),
            ),
        ]
    )
    assert set(asked(a.manager_seat)) == {"grants.instalment"}

    tells(a, award.instalments.get(released=None))

    assert set(asked(a.manager_seat)) == {"grants.reached"}


def test_what_a_raise_adds_waits_for_the_manager_at_once(a):
    award = a.agrees(
        amounts={"main": MAIN - 50_00},
        instalments=[InstalmentSaid(tranche="main", pence=MAIN - 50_00)],
    )
    assert not asked(a.manager_seat)

    change_amount(
        by=a.manager,
        award=award,
        verb="award",
        tranche="main",
        pence=50_00,
        on=clock.today(),
        words="One more trainer.",
    )

    prompt = asked(a.manager_seat)["grants.free_instalment"]
    assert prompt.sentence == f"£50 for {a.cluster} can be released"
    part = award.instalments.get(released=None)
    assert prompt.url == reverse("ledger:release", args=[part.pk])


def test_another_programmes_manager_and_a_viewer_are_asked_nothing(a):
    a.gives()

    for seat in (a.s.other_staff[Role.MANAGER], a.s.staff[Role.VIEWER], a.s.own.core, a.second):
        assert not asked(seat)


def test_an_assessor_is_asked_to_declare_then_to_score_and_then_nothing(a):
    (row,) = a.gives(due_on=in_days(9))
    found = asked(a.first)
    assert set(found) == {"grants.declare"}
    assert found["grants.declare"].due_on == in_days(9)

    a.declares(row)
    assert set(asked(a.first)) == {"grants.score"}
    a.keeps(row)
    a.sends(row)
    assert not asked(a.first)


@pytest.mark.parametrize("then", ["a conflict", "taken back"])
def test_nothing_more_is_asked_of_an_assessor_after(a, then):
    (row,) = a.gives()
    if then == "taken back":
        a.handed.takes_back(a.plan)
    else:
        a.declares(row, "has", "My sister works there.")

    assert not asked(a.first)


def test_what_waits_costs_one_query_a_role_and_none_round_the_table(a, django_assert_num_queries):
    a.gives()
    both = reader(SeatFactory(user=a.first.user, role=Role.MANAGER, programme=a.s.programme))
    core, viewer = reader(a.s.own.core), reader(a.s.staff[Role.VIEWER])

    for who, n in ((both, 2), (reader(a.second), 1), (core, 0), (viewer, 0)):
        with reading(), django_assert_num_queries(n):
            list(prompts(who, clock.today()))


# the cluster's page


def test_the_cluster_reads_the_answer_in_the_programmes_words(client, a):
    a.sends_back("Who leads?", "By when?")

    shown = page(client, reverse("cluster", args=[a.cluster.pk]), a.s.own.core)
    assert "Our plan: sent back on" in shown
    assert "Who leads? By when?" in shown


def test_the_cluster_reads_conditions_and_what_is_released_when(client, a):
    award = a.agrees(
        conditions=[ConditionSaid(words="Say who leads.", due_on=in_days(20))],
        instalments=in_parts(),
    )

    shown = page(client, reverse("cluster", args=[a.cluster.pk]), a.s.own.core)
    for words in (
        "Our plan: agreed with conditions on",
        "A good plan.",
        "Say who leads. By",
        "£400 is released when this is reached: Two are trained, on or about",
    ):
        assert words in shown, words
    assert panel(a.s.own.core, a.cluster).context["account"] == award.get_absolute_url()


def test_the_panel_leads_those_who_may_to_say_that_a_part_is_reached_until_they_have(client, a):
    award = a.agrees(instalments=in_parts())
    part = award.instalments.get(tranche="levelling_up")
    there = reverse("ledger:tell_instalment", args=[part.pk])

    def leads(seat):
        return there in {url for _, url in panel(seat, a.cluster).context["instalments"]}

    may = {Role.CORE, Role.DEPUTY, Role.STAFF, Role.FACILITATOR, Role.SUPPORTER}
    shown = {role for role in may if leads(a.s.own.seats[role])}
    assert shown == {Role.CORE, Role.FACILITATOR}
    assert not leads(a.manager_seat)

    tells(a, part)

    assert not leads(a.s.own.core)
    assert "that it is; the programme looks." in page(
        client, reverse("cluster", args=[a.cluster.pk]), a.s.own.core
    )


def test_what_is_not_answered_or_was_taken_back_has_no_panel(a):
    assert panel(a.s.own.core, a.cluster) is None
    a.handed.takes_back(a.plan)
    assert panel(a.s.own.core, a.cluster) is None


def test_the_panel_is_for_the_table_and_the_manager_and_others_see_none(a):
    a.agrees(conditions=[ConditionSaid(words="Say who leads.")])
    own = [seat for role, seat in a.s.own.seats.items() if role is not Role.SPONSOR]

    for seat in (*own, a.manager_seat, through_the_glass(a.cluster)):
        assert panel(seat, a.cluster).context["conditions"], seat
    sponsor = panel(a.s.own.seats[Role.SPONSOR], a.cluster)
    assert sponsor.context["answers"]
    assert not sponsor.context["conditions"]
    assert not sponsor.context["account"]
    for seat in (
        a.s.staff[Role.VIEWER],
        a.first,
        a.s.neighbour.core,
        a.s.other_staff[Role.MANAGER],
        a.s.operator,
    ):
        assert panel(seat, a.cluster) is None
        assert not list(of_panels.dates(reader(seat), a.cluster))


def test_days_of_conditions_and_of_what_is_released_are_dates(a):
    a.agrees(
        conditions=[ConditionSaid(words="Say who leads.", due_on=in_days(20))],
        instalments=in_parts(),
    )

    found = {(one.on, one.sentence) for one in of_panels.dates(reader(a.s.own.core), a.cluster)}
    assert found == {
        (in_days(20), "A condition of our award: say who leads"),
        (clock.today(), "£900 of our award is to be released"),
        (in_days(40), "£400 of our award is to be released"),
    }
    shown = {one.sentence for one in dates_of(reader(a.s.own.core), a.cluster, clock.today())}
    assert "£900 of our award is to be released" in shown
    assert "What our programme answered" in {
        one.heading for one in panels_of(reader(a.s.own.core), a.cluster)
    }


def test_the_panel_and_the_dates_cost_three_queries_and_one_before_an_answer(
    a, django_assert_num_queries
):
    core = reader(a.s.own.core)

    def shown(n_queries):
        """On a page that has asked how far the journey has come."""
        with reading():
            has_come_to(core, a.cluster, ())
            with django_assert_num_queries(n_queries):
                return [*of_panels.panels(core, a.cluster), *of_panels.dates(core, a.cluster)]

    shown(1)
    a.agrees(conditions=[ConditionSaid(words="Say who leads.")], instalments=in_parts())
    assert len(shown(3)) == 3
