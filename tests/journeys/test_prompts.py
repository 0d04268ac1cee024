from datetime import date, timedelta

import pytest
from django.db import connection
from django.template.loader import render_to_string
from django.test.utils import CaptureQueriesContext

from hedgerow.core import clock
from hedgerow.journeys import actions
from hedgerow.journeys.models import Allowance, Design
from hedgerow.journeys.panels import dates, panels, sections
from hedgerow.journeys.prompts import prompts
from hedgerow.people.models import Role
from tests.factories import (
    ClusterFactory,
    MandateFactory,
    SeatFactory,
    actor,
    reader,
    team,
)

from .walks import STARTED, at, short_design, walk

pytestmark = pytest.mark.django_db


def asked(seat, today):
    with at(today):
        return {prompt.key: prompt for prompt in prompts(reader(seat), clock.today())}


def kinds_of(found):
    return sorted(key.split(":")[0].removeprefix("journeys.") for key in found)


def manager_of(w):
    with at(STARTED):
        return SeatFactory(role=Role.MANAGER, programme=w.team.cluster.programme)


def test_a_core_group_member_is_asked_to_tick_and_whether_dates_stand():
    w = walk()

    found = asked(w.team.core, STARTED)

    assert kinds_of(found) == ["stands", "stands", "tick"]
    tick = found[f"journeys.tick:{w.stage(1).pk}"]
    assert tick.sentence == "Tick what is true in “Forming the cluster”"
    assert tick.why == "None of two tests that end this stage are met."
    assert (tick.minutes, tick.due_on) == (4, date(2026, 3, 15))
    stands = next(p for p in found.values() if p.act and p.due_on == date(2026, 3, 9))
    assert stands.sentence == "“The first meeting”: does 9 March 2026 still stand?"
    assert (stands.act, stands.act_on) == ("stands", w.milestone("first-meeting").pk)
    assert date.fromordinal(stands.act_version) == date(2026, 3, 9)


def test_what_is_ticked_and_what_stands_is_asked_no_more():
    w = walk()
    w.tick_all()
    for slug, on in (("first-meeting", date(2026, 3, 9)), ("formed", date(2026, 3, 15))):
        actions.say_it_stands(by=w.core, milestone=w.milestone(slug), on=on)

    assert asked(w.team.core, STARTED) == {}
    assert kinds_of(asked(w.team.second, STARTED)) == ["stands", "stands"]


def test_a_stage_that_one_test_ends_is_said_so():
    w = walk()
    with at(STARTED):
        w.close()

    found = asked(w.team.core, STARTED)

    assert found[f"journeys.tick:{w.stage(2).pk}"].why == (
        "The one test that ends this stage is not met yet."
    )


def test_a_date_is_asked_about_from_two_weeks_before():
    w = walk()
    key = f"journeys.stands:{w.milestone('answers-in').pk}:2026-03-29:{w.core.for_organisation}"

    assert key not in asked(w.team.core, date(2026, 3, 14))
    assert key in asked(w.team.core, date(2026, 3, 15))
    assert key in asked(w.team.core, date(2026, 3, 29))
    assert key not in asked(w.team.core, date(2026, 3, 30))


def test_a_date_that_has_passed_is_to_be_met_or_moved():
    w = walk()
    assert "passed" not in kinds_of(asked(w.team.core, date(2026, 3, 9)))

    found = asked(w.team.core, date(2026, 3, 10))

    passed = found[f"journeys.passed:{w.milestone('first-meeting').pk}:2026-03-09"]
    assert passed.sentence == "“The first meeting”: say that it was met, or move it"
    assert passed.why == "It was planned for 9 March 2026, one day ago."
    assert kinds_of(asked(w.team.facilitator, date(2026, 3, 10))) == ["passed"]


def test_a_programmes_date_that_has_passed_is_for_the_facilitator_and_then_waits():
    w = walk()
    late = date(2026, 3, 30)
    key = f"journeys.passed:{w.milestone('answers-in').pk}:2026-03-29"
    assert key not in asked(w.team.core, late)
    assert asked(w.team.facilitator, late)[key].waits_on == ""

    with at(late):
        actions.ask_to_move(
            by=w.facilitator,
            milestone=w.milestone("answers-in"),
            to_on=date(2026, 4, 2),
            reason="Two were away.",
        )

    assert asked(w.team.facilitator, late)[key].waits_on == "the programme manager"


def test_the_facilitator_is_asked_to_close_what_is_met():
    w = walk()
    assert "close" not in kinds_of(asked(w.team.facilitator, STARTED))
    w.tick_all()

    found = asked(w.team.facilitator, STARTED)

    assert found[f"journeys.close:{w.stage(1).pk}"].sentence == "Close “Forming the cluster”"


def test_without_a_facilitator_the_core_group_is_asked_to_close_what_is_met():
    w = walk()
    w.tick_all()
    key = f"journeys.close:{w.stage(1).pk}"
    assert key not in asked(w.team.core, STARTED)

    w.team.facilitator.ended_at = clock.now()
    w.team.facilitator.save()

    later = clock.today() + timedelta(days=1)
    assert asked(w.team.core, later)[key].button == "Open the stage"
    assert asked(w.team.seats[Role.SUPPORTER], later) == {}


def test_a_move_that_was_asked_for_waits_for_the_manager_until_it_is_answered():
    w = walk()
    with at(STARTED):
        move = actions.ask_to_move(
            by=w.facilitator,
            milestone=w.milestone("answers-in"),
            to_on=date(2026, 4, 2),
            reason="Two were away.",
        )
    key = f"journeys.asked:{move.pk}"

    found = asked(w.team.facilitator, STARTED)[key]
    assert found.waits_on == "the programme manager"
    assert found.sentence == (
        "“The answers are in”: you asked for 2 April 2026 in place of 29 March 2026"
    )
    assert key not in asked(w.team.core, STARTED)

    with at(STARTED):
        actions.answer_move(by=w.manager, move=move, is_agreed=True)
    assert key not in asked(w.team.facilitator, STARTED)


def test_a_manager_is_led_from_a_design_to_a_cluster_with_its_people():
    manager = SeatFactory(role=Role.MANAGER)
    programme = manager.programme

    def sentences():
        return [prompt.sentence for prompt in prompts(reader(manager), clock.today())]

    assert sentences() == ["Load a design", "Add the first cluster"]
    short_design(programme)
    assert sentences() == ["Add the first cluster"]
    cluster = ClusterFactory(programme=programme)
    assert sentences() == [
        f"Start the journey of {cluster}",
        f"Bring in the organisations of {cluster}",
    ]
    Design.objects.all().delete()
    assert sentences() == ["Load a design", f"Bring in the organisations of {cluster}"]


def test_the_facilitator_is_asked_about_days_after_four_weeks_without_a_line():
    w = walk()
    allowance = w.journey.allowances.get()
    key = f"journeys.days:{w.journey.pk}"
    assert key not in asked(w.team.facilitator, date(2026, 3, 29))
    assert asked(w.team.facilitator, date(2026, 3, 30))[key].why == (
        "No line for 28 days: facilitator days, 3 of 3 left."
    )

    with at(date(2026, 3, 30)):
        actions.log_days(
            by=w.facilitator,
            allowance=allowance,
            on=date(2026, 3, 29),
            half_days=6,
            what="Everything",
        )

    assert key not in asked(w.team.facilitator, date(2026, 6, 30))


def test_a_line_under_one_allowance_is_enough_for_all():
    w = walk()
    Allowance.objects.create(
        journey=w.journey, slug="ict", name="ICT days", half_days=8, until_stage=3
    )
    with at(date(2026, 3, 30)):
        actions.log_days(
            by=w.facilitator,
            allowance=w.journey.allowances.get(slug="facilitation"),
            on=date(2026, 3, 20),
            half_days=1,
            what="A meeting",
        )

    found = asked(w.team.facilitator, date(2026, 4, 16))
    assert f"journeys.days:{w.journey.pk}" not in found
    found = asked(w.team.facilitator, date(2026, 4, 17))
    assert found[f"journeys.days:{w.journey.pk}"].why == (
        "No line for 28 days: facilitator days, 2½ of 3 left; ICT days, 4 of 4 left."
    )


def test_the_manager_is_asked_to_answer_and_what_holds_a_cluster_up():
    w = walk()
    manager = manager_of(w)
    assert asked(manager, STARTED) == {}
    with at(STARTED):
        move = actions.ask_to_move(
            by=w.facilitator,
            milestone=w.milestone("answers-in"),
            to_on=date(2026, 4, 2),
            reason="Two were away.",
        )

    found = asked(manager, date(2026, 3, 30))

    assert set(found) == {f"journeys.move:{move.pk}", f"journeys.slow:{w.journey.pk}"}
    assert "2 April 2026 in place of 29 March 2026: Two were away." in (
        found[f"journeys.move:{move.pk}"].why
    )
    assert found[f"journeys.slow:{w.journey.pk}"].why == "28 days since a step was done."


def test_others_round_the_table_are_asked_nothing():
    w = walk()

    for role in (Role.STAFF, Role.DEPUTY, Role.SUPPORTER, Role.SPONSOR):
        assert asked(w.team.seats[role], STARTED) == {}


def test_a_deputy_is_asked_while_standing_in():
    w = walk()
    with at(STARTED):
        MandateFactory(deputy=w.team.seats[Role.DEPUTY], given_by=w.team.core)

    assert kinds_of(asked(w.team.seats[Role.DEPUTY], STARTED)) == ["stands", "stands", "tick"]


def test_a_cluster_that_has_ended_asks_nothing():
    w = walk()
    w.team.cluster.ended_at = w.stage(1).opened_at
    w.team.cluster.save()

    assert asked(w.team.core, STARTED) == {}


def test_many_clusters_cost_as_many_queries_as_one():
    w = walk()
    manager = manager_of(w)

    def price():
        with at(date(2026, 3, 30)):
            who = reader(manager)
            with CaptureQueriesContext(connection) as cost:
                found = list(prompts(who, clock.today()))
        return len(found), len(cost)

    assert price() == (1, 9)
    for _ in range(3):
        walk(own=team(w.team.cluster.programme))
    assert price() == (4, 9)


def test_whether_there_is_a_facilitator_is_asked_only_where_a_stage_may_close():
    w = walk()

    def price():
        with at(date(2026, 3, 20)):
            who = reader(w.team.core)
            with CaptureQueriesContext(connection) as cost:
                list(prompts(who, clock.today()))
        return len(cost)

    before = price()
    w.tick_all()

    assert price() == before + 1


def test_a_cluster_page_shows_where_we_are_the_dates_and_the_days():
    w = walk()
    with at(STARTED):
        found = list(panels(reader(w.team.core), w.team.cluster))

        html = {p.heading: render_to_string(p.template, dict(p.context)) for p in found}

    assert list(html) == ["Where we are", "Dates", "Days of help"]
    assert "We have agreed the ground rules." in html["Where we are"]
    assert "The first meeting" in html["Dates"]
    assert "All three facilitator days are left." in html["Days of help"]


def test_the_manager_reads_no_exit_test_on_a_cluster_page():
    w = walk()
    manager = manager_of(w)
    with at(STARTED):
        where = next(iter(panels(reader(manager), w.team.cluster)))

        html = render_to_string(where.template, dict(where.context))

    assert "We have agreed the ground rules." not in html
    assert w.stage(1).get_absolute_url() not in html


def test_a_sponsor_is_shown_nothing_of_the_journey():
    w = walk()
    sponsor = reader(w.team.seats[Role.SPONSOR])

    assert list(panels(sponsor, w.team.cluster)) == []
    assert list(dates(sponsor, w.team.cluster)) == []
    assert list(sections(sponsor, w.team.cluster)) == []


def test_a_cluster_without_a_journey_shows_nothing_of_one():
    seat, w = SeatFactory(), walk()
    SeatFactory(user=seat.user, role=Role.FACILITATOR, cluster=w.team.cluster)

    assert list(panels(reader(seat), w.team.cluster))
    assert list(panels(reader(seat), seat.cluster)) == []


def test_dates_that_are_not_met_are_handed_to_the_front_door():
    w = walk()
    with at(date(2026, 3, 10)):
        actions.meet_milestone(
            by=w.core, milestone=w.milestone("first-meeting"), done_on=date(2026, 3, 9)
        )
        lines = list(dates(reader(w.team.core), w.team.cluster))

    assert [(line.on, line.sentence) for line in lines] == [
        (date(2026, 3, 15), "The cluster is formed"),
        (date(2026, 3, 29), "The answers are in"),
        (date(2026, 4, 12), "The focus is chosen"),
    ]


def test_a_report_says_how_the_journey_went():
    w = walk()
    with at(date(2026, 3, 5)):
        actions.move_date(
            by=w.core,
            milestone=w.milestone("formed"),
            to_on=date(2026, 3, 20),
            reason="A strike.",
        )
    with at(date(2026, 3, 19)):
        w.close()
        actions.go_back(by=w.core, stage=w.stage(2), to_position=1, reason="A member left.")
        (section,) = sections(reader(w.team.core), w.team.cluster)

    said = " ".join(section.sentences)
    assert "Forming the cluster, run 1: 2 to 19 March 2026. Closed." in said
    assert "It was run again because: A member left." in said
    assert (
        "On 5 March 2026 “The cluster is formed” moved from 15 March 2026 to 20 March 2026" in said
    )
    assert "A strike." in said
    assert section.as_at == date(2026, 3, 19)


def test_a_date_moved_after_it_was_said_to_stand_is_asked_about_again():
    w = walk()
    actions.say_it_stands(by=w.core, milestone=w.milestone("first-meeting"), on=date(2026, 3, 9))
    with at(STARTED):
        actions.move_date(
            by=actor(w.team.second),
            milestone=w.milestone("first-meeting"),
            to_on=date(2026, 3, 9) + timedelta(days=1),
            reason="The hall is taken.",
        )

    sentences = [p.sentence for p in asked(w.team.core, STARTED).values()]

    assert "“The first meeting”: does 10 March 2026 still stand?" in sentences
