"""Calling, changing, calling off, answering, and what is written down while a meeting goes on."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError

from hedgerow.agreements import actions
from hedgerow.agreements.models import Attendance, Feed, Meeting, MeetingChange, Note, Promise
from hedgerow.agreements.prompts.meetings import of_meetings
from hedgerow.agreements.queries.agenda import agenda_of, hours
from hedgerow.agreements.queries.attendance import attendance_of, chairs
from hedgerow.agreements.queries.meeting_changes import changes_of
from hedgerow.agreements.queries.meetings import minutes_of
from hedgerow.agreements.times import in_london, read_time
from hedgerow.core import clock
from hedgerow.core.actions import Refused, Stale
from hedgerow.core.models import Event, Mail
from hedgerow.people.models import Role
from hedgerow.people.readers import seat_words
from tests.factories import MandateFactory, ProgrammeFactory, SeatFactory, actor, reader, team

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 2, 9, tzinfo=UTC)  # a Monday
DAY = date(2026, 12, 3)


@pytest.fixture
def t():
    with clock.at(NOW):
        made = team(ProgrammeFactory())
        yield made


def call(t, **other):
    words = {"title": "Core Group meeting", "on": DAY, "at": time(10), "minutes": 90}
    return actions.call_meeting(by=actor(t.facilitator), cluster=t.cluster, **{**words, **other})


def change(t, meeting, **other):
    told = meeting.starts_at.astimezone(clock.LONDON)
    words = {
        "version": meeting.version,
        "reason": "",
        "title": meeting.title,
        "on": told.date(),
        "at": told.time(),
        "minutes": meeting.minutes,
        "place": meeting.place,
        "link": meeting.link,
        "social": meeting.social,
    }
    return actions.change_meeting(by=actor(t.facilitator), meeting=meeting, **{**words, **other})


def begun(t, **other):
    """A meeting of this morning, that was begun."""
    meeting = call(t, **{"on": NOW.date(), "at": time(10), **other})
    return actions.begin_meeting(by=actor(t.facilitator), meeting=meeting)


def asked(seat):
    return [prompt.sentence for prompt in of_meetings(reader(seat), clock.today())]


# --- times


@pytest.mark.parametrize(
    ("typed", "at"),
    [
        ("10am", time(10)),
        ("2.30pm", time(14, 30)),
        ("2:30 p.m.", time(14, 30)),
        ("14:30", time(14, 30)),
        ("09:15", time(9, 15)),
        ("noon", time(12)),
        ("12am", time(0)),
        ("12pm", time(12)),
        (" Midnight ", time(0)),
    ],
)
def test_a_time_is_read_as_people_write_it(typed, at):
    assert read_time(typed) == at


@pytest.mark.parametrize("typed", ["2.30", "10", "25:00", "13pm", "0am", "soon", "10:60", "٣am"])
def test_a_time_that_could_be_two_or_none_is_refused_with_words(typed):
    with pytest.raises(ValueError, match=r"Write it as 10am, 2.30pm or 14:30"):
        read_time(typed)


@pytest.mark.parametrize(
    ("on", "instant"),
    [
        (date(2026, 10, 24), datetime(2026, 10, 24, 9, tzinfo=UTC)),
        (date(2026, 10, 26), datetime(2026, 10, 26, 10, tzinfo=UTC)),
        (date(2027, 3, 27), datetime(2027, 3, 27, 10, tzinfo=UTC)),
        (date(2027, 3, 29), datetime(2027, 3, 29, 9, tzinfo=UTC)),
    ],
)
def test_ten_in_the_morning_is_ten_on_both_sides_of_a_clock_change(on, instant):
    assert in_london(on, time(10)) == instant


def test_a_time_that_does_not_exist_is_refused_and_the_night_is_named(t):
    with pytest.raises(
        Refused, match=r"in the night to Sunday 28 March 2027, so there is no 1.30am"
    ):
        call(t, on=date(2027, 3, 28), at=time(1, 30))


def test_a_time_that_comes_twice_is_refused_and_the_night_is_named(t):
    with pytest.raises(
        Refused, match=r"in the night to Sunday 31 October 2027, so 1.30am comes tw"
    ):
        call(t, on=date(2027, 10, 31), at=time(1, 30))


def test_the_hours_round_a_clock_change_can_be_chosen(t):
    assert call(t, on=date(2027, 3, 28), at=time(2)).starts_at.hour == 1
    assert call(t, on=date(2027, 10, 31), at=time(2)).starts_at.hour == 2


# --- calling


def test_a_meeting_that_has_passed_is_refused(t):
    with pytest.raises(Refused, match=r"has passed. Choose a later time"):
        call(t, on=NOW.date(), at=time(9))
    with pytest.raises(Refused, match="Check the year"):
        call(t, on=date(2029, 12, 3))


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"title": "  "}, "Give the meeting a name"),
        ({"title": "A\r\nBcc: x@y.org"}, "on one line"),
        ({"place": "Here\nthere"}, "on one line"),
        ({"minutes": 4}, "from 5 minutes to 12 hours"),
        ({"minutes": 721}, "from 5 minutes to 12 hours"),
        ({"link": "javascript:alert(1)"}, "begins with https://"),
    ],
)
def test_what_cannot_be_called_is_refused_with_a_sentence(t, wrong, sentence):
    with pytest.raises(Refused, match=sentence):
        call(t, **wrong)
    assert not Meeting.objects.exists()
    assert not Mail.objects.exists()


def test_whoever_calls_it_is_coming(t):
    meeting = call(t)

    assert Attendance.objects.get(meeting=meeting).seat == t.facilitator
    assert Attendance.objects.get(meeting=meeting).answer == "coming"


def test_a_cluster_that_ended_meets_no_more(t):
    t.cluster.ended_at = clock.now()
    t.cluster.save()

    with pytest.raises(Refused, match="ended"):
        call(t)


def test_everybody_round_the_table_gets_one_letter_and_nobody_else(t):
    twice = SeatFactory(cluster=t.cluster, role=Role.SUPPORTER, user=t.core.user)
    call(t)

    told = set(Mail.objects.filter(why="meeting").values_list("person", flat=True))

    table = {seat.user_id for role, seat in t.seats.items() if role is not Role.SPONSOR}
    assert told == table | {t.second.user_id, t.third.user_id}
    assert Mail.objects.filter(person=twice.user_id).count() == 1


def test_the_example_is_not_written_to(t):
    t.cluster.is_example = True
    t.cluster.save()
    call(t)

    assert not Mail.objects.exists()


def test_whose_seat_has_ended_or_whose_account_is_closed_gets_no_letter(t):
    t.second.ended_at = clock.now()
    t.second.save()
    t.third.user.is_active = False
    t.third.user.save()
    call(t)

    told = set(Mail.objects.values_list("person", flat=True))
    assert not told & {t.second.user_id, t.third.user_id}


# --- changing


def test_moved_it_asks_again_whether_they_come_and_needs_a_reason(t):
    meeting = call(t)
    actions.answer_meeting(by=actor(t.core), meeting=meeting, answer="coming")

    with pytest.raises(Refused, match="Say why it moves"):
        change(t, meeting, at=time(14))
    moved = change(t, meeting, at=time(14), reason="The hall is taken.")

    assert (moved.sequence, moved.version) == (1, 2)
    assert moved.starts_at == datetime(2026, 12, 3, 14, tzinfo=UTC)
    said = {told.seat_id: told.answer for told in meeting.attendances.all()}
    assert said == {t.facilitator.pk: "coming", t.core.pk: ""}
    assert Mail.objects.filter(subject__startswith="Changed: ").count() == 7


def test_another_place_keeps_the_answers_and_wants_no_reason(t):
    meeting = call(t)
    actions.answer_meeting(by=actor(t.core), meeting=meeting, answer="coming")

    change(t, meeting, place="The library")

    assert meeting.attendances.get(seat=t.core).answer == "coming"


def test_changed_into_what_it_was_nothing_is_done_and_nobody_is_written_to(t):
    meeting = call(t)
    n = Mail.objects.count()

    change(t, meeting)

    meeting.refresh_from_db()
    assert meeting.sequence == 0
    assert Mail.objects.count() == n
    assert not Event.objects.filter(did="agreements.meeting_changed").exists()


def test_whoever_read_it_before_it_changed_is_told(t):
    meeting = call(t)
    change(t, meeting, place="The library")

    with pytest.raises(Stale):
        change(t, meeting, place="The church")
    with pytest.raises(Stale):
        actions.call_off(
            by=actor(t.facilitator), meeting=meeting, reason="Snow.", version=meeting.version
        )


def test_called_off_it_stays_with_its_reason_and_nothing_more_is_done_to_it(t):
    meeting = call(t)
    with pytest.raises(Refused, match="Say why it is called off"):
        actions.call_off(by=actor(t.core), meeting=meeting, reason=" ", version=1)
    off = actions.call_off(by=actor(t.core), meeting=meeting, reason="Snow.", version=1)

    assert off.called_off_at
    for act in (
        lambda: actions.answer_meeting(by=actor(t.core), meeting=off, answer="coming"),
        lambda: actions.begin_meeting(by=actor(t.core), meeting=off),
        lambda: actions.add_item(by=actor(t.core), meeting=off, words="The bus"),
        lambda: actions.add_note(by=actor(t.core), meeting=off, words="None."),
        lambda: change(t, off, place="The library"),
        lambda: actions.call_off(by=actor(t.core), meeting=off, reason="Ice.", version=2),
    ):
        with pytest.raises(Refused, match=r"called off on 2 November 2026: Snow."):
            act()
    assert Mail.objects.filter(subject__startswith="Called off: ").count() == 7


def test_each_change_stays_with_its_reason(t):
    meeting = call(t, place="The Old School")
    meeting = change(t, meeting, at=time(14), place="", reason="The hall is taken.")
    meeting = change(t, meeting, minutes=60, title="Short meeting", link="https://example.org/m")
    actions.call_off(by=actor(t.core), meeting=meeting, reason="Snow.", version=meeting.version)
    meeting.refresh_from_db()

    found = changes_of(meeting)

    assert [line.reason for line in found] == ["The hall is taken.", "", "Snow."]
    lead, core = seat_words(t.facilitator), seat_words(t.core)
    first, second, third = (line.sentence for line in found)
    assert first == (
        f"{lead} changed the time from Thursday 3 December 2026, 10am, to Thursday 3 December "
        "2026, 2pm and the place from “The Old School” to none."
    )
    assert second == (
        f"{lead} changed its name from “Core Group meeting” to “Short meeting”, how long it takes "
        "from one hour 30 minutes to one hour and the link to join from none to "
        "“https://example.org/m”."
    )
    assert third == f"{core} called it off; it was to be on Thursday 3 December 2026, 2pm."


def test_what_did_not_change_leaves_no_change(t):
    meeting = call(t)
    change(t, meeting)

    assert changes_of(meeting) == []
    assert not MeetingChange.objects.exists()


@pytest.mark.parametrize(
    "wrong",
    [{"to_at": None}, {"to_at": NOW + timedelta(days=1)}],
    ids=["called off", "moved"],
)
def test_a_change_that_does_not_say_why_is_not_stored(t, wrong):
    with pytest.raises(IntegrityError), transaction.atomic():
        MeetingChange.objects.create(
            meeting=call(t), title="A", from_at=NOW, minutes=60, by=t.core, at=NOW, **wrong
        )


def test_a_meeting_that_has_begun_is_neither_changed_nor_called_off(t):
    meeting = begun(t)

    with pytest.raises(Refused, match="began on 2 November 2026"):
        change(t, meeting, place="The library")
    with pytest.raises(Refused, match="began on 2 November 2026"):
        actions.call_off(by=actor(t.core), meeting=meeting, reason="Snow.", version=meeting.version)


# --- answering


def test_an_answer_is_changed_by_saying_it_again(t):
    meeting = call(t)
    core = actor(t.core)
    for answer in ("coming", "coming", "not_coming"):
        actions.answer_meeting(by=core, meeting=meeting, answer=answer)

    assert meeting.attendances.get(seat=t.core).answer == "not_coming"
    assert Event.objects.filter(did="agreements.meeting_answered").count() == 2


def test_a_meeting_that_is_over_is_not_answered(t):
    meeting = call(t)
    with clock.at(NOW + timedelta(days=60)), pytest.raises(Refused, match="it is over"):
        actions.answer_meeting(by=actor(t.core), meeting=meeting, answer="coming")


def test_a_deputy_says_they_come_only_with_a_mandate_for_that_day(t):
    meeting, deputy = call(t), t.seats[Role.DEPUTY]

    with pytest.raises(Refused, match="has no mandate for 3 December 2026"):
        actions.answer_meeting(by=actor(deputy), meeting=meeting, answer="coming")
    MandateFactory(deputy=deputy, given_by=t.core, from_on=DAY, until_on=DAY)
    actions.answer_meeting(by=actor(deputy), meeting=meeting, answer="coming")

    assert meeting.attendances.get(seat=deputy).answer == "coming"


def test_a_seat_elsewhere_is_not_at_this_table(t):
    meeting, other = call(t), SeatFactory()

    with pytest.raises(Refused, match="not at the table"):
        actions.answer_meeting(by=actor(other), meeting=meeting, answer="coming")


# --- while it goes on


def test_a_meeting_begins_on_its_day_and_not_before(t):
    meeting = call(t)

    with pytest.raises(Refused, match="Begin it on that day"):
        actions.begin_meeting(by=actor(t.facilitator), meeting=meeting)
    with clock.at(datetime(2026, 12, 3, 0, 30, tzinfo=UTC)):
        assert actions.begin_meeting(by=actor(t.facilitator), meeting=meeting).begun_at


def test_begun_or_ended_twice_it_is_done_once(t):
    meeting, lead = begun(t), actor(t.facilitator)
    actions.begin_meeting(by=lead, meeting=meeting)
    actions.end_meeting(by=lead, meeting=meeting)
    actions.end_meeting(by=lead, meeting=meeting)

    for did in ("agreements.meeting_begun", "agreements.meeting_ended"):
        assert Event.objects.filter(did=did).count() == 1


def test_nothing_is_written_down_before_it_begins(t):
    meeting, lead = call(t), actor(t.facilitator)

    for act in (
        lambda: actions.note_who_came(by=lead, meeting=meeting, seat=t.core, came=True),
        lambda: actions.add_note(by=lead, meeting=meeting, words="Early."),
        lambda: actions.end_meeting(by=lead, meeting=meeting),
    ):
        with pytest.raises(Refused, match="has not begun yet"):
            act()


def test_a_deputy_without_a_mandate_for_that_day_is_never_a_silent_replacement(t):
    meeting, deputy, lead = begun(t), t.seats[Role.DEPUTY], actor(t.facilitator)
    tomorrow = NOW.date() + timedelta(days=1)
    MandateFactory(deputy=deputy, given_by=t.core, from_on=tomorrow, until_on=tomorrow)

    with pytest.raises(Refused, match="has no mandate for 2 November 2026, so cannot stand in"):
        actions.note_who_came(by=lead, meeting=meeting, seat=deputy, came=True)
    assert not meeting.attendances.filter(seat=deputy).exists()


def test_a_deputy_with_a_mandate_stands_in_and_it_is_said(t):
    meeting, deputy, lead = begun(t), t.seats[Role.DEPUTY], actor(t.facilitator)
    MandateFactory(deputy=deputy, given_by=t.core, from_on=NOW.date(), until_on=NOW.date())

    actions.note_who_came(by=lead, meeting=meeting, seat=deputy, came=True)
    actions.note_who_came(by=lead, meeting=meeting, seat=t.core, came=False)

    attendance = meeting.attendances.get(seat=deputy)
    assert (attendance.came, attendance.stood_in) == (True, True)
    assert attendance.came_by == t.facilitator
    (chair,) = [chair for chair in chairs(meeting) if chair.key == deputy.pk]
    assert chair.went == "Stood in"
    assert attendance_of(t.cluster)[t.core.pk].words == (
        "Did not come to the one meeting; a deputy stood in once."
    )


def test_a_mandate_taken_back_before_the_meeting_lets_nobody_in(t):
    meeting, deputy, lead = begun(t), t.seats[Role.DEPUTY], actor(t.facilitator)
    MandateFactory(
        deputy=deputy,
        given_by=t.core,
        from_on=NOW.date(),
        until_on=NOW.date(),
        ended_at=NOW,
    )

    with pytest.raises(Refused, match="no mandate"):
        actions.note_who_came(by=lead, meeting=meeting, seat=deputy, came=True)


def test_who_came_is_put_right_by_saying_it_again(t):
    meeting, lead = begun(t), actor(t.facilitator)
    for came in (True, True, False):
        actions.note_who_came(by=lead, meeting=meeting, seat=t.core, came=came)

    assert meeting.attendances.get(seat=t.core).came is False
    assert Event.objects.filter(did="agreements.attendance_noted").count() == 2


def test_a_sponsor_or_a_stranger_is_not_at_the_table(t):
    meeting, lead = begun(t), actor(t.facilitator)

    for seat in (t.seats[Role.SPONSOR], SeatFactory()):
        with pytest.raises(Refused, match="not at the table"):
            actions.note_who_came(by=lead, meeting=meeting, seat=seat, came=True)


def test_a_note_is_struck_out_and_stays_to_be_read(t):
    meeting, lead = begun(t), actor(t.facilitator)
    with pytest.raises(Refused, match="Write the note first"):
        actions.add_note(by=lead, meeting=meeting, words="  ")
    note = actions.add_note(by=lead, meeting=meeting, words="Ada offered the hall.")
    for _ in range(2):
        actions.strike_note(by=lead, note=note)

    minutes = minutes_of(meeting)
    assert [(line.words, line.is_struck) for line in minutes.notes] == [
        ("Ada offered the hall.", True)
    ]
    assert minutes.standing_notes == []
    assert Event.objects.filter(did="agreements.note_struck").count() == 1


def test_what_was_forgotten_is_written_later_and_says_so(t):
    lead = actor(t.facilitator)
    meeting = actions.end_meeting(by=lead, meeting=begun(t))
    with clock.at(NOW + timedelta(days=1)):
        actions.add_note(by=lead, meeting=meeting, words="And Ada offered the hall.")
        assert [note.is_late for note in minutes_of(meeting).notes] == [True]


def test_the_record_holds_no_word_of_a_note_or_a_place(t):
    meeting = begun(t, place="The Old School")
    actions.add_note(by=actor(t.facilitator), meeting=meeting, words="Ada is ill.")

    told = str(list(Event.objects.values_list("detail", flat=True)))
    assert "Ada" not in told
    assert "School" not in told


def test_a_meeting_with_something_written_down_is_not_deleted(t):
    meeting = begun(t)

    with pytest.raises(ProtectedError):
        meeting.delete()
    assert not Note.objects.exists()


# --- the agenda


def test_the_agenda_gathers_what_is_open(t):
    meeting = call(t)
    promise = {
        "cluster": t.cluster,
        "first": t.core,
        "second": t.second,
        "made_by": t.facilitator,
        "made_at": NOW,
    }
    Promise.objects.create(
        words="Ask the council", due_on=date(2026, 10, 30), first_due_on=NOW, **promise
    )
    Promise.objects.create(
        words="In the spring", due_on=date(2027, 4, 1), first_due_on=NOW, **promise
    )
    actions.add_item(by=actor(t.core), meeting=meeting, words="The shared minibus")

    agenda = agenda_of(meeting)

    said = {part.heading: [line.sentence for line in part.lines] for part in agenda.parts}
    (late,) = said["Promises due or late"]
    assert late.startswith("“Ask the council” by Chief executive, Charity ")
    assert late.endswith("was due on 30 October 2026.")
    (item,) = said["What somebody wants to talk about"]
    assert item.startswith("The shared minibus (Chief executive, Charity ")
    assert said["The next meeting"] == ["Agree on which day to meet next."]
    assert agenda.minutes == 5 + 3 + 10 + 5
    assert agenda.length == (
        "About 23 minutes, with five minutes to arrive. It is called for one hour 30 minutes."
    )


def test_an_agenda_that_is_too_long_says_by_how_much(t):
    meeting = call(t, minutes=15)
    actions.add_item(by=actor(t.core), meeting=meeting, words="The shared minibus")

    assert "five minutes more than it is called for" in agenda_of(meeting).length


def test_an_item_is_taken_off_and_the_record_keeps_it(t):
    meeting = call(t)
    item = actions.add_item(by=actor(t.core), meeting=meeting, words="The shared minibus")
    for _ in range(2):
        actions.take_off_item(by=actor(t.facilitator), item=item)

    assert "minibus" not in str(agenda_of(meeting))
    assert Event.objects.filter(did="agreements.item_taken_off").count() == 1


def test_nothing_is_put_on_the_agenda_of_a_meeting_that_ended(t):
    meeting = begun(t)
    actions.end_meeting(by=actor(t.facilitator), meeting=meeting)

    with pytest.raises(Refused, match="Put it to the next one"):
        actions.add_item(by=actor(t.core), meeting=meeting, words="The shared minibus")


@pytest.mark.parametrize(
    ("minutes", "words"),
    [
        (5, "five minutes"),
        (60, "one hour"),
        (90, "one hour 30 minutes"),
        (125, "two hours five minutes"),
    ],
)
def test_how_long_it_takes_is_said_in_words(minutes, words):
    assert hours(minutes) == words


# --- who came how often


def test_how_often_each_came_is_a_sentence_and_what_is_not_written_is_no_absence(t):
    assert attendance_of(t.cluster)[t.core.pk].words == "No meeting has been written down yet."
    lead, came = actor(t.facilitator), [True, True, False, True, None]
    for hour, did in enumerate(came, start=10):
        meeting = begun(t, at=time(hour))
        if did is not None:
            actions.note_who_came(by=lead, meeting=meeting, seat=t.core, came=did)

    told = attendance_of(t.cluster)

    assert (told[t.core.pk].n_came, told[t.core.pk].n_meetings) == (3, 4)
    assert told[t.core.pk].words == (
        "Came to three of four meetings; for one more it is not written down."
    )
    assert set(told) == {t.core.pk, t.second.pk, t.third.pk}


def test_a_meeting_before_one_had_the_seat_does_not_count(t):
    begun(t)
    with clock.at(NOW + timedelta(days=1)):
        new = SeatFactory(cluster=t.cluster, began_at=clock.now())

        assert attendance_of(t.cluster)[new.pk].n_meetings == 0
        assert attendance_of(t.cluster)[new.pk].words == "No meeting has been written down yet."


def test_who_came_is_asked_at_the_same_number_of_queries_however_many_met(
    t, django_assert_num_queries
):
    for hour in range(10, 18):
        begun(t, at=time(hour))

    with django_assert_num_queries(3):
        attendance_of(t.cluster)


# --- what waits for whom


def test_the_core_group_is_asked_whether_it_comes_until_it_says(t):
    meeting = call(t)

    assert asked(t.core) == ["“Core Group meeting” on 3 December 2026: say whether you come"]
    assert asked(t.facilitator) == []  # called it
    assert asked(t.seats[Role.STAFF]) == asked(t.seats[Role.DEPUTY]) == []
    actions.answer_meeting(by=actor(t.core), meeting=meeting, answer="not_coming")
    assert asked(t.core) == []


def test_on_the_day_the_facilitator_begins_it_and_then_says_who_came(t):
    meeting = call(t, on=NOW.date(), at=time(11))

    assert asked(t.facilitator) == ["Begin “Core Group meeting”, today at 11am"]
    lead = actor(t.facilitator)
    actions.begin_meeting(by=lead, meeting=meeting)
    assert asked(t.facilitator) == ["“Core Group meeting” on 2 November 2026: write down who came"]
    for seat in (t.core, t.second, t.third):
        actions.note_who_came(by=lead, meeting=meeting, seat=seat, came=True)
    assert asked(t.facilitator) == []
    with clock.at(NOW + timedelta(hours=5)):
        assert asked(t.facilitator) == ["Call the next meeting"]


def test_a_meeting_nobody_began_is_asked_about(t):
    call(t)
    with clock.at(datetime(2026, 12, 5, 9, tzinfo=UTC)):
        assert asked(t.facilitator) == [
            "“Core Group meeting” on 3 December 2026: write down who came, or call it off"
        ]


def test_without_a_facilitator_the_core_group_is_asked_to_run_it(t):
    call(t, on=NOW.date(), at=time(11))
    t.facilitator.ended_at = clock.now()
    t.facilitator.save()

    assert "Begin “Core Group meeting”, today at 11am" in asked(t.second)


def test_what_waits_costs_the_same_however_many_meetings_there_are(
    t, django_assert_max_num_queries
):
    for hour in range(10, 20):
        begun(t, at=time(hour))
    who = reader(t.facilitator)

    with django_assert_max_num_queries(5):
        list(of_meetings(who, clock.today()))


# --- addresses of calendars


def test_an_address_made_anew_ends_the_one_before(t):
    by, user = actor(t.core), t.core.user
    first = actions.make_feed(by=by, user=user, cluster=t.cluster)
    second = actions.make_feed(by=by, user=user, cluster=t.cluster)
    everything = actions.make_feed(by=by, user=user)

    first.refresh_from_db()
    assert first.ended_at
    assert set(Feed.objects.filter(ended_at=None)) == {second, everything}
    for _ in range(2):
        actions.end_feed(by=by, feed=second)
    assert Event.objects.filter(did="agreements.feed_ended").count() == 1


def test_whoever_sits_at_no_table_gets_no_calendar(t):
    manager = SeatFactory(role=Role.MANAGER, programme=t.cluster.programme)

    for seat, cluster in ((manager, None), (manager, t.cluster), (SeatFactory(), t.cluster)):
        with pytest.raises(Refused, match="You hold no seat"):
            actions.make_feed(by=actor(seat), user=seat.user, cluster=cluster)
