"""Answering a plan and a return by form: what is shown before, and that nothing happens until then."""

import pytest
from django.urls import reverse

from hedgerow.core import clock
from hedgerow.journeys.models import Answered
from hedgerow.ledger.models import Award
from hedgerow.people.models import Role
from tests.factories import signed_in
from tests.front.pages import main_of, page, text_of

from .assessed import in_days
from .scenes import offer

pytestmark = pytest.mark.django_db

OF_A_PLAN = ("decide", "agree", "send_back", "redirect")


def url(name, row):
    return reverse(f"grants:{name}", args=[row.pk])


def typed(a, **more):
    return {
        "version": a.plan.version,
        "holding": a.s.own.organisations[0].pk,
        "awarded_on": clock.today().strftime("%d/%m/%Y"),
        "main": "900",
        "levelling_up": "400.00",
        "quick_wins": "",
        "n_conditions": 2,
        "n_instalments": 2,
        "words": "A good plan.",
        **more,
    }


def test_answers_are_the_managers_others_find_nothing_and_the_cluster_is_refused(client, a):
    strangers = [
        a.s.neighbour.core,
        a.s.other_staff[Role.MANAGER],
        a.first,
        a.s.staff[Role.VIEWER],
    ]
    for name in OF_A_PLAN:
        for seat in strangers:
            page(client, url(name, a.plan), seat, status=404)
        page(client, url(name, a.plan), a.s.own.core, status=403)
        page(client, url(name, a.plan), a.manager_seat)


def test_a_page_for_plans_is_none_for_returns(client, a):
    a.agrees()
    row = a.hands_in_return()

    for name in (*OF_A_PLAN, "assign"):
        page(client, url(name, row), a.manager_seat, status=404)
    page(client, url("return_answer", a.plan), a.manager_seat, status=404)
    page(client, url("return_answer", row), a.s.own.core, status=403)
    page(client, url("return_answer", row), a.s.neighbour.core, status=404)


def test_the_page_to_decide_on_says_what_there_is_and_without_whom(client, a):
    assert "Nobody scores this plan yet." in page(client, url("decide", a.plan), a.manager_seat)
    row, _ = a.gives(a.first, a.second)
    a.scored(row)

    shown = page(client, url("decide", a.plan), a.manager_seat)
    assert "Two assessors: scores of one are in, one to come." in shown
    assert "One assessor has not sent scores. Deciding now is deciding without them." in shown


# agreeing


def test_the_form_begins_with_what_the_plan_asks_for_and_the_terms_conditions(client, a):
    shown = main_of(signed_in(client, a.manager_seat).get(url("agree", a.plan)))

    assert 'name="main" value="900"' in shown
    assert 'name="levelling_up" value="400"' in shown
    assert 'value="All members agree to the plan."' in shown
    assert "The plan asks for <" not in shown
    assert "asks for £1,300" in shown


def test_what_will_happen_is_shown_first_and_then_it_does(client, a):
    manager = signed_in(client, a.manager_seat)
    sent = typed(
        a,
        c0_words="Say who leads.",
        c0_due_on=in_days(30).strftime("%d/%m/%Y"),
        i0_tranche="main",
        i0_pence="300",
        i0_when="The first course ran",
        i1_tranche="levelling_up",
        i1_pence="400",
        i1_due_on=in_days(60).strftime("%d/%m/%Y"),
    )
    shown = manager.post(url("agree", a.plan), sent)
    for words in (
        "and award £1,300?",
        f"{a.s.own.organisations[0]} holds the money for all",
        "£600 at once (main part).",
        "£300 when this is reached: The first course ran (main part).",
        "£400 on or about",
        "Say who leads. By",
        "A good plan.",
    ):
        assert words in text_of(shown), words
    assert a.now().waits

    answer = manager.post(url("agree", a.plan), {**sent, "sure": "yes"}, follow=True)
    assert f"The award to {a.cluster} is made." in text_of(answer)
    assert a.now().answer == Answered.CONDITIONS
    award = Award.objects.get()
    parts = [(one.tranche, one.pence, bool(one.released)) for one in award.instalments.all()]
    assert parts == [
        ("main", 600_00, True),
        ("main", 300_00, False),
        ("levelling_up", 400_00, False),
    ]


def test_the_page_before_sends_on_exactly_what_was_typed(client, a):
    sent = typed(a, c0_words='Say "who" <leads>.')
    shown = main_of(signed_in(client, a.manager_seat).post(url("agree", a.plan), sent))

    assert 'name="c0_words" value="Say &quot;who&quot; &lt;leads&gt;."' in shown
    assert 'name="levelling_up" value="400.00"' in shown
    assert 'name="quick_wins"' not in shown


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"main": "1.2k"}, "is not an amount in pounds"),
        ({"main": "1200,50"}, "is not an amount in pounds"),
        ({"main": "-5"}, "Enter £0 or more."),
        ({"main": "0.005"}, "is not an amount in pounds"),
        ({"holding": ""}, "Choose the member that holds the money."),
        ({"c0_due_on": "1/1/2030"}, "Say what the condition is"),
        ({"i0_pence": "100"}, "What waits for nothing needs no row."),
        ({"i0_when": "Later"}, "Say how much is released then"),
        ({"i0_pence": "0", "i0_when": "Later"}, "Enter £0.01 or more."),
    ],
)
def test_what_cannot_be_read_comes_back_with_its_sentence(client, a, changed, said):
    answer = signed_in(client, a.manager_seat).post(url("agree", a.plan), typed(a, **changed))

    assert answer.status_code == 422
    assert said in text_of(answer)
    assert a.now().waits


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"main": "20000"}, "which the terms of"),
        ({"main": "", "levelling_up": ""}, "Say how much is awarded"),
        (
            {"i0_tranche": "main", "i0_pence": "1000", "i0_when": "Later"},
            "Make them the same.",
        ),
    ],
)
def test_what_cannot_be_done_comes_back_with_its_sentence(client, a, changed, said):
    sent = typed(a, sure="yes", **changed)
    answer = signed_in(client, a.manager_seat).post(url("agree", a.plan), sent)

    assert answer.status_code == 409
    assert said in text_of(answer)
    assert a.now().waits
    assert not Award.objects.exists()


def test_there_is_room_for_more_and_what_was_typed_stays(client, a):
    sent = typed(a, main="1.2k", i1_when="Typed half", c1_words="Another.", more="yes")
    answer = signed_in(client, a.manager_seat).post(url("agree", a.plan), sent)
    shown = main_of(answer)

    assert answer.status_code == 200
    assert 'name="i4_when"' in shown
    assert 'name="c4_words"' in shown
    for value in ("1.2k", "Typed half", "Another."):
        assert f'value="{value}"' in shown


def test_however_many_rows_are_asked_for_there_is_an_end(client, a):
    sent = typed(a, n_conditions="9" * 30, n_instalments="-1")
    answer = signed_in(client, a.manager_seat).post(url("agree", a.plan), sent)

    assert answer.status_code == 422
    assert 'name="c39_words"' in main_of(answer)
    assert 'name="c40_words"' not in main_of(answer)


def test_the_button_pressed_twice_makes_one_award(client, a):
    manager = signed_in(client, a.manager_seat)
    sent = {**typed(a), "sure": "yes", "once": "f" * 32}
    first = manager.post(url("agree", a.plan), sent)
    second = manager.post(url("agree", a.plan), sent, follow=True)

    assert first.status_code == 302
    assert second.status_code == 200
    assert Award.objects.count() == 1


def test_a_second_manager_is_told_what_the_first_decided(client, a):
    a.sends_back("Who?")
    manager = signed_in(client, a.manager_seat)
    assert "was sent back on" in page(client, url("decide", a.plan), a.manager_seat)
    answer = manager.post(url("agree", a.plan), {**typed(a), "sure": "yes"})

    assert answer.status_code == 409
    assert "was sent back on" in text_of(answer)
    assert not Award.objects.exists()


# sending back, pointing elsewhere


def test_a_plan_is_sent_back_with_a_line_for_each_thing(client, a):
    manager, there = signed_in(client, a.manager_seat), url("send_back", a.plan)
    sent = {"version": a.plan.version, "missing": "Who <leads>?\r\n\r\nBy when?"}
    assert manager.post(there, {**sent, "missing": " "}).status_code == 422
    shown = main_of(manager.post(there, sent))
    assert "<li>Who &lt;leads&gt;?</li><li>By when?</li>" in shown
    assert a.now().waits

    manager.post(there, {**sent, "sure": "yes"})
    assert a.now().answer_words == "Who <leads>?\nBy when?"


def test_beside_pointing_elsewhere_stands_what_there_is(client, a):
    offer(a.s)
    manager, there = signed_in(client, a.manager_seat), url("redirect", a.plan)
    shown = text_of(manager.get(there))
    assert "The council’s small grants." in shown
    assert "Small grants for training" in shown

    sent = {"version": a.plan.version, "words": "Ask the council."}
    assert "Ask the council." in text_of(manager.post(there, sent))
    assert a.now().waits
    manager.post(there, {**sent, "sure": "yes"})
    assert (a.now().answer, a.now().answer_words) == (Answered.REDIRECTED, "Ask the council.")


# returns


def test_a_return_is_read_and_accepted_on_one_page(client, a):
    a.agrees()
    row = a.hands_in_return()
    manager = signed_in(client, a.manager_seat)
    assert "A trainer found us a hall." in text_of(manager.get(url("return_answer", row)))
    shown = manager.post(
        url("return_answer", row), {"version": row.version, "words": "Thanks."}, follow=True
    )

    assert "The return is answered." in text_of(shown)
    row.refresh_from_db()
    assert row.answer == Answered.AGREED


def test_a_return_is_sent_back_with_what_is_missing(client, a):
    a.agrees()
    row = a.hands_in_return()
    manager, there = signed_in(client, a.manager_seat), url("return_answer", row)
    assert manager.post(there, {"version": row.version, "missing": ""}).status_code == 422
    manager.post(there, {"version": row.version, "missing": "What did it cost?"})

    row.refresh_from_db()
    assert (row.answer, row.answer_words) == (Answered.RETURNED, "What did it cost?")


# what the funder never does


def test_no_address_of_the_programme_changes_a_word_of_a_plan(client, a):
    (row,) = a.gives()
    before = a.now().whole
    manager = signed_in(client, a.manager_seat)
    everything = {**typed(a), "summary": "Ours.", "whole": "{}", "lines": "[]", "sure": "yes"}
    for name in (*OF_A_PLAN, "assign", "pack"):
        manager.post(url(name, a.plan), everything)
    manager.post(url("take_off", row), everything)
    me = signed_in(client, a.first)
    for name in ("declare", "score", "assigned_plan", "send_scores"):
        me.post(url(name, row), {**everything, "conflict": "none"})

    assert a.now().whole == before
