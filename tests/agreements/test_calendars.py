"""Calendars read back by another hand than the one that wrote them; and who may read them."""

from datetime import UTC, date, datetime, time, timedelta
from email import message_from_bytes, policy
from threading import Event as Flag

import pytest
import vobject
from django.core import mail
from django.urls import reverse

from hedgerow.agreements import actions
from hedgerow.agreements.calendars import Entry, Method, calendar, invitation
from hedgerow.agreements.models import Decision, Meeting, Promise
from hedgerow.agreements.queries.feeds import address_of
from hedgerow.core import clock, links, outbox
from hedgerow.core.clock import LONDON
from hedgerow.core.jobs import run_worker
from hedgerow.core.models import Event, Mail
from hedgerow.journeys.models import Milestone
from hedgerow.people.models import Role
from tests.factories import ProgrammeFactory, SeatFactory, actor, signed_in, team
from tests.journeys.walks import walk

NOW = datetime(2026, 10, 19, 9, tzinfo=UTC)  # a Monday, six days before the clocks go back
HOSTILE = "Tea, cake; C:\\tmp “ünï” 🌱 \r\nATTENDEE:mailto:spy@evil.org\r\nEND:VEVENT\u2028X:1 "


def entry(**other):
    told = {
        "uid": "meeting-1@hedgerow",
        "title": "Core Group meeting",
        "starts": datetime(2026, 12, 3, 10, tzinfo=UTC),
        "minutes": 90,
        "changed_at": NOW,
        "url": "/agreements/meetings/1/",
    }
    return Entry(**{**told, **other})


def events(text):
    (whole,) = vobject.readComponents(text)
    return whole.contents.get("vevent", [])


# --- what is written


def test_what_is_written_is_read_back_by_another_library():
    text = calendar("Hazel", [entry(place="The Old School", words="Soup.\nAnd cake.")])

    (event,) = events(text)
    assert event.uid.value == "meeting-1@hedgerow"
    assert event.summary.value == "Core Group meeting"
    assert event.dtstart.value == datetime(2026, 12, 3, 10, tzinfo=UTC)
    assert event.dtend.value == datetime(2026, 12, 3, 11, 30, tzinfo=UTC)
    assert event.location.value == "The Old School"
    assert event.description.value == "Soup.\nAnd cake."
    assert event.status.value == "CONFIRMED"
    assert event.sequence.value == "0"
    assert "DTSTART:20261203T100000Z\r\n" in text


@pytest.mark.parametrize("field", ["title", "place", "words"])
@pytest.mark.parametrize("of", ["Hazel", HOSTILE])
def test_hostile_words_stay_words(field, of):
    text = invitation(
        entry(**{field: HOSTILE * 5}), method=Method.REQUEST, sent_at=NOW, to="me@x.org", of=of
    )

    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    assert len(text.splitlines()) == text.count("\r\n")  # no other break, of any alphabet
    names = [line.partition(":")[0].partition(";")[0] for line in unfolded(text)]
    assert names.count("ATTENDEE") == names.count("END") - 1 == 1
    assert "X" not in names
    (event,) = events(text)
    assert event.attendee.value == "mailto:me@x.org"
    read = {"title": event.summary, "words": getattr(event, "description", None)}
    read["place"] = getattr(event, "location", None)
    assert "C:\\tmp “ünï” 🌱" in read[field].value
    assert "ATTENDEE:mailto:spy@evil.org" in read[field].value


def unfolded(text):
    return text.replace("\r\n ", "").strip().split("\r\n")


def test_a_name_of_a_calendar_is_one_line_whatever_it_holds():
    (named,) = [line for line in unfolded(calendar(HOSTILE, [])) if line.startswith("X-WR-CALNAME")]

    assert "ATTENDEE" in named
    assert "\\n" not in named


def test_a_day_is_a_whole_day_and_leaves_it_free():
    (event,) = events(calendar("Hazel", [entry(starts=date(2026, 12, 3))]))

    assert event.dtstart.value == date(2026, 12, 3)
    assert event.dtend.value == date(2026, 12, 4)
    assert event.transp.value == "TRANSPARENT"


def test_an_empty_calendar_is_a_whole_one():
    (whole,) = vobject.readComponents(calendar("Hazel", []))

    whole.validate(raiseException=True)
    assert "vevent" not in whole.contents
    assert "vtimezone" in whole.contents  # one part at least, RFC 5545, 3.6


@pytest.mark.parametrize(
    ("on", "utc", "shown"),
    [
        (date(2026, 10, 24), "20261024T090000Z", "24 October 2026"),
        (date(2026, 10, 26), "20261026T100000Z", "26 October 2026"),
        (date(2027, 3, 27), "20270327T100000Z", "27 March 2027"),
        (date(2027, 3, 29), "20270329T090000Z", "29 March 2027"),
    ],
)
@pytest.mark.django_db
def test_ten_is_ten_on_the_page_and_in_the_file_on_both_sides_of_a_clock_change(
    client, on, utc, shown
):
    with clock.at(NOW):
        t = team(ProgrammeFactory())
        meeting = call(t, on=on)
        signed_in(client, t.core)
        page = client.get(meeting.get_absolute_url()).content.decode()
        answer = client.get(reverse("agreements:meeting_file", args=[meeting.pk]))

    assert f"{shown}, 10am, for one hour 30 minutes" in page
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert f'filename="core-group-meeting-{on}.ics"' in answer["Content-Disposition"]
    assert f"DTSTART:{utc}\r\n" in answer.content.decode()
    (event,) = events(answer.content.decode())
    assert event.dtstart.value.astimezone(LONDON).time() == time(10)
    assert "METHOD:PUBLISH" in answer.content.decode()
    assert "ATTENDEE" not in answer.content.decode()


# --- what is sent


def call(t, **other):
    words = {"title": "Core Group meeting", "on": date(2026, 12, 3), "at": time(10), "minutes": 90}
    return actions.call_meeting(by=actor(t.facilitator), cluster=t.cluster, **{**words, **other})


def invited(person):
    """The calendars that went to one person, in order."""
    return [letter.calendar for letter in Mail.objects.filter(person=person).order_by("pk")]


@pytest.mark.django_db
def test_called_changed_and_called_off_it_is_one_meeting_in_their_calendars():
    with clock.at(NOW):
        t = team(ProgrammeFactory())
        lead, meeting = actor(t.facilitator), call(t)
    with clock.at(NOW + timedelta(hours=1)):
        moved = actions.change_meeting(
            by=lead,
            meeting=meeting,
            version=1,
            reason="The hall is taken.",
            title=meeting.title,
            on=date(2026, 12, 4),
            at=time(10),
            minutes=90,
        )
    with clock.at(NOW + timedelta(hours=2)):
        actions.call_off(by=lead, meeting=moved, reason="Snow.", version=2)

    texts = invited(t.core.user_id)
    told = [events(text)[0] for text in texts]
    assert [unfolded(text)[4] for text in texts] == [
        "METHOD:REQUEST",
        "METHOD:REQUEST",
        "METHOD:CANCEL",
    ]
    assert len({event.uid.value for event in told}) == 1
    assert [event.sequence.value for event in told] == ["0", "1", "2"]
    assert [event.status.value for event in told] == ["CONFIRMED", "CONFIRMED", "CANCELLED"]
    assert [event.dtstart.value.day for event in told] == [3, 4, 4]
    assert told[0].dtstamp.value < told[1].dtstamp.value < told[2].dtstamp.value
    assert told[2].description.value.startswith("Called off: Snow.")


@pytest.mark.django_db
def test_an_invitation_names_nobody_but_whom_it_is_for():
    with clock.at(NOW):
        t = team(ProgrammeFactory())
        call(t)

    everybody = {seat.user.email for seat in (*t.seats.values(), t.second, t.third)}
    for letter in Mail.objects.all():
        others = everybody - {letter.to}
        assert f"ATTENDEE;RSVP=FALSE:mailto:{letter.to}" in letter.calendar.replace("\r\n ", "")
        assert not [email for email in others if email in letter.calendar + letter.text]


@pytest.mark.django_db
def test_the_letter_carries_the_invitation_as_a_file_and_says_all_of_it():
    with clock.at(NOW):
        t = team(ProgrammeFactory())
        meeting = call(
            t, place="Old School; hall 2", link="https://meet.org/a", social="Soup\u00a0for all"
        )
        Mail.objects.filter(why="meeting").exclude(person=t.core.user_id).delete()
        with clock.at(NOW):
            Mail.objects.update(to="core@hazelford.org.uk")
        outbox.send_mail(mail=Mail.objects.get().pk)

    (message,) = mail.outbox
    raw = message_from_bytes(message.message().as_bytes(), policy=policy.default)
    words, file = raw.iter_parts()
    assert raw["Subject"] == "Core Group meeting, Thursday 3 December 2026, 10am"
    assert file.get_content_type() == "text/calendar"
    assert file.get_param("method") == "REQUEST"
    assert file.get_filename() == "invite.ics"
    assert file.get_content_disposition() == "attachment"
    (event,) = events(file.get_content())
    assert event.location.value == "Old School; hall 2"
    for part in ("Old School; hall 2", "https://meet.org/a", meeting.get_absolute_url(), "Soup"):
        assert part in words.get_content()


@pytest.mark.django_db
def test_after_some_days_the_invitation_is_blanked_with_the_letter():
    with clock.at(NOW):
        call(team(ProgrammeFactory()))
        run_worker(stop=Flag(), once=True)
    with clock.at(NOW + timedelta(days=8)):
        outbox.blank_old_mail()

    assert set(Mail.objects.values_list("text", "calendar")) == {("", "")}


# --- addresses to subscribe to


@pytest.fixture
def w():
    """A journey that goes on, with a meeting, a promise, an open vote and dates."""
    with clock.at(NOW):
        yield walk(starts_on=NOW.date())


def feed_of(seat, cluster=None):
    return actions.make_feed(by=actor(seat), user=seat.user, cluster=cluster)


def path_of(feed):
    return address_of(feed).partition("8000")[2]


def read(client, feed, **headers):
    return client.get(path_of(feed), headers=headers)


def furnished(w):
    t = w.team
    meeting = call(t)
    Promise.objects.create(
        cluster=t.cluster,
        words="Ask the council",
        first=t.core,
        second=t.second,
        due_on=date(2026, 11, 10),
        first_due_on=date(2026, 11, 10),
        made_by=t.facilitator,
        made_at=NOW,
    )
    Decision.objects.create(
        cluster=t.cluster,
        number=1,
        title="Share a van",
        way={},
        proposed_by=t.core,
        opened_at=NOW,
        closes_at=datetime(2026, 11, 17, tzinfo=UTC),  # midnight at the end of 16 November
    )
    return meeting


@pytest.mark.django_db
@pytest.mark.parametrize("is_of_all", [False, True])
def test_a_calendar_shows_meetings_votes_promises_and_dates(client, w, is_of_all):
    furnished(w)
    feed = feed_of(w.team.core, None if is_of_all else w.team.cluster)

    answer = read(client, feed)

    assert answer.status_code == 200
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    found = {event.summary.value: event.dtstart.value for event in events(answer.content.decode())}
    name = str(w.team.cluster)
    assert found[f"Core Group meeting, {name}"] == datetime(2026, 12, 3, 10, tzinfo=UTC)
    assert found[f"Last day to vote: Share a van, {name}"] == date(2026, 11, 16)
    assert found[f"You promised: Ask the council, {name}"] == date(2026, 11, 10)
    assert found[f"The first meeting, {name}"] == date(2026, 10, 26)
    assert len(found) == 3 + Milestone.objects.filter(done_on=None).count()
    uids = [event.uid.value for event in events(answer.content.decode())]
    assert len(set(uids)) == len(uids)
    assert "@example.org" not in answer.content.decode()
    assert "METHOD:PUBLISH" in answer.content.decode()


@pytest.mark.django_db
def test_a_promise_of_others_is_not_called_yours(client, w):
    furnished(w)

    text = read(client, feed_of(w.team.third, w.team.cluster)).content.decode()

    assert "Promised: Ask the council" in text.replace("\r\n ", "")
    assert "You promised" not in text


@pytest.mark.django_db
def test_a_calendar_is_kept_by_one_person_and_asked_about_each_time(client, w):
    furnished(w)
    feed = feed_of(w.team.core, w.team.cluster)
    first = read(client, feed)

    again = read(client, feed, if_none_match=first["ETag"])
    weak = read(client, feed, if_none_match=f"W/{first['ETag']}", accept_encoding="gzip")
    Meeting.objects.update(title="Another name", sequence=1)
    changed = read(client, feed, if_none_match=first["ETag"])

    assert first["Cache-Control"] == "private, no-cache"
    assert (again.status_code, again.content) == (304, b"")
    assert weak.status_code == 304
    assert changed.status_code == 200
    assert changed["ETag"] != first["ETag"]


@pytest.mark.django_db
def test_reading_a_calendar_changes_nothing(client, w, django_assert_max_num_queries):
    furnished(w)
    feed = feed_of(w.team.core, w.team.cluster)
    n = Event.objects.count()

    with django_assert_max_num_queries(20) as asked:
        read(client, feed)

    assert Event.objects.count() == n
    assert not [q for q in asked.captured_queries if q["sql"].startswith(("INSERT", "UPDATE"))]


@pytest.mark.django_db
def test_an_address_that_was_taken_back_shows_nothing(client, w):
    furnished(w)
    first = feed_of(w.team.core, w.team.cluster)
    second = feed_of(w.team.core, w.team.cluster)
    assert read(client, first).status_code == 410
    assert read(client, second).status_code == 200

    actions.end_feed(by=actor(w.team.core), feed=second)

    answer = read(client, second)
    assert answer.status_code == 410
    assert answer["Cache-Control"] == "private, no-store"
    assert "Core Group meeting" not in answer.content.decode()


@pytest.mark.django_db
def test_an_address_dies_with_the_seat(client, w):
    furnished(w)
    core = w.team.core
    one, every = feed_of(core, w.team.cluster), feed_of(core)
    core.ended_at = clock.now()
    core.save()

    assert read(client, one).status_code == 410
    answer = read(client, every)
    assert answer.status_code == 200
    assert events(answer.content.decode()) == []


@pytest.mark.django_db
def test_an_address_dies_with_the_account(client, w):
    every = feed_of(w.team.core)
    w.team.core.user.is_active = False
    w.team.core.user.save()

    assert read(client, every).status_code == 410


@pytest.mark.django_db
def test_a_seat_that_wants_a_second_factor_opens_nothing_in_a_calendar(client, w):
    furnished(w)
    core = w.team.core
    every = feed_of(core)
    glass = SeatFactory(role=Role.OPERATOR, user=core.user, cluster=w.team.cluster)
    core.ended_at = clock.now()
    core.save()

    assert glass.ended_at is None
    assert events(read(client, every).content.decode()) == []


@pytest.mark.django_db
def test_a_forged_address_shows_nothing(client, w):
    furnished(w)
    mine, theirs = feed_of(w.team.core, w.team.cluster), feed_of(w.team.second, w.team.cluster)
    token = path_of(mine).rpartition("/")[2].removesuffix(".ics")
    other = links.make(
        "journeys.stands",
        person=mine.user_id,
        seat=None,
        about=mine.pk,
        version=0,
        expires_at=NOW + timedelta(days=9),
    )
    crossed = links.make(
        "agreements.feed",
        person=mine.user_id,
        seat=None,
        about=theirs.pk,
        version=0,
        expires_at=NOW + timedelta(days=9),
    )

    for forged in (token[:-1] + ("A" if token[-1] != "A" else "B"), other, crossed, "nothing"):
        answer = client.get(reverse("agreements:feed", args=[forged]))
        assert answer.status_code == 410, forged
        assert "Core Group meeting" not in answer.content.decode()


@pytest.mark.django_db
def test_the_address_stands_on_its_owners_page_the_same_each_time_and_on_nobody_elses(client, w):
    core, second = w.team.core, w.team.second
    signed_in(client, core)
    page = reverse("agreements:calendars")
    assert "Make an address" in client.get(page).content.decode()

    client.post(reverse("agreements:make_feed"), {"cluster": w.team.cluster.pk})

    feed = core.user.feeds.get()
    assert address_of(feed) in client.get(page).content.decode()
    with clock.at(NOW + timedelta(days=3)):
        assert address_of(feed) in client.get(page).content.decode()
    signed_in(client, second)
    assert address_of(feed) not in client.get(page).content.decode()
    assert client.post(reverse("agreements:end_feed", args=[feed.pk])).status_code == 404
    feed.refresh_from_db()
    assert feed.ended_at is None


@pytest.mark.django_db
def test_no_calendar_is_made_of_a_cluster_one_does_not_sit_in(client, w):
    signed_in(client, w.team.core)
    other = team(w.team.cluster.programme).cluster

    for wanted in (other.pk, "x", 10**30):
        answer = client.post(reverse("agreements:make_feed"), {"cluster": wanted})
        assert answer.status_code == 422
    assert not w.team.core.user.feeds.exists()
