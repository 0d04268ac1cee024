"""What is filled in before somebody answers, and where it says it is from."""

import pytest
from django.urls import reverse

from hedgerow.core import clock
from hedgerow.core.owners import Audience
from hedgerow.diagnostics.actions import keep_section
from hedgerow.diagnostics.known import answers_of
from hedgerow.diagnostics.models import Round, SectionAnswers
from hedgerow.people.models import Scheme
from tests.factories import actor
from tests.front.pages import page

from .scenes_rounds import opened
from .scenes_sheets import answered, begun, capacity_of, scores, share

pytestmark = pytest.mark.django_db


def facts_of(s):
    """The asking of key facts, after the page of the first organisation was filled in."""
    first = s.own.organisations[0]
    first.legal_form, first.income_band = "cio", "under_500k"
    first.save()
    first.identifiers.create(scheme=Scheme.CHC, number="1096829")
    first.identifiers.create(scheme=Scheme.LOCAL, number="0000001")
    first.areas.create(authority="E08000001", name="Bolton")
    first.areas.create(authority="E08000002", name="Bury")
    return opened(s, "key-facts").askings.get()


def next_round(s, asking):
    Round.objects.filter(pk=asking.round_id).update(
        closed_at=clock.now(), closed_by=asking.round.opened_by
    )
    return opened(s, asking.slug).askings.get()


def test_what_stands_on_the_organisations_page_is_filled_in(s):
    sheet = begun(facts_of(s), s.own.core)

    told = answers_of(sheet)
    assert told["name"] == s.own.organisations[0].name
    assert told["legal-form"] == "cio"
    assert told["income-band"] == "under-500k"
    assert told["areas"] == "Bolton and Bury"
    assert "1096829" in told["register-numbers"]
    assert "0000001" not in told["register-numbers"]
    assert "postcode" not in told
    assert sheet.filled["name"] == "your organisation’s page"
    assert sheet.filled["register-numbers"] == "the public registers"


def test_it_is_said_where_it_is_from_until_its_section_is_kept(client, s):
    asking = facts_of(s)
    sheet = begun(asking, s.own.core)
    url = reverse("diagnostics:answer_section", args=[sheet.pk, "who-we-are"])
    said = "Filled in from your organisation’s page. Still right?"
    assert said in page(client, url, s.own.core)

    told = SectionAnswers.objects.get(sheet=sheet, shared__section="who-we-are").answers
    keep_section(
        by=actor(s.own.core), sheet=sheet, section="who-we-are", answers=told, seconds=9, version=1
    )

    assert said not in page(client, url, s.own.core)


def test_what_was_said_in_an_earlier_round_is_filled_in_too(s):
    asking = capacity_of(s)
    answered(s, asking, s.own.core, scores(asking))

    sheet = begun(next_round(s, asking), s.own.core)

    assert answers_of(sheet) == scores(asking)
    assert sheet.filled["strengths"].startswith("your answers of ")
    assert not any(row.kept_at for row in sheet.sections.all())


def test_what_was_never_finished_is_not(s):
    asking = capacity_of(s)
    answered(s, asking, s.own.core, scores(asking), finish=False)

    assert answers_of(begun(next_round(s, asking), s.own.core)) == {}


def test_what_another_organisation_said_is_not(s):
    asking = capacity_of(s)
    answered(s, asking, s.own.second, scores(asking))

    assert answers_of(begun(next_round(s, asking), s.own.core)) == {}


def test_what_is_no_answer_any_more_is_left_out(s):
    asking = capacity_of(s)
    sheet = answered(s, asking, s.own.core, scores(asking))
    row = sheet.sections.get()
    row.answers = {"strengths": [{"row": "gone", "cells": {"strength": 1}}], "also-gone": "x"}
    row.save()

    assert answers_of(begun(next_round(s, asking), s.own.core)) == {}


@pytest.mark.parametrize(
    ("finish", "step", "follows"),
    [
        (False, Audience.ONLY_US, Audience.ONLY_US),
        (True, Audience.ONLY_US, Audience.CLUSTER),
        (False, Audience.FUNDER, Audience.CLUSTER),
    ],
)
def test_what_was_filled_in_from_an_earlier_round_is_closed_with_it_until_it_is_finished(
    s, finish, step, follows
):
    asking = capacity_of(s)
    answered(s, asking, s.own.core, scores(asking), Audience.CLUSTER)
    later = next_round(s, asking)
    answered(s, later, s.own.core, scores(later), finish=finish)
    share(s.own.core, asking.shared.get(), step)

    assert later.shared.get().audience == follows
