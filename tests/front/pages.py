"""Asking for pages as somebody, and reading what stands in them."""

import gzip
import re
from collections import Counter
from html import unescape

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import Resolver404, resolve

from hedgerow.people.models import Seat
from tests.factories import signed_in


def text_of(response) -> str:
    """What a reader reads: no markup, single spaces."""
    body = re.sub(r"(?s)<(script|style|svg).*?</\1>|<[^>]+>", " ", response.content.decode())
    return re.sub(r"\s+([.,:;”])", r"\1", re.sub(r"\s+", " ", unescape(body))).strip()


def page(client, path: str, seat: Seat | None = None, *, status: int = 200) -> str:
    """The words of a page, asked for by the person of a seat or by a stranger."""
    if seat:
        signed_in(client, seat)
    response = client.get(path)
    assert response.status_code == status, (path, response.status_code)
    return text_of(response)


def main_of(response) -> str:
    """The markup between the masthead and the foot."""
    return re.search(r"(?s)<main.*</main>", response.content.decode()).group()


def links_in(html: str) -> set[str]:
    """Addresses of this site that a page links to, without what follows ? or #."""
    found = re.findall(r'<a\b[^>]*\bhref="([^"#?]+)', html)
    return {unescape(path) for path in found if path.startswith("/")}


def html_of(response) -> str:
    is_packed = response.get("Content-Encoding") == "gzip"
    return (gzip.decompress(response.content) if is_packed else response.content).decode()


def view_of(path: str) -> str:
    """Its name; of what no view answers, the path."""
    try:
        return resolve(path).view_name
    except Resolver404:
        return path


def crawl(client, *starts: str, limit: int = 900, most: int = 900, **headers):
    """Every page that can be reached by links from here: pairs of path and response. `most`: how
    many at most of those that one view makes."""
    waiting, seen, of_view = list(starts), set(starts), Counter()
    while waiting:
        path = waiting.pop(0)
        response = client.get(path, **headers)
        yield path, response
        if "text/html" not in response.get("Content-Type", ""):
            continue
        for link in sorted(links_in(html_of(response)) - seen):
            seen.add(link)
            of_view[view_of(link)] += 1
            if of_view[view_of(link)] <= most:
                waiting.append(link)
        assert len(seen) < limit, "there is no end to these pages"


def cost_of(client, path: str) -> int:
    """How many queries a page asks."""
    with CaptureQueriesContext(connection) as asked:
        assert client.get(path).status_code == 200
    return len(asked)
