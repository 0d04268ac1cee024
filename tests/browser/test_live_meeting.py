"""A facilitator leads a meeting from its page: begins it, writes down who came, a note and a promise,
ends it; and what was written down is the minutes."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from hedgerow.agreements.models import Meeting, Promise
from hedgerow.core import clock
from hedgerow.core.days import in_words
from tests.charter.formed import forming
from tests.journeys.hands import Pointer, fits

from .conftest import NARROW, WIDE

pytestmark = pytest.mark.parametrize("viewport", [WIDE, NARROW], ids=["1280", "320"])


@pytest.fixture
def own():
    own, _ = forming()
    return own


@pytest.fixture
def meeting(own):
    """That should have begun five minutes ago."""
    return Meeting.objects.create(
        cluster=own.cluster,
        title="Core Group meeting",
        starts_at=clock.now() - timedelta(minutes=5),
        minutes=90,
        place="The Old School",
        called_by=own.facilitator,
        called_at=clock.now() - timedelta(days=7),
    )


def lead(page, hands, own, check):
    page.goto("/home/")
    hands.press(page.get_by_role("link", name="Open the meeting"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Core Group meeting")
    check(page)
    hands.press(page.get_by_role("button", name="Begin the meeting"))
    expect(page.get_by_text("It began at")).to_be_visible()
    check(page)

    for seat, said in ((own.core, "Came"), (own.second, "Came"), (own.third, "Did not come")):
        line = page.locator(f"#seat-{seat.pk}")
        hands.press(line.get_by_role("button", name=re.compile(f"^{said} ?:")))
        expect(line.locator(".src")).to_have_text(said)
        expect(line.get_by_role("button")).to_have_count(1)
    check(page)

    hands.press(page.get_by_role("button", name="Add this note"))
    expect(page.get_by_role("alert")).to_contain_text("Write the note first.")
    check(page)
    hands.write(page.get_by_label("A note"), "The van stays at the Old School.")
    hands.press(page.get_by_role("button", name="Add this note"))
    expect(page.get_by_text("The van stays at the Old School.")).to_be_visible()

    hands.press(page.get_by_role("link", name="Write a promise down"))
    expect(page.get_by_text("Out of “Core Group meeting”")).to_be_visible()
    check(page)
    hands.write(page.get_by_label("What is promised?"), "Ask three firms for a price")
    page.get_by_label("Who holds it?").select_option(str(own.core.pk))
    page.get_by_label("Together with whom?").select_option(str(own.second.pk))
    hands.write(page.get_by_label("By when?"), in_words(clock.today() + timedelta(days=14)))
    hands.press(page.get_by_role("button", name="Write it down"))


def end(page, hands, check):
    hands.press(page.get_by_role("button", name="End the meeting"))
    expect(page.get_by_role("region", name="Who came")).to_contain_text("Did not come:")
    for words in ("The van stays at the Old School.", "Ask three firms for a price"):
        expect(page.get_by_role("main")).to_contain_text(words)
    check(page)
    hands.press(page.get_by_role("link", name="A note of it on one page"))
    expect(page.get_by_role("main")).to_contain_text("The van stays at the Old School.")
    check(page)


def has_been_led(own):
    meeting = Meeting.objects.get()
    came = dict(meeting.attendances.values_list("seat", "came"))
    assert came[own.core.pk] and came[own.second.pk] and came[own.third.pk] is False
    assert meeting.ended_at and meeting.notes.get().words == "The van stays at the Old School."
    assert Promise.objects.get().meeting == meeting


def run_it(page, hands, own, check):
    lead(page, hands, own, check)
    end(page, hands, check)
    has_been_led(own)


def test_with_a_pointer(open_page, sign_in, axe, viewport, own, meeting):
    page = open_page(viewport=viewport)
    sign_in(page, own.facilitator.user)

    run_it(page, Pointer(page), own, lambda page: (axe(page), fits(page)))


def test_without_a_script(open_page, sign_in, viewport, own, meeting):
    page = open_page(viewport=viewport, java_script_enabled=False)
    sign_in(page, own.facilitator.user)

    run_it(page, Pointer(page), own, lambda page: None)


def has_settled(page):
    """What was swapped in takes the focus once more while it settles; nobody types that fast."""
    expect(page.locator(".htmx-request, .htmx-swapping, .htmx-settling")).to_have_count(0)


def test_a_tap_swaps_only_the_meeting_and_the_focus_stays_with_it(
    open_page, sign_in, viewport, own, meeting
):
    page = open_page(viewport=viewport)
    sign_in(page, own.facilitator.user)
    page.goto(f"{meeting.get_absolute_url()}live/")
    page.evaluate("window.isTheSamePage = true")

    page.get_by_role("button", name="Begin the meeting").press("Enter")
    expect(page.locator("#began")).to_be_focused()
    has_settled(page)
    line = page.locator(f"#seat-{own.second.pk}")
    line.get_by_role("button", name=re.compile("^Came")).press("Enter")
    expect(line).to_be_focused()
    has_settled(page)
    page.keyboard.press("Tab")
    expect(line.get_by_role("button")).to_be_focused()

    page.get_by_label("A note").fill("The van stays here.")
    page.get_by_role("button", name="Add this note").press("Enter")
    expect(page.get_by_label("A note")).to_have_value("")
    expect(page.get_by_label("A note")).to_be_focused()
    assert page.evaluate("window.isTheSamePage")
