"""Every answer, of whatever kind, says the same about what a browser may do with it."""

import json
import os
import subprocess
import sys

import pytest
from django.core.management import call_command
from django.test import Client
from django.test.utils import override_settings

from tests.factories import SeatFactory, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.safety.site")]

ON_EVERYTHING = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; "
        "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
PRIVATE, PUBLIC = "private, no-store", "no-cache"
FOREVER = "max-age=315360000, public, immutable"


@pytest.fixture(autouse=True)
def real_faults(client):
    client.raise_request_exception = False


@pytest.fixture
def member(client):
    return signed_in(client, SeatFactory())


def headers(response):
    return {name: response.headers.get(name) for name in ON_EVERYTHING}


@pytest.mark.parametrize(
    ("path", "status", "cached"),
    [
        ("/inside/", 200, PRIVATE),
        ("/file/", 200, PRIVATE),
        ("/kept/", 200, PRIVATE),
        ("/front/", 200, PRIVATE),
        ("/away/", 302, PRIVATE),
        ("/leaving/", 200, PRIVATE),
        ("/nowhere/", 404, PRIVATE),
        ("/broken/", 500, PRIVATE),
    ],
)
def test_answers_to_somebody_signed_in_are_theirs_alone(member, path, status, cached):
    response = member.get(path)
    assert response.status_code == status
    assert headers(response) == ON_EVERYTHING
    assert response["Cache-Control"] == cached


@pytest.mark.parametrize(
    ("path", "status", "cached"),
    [
        ("/front/", 200, PUBLIC),
        ("/away/", 302, PUBLIC),
        ("/greeting/", 200, PRIVATE),
        ("/inside/", 302, PRIVATE),
        ("/nowhere/", 302, PRIVATE),
        ("/broken-front/", 500, PRIVATE),
    ],
)
def test_answers_to_a_stranger_are_kept_only_if_they_are_the_same_for_all(
    client, path, status, cached
):
    response = client.get(path)
    assert response.status_code == status
    assert headers(response) == ON_EVERYTHING
    assert response["Cache-Control"] == cached


def test_a_public_page_that_looked_who_is_there_says_so_to_caches(client):
    assert "Cookie" in client.get("/front/")["Vary"]


def test_a_wrong_host_and_a_form_without_its_proof_are_answered_alike(settings):
    settings.CSRF_FAILURE_VIEW = "tests.safety.site.not_allowed"
    wrong_host = Client().get("/front/", headers={"host": "evil.example"})
    no_proof = Client(enforce_csrf_checks=True).post("/form/", {"slug": "a"})

    assert (wrong_host.status_code, no_proof.status_code) == (400, 403)
    for response in (wrong_host, no_proof):
        assert headers(response) == ON_EVERYTHING
        assert response["Cache-Control"] == PRIVATE


def test_a_form_that_is_too_big_is_answered_alike(client, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000
    response = client.post("/form/", {"slug": "a" * 2000})

    assert response.status_code == 400
    assert headers(response) == ON_EVERYTHING


@pytest.fixture
def with_files(plain_styles, settings, tmp_path):
    settings.STATIC_ROOT = tmp_path
    with override_settings(STORAGES=plain_styles.instead_of):
        call_command("collectstatic", verbosity=0, interactive=False)
        yield tmp_path


def test_files_are_kept_for_good_by_the_name_of_what_is_in_them(with_files, client):
    (hashed,) = (with_files / "django_htmx").glob("htmx-2.min.*.js")

    response = client.get(f"/static/django_htmx/{hashed.name}", headers={"accept-encoding": "br"})

    assert response.status_code == 200
    assert response["Content-Encoding"] == "br"
    assert headers(response) == ON_EVERYTHING
    assert response["Cache-Control"] == FOREVER
    assert "Access-Control-Allow-Origin" not in response
    assert not response.cookies


def test_files_without_such_a_name_are_asked_for_again(with_files, client):
    response = client.get("/static/django_htmx/htmx-2.min.js")
    unchanged = client.get(
        "/static/django_htmx/htmx-2.min.js",
        headers={"if-modified-since": response["Last-Modified"]},
    )
    missing = client.get("/static/nothing.js")

    assert (response.status_code, unchanged.status_code) == (200, 304)
    assert response["Cache-Control"] == "max-age=60, public"
    for answer in (response, unchanged, missing):
        assert headers(answer) == ON_EVERYTHING


def test_https_is_promised_for_a_year_where_there_is_https(client, settings):
    assert "Strict-Transport-Security" not in client.get("/front/")

    settings.IS_HTTPS = True
    for path in ("/front/", "/nowhere/", "/broken-front/"):
        promised = client.get(path)["Strict-Transport-Security"]
        assert promised == "max-age=31536000; includeSubDomains"


def test_there_is_one_cookie_and_scripts_cannot_read_it(client):
    client.get("/greeting/")

    (cookie,) = client.cookies.values()
    assert cookie.key == "hedgerow"
    assert (cookie["httponly"], cookie["samesite"], cookie["path"]) == (True, "Lax", "/")
    assert cookie["domain"] == ""


def test_over_https_the_cookie_belongs_to_this_host_and_travels_encrypted():
    told = settings_under(HEDGEROW_URL="https://hedgerow.example.org")

    assert told["SESSION_COOKIE_NAME"].startswith("__Host-")
    assert told["SESSION_COOKIE_SECURE"] is True
    assert told["SESSION_COOKIE_HTTPONLY"] is True
    assert told["CSRF_USE_SESSIONS"] is True
    assert "SessionStorage" in told["MESSAGE_STORAGE"]
    assert told["IS_PRODUCTION"] is True


def settings_under(**environment):
    script = (
        "import json, hedgerow.settings as s;"
        "print(json.dumps({k: v for k, v in vars(s).items() if k.isupper()}, default=str))"
    )
    told = subprocess.run(
        [sys.executable, "-c", script],
        env={**os.environ, **environment},
        capture_output=True,
        check=True,
    )
    return json.loads(told.stdout)
