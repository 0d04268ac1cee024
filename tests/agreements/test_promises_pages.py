"""The pages of promises as people meet them, without a script; what waits, and what is shown."""

from datetime import timedelta

import pytest
from django.db import connection
from django.template.loader import render_to_string
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from hedgerow.agreements.actions import promises as actions
from hedgerow.agreements.models import Meeting, Promise
from hedgerow.agreements.panels import promises as panels
from hedgerow.agreements.prompts.promises import KEEPS, of_promises
from hedgerow.core import clock, links
from hedgerow.core.actors import Actor
from hedgerow.core.days import in_words
from hedgerow.core.models import SpentLink
from hedgerow.front.digest import _page_for
from hedgerow.people import actions as people
from hedgerow.people.models import Role
from tests.factories import (
    ProgrammeFactory,
    SeatFactory,
    actor,
    reader,
    signed_in,
    team,
    through_the_glass,
)

from .scenes_promises import pair_promise

pytestmark = pytest.mark.django_db


@pytest.fixture
def t():
    return team(ProgrammeFactory())


@pytest.fixture
def promise(t):
    return pair_promise(t)


@pytest.fixture
def member(client, t):
    return signed_in(client, t.core)


def later(days):
    return clock.today() + timedelta(days=days)


def words_of(response):
    return " ".join(response.content.decode().split())


def url(name, thing):
    return reverse(f"agreements:{name}", args=[thing.pk])


def sent(t, **other):
    return {
        "words": "Ask three firms for a price",
        "first": t.core.pk,
        "second": t.second.pk,
        "alone_because": "",
        "due_on": in_words(later(7)),
        **other,
    }


# --- the list


def test_an_empty_list_says_what_usually_happens_and_one_thing_to_press(member, t):
    page = words_of(member.get(url("promises", t.cluster)))

    assert "No promise has been written down yet." in page
    assert "Write the first promise down" in page


def test_the_list_names_both_who_hold_it_the_day_and_where_it_came_from(member, t):
    pair_promise(t)
    gone = pair_promise(t, words="Write to the council")
    actions.let_go(by=actor(t.core), promise=gone, reason="It wrote to us.")
    late = pair_promise(t, words="Count the computers")
    Promise.objects.filter(pk=late.pk).update(due_on=later(-12), first_due_on=later(-12))

    page = words_of(member.get(url("promises", t.cluster)))

    assert "Promises: two open, one late" in page
    assert "Late by 12 days" in page
    assert "<i>and</i>" in page
    assert f"<span>{t.organisations[1]}</span>" in page
    assert in_words(later(7)) in page
    assert "It wrote to us." in page
    assert "Written down on" in page


def test_who_does_not_lead_reads_the_list_and_writes_nothing(client, t, promise):
    signed_in(client, t.seats[Role.SUPPORTER])

    page = words_of(client.get(url("promises", t.cluster)))
    answer = client.post(url("promise_new", t.cluster), sent(t))

    assert "Book the hall" in page
    assert "Write a promise down" not in page
    assert answer.status_code == 403
    assert "can write a promise down" in words_of(answer)


@pytest.mark.parametrize("role", [Role.SPONSOR, Role.MANAGER])
def test_to_whoever_is_not_round_the_table_it_is_not_there(client, t, promise, role):
    seat = t.seats.get(role) or SeatFactory(role=role, programme=t.cluster.programme)
    signed_in(client, seat)

    for there in (url("promises", t.cluster), url("promise", promise)):
        assert client.get(there).status_code == 404
    assert client.post(url("keep_promise", promise)).status_code == 404


def test_an_operator_through_the_glass_reads_and_does_nothing(client, t, promise):
    signed_in(client, through_the_glass(t.cluster))

    assert "Book the hall" in words_of(client.get(url("promises", t.cluster)))
    assert "It is done" not in words_of(client.get(url("promise", promise)))
    assert client.post(url("keep_promise", promise)).status_code == 403


def test_a_long_list_costs_no_more_queries_than_a_short_one(member, t):
    def cost(there):
        with CaptureQueriesContext(connection) as asked:
            assert member.get(there).status_code == 200
        return len(asked)

    first = pair_promise(t)
    cost(url("promises", t.cluster))  # the first of a visit is written down
    short = cost(url("promises", t.cluster)), cost(url("promise", first))
    for _ in range(6):
        pair_promise(t)
    long = cost(url("promises", t.cluster)), cost(url("promise", first))

    assert long == short
    assert max(long) <= 14


# --- making one


def test_a_member_writes_one_down(member, t):
    page = words_of(member.get(url("promise_new", t.cluster)))
    assert f'<option value="{t.core.pk}" selected>' in page  # themselves, to begin with

    answer = member.post(url("promise_new", t.cluster), sent(t))

    assert answer["Location"] == url("promises", t.cluster)
    promise = Promise.objects.get()
    assert (promise.words, promise.second) == ("Ask three firms for a price", t.second)


def test_the_form_says_what_is_wrong_and_loses_nothing(member, t):
    wrong = member.post(url("promise_new", t.cluster), sent(t, words="", due_on="31/31/2026"))
    assert wrong.status_code == 422
    assert "Say what is promised." in words_of(wrong)
    assert "There is no such day" in words_of(wrong)

    refused = member.post(url("promise_new", t.cluster), sent(t, second=t.seats[Role.STAFF].pk))

    assert refused.status_code == 409
    assert "A pair is from two different members" in words_of(refused)
    assert "Ask three firms for a price" in words_of(refused)
    assert not Promise.objects.exists()


def test_one_alone_is_a_choice_of_its_own_that_wants_its_reason(member, t):
    there = url("promise_new", t.cluster)
    unsaid = member.post(there, sent(t, second=""))
    assert unsaid.status_code == 422
    assert "Choose a second person, of another member" in words_of(unsaid)
    bare = member.post(there, sent(t, second="alone"))
    assert bare.status_code == 422
    assert "Say why one person has to hold it alone." in words_of(bare)

    member.post(there, sent(t, second="alone", alone_because="Only we have the keys."))

    assert Promise.objects.get().second is None
    page = words_of(member.get(url("promises", t.cluster)))
    assert "Alone: Only we have the keys." in page


def test_a_day_that_has_passed_is_said_beside_the_day(member, t):
    answer = member.post(url("promise_new", t.cluster), sent(t, due_on=in_words(later(-1))))

    assert answer.status_code == 422
    assert "has passed. Choose today or a later day." in words_of(answer)


def test_a_seat_that_has_ended_or_is_elsewhere_is_not_offered(member, t):
    elsewhere = SeatFactory()
    people.end_seat(by=Actor.command(), seat=t.third)

    for seat in (elsewhere, t.third, t.facilitator):
        answer = member.post(url("promise_new", t.cluster), sent(t, second=seat.pk))
        assert answer.status_code == 422


def meeting_of(t):
    return Meeting.objects.create(
        cluster=t.cluster,
        starts_at=clock.now(),
        minutes=60,
        called_by=t.facilitator,
        called_at=clock.now(),
    )


def test_one_that_comes_out_of_a_meeting_says_so(member, t):
    meeting = meeting_of(t)
    there = f"{url('promise_new', t.cluster)}?meeting={meeting.pk}"
    assert "Out of “Core Group meeting”" in words_of(member.get(there))

    answer = member.post(there, sent(t))

    assert answer["Location"] == meeting.get_absolute_url()
    assert Promise.objects.get().meeting == meeting
    page = words_of(member.get(url("promise", Promise.objects.get())))
    assert f"Core Group meeting, {in_words(clock.today())}" in page


def test_one_that_is_made_while_the_meeting_goes_on_leads_back_into_it(member, t):
    meeting = meeting_of(t)
    Meeting.objects.update(begun_at=clock.now())

    answer = member.post(f"{url('promise_new', t.cluster)}?meeting={meeting.pk}", sent(t))

    assert answer["Location"] == url("live", meeting)


@pytest.mark.parametrize("asked", ["meeting=0", "meeting=x", f"decision={10**30}"])
def test_a_meeting_or_decision_that_is_not_there_is_not_found(member, t, asked):
    there = f"{url('promise_new', t.cluster)}?{asked}"

    assert member.get(there).status_code == 404


def test_a_meeting_next_door_is_not_found(member, t):
    next_door = meeting_of(team(t.cluster.programme))

    there = f"{url('promise_new', t.cluster)}?meeting={next_door.pk}"
    assert member.get(there).status_code == 404


# --- one promise


def test_its_page_has_its_two_names_its_history_and_its_buttons(member, t, promise):
    page = words_of(member.get(url("promise", promise)))

    assert "<i>and</i>" in page
    assert "wrote a promise down, held by" in page
    for button in ("It is done", "Move the day", "Let it go"):
        assert button in page
    assert "takes it over" not in page


def test_somebody_else_sees_no_buttons_and_is_refused_in_words(client, t, promise):
    signed_in(client, t.third)

    assert "It is done" not in words_of(client.get(url("promise", promise)))
    answer = client.post(url("keep_promise", promise))

    assert answer.status_code == 409
    assert "Ask one of them" in words_of(answer)
    promise.refresh_from_db()
    assert promise.is_open


def test_it_is_done_by_one_button(member, promise):
    answer = member.post(url("keep_promise", promise))

    assert answer["Location"] == url("promise", promise)
    page = words_of(member.get(answer["Location"]))
    assert f"Kept on {in_words(clock.today())}" in page
    assert ">It is done<" not in page


def test_a_get_does_nothing(member, promise):
    assert member.get(url("keep_promise", promise)).status_code == 405


def test_it_is_moved_with_a_reason_and_the_first_day_stays(member, promise):
    there = url("move_promise", promise)
    assert in_words(later(7)) in words_of(member.get(there))

    missing = member.post(there, {"due_on": in_words(later(9)), "reason": "", "version": 1})
    assert missing.status_code == 422
    member.post(there, {"due_on": in_words(later(9)), "reason": "Shut.", "version": 1})

    page = words_of(member.get(url("promise", promise)))
    assert "First promised for" in page
    assert "Shut." in page


def test_each_reason_is_read_in_its_history(member, t, promise):
    for days, reason in ((9, "Shut."), (12, "Ill.")):
        actions.move_promise(by=actor(t.second), promise=promise, due_on=later(days), reason=reason)

    page = words_of(member.get(url("promise", promise)))

    assert "“Shut.”" in page
    assert "“Ill.”" in page


def test_who_is_late_with_a_form_is_told_and_may_send_it_again(member, t, promise):
    actions.move_promise(by=actor(t.second), promise=promise, due_on=later(8), reason="So.")
    said = {"reason": "The council does it.", "version": 1}

    stale = member.post(url("let_go", promise), said)

    assert stale.status_code == 409
    assert "Somebody else changed this" in words_of(stale)
    assert "The council does it." in words_of(stale)
    assert 'name="version" value="2"' in words_of(stale)
    again = member.post(url("let_go", promise), {**said, "version": 2})
    assert again.status_code == 302
    assert "The council does it." in words_of(member.get(url("promise", promise)))


def test_said_to_be_done_by_mistake_it_is_taken_up_again(client, t, promise):
    actions.keep(by=actor(t.second), promise=promise)
    there = url("take_up_again", promise)
    signed_in(client, t.third)
    assert "Take it up again" not in words_of(client.get(url("promise", promise)))
    signed_in(client, t.core)
    assert there in words_of(client.get(url("promise", promise)))
    assert "Take “Book the hall” up again" in words_of(client.get(there))

    missing = client.post(there, {"reason": "", "version": 2})
    answer = client.post(there, {"reason": "The wrong hall.", "version": 2}, follow=True)

    assert missing.status_code == 422
    page = words_of(answer)
    assert f"It is open again, for {in_words(later(7))}." in page
    assert "“The wrong hall.”" in page
    assert "It is done" in page
    assert there not in page
    late = client.post(there, {"reason": "Twice.", "version": 3})
    assert late.status_code == 409
    assert "nobody has to take it up again" in words_of(late)


def test_nothing_is_taken_up_where_the_cluster_has_ended(member, t, promise):
    actions.keep(by=actor(t.core), promise=promise)
    people.end_cluster(by=Actor.command(), cluster=t.cluster)

    assert "Take it up again" not in words_of(member.get(url("promise", promise)))


def test_somebody_takes_it_over_once_a_seat_has_ended(member, t, promise):
    there = url("take_over", promise)
    assert "Both who hold it still do." in words_of(member.get(there))
    people.end_seat(by=Actor.command(), seat=t.second)

    page = words_of(member.get(url("promise", promise)))
    assert "Say who takes it over" in page
    assert "held it until that seat ended on" in page
    answer = member.post(
        there, {"first": t.core.pk, "second": t.third.pk, "alone_because": "", "version": 1}
    )

    assert answer.status_code == 302
    promise.refresh_from_db()
    assert promise.second == t.third


def test_the_facilitator_with_two_seats_acts_from_the_one_that_may(client, t):
    promise = pair_promise(t)
    other = SeatFactory(
        role=Role.STAFF, cluster=t.cluster, organisation=t.organisations[2], user=t.second.user
    )
    signed_in(client, other)

    page = words_of(client.get(url("promise", promise)))

    assert f'name="seat" value="{t.second.pk}"' in page


# --- by a letter


def token(seat, promise, **other):
    told = {
        "person": seat.user_id,
        "seat": seat.pk,
        "about": promise.pk,
        "version": promise.version,
        "expires_at": clock.now() + timedelta(days=7),
        **other,
    }
    return reverse("agreements:keep_by_link", args=[links.make(KEEPS, **told)])


def test_a_link_in_a_letter_shows_it_and_its_button_says_that_it_is_done(client, t, promise):
    there = token(t.second, promise)

    assert "“Book the hall”: is it done?" in words_of(client.get(there))
    promise.refresh_from_db()
    assert promise.is_open
    done = client.post(there)

    assert "Done: Book the hall" in words_of(done)
    promise.refresh_from_db()
    assert (promise.ended_by, promise.is_open) == (t.second, False)


def test_a_link_is_used_once(client, t, promise):
    there = token(t.second, promise)
    client.post(there)

    again = client.post(there)

    assert SpentLink.objects.count() == 1
    assert again.status_code == 409
    assert "was kept" in words_of(again)


def test_a_link_is_for_the_promise_as_it_was_when_the_letter_went(client, t, promise):
    there = token(t.second, promise)
    actions.move_promise(by=actor(t.core), promise=promise, due_on=later(9), reason="So.")

    answer = client.post(there)

    assert answer.status_code == 409
    assert "has changed since the letter was written" in words_of(answer)
    promise.refresh_from_db()
    assert promise.is_open


def test_a_link_dies_with_its_seat(client, t, promise):
    there = token(t.second, promise)
    people.end_seat(by=Actor.command(), seat=t.second)

    assert client.get(there).status_code == 410
    assert client.post(there).status_code == 410


def test_a_link_for_somebody_next_door_opens_nothing(client, t, promise):
    next_door = team(t.cluster.programme)

    assert client.get(token(next_door.core, promise)).status_code == 404


def test_a_forged_link_opens_nothing(client, t, promise):
    there = token(t.second, promise)

    assert client.post(there[:-2] + "x/").status_code == 410


# --- what waits


def asked(seat):
    return {prompt.key: prompt for prompt in of_promises(reader(seat), clock.today())}


def test_both_are_asked_from_two_weeks_before(t):
    soon, far = pair_promise(t, due_on=later(14)), pair_promise(t, due_on=later(15))

    for seat in (t.core, t.second):
        found = asked(seat)
        assert list(found) == [f"agreements.promise:{soon.pk}:{later(14)}"]
        (prompt,) = found.values()
        assert prompt.sentence == "“Book the hall”: is it done?"
        assert (prompt.act, prompt.act_on, prompt.act_version) == (KEEPS, soon.pk, 1)
        assert prompt.due_on == later(14)
    assert asked(t.third) == asked(t.facilitator) == {}
    assert far.is_open


def test_what_is_late_is_asked_and_what_is_over_is_not(t):
    late, over = pair_promise(t), pair_promise(t)
    Promise.objects.filter(pk=late.pk).update(due_on=later(-40))
    actions.keep(by=actor(t.core), promise=over)

    assert list(asked(t.core)) == [f"agreements.promise:{late.pk}:{later(-40)}"]


def test_what_is_taken_up_again_is_asked_of_both_again(t):
    promise = pair_promise(t)
    before = asked(t.second)
    actions.keep(by=actor(t.core), promise=promise)
    assert asked(t.core) == asked(t.second) == {}

    actions.take_up_again(by=actor(t.core), promise=promise, reason="The wrong hall.")

    for seat in (t.core, t.second):
        assert list(asked(seat)) == list(before)
        assert [prompt.act_version for prompt in asked(seat).values()] == [3]


def test_the_letter_finds_the_page_behind_the_link():
    assert _page_for(KEEPS) == "agreements:keep_by_link"


def test_who_takes_it_over_is_asked_of_the_facilitator_and_of_those_who_hold_it(t, promise):
    people.end_seat(by=Actor.command(), seat=t.second)
    key = f"agreements.take_over:{promise.pk}"
    successor = SeatFactory(cluster=t.cluster, organisation=t.organisations[1])

    assert key in asked(t.facilitator)
    assert key in asked(t.core)
    assert key in asked(successor)
    assert key not in asked(t.third)
    assert asked(t.facilitator)[key].why.endswith("held it, and that seat has ended.")


def test_without_a_facilitator_every_core_group_member_is_asked(t, promise):
    for seat in (t.second, t.facilitator):
        people.end_seat(by=Actor.command(), seat=seat)

    assert f"agreements.take_over:{promise.pk}" in asked(t.third)


def test_nothing_waits_in_a_cluster_that_has_ended(t, promise):
    people.end_cluster(by=Actor.command(), cluster=t.cluster)

    assert asked(t.core) == {}


def test_asking_costs_two_queries_for_any_number(t):
    for _ in range(4):
        pair_promise(t)
    who = reader(t.core)

    with CaptureQueriesContext(connection) as queries:
        assert len(list(of_promises(who, clock.today()))) == 4

    assert len(queries) == 2


# --- on the cluster's page, among the days, in the report


def shown(t, seat):
    (panel,) = panels.panels(reader(seat), t.cluster)
    return " ".join(render_to_string(panel.template, dict(panel.context)).split())


def test_the_clusters_page_shows_the_next_and_how_many_more(t):
    for n in range(6):
        pair_promise(t, due_on=later(n))

    page = shown(t, t.core)

    assert page.count("Book the hall") == 4
    assert "with two more open ones" in page
    assert "Write a promise down" in page
    assert "Write a promise down" not in shown(t, t.seats[Role.STAFF])


def test_the_days_of_a_cluster_hold_what_is_promised(t, promise):
    (line,) = panels.dates(reader(t.core), t.cluster)

    assert (line.on, line.sentence) == (later(7), "Promised: Book the hall")


def test_the_report_says_what_became_of_promises(t, promise):
    (section,) = panels.sections(reader(t.core), t.cluster)

    assert section.sentences[0] == "One promise was made. A pair holds it."


def test_none_of_it_is_for_the_programme(t, promise):
    manager = reader(SeatFactory(role=Role.MANAGER, programme=t.cluster.programme))

    for part in (panels.panels, panels.dates, panels.sections):
        assert list(part(manager, t.cluster)) == []
