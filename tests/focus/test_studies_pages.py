"""Naming a pair, writing their report, handing it in and reading it, on pages."""

import pytest
from django.urls import reverse

from hedgerow.agreements import actions as agreements
from hedgerow.focus.models import Study
from hedgerow.focus.queries.studies import QUESTIONS
from hedgerow.look.words import day, weekday
from hedgerow.people.models import Role
from tests.factories import actor, signed_in
from tests.front.pages import cost_of, main_of, page, text_of

from .found import handed_in, in_days, pair_on, wrote
from .scenes_ideas import idea_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def idea(s):
    return idea_of(s.own)


def url(name, thing):
    return reverse(f"focus:{name}", args=[thing.pk])


def sent(study, **headings):
    return {"version": study.version, **headings}


# naming


def test_who_leads_names_a_pair_and_others_are_told_who_can(client, s, idea):
    leads = {Role.CORE, Role.FACILITATOR}
    inside = {*leads, Role.DEPUTY, Role.STAFF, Role.SUPPORTER}
    for role, seat in s.seats.items():
        status = 200 if role in leads else 403 if role in inside else 404
        page(client, url("name_pair", idea), seat, status=status)
    page(client, url("name_pair", idea), s.neighbour.core, status=404)


def test_a_pair_is_named_by_form(client, s, idea):
    facilitator = signed_in(client, s.own.facilitator)
    shown = text_of(facilitator.get(url("name_pair", idea)))
    assert "What is the problem?" in shown
    assert f"Chief executive, {s.own.seats[Role.SUPPORTER].organisation}" not in shown

    answer = facilitator.post(
        url("name_pair", idea),
        {"first": s.own.core.pk, "second": s.own.third.pk, "due_on": day(in_days(9))},
    )

    assert (answer.status_code, answer["Location"]) == (302, idea.get_absolute_url())
    assert Study.objects.get().promise.due_on == in_days(9)


@pytest.mark.parametrize(
    ("fault", "status", "said"),
    [
        ({"second": ""}, 422, "Choose a second person, of another member."),
        ({"second": "staff"}, 422, "Choose somebody of another member."),
        ({"due_on": "1 January 2020"}, 422, "or a later day"),
        ({"due_on": ""}, 422, "Write the day."),
    ],
)
def test_what_is_wrong_with_a_pair_is_said(client, s, idea, fault, status, said):
    told = {"first": s.own.core.pk, "second": s.own.third.pk, "due_on": day(in_days(9)), **fault}
    if told["second"] == "staff":
        told["second"] = s.own.seats[Role.STAFF].pk

    answer = signed_in(client, s.own.facilitator).post(url("name_pair", idea), told)

    assert answer.status_code == status
    assert said in text_of(answer)
    assert not Study.objects.exists()


def test_a_second_pair_is_refused_with_who_has_it(client, s, idea):
    pair_on(s.own, idea)
    told = {"first": s.own.core.pk, "second": s.own.third.pk, "due_on": day(in_days(9))}

    answer = signed_in(client, s.own.facilitator).post(url("name_pair", idea), told)

    assert answer.status_code == 409
    assert f"{s.own.core.organisation} and {s.own.second.organisation} look into" in text_of(answer)


# writing


def test_a_draft_is_a_404_to_everybody_else(client, s, idea):
    study = wrote(s.own.core, pair_on(s.own, idea))
    theirs = {Role.CORE, Role.DEPUTY, Role.STAFF}
    for name in ("write_study", "hand_in_study"):
        for role, seat in s.seats.items():
            page(client, url(name, study), seat, status=200 if role in theirs else 404)
        page(client, url(name, study), s.own.second)
        for seat in (s.own.third, s.neighbour.core):
            page(client, url(name, study), seat, status=404)


def test_the_report_itself_is_a_404_until_then_and_leads_the_pair_to_their_draft(client, s, idea):
    study = wrote(s.own.core, pair_on(s.own, idea))

    for seat in (s.own.third, s.own.facilitator, s.staff[Role.MANAGER], s.neighbour.core):
        page(client, url("study", study), seat, status=404)
    answer = signed_in(client, s.own.core).get(url("study", study))
    assert answer["Location"] == url("write_study", study)


def test_every_heading_is_asked_as_a_question(client, s, idea):
    study = pair_on(s.own, idea)

    shown = page(client, url("write_study", study), s.own.second)

    for question, hint in QUESTIONS.values():
        assert question in shown
        assert hint in shown
    assert "with the staff who do that job" in shown
    assert "Only your two organisations, until you hand it in" in shown


def test_what_is_typed_is_kept_as_a_draft(client, s, idea):
    study = pair_on(s.own, idea)
    core = signed_in(client, s.own.core)

    answer = core.post(url("write_study", study), sent(study, problem="No time."), follow=True)

    assert Study.objects.get().problem == "No time."
    assert "Only your two organisations can read it until you hand it in." in text_of(answer)
    assert "No time." in main_of(answer)


def test_of_two_who_write_the_second_sees_both_and_sending_again_decides(client, s, idea):
    study = pair_on(s.own, idea)
    wrote(s.own.second, study, problem="Nobody has time.", time="A year.")
    core = signed_in(client, s.own.core)

    answer = core.post(url("write_study", study), sent(study, problem="No room.", time="A year."))

    shown = text_of(answer)
    assert answer.status_code == 409
    assert "Somebody else changed this" in shown
    assert "What stands there now" in shown
    assert "Nobody has time." in shown
    assert "No room." in main_of(answer)
    assert shown.count("A year.") == 1  # it does not differ, so only the field says it
    newest = Study.objects.get().version
    assert f'name="version" value="{newest}"' in answer.content.decode()
    core.post(
        url("write_study", study), {"version": newest, "problem": "No room.", "time": "A year."}
    )
    assert Study.objects.get().problem == "No room."


def test_too_many_words_are_said_at_the_field(client, s, idea):
    study = pair_on(s.own, idea)

    answer = signed_in(client, s.own.core).post(
        url("write_study", study), sent(study, time="x" * 4001)
    )

    assert answer.status_code == 422
    assert "Write 4,000 characters at most." in text_of(answer)


def test_a_draft_whose_promise_is_let_go_says_so_and_has_no_form(client, s, idea):
    study = wrote(s.own.core, pair_on(s.own, idea))
    agreements.let_go(by=actor(s.own.core), promise=study.promise, reason="No time.")

    answer = signed_in(client, s.own.core).get(url("write_study", study))

    assert "take the promise up again" in text_of(answer)
    assert "textarea" not in main_of(answer)


# handing in


def test_it_is_looked_at_before_it_is_handed_in(client, s, idea):
    study = pair_on(s.own, idea)
    core = signed_in(client, s.own.core)

    answer = core.post(
        url("write_study", study), sent(study, problem="No time.", hand_in="yes"), follow=True
    )
    assert "Hand in what you found" in text_of(answer)
    assert "Nothing was written here." in text_of(answer)
    assert not Study.objects.get().is_handed_in

    study = Study.objects.get()
    answer = core.post(url("hand_in_study", study), sent(study), follow=True)
    assert "It is handed in." in text_of(answer)
    assert "No time." in text_of(answer)


def test_an_empty_report_is_not_taken(client, s, idea):
    study = pair_on(s.own, idea)

    answer = signed_in(client, s.own.core).post(url("hand_in_study", study), sent(study))

    assert answer.status_code == 409
    assert "Say first what the problem is" in text_of(answer)


def test_once_handed_in_those_round_the_table_read_it_and_nobody_else(client, s, idea):
    study = handed_in(s.own.core, pair_on(s.own, idea))
    inside = {Role.CORE, Role.DEPUTY, Role.STAFF, Role.FACILITATOR, Role.SUPPORTER}
    for role, seat in s.seats.items():
        page(client, url("study", study), seat, status=200 if role in inside else 404)
    page(client, url("study", study), s.neighbour.core, status=404)

    shown = page(client, url("study", study), s.own.third)
    assert "What we found on “Shared training”" in shown
    assert f"Chief executive {s.own.core.organisation} and" in shown
    answer = signed_in(client, s.own.core).get(url("write_study", study))
    assert answer["Location"] == study.get_absolute_url()
    page(client, url("hand_in_study", study), s.own.core, status=403)
    page(client, url("write_study", study), s.own.third, status=404)


def test_what_was_typed_while_the_other_handed_it_in_comes_back(client, s, idea):
    study = pair_on(s.own, idea)
    handed_in(s.own.second, study)

    answer = signed_in(client, s.own.core).post(
        url("write_study", study), sent(study, problem="No room.")
    )

    assert answer.status_code == 409
    assert "was handed in on" in text_of(answer)
    assert "No room." in main_of(answer)
    assert "Keep it, for the two of us" not in text_of(answer)
    assert Study.objects.get().problem == "Nobody has time to train."


def test_reading_a_report_costs_the_same_whatever_else_there_is(client, s, idea):
    study = handed_in(s.own.core, pair_on(s.own, idea))
    third = signed_in(client, s.own.third)
    third.get(url("study", study))
    before = cost_of(third, url("study", study))

    for n in range(3):
        pair_on(s.own, idea_of(s.own, f"Idea {n}"))

    assert cost_of(third, url("study", study)) == before
    assert weekday(in_days(21)) not in text_of(third.get(url("study", study)))
