"""The real pages: each says what a browser may do with it, and leaves one cookie at most."""

import pytest
from django.urls import URLPattern, get_resolver

from hedgerow.core.middleware import ON_EVERYTHING
from tests.factories import SeatFactory, signed_in


def routes(resolver, before=""):
    for entry in resolver.url_patterns:
        route = before + str(entry.pattern)
        if isinstance(entry, URLPattern):
            yield route
        else:
            yield from routes(entry, route)


PAGES = [f"/{route}" for route in routes(get_resolver()) if "<" not in route]


def test_there_are_pages_to_look_at():
    assert len(PAGES) > 15


@pytest.mark.django_db
@pytest.mark.parametrize("is_signed_in", [False, True], ids=["stranger", "member"])
@pytest.mark.parametrize("path", [*PAGES, "/nowhere/"])
def test_it_says_so_to_strangers_and_to_members(client, path, is_signed_in):
    if is_signed_in:
        signed_in(client, SeatFactory())

    response = client.get(path)

    assert response.status_code < 500
    assert {name: response.headers.get(name) for name in ON_EVERYTHING} == ON_EVERYTHING
    if is_signed_in:
        assert response["Cache-Control"] == "private, no-store"
    for cookie in response.cookies.values():
        assert cookie.key == "hedgerow"
        assert (cookie["httponly"], cookie["samesite"]) == (True, "Lax")
