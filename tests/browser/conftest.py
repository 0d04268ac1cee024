"""A real browser at a real server. Whatever a page does that it must not, fails its test."""

import os
import shutil
from importlib import import_module
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.core.management import call_command
from django.test.utils import override_settings
from playwright.sync_api import expect, sync_playwright
from pytest_django.live_server_helper import LiveServer

from hedgerow.people import sessions
from tests.journeys.hands import arrive

# Playwright keeps a loop running in the thread of the tests; Django would not ask the database there.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"

CHROMIUM = next(
    filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None
)
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost",
)
HERE = Path(__file__).parent
WIDE = {"width": 1280, "height": 900}
NARROW = {"width": 320, "height": 640}
PATIENCE = 60_000  # ms; only a test that fails waits so long


expect.set_options(timeout=PATIENCE)


def pytest_collection_modifyitems(items):
    for item in items:
        if item.path.is_relative_to(HERE):
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.django_db(transaction=True))


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix, tmp_path_factory):
    """A file: requests come side by side, and one connection in memory cannot be shared by them."""
    database = settings.DATABASES["default"]
    if database["ENGINE"].endswith("sqlite3"):
        file = tmp_path_factory.mktemp("database") / "test.sqlite3"
        database.setdefault("TEST", {})["NAME"] = str(file)


@pytest.fixture(scope="session")
def live_server(real_styles):
    """The site as it is served: styles come through WhiteNoise with every header."""
    server = LiveServer("localhost", start=False)
    server.thread.static_handler = lambda site: site
    server.start()
    with override_settings(PUBLIC_URL=server.url, CSRF_TRUSTED_ORIGINS=[server.url]):
        yield server
    server.stop()


@pytest.fixture(scope="session")
def real_styles(plain_styles):
    with override_settings(STORAGES=plain_styles.instead_of):
        call_command("collectstatic", verbosity=0, interactive=False)
        yield


@pytest.fixture(scope="session")
def browser():
    if CHROMIUM is None:
        message = "There is no Chromium here. On Debian: apt-get install chromium"
        pytest.fail(message) if os.environ.get("CI") else pytest.skip(message)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=list(ARGUMENTS))
        yield chromium
        chromium.close()


@pytest.fixture
def open_page(browser, live_server):
    """Opens pages in contexts of their own: open_page(viewport=…, java_script_enabled=False)."""
    contexts, faults = [], []

    def open_one(**options):
        context = browser.new_context(
            base_url=live_server.url,
            locale="en-GB",
            timezone_id="Europe/London",
            **{"viewport": WIDE, **options},
        )
        context.set_default_timeout(PATIENCE)
        _watch(context, urlsplit(live_server.url), faults)
        contexts.append(context)
        return context.new_page()

    yield open_one
    for context in contexts:
        context.close()
    assert not faults, "\n".join(faults)


def _watch(context, home, faults):
    def message(said):
        if "Content Security Policy" in said.text:
            faults.append(f"against our content policy: {said.text}")

    def request(asked):
        there = urlsplit(asked.url)
        if (there.scheme, there.netloc) != (home.scheme, home.netloc):
            faults.append(f"a request that leaves the site: {asked.url[:200]}")

    def response(given):
        if given.status >= 500:
            faults.append(f"{given.status} at {given.request.method} {given.url}")

    context.on("console", message)
    context.on("weberror", lambda broke: faults.append(f"script error: {broke.error}"))
    context.on("request", request)
    context.on("response", response)


@pytest.fixture
def page(open_page):
    return open_page()


@pytest.fixture
def page_320(open_page):
    return open_page(viewport=NARROW, has_touch=True)


@pytest.fixture
def page_without_javascript(open_page):
    return open_page(java_script_enabled=False)


@pytest.fixture
def sign_in(live_server):
    """sign_in(page, user): what signing in leaves behind, without walking through it."""

    def do(page, user, *, second_factor=True):
        session = import_module(settings.SESSION_ENGINE).SessionStore()
        session[SESSION_KEY] = str(user.pk)
        session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
        session[HASH_SESSION_KEY] = user.get_session_auth_hash()
        sessions.begin(session, is_kept=True)
        if second_factor:
            sessions.show_second_factor(session)
        session.save()
        name = settings.SESSION_COOKIE_NAME
        page.context.add_cookies(
            [{"name": name, "value": session.session_key, "url": live_server.url}]
        )

    return do


@pytest.fixture
def axe():
    """axe(page): fails with what axe finds wrong with the page as it stands."""

    def check(page):
        arrive(page)
        found = Axe().run(page)
        assert found.violations_count == 0, found.generate_report()

    return check
