import csv
import io
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from hedgerow.journeys import actions, queries
from hedgerow.journeys.queries.board import SLOW_AFTER, board_rows
from hedgerow.people.models import Role
from tests.factories import ClusterFactory, SeatFactory, actor, reader, team

from .walks import STARTED, at, walk

pytestmark = pytest.mark.django_db


def board_of(w, today):
    with at(STARTED):
        manager = SeatFactory(role=Role.MANAGER, programme=w.team.cluster.programme)
    with at(today):
        return queries.board(reader(manager), w.team.cluster.programme)


def line_of(w, today):
    return next(line for line in board_of(w, today).lines if line.key == w.team.cluster.pk)


def test_the_board_says_where_a_cluster_is_and_what_comes_next():
    w = walk()
    with at(date(2026, 3, 12)):
        w.close()
    with at(date(2026, 3, 10)):
        actions.log_days(
            by=w.facilitator,
            allowance=w.journey.allowances.get(),
            on=date(2026, 3, 10),
            half_days=3,
            what="Two meetings",
        )

    line = line_of(w, date(2026, 3, 20))

    assert line.n_members == 4
    assert (line.where.position, line.where.n_stages, line.where.name) == (2, 3, "Gathering")
    assert line.opened_on == date(2026, 3, 12)
    assert (line.days_since_step, line.is_slow) == (8, False)
    assert line.momentum == "Eight days since a step was done."
    assert (line.kept, line.moved) == ("1 of 1 kept", "1 late")
    assert line.days[0].left_words == "1½ of 3 left"
    assert (line.next_on, line.next_name) == (date(2026, 3, 29), "The answers are in")
    assert line.is_open_to_reader


def test_a_move_is_no_step_and_a_tick_is():
    w = walk()
    with at(date(2026, 3, 5)):
        actions.move_date(
            by=w.core,
            milestone=w.milestone("first-meeting"),
            to_on=date(2026, 3, 10),
            reason="The hall is taken.",
        )
    assert line_of(w, date(2026, 3, 6)).days_since_step == 4

    with at(date(2026, 3, 6)):
        actions.tick(by=w.core, exit_test=w.test("rules"), evidence="All said yes.")

    assert line_of(w, date(2026, 3, 6)).momentum == "A step was done today."


def test_the_board_and_the_stages_go_by_the_date_now_set():
    w = walk()
    with at(date(2026, 3, 5)):
        actions.move_date(
            by=w.core,
            milestone=w.milestone("formed"),
            to_on=date(2026, 3, 20),
            reason="A strike.",
        )

    line = line_of(w, date(2026, 3, 16))
    first, second, _ = queries.stage_lines(w.journey)

    assert (line.next_on, line.next_name) == (date(2026, 3, 20), "The cluster is formed")
    assert (line.kept, line.moved) == ("None met yet", "1 moved, 1 late")
    assert first.when == "Since 2 March 2026; planned to end 20 March 2026"
    assert second.when == "Planned 21 to 29 March 2026"


def test_a_stage_without_a_date_of_its_own_ends_after_its_planned_days():
    w = walk()
    w.milestone("formed").delete()

    first, second, _ = queries.stage_lines(w.journey)

    assert first.when == "Since 2 March 2026; planned to end 15 March 2026"
    assert second.when == "Planned 16 to 29 March 2026"


def test_a_cluster_slows_after_four_weeks_without_a_step():
    w = walk()

    assert not line_of(w, date(2026, 3, 29)).is_slow
    slow = line_of(w, date(2026, 3, 30))

    assert (slow.days_since_step, slow.is_slow) == (SLOW_AFTER, True)
    assert slow.momentum == "28 days since a step was done."


def test_a_journey_at_its_end_does_not_slow():
    w = walk()
    for _ in range(3):
        w.close()

    line = line_of(w, date(2027, 1, 1))

    assert (line.days_since_step, line.momentum) == (None, "At the end of the journey.")
    assert line.where.stage is None


def test_a_journey_that_is_to_begin_does_not_slow():
    w = walk(starts_on=STARTED)
    w.journey.started_on = date(2026, 9, 1)
    w.journey.save()

    assert line_of(w, date(2026, 5, 1)).momentum == "Begins later."


def test_a_cluster_without_a_journey_is_on_the_board_too():
    w = walk()
    latent = ClusterFactory(programme=w.team.cluster.programme)

    lines = board_of(w, STARTED).lines

    line = next(line for line in lines if line.key == latent.pk)
    assert (line.n_members, line.journey, line.momentum) == (
        0,
        None,
        "The journey has not begun.",
    )


def test_a_cluster_that_has_ended_is_off_the_board():
    w = walk()
    w.team.cluster.ended_at = w.stage(1).opened_at
    w.team.cluster.save()

    assert board_of(w, STARTED).lines == ()


def test_a_viewer_sees_the_table_and_opens_nothing():
    w = walk()
    viewer = SeatFactory(role=Role.VIEWER, programme=w.team.cluster.programme)

    (line,) = queries.board(reader(viewer), w.team.cluster.programme).lines

    assert line.where.name == "Forming the cluster"
    assert not line.is_open_to_reader


def test_a_manager_of_another_programme_sees_nothing():
    w = walk()
    stranger = SeatFactory(role=Role.MANAGER)

    assert queries.board(reader(stranger), w.team.cluster.programme).lines == ()


def test_the_board_adds_up():
    w = walk()
    other = walk(own=team(w.team.cluster.programme))
    for each in (w, other):
        actions.log_days(
            by=each.facilitator,
            allowance=each.journey.allowances.get(),
            on=STARTED,
            half_days=1,
            what="A meeting",
        )

    total = board_of(w, date(2026, 3, 20)).sums

    assert (total.n_clusters, total.n_begun, total.n_members) == (2, 2, 8)
    assert total.days == (("Facilitator days", 2, 12),)
    assert (total.n_late, total.n_met) == (4, 0)


def test_many_clusters_cost_as_many_queries_as_one():
    w = walk()
    manager = reader(SeatFactory(role=Role.MANAGER, programme=w.team.cluster.programme))

    def price():
        with CaptureQueriesContext(connection) as asked:
            assert len(queries.board(manager, w.team.cluster.programme).lines) == n
        return len(asked)

    n = 1
    assert price() == 13
    for _ in range(4):
        more = walk(own=team(w.team.cluster.programme))
        more.tick_all()
        with at(STARTED):
            actions.move_date(
                by=more.core,
                milestone=more.milestone("formed"),
                to_on=date(2026, 3, 28),
                reason="A strike.",
            )
    n = 5
    assert price() == 13


def test_the_spreadsheet_says_what_the_table_says():
    w = walk()
    w.team.cluster.name = "=cluster()"
    w.team.cluster.save()

    rows = board_rows(board_of(w, date(2026, 3, 20)))
    text = io.StringIO(newline="")
    csv.writer(text).writerows(rows)
    (row,) = csv.DictReader(io.StringIO(text.getvalue(), newline=""))

    assert row["Cluster"] == "'=cluster()"
    assert (row["Stage"], row["Number of the stage"], row["Stages in all"]) == (
        "Forming the cluster",
        "1",
        "3",
    )
    assert (row["Days since a step"], row["Dates late"]) == ("18", "2")
    assert (row["Days of help used"], row["Days of help given"]) == ("0", "3")
    assert (row["Next date"], row["Next"]) == ("2026-03-29", "The answers are in")


def test_what_the_lines_cost():
    w = walk()
    w.tick_all()
    actions.say_it_stands(
        by=actor(w.team.second), milestone=w.milestone("formed"), on=date(2026, 3, 15)
    )

    for question, n in (
        (lambda: queries.stage_lines(w.journey), 3),
        (lambda: queries.where_we_are(w.journey), 1),
        (lambda: queries.exit_test_lines(w.open_stage), 4),
        (lambda: queries.timetable_lines(w.journey), 7),
        (lambda: queries.version_lines(w.journey), 4),
        (lambda: queries.day_lines(w.journey), 3),
    ):
        with CaptureQueriesContext(connection) as asked:
            assert question()
        assert len(asked) == n
