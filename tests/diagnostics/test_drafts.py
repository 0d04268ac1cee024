"""What is begun and not finished, or does not count, stays with its organisation."""

import pytest
from django.urls import reverse

from hedgerow.core.owners import Audience
from hedgerow.diagnostics.actions import finish_sheet
from hedgerow.diagnostics.models import AnswerFile, SectionAnswers
from hedgerow.front.queries.copies import parts_for_person
from hedgerow.people.models import Role
from tests.factories import actor, reader, signed_in
from tests.front.pages import page

from .scenes_sheets import PDF, answered, capacity_of, scores

pytestmark = pytest.mark.django_db


def copied(seat, model):
    return sum(
        rows.count() for table, rows in parts_for_person(reader(seat)) if table.model is model
    )


def test_a_copy_holds_no_answers_but_ones_own(s):
    """A draft at “our cluster” among them, and what staff answered beside the Core Group member."""
    asking = capacity_of(s)
    answered(s, asking, s.own.core, scores(asking), Audience.CLUSTER)
    answered(s, asking, s.own.seats[Role.STAFF], scores(asking, 1, 1), finish=False)

    assert copied(s.own.core, SectionAnswers) == 2
    assert copied(s.own.second, SectionAnswers) == 0
    assert copied(s.own.facilitator, SectionAnswers) == 0


def test_others_open_a_file_only_once_the_answers_around_it_count(client, s):
    asking = capacity_of(s)
    sheet = answered(s, asking, s.own.core, scores(asking), Audience.CLUSTER, finish=False)
    file = AnswerFile.objects.create(
        section=sheet.sections.first(),
        item="list",
        name="list.pdf",
        content=PDF,
        n_bytes=len(PDF),
        at=sheet.changed_at,
    )
    url = reverse("diagnostics:answer_file", args=[file.pk])

    assert signed_in(client, s.own.core).get(url).status_code == 200
    page(client, url, s.own.second, status=404)
    finish_sheet(by=actor(s.own.core), sheet=sheet, version=sheet.version)
    assert signed_in(client, s.own.second).get(url).status_code == 200
