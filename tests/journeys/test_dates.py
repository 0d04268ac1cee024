from datetime import date, timedelta

import pytest

from hedgerow.core import clock, links
from hedgerow.core.actions import Refused, Stale
from hedgerow.core.actors import Via
from hedgerow.core.models import Event
from hedgerow.journeys import actions, queries
from hedgerow.journeys.models import Move, PlannedDate, Standing, Timetable
from tests.factories import actor

from .walks import at, walk

pytestmark = pytest.mark.django_db
MID_MARCH = date(2026, 3, 4)


def now_on(w, slug):
    lines = queries.timetable_lines(w.journey)
    return next(line.now_on for line in lines if line.key == w.milestone(slug).pk)


def line_of(w, slug):
    lines = queries.timetable_lines(w.journey)
    return next(line for line in lines if line.key == w.milestone(slug).pk)


def test_the_clusters_own_date_moves_at_once_and_the_timetable_before_is_kept():
    w = walk()

    with at(MID_MARCH):
        made = actions.move_date(
            by=w.facilitator,
            milestone=w.milestone("first-meeting"),
            to_on=date(2026, 3, 11),
            reason="The hall is taken.",
            version=1,
        )
        line = line_of(w, "first-meeting")

    assert made.number == 2
    assert (line.first_on, line.now_on, line.days) == (date(2026, 3, 9), date(2026, 3, 11), 7)
    (change,) = line.changes
    assert change.by.startswith("Chief executive")
    assert (change.reason, change.on, change.agreed_by) == ("The hall is taken.", MID_MARCH, "")
    first = PlannedDate.objects.get(timetable__number=1, milestone__slug="first-meeting")
    assert first.on == date(2026, 3, 9)
    assert Event.objects.get(did="journeys.date_moved").detail == {
        "from_on": "2026-03-09",
        "to_on": "2026-03-11",
    }


def test_every_version_of_the_timetable_can_be_read():
    w = walk()
    with at(MID_MARCH):
        for day in (11, 12):
            actions.move_date(
                by=w.core,
                milestone=w.milestone("first-meeting"),
                to_on=date(2026, 3, day),
                reason=f"To the {day}th.",
            )

    versions = queries.version_lines(w.journey)

    assert [v.number for v in versions] == [3, 2, 1]
    assert [dict(v.dates)["The first meeting"].day for v in versions] == [12, 11, 9]
    assert [[c.reason for c in v.changes] for v in versions] == [
        ["To the 12th."],
        ["To the 11th."],
        [],
    ]


def test_whoever_read_an_older_timetable_is_asked_to_look_again():
    w = walk()
    with at(MID_MARCH):
        moved = {"by": w.core, "reason": "The hall is taken.", "version": 1}
        actions.move_date(milestone=w.milestone("formed"), to_on=date(2026, 3, 16), **moved)

        with pytest.raises(Stale):
            actions.move_date(
                milestone=w.milestone("first-meeting"), to_on=date(2026, 3, 11), **moved
            )

    assert Timetable.objects.count() == 2


@pytest.mark.parametrize(
    ("slug", "to_on", "sentence"),
    [
        ("first-meeting", date(2026, 3, 3), "has passed"),
        ("first-meeting", date(2026, 3, 9), "already"),
        ("first-meeting", date(2036, 3, 9), "Check the year"),
        ("formed", date(2026, 3, 29), "“The answers are in” comes after it"),
        ("formed", date(2026, 4, 2), "Move that one first"),
        ("focus-chosen", date(2026, 3, 29), "“The answers are in” comes before it"),
    ],
)
def test_a_day_that_cannot_be_is_refused_with_what_to_do(slug, to_on, sentence):
    w = walk()

    with at(MID_MARCH), pytest.raises(Refused, match=sentence):
        actions.move_date(by=w.core, milestone=w.milestone(slug), to_on=to_on, reason="So.")

    assert Timetable.objects.count() == 1


def test_a_date_moves_up_to_today_and_past_a_date_that_ends_no_stage():
    w = walk()

    with at(MID_MARCH):
        actions.move_date(
            by=w.core, milestone=w.milestone("formed"), to_on=MID_MARCH, reason="All agreed."
        )

    assert now_on(w, "formed") == MID_MARCH


def test_a_date_moves_only_with_a_reason():
    w = walk()

    with at(MID_MARCH), pytest.raises(Refused, match="Say why"):
        actions.move_date(
            by=w.core,
            milestone=w.milestone("first-meeting"),
            to_on=date(2026, 3, 11),
            reason="  ",
        )


def test_a_date_that_was_met_stays():
    w = walk()
    with at(MID_MARCH):
        actions.meet_milestone(by=w.core, milestone=w.milestone("first-meeting"), done_on=MID_MARCH)

        with pytest.raises(Refused, match="was met on 4 March 2026"):
            actions.move_date(
                by=w.core,
                milestone=w.milestone("first-meeting"),
                to_on=date(2026, 3, 11),
                reason="So.",
            )


def test_the_clusters_date_is_not_asked_about_and_the_programmes_not_moved():
    w = walk()
    with at(MID_MARCH):
        with pytest.raises(Refused, match="The facilitator can ask"):
            actions.move_date(
                by=w.core,
                milestone=w.milestone("answers-in"),
                to_on=date(2026, 4, 1),
                reason="So.",
            )
        with pytest.raises(Refused, match="nobody has to agree"):
            actions.ask_to_move(
                by=w.facilitator,
                milestone=w.milestone("formed"),
                to_on=date(2026, 3, 16),
                reason="So.",
            )
        with pytest.raises(Refused, match="cluster's own"):
            actions.move_programme_date(
                by=w.manager,
                milestone=w.milestone("formed"),
                to_on=date(2026, 3, 16),
                reason="So.",
            )


def ask(w, to_on=date(2026, 4, 2)):
    with at(MID_MARCH):
        return actions.ask_to_move(
            by=w.facilitator,
            milestone=w.milestone("answers-in"),
            to_on=to_on,
            reason="Two members were away.",
        )


def test_a_programmes_date_stands_until_the_manager_agrees():
    w = walk()
    move = ask(w)
    assert now_on(w, "answers-in") == date(2026, 3, 29)
    (waiting,) = queries.waiting_moves(Move.objects.all())
    assert (waiting.key, waiting.by_how_much) == (move.pk, "four days later")

    with at(date(2026, 3, 6)):
        actions.answer_move(by=w.manager, move=move, is_agreed=True)

    line = line_of(w, "answers-in")
    assert (line.now_on, line.waiting) == (date(2026, 4, 2), None)
    (change,) = line.changes
    assert change.by.endswith(str(w.team.cluster))
    assert change.agreed_by.endswith(str(w.team.cluster.programme))
    assert change.reason == "Two members were away."
    assert queries.waiting_moves(Move.objects.all()) == []


def test_a_move_is_refused_in_words_and_the_date_stays():
    w = walk()
    move = ask(w)

    with pytest.raises(Refused, match="Say why the date cannot move"):
        actions.answer_move(by=w.manager, move=move, is_agreed=False, answer=" ")
    actions.answer_move(
        by=w.manager, move=move, is_agreed=False, answer="The panel meets on the 30th."
    )

    assert now_on(w, "answers-in") == date(2026, 3, 29)
    (answered,) = queries.answered_moves(w.journey)
    assert (answered.is_agreed, answered.answer) == (False, "The panel meets on the 30th.")


def test_a_move_is_answered_once():
    w = walk()
    move = ask(w)
    with at(MID_MARCH):
        actions.answer_move(by=w.manager, move=move, is_agreed=True)

        with pytest.raises(Refused, match="was agreed to on"):
            actions.answer_move(by=w.manager, move=move, is_agreed=True)

    assert Timetable.objects.count() == 2


def test_a_move_whose_day_has_passed_meanwhile_cannot_be_agreed():
    w = walk()
    move = ask(w)

    with at(date(2026, 4, 3)), pytest.raises(Refused, match="has passed"):
        actions.answer_move(by=w.manager, move=move, is_agreed=True)

    move.refresh_from_db()
    assert move.answered_at is None


def test_one_move_of_a_date_waits_at_a_time():
    w = walk()
    ask(w)

    with pytest.raises(Refused, match="waits for the programme manager already"):
        ask(w, to_on=date(2026, 4, 3))


def test_the_manager_moves_a_programmes_date_unless_a_move_waits():
    w = walk()
    with at(MID_MARCH):
        actions.move_programme_date(
            by=w.manager,
            milestone=w.milestone("answers-in"),
            to_on=date(2026, 4, 1),
            reason="All clusters get three days more.",
            version=1,
        )
    assert now_on(w, "answers-in") == date(2026, 4, 1)
    ask(w)

    with at(MID_MARCH), pytest.raises(Refused, match="Answer that first"):
        actions.move_programme_date(
            by=w.manager,
            milestone=w.milestone("answers-in"),
            to_on=date(2026, 4, 3),
            reason="So.",
        )


def test_a_member_says_that_a_date_stands_once():
    w = walk()
    said = {"milestone": w.milestone("first-meeting"), "on": date(2026, 3, 9)}

    actions.say_it_stands(by=w.core, **said)
    actions.say_it_stands(by=w.core, **said)
    actions.say_it_stands(by=actor(w.team.second), **said)

    assert Standing.objects.count() == 2
    assert Event.objects.filter(did="journeys.date_stands").count() == 2
    line = line_of(w, "first-meeting")
    assert line.stands_for == tuple(sorted(str(o) for o in w.team.organisations[:2]))
    assert line.n_members == 3


def test_what_stood_before_a_move_does_not_stand_after():
    w = walk()
    actions.say_it_stands(by=w.core, milestone=w.milestone("first-meeting"), on=date(2026, 3, 9))
    with at(MID_MARCH):
        actions.move_date(
            by=w.core,
            milestone=w.milestone("first-meeting"),
            to_on=date(2026, 3, 11),
            reason="The hall is taken.",
        )

        with pytest.raises(Refused, match="has moved from 9 March 2026 to 11 March 2026"):
            actions.say_it_stands(
                by=w.core, milestone=w.milestone("first-meeting"), on=date(2026, 3, 9)
            )

    assert line_of(w, "first-meeting").stands_for == ()


def test_a_link_says_that_a_date_stands_once():
    w = walk()
    token = links.make(
        "stands",
        person=w.core.person,
        seat=w.core.seat,
        about=w.milestone("first-meeting").pk,
        version=date(2026, 3, 9).toordinal(),
        expires_at=clock.now() + timedelta(days=14),
    )
    link = links.read(token, "stands")
    said = {
        "by": actor(w.team.core, via=Via.LINK),
        "milestone": w.milestone("first-meeting"),
        "on": date(2026, 3, 9),
        "link": link,
    }
    actions.say_it_stands(**said)

    with pytest.raises(Refused, match="works once"):
        actions.say_it_stands(**said)

    assert Event.objects.get(did="journeys.date_stands").via == "link"


def test_a_milestone_is_met_on_a_day_that_can_be_put_right_and_taken_back():
    w = walk()
    meeting = w.milestone("first-meeting")
    with at(date(2026, 3, 12)):
        actions.meet_milestone(by=w.core, milestone=meeting, done_on=date(2026, 3, 12))
        assert line_of(w, "first-meeting").state == (
            "Met on 12 March 2026, three days after the date first set"
        )
        actions.meet_milestone(by=w.core, milestone=meeting, done_on=date(2026, 3, 9))
        assert line_of(w, "first-meeting").state == "Kept: met on 9 March 2026"
        actions.unmeet_milestone(by=w.core, milestone=meeting)

    assert w.milestone("first-meeting").done_on is None


@pytest.mark.parametrize(
    ("done_on", "sentence"),
    [(date(2026, 3, 5), "still to come"), (date(2026, 3, 1), "began on 2 March 2026")],
)
def test_a_milestone_is_met_since_the_beginning_and_not_ahead(done_on, sentence):
    w = walk()

    with at(MID_MARCH), pytest.raises(Refused, match=sentence):
        actions.meet_milestone(by=w.core, milestone=w.milestone("first-meeting"), done_on=done_on)


def test_what_a_stages_end_stands_for_is_met_by_closing_it():
    w = walk()
    with at(MID_MARCH), pytest.raises(Refused, match="when its stage is closed"):
        actions.meet_milestone(by=w.core, milestone=w.milestone("formed"), done_on=MID_MARCH)
    with at(MID_MARCH):
        w.close()

    assert line_of(w, "formed").done_on == MID_MARCH
    with pytest.raises(Refused, match="closing a stage"):
        actions.unmeet_milestone(by=w.core, milestone=w.milestone("formed"))


@pytest.mark.parametrize(
    ("today", "state", "is_late"),
    [
        (date(2026, 3, 8), "In one day", False),
        (date(2026, 3, 9), "Today", False),
        (date(2026, 3, 10), "Late by one day", True),
        (date(2026, 3, 21), "Late by 12 days", True),
    ],
)
def test_a_date_is_late_from_the_day_after(today, state, is_late):
    w = walk()

    with at(today):
        line = line_of(w, "first-meeting")

    assert (line.state, line.is_late, line.dot) == (state, is_late, 3 if is_late else 0)
