"""Answers by spreadsheet: taken, filled in elsewhere, brought back, looked at, taken over."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from hedgerow.core import clock
from hedgerow.core.models import Upload
from hedgerow.diagnostics.actions import confirm_sheet
from hedgerow.diagnostics.known import answers_of
from hedgerow.diagnostics.models import Sheet
from hedgerow.diagnostics.questions.packs import instrument_of
from hedgerow.diagnostics.workbooks import Form, build
from hedgerow.people.models import Organisation, Role
from tests.factories import actor, signed_in
from tests.front.pages import page, text_of

from .scenes_rounds import opened
from .scenes_sheets import answered, begun, scores

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def home(settings, tmp_path):
    settings.HOME = tmp_path


def book(asking, *told):
    """A workbook as it comes back: (organisation, answers) each."""
    out = BytesIO()
    forms = [
        Form(instrument=instrument_of(asking.text), organisation=str(who), answers=answers)
        for who, answers in told
    ]
    build(out, forms, made_on=clock.today())
    return out.getvalue()


def give(client, url, data, name="ours.xlsx"):
    return client.post(url, {"file": SimpleUploadedFile(name, data)})


def url(name, thing, *more):
    return reverse(f"diagnostics:{name}", args=[thing.pk, *more])


# of one organisation


def test_what_is_taken_away_has_the_answers_so_far_and_comes_back_as_nothing_new(client, s, asking):
    sheet = answered(s, asking, s.own.core, scores(asking))
    signed_in(client, s.own.core)
    taken = client.get(url("workbook", sheet))
    assert "attachment" in taken["Content-Disposition"]

    sent = give(client, url("give_workbook", sheet), b"".join(taken.streaming_content))

    assert "Nothing in it differs from what is here." in page(client, sent["Location"])


def test_it_is_seen_what_would_change_before_anything_does(client, s, asking):
    answers = scores(asking)
    sheet = answered(s, asking, s.own.core, answers, finish=False)
    changed = scores(asking)
    changed["strengths"][0]["cells"]["strength"] = 5
    signed_in(client, s.own.core)
    sent = give(client, url("give_workbook", sheet), book(asking, (sheet.organisation, changed)))

    shown = page(client, sent["Location"])
    assert "One answer would change, and 39 answers stay as they are" in shown
    assert "2 – Not quite enough 5 – Strong enough to help others" in shown
    assert answers_of(sheet) == answers

    done = client.post(sent["Location"], {"version": sheet.version, "finish": "yes"})
    assert done["Location"] == sheet.get_absolute_url()
    assert answers_of(sheet) == changed
    sheet.refresh_from_db()
    assert sheet.finished_at
    assert Upload.objects.get().finished_at


def test_what_is_left_empty_in_it_stays(client, s, asking):
    sheet = answered(s, asking, s.own.core, scores(asking), finish=False)
    one = {"strengths": [{"row": "payroll", "cells": {"strength": 5}}]}
    signed_in(client, s.own.core)
    sent = give(client, url("give_workbook", sheet), book(asking, (sheet.organisation, one)))
    client.post(sent["Location"], {"version": sheet.version})

    rows = {row["row"]: row["cells"] for row in answers_of(sheet)["strengths"]}
    assert len(rows) == 20
    assert rows["payroll"] == {"strength": 5, "priority": 4}


def test_with_a_fault_nothing_is_taken_and_it_says_where(client, s, asking):
    sheet = begun(asking, s.own.core)
    signed_in(client, s.own.core)
    sent = give(client, url("give_workbook", sheet), b"not a spreadsheet at all")

    shown = page(client, sent["Location"])
    assert "Nothing was taken over" in shown
    after = client.post(sent["Location"], {"version": sheet.version})
    assert after.status_code == 200
    assert answers_of(sheet) == {}


def test_a_spreadsheet_of_somebody_else_is_not_taken(client, s, asking):
    sheet = begun(asking, s.own.core)
    signed_in(client, s.own.core)
    data = book(asking, (s.own.organisations[1], scores(asking)))
    sent = give(client, url("give_workbook", sheet), data)

    refused = client.get(sent["Location"])
    assert refused.status_code == 409
    assert f"This spreadsheet is for {s.own.organisations[1]}" in text_of(refused)


def test_what_changed_in_between_is_not_written_over(client, s, asking):
    sheet = begun(asking, s.own.core)
    signed_in(client, s.own.core)
    data = book(asking, (sheet.organisation, scores(asking)))
    sent = give(client, url("give_workbook", sheet), data)
    answered(s, asking, s.own.core, scores(asking, strength=1))

    late = client.post(sent["Location"], {"version": 1})

    assert late.status_code == 409
    assert answers_of(sheet) == scores(asking, strength=1)


def test_another_persons_file_is_not_there(client, s, asking):
    sheet, staff = begun(asking, s.own.core), begun(asking, s.own.seats[Role.STAFF])
    signed_in(client, s.own.core)
    sent = give(
        client, url("give_workbook", sheet), book(asking, (sheet.organisation, scores(asking)))
    )
    page(client, sent["Location"])

    upload = Upload.objects.get()
    page(client, url("take_workbook", staff, upload.pk), s.own.seats[Role.STAFF], status=404)


def test_a_file_that_is_kept_no_more_is_asked_for_again(client, s, asking, tmp_path):
    sheet = begun(asking, s.own.core)
    signed_in(client, s.own.core)
    data = book(asking, (sheet.organisation, scores(asking)))
    sent = give(client, url("give_workbook", sheet), data)
    (tmp_path / "uploads" / Upload.objects.get().digest).unlink()

    assert "Bring it again" in page(client, sent["Location"], status=409)


def test_nothing_chosen_is_said_on_the_page(client, s, asking):
    sheet = begun(asking, s.own.core)

    sent = signed_in(client, s.own.core).post(url("give_workbook", sheet))

    assert sent.status_code == 422
    assert "Choose a spreadsheet." in text_of(sent)


# of the whole cluster


def test_a_facilitator_writes_down_for_many_and_leaves_who_answers_as_they_are(client, s, asking):
    first, second, third = s.own.organisations
    answered(s, asking, s.own.core, scores(asking, strength=1))
    signed_in(client, s.own.facilitator)
    told = [(who, scores(asking, strength=3)) for who in (first, second)]
    sent = give(client, url("record_workbook", asking), book(asking, *told, (third, {})))

    shown = page(client, sent["Location"])
    assert "It would be written down for one member." in shown
    assert "It answers by itself, so its own answers stand" in shown
    done = client.post(sent["Location"])

    assert done["Location"] == asking.get_absolute_url()
    assert answers_of(Sheet.objects.get(organisation=first)) == scores(asking, strength=1)
    theirs = Sheet.objects.get(organisation=second)
    assert theirs.recorded_by == s.own.facilitator
    assert theirs.finished_at
    assert not Sheet.objects.filter(organisation=third).exists()
    confirm_sheet(by=actor(s.own.second), sheet=theirs)
    again = page(client, sent["Location"])
    assert "It would be written down for no members." in again


def test_who_was_written_down_confirms_it_on_their_page(client, s, asking):
    signed_in(client, s.own.facilitator)
    told = (s.own.organisations[1], scores(asking))
    sent = give(client, url("record_workbook", asking), book(asking, told))
    client.post(sent["Location"])
    sheet = Sheet.objects.get()

    assert "it is not confirmed yet" in page(client, sheet.get_absolute_url(), s.own.second)
    client.post(url("finish_sheet", sheet), {"confirm": "yes", "version": sheet.version})

    sheet.refresh_from_db()
    assert sheet.confirmed_at


def test_two_members_of_one_name_are_told_apart_by_a_number(client, s, asking):
    """And what stands under the name alone is written down for neither."""
    name = s.own.second.organisation.name
    Organisation.objects.filter(pk=s.own.third.organisation_id).update(name=name)
    signed_in(client, s.own.facilitator)
    assert client.get(url("cluster_workbook", asking)).status_code == 200

    sent = give(client, url("record_workbook", asking), book(asking, (name, scores(asking))))
    assert "is no member that is asked here" in page(client, sent["Location"])
    data = book(asking, (f"{name} (2)", scores(asking)))
    sent = give(client, url("record_workbook", asking), data)
    client.post(sent["Location"])
    assert Sheet.objects.get().organisation == s.own.third.organisation


def test_a_name_that_is_no_member_is_a_fault(client, s, asking):
    signed_in(client, s.own.facilitator)
    told = (s.neighbour.organisations[0], scores(asking))
    sent = give(client, url("record_workbook", asking), book(asking, told))

    assert "is no member that is asked here" in page(client, sent["Location"])
    client.post(sent["Location"])
    assert not Sheet.objects.exists()


def test_only_the_facilitator_writes_down_and_whoever_is_round_the_table_takes_a_blank(
    client, s, asking
):
    page(client, url("record_workbook", asking), s.own.core, status=403)
    page(client, url("record_workbook", asking), s.neighbour.facilitator, status=404)
    answered(s, asking, s.own.core, scores(asking))

    blank = signed_in(client, s.own.second).get(url("cluster_workbook", asking))
    assert blank.status_code == 200
    sent = give(
        signed_in(client, s.own.facilitator),
        url("record_workbook", asking),
        b"".join(blank.streaming_content),
    )
    assert "written down for no members" in page(client, sent["Location"])


def test_cells_of_a_table_and_parts_of_an_answer_are_put_together(s):
    asking = opened(s, "ict-baseline").askings.get()
    sheet = answered(s, asking, s.own.core, {"a1-age": {"say": "no", "cost": 500}}, finish=False)
    sheet = answered(s, asking, s.own.core, {"a1-age": {"say": "partly"}}, finish=False)

    assert answers_of(sheet) == {"a1-age": {"say": "partly", "cost": 500}}
