"""The pages on which what is out is asked back, and every member's word on it."""

import re

import pytest

from hedgerow.agreements.models import Channel
from hedgerow.core import clock
from hedgerow.focus.actions import reopenings
from hedgerow.focus.models import Answer, Reopening
from hedgerow.people.models import Role
from tests.factories import MandateFactory, SeatFactory, actor, signed_in
from tests.front.pages import cost_of, html_of, main_of, page, text_of

from .polled import agree, asked, begun, candidate, next_round, spots, url

pytestmark = pytest.mark.django_db

INSIDE = {Role.CORE, Role.DEPUTY, Role.STAFF, Role.FACILITATOR, Role.SUPPORTER}


@pytest.fixture
def row(s):
    """Between two rounds; the fifth idea was struck out by the second organisation."""
    row = begun(s)
    spots(row, s, [(1, 5)])
    return row


@pytest.fixture
def reopening(s, row):
    return asked(s, row, 5)


def told(s, reopening, seat, *, agrees=True):
    """The facilitator writes down what the member of this seat said."""
    return reopenings.record_answer(
        by=actor(s.own.facilitator),
        reopening=reopening,
        organisation=seat.organisation,
        agrees=agrees,
        reason="" if agrees else "Not now.",
        channel=Channel.PHONE,
    )


# who may


def test_those_round_the_table_read_it_and_nobody_else(client, s, reopening):
    for role, seat in s.seats.items():
        page(client, url("reopening", reopening), seat, status=200 if role in INSIDE else 404)
    page(client, url("reopening", reopening), s.neighbour.core, status=404)


def test_only_those_who_speak_for_a_member_ask_and_answer(client, s, row, reopening):
    for role in INSIDE - {Role.CORE}:
        seat = s.own.seats[role]
        page(client, url("ask_to_reopen", candidate(row, 5)), seat, status=403)
        assert "Say this for us" not in page(client, url("reopening", reopening), seat)
        answer = signed_in(client, seat).post(url("answer_reopening", reopening), {"agrees": "yes"})
        assert answer.status_code == 403
    page(client, url("ask_to_reopen", candidate(row, 5)), s.neighbour.core, status=404)


def test_only_a_facilitator_writes_down_what_others_say(client, s, reopening):
    page(client, url("record_answer", reopening), s.own.facilitator)
    page(client, url("record_answer", reopening), s.own.second, status=403)
    page(client, url("record_answer", reopening), s.neighbour.facilitator, status=404)


def test_who_speaks_for_two_members_answers_for_each(client, s, row):
    """As a deputy of another member, too, who stands in today."""
    other = SeatFactory(
        user=s.own.core.user,
        cluster=s.cluster,
        organisation=s.own.third.organisation,
        role=Role.DEPUTY,
    )
    MandateFactory(deputy=other, given_by=s.own.third)
    reopening = asked(s, row, 5)  # the first agrees by asking
    there = url("reopening", reopening)

    assert re.search(f"You act as [^.]*{other.organisation}", page(client, there, s.own.core))
    answered = text_of(client.get(f"{there}?seat={s.own.core.pk}"))
    assert f"{s.own.core.organisation} agrees. You can change it" in answered
    form = {"agrees": "yes", "seat": other.pk}
    assert f'name="seat" value="{other.pk}"' in html_of(client.get(there))
    client.post(url("answer_reopening", reopening), form)

    said = Answer.objects.filter(ended_at=None).values_list("organisation", "by")
    assert set(said) == {
        (s.own.core.organisation_id, s.own.core.pk),
        (other.organisation_id, other.pk),
    }


# asking


def test_it_is_asked_by_form_and_whoever_asks_agrees(client, s, row):
    core, there = signed_in(client, s.own.core), url("ask_to_reopen", candidate(row, 5))
    assert core.post(there, {"reason": " "}).status_code == 422

    answer = core.post(there, {"reason": "<b>The rent</b> has come down."}, follow=True)

    found = Reopening.objects.get()
    assert found.asked_by == s.own.core
    assert "&lt;b&gt;The rent&lt;/b&gt; has come down." in main_of(answer)
    assert "One of three agrees." in text_of(answer)
    assert f"{s.own.core.organisation} (you) Agrees" in text_of(answer)


def test_while_a_round_is_open_it_is_refused_and_the_words_are_kept(client, s, row):
    next_round(row, s)

    answer = signed_in(client, s.own.core).post(
        url("ask_to_reopen", candidate(row, 5)), {"reason": "The rent has come down."}
    )

    assert answer.status_code == 409
    assert "A round is open." in text_of(answer)
    assert "The rent has come down." in main_of(answer)


# answering


def test_the_page_says_who_agreed_and_who_has_not_answered(client, s, reopening):
    agree(reopening, s.own.second)

    shown = page(client, url("reopening", reopening), s.own.third)

    assert "“The rent has come down.”" in shown
    assert f"{s.own.second.organisation} Agrees" in shown
    assert f"{s.own.third.organisation} (you) Has not answered yet." in shown
    assert "A missing answer is not a no, and not a yes." in shown


def test_with_the_last_yes_it_comes_back(client, s, reopening):
    agree(reopening, s.own.second)

    answer = signed_in(client, s.own.third).post(
        url("answer_reopening", reopening), {"agrees": "yes", "reason": ""}, follow=True
    )

    reopening.refresh_from_db()
    assert reopening.granted_at
    assert "All agree, so it comes back." in text_of(answer)
    assert "Say this for us" not in text_of(answer)


def test_one_no_ends_it_and_needs_its_reason(client, s, reopening):
    third = signed_in(client, s.own.third)
    bare = third.post(url("answer_reopening", reopening), {"agrees": "no", "reason": " "})
    assert bare.status_code == 422
    assert "Say why not, so that the others understand it." in text_of(bare)

    answer = third.post(
        url("answer_reopening", reopening),
        {"agrees": "no", "reason": "It is too far."},
        follow=True,
    )

    reopening.refresh_from_db()
    assert reopening.declined_at
    assert "Not all agree, so it does not come back." in text_of(answer)
    assert "“It is too far.”" in text_of(answer)


def test_nothing_chosen_is_a_fault(client, s, reopening):
    answer = signed_in(client, s.own.third).post(url("answer_reopening", reopening), {})

    assert answer.status_code == 422
    assert "Choose yes or no." in text_of(answer)


def test_after_it_is_over_an_answer_is_refused(client, s, reopening):
    reopenings.take_back_reopening(by=actor(s.own.core), reopening=reopening)

    late = signed_in(client, s.own.third).post(
        url("answer_reopening", reopening), {"agrees": "yes"}
    )

    assert late.status_code == 409
    assert "This request was taken back on" in text_of(late)


def test_if_the_last_to_be_waited_for_leaves_somebody_agrees_again(client, s, reopening):
    agree(reopening, s.own.second)
    s.cluster.members.filter(organisation=s.own.third.organisation).update(left_at=clock.now())
    core = signed_in(client, s.own.core)
    assert "Say once more that you do" in text_of(core.get(url("reopening", reopening)))

    answer = core.post(url("answer_reopening", reopening), {"agrees": "yes"}, follow=True)

    assert "All agree, so it comes back." in text_of(answer)


# written down


def test_an_answer_is_written_down_and_waits_for_its_own_people(client, s, reopening):
    sent = {"organisation": s.own.second.organisation_id, "agrees": "yes", "channel": "phone"}

    answer = signed_in(client, s.own.facilitator).post(
        url("record_answer", reopening), sent, follow=True
    )

    found = Answer.objects.get(organisation=s.own.second.organisation)
    assert found.recorded_by == s.own.facilitator
    assert "It waits to be confirmed." in text_of(answer)
    html = main_of(signed_in(client, s.own.second).get(url("reopening", reopening)))
    assert f'action="{url("confirm_answer", found)}"' in html
    assert f'formaction="{url("undo_answer", found)}"' in html
    other = main_of(signed_in(client, s.own.third).get(url("reopening", reopening)))
    assert url("confirm_answer", found) not in other


def test_what_was_said_by_themselves_is_not_written_over(client, s, reopening):
    sent = {"organisation": s.own.core.organisation_id, "agrees": "yes", "channel": "phone"}

    answer = signed_in(client, s.own.facilitator).post(url("record_answer", reopening), sent)

    assert answer.status_code == 409
    assert "spoke for itself" in text_of(answer)


@pytest.mark.parametrize("name", ["confirm", "undo"])
def test_it_is_confirmed_or_undone_by_a_button(client, s, reopening, name):
    found = told(s, reopening, s.own.second)

    answer = signed_in(client, s.own.second).post(url(f"{name}_answer", found))

    found.refresh_from_db()
    assert answer.status_code == 302
    assert bool(found.confirmed_at) is (name == "confirm")
    assert found.is_undone is (name == "undo")


def test_nobody_else_confirms_it(client, s, reopening):
    there = url("confirm_answer", told(s, reopening, s.own.second))
    for seat in (s.own.third, s.own.facilitator, s.own.seats[Role.STAFF]):
        assert signed_in(client, seat).post(there).status_code == 403
    assert signed_in(client, s.neighbour.core).post(there).status_code == 404


# taking back


def test_who_leads_takes_a_request_back(client, s, reopening):
    second = signed_in(client, s.own.second)
    assert "Take the request back" in text_of(second.get(url("reopening", reopening)))

    answer = second.post(url("take_back_reopening", reopening), follow=True)

    reopening.refresh_from_db()
    assert reopening.is_taken_back
    assert "The request was taken back on" in text_of(answer)
    again = second.post(url("take_back_reopening", reopening))
    assert again.status_code == 409


def test_staff_take_nothing_back(client, s, reopening):
    staff = signed_in(client, s.own.seats[Role.STAFF])
    assert staff.post(url("take_back_reopening", reopening)).status_code == 403


def test_in_a_cluster_that_has_ended_it_is_only_read(client, s, reopening):
    told(s, reopening, s.own.second)
    s.cluster.ended_at = clock.now()
    s.cluster.save()

    for seat in (s.own.second, s.own.facilitator):
        html = main_of(signed_in(client, seat).get(url("reopening", reopening)))
        assert "<form" not in html


def test_the_page_costs_the_same_with_many_members_as_with_few(client, s, reopening):
    signed_in(client, s.own.core)
    few = cost_of(client, url("reopening", reopening))
    for _ in range(4):
        agree(reopening, SeatFactory(cluster=s.cluster))

    assert cost_of(client, url("reopening", reopening)) <= few <= 30
