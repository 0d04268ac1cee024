"""A large cluster's picture: every instrument at once, at the same few questions to the database.

How long it takes is measured by `make bench`, not here.
"""

import re

import pytest
from django.urls import reverse

from benchmarks import pictured
from tests.factories import signed_in
from tests.front.pages import text_of

pytestmark = pytest.mark.django_db


def test_sixty_members_and_all_instruments_are_one_page_and_at_most_30_queries(
    client, django_assert_max_num_queries
):
    asked, seat = pictured.furnish()
    signed_in(client, seat)
    with django_assert_max_num_queries(pictured.MOST_QUERIES):
        words = text_of(client.get(reverse("diagnostics:picture", args=[asked.pk])))

    assert asked.askings.count() == 10
    assert words.count("Made of the answers of all 60 members.") == 10
    assert "All 60 have answered" in words


def test_each_instrument_has_its_own_page_and_every_figure_of_it_opens(client):
    asked, seat = pictured.furnish(n_members=4)
    signed_in(client, seat)
    for asking in asked.askings.all():
        path = reverse("diagnostics:asking_picture", args=[asking.pk])
        html = client.get(path, headers={"accept-encoding": ""}).content.decode()
        figures = sorted(set(_figures(html)))
        assert figures, asking.slug
        for figure in figures[:: max(1, len(figures) // 4)]:
            words = text_of(client.get(figure))
            assert re.search(r"(One|Two|Three|Four) answers? (is|are) counted\.", words), figure


def _figures(html: str) -> list[str]:
    return [
        part.partition('"')[0]
        for part in html.split('href="')[1:]
        if "/figures/" in part.partition('"')[0]
    ]
