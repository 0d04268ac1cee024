"""The weekly letter: to whom, when, with what first, and with nothing that is not theirs."""

import re
import threading
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from django.conf import settings
from django.urls import reverse

from hedgerow.core import clock, links
from hedgerow.core.actors import Actor
from hedgerow.core.jobs import run_worker
from hedgerow.core.models import Event, Mail
from hedgerow.core.rooms import Prompt, Room
from hedgerow.core.schedules import schedules
from hedgerow.front import digest, jobs, queries
from hedgerow.journeys import actions as journeys
from hedgerow.journeys.models import Standing
from hedgerow.people.models import Role, User
from tests.factories import SeatFactory, UserFactory
from tests.journeys.walks import STARTED, at, walk

from .pages import page, text_of

pytestmark = pytest.mark.django_db

MONDAY = STARTED  # 2 March 2026


def letters():
    return Mail.objects.filter(why="digest").order_by("pk")


def send_all(day=MONDAY):
    """What the clock does on a Monday morning, and a worker after it."""
    with clock.at(datetime(day.year, day.month, day.day, 7, 5, tzinfo=UTC)):
        jobs.ask_for_digests(by=Actor.clock())
        for person in list(digest.readers_of_digest()):
            jobs.send_digest(person=person, week=digest.monday_of(day).isoformat())


def letter_to(seat):
    return letters().get(person=seat.user_id)


def link_in(text, name):
    """The address of a signed page in a letter, without its host."""
    before = reverse(name, args=["token"]).partition("token")[0]
    return re.search(rf"{re.escape(settings.PUBLIC_URL)}({re.escape(before)}\S+)", text).group(1)


def test_it_goes_out_on_mondays_at_seven():
    found = next(s for s in schedules() if s.name == "front.digest")

    assert (found.day, found.hour) == (0, 7)
    assert found.function is jobs.ask_for_digests


def test_one_thing_stands_first_and_the_rest_as_a_list():
    w = walk()
    send_all()

    letter = letter_to(w.team.core)

    assert letter.to == w.team.core.user.email
    assert letter.subject == "Three things for you, about six minutes"
    first, then = letter.text.index("\nFirst\n"), letter.text.index("\nThen\n")
    assert first < letter.text.index("“The first meeting”: does 9 March 2026 still stand?") < then
    assert "About one minute. By Monday 9 March 2026." in letter.text[first:then]
    assert "- Tick what is true in “Forming the cluster”" in letter.text[then:]
    assert settings.PUBLIC_URL + w.open_stage.get_absolute_url() in letter.text[then:]


def test_it_is_plain_words_without_markup_or_gaps():
    w = walk()
    send_all()

    text = letter_to(w.team.core).text

    assert "<" not in text
    assert "&" not in text
    assert "\n\n\n\n" not in text
    assert not re.search(r"[{}]|None|\.\.\s|  +\S*$", text)


def test_what_changed_stands_in_five_sentences_at_most():
    w = walk()
    with at(MONDAY - timedelta(days=1)):
        for n in range(4):
            journeys.tick(by=w.core, exit_test=w.test("members"), evidence=f"List {n}.")
            journeys.untick(by=w.core, exit_test=w.test("members"))
    send_all()

    text = letter_to(w.team.second).text

    changed = text[text.index("What has changed") : text.index("All of it on one page")]
    assert changed.count("\n- ") == 5


def test_nobody_is_written_to_who_has_nothing_to_do():
    w = walk()
    send_all()

    assert not letters().filter(person=w.team.seats[Role.SPONSOR].user_id).exists()


@pytest.mark.parametrize(
    "unwilling", [{"wants_digest": False}, {"is_example": True}, {"is_active": False}]
)
def test_nobody_is_written_to_who_is_invented_or_gone_or_does_not_want_it(unwilling):
    w = walk()
    User.objects.filter(pk=w.team.core.user_id).update(**unwilling)
    send_all()

    assert w.team.core.user_id not in digest.readers_of_digest()
    assert not letters().filter(person=w.team.core.user_id).exists()
    assert letters().filter(person=w.team.second.user_id).exists()


def test_whoever_stops_it_before_their_turn_comes_is_spared():
    w = walk()
    with at(MONDAY):
        jobs.ask_for_digests(by=Actor.clock())
        User.objects.filter(pk=w.team.core.user_id).update(wants_digest=False)
        jobs.send_digest(person=w.team.core.user_id, week=MONDAY.isoformat())

    assert not letters().exists()


def test_one_letter_a_person_and_week_however_often_it_is_asked_for():
    w = walk()
    send_all()
    send_all()
    send_all(MONDAY + timedelta(days=1))

    assert letters().filter(person=w.team.core.user_id).count() == 1
    send_all(MONDAY + timedelta(days=7))
    assert letters().filter(person=w.team.core.user_id).count() == 2


def test_a_worker_sends_them_one_person_at_a_time(mailoutbox):
    w = walk()
    with at(MONDAY + timedelta(hours=12)):
        jobs.ask_for_digests(by=Actor.clock())
        run_worker(stop=threading.Event(), once=True)

    to = {tuple(message.to) for message in mailoutbox if "for you" in message.subject}
    assert (w.team.core.user.email,) in to
    assert all(len(one) == 1 for one in to)


# The link that does it at once.


def test_the_first_thing_can_be_done_from_the_letter_without_signing_in(client):
    w = walk()
    send_all()
    path = link_in(letter_to(w.team.core).text, "journeys:stands_by_link")

    with at(MONDAY + timedelta(days=1)):
        shown = client.get(path)
        nothing_yet = Standing.objects.count()
        done = client.post(path, follow=True)

    assert shown.status_code == 200
    assert nothing_yet == 0
    assert done.status_code == 200
    standing = Standing.objects.get()
    assert standing.organisation == w.team.core.organisation
    assert standing.by == w.team.core


def test_the_link_is_dead_with_the_seat(client):
    w = walk()
    send_all()
    path = link_in(letter_to(w.team.core).text, "journeys:stands_by_link")
    w.team.core.ended_at = datetime(2026, 3, 2, 18, tzinfo=UTC)
    w.team.core.save()

    with at(MONDAY + timedelta(days=1)):
        assert client.post(path).status_code == 410
    assert not Standing.objects.exists()


def test_the_link_is_over_after_a_week(client):
    w = walk()
    send_all()
    path = link_in(letter_to(w.team.core).text, "journeys:stands_by_link")

    with at(MONDAY + timedelta(days=8)):
        assert client.get(path).status_code == 410


def test_it_is_bound_to_the_seat_that_is_asked_and_not_to_another_of_theirs():
    w = walk()
    with at(MONDAY):
        user = SeatFactory(role=Role.STAFF, cluster=w.team.cluster).user
        core = SeatFactory(user=user, cluster=w.team.cluster)
        letter = digest.letter_for(user, MONDAY)
        token = link_in(letter.text, "journeys:stands_by_link").split("/")[-2]

        assert links.read(token, "stands").seat == core.pk


@pytest.fixture
def one_room(monkeypatch):
    """one_room(asks): all the rooms there are; `asks` gets the reader."""

    def furnish(asks):
        room = Room(name="made up", prompts=(lambda reader, today: asks(reader),))
        monkeypatch.setattr(queries.own, "rooms", lambda: [room])

    return furnish


ASKED = Prompt(
    key="made-up:1",
    sentence="Answer the plan",
    why="Canary of the plan.",
    minutes=3,
    url="/plan/",
    button="Read it",
    place="Programme Elm",
    act="stands",
    act_on=1,
)


def test_a_thing_without_a_safe_link_is_shown_by_a_link_to_its_page(one_room):
    seat = SeatFactory()
    one_room(lambda reader: [replace(ASKED, act="")])
    send_all(clock.today())

    text = letter_to(seat).text

    assert "without signing in" not in text
    assert f"Read it:\n{settings.PUBLIC_URL}/plan/" in text


def test_a_purpose_without_a_door_makes_no_link(one_room):
    seat = SeatFactory()
    one_room(lambda reader: [replace(ASKED, act="no-such-purpose")])
    send_all(clock.today())

    assert "without signing in" not in letter_to(seat).text


def test_what_a_second_factor_guards_is_told_by_its_bare_sentence(one_room):
    seat = SeatFactory(role=Role.MANAGER)
    one_room(lambda reader: [ASKED] if reader.has(Role.MANAGER) else [])
    send_all(clock.today())

    text = letter_to(seat).text

    assert "Answer the plan" in text
    assert "Canary" not in text
    assert "without signing in" not in text


def test_a_letter_tells_nothing_that_only_an_organisation_or_its_facilitator_may_know():
    w = walk()
    with at(MONDAY - timedelta(days=1)):
        journeys.tick(by=w.core, exit_test=w.test("members"), evidence="The list.")
    Event.objects.filter(did="journeys.exit_test_ticked").update(audience="facilitator")
    send_all()

    assert "ticked a sentence" not in letter_to(w.team.second).text


# How to stop it.


def test_it_says_how_to_stop_it_and_a_look_at_the_link_stops_nothing(client):
    w = walk()
    send_all()
    path = link_in(letter_to(w.team.core).text, "digest_off")

    with at(MONDAY):
        words = page(client, path)

    assert "Stop the weekly letter?" in words
    assert User.objects.get(pk=w.team.core.user_id).wants_digest


def test_the_button_stops_it_and_once_more_does_no_harm(client):
    w = walk()
    send_all()
    path = link_in(letter_to(w.team.core).text, "digest_off")

    with at(MONDAY):
        first, again = client.post(path, follow=True), client.post(path, follow=True)

    assert "The weekly letter has stopped" in text_of(first)
    assert again.status_code == 200
    assert not User.objects.get(pk=w.team.core.user_id).wants_digest
    assert User.objects.get(pk=w.team.second.user_id).wants_digest
    assert Event.objects.filter(did="front.digest_stopped").count() == 1


def test_somebody_who_left_can_stop_it_too(client):
    w = walk()
    send_all()
    path = link_in(letter_to(w.team.core).text, "digest_off")
    w.team.core.ended_at = datetime(2026, 3, 2, 18, tzinfo=UTC)
    w.team.core.save()

    with at(MONDAY + timedelta(days=60)):
        assert client.post(path).status_code == 302


def test_the_week_begins_on_monday():
    assert digest.monday_of(date(2026, 3, 8)) == date(2026, 3, 2)
    assert digest.monday_of(date(2026, 3, 9)) == date(2026, 3, 9)


def test_nobody_without_a_seat_is_written_to():
    user = UserFactory()
    send_all(clock.today())

    assert not letters().filter(person=user.pk).exists()
