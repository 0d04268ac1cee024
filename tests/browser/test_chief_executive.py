"""A chief executive with ten minutes: signs in with a code, and does the first thing on the list."""

import re
import threading

import pytest
from playwright.sync_api import expect

from hedgerow.core import clock
from hedgerow.core.jobs import run_worker
from hedgerow.core.models import Mail
from hedgerow.journeys.models import Standing
from tests.journeys.hands import Keyboard, Pointer, fits
from tests.journeys.walks import walk

from .conftest import NARROW, WIDE

pytestmark = pytest.mark.parametrize("viewport", [WIDE, NARROW], ids=["1280", "320"])


@pytest.fixture
def w():
    return walk(starts_on=clock.today())


def code_sent_to(email):
    run_worker(stop=threading.Event(), once=True)
    text = Mail.objects.filter(to=email, why="code").latest("posted_at", "pk").text
    return re.search(r"[A-Z0-9]{4}-[A-Z0-9]{4}", text)[0]


def sign_in_with_a_code(page, hands, email, check):
    page.goto("/")
    check(page)
    hands.press(page.get_by_role("main").get_by_role("link", name="Sign in"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Sign in with a code")
    check(page)
    hands.write(page.get_by_label("Your email address"), "nobody at all")
    hands.press(page.get_by_role("button", name="Send me a code"))
    expect(page.get_by_role("alert")).to_contain_text("not a whole email address")
    check(page)
    hands.write(page.get_by_label("Your email address"), email)
    hands.press(page.get_by_role("button", name="Send me a code"))

    hands.write(page.get_by_label("The code from the message"), "AAAA-AAAA")
    hands.press(page.get_by_role("button", name="Sign in"))
    expect(page.get_by_role("alert")).to_be_visible()
    check(page)
    hands.write(page.get_by_label("The code from the message"), code_sent_to(email))
    hands.press(page.get_by_role("button", name="Sign in"))


def do_the_first_thing(page, hands, w, check):
    expect(page.get_by_role("heading", level=1)).to_have_text(
        "Three things for you, about six minutes"
    )
    first = page.get_by_role("listitem").filter(has_text="The first meeting”: does")
    expect(first).to_contain_text("About one minute.")
    expect(first).to_contain_text("Saying so takes a minute")
    check(page)
    hands.press(first.get_by_role("link", name="Say whether it stands"))
    expect(page.get_by_role("heading", level=1)).to_contain_text("still stand?")
    check(page)
    hands.press(page.get_by_role("button", name="Yes, it stands for us"))
    expect(page.get_by_role("row", name="The first meeting")).to_be_visible()
    assert Standing.objects.get().by == w.team.core

    hands.press(page.get_by_role("link", name="Home", exact=True))
    expect(page.get_by_role("heading", level=1)).to_have_text(
        "Two things for you, about five minutes"
    )
    check(page)


def walk_in(page, hands, w, check):
    sign_in_with_a_code(page, hands, w.team.core.user.email, check)
    do_the_first_thing(page, hands, w, check)


def test_with_a_pointer(open_page, axe, viewport, w):
    page = open_page(viewport=viewport)

    walk_in(page, Pointer(page), w, lambda page: (axe(page), fits(page)))


def test_with_the_keyboard_alone(open_page, viewport, w):
    page = open_page(viewport=viewport)

    walk_in(page, Keyboard(page), w, fits)


def test_without_a_script(open_page, viewport, w):
    page = open_page(viewport=viewport, java_script_enabled=False)

    walk_in(page, Pointer(page), w, lambda page: None)
