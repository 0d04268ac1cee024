"""The pages round a round: who sees them, what they say, and what their forms do."""

from datetime import timedelta

import pytest
from django.urls import reverse

from hedgerow.core import clock
from hedgerow.diagnostics.models import Round, Talk, WhyNot
from hedgerow.look.words import day, weekday
from hedgerow.people.models import Role
from tests.factories import SeatFactory, signed_in
from tests.front.pages import cost_of, main_of, page, text_of

from .scenes_pictures import closed
from .scenes_rounds import member_of, opened, said_why_not, talked
from .test_rounds import answer, answer_all, close

pytestmark = pytest.mark.django_db


def url(name, thing):
    return reverse(f"diagnostics:{name}", args=[thing.pk])


def in_days(n):
    return day(clock.today() + timedelta(days=n))


# who may


def test_those_round_the_table_read_it_and_nobody_else(client, s):
    round = opened(s)
    inside = {Role.CORE, Role.DEPUTY, Role.STAFF, Role.FACILITATOR, Role.SUPPORTER}
    for role, seat in s.seats.items():
        for there in (url("rounds", s.cluster), url("round", round)):
            page(client, there, seat, status=200 if role in inside else 404)
    for seat in (s.neighbour.core, s.elsewhere.facilitator):
        page(client, url("rounds", s.cluster), seat, status=404)
        page(client, url("round", round), seat, status=404)


def test_who_leads_asks_moves_and_writes_and_others_are_told_who_can(client, s):
    round = opened(s)
    leads = {Role.CORE, Role.FACILITATOR}
    for role in (Role.CORE, Role.FACILITATOR, Role.STAFF, Role.DEPUTY, Role.SUPPORTER):
        for there in (
            url("open_round", s.cluster),
            url("move_round", round),
            url("write_talk", round),
        ):
            shown = page(client, there, s.own.seats[role], status=200 if role in leads else 403)
            assert role in leads or "Only a Core Group member or a facilitator can" in shown


def test_a_member_says_why_not_for_itself_alone(client, s):
    opened(s)
    there = url("say_why_not", member_of(s.own.core))

    page(client, there, s.own.core)
    page(client, there, s.own.second, status=403)
    page(client, there, s.own.facilitator, status=403)
    page(client, there, s.neighbour.core, status=404)


# opening


def test_before_the_first_round_the_page_says_how_one_begins(client, s):
    shown = page(client, url("rounds", s.cluster), s.own.facilitator)
    assert "Nothing is asked now." in shown
    assert "Choose the questions" in shown

    assert "Choose the questions" not in page(
        client, url("rounds", s.cluster), s.own.seats[Role.STAFF]
    )


def test_two_sets_are_ticked_that_most_begin_with_and_the_whole_time_is_said(client, s):
    response = signed_in(client, s.own.facilitator).get(url("open_round", s.cluster))

    html = main_of(response)
    assert html.count("checked") == 2
    assert html.index('id="id_ask-key-facts" checked') < html.index('id="id_ask-capacity" checked')
    assert "minutes for each member" in text_of(response)


def test_a_round_is_asked_by_form_and_stands_on_the_page(client, s):
    facilitator = signed_in(client, s.own.facilitator)
    sent = {"ask-capacity": "on", "ask-ict-baseline": "on", "apart-capacity": "on"}

    answer = facilitator.post(
        url("open_round", s.cluster), {**sent, "due_on": in_days(9)}, follow=True
    )

    round = Round.objects.get()
    assert {it.slug: len(it.roles) for it in round.askings.all()} == {
        "capacity": 3,
        "ict-baseline": 0,
    }
    said = f"until {weekday(clock.today() + timedelta(days=9))}"
    assert f"Every member is asked, {said}." in text_of(answer)
    assert "None of three have answered" in text_of(answer)


@pytest.mark.parametrize(
    ("sent", "status", "said"),
    [
        ({"due_on": "9 days"}, 422, "Choose at least one set of questions."),
        ({"ask-capacity": "on", "due_on": ""}, 422, "Write the day."),
        ({"ask-capacity": "on", "due_on": "31/2/2027"}, 422, "31"),
        ({"ask-capacity": "on", "due_on": "1 January 2020"}, 422, "or a later day"),
        ({"ask-capacity": "on", "due_on": "1 January 2090"}, 422, "or an earlier day"),
    ],
)
def test_what_cannot_be_asked_comes_back_with_what_was_ticked(client, s, sent, status, said):
    answer = signed_in(client, s.own.facilitator).post(url("open_round", s.cluster), sent)

    assert answer.status_code == status
    assert said in text_of(answer)
    assert ("checked" in main_of(answer)) is ("ask-capacity" in sent)
    assert not Round.objects.exists()


def test_a_second_round_is_refused_on_the_form_itself(client, s):
    opened(s)

    answer = signed_in(client, s.own.facilitator).post(
        url("open_round", s.cluster), {"ask-capacity": "on", "due_on": in_days(9)}
    )

    assert answer.status_code == 409
    assert "Close it first; then ask the next." in text_of(answer)


def test_the_same_form_sent_twice_asks_once(client, s):
    sent = {"ask-capacity": "on", "due_on": in_days(9), "once": "a" * 32}
    facilitator = signed_in(client, s.own.facilitator)

    for _ in range(2):
        assert facilitator.post(url("open_round", s.cluster), sent).status_code == 302

    assert Round.objects.count() == 1


# the round


def test_ones_own_part_comes_first_and_its_one_solid_button_is_the_next_step(client, s):
    round = opened(s, "capacity", "ict-baseline", "key-facts")
    askings = {asking.slug: asking for asking in round.askings.all()}
    answer(askings["capacity"], s.own.core)
    mine = answer(askings["ict-baseline"], s.own.core, finished=False)

    html = main_of(signed_in(client, s.own.core).get(url("round", round)))

    own = html[html.index('id="own"') : html.index('id="picture"')]
    begin = reverse(
        "diagnostics:begin_sheet", args=[member_of(s.own.core).pk, askings["key-facts"].pk]
    )
    assert own.count('class="btns"') == 3
    assert own.count('class="btn"') == 1
    for words in (
        "Read or change",
        "Go on",
        f'href="{begin}"',
        f'href="{mine.get_absolute_url()}"',
    ):
        assert words in own
    assert 'id="own"' not in main_of(signed_in(client, s.own.facilitator).get(url("round", round)))


def test_a_colleague_sees_who_answered_and_may_answer_too(client, s):
    round = opened(s)
    answer_all(round, s.own.core)

    shown = page(client, url("round", round), s.own.seats[Role.STAFF])

    assert f"Answered: Chief executive, {s.own.core.organisation}." in shown
    assert "Answer too" in shown


def test_what_was_written_down_for_somebody_waits_for_their_word(client, s):
    round = opened(s)
    answer_all(round, s.own.core)
    round.askings.get().sheets.update(recorded_by=s.own.facilitator)

    assert "Check it, and confirm it." in page(client, url("round", round), s.own.core)
    assert "it counts, and waits to be confirmed" in page(client, url("round", round), s.own.second)


def test_everybody_sees_who_has_answered_and_why_others_do_not(client, s):
    round = opened(s)
    answer_all(round, s.own.core)
    said_why_not(round, s.own.second, "<b>We merge.</b>")

    response = signed_in(client, s.own.third).get(url("round", round))

    assert "One of three has answered" in text_of(response)
    assert "&lt;b&gt;We merge.&lt;/b&gt;" in main_of(response)
    assert "Remind them" not in main_of(response)  # they are who is missing
    assert page(client, url("round", round), s.own.second).count("Remind them") == 1
    assert "Remind them" not in page(client, url("round", round), s.own.seats[Role.STAFF])


def test_why_not_is_said_and_taken_back_by_form(client, s):
    round = opened(s)
    core = signed_in(client, s.own.core)
    there = url("say_why_not", member_of(s.own.core))
    empty = core.post(there, {"words": " "})
    assert empty.status_code == 422

    core.post(there, {"words": "Our director left."})

    assert "You said why you do not answer: “Our director left.”" in page(
        client, url("round", round)
    )
    why_not = WhyNot.objects.get()
    assert "Our director left." in page(client, there)
    core.post(url("take_back_why_not", why_not))
    why_not.refresh_from_db()
    assert why_not.ended_at
    other = signed_in(client, s.own.second)
    assert other.post(url("take_back_why_not", why_not)).status_code == 403


def test_taking_it_back_after_the_close_is_refused_where_one_stands(client, s):
    round = opened(s)
    why_not = said_why_not(round, s.own.core)
    close(round, s.own.facilitator)

    answer = signed_in(client, s.own.core).post(url("take_back_why_not", why_not))

    assert answer.status_code == 409
    assert "Round 1 was closed on" in text_of(answer)


def test_another_day_is_set_by_form_and_a_clash_keeps_what_was_typed(client, s):
    round = opened(s)
    core = signed_in(client, s.own.core)
    core.post(url("move_round", round), {"due_on": in_days(30), "version": "1"})
    round.refresh_from_db()
    assert round.due_on == clock.today() + timedelta(days=30)

    clash = core.post(url("move_round", round), {"due_on": in_days(5), "version": "1"})

    assert clash.status_code == 409
    assert in_days(5) in clash.content.decode()
    assert 'name="version" value="2"' in clash.content.decode()


def test_after_the_day_the_page_says_that_answers_still_count(client, s):
    round = opened(s, days=1)

    with clock.at(clock.now() + timedelta(days=3)):
        shown = page(client, url("round", round), s.own.core)

    assert "Answers still count until the round is closed." in shown


# the talk


def test_the_talk_is_written_by_form_and_read_by_all(client, s):
    round = opened(s)
    assert "Write down what came of it" not in page(client, url("round", round), s.own.core)
    close(round, s.own.facilitator)
    core = signed_in(client, s.own.core)
    assert "Write down what came of it" in page(client, url("round", round))
    sent = {"on": in_days(0), "needs": "Our accounts.", "own": "A trainer.", "version": "0"}

    core.post(url("write_talk", round), sent)

    shown = page(client, url("round", round), s.own.seats[Role.STAFF])
    for words in ("What we all need Our accounts.", "What we have among ourselves A trainer."):
        assert words in shown
    assert "What lies outside" not in shown


def test_two_who_write_at_once_do_not_lose_a_word(client, s):
    round = close(opened(s), s.own.core)
    talked(s, round)

    clash = signed_in(client, s.own.core).post(
        url("write_talk", round), {"on": in_days(0), "needs": "My own words.", "version": "0"}
    )

    assert clash.status_code == 409
    assert "My own words." in text_of(clash)
    assert Talk.objects.get().needs in text_of(clash)
    assert 'name="version" value="1"' in clash.content.decode()


def test_a_talk_too_early_is_refused_in_a_sentence(client, s):
    answer = signed_in(client, s.own.core).post(
        url("write_talk", opened(s)), {"on": in_days(0), "needs": "All.", "version": "0"}
    )

    assert answer.status_code == 409
    assert "Not all answers are in yet." in text_of(answer)


def test_in_a_cluster_that_has_ended_everything_can_be_read_and_nothing_done(client, s):
    round = opened(s)
    s.cluster.ended_at = clock.now()
    s.cluster.save()

    for there in (url("round", round), url("rounds", s.cluster)):
        html = main_of(signed_in(client, s.own.core).get(there))
        assert "<form" not in html
        assert "ended on" in html


# what it costs


def test_the_pages_cost_the_same_with_many_members_and_rounds_as_with_few(client, s):
    round = opened(s, "capacity", "ict-baseline")
    answer_all(round, s.own.core)
    signed_in(client, s.own.core)
    there = (url("round", round), url("rounds", s.cluster))
    few = [cost_of(client, path) for path in there]
    for _ in range(4):
        answer_all(round, SeatFactory(cluster=s.cluster))
    close(round, s.own.core)
    opened(s, "key-facts")

    assert [cost_of(client, path) for path in there] <= few
    assert max(few) <= 20


def test_the_page_of_a_closed_round_leads_to_the_picture_and_says_that_it_follows(client, s):
    round = opened(s)
    answer_all(round, s.own.core)
    closed(s)
    html = main_of(signed_in(client, s.own.core).get(url("round", round)))

    assert html.index('id="picture"') < html.index('id="own"')
    assert html.count('class="btn" ') == 1
    assert "It is kept as it was" not in html
    assert "Who sees them still can" in html
