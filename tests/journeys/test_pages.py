"""Each page as the people meet it, without a script."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from hedgerow.core import clock, links
from hedgerow.core.days import in_words
from hedgerow.journeys import actions, queries
from hedgerow.journeys.models import Design, Journey, Move, Standing, Tick
from hedgerow.people.models import Cluster, Role
from tests.factories import ClusterFactory, SeatFactory, actor, scene, signed_in

from . import scenes
from .walks import SHORT, walk

pytestmark = pytest.mark.django_db


@pytest.fixture
def w():
    """A journey that begins today."""
    return walk(starts_on=clock.today())


@pytest.fixture
def member(client, w):
    return signed_in(client, w.team.core)


@pytest.fixture
def facilitator(client, w):
    return signed_in(client, w.team.facilitator)


@pytest.fixture
def manager(client, w):
    return signed_in(client, SeatFactory(role=Role.MANAGER, programme=w.team.cluster.programme))


def words_of(response):
    return " ".join(response.content.decode().split())


def tick_url(test):
    return reverse("journeys:tick", args=[test.pk])


def test_the_journey_says_where_it_is_and_what_comes_next(member, w):
    page = words_of(member.get(w.journey.get_absolute_url()))

    assert "Stage 1 of 3: forming the cluster" in page
    assert "None of two tests met." in page
    assert "The first meeting" in page
    assert "All three facilitator days are left." in page


def test_a_member_ticks_with_evidence_and_it_is_shown_with_name_and_day(member, w):
    test = w.test("rules")

    answer = member.post(tick_url(test), {f"t{test.pk}-evidence": "All three said yes."})

    assert answer.status_code == 302
    assert answer["Location"].endswith(f"#test-{test.pk}")
    page = words_of(member.get(answer["Location"]))
    assert "“All three said yes.” Chief executive," in page
    assert in_words(clock.today()) in page
    assert Tick.objects.get().by == w.team.core


def test_a_tick_without_words_is_asked_for_them_on_the_same_page(member, w):
    test = w.test("rules")

    answer = member.post(tick_url(test), {f"t{test.pk}-evidence": " "})

    assert answer.status_code == 422
    assert "Say what shows it" in words_of(answer)
    assert not Tick.objects.exists()


def test_a_second_tick_is_refused_on_the_same_page(member, w):
    test = w.test("rules")
    sent = {f"t{test.pk}-evidence": "All three said yes."}
    member.post(tick_url(test), sent)

    answer = member.post(tick_url(test), sent)

    assert answer.status_code == 409
    assert "ticked this on" in words_of(answer)


def test_with_htmx_only_the_list_comes_back(member, w):
    test = w.test("rules")

    answer = member.post(
        tick_url(test), {f"t{test.pk}-evidence": "All said yes."}, headers={"HX-Request": "true"}
    )

    assert answer.status_code == 200
    assert "<html" not in words_of(answer)
    assert 'id="tests"' in words_of(answer)


def test_a_facilitator_sees_the_list_and_cannot_tick(facilitator, w):
    test = w.test("rules")

    assert "Tick this" not in words_of(facilitator.get(w.stage(1).get_absolute_url()))
    answer = facilitator.post(tick_url(test), {f"t{test.pk}-evidence": "Yes."})

    assert answer.status_code == 403
    assert "Only a Core Group member can tick" in words_of(answer)


def test_a_tick_is_taken_back_and_stays_to_be_read(member, w):
    test = w.test("rules")
    member.post(tick_url(test), {f"t{test.pk}-evidence": "All three said yes."})

    member.post(reverse("journeys:untick", args=[test.pk]))

    page = words_of(member.get(w.stage(1).get_absolute_url()))
    assert "Ticked before, and taken back" in page
    assert "“All three said yes.”" in page


def test_the_facilitator_closes_a_stage_whose_list_is_met(facilitator, w):
    close = reverse("journeys:close", args=[w.stage(1).pk])
    early = facilitator.post(close)
    assert early.status_code == 409
    assert "We have agreed the ground rules." in words_of(early)
    w.tick_all()

    page = words_of(facilitator.get(w.stage(1).get_absolute_url()))
    assert "Close “Forming the cluster” and open “Gathering”" in page
    assert "Go back to an earlier stage" not in page
    answer = facilitator.post(close)

    assert answer.status_code == 302
    assert w.open_stage == w.stage(2)
    closed = words_of(facilitator.get(w.stage(1).get_absolute_url()))
    assert "Closed by Chief executive" in closed
    assert "Close “Forming" not in closed
    assert "Go back to an earlier stage" not in closed


def test_one_goes_back_with_a_reason_and_the_first_run_stays_readable(facilitator, w):
    w.close()
    back = reverse("journeys:back", args=[w.stage(2).pk])
    assert "Go back to an earlier stage" in words_of(facilitator.get(w.stage(2).get_absolute_url()))
    missing = facilitator.post(back, {"to_position": 1})
    assert missing.status_code == 422

    answer = facilitator.post(back, {"to_position": 1, "reason": "A member left."})

    assert answer["Location"] == w.stage(1, run=2).get_absolute_url()
    assert "This is run 2." in words_of(facilitator.get(answer["Location"]))
    page = words_of(facilitator.get(w.journey.get_absolute_url()))
    assert "Earlier runs of “Forming the cluster”" in page
    assert "A member left." in page


def test_the_first_stage_has_nothing_to_go_back_to(facilitator, w):
    page = words_of(facilitator.get(reverse("journeys:back", args=[w.stage(1).pk])))

    assert "There is no stage before this one." in page


def later(days):
    return clock.today() + timedelta(days=days)


def test_the_facilitator_moves_a_date_with_a_reason(facilitator, w):
    url = reverse("journeys:move", args=[w.milestone("first-meeting").pk])
    assert in_words(later(7)) in words_of(facilitator.get(url))

    answer = facilitator.post(
        url, {"to_on": in_words(later(9)), "reason": "The hall is taken.", "version": 1}
    )

    assert answer.status_code == 302
    page = words_of(facilitator.get(answer["Location"]))
    assert "Moved once" in page
    assert "The hall is taken." in page
    assert "Read version 1" in page
    assert in_words(later(7)) in words_of(
        facilitator.get(reverse("journeys:version", args=[w.journey.pk, 1]))
    )


@pytest.mark.parametrize(
    ("sent", "status", "sentence"),
    [
        ({"to_on": "31/31/2026", "reason": "So.", "version": 1}, 422, "no such day"),
        ({"to_on": "1 May 2020", "reason": "So.", "version": 1}, 422, "has passed"),
        ({"to_on": "", "reason": "", "version": 1}, 422, "Say why the date moves"),
    ],
)
def test_a_move_that_cannot_be_is_said_on_the_same_page(facilitator, w, sent, status, sentence):
    answer = facilitator.post(
        reverse("journeys:move", args=[w.milestone("first-meeting").pk]), sent
    )

    assert answer.status_code == status
    assert sentence in words_of(answer)


def test_who_read_an_older_timetable_can_send_again_after_looking(facilitator, w):
    actions.move_date(
        by=w.core, milestone=w.milestone("formed"), to_on=later(16), reason="A strike."
    )
    sent = {"to_on": in_words(later(9)), "reason": "The hall is taken.", "version": 1}

    stale = facilitator.post(reverse("journeys:move", args=[w.milestone("first-meeting").pk]), sent)

    assert stale.status_code == 409
    assert "Somebody else moved a date" in words_of(stale)
    assert 'name="version" value="2"' in words_of(stale)


def test_a_page_that_is_not_there_is_not_there(facilitator, w):
    assert facilitator.get(reverse("journeys:version", args=[w.journey.pk, 9])).status_code == 404


def test_the_facilitator_asks_and_the_manager_agrees_in_one_click(client, w):
    milestone = w.milestone("answers-in")
    signed_in(client, w.team.facilitator)
    asked = client.post(
        reverse("journeys:ask", args=[milestone.pk]),
        {"to_on": in_words(later(30)), "reason": "Two were away.", "version": 1},
    )
    assert "waits for the programme manager" in words_of(client.get(asked["Location"]))
    move = Move.objects.get()

    signed_in(client, SeatFactory(role=Role.MANAGER, programme=w.team.cluster.programme))
    board = words_of(client.get(w.team.cluster.programme.get_absolute_url()))
    assert f"Agree to {in_words(later(30))}" in board
    assert "one thing needs you" in board
    answer = client.post(reverse("journeys:answer_move", args=[move.pk]), {"agreed": "yes"})

    assert answer.status_code == 302
    done = words_of(client.get(answer["Location"]))
    assert f"Agreed: “The answers are in” moves to {in_words(later(30))}." in done
    line = next(x for x in queries.timetable_lines(w.journey) if x.key == milestone.pk)
    assert line.now_on == later(30)


def test_the_manager_says_no_in_words(manager, w):
    move = actions.ask_to_move(
        by=w.facilitator,
        milestone=w.milestone("answers-in"),
        to_on=later(30),
        reason="Two were away.",
    )
    url = reverse("journeys:answer_move", args=[move.pk])
    assert "Two were away." in words_of(manager.get(url))
    assert manager.post(url, {"answer": ""}).status_code == 422

    manager.post(url, {"answer": "The panel meets before."})

    page = words_of(manager.get(reverse("journeys:timetable", args=[w.journey.pk])))
    assert "What was not agreed" in page
    assert "“The answers are in” stayed at" in page
    assert "answered: The panel meets before." in page
    assert manager.post(url, {"agreed": "yes"}).status_code == 409


def test_the_manager_moves_a_programmes_date(manager, w):
    url = reverse("journeys:set_date", args=[w.milestone("answers-in").pk])

    manager.post(url, {"to_on": in_words(later(30)), "reason": "All get three days.", "version": 1})

    assert w.journey.timetables.count() == 2
    assert (
        manager.get(reverse("journeys:set_date", args=[w.milestone("formed").pk])).status_code
        == 403
    )


def test_a_date_is_met_and_put_back(facilitator, w):
    milestone = w.milestone("first-meeting")
    url = reverse("journeys:meet", args=[milestone.pk])

    answer = facilitator.post(url, {"done_on": in_words(clock.today())})
    assert "Kept: met on" in words_of(facilitator.get(answer["Location"]))
    assert facilitator.post(url, {"done_on": in_words(later(1))}).status_code == 409

    facilitator.post(reverse("journeys:unmeet", args=[milestone.pk]))
    assert w.milestone("first-meeting").done_on is None
    again = facilitator.post(reverse("journeys:unmeet", args=[milestone.pk]))
    assert again.status_code == 409


def test_a_member_says_from_the_page_that_a_date_stands(member, w):
    milestone = w.milestone("first-meeting")
    url = reverse("journeys:stands", args=[milestone.pk])
    page = words_of(member.get(url))
    assert f'does <time datetime="{later(7)}">' in page
    assert not Standing.objects.exists()

    answer = member.post(url, {"on": later(7).isoformat()})

    assert answer.status_code == 302
    assert Standing.objects.get().organisation == w.team.organisations[0]
    assert "1 of 3 members say it stands" in words_of(member.get(answer["Location"]))


def token_for(w, on=None):
    return links.make(
        "stands",
        person=w.core.person,
        seat=w.core.seat,
        about=w.milestone("first-meeting").pk,
        version=(on or later(7)).toordinal(),
        expires_at=clock.now() + timedelta(days=7),
    )


def test_a_link_shows_the_choice_and_acts_only_when_the_button_is_pressed(client, w):
    url = reverse("journeys:stands_by_link", args=[token_for(w)])

    assert "Yes, it stands for us" in words_of(client.get(url))
    assert not Standing.objects.exists()

    page = words_of(client.post(url))
    assert "Thank you." in page
    assert Standing.objects.get().by == w.team.core

    again = client.post(url)
    assert again.status_code == 409
    assert "works once" in words_of(again)
    assert "Yes, it stands for us" not in words_of(again)


def test_a_link_about_a_day_that_has_moved_says_so(client, w):
    url = reverse("journeys:stands_by_link", args=[token_for(w)])
    actions.move_date(
        by=w.facilitator,
        milestone=w.milestone("first-meeting"),
        to_on=later(9),
        reason="The hall is taken.",
    )

    assert "It has moved to" in words_of(client.get(url))
    assert client.post(url).status_code == 409
    assert not Standing.objects.exists()


def test_a_link_dies_with_the_seat(client, w):
    url = reverse("journeys:stands_by_link", args=[token_for(w)])
    w.team.core.ended_at = clock.now()
    w.team.core.save()

    assert client.get(url).status_code == 410
    assert client.post(url).status_code == 410


def test_days_are_logged_and_struck_out(facilitator, w):
    allowance = w.journey.allowances.get()
    prefix = f"log{allowance.pk}"
    sent = {
        f"{prefix}-half_days": "1½",
        f"{prefix}-on": in_words(clock.today()),
        f"{prefix}-what": "Two meetings",
    }

    facilitator.post(reverse("journeys:log", args=[allowance.pk]), sent)
    page = words_of(facilitator.get(reverse("journeys:days", args=[w.journey.pk])))
    assert "1½ of 3 left" in page
    assert "Two meetings" in page

    sent[f"{prefix}-half_days"] = "2"
    over = facilitator.post(reverse("journeys:log", args=[allowance.pk]), sent)
    assert over.status_code == 409
    assert "1½ of 3 facilitator days are left, so 2 cannot be logged." in words_of(over)

    log = allowance.logs.get()
    facilitator.post(reverse("journeys:strike", args=[log.pk]))
    page = words_of(facilitator.get(reverse("journeys:days", args=[w.journey.pk])))
    assert "<s>Two meetings</s>" in page
    assert facilitator.post(reverse("journeys:strike", args=[log.pk])).status_code == 409


@pytest.mark.parametrize("typed", ["1.25", "two", "-1", "1,75", "½½"])
def test_days_that_are_no_halves_are_asked_for_again(facilitator, w, typed):
    allowance = w.journey.allowances.get()
    prefix = f"log{allowance.pk}"

    answer = facilitator.post(
        reverse("journeys:log", args=[allowance.pk]),
        {f"{prefix}-half_days": typed, f"{prefix}-on": "1/1/2026", f"{prefix}-what": "x"},
    )

    assert answer.status_code == 422
    assert "is not days in halves" in words_of(answer)


def test_the_manager_gives_more_days(manager, w):
    allowance = w.journey.allowances.get()
    url = reverse("journeys:give", args=[allowance.pk])
    prefix = f"give{allowance.pk}"

    manager.post(url, {f"{prefix}-half_days": "4", f"{prefix}-version": 1})

    assert queries.day_lines(w.journey)[0].half_days == 8
    stale = manager.post(url, {f"{prefix}-half_days": "5", f"{prefix}-version": 1})
    assert stale.status_code == 409


def test_the_manager_sees_the_journey_and_not_who_ticked_what(manager, w):
    w.tick_all()

    page = words_of(manager.get(w.journey.get_absolute_url()))

    assert "Both tests met." in page
    assert w.stage(1).get_absolute_url() not in page
    assert manager.get(w.stage(1).get_absolute_url()).status_code == 404
    assert manager.get(reverse("journeys:timetable", args=[w.journey.pk])).status_code == 200
    assert manager.get(reverse("journeys:days", args=[w.journey.pk])).status_code == 200


def test_the_board_is_one_table_and_a_spreadsheet(manager, w):
    programme = w.team.cluster.programme

    page = words_of(manager.get(programme.get_absolute_url()))
    sheet = manager.get(reverse("journeys:board_csv", args=[programme.pk]))

    assert w.journey.get_absolute_url() in page
    assert "One cluster, four members. None of them is slowing; no dates are late." in page
    assert sheet["Content-Type"] == "text/csv; charset=utf-8"
    assert sheet.content.decode("utf-8-sig").splitlines()[1].startswith(w.team.cluster.name)


def test_a_viewer_sees_the_board_and_nothing_to_press(client, w):
    programme = w.team.cluster.programme
    signed_in(client, SeatFactory(role=Role.VIEWER, programme=programme))

    page = words_of(client.get(programme.get_absolute_url()))

    assert w.team.cluster.name in page
    assert "Add a cluster" not in page
    assert client.get(reverse("journeys:new_cluster", args=[programme.pk])).status_code == 403
    assert client.get(w.journey.get_absolute_url()).status_code == 404


def test_the_manager_adds_a_cluster_and_starts_its_journey(manager, w):
    programme = w.team.cluster.programme
    new = reverse("journeys:new_cluster", args=[programme.pk])
    assert manager.post(new, {"name": "Collaborate Elderwick"}).status_code == 422

    answer = manager.post(new, {"name": "Collaborate Elderwick", "slug": "elderwick"})
    cluster = Cluster.objects.get(slug="elderwick")
    assert answer["Location"] == reverse("journeys:start", args=[cluster.pk])
    taken = manager.post(new, {"name": "Another", "slug": "elderwick"})
    assert taken.status_code == 409

    manager.get(answer["Location"])
    started = manager.post(
        answer["Location"],
        {"starts_on": in_words(later(7)), "design": Design.objects.get().pk},
    )
    journey = Journey.objects.get(cluster=cluster)
    assert started["Location"] == journey.get_absolute_url()
    assert journey.started_on == later(7)
    twice = manager.post(
        answer["Location"], {"starts_on": in_words(later(7)), "design": journey.design_id}
    )
    assert twice.status_code == 409


def test_the_manager_loads_a_design_and_reads_it(manager, w):
    url = reverse("journeys:load_design", args=[w.team.cluster.programme_id])
    file = SimpleUploadedFile("short.yaml", SHORT.format(version=2).encode())

    answer = manager.post(url, {"pack": file})

    design = Design.objects.get(version=2)
    assert answer["Location"] == design.get_absolute_url()
    page = words_of(manager.get(answer["Location"]))
    assert "A short way: three stages" in page
    assert "We have agreed the ground rules." in page
    assert "One week after the start" in page
    assert page.count("Ended by ticks.") == 3


def test_a_design_that_comes_with_hedgerow_is_loaded_by_one_button(manager, w):
    programme = w.team.cluster.programme
    url = reverse("journeys:load_design", args=[programme.pk])
    page = words_of(manager.get(url))
    assert "Use Collaborate 2: six stages, 40 weeks" in page
    assert page.index("Use Self-service") < page.index("Load a file of your own")

    answer = manager.post(url, {"shipped": "collaborate-2"})

    design = Design.objects.get(pack="collaborate-2")
    assert answer["Location"] == design.get_absolute_url()
    assert "Collaborate 2, version 1 is loaded." in words_of(manager.get(answer["Location"]))
    assert "Collaborate 2, version 1" in words_of(manager.get(programme.get_absolute_url()))
    assert manager.post(url, {"shipped": "../../settings"}).status_code == 404
    signed_in(manager, SeatFactory(role=Role.VIEWER, programme=programme))
    assert manager.post(url, {"shipped": "self-service"}).status_code == 403


def test_the_board_leads_the_manager_to_people_and_to_a_cluster_without_a_journey(client, w):
    programme = w.team.cluster.programme
    latent = ClusterFactory(programme=programme)
    people = reverse("people:programme_people", args=[programme.pk])
    signed_in(client, SeatFactory(role=Role.MANAGER, programme=programme))
    page = words_of(client.get(programme.get_absolute_url()))
    assert f'href="{people}">Who works for it' in page
    assert f'href="{reverse("cluster", args=[latent.pk])}">{latent}' in page
    start = words_of(client.get(reverse("journeys:start", args=[latent.pk])))
    assert reverse("people:cluster_people", args=[latent.pk]) in start

    signed_in(client, SeatFactory(role=Role.VIEWER, programme=programme))
    page = words_of(client.get(programme.get_absolute_url()))
    assert "Who works for it" not in page
    assert reverse("cluster", args=[latent.pk]) not in page


def test_a_day_that_has_passed_is_said_at_its_field(facilitator, w):
    url = reverse("journeys:move", args=[w.milestone("first-meeting").pk])

    answer = facilitator.post(url, {"to_on": "1 May 2020", "reason": "So.", "version": 1})

    assert "1 May 2020 has passed" in str(answer.context["form"].errors["to_on"])
    assert "the programme reads it" in facilitator.get(url).context["form"]["reason"].help_text


def test_the_manager_is_told_that_the_cluster_reads_why_a_date_moves(manager, w):
    page = words_of(manager.get(reverse("journeys:set_date", args=[w.milestone("answers-in").pk])))

    assert "and the cluster reads it." in page


def test_who_says_that_a_date_stands_is_counted_from_two_weeks_before(member, w):
    url = reverse("journeys:timetable", args=[w.journey.pk])
    assert words_of(member.get(url)).count("0 of 3 members say it stands") == 2

    actions.say_it_stands(by=w.core, milestone=w.milestone("answers-in"), on=later(27))

    assert "1 of 3 members say it stands" in words_of(member.get(url))


def test_a_member_reads_the_design_and_is_not_sent_to_a_board_that_is_shut(member, w):
    page = words_of(member.get(w.journey.design.get_absolute_url()))

    assert "We have agreed the ground rules." in page
    assert w.team.cluster.programme.get_absolute_url() not in page


def test_every_fault_of_a_design_is_shown_with_its_line(manager, w):
    url = reverse("journeys:load_design", args=[w.team.cluster.programme_id])
    text = SHORT.format(version=2).replace("kind: focus", "kind: ballot").replace("£0", "much")

    answer = manager.post(url, {"pack": SimpleUploadedFile("short.yaml", text.encode())})

    assert answer.status_code == 422
    page = words_of(answer)
    assert "What is wrong with it" in page
    assert page.count('<th scope="row" class="num">') >= 2
    assert Design.objects.count() == 1
    assert manager.post(url, {"pack": SimpleUploadedFile("x.yaml", b"\xff")}).status_code == 422


def test_a_file_that_is_too_large_to_be_a_design_is_not_read(manager, w):
    url = reverse("journeys:load_design", args=[w.team.cluster.programme_id])
    text = SHORT.format(version=2) + "#" * 200_000

    answer = manager.post(url, {"pack": SimpleUploadedFile("long.yaml", text.encode())})

    assert answer.status_code == 422
    assert "too large to be a design" in words_of(answer)


def test_a_design_that_can_no_longer_be_read_says_so_and_starts_nothing(manager, w):
    Design.objects.update(text="slug: short")
    design = Design.objects.get()
    latent = ClusterFactory(programme=w.team.cluster.programme)

    assert "cannot be read any more" in words_of(manager.get(design.get_absolute_url()))
    answer = manager.post(
        reverse("journeys:start", args=[latent.pk]),
        {"starts_on": in_words(clock.today()), "design": design.pk},
    )

    assert answer.status_code == 409
    assert "cannot be read any more" in words_of(answer)


def test_without_a_design_the_manager_is_led_to_load_one(client):
    seat = SeatFactory(role=Role.MANAGER)
    latent = ClusterFactory(programme=seat.programme)
    signed_in(client, seat)

    page = words_of(client.get(reverse("journeys:start", args=[latent.pk])))

    assert reverse("journeys:load_design", args=[seat.programme_id]) in page
    assert "No design is loaded yet" in words_of(client.get(seat.programme.get_absolute_url()))


def test_a_cluster_that_has_ended_says_so_on_its_journey(member, w):
    w.team.cluster.ended_at = clock.now()
    w.team.cluster.save()
    test = w.test("rules")

    page = words_of(member.get(w.stage(1).get_absolute_url()))
    answer = member.post(tick_url(test), {f"t{test.pk}-evidence": "All said yes."})

    assert "nothing in it can be changed" in page
    assert answer.status_code == 409


def test_another_version_under_the_same_number_is_refused_on_the_page(manager, w):
    url = reverse("journeys:load_design", args=[w.team.cluster.programme_id])
    text = SHORT.format(version=1).replace("You choose.", "You draw lots.")

    answer = manager.post(url, {"pack": SimpleUploadedFile("short.yaml", text.encode())})

    assert answer.status_code == 409
    assert "Give this one a new number" in words_of(answer)


def test_a_neighbour_and_a_stranger_learn_nothing(client):
    s = scene()
    journey = scenes.journey(s)
    for seat in (s.neighbour.core, s.elsewhere.facilitator, s.other_staff[Role.MANAGER]):
        signed_in(client, seat)
        for url in (
            journey.get_absolute_url(),
            reverse("journeys:timetable", args=[journey.pk]),
            reverse("journeys:days", args=[journey.pk]),
            journey.stages.first().get_absolute_url(),
        ):
            assert client.get(url).status_code == 404


def test_the_same_form_sent_twice_is_done_once(facilitator, w):
    url = reverse("journeys:move", args=[w.milestone("first-meeting").pk])
    sent = {
        "to_on": in_words(later(9)),
        "reason": "The hall is taken.",
        "once": "a" * 32,
    }

    first = facilitator.post(url, sent)
    second = facilitator.post(url, sent)

    assert first["Location"] == second["Location"]
    assert w.journey.timetables.count() == 2


def test_a_deputy_acts_only_while_standing_in(client, w):
    from tests.factories import MandateFactory

    deputy = w.team.seats[Role.DEPUTY]
    signed_in(client, deputy)
    test = w.test("rules")
    sent = {f"t{test.pk}-evidence": "All said yes."}
    assert client.post(tick_url(test), sent).status_code == 403

    MandateFactory(deputy=deputy, given_by=w.team.core)

    assert client.post(tick_url(test), sent).status_code == 302
    assert Tick.objects.get().by == deputy


def test_a_date_said_to_stand_by_another_member_is_counted(member, w):
    actions.say_it_stands(
        by=actor(w.team.second), milestone=w.milestone("first-meeting"), on=later(7)
    )

    page = words_of(member.get(reverse("journeys:timetable", args=[w.journey.pk])))

    assert "1 of 3 members say it stands" in page


def _fill(w):
    """Ticks, moves, words that dates stand, and days: several of each."""
    w.tick_all()
    actions.untick(by=w.core, exit_test=w.test("rules"))
    for days in (9, 10, 11):
        actions.move_date(
            by=w.core, milestone=w.milestone("first-meeting"), to_on=later(days), reason="So."
        )
    for seat in (w.team.core, w.team.second, w.team.third):
        actions.say_it_stands(by=actor(seat), milestone=w.milestone("first-meeting"), on=later(11))
    for _ in range(4):
        actions.log_days(
            by=w.facilitator,
            allowance=w.journey.allowances.get(),
            on=clock.today(),
            half_days=1,
            what="A meeting",
        )


def test_a_page_costs_as_many_queries_however_much_has_happened(facilitator, w):
    pages = {
        "journey": w.journey.get_absolute_url(),
        "stage": w.stage(1).get_absolute_url(),
        "timetable": reverse("journeys:timetable", args=[w.journey.pk]),
        "days": reverse("journeys:days", args=[w.journey.pk]),
    }

    def prices():
        found = {}
        for name, url in pages.items():
            with CaptureQueriesContext(connection) as asked:
                assert facilitator.get(url).status_code == 200
            found[name] = len(asked)
        return found

    actions.tick(by=w.core, exit_test=w.test("members"), evidence="The list.")
    actions.log_days(
        by=w.facilitator,
        allowance=w.journey.allowances.get(),
        on=clock.today(),
        half_days=1,
        what="A meeting",
    )
    facilitator.get(pages["days"])  # the first visit writes down that there was one
    before = prices()
    _fill(w)

    assert prices() == before
    assert max(before.values()) <= 24
