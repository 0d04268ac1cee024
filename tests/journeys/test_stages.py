from datetime import date

import pytest

from hedgerow.core.actions import Refused
from hedgerow.core.models import Event
from hedgerow.journeys import actions
from hedgerow.journeys.models import Journey, PlannedDate, Stage
from tests.factories import SeatFactory, actor

from .walks import STARTED, at, short_design, walk

pytestmark = pytest.mark.django_db


def test_a_journey_copies_its_design_and_opens_its_first_stage():
    w = walk()

    assert [stage.kind for stage in w.journey.stages.all()] == ["forming", "gathering", "focus"]
    assert w.open_stage == w.stage(1)
    assert w.stage(1).exit_tests.count() == 2
    days = {p.milestone.slug: p.on for p in PlannedDate.objects.filter(timetable__number=1)}
    assert days == {
        "first-meeting": date(2026, 3, 9),
        "formed": date(2026, 3, 15),
        "answers-in": date(2026, 3, 29),
        "focus-chosen": date(2026, 4, 12),
    }
    assert w.journey.allowances.get().half_days == 6
    assert w.journey.allowances.get().until_stage == 3
    assert Event.objects.filter(did="journeys.journey_started").count() == 1


def test_a_cluster_has_one_journey():
    w = walk()

    with pytest.raises(Refused, match="on its journey already"):
        actions.start_journey(by=w.manager, cluster=w.team.cluster, starts_on=STARTED)

    assert Journey.objects.count() == 1


def test_a_cluster_of_a_programme_without_a_design_is_told_what_to_do():
    seat = SeatFactory()

    with pytest.raises(Refused, match="Load one on the programme's page"):
        actions.start_journey(by=actor(seat), cluster=seat.cluster, starts_on=STARTED)


def test_a_year_that_is_a_slip_of_the_pen_is_refused():
    w = walk()
    other = SeatFactory(cluster__programme=w.team.cluster.programme)

    with at(STARTED), pytest.raises(Refused, match="Check the year"):
        actions.start_journey(
            by=w.manager, cluster=other.cluster, starts_on=STARTED.replace(year=2206)
        )


def test_a_later_version_of_the_design_leaves_a_journey_as_it_is():
    w = walk()
    before = list(w.journey.stages.values())

    short_design(w.team.cluster.programme, version=2)

    assert list(w.journey.stages.values()) == before
    w.journey.refresh_from_db()
    assert w.journey.design.version == 1


def test_the_same_design_twice_is_the_same_design():
    w = walk()
    n_events = Event.objects.count()

    again = short_design(w.team.cluster.programme)

    assert again == w.journey.design
    assert Event.objects.count() == n_events


def test_a_version_says_one_thing():
    w = walk()
    text = w.journey.design.text.replace("You choose.", "You draw lots.")

    with pytest.raises(Refused, match="new number under “version”"):
        actions.load_design(by=w.manager, programme=w.team.cluster.programme, text=text)


def test_a_design_with_a_fault_is_refused_with_its_line():
    w = walk()

    with pytest.raises(Refused, match=r"Line \d+: .*kind"):
        actions.load_design(
            by=w.manager,
            programme=w.team.cluster.programme,
            text=w.journey.design.text.replace("kind: focus", "kind: ballot"),
        )


def test_a_stage_closes_when_every_sentence_is_ticked():
    w = walk()
    actions.tick(by=w.core, exit_test=w.test("members"), evidence="The list of 2 March.")

    with pytest.raises(Refused) as refused:
        actions.close_stage(by=w.facilitator, stage=w.stage(1))
    assert "We have agreed the ground rules." in str(refused.value)
    assert "who is in" not in str(refused.value)

    actions.tick(by=w.core, exit_test=w.test("rules"), evidence="All six said yes.")
    with at(date(2026, 3, 12)):
        closed = actions.close_stage(by=w.facilitator, stage=w.stage(1))

    assert closed.closed_by_id == w.facilitator.seat
    assert w.open_stage == w.stage(2)
    assert w.milestone("formed").done_on == date(2026, 3, 12)
    assert w.milestone("answers-in").done_on is None


def test_a_stage_closes_once():
    w = walk()
    w.close()

    with pytest.raises(Refused, match="was closed on"):
        actions.close_stage(by=w.core, stage=w.stage(1))

    assert Event.objects.filter(did="journeys.stage_closed").count() == 1


def test_a_stage_that_has_not_begun_takes_no_tick():
    w = walk()

    with pytest.raises(Refused, match="has not begun"):
        actions.tick(by=w.core, exit_test=w.test("answered"), evidence="They have.")


def test_a_tick_says_what_shows_it():
    w = walk()

    with pytest.raises(Refused, match="Say what shows it"):
        actions.tick(by=w.core, exit_test=w.test("rules"), evidence="  ")


def test_a_second_tick_is_told_of_the_first():
    w = walk()
    actions.tick(by=w.core, exit_test=w.test("rules"), evidence="All six said yes.")

    with pytest.raises(Refused, match=r"Chief executive, .* ticked this on"):
        actions.tick(by=w.core, exit_test=w.test("rules"), evidence="All said yes.")


def test_a_tick_taken_back_stays_to_be_read_and_counts_no_more():
    w = walk()
    w.tick_all()

    undone = actions.untick(by=w.core, exit_test=w.test("rules"))

    assert undone.evidence == "Agreed at our meeting."
    with pytest.raises(Refused, match="ground rules"):
        actions.close_stage(by=w.core, stage=w.stage(1))
    actions.tick(by=w.core, exit_test=w.test("rules"), evidence="Now all have.")
    assert w.test("rules").ticks.count() == 2
    actions.close_stage(by=w.core, stage=w.stage(1))
    assert w.open_stage.position == 2


def test_where_there_is_no_tick_none_is_taken_back():
    w = walk()

    with pytest.raises(Refused, match="no tick here"):
        actions.untick(by=w.core, exit_test=w.test("rules"))


def test_after_the_last_stage_the_journey_is_at_its_end():
    w = walk()
    for _ in range(3):
        w.close()

    assert not w.journey.stages.filter(closed_at=None).exists()


def test_going_back_runs_an_earlier_stage_again_and_those_after_it():
    w = walk()
    w.close()
    w.close()

    opened = actions.go_back(by=w.core, stage=w.stage(3), to_position=1, reason="Two members left.")

    assert (opened.position, opened.run, opened.reason) == (1, 2, "Two members left.")
    assert w.open_stage == opened
    assert [
        (s.position, s.run, bool(s.opened_at), bool(s.closed_at), bool(s.left_at))
        for s in w.journey.stages.all()
    ] == [
        (1, 1, True, True, False),
        (1, 2, True, False, False),
        (2, 1, True, True, False),
        (2, 2, False, False, False),
        (3, 1, True, False, True),
        (3, 2, False, False, False),
    ]
    assert not w.journey.milestones.filter(done_on__isnull=False).exists()
    assert opened.exit_tests.count() == 2
    assert w.stage(1).exit_tests.filter(ticks__undone_at=None).count() == 2
    w.close()
    assert w.open_stage == w.stage(2, run=2)


def test_going_back_a_second_time_adds_no_run_to_a_stage_that_had_not_begun():
    w = walk()
    w.close()
    w.close()
    actions.go_back(by=w.core, stage=w.open_stage, to_position=2, reason="Answers were missing.")

    actions.go_back(by=w.core, stage=w.open_stage, to_position=1, reason="A member left.")

    assert w.journey.stages.filter(position=3).count() == 2
    assert w.journey.stages.filter(position=2).count() == 3
    assert w.open_stage == w.stage(1, run=2)


@pytest.mark.parametrize("position", [0, 2, 3, 9])
def test_one_goes_back_only_to_a_stage_before(position):
    w = walk()
    w.close()

    with pytest.raises(Refused, match="one of the stages before"):
        actions.go_back(by=w.core, stage=w.open_stage, to_position=position, reason="So.")


def test_going_back_has_its_reason():
    w = walk()
    w.close()

    with pytest.raises(Refused, match="Say why"):
        actions.go_back(by=w.core, stage=w.open_stage, to_position=1, reason=" ")


def test_from_the_end_one_can_go_back_to_the_last_stage():
    w = walk()
    for _ in range(3):
        w.close()

    opened = actions.go_back(
        by=w.core, stage=w.stage(3), to_position=3, reason="A new partner came."
    )

    assert (opened.position, opened.run) == (3, 2)
    assert w.open_stage == opened


def test_what_is_closed_cannot_be_gone_back_from():
    w = walk()
    w.close()
    w.close()

    with pytest.raises(Refused, match="was closed on"):
        actions.go_back(by=w.core, stage=w.stage(2), to_position=1, reason="So.")


def test_nothing_moves_in_a_cluster_that_has_ended():
    w = walk()
    w.team.cluster.ended_at = w.journey.stages.get(position=1).opened_at
    w.team.cluster.save()

    with pytest.raises(Refused, match="ended on"):
        actions.tick(by=w.core, exit_test=w.test("rules"), evidence="All said yes.")


def test_the_clock_cannot_tick():
    w = walk()

    from hedgerow.core.actors import Actor

    with pytest.raises(ValueError, match="in a seat"):
        actions.tick(by=Actor.clock(), exit_test=w.test("rules"), evidence="Time passed.")


def test_there_is_one_open_stage_even_where_code_is_wrong():
    from django.db import IntegrityError

    w = walk()

    with pytest.raises(IntegrityError):
        Stage.objects.filter(position=2).update(opened_at=w.stage(1).opened_at)
