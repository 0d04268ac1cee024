"""Our plan on the cluster's page, among its dates and in its report."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from hedgerow.core import clock
from hedgerow.core.readings import reading
from hedgerow.core.rooms import rooms
from hedgerow.front.queries import dates_of, panels_of, sections_of
from hedgerow.journeys.queries.gathered import journeys_of, stages_of
from hedgerow.look.words import day
from hedgerow.people.models import Role
from hedgerow.workplans import panels as of_workplans
from hedgerow.workplans.actions.progress import judge
from tests.factories import reader, signed_in, team
from tests.front.pages import html_of, links_in, page
from tests.journeys.walks import walk

from .carried import gained, keeps, lets_go, moves, opened
from .handed import ready
from .planned import begun, in_days

pytestmark = pytest.mark.django_db


def sentences(h, seat=None):
    """Of the panel."""
    found = panels_of(reader(seat or h.own.core), h.own.cluster)
    ours = [panel for panel in found if panel.heading == "Our plan"]
    return ours[0].context["sentences"] if ours else None


def section(h, heading, seat=None):
    found = sections_of(reader(seat or h.own.core), h.own.cluster)
    return next((one for one in found if one.heading.startswith(heading)), None)


def under_way():
    h = ready()
    h.hands_in()
    h.b.is_awarded(levelling_up=500_00)
    opened(h.b.p)
    return h


def test_where_no_plan_is_begun_there_is_no_panel():
    w = walk()

    found = panels_of(reader(w.team.core), w.team.cluster)

    assert "Our plan" not in [panel.heading for panel in found]


def test_the_panel_says_where_the_plan_is_on_its_way():
    h = ready()
    size = "Two objectives and three steps stand in our plan."
    assert sentences(h) == [size, "It is being written; it is not handed in yet."]

    h.hands_in()
    today = day(clock.today())
    assert sentences(h) == [size, f"It was handed in on {today}, and waits for an answer."]

    h.is_sent_back()
    assert sentences(h) == [size, f"Sent back on {today}."]


def test_the_panel_says_how_it_goes_and_where_the_money_is():
    h = under_way()
    keeps(h.b.p, 1)
    lets_go(h.b.p, 2)
    moves(h.b.p, 3, in_days(60))
    h.b.enters("commit", 1, 900_00)
    h.b.enters("spend", 1, 400_00)

    assert sentences(h)[1:] == [
        f"Agreed on {day(clock.today())}.",
        "One of three steps done, one stopped, one slipping.",
        "Of £15,000, £400 is spent and £500 more is committed.",
    ]


def test_the_panel_leads_to_all_that_belongs_to_the_plan(client):
    h = ready()
    h.hands_in()
    there = reverse("cluster", args=[h.own.cluster.pk])
    names = ("plan", "budget", "timeline", "progress")
    urls = [reverse(f"workplans:{name}", args=[h.own.cluster.pk]) for name in names]
    before = links_in(html_of(signed_in(client, h.own.core).get(there)))
    assert [url in before for url in urls] == [True, True, True, False]

    award = h.b.is_awarded(levelling_up=500_00)
    opened(h.b.p)

    after = links_in(html_of(signed_in(client, h.own.core).get(there)))
    spending = reverse("workplans:spending", args=[award.pk])
    assert {*urls, spending} <= after


def test_a_step_whose_day_has_passed_is_overdue():
    h = under_way()
    promise = h.b.p.step(1).promise
    type(promise).objects.filter(pk=promise.pk).update(due_on=in_days(-1))

    assert "None of three steps done, one overdue." in sentences(h)


def test_the_panel_is_for_those_round_the_table_only():
    h = ready()
    for role in (Role.DEPUTY, Role.STAFF, Role.SUPPORTER, Role.FACILITATOR):
        assert sentences(h, h.own.seats[role]), role
    for seat in (h.own.seats[Role.SPONSOR], h.b.p.manager, team(h.own.cluster.programme).core):
        assert sentences(h, seat) is None


def test_nothing_of_a_plan_is_on_the_page_that_anybody_may_read():
    room = next(room for room in rooms() if room.name == "workplans")

    assert room.public == ()


def test_the_panel_costs_four_queries_at_most():
    h = under_way()
    who = reader(h.own.core)
    with reading():
        stages_of(journeys_of(who))
        with CaptureQueriesContext(connection) as asked:
            list(of_workplans.panels(who, h.own.cluster))

    assert len(asked) == 4


def test_the_page_of_the_cluster_leads_to_the_plan(client):
    h = ready()
    signed_in(client, h.own.core)

    body = client.get(reverse("cluster", args=[h.own.cluster.pk])).content.decode()

    assert reverse("workplans:plan", args=[h.own.cluster.pk]) in body


# its days


def our_dates(h, seat=None):
    found = dates_of(reader(seat or h.own.core), h.own.cluster, clock.today(), limit=20)
    return {line.sentence: line.on for line in found if "/workplans/" in line.url}


def test_steps_that_are_taken_up_and_objectives_to_judge_stand_among_the_dates():
    h = under_way()
    assert our_dates(h) == {
        "Find a trainer": in_days(28),
        "The first course is held": in_days(28),
        "Ask three firms for a price": in_days(40),
        "We look whether “All of us train together” is true": in_days(90),
        "We look whether “We buy paper and ink together” is true": in_days(90),
    }

    keeps(h.b.p, 1)
    moves(h.b.p, 3, in_days(60))

    assert "Find a trainer" not in our_dates(h)
    assert our_dates(h)["Ask three firms for a price"] == in_days(60)


def test_a_plan_that_is_still_written_has_no_dates():
    assert our_dates(ready()) == {}


def test_dates_of_another_cluster_cost_no_query():
    h = under_way()
    who = reader(h.own.core)
    with reading():
        stages_of(journeys_of(who))
        list(of_workplans.dates(who, h.own.cluster))
        with CaptureQueriesContext(connection) as asked:
            list(of_workplans.dates(who, h.own.cluster))

    assert len(asked) == 0


# its report


def test_the_report_says_what_came_of_each_objective():
    h = under_way()
    keeps(h.b.p, 1)
    lets_go(h.b.p, 2, "No hall was free.")
    judge(
        by=h.b.core,
        objective=h.b.p.objective(1),
        result="partly",
        words="Half of them came.",
    )

    found = section(h, "What we set out to do")

    assert found.sentences[:3] == (
        "“All of us train together”. For Managers of every member. Partly met: Half of them came.",
        "“The first course is held” was stopped. No hall was free.",
        "“We buy paper and ink together”. For Managers of every member. Not judged yet.",
    )
    assert found.source and found.as_at == clock.today()


def test_the_report_says_what_nobody_had_planned_with_its_day_its_worth_and_what_shows_it():
    h = under_way()
    gained(h.b.p, "A caretaker.", pence=1_200_00, evidence="The contract of May.")

    found = section(h, "What came of it that nobody had planned")

    assert found.sentences[1] == (
        f"{day(clock.today())}: A caretaker. {h.own.organisations[0]}. Worth £1,200. What shows "
        "it: The contract of May."
    )


def test_the_report_says_nothing_of_this_room_where_nothing_was_planned():
    p = begun()
    p.plan.delete()

    found = sections_of(reader(p.team.core), p.cluster)

    assert not [one for one in found if one.order == 70]


def test_the_report_of_others_holds_nothing_of_the_plan(client):
    h = under_way()

    assert section(h, "What we set out to do", h.b.p.manager) is None


# what is asked


def test_all_that_is_asked_can_be_read_before_anything_is_begun(client):
    p = begun()
    p.plan.delete()
    there = reverse("workplans:before", args=[p.cluster.pk])

    words = page(client, there, p.team.seats[Role.STAFF])

    assert "£15,000 to the whole cluster" in words
    assert "The programme has not said what it looks at." in words
    assert "What will be true?" in words and "200 characters at most." in words
    page(client, there, p.manager, status=404)


def test_terms_stand_there_with_points_conditions_and_what_a_return_holds(client):
    h = ready()
    terms = h.b.gives_terms(12_000_00)
    type(terms).objects.update(
        conditions="Each member takes part.\nThe accounts are open.", timetable="We decide in May."
    )
    terms.criteria.create(position=1, title="Need", words="Is it needed?", most=8)
    terms.criteria.create(position=2, title="Way", words="Can it be done?", most=7)
    terms.return_headings.create(position=1, sentence="What was harder than you thought?", most=750)

    words = page(client, reverse("workplans:before", args=[h.own.cluster.pk]), h.own.core)

    for said in (
        "£12,000 to the whole cluster",
        "Each member takes part.",
        "The accounts are open.",
        "We decide in May.",
        "15 points in all",
        "Is it needed?",
        "What was harder than you thought? 750 characters at most.",
        "The programme has decided A date of the programme.",
    ):
        assert said in words
