"""What the history says of files, publishers and offers."""

import pytest
from django.urls import reverse

from hedgerow.grants.actions.giving import keep_publisher, take_grants
from hedgerow.people.models import Role
from tests.factories import actor
from tests.front.pages import page
from tests.grants.giving.files import grant

from .opened import reading
from .test_open_data import SAID
from .test_opportunities import changed, ended, posted

pytestmark = pytest.mark.django_db


def test_the_manager_reads_it_in_sentences_and_a_cluster_does_not(client, s):
    by, programme = actor(s.staff[Role.MANAGER]), s.programme
    take_grants(
        by=by,
        found=reading(grant(1), grant(2, title=None)),
        digest="a" * 64,
        programme=programme,
    )
    keep_publisher(by=by, programme=programme, version=0, **SAID)
    row = changed(s, posted(s))
    ended(s, changed(s, row, title="Larger grants"))
    there = reverse("programme_history", args=[programme.pk])
    shown = page(client, there, s.staff[Role.MANAGER])

    for said in (
        "had a file of grants read: two rows, of which 1 new and 1 refused.",
        "said as whom the programme publishes its awards.",
        "posted an offer: “Larger grants”.",
        "looked whether an offer is still right: “Larger grants”.",
        "changed an offer: “Larger grants”.",
        "ended an offer: “Larger grants”.",
    ):
        assert said in shown
    page(client, there, s.own.core, status=404)
