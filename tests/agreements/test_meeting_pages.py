"""Pages of meetings as the people meet them, without a script."""

from datetime import UTC, datetime, time, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from hedgerow.agreements import actions
from hedgerow.agreements.models import Attendance, Meeting, Note
from hedgerow.agreements.panels import meetings as panels
from hedgerow.core import clock
from hedgerow.core.models import Mail
from hedgerow.people.models import Role
from tests.factories import (
    MandateFactory,
    SeatFactory,
    actor,
    reader,
    scene,
    signed_in,
    through_the_glass,
)

from . import scenes_meetings as scenes

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 2, 9, tzinfo=UTC)


@pytest.fixture
def s():
    with clock.at(NOW):
        yield scene()


@pytest.fixture
def member(client, s):
    return signed_in(client, s.own.core)


@pytest.fixture
def facilitator(client, s):
    return signed_in(client, s.own.facilitator)


def words_of(response):
    return " ".join(response.content.decode().split())


def url(name, thing):
    return reverse(f"agreements:{name}", args=[thing.pk])


FORM = {
    "title": "Core Group meeting",
    "on": "3 December 2026",
    "at": "10am",
    "minutes": "90",
    "place": "The Old School",
    "link": "",
    "social": "",
}


# --- calling


def test_a_facilitator_calls_a_meeting_in_uk_time(facilitator, s):
    there = url("call_meeting", s.cluster)
    assert "Everybody round the table" in words_of(facilitator.get(there))

    answer = facilitator.post(there, FORM, follow=True)

    meeting = Meeting.objects.get()
    assert answer.redirect_chain == [(meeting.get_absolute_url(), 302)]
    page = words_of(answer)
    assert "Called. Everybody round the table gets an invitation." in page
    assert "Thursday 3 December 2026, 10am, for one hour 30 minutes, The Old School." in page
    assert meeting.starts_at == datetime(2026, 12, 3, 10, tzinfo=UTC)
    assert Mail.objects.filter(why="meeting").count() == 7


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"at": "2.30"}, "could be in the morning or in the afternoon"),
        ({"at": ""}, "Write the time."),
        ({"on": "28/3/2027", "at": "1.30am"}, "in the night to Sunday 28 March 2027"),
        ({"on": "31/10/2027", "at": "1.30am"}, "in the night to Sunday 31 October 2027"),
        ({"on": "31 June 2027"}, "There is no such day"),
        ({"minutes": "9999"}, "at most"),
        ({"link": "not a link"}, "This is not a whole link"),
        ({"title": "Two\nlines"}, "on one line"),
    ],
)
def test_what_is_typed_wrong_is_said_and_nothing_typed_is_lost(facilitator, s, wrong, sentence):
    answer = facilitator.post(url("call_meeting", s.cluster), {**FORM, **wrong})

    assert answer.status_code == 422
    assert sentence in words_of(answer)
    assert "The Old School" in words_of(answer)
    assert not Meeting.objects.exists()


def test_a_meeting_that_has_passed_is_refused_on_the_page(facilitator, s):
    answer = facilitator.post(url("call_meeting", s.cluster), {**FORM, "on": "1 November 2026"})

    assert answer.status_code == 409
    assert "has passed. Choose a later time." in words_of(answer)


def test_the_same_form_sent_twice_calls_one_meeting(facilitator, s):
    for _ in range(2):
        facilitator.post(url("call_meeting", s.cluster), {**FORM, "once": "a" * 32})

    assert Meeting.objects.count() == 1


@pytest.mark.parametrize("role", [Role.STAFF, Role.SUPPORTER, Role.DEPUTY])
def test_who_does_not_lead_reads_meetings_and_is_refused_to_call_one(client, s, role):
    signed_in(client, s.own.seats[role])
    meeting = scenes.meeting(s)

    assert "Call another meeting" not in words_of(client.get(url("meetings", s.cluster)))
    page = words_of(client.get(meeting.get_absolute_url()))
    assert "Call it off" not in page
    for name, thing in (
        ("call_meeting", s.cluster),
        ("change_meeting", meeting),
        ("call_off", meeting),
        ("live", meeting),
    ):
        refused = client.get(url(name, thing))
        assert refused.status_code == 403
        assert "Only a Core Group member or a facilitator can" in words_of(refused)


@pytest.mark.parametrize("role", [Role.SPONSOR, Role.MANAGER, Role.ASSESSOR, Role.VIEWER])
def test_who_does_not_sit_round_the_table_learns_of_no_meeting(client, s, role):
    signed_in(client, s.seats[role])
    meeting = scenes.meeting(s)

    for name, thing in (
        ("meetings", s.cluster),
        ("meeting", meeting),
        ("meeting_file", meeting),
        ("meeting_note", meeting),
        ("live", meeting),
    ):
        assert client.get(url(name, thing)).status_code == 404
    assert list(panels.panels(reader(s.seats[role]), s.cluster)) == []
    assert list(panels.dates(reader(s.seats[role]), s.cluster)) == []


# --- changing and calling off


def test_a_change_is_written_over_nobody(facilitator, s):
    meeting = scenes.meeting(s)
    form = {**FORM, "on": "4 November 2026", "version": "1"}
    shown = words_of(facilitator.get(url("change_meeting", meeting)))
    assert 'value="4 November 2026"' in shown
    assert 'value="10:00"' in shown

    first = facilitator.post(url("change_meeting", meeting), {**form, "place": "The library"})
    second = facilitator.post(url("change_meeting", meeting), {**form, "place": "The church"})

    assert first.status_code == 302
    assert second.status_code == 409
    assert "Somebody else changed this" in words_of(second)
    assert "The church" in words_of(second)
    assert 'name="version" value="2"' in words_of(second)
    assert Meeting.objects.get().place == "The library"


def test_called_off_its_page_says_so_and_offers_nothing_more(member, s):
    meeting = scenes.meeting(s)

    answer = member.post(url("call_off", meeting), {"reason": "Snow.", "version": "1"}, follow=True)

    page = words_of(answer)
    assert "Called off." in page
    assert "because: Snow." in page
    assert "I am coming" not in page
    assert "Change it" not in page
    assert "Called off" in words_of(member.get(url("meetings", s.cluster)))


def test_its_page_says_what_was_changed_and_why_each_time(member, s):
    meeting = scenes.meeting(s)
    assert 'id="earlier"' not in words_of(member.get(url("meeting", meeting)))
    for at, reason in (("2pm", "The hall is taken."), ("3pm", "The bus is late.")):
        meeting.refresh_from_db()
        form = {**FORM, "at": at, "reason": reason, "version": str(meeting.version)}
        assert member.post(url("change_meeting", meeting), form).status_code == 302

    page = words_of(member.get(url("meeting", meeting)))

    assert 'id="earlier"' in page
    assert "“The hall is taken.”" in page
    assert "“The bus is late.”" in page


# --- answering


def test_a_member_says_in_one_tap_whether_they_come_and_changes_it(member, s):
    meeting = scenes.meeting(s)
    there = meeting.get_absolute_url()
    assert "You have not said yet whether you come." in words_of(member.get(there))

    page = words_of(member.post(url("answer_meeting", meeting), {"answer": "coming"}, follow=True))
    assert "You said that you are coming." in page
    assert "One of three Core Group members have said they are coming." in page
    member.post(url("answer_meeting", meeting), {"answer": "not_coming"})

    page = words_of(member.get(there))
    assert "You said that you cannot come." in page
    assert "A deputy can stand in if you give them a mandate for that day." in page


def test_an_answer_that_is_none_is_refused(member, s):
    meeting = scenes.meeting(s)

    assert member.post(url("answer_meeting", meeting), {"answer": "x"}).status_code == 422
    assert Attendance.objects.count() == 1


def test_a_deputy_without_a_mandate_reads_why_they_have_no_button(client, s):
    meeting, deputy = scenes.meeting(s), s.own.seats[Role.DEPUTY]
    signed_in(client, deputy)

    page = words_of(client.get(meeting.get_absolute_url()))
    assert "You are a deputy without a mandate for that day" in page
    assert "I am coming" not in page
    refused = client.post(url("answer_meeting", meeting), {"answer": "coming"})
    assert refused.status_code == 409
    assert "has no mandate for 4 November 2026" in words_of(refused)


def test_the_clusters_page_shows_the_next_meeting_with_a_button(member, s):
    assert "None is called." in words_of(member.get(reverse("cluster", args=[s.cluster.pk])))
    meeting = scenes.meeting(s)

    page = words_of(member.get(reverse("cluster", args=[s.cluster.pk])))

    assert "Wednesday 4 November 2026, 10am" in page
    assert url("answer_meeting", meeting) in page
    assert "All meetings of" in page
    assert reverse("agreements:calendars") in page


# --- the agenda


def test_anyone_at_the_table_puts_something_on_the_agenda(client, s):
    meeting = scenes.meeting(s)
    signed_in(client, s.own.seats[Role.SUPPORTER])

    page = words_of(
        client.post(url("add_item", meeting), {"words": "The shared <b>minibus</b>"}, follow=True)
    )

    assert "The shared &lt;b&gt;minibus&lt;/b&gt; (Chief executive, Charity" in page
    assert "Take it off" not in page
    assert client.post(url("add_item", meeting), {"words": " "}).status_code == 422
    item = meeting.items.get()
    assert client.post(url("take_off_item", item)).status_code == 403
    signed_in(client, s.own.facilitator)
    page = words_of(client.post(url("take_off_item", item), follow=True))
    assert "minibus" not in page


def test_a_meeting_without_something_social_is_nudged(facilitator, s):
    with_soup, without = scenes.meeting(s), scenes.meeting(s, social="")

    assert "Soup afterwards" in words_of(facilitator.get(with_soup.get_absolute_url()))
    page = words_of(facilitator.get(without.get_absolute_url()))
    assert "Groups that also eat together last longer" in page


# --- the live page


def test_a_facilitator_drives_a_meeting_from_one_page(facilitator, s):
    core, deputy = s.own.core, s.own.seats[Role.DEPUTY]
    MandateFactory(deputy=deputy, given_by=core, from_on=NOW.date(), until_on=NOW.date())
    meeting = scenes.meeting(s, on=NOW.date(), at=time(10))
    live = url("live", meeting)
    assert "Begin the meeting" in words_of(facilitator.get(live))

    facilitator.post(url("begin_meeting", meeting))
    for seat, came in ((core, "no"), (deputy, "yes"), (s.own.second, "yes")):
        answer = facilitator.post(url("came", meeting), {"who": seat.pk, "came": came})
        assert answer["Location"] == f"{live}#seat-{seat.pk}"
    facilitator.post(url("add_note", meeting), {"words": "Ada offered the hall."})
    page = words_of(facilitator.get(live))

    assert "It began at 9am" in page
    assert "Two of three members were there." in page
    assert "Stood in" in page
    assert "Ada offered the hall." in page
    assert f"?meeting={meeting.pk}" in page
    ended = words_of(facilitator.post(url("end_meeting", meeting), follow=True))
    assert "(stood in)" in ended
    assert "Did not come:" in ended
    assert "Not written down:" in ended
    assert "Ada offered the hall." in ended


def test_on_the_live_page_a_deputy_without_a_mandate_has_no_button(facilitator, s):
    meeting, deputy = scenes.begun(s), s.own.seats[Role.DEPUTY]

    assert "Deputy without a mandate for that day" in words_of(
        facilitator.get(url("live", meeting))
    )
    refused = facilitator.post(url("came", meeting), {"who": deputy.pk, "came": "yes"})

    assert refused.status_code == 409
    assert "so cannot stand in" in words_of(refused)
    assert not Attendance.objects.filter(seat=deputy).exists()


@pytest.mark.parametrize("who", ["", "x", "0", str(10**30)])
def test_a_seat_that_is_not_there_is_refused_with_a_sentence(facilitator, s, who):
    meeting = scenes.begun(s)

    answer = facilitator.post(url("came", meeting), {"who": who, "came": "yes"})

    assert answer.status_code == 422
    assert "Say of one seat who came." in words_of(answer)


def test_a_seat_of_another_cluster_is_not_marked_here(facilitator, s):
    meeting = scenes.begun(s)

    answer = facilitator.post(url("came", meeting), {"who": s.neighbour.core.pk, "came": "yes"})

    assert answer.status_code == 422
    assert not Attendance.objects.filter(seat=s.neighbour.core).exists()


def test_with_htmx_only_the_inner_part_comes_back(facilitator, s):
    meeting = scenes.begun(s)

    answer = facilitator.post(
        url("came", meeting),
        {"who": s.own.core.pk, "came": "yes"},
        headers={"HX-Request": "true"},
    )

    assert answer.status_code == 200
    assert words_of(answer).startswith('<div id="live">')
    assert "<html" not in words_of(answer)
    assert "One of three members was there." in words_of(answer)


def test_a_note_is_struck_out_from_the_live_page(facilitator, s):
    note = scenes.note(s)

    facilitator.post(url("strike_note", note))

    page = words_of(facilitator.get(url("live", note.meeting)))
    assert "<s>All agreed to try it.</s>" in page
    assert "struck out" in page
    assert Note.objects.get().words == "All agreed to try it."


def test_an_empty_note_is_asked_for_its_words(facilitator, s):
    answer = facilitator.post(url("add_note", scenes.begun(s)), {"words": "  "})

    assert answer.status_code == 422
    assert "Write the note first." in words_of(answer)


def test_the_note_on_one_page_leaves_out_what_was_struck(member, s):
    note = scenes.note(s)
    actions.add_note(by=actor(s.own.core), meeting=note.meeting, words="The hall is free.")
    actions.strike_note(by=actor(s.own.core), note=note)

    page = words_of(member.get(url("meeting_note", note.meeting)))

    assert "The hall is free." in page
    assert "All agreed" not in page
    assert "The next meeting is not called yet." in page


def test_an_operator_through_the_glass_reads_and_changes_nothing(client, s):
    meeting = scenes.meeting(s)
    signed_in(client, through_the_glass(s.cluster))

    page = words_of(client.get(meeting.get_absolute_url()))
    assert "Core Group meeting" in page
    assert "I am coming" not in page
    assert client.post(url("answer_meeting", meeting), {"answer": "coming"}).status_code == 403
    assert client.post(url("add_item", meeting), {"words": "x"}).status_code == 403


def test_a_cluster_that_ended_is_read_and_not_changed(facilitator, s):
    meeting = scenes.meeting(s)
    s.cluster.ended_at = clock.now()
    s.cluster.save()

    page = words_of(facilitator.get(meeting.get_absolute_url()))

    assert "I am coming" not in page
    assert "Change it" not in page
    assert "Put it on the agenda" not in page
    assert facilitator.post(url("answer_meeting", meeting), {"answer": "coming"}).status_code == 409


def n_queries(client, there):
    with CaptureQueriesContext(connection) as asked:
        assert client.get(there).status_code == 200
    return len(asked)


def test_pages_cost_the_same_however_much_was_written_down(facilitator, s):
    meeting = scenes.begun(s)
    pages = [url(name, meeting) for name in ("meeting", "live", "meeting_note")]
    pages += [url("meetings", s.cluster), reverse("agreements:calendars")]
    actions.add_item(by=actor(s.own.core), meeting=meeting, words="One")
    actions.add_note(by=actor(s.own.core), meeting=meeting, words="One")
    for page in pages:
        facilitator.get(page)  # what is asked once for all
    before = [n_queries(facilitator, page) for page in pages]

    for n in range(5):
        SeatFactory(cluster=s.cluster, role=Role.FACILITATOR)
        actions.add_item(by=actor(s.own.second), meeting=meeting, words=f"Item {n}")
        actions.add_note(by=actor(s.own.second), meeting=meeting, words=f"Note {n}")
    for hour in (11, 12, 13):
        scenes.meeting(s, on=NOW.date() + timedelta(days=3), at=time(hour))

    assert [n_queries(facilitator, page) for page in pages] == before
    assert max(before) <= 30


def test_the_report_says_who_came(s):
    meeting = scenes.begun(s)
    by = actor(s.own.facilitator)
    actions.note_who_came(by=by, meeting=meeting, seat=s.own.core, came=True)

    (section,) = panels.sections(reader(s.own.core), s.cluster)

    assert section.sentences[0] == "One meeting so far: 2 November 2026."
    assert f"{s.own.core.organisation}: Came to the one meeting." in section.sentences
