"""How the invented clusters planned, were agreed to and spent: what anybody who looks can read."""

import pytest
from django.urls import reverse

from hedgerow.core import clock
from hedgerow.journeys.models import DayLog, Move, Submission
from hedgerow.journeys.queries.dates import timetable_lines
from hedgerow.journeys.queries.plan_views import plan_view
from hedgerow.journeys.queries.submissions import plan_in
from hedgerow.ledger.models import Award
from hedgerow.ledger.queries import ledger_of, money_in
from hedgerow.people.models import Cluster, Member, Role, Seat
from hedgerow.units import pounds
from tests.front.pages import page

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("loaded")]


def core(name):
    return Seat.objects.get(role=Role.CORE, organisation__name=name)


def staff(role):
    return Seat.objects.get(role=role, programme__slug="hedgeshire")


def here(name, slug):
    return reverse(name, args=[Cluster.objects.get(slug=slug).pk])


def answers(slug):
    plans = Submission.objects.filter(journey__cluster__slug=slug).order_by("number")
    return [plan.answer for plan in plans]


def test_hazelford_was_agreed_to_on_a_condition_sloeby_without_and_rowan_bay_came_back(client):
    assert answers("hazelford") == ["conditions"]
    assert answers("sloeby") == ["agreed"]
    assert answers("rowan-bay") == ["returned", ""]
    assert answers("mapleham") == []


def test_each_award_is_what_the_programme_gives_and_its_postings_come_to_nothing(client):
    awards = Award.objects.select_related("cluster")
    money = money_in(awards.values_list("pk", flat=True))

    assert {award.cluster.slug for award in awards} == {"hazelford", "sloeby"}
    for award in awards:
        assert pounds(money[award.pk].award) == "£15,000"
        assert sum(one.pence for one in ledger_of(award)) == 0


def test_hazelfords_progress_says_what_is_done_what_slipped_and_what_nobody_had_planned(client):
    text = page(client, here("workplans:progress", "hazelford"), core("Ground Floor"))

    assert "Computers for Ground Floor’s two houses" in text
    assert "The last two come three weeks late." in text
    assert "Each of us can be given to online" in text and "Partly met" in text
    assert "The council asked the six of us, as one, to its housing board." in text


def test_hazelfords_budget_says_what_brings_ground_floor_up_and_which_decision_changed_it(client):
    text = page(client, here("workplans:budget", "hazelford"), core("Open Door"))

    assert "£15,000" in text and "£1,800" in text
    assert "A page for giving" in text and "£950" in text


def test_sloeby_has_given_up_a_focus_for_want_of_time_and_says_so(client):
    text = page(client, here("workplans:progress", "sloeby"), core("Mill Street Centre"))

    assert "Each of us can say what a year with us changes" in text
    assert "We decided to set outcomes reporting aside." in text
    assert "Given up for want of time, by decision." in text


def test_rowan_bays_second_plan_says_what_changed_since_the_first(client):
    plan = Submission.objects.get(journey__cluster__slug="rowan-bay", number=2)

    text = page(
        client, reverse("journeys:submission_changes", args=[plan.pk]), core("Harbour Refuge")
    )

    assert "so that they outlast a worker" in text


def test_the_assessor_has_rowan_bays_plan_to_score_and_reads_it(client):
    text = page(client, "/home/", staff(Role.ASSESSOR))

    assert "Collaborate Rowan Bay" in text


def test_the_programmes_page_adds_its_clusters_up(client):
    programme = staff(Role.MANAGER).programme

    text = page(client, reverse("grants:programme", args=[programme.pk]), staff(Role.MANAGER))

    assert "£30,000" in text
    assert "Collaborate Hazelford" in text and "Collaborate Sloeby" in text


def test_a_member_never_reads_the_mediation_log(client):
    page(client, here("grants:mediation", "sloeby"), core("Mill Street Centre"), status=404)

    text = page(client, here("grants:mediation", "sloeby"), staff(Role.MANAGER))
    assert "I listened to all four" in text


def test_each_plan_was_handed_in_with_a_meeting_still_to_come(client):
    plans = list(Submission.objects.order_by("pk"))

    assert len(plans) == 4
    for plan in plans:
        view = plan_view(plan_in(plan), plan.journey.cluster, on=clock.day_of(plan.submitted_at))
        assert view.to_meet_on, plan


def test_the_programme_reads_of_no_member_what_it_voted(client):
    members = {str(member.organisation) for member in Member.objects.filter(left_at=None)}
    said = [*DayLog.objects.values_list("what", flat=True)]
    said += Move.objects.values_list("reason", flat=True)

    assert said
    for words in said:
        assert not [name for name in members if name in words], words


def test_the_plans_were_decided_on_the_day_on_which_the_awards_were_made(client):
    for award in Award.objects.select_related("cluster"):
        milestone = award.cluster.journey.milestones.get(slug="plan-decided")
        lines = {line.key: line for line in timetable_lines(award.cluster.journey)}
        assert lines[milestone.pk].done_on == award.awarded_on, award


def test_what_left_the_focus_is_not_said_to_be_in_it(client):
    text = page(client, here("workplans:plan", "sloeby"), core("Mill Street Centre"))

    assert "Was in our focus Show what changes for people" in text
    assert "In our focus One database for all four" in text
