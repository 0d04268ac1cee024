"""The log tells where and what kind, never whom or what."""

import io
import logging

import pytest

from hedgerow.core.logs import Plain
from tests.factories import SeatFactory, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.safety.site")]


@pytest.fixture
def log():
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    handler.setFormatter(Plain())
    logging.getLogger().addHandler(handler)
    yield written
    logging.getLogger().removeHandler(handler)


def test_a_fault_is_logged_with_its_way_through_the_code_and_without_what_was_typed(client, log):
    client.raise_request_exception = False
    client.get("/broken-front/?name=ann@example.org")

    told = log.getvalue()
    assert "ERROR django.request: 500 GET /broken-front/" in told
    assert "tests/safety/site.py" in told
    assert told.rstrip().endswith("ValueError")
    assert "ann@example.org" not in told


def test_a_key_in_an_address_is_not_logged(client, log):
    signed_in(client, SeatFactory()).get("/links/a-key-that-lets-people-in/")

    assert "404 GET no such page" in log.getvalue()
    assert "a-key-that-lets" not in log.getvalue()


def test_a_denial_is_logged_by_its_route(client, log, settings):
    settings.CSRF_FAILURE_VIEW = "tests.safety.site.not_allowed"
    client.handler.enforce_csrf_checks = True
    client.post("/form/", {"slug": "typed-by-ann"})

    assert "403 POST /form/" in log.getvalue()
    assert "typed-by-ann" not in log.getvalue()


def test_faults_that_came_from_others_are_told_with_where_they_began():
    try:
        try:
            raise ValueError("typed by Ann")
        except ValueError as error:
            raise KeyError("typed by Ben") from error
    except KeyError as error:
        told = Plain().formatException((type(error), error, error.__traceback__))

    lines = [line for line in told.splitlines() if not line.startswith(" ")]
    assert lines == ["KeyError", "which came from", "ValueError"]


def test_the_site_logs_to_the_terminal_only(settings):
    assert set(settings.LOGGING["handlers"]) == {"stderr"}
    assert logging.getLogger("django").handlers == []
    forms = [handler.formatter for handler in logging.getLogger().handlers]
    assert any(isinstance(form, Plain) for form in forms)
