"""A programme manager sees the board, opens the cluster that slows, and agrees to a move."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from hedgerow.core import clock
from hedgerow.core.days import in_words
from hedgerow.journeys import actions
from hedgerow.people.models import Role
from tests.factories import SeatFactory, team
from tests.journeys.hands import Keyboard, Pointer, fits
from tests.journeys.walks import walk

from .conftest import NARROW, WIDE

pytestmark = pytest.mark.parametrize("viewport", [WIDE, NARROW], ids=["1280", "320"])


@pytest.fixture
def slow():
    """A cluster in which nothing was done for 40 days, beside one that began today."""
    slow = walk(starts_on=clock.today() - timedelta(days=40))
    walk(own=team(slow.team.cluster.programme), starts_on=clock.today())
    actions.ask_to_move(
        by=slow.facilitator,
        milestone=slow.milestone("answers-in"),
        to_on=clock.today(),
        reason="Two members were away.",
    )
    return slow


@pytest.fixture
def manager(slow):
    return SeatFactory(role=Role.MANAGER, programme=slow.team.cluster.programme).user


def agree_to_a_move(page, hands, slow, check):
    cluster, to_on = slow.team.cluster, clock.today()
    page.goto(cluster.programme.get_absolute_url())
    expect(page.get_by_role("heading", level=1)).to_contain_text("one thing needs you")
    row = page.get_by_role("row", name=str(cluster))
    expect(row).to_contain_text("Slowing. 40 days since a step was done.")
    check(page)

    hands.press(page.get_by_role("link", name=str(cluster), exact=True))
    expect(page.get_by_role("heading", level=1)).to_contain_text(str(cluster))
    expect(page.get_by_text("40 days since a step was done.")).to_be_visible()
    check(page)
    hands.press(page.get_by_role("link", name="The whole timetable of"))
    expect(page.get_by_role("heading", name="Needs you")).to_be_visible()
    check(page)

    hands.press(page.get_by_role("link", name=re.compile("Say no, in words ?: The answers are in")))
    hands.press(page.get_by_role("button", name="for this reason"))
    expect(page.get_by_role("alert")).to_contain_text("Say why the date cannot move.")
    check(page)
    hands.press(page.get_by_role("button", name=f"Agree to {in_words(to_on)}"))

    expect(page.get_by_role("heading", level=1)).to_contain_text("two clusters")
    expect(page.get_by_text("Agreed: “")).to_be_visible()
    check(page)
    line = slow.journey.timetables.latest("number")
    assert line.dates.get(milestone__slug="answers-in").on == to_on


def test_with_a_pointer(open_page, sign_in, axe, viewport, slow, manager):
    page = open_page(viewport=viewport)
    sign_in(page, manager)

    agree_to_a_move(page, Pointer(page), slow, lambda page: (axe(page), fits(page)))


def test_with_the_keyboard_alone(open_page, sign_in, viewport, slow, manager):
    page = open_page(viewport=viewport)
    sign_in(page, manager)

    agree_to_a_move(page, Keyboard(page), slow, fits)


def test_without_a_script(open_page, sign_in, viewport, slow, manager):
    page = open_page(viewport=viewport, java_script_enabled=False)
    sign_in(page, manager)

    agree_to_a_move(page, Pointer(page), slow, lambda page: None)
