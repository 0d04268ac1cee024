"""Answering on the screen: read first, one section a page, kept as far as it can be read."""

import re

import pytest
from django.urls import reverse

from hedgerow.diagnostics.known import answers_of
from hedgerow.diagnostics.models import Sheet
from hedgerow.diagnostics.questions.instruments import Kind
from hedgerow.diagnostics.questions.packs import catalogue
from hedgerow.people.models import Role
from tests.factories import signed_in
from tests.front.pages import main_of, page, text_of

from .scenes_rounds import member_of, opened
from .scenes_sheets import answered, begun, capacity_of, scores

pytestmark = pytest.mark.django_db

HTMX = {"HX-Request": "true"}


def asking_of(s, slug):
    return opened(s, slug).askings.get()


def begin_url(asking, seat):
    return reverse("diagnostics:begin_sheet", args=[member_of(seat).pk, asking.pk])


def section_url(sheet, section="functions"):
    return reverse("diagnostics:answer_section", args=[sheet.pk, section])


def strengths(strength="2", priority="4", *, row="payroll", **more):
    name = f"q_strengths__{row}__"
    return {f"{name}strength": strength, f"{name}priority": priority, **more}


# reading first


def test_the_whole_form_is_read_before_anything_is_begun(client, s, asking):
    shown = page(client, begin_url(asking, s.own.core), s.own.core)

    table = catalogue()["capacity"].needs_table
    assert all(row.name in shown for row in table.rows)
    assert "20 questions; about six minutes, by our own guess" in shown
    assert not Sheet.objects.exists()


def test_begin_leads_to_the_first_section(client, s, asking):
    sent = signed_in(client, s.own.core).post(begin_url(asking, s.own.core))

    assert sent["Location"] == section_url(Sheet.objects.get())


def test_one_chooses_as_whom_one_answers_where_several_are_asked(client, s):
    asking = opened(s, "self-check", roles=["manager", "board"]).askings.get()
    assert "As whom do you answer?" in page(client, begin_url(asking, s.own.core), s.own.core)

    refused = client.post(begin_url(asking, s.own.core))
    assert refused.status_code == 409
    assert "Choose as whom you answer" in text_of(refused)

    client.post(begin_url(asking, s.own.core), {"role": "board"})
    assert Sheet.objects.get().role == "board"


def test_an_asking_of_another_cluster_is_not_there(client, s, asking):
    theirs = capacity_of(s.neighbour)

    page(client, begin_url(theirs, s.own.core), s.own.core, status=404)


@pytest.mark.parametrize("slug", list(catalogue()))
def test_every_section_of_every_instrument_can_be_opened_and_kept_as_it_is(client, s, slug):
    asking = asking_of(s, slug)
    sheet = begun(asking, s.own.core)
    signed_in(client, s.own.core)
    for section in catalogue()[slug].sections:
        shown = client.get(section_url(sheet, section.slug))
        assert shown.status_code == 200
        assert all(item.question in text_of(shown) for item in section.items)
        idents = _idents(main_of(shown))
        assert len(idents) == len(set(idents))
    assert "Finish" in page(client, sheet.get_absolute_url())


def _idents(html):
    return re.findall(r'\bid="([^"]+)"', html)


# keeping


def test_keep_and_finish_is_one_press_where_there_is_one_section(client, s, asking):
    sheet = begun(asking, s.own.core)
    sent = signed_in(client, s.own.core).post(
        section_url(sheet), strengths(version="1", finish="yes")
    )

    assert sent["Location"] == sheet.get_absolute_url()
    sheet.refresh_from_db()
    assert sheet.finished_at
    assert answers_of(sheet) == {
        "strengths": [{"row": "payroll", "cells": {"strength": 2, "priority": 4}}]
    }


def test_keep_leads_to_the_next_section_and_stop_to_all_of_it(client, s):
    sheet = begun(asking_of(s, "ict-baseline"), s.own.core)
    signed_in(client, s.own.core)

    on = client.post(section_url(sheet, "devices"), {"version": "1", "q_a1-age": "yes"})
    stop = client.post(section_url(sheet, "network"), {"version": "2", "stop": "yes"})

    assert on["Location"] == section_url(sheet, "network")
    assert stop["Location"] == sheet.get_absolute_url()
    assert "Section 2 of 6" in page(client, section_url(sheet, "network"))


def test_what_can_be_read_is_kept_and_the_rest_stays_as_it_was_typed(client, s):
    sheet = begun(asking_of(s, "ict-baseline"), s.own.core)
    sent = signed_in(client, s.own.core).post(
        section_url(sheet, "devices"),
        {"version": "1", "q_a1-age": "no", "q_a1-age__cost": "about 1k", "q_a3-list": "yes"},
    )

    assert sent.status_code == 422
    assert 'value="about 1k"' in main_of(sent)
    assert 'href="#q_a1-age__cost"' in main_of(sent)
    assert "Everything else on this page is kept" in text_of(sent)
    assert answers_of(sheet) == {"a1-age": {"say": "no"}, "a3-list": {"say": "yes"}}


def test_a_good_answer_is_not_lost_to_one_that_cannot_be_read(client, s):
    asking = asking_of(s, "people")
    number = next(it for it in catalogue()["people"].items if it.kind is Kind.NUMBER)
    sheet = answered(s, asking, s.own.core, {number.slug: 12}, finish=False)
    section = catalogue()["people"].section_of(number.slug).slug

    signed_in(client, s.own.core).post(
        section_url(sheet, section), {"version": sheet.version, f"q_{number.slug}": "a dozen"}
    )

    assert answers_of(sheet) == {number.slug: 12}


def test_a_note_and_a_cost_are_folded_until_there_is_one(client, s):
    sheet = begun(asking_of(s, "ict-baseline"), s.own.core)
    at = section_url(sheet, "devices")
    signed_in(client, s.own.core)
    assert "<details open>" not in main_of(client.get(at))

    sent = {"q_a1-age": "no", "q_a1-age__cost": "250", "version": sheet.version, "stop": "yes"}
    client.post(at, sent)

    assert main_of(client.get(at)).count("<details open>") == 1


def test_a_fault_in_a_row_is_told_by_the_name_that_the_row_has_on_the_page(client, s):
    sheet = begun(asking_of(s, "purchasing"), s.own.core)
    sent = {"q_bought__0": "Bright", "q_bought__0__spend": "lots", "version": sheet.version}
    answer = signed_in(client, s.own.core).post(section_url(sheet, "suppliers"), sent)

    assert answer.status_code == 422
    assert "Supplier 1, Spend a year: “lots”" in text_of(answer)


def test_a_clash_shows_both_and_sending_again_decides(client, s, asking):
    sheet = begun(asking, s.own.core)
    answered(s, asking, s.own.core, scores(asking, strength=5), finish=False)
    signed_in(client, s.own.core)

    clash = client.post(section_url(sheet), strengths(version="1"))

    assert clash.status_code == 409
    assert "As it stands now" in text_of(clash)
    assert 'id="sheet-version" value="2"' in main_of(clash)
    assert 'value="2" checked' in main_of(clash)
    assert client.post(section_url(sheet), strengths(version="2")).status_code == 302


# quietly, by a script


def test_a_script_keeps_and_is_told_when_and_the_next_version(client, s, asking):
    sheet = begun(asking, s.own.core)
    kept = signed_in(client, s.own.core).post(
        section_url(sheet), strengths(version="1"), headers=HTMX
    )

    assert "Kept at" in text_of(kept)
    assert 'id="sheet-version" value="2" hx-swap-oob="true"' in kept.content.decode()
    again = client.post(section_url(sheet), strengths("3", version="2"), headers=HTMX)
    assert "Kept at" in text_of(again)


def test_a_script_that_clashes_is_told_so_and_keeps_its_version(client, s, asking):
    sheet = begun(asking, s.own.core)
    answered(s, asking, s.own.core, scores(asking), finish=False)

    said = signed_in(client, s.own.core).post(
        section_url(sheet), strengths("1", version="1"), headers=HTMX
    )

    assert "Not kept." in text_of(said)
    assert "sheet-version" not in said.content.decode()


def test_a_button_pressed_while_a_script_keeps_the_same_does_not_clash(client, s, asking):
    sheet = begun(asking, s.own.core)
    signed_in(client, s.own.core).post(section_url(sheet), strengths(version="1"), headers=HTMX)

    assert client.post(section_url(sheet), strengths(version="1")).status_code == 302


def test_a_script_is_told_how_many_answers_cannot_be_read_yet(client, s):
    sheet = begun(asking_of(s, "ict-baseline"), s.own.core)
    said = signed_in(client, s.own.core).post(
        section_url(sheet, "devices"), {"version": "1", "q_a1-age__cost": "lots"}, headers=HTMX
    )

    assert "one answer cannot be read yet" in text_of(said)


# who


def test_only_the_person_writes_and_others_of_us_read(client, s, asking):
    sheet = answered(s, asking, s.own.core, scores(asking))
    staff = s.own.seats[Role.STAFF]

    page(client, section_url(sheet), staff, status=403)
    assert "Not quite enough" in page(client, sheet.get_absolute_url(), staff)
    page(client, sheet.get_absolute_url(), s.own.second, status=404)
    page(client, section_url(sheet), s.own.facilitator, status=404)


def test_after_the_end_of_the_round_a_section_is_refused_in_a_sentence(client, s, asking):
    sheet = begun(asking, s.own.core)
    asking.round.closed_at, asking.round.closed_by = sheet.begun_at, s.own.facilitator
    asking.round.save()

    late = signed_in(client, s.own.core).post(section_url(sheet), strengths(version="1"))

    assert late.status_code == 409
    assert "closed on" in text_of(late)


def test_the_page_of_an_asking_says_who_of_us_has_come_how_far(client, s, asking):
    url = asking.get_absolute_url()
    assert "Nobody of us has begun." in page(client, url, s.own.core)
    answered(s, asking, s.own.core, scores(asking))
    begun(asking, s.own.seats[Role.STAFF])

    shown = page(client, url, s.own.core)
    assert "Finished on" in shown
    assert "Change my answers" in shown
    assert "Who sees our answers" in shown
    assert "Finished on" not in page(client, url, s.own.second)
    assert "Write down what members told you" in page(client, url, s.own.facilitator)


@pytest.mark.parametrize("name", ["asking", "section", "sheet"])
def test_a_page_costs_a_bounded_number_of_queries(
    client, s, asking, name, django_assert_max_num_queries
):
    sheet = answered(s, asking, s.own.core, scores(asking))
    signed_in(client, s.own.core)
    url = {
        "asking": asking.get_absolute_url(),
        "section": section_url(sheet),
        "sheet": sheet.get_absolute_url(),
    }[name]

    with django_assert_max_num_queries(24):
        client.get(url)
