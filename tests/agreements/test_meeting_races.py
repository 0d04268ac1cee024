"""When several press at once, on a database that lets things happen at once."""

from datetime import timedelta

import pytest

from hedgerow.agreements import actions
from hedgerow.agreements.models import Attendance, Feed, Meeting
from hedgerow.core import clock
from hedgerow.core.models import Event
from tests.at_once import all_at_once
from tests.factories import actor, scene

from . import scenes_meetings as scenes

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


def n_events(did):
    return Event.objects.filter(did=did).count()


def test_who_came_is_written_down_once_however_many_tap_at_once():
    s = scene()
    meeting = scenes.begun(s)

    answers = all_at_once(
        *[
            lambda seat=seat: actions.note_who_came(
                by=actor(seat), meeting=meeting, seat=s.own.third, came=True
            )
            for seat in (s.own.core, s.own.second, s.own.facilitator)
        ]
    )

    assert answers == ["done"] * 3
    assert Attendance.objects.filter(meeting=meeting, seat=s.own.third).count() == 1
    assert n_events("agreements.attendance_noted") == 1


def test_an_answer_and_who_came_of_one_seat_do_not_cross():
    s = scene()
    meeting = scenes.meeting(s)

    answers = all_at_once(
        *[
            lambda answer=answer: actions.answer_meeting(
                by=actor(s.own.core), meeting=meeting, answer=answer
            )
            for answer in ("coming", "not_coming", "coming", "not_coming")
        ]
    )

    assert answers == ["done"] * 4
    assert Attendance.objects.filter(meeting=meeting, seat=s.own.core).count() == 1


def test_of_three_who_change_a_meeting_after_the_same_reading_one_does():
    s = scene()
    meeting = scenes.meeting(s)
    told = meeting.starts_at.astimezone(clock.LONDON)

    answers = all_at_once(
        *[
            lambda place=place: actions.change_meeting(
                by=actor(s.own.facilitator),
                meeting=meeting,
                version=1,
                reason="",
                title=meeting.title,
                on=told.date(),
                at=told.time(),
                minutes=90,
                place=place,
            )
            for place in ("The library", "The church", "The pub")
        ]
    )

    assert answers == ["done", "refused", "refused"]
    assert Meeting.objects.get(pk=meeting.pk).sequence == 1


def test_a_meeting_is_begun_or_called_off_and_not_both():
    s = scene()
    meeting = scenes.meeting(s)
    Meeting.objects.filter(pk=meeting.pk).update(starts_at=clock.now() + timedelta(minutes=1))

    answers = all_at_once(
        lambda: actions.begin_meeting(by=actor(s.own.facilitator), meeting=meeting),
        lambda: actions.call_off(by=actor(s.own.core), meeting=meeting, reason="Snow.", version=1),
    )

    assert answers == ["done", "refused"]
    meeting.refresh_from_db()
    assert bool(meeting.begun_at) != bool(meeting.called_off_at)


def test_of_addresses_made_at_once_one_lives():
    s = scene()
    core = s.own.core

    answers = all_at_once(
        *[
            lambda: actions.make_feed(by=actor(core), user=core.user, cluster=s.cluster)
            for _ in range(4)
        ]
    )

    assert answers == ["done"] * 4
    assert Feed.objects.filter(user=core.user, ended_at=None).count() == 1
