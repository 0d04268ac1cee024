"""How much goes over the wire: a first visit to any page, with styles and script, and later ones."""

import gzip
import re
from functools import cache
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders

from hedgerow.front import example, record
from hedgerow.people.models import Role, Seat
from tests.factories import signed_in

from .pages import crawl, html_of

pytestmark = pytest.mark.django_db

FIRST, LATER = 40_000, 15_000  # bytes


@cache
def packed(url: str) -> int:
    """Bytes of a style, script or picture as WhiteNoise sends it to a browser without brotli."""
    path = finders.find(url.removeprefix(settings.STATIC_URL).removeprefix("/static/"))
    return len(gzip.compress(Path(path).read_bytes(), 9))


def beside(html: str) -> int:
    """Bytes of everything that a page brings with it."""
    head = html[: html.index("</head>")]
    return sum(packed(url) for url in set(re.findall(r'(?:href|src)="(/?static/[^"]+)"', head)))


def weigh(client, *starts):
    """Path, bytes of a later visit and bytes of a first one, of every page that is shown."""
    for path, response in crawl(client, *starts, HTTP_ACCEPT_ENCODING="gzip"):
        assert response.status_code in (200, 302), (path, response.status_code)
        if "text/html" not in response.get("Content-Type", "") or response.status_code != 200:
            continue
        assert response["Content-Encoding"] == "gzip"
        html = html_of(response)
        assert " hx-" not in html or "htmx-2" in html, f"{path} needs the script"
        brought, wire = beside(html), len(response.content)
        assert brought > 5_000, f"{path} brings no styles"
        yield path, wire, wire + brought


def test_every_page_of_everybody_in_the_example_is_light(client):
    record.load()
    example.load()
    found = {("", *line) for line in weigh(client, "/", "/record/", "/example/", "/our/hazelford/")}
    for role in Role:
        seat = Seat.objects.filter(role=role, user__is_example=True).order_by("pk").first()
        if seat:
            found |= {(role, *line) for line in weigh(signed_in(client, seat), "/home/")}

    assert len(found) > 60
    assert [line for line in found if line[3] > FIRST or line[2] > LATER] == []
