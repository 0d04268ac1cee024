"""A facilitator moves one of the cluster's dates with its reason, then asks for one of the
programme's to be moved."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from hedgerow.core import clock
from hedgerow.core.days import in_words
from hedgerow.journeys.models import Move
from tests.journeys.hands import Keyboard, Pointer, fits
from tests.journeys.walks import walk

from .conftest import NARROW, WIDE

pytestmark = pytest.mark.parametrize("viewport", [WIDE, NARROW], ids=["1280", "320"])


@pytest.fixture
def w():
    return walk(starts_on=clock.today())


def later(days):
    return in_words(clock.today() + timedelta(days=days))


def move_two_dates(page, hands, w, check):
    page.goto(w.journey.get_absolute_url())
    check(page)
    hands.press(page.get_by_role("link", name="The whole timetable of"))
    expect(page).to_have_title(f"The timetable of {w.team.cluster} | Hedgerow")
    check(page)

    hands.press(page.get_by_role("link", name=re.compile("Move it ?: The first meeting")))
    expect(page.get_by_role("heading", level=1)).to_have_text("Move “The first meeting”")
    check(page)
    hands.write(page.get_by_label("The new day"), "31 February 2027")
    hands.press(page.get_by_role("button", name="Move this date"))
    expect(page.get_by_role("alert")).to_contain_text("There is no such day")
    check(page)
    hands.write(page.get_by_label("The new day"), later(9))
    hands.write(page.get_by_label("Why does it move?"), "The hall is taken.")
    hands.press(page.get_by_role("button", name="Move this date"))

    row = page.get_by_role("row", name="The first meeting")
    expect(row).to_contain_text("Moved once")
    expect(row).to_contain_text(f"First set for {later(7)}")
    expect(page.get_by_text("The hall is taken.")).to_be_visible()
    check(page)
    hands.press(page.get_by_role("link", name="Read version 1"))
    expect(page.get_by_role("row", name="The first meeting")).to_contain_text(later(7))
    check(page)
    hands.press(page.get_by_role("link", name="The timetable as it holds now"))

    hands.press(page.get_by_role("link", name=re.compile("Ask to move it ?: The answers are in")))
    hands.write(page.get_by_label("The new day"), later(32))
    hands.write(page.get_by_label("Why does it move?"), "Two members were away.")
    hands.press(page.get_by_role("button", name="Ask the programme manager"))

    expect(page.get_by_role("row", name="The answers are in")).to_contain_text(
        f"A move to {later(32)} waits"
    )
    expect(page.get_by_role("heading", name="Asked for")).to_be_visible()
    check(page)
    assert Move.objects.get().reason == "Two members were away."


def test_with_a_pointer(open_page, sign_in, axe, viewport, w):
    page = open_page(viewport=viewport)
    sign_in(page, w.team.facilitator.user)

    move_two_dates(page, Pointer(page), w, lambda page: (axe(page), fits(page)))


def test_with_the_keyboard_alone(open_page, sign_in, viewport, w):
    page = open_page(viewport=viewport)
    sign_in(page, w.team.facilitator.user)

    move_two_dates(page, Keyboard(page), w, fits)


def test_without_a_script(open_page, sign_in, viewport, w):
    page = open_page(viewport=viewport, java_script_enabled=False)
    sign_in(page, w.team.facilitator.user)

    move_two_dates(page, Pointer(page), w, lambda page: None)


def test_a_tick_swaps_only_the_list_and_the_focus_goes_with_it(
    open_page, sign_in, axe, viewport, w
):
    page = open_page(viewport=viewport)
    sign_in(page, w.team.core.user)
    page.goto(w.stage(1).get_absolute_url())
    page.evaluate("window.isTheSamePage = true")
    line = page.locator("li", has_text="We have agreed the ground rules.")

    line.get_by_text("Tick this").click()
    line.get_by_role("button", name="Tick it, with these words").click()
    expect(page.get_by_role("alert")).to_contain_text("Say what shows it")
    axe(page)
    line.get_by_label("What shows it").fill("All three said yes.")
    line.get_by_role("button", name="Tick it, with these words").click()

    expect(line).to_contain_text("All three said yes.")
    expect(page.get_by_role("status").filter(has_text="Ticked.")).to_be_focused()
    assert page.evaluate("window.isTheSamePage")
    axe(page)
    fits(page)
