import re
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from hedgerow.core import clock
from hedgerow.core.models import Event
from hedgerow.core.owners import Owner
from hedgerow.core.rooms import DatedLine, Prompt, Room
from hedgerow.front import actions, example, queries
from hedgerow.front.words import headline
from hedgerow.journeys import actions as journeys
from hedgerow.people import actions as people
from hedgerow.people.models import Cluster, Role, Seat
from hedgerow.people.queries import history_of
from hedgerow.people.readers import ANYBODY
from tests.factories import (
    ClusterFactory,
    SeatFactory,
    actor,
    reader,
    scene,
    signed_in,
)
from tests.journeys.walks import STARTED, at, team, walk

from .pages import cost_of, main_of, page, text_of

pytestmark = pytest.mark.django_db

TODAY = date(2026, 3, 12)


def prompt(key="a", **words):
    known = {
        "sentence": "Say something",
        "why": "It was asked.",
        "minutes": 2,
        "url": "/somewhere/",
        "button": "Say it",
        "place": "Collaborate Elm",
    }
    return Prompt(key=key, **{**known, **words})


@pytest.fixture
def one_room(monkeypatch):
    """one_room(prompts=…, dates=…): all the rooms there are."""

    def furnish(**things):
        named = {name: (lambda *_, found=found: found,) for name, found in things.items()}
        monkeypatch.setattr(queries.own, "rooms", lambda: [Room(name="made up", **named)])

    return furnish


def test_late_things_stand_first_then_by_day_then_what_has_no_day(one_room):
    asked = [
        prompt("whenever"),
        prompt("friday", due_on=date(2026, 3, 13)),
        prompt("late", due_on=date(2026, 3, 1)),
        prompt("whenever too"),
        prompt("today", due_on=TODAY),
    ]
    one_room(prompts=asked)

    found = queries.next_list(ANYBODY, TODAY)

    keys = [line.prompt.key for line in found.lines]
    assert keys == ["late", "today", "friday", "whenever", "whenever too"]
    assert [line.is_late for line in found.lines] == [True, False, False, False, False]
    assert found.minutes == 10


def test_what_waits_for_others_is_not_asked_again(one_room):
    one_room(prompts=[prompt("mine"), prompt("theirs", waits_on="Ground Floor’s board")])

    found = queries.next_list(ANYBODY, TODAY)

    assert [line.prompt.key for line in found.lines] == ["mine"]
    assert [waiting.key for waiting in found.waiting] == ["theirs"]
    assert found.minutes == 2


def test_the_same_thing_is_asked_once_whoever_asks_for_it(one_room):
    one_room(prompts=[prompt("vote"), prompt("vote"), prompt("read")])

    assert len(queries.next_list(ANYBODY, TODAY).lines) == 2


@pytest.mark.parametrize(
    ("minutes", "said"),
    [
        ([], "Nothing waits for you"),
        ([1], "One thing for you, about one minute"),
        ([4, 2, 2], "Three things for you, about eight minutes"),
        ([15] * 12, "12 things for you, about 180 minutes"),
    ],
)
def test_the_title_says_how_much_and_how_long(one_room, minutes, said):
    one_room(prompts=[prompt(str(n), minutes=m) for n, m in enumerate(minutes)])

    assert headline(queries.next_list(ANYBODY, TODAY)) == said


def test_dates_that_are_over_are_not_the_next_ones(one_room):
    days = [date(2026, 3, 20), date(2026, 3, 11), TODAY, date(2026, 4, 1)]
    one_room(dates=[DatedLine(on=on, sentence=str(on)) for on in days])

    found = queries.dates_of(ANYBODY, None, TODAY, limit=2)

    assert [line.on for line in found] == [TODAY, date(2026, 3, 20)]


def test_home_shows_what_waits_why_and_for_how_long(client):
    w = walk()

    with at(STARTED):
        words = page(client, "/home/", w.team.core)

    assert "Three things for you, about six minutes" in words
    assert "“The first meeting”: does 9 March 2026 still stand?" in words
    assert "About one minute. By Monday 9 March 2026." in words
    assert "The first is wanted by Monday 9 March 2026." in words
    assert "None of two tests that end this stage are met." in words


def test_one_thing_on_the_list_has_the_solid_button(client):
    w = walk()

    with at(STARTED):
        html = main_of(signed_in(client, w.team.core).get("/home/"))

    assert html.count('class="btn"') == 1
    assert html.count('class="btn second"') == 2


def test_what_is_late_says_so(client):
    w = walk()

    with at(STARTED + timedelta(days=8)):
        words = page(client, "/home/", w.team.core)

    assert "The first was due on Monday 9 March 2026." in words
    assert "Was due on Monday 9 March 2026." in words


def test_with_nothing_to_do_home_says_what_comes_next(client):
    seat = SeatFactory(role=Role.STAFF)

    words = page(client, "/home/", seat)

    assert "Nothing waits for you" in words
    assert "What usually comes next is a date. None stands here yet." in words
    assert f"The journey of {seat.cluster} has not begun yet." in words


def test_somebody_without_a_seat_is_told_how_to_come_by_one(client):
    seat = SeatFactory(role=Role.STAFF, ended_at=clock.now() - timedelta(days=1))

    words = page(client, "/home/", seat)

    assert "You hold no seat now." in words
    assert str(seat.cluster) not in words


def test_somebody_who_never_had_a_seat_holds_none_yet(client):
    seat = SeatFactory()
    signed_in(client, seat)
    seat.delete()

    assert "You hold no seat yet." in page(client, "/home/")


@pytest.mark.parametrize("role", [Role.OPERATOR, Role.ASSESSOR])
def test_a_seat_without_a_cluster_is_a_seat(client, role):
    SeatFactory(role=Role.MANAGER)  # so that an operator has nothing to set up

    words = page(client, "/home/", SeatFactory(role=role))

    assert "You hold no seat" not in words
    assert "stand further down" not in words
    assert "Nothing is asked of your seat now." in words


def test_what_waits_for_others_stands_below_the_list(client, one_room):
    seat = SeatFactory()
    one_room(prompts=[prompt(waits_on="Ground Floor’s board", sentence="Your note on rule 4")])

    words = page(client, "/home/", seat)

    assert "One thing you have done waits for others" in words
    assert "Your note on rule 4. It waits for Ground Floor’s board." in words


def test_seats_in_two_clusters_make_one_list_that_names_the_places(client):
    w = walk()
    with at(STARTED):
        other = ClusterFactory(programme=w.team.cluster.programme)
        SeatFactory(user=w.team.facilitator.user, role=Role.FACILITATOR, cluster=other)
    with at(STARTED + timedelta(days=8)):
        words = page(client, "/home/", w.team.facilitator)

    item = words[words.index("“The first meeting”") : words.index("Open the timetable")]
    assert str(w.team.cluster) in item
    assert f"The journey of {other} has not begun yet." in words


def test_a_manager_is_told_which_cluster_asks(client):
    w = walk()
    manager = Seat.objects.get(pk=w.manager.seat)
    with at(STARTED):
        journeys.ask_to_move(
            by=w.facilitator,
            milestone=w.milestone("answers-in"),
            to_on=date(2026, 4, 2),
            reason="Two members were away.",
        )
        words = page(client, "/home/", manager)

    item = words[words.index("Answer a move") : words.index("Read and answer")]
    assert str(w.team.cluster) in item.removeprefix("Answer a move").partition(":")[2]


def test_a_place_is_not_named_where_there_is_only_one(client):
    w = walk()
    with at(STARTED):
        html = main_of(signed_in(client, w.team.core).get("/home/"))

    assert str(w.team.cluster) not in html[html.index("<ol") : html.index("</ol>")]


def test_home_shows_where_the_cluster_is_and_its_next_dates(client):
    w = walk()

    with at(STARTED):
        words = page(client, "/home/", w.team.core)

    assert "Stage 1 of 3: forming the cluster, since 2 March 2026." in words
    assert "15 March 2026 The cluster is formed" in words


def test_a_sponsor_is_told_nothing_of_the_journey(client):
    w = walk()

    with at(STARTED):
        words = page(client, "/home/", w.team.seats[Role.SPONSOR])

    assert "Stage 1 of 3" not in words
    assert "has not begun" not in words
    assert f"You may read what {w.team.cluster} is for" in words


@pytest.mark.parametrize("role", [Role.SPONSOR, Role.ASSESSOR, Role.VIEWER])
def test_who_only_looks_on_is_told_nothing_of_what_others_did(client, role):
    s = scene()
    ended = s.own.seats[Role.STAFF]
    people.end_seat(by=actor(s.own.core), seat=ended)
    seat = s.own.seats.get(role) or s.staff[role]

    assert "The seat of" in page(client, "/home/", s.own.second)
    words = page(client, "/home/", seat)

    assert "What has changed" not in words
    assert "The seat of" not in words


def test_nothing_is_asked_of_a_viewer(client):
    words = page(client, "/home/", SeatFactory(role=Role.VIEWER))

    assert "Nothing is asked of your seat." in words
    assert "a move to answer" not in words


def test_a_manager_finds_the_board(client):
    seat = SeatFactory(role=Role.MANAGER)

    html = signed_in(client, seat).get("/home/").content.decode()

    assert reverse("journeys:board", args=[seat.programme.pk]) in html


def test_a_manager_without_a_second_factor_is_told_what_is_missing(client):
    seat = SeatFactory(role=Role.MANAGER)

    response = signed_in(client, seat, second_factor=False).get("/home/")

    assert "One more step. Some of your seats stay shut" in text_of(response)
    assert reverse("journeys:board", args=[seat.programme.pk]) not in response.content.decode()


# What has changed.


def noon(day):
    return datetime.combine(day, datetime.min.time(), UTC) + timedelta(hours=12)


def changes(client, seat, day):
    with clock.at(noon(day)):
        words = page(client, "/home/", seat)
    return words[words.index("What has changed") :]


def test_what_others_did_since_the_last_visit_stands_there_all_day(client):
    w = walk()
    tuesday, wednesday, thursday = (STARTED + timedelta(days=n) for n in (1, 2, 3))
    changes(client, w.team.second, tuesday)
    with at(wednesday):
        journeys.tick(by=w.core, exit_test=w.test("members"), evidence="The list.")

    first = changes(client, w.team.second, thursday)
    again = changes(client, w.team.second, thursday)

    assert "Since you were last here, on 3 March 2026" in first
    assert "ticked a sentence of Forming the cluster" in first
    assert "ticked a sentence of Forming the cluster" in again
    assert "Nobody else has done anything here since then." in changes(
        client, w.team.second, thursday + timedelta(days=1)
    )


def test_what_they_did_themselves_is_no_news(client):
    w = walk()
    changes(client, w.team.core, STARTED)
    with at(STARTED + timedelta(days=1)):
        journeys.tick(by=w.core, exit_test=w.test("members"), evidence="The list.")

    assert "ticked" not in changes(client, w.team.core, STARTED + timedelta(days=2))


def test_on_the_first_visit_the_last_two_weeks_are_told(client):
    w = walk()

    told = changes(client, w.team.core, STARTED)

    assert "In the last two weeks" in told
    assert "started the journey" in told


def test_a_visit_is_written_down_once_a_day_and_in_nobody_elses_history(client):
    seat = SeatFactory()
    for _ in range(3):
        page(client, "/home/", seat)

    visits = Event.objects.filter(did="front.looked_in")

    assert [(v.owner_kind, v.owner_key, v.audience) for v in visits] == [
        ("person", seat.user_id, "only_us")
    ]
    colleague = SeatFactory(cluster=seat.cluster, organisation=seat.organisation, role=Role.STAFF)
    assert "looked in" not in page(client, "/home/", colleague)


def test_looking_in_twice_in_an_hour_moves_nothing():
    seat = SeatFactory()
    first = actions.look_in(by=actor(seat), user=seat.user).looked_at

    with clock.at(clock.now() + timedelta(hours=1)):
        again = actions.look_in(by=actor(seat), user=seat.user).looked_at

    assert again == first


# What it costs.


def test_home_costs_the_same_with_many_things_as_with_few(client):
    w = walk()
    with at(STARTED):
        page(client, "/home/", w.team.core)
        few = cost_of(client, "/home/")
        for n in range(5):
            journeys.tick(by=w.core, exit_test=w.test("members"), evidence=f"List {n}.")
            journeys.untick(by=w.core, exit_test=w.test("members"))

        assert cost_of(client, "/home/") == few <= 25


def test_home_costs_the_same_in_many_clusters_as_in_one(client):
    w = walk()
    seat = w.team.facilitator
    with at(STARTED):
        page(client, "/home/", seat)
        one = cost_of(client, "/home/")
        for _ in range(3):
            other = walk(own=team(w.team.cluster.programme)).team.cluster
            SeatFactory(role=Role.FACILITATOR, cluster=other, user=seat.user)

        assert cost_of(client, "/home/") == one


def test_no_kind_of_thing_is_looked_up_twice_for_the_history_of_the_example():
    """A name that needs what stands beside it says so in people/queries/history.py."""
    example.load()
    cluster = Cluster.objects.get(slug="hazelford")
    who = reader(Seat.objects.filter(cluster=cluster, role=Role.FACILITATOR).earliest("pk"))

    with CaptureQueriesContext(connection) as asked:
        assert history_of(who, owner=Owner.CLUSTER, key=cluster.pk, limit=1000)

    tables = [re.search(r' FROM "(\w+)"', query["sql"]).group(1) for query in asked]
    assert sorted(tables) == sorted(set(tables))
