"""The programme's page: what waits, every award with its money, sums that add up, plans under way."""

import csv
import io
import re

import pytest
from django.urls import reverse

from hedgerow.core import clock
from hedgerow.grants.queries.awarding_programme import award_lines, awards_under, totals_of
from hedgerow.grants.queries.awarding_under_way import plan_lines
from hedgerow.journeys.models import Journey, Submission, SubmissionKind
from hedgerow.ledger.actions import (
    ConditionSaid,
    InstalmentSaid,
    enter,
    tell_condition,
    tell_instalment,
)
from hedgerow.ledger.models import Award
from hedgerow.ledger.queries import money_in, sums_in, sums_of
from hedgerow.people.models import Role
from tests.factories import ClusterFactory, MemberFactory, signed_in
from tests.front.pages import cost_of, page, text_of

from .assessed import LEVELLING_UP, MAIN

pytestmark = pytest.mark.django_db


def there(s):
    return reverse("grants:programme", args=[s.programme.pk])


def awards_as_rows(a, n):
    """More clusters, each with an award and four postings."""
    design = a.handed.journey.design
    for at in range(n):
        cluster = ClusterFactory(programme=a.s.programme, name=f"Row {at:03}")
        holding = MemberFactory(cluster=cluster).organisation
        journey = Journey.objects.create(
            cluster=cluster, design=design, started_on=a.handed.journey.started_on
        )
        plan = journey.submissions.create(
            kind=SubmissionKind.PLAN, number=1, shape=1, whole={}, digest="d",
            submitted_by=a.s.own.core, submitted_at=clock.now(),
            answer="agreed", answered_by=a.manager_seat, answered_at=clock.now(),
        )  # fmt: skip
        award = Award.objects.create(
            cluster=cluster, submission=plan, holding=holding, awarded_on=clock.today(),
            made_by=a.manager_seat, made_at=clock.now(),
        )  # fmt: skip
        entry = award.entries.create(
            number=1, verb="award", tranche="main", pence=100, on=clock.today(),
            by=a.manager_seat, at=clock.now(),
        )  # fmt: skip
        for step, pence in (("awarded", 60), ("released", 40), ("free", -70)):
            entry.postings.create(
                award=award, step=step, tranche="main", on=clock.today(), pence=pence
            )
        entry.postings.create(
            award=award, step="spent", tranche="main", member=holding, on=clock.today(), pence=-30
        )
        award.conditions.create(position=1, words="Say who.")
        award.instalments.create(position=1, tranche="main", pence=60, when="Later")


def test_only_the_programmes_manager_sees_it(client, a):
    page(client, there(a.s), a.manager_seat)
    others = [
        *a.s.own.seats.values(),
        a.s.neighbour.core,
        a.s.other_staff[Role.MANAGER],
        a.first,
        a.s.staff[Role.VIEWER],
    ]
    for seat in others:
        page(client, there(a.s), seat, status=404)
        page(client, reverse("grants:programme_csv", args=[a.s.programme.pk]), seat, status=404)


def test_what_waits_stands_first(client, a):
    shown = page(client, there(a.s), a.manager_seat)
    assert "Plans and awards: one thing needs you" in shown
    assert f"The plan of {a.cluster} waits for your answer" in shown
    assert "Nobody scores it yet" in shown

    row, _ = a.gives(a.first, a.second)
    a.scored(row)
    assert "One of two in" in page(client, there(a.s), a.manager_seat)


def test_an_award_stands_with_its_money_conditions_and_return(client, a):
    award = a.agrees(conditions=[ConditionSaid(words="Say who leads.")])
    core, organisation = a.handed.core, a.s.own.organisations[0]
    move = {"by": core, "award": award, "on": clock.today()}
    enter(verb="commit", pence=300_00, member=organisation, **move)
    enter(verb="spend", pence=100_00, member=organisation, **move)
    enter(verb="draw", pence=150_00, **move)

    (line,) = award_lines(awards_under(a.s.programme))
    money = line.money
    assert (money.award, money.released, money.drawn) == (MAIN + LEVELLING_UP, MAIN, 150_00)
    assert (money.open, money.spent, money.free) == (200_00, 100_00, MAIN + LEVELLING_UP - 300_00)
    assert (line.conditions, line.due, line.came_back) == ("1 open", "1 to come", "Not in yet")

    part = award.instalments.get(released=None)
    tell_instalment(by=core, instalment=part, told="In May.", version=part.version)
    assert award_lines(awards_under(a.s.programme))[0].due == "1 to come, 1 said to be reached"
    condition = award.conditions.get()
    tell_condition(by=core, condition=condition, told="Open Door.", version=condition.version)
    a.hands_in_return()
    shown = page(client, there(a.s), a.manager_seat)
    for words in (
        "three things need you",
        f"{a.cluster} says that a condition is met",
        f"The return of {a.cluster} waits to be read",
        "1 open, 1 said to be met",
        "waits to be read",
        "Of £1,300 awarded, £1,000 is free, £200 committed and £100 spent: together the same £1,300.",
    ):
        assert words in shown, words


def test_a_return_counts_as_in_while_it_waits_or_once_it_is_accepted(a):
    a.agrees()
    assert totals_of(a.s.programme).n_returns == 0
    row = a.hands_in_return()
    assert totals_of(a.s.programme).n_returns == 1
    for answer, n in (("returned", 0), ("taken_back", 0), ("agreed", 1)):
        Submission.objects.filter(pk=row.pk).update(
            answer=answer, answer_words="Who?", answered_by=a.manager_seat, answered_at=clock.now()
        )
        assert totals_of(a.s.programme).n_returns == n


def test_the_sums_of_a_page_are_those_of_each_account(a):
    award = a.agrees()
    core, organisation = a.handed.core, a.s.own.organisations[0]
    for verb, pence in (("commit", 300_00), ("spend", 100_00)):
        enter(verb=verb, pence=pence, member=organisation, by=core, award=award, on=clock.today())

    whole = money_in([award.pk])[award.pk]
    here, all_of_it = sums_in([award.pk])[award.pk], sums_of(Award.objects.all())
    for name in ("award", "released", "drawn", "free", "committed", "spent"):
        assert getattr(here, name) == getattr(all_of_it, name) == getattr(whole, name)
    assert here.spent == 100_00


def test_a_part_of_an_award_waits_from_its_day_on(client, a):
    a.agrees(
        instalments=[
            InstalmentSaid(tranche="main", pence=MAIN, due_on=clock.today()),
            InstalmentSaid(tranche="levelling_up", pence=LEVELLING_UP, when="Two are trained"),
        ]
    )

    shown = page(client, there(a.s), a.manager_seat)
    assert f"£900 for {a.cluster} is due to be released" in shown
    assert "£400 for" not in shown


def test_the_sums_are_over_all_awards_and_not_those_of_one_page(client, a):
    a.agrees()
    awards_as_rows(a, 55)

    totals = totals_of(a.s.programme)
    assert totals.n == 56
    assert totals.sums.award == MAIN + LEVELLING_UP + 55 * 100
    assert totals.adds_up
    lines = award_lines(awards_under(a.s.programme))
    for name in ("award", "released", "drawn", "committed", "spent", "free"):
        assert getattr(totals.sums, name) == sum(getattr(one.money, name) for one in lines)
    assert (totals.n_conditions, totals.n_due) == (
        sum(one.n_conditions for one in lines),
        sum(one.n_due for one in lines),
    )

    manager = signed_in(client, a.manager_seat)
    first, second = (text_of(manager.get(f"{there(a.s)}?page={n}")) for n in (1, 2))
    assert "Row 000" in first
    assert "Row 000" not in second
    assert "Row 054" in second
    for shown in (first, second):
        assert re.search(r"In all 56 awards £1,355 ", shown)


def test_a_page_that_is_not_there_is_the_nearest(client, a):
    a.agrees()

    assert a.cluster.name in page(client, f"{there(a.s)}?page=nine&plans=-4", a.manager_seat)


def test_clusters_of_another_programme_are_in_no_sum(a):
    a.agrees()

    assert totals_of(a.s.other_programme).n == 0
    assert totals_of(a.s.other_programme).sums.award == 0
    assert {line.cluster for line in plan_lines(a.s.programme)} == {a.s.neighbour.cluster.name}


def test_clusters_without_an_award_stand_with_how_far_they_are(client, a):
    a.sends_back("Who?")

    shown = page(client, there(a.s), a.manager_seat)
    assert "Sent back on" in shown
    assert "Nothing handed in yet" in shown
    assert "No award is made yet." in shown


def test_the_awards_are_taken_as_a_spreadsheet(client, a):
    a.cluster.name = "=cmd"
    a.cluster.save()
    a.agrees()
    answer = signed_in(client, a.manager_seat).get(
        reverse("grants:programme_csv", args=[a.s.programme.pk])
    )
    head, row = csv.reader(io.StringIO(answer.content.decode("utf-8-sig")))

    assert dict(zip(head, row, strict=True))["Awarded"] == "1300.00"
    assert row[0] == "'=cmd"


def test_thirty_awards_cost_no_more_queries_than_three(client, a):
    awards_as_rows(a, 3)
    page(client, there(a.s), a.manager_seat)
    few = cost_of(client, there(a.s))
    awards_as_rows(a, 27)

    assert cost_of(client, there(a.s)) == few
    assert few <= 30
    assert totals_of(a.s.programme).n == 30
