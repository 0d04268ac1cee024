"""A round of questions, from the asking to the talk, as the people do it who have ten minutes."""

from datetime import timedelta
from io import BytesIO

import pytest
from openpyxl import load_workbook
from playwright.sync_api import expect

from hedgerow.core import clock
from hedgerow.core.days import in_words
from hedgerow.core.owners import Audience
from hedgerow.diagnostics.actions.releases import close_round
from hedgerow.diagnostics.models import Asking, Round, SectionAnswers, Sheet, Snapshot
from hedgerow.people.models import Role
from tests.diagnostics.scenes_rounds import opened
from tests.diagnostics.scenes_sheets import answered, scores
from tests.factories import actor, scene
from tests.journeys.hands import Keyboard, arrive, fits

from .conftest import NARROW


@pytest.fixture
def s():
    return scene()


@pytest.fixture
def capacity(s):
    """Asked of all three members, and answered by nobody."""
    return Asking.objects.get(round=opened(s, "capacity"))


def begin(page, seat, sign_in):
    """From “Next for you” to the form, by the buttons that are there."""
    sign_in(page, seat.user)
    page.goto("/home/")
    main = page.get_by_role("main")
    main.get_by_role("link", name="answer", exact=False).first.click()
    for _ in range(3):
        arrive(page)
        if page.locator(".beside").count():
            return
        main.locator(".btn").first.click()
    expect(page.locator(".beside").first).to_be_visible()


def mark_all(page, strength, priority):
    for row in page.locator(".beside").all():
        for strip, mark in zip(row.locator("fieldset").all(), (strength, priority), strict=True):
            strip.locator(f"label:has(input[value='{mark}'])").click()


def stored(seat):
    parts = SectionAnswers.objects.filter(sheet__seat=seat)
    return {slug: value for part in parts for slug, value in part.answers.items()}


def test_a_round_is_asked_answered_seen_closed_and_talked_through_without_a_script(
    s, open_page, sign_in
):
    leads = open_page(java_script_enabled=False)
    sign_in(leads, s.own.facilitator.user)
    leads.goto(f"/diagnostics/clusters/{s.cluster.pk}/")
    leads.get_by_role("main").get_by_role("link", name="Choose the questions").click()
    arrive(leads)
    while leads.locator("input:checked").count():
        leads.locator("input:checked").first.uncheck()
    leads.get_by_label("Ask this: Strengths and priorities").check()
    leads.get_by_label("By which day?").fill(in_words(clock.today() + timedelta(days=14)))
    leads.get_by_role("button", name="Ask every member").click()
    asked = Round.objects.get()

    for seat, marks in ((s.own.core, (1, 5)), (s.own.second, (5, 3)), (s.own.third, (2, 4))):
        answers = open_page(java_script_enabled=False, viewport=NARROW)
        begin(answers, seat, sign_in)
        fits(answers)
        mark_all(answers, *marks)
        answers.get_by_role("button", name="Keep and finish").click()
        expect(answers.get_by_role("main")).not_to_contain_text("Go on answering")

    sees = open_page(java_script_enabled=False)
    sign_in(sees, s.own.second.user)
    sees.goto(f"/diagnostics/rounds/{asked.pk}/picture/")
    expect(sees.get_by_role("table").first).to_contain_text("1 to 5")
    expect(sees.get_by_role("main")).to_contain_text("two of three")

    leads.goto(f"/diagnostics/rounds/{asked.pk}/close/")
    leads.get_by_role("button", name="Close the round").click()
    leads.goto(f"/diagnostics/rounds/{asked.pk}/talk/")
    leads.get_by_label("What do we all need?").fill("Everything, and computers first.")
    leads.get_by_role("button", name="Write it down").click()

    expect(leads.get_by_role("main")).to_contain_text("Everything, and computers first.")
    assert len(Snapshot.objects.get().parts) == 3


def test_marks_are_kept_by_themselves_and_one_goes_on_at_another_machine(
    s, capacity, page, open_page, sign_in
):
    begin(page, s.own.core, sign_in)
    page.locator(".beside").nth(0).locator("label:has(input[value='4'])").first.click()
    expect(page.locator("#kept")).to_contain_text("Kept at")
    with page.expect_response(lambda given: given.request.method == "POST"):
        page.locator(".beside").nth(1).locator("label:has(input[value='2'])").first.click()
    expect(page.locator("#kept")).to_contain_text("Kept at")

    elsewhere = open_page()
    sign_in(elsewhere, s.own.core.user)
    elsewhere.goto(page.url)

    expect(elsewhere.locator(".beside").nth(0).locator("input[value='4']").first).to_be_checked()
    expect(elsewhere.locator(".beside").nth(1).locator("input[value='2']").first).to_be_checked()


def test_what_somebody_else_kept_meanwhile_is_said_and_nothing_is_lost(
    s, capacity, page, open_page, sign_in
):
    begin(page, s.own.core, sign_in)
    other = open_page()
    sign_in(other, s.own.core.user)
    other.goto(page.url)
    other.locator(".beside").nth(0).locator("label:has(input[value='1'])").first.click()
    expect(other.locator("#kept")).to_contain_text("Kept at")

    page.locator(".beside").nth(1).locator("label:has(input[value='5'])").first.click()

    expect(page.locator("#kept")).to_contain_text("changed")
    expect(page.locator(".beside").nth(1).locator("input[value='5']").first).to_be_checked()


def test_all_of_it_can_be_marked_with_the_keyboard_alone(s, capacity, page, sign_in):
    begin(page, s.own.core, sign_in)
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.matches('.beside input')"):
            break
    for _ in range(40):
        page.keyboard.press("ArrowRight")
        page.keyboard.press("Tab")
    Keyboard(page).press(page.get_by_role("button", name="Keep and finish"))
    expect(page.locator(".beside")).to_have_count(0)

    (table,) = stored(s.own.core).values()
    assert len(table) == 20
    assert all(len(row["cells"]) == 2 for row in table)
    assert Sheet.objects.get().finished_at


def test_a_spreadsheet_comes_down_is_filled_in_and_goes_up_again(s, capacity, page, sign_in):
    begin(page, s.own.core, sign_in)
    page.goto(f"/diagnostics/sheets/{Sheet.objects.get().pk}/")
    page.get_by_role("link", name="Answer by spreadsheet").first.click()
    with page.expect_download() as coming:
        page.get_by_role("link", name="Download the spreadsheet").click()
    book = load_workbook(BytesIO(coming.value.path().read_bytes()))
    filled = 0
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            names = [str(cell.value).casefold() for cell in row]
            if "strength" in names and "priority" in names:
                at = {name: names.index(name) + 1 for name in ("strength", "priority")}
                for below in range(row[0].row + 1, row[0].row + 21):
                    sheet.cell(below, at["strength"]).value = 2
                    sheet.cell(below, at["priority"]).value = "5"
                    filled += 1
    assert filled == 20
    back = BytesIO()
    book.save(back)

    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    page.locator("input[type=file]").set_input_files(
        {"name": "ours.xlsx", "mimeType": kind, "buffer": back.getvalue()}
    )
    page.get_by_role("button", name="Show what it would change").click()
    assert not stored(s.own.core)
    page.get_by_role("button", name="Take these over, and finish").click()

    (table,) = stored(s.own.core).values()
    assert [row["cells"] for row in table] == [{"strength": 2, "priority": 5}] * 20


def test_who_is_absent_is_named_before_a_round_is_closed_without_them(s, capacity, page, sign_in):
    answered(s, capacity, s.own.core, scores(capacity))
    answered(s, capacity, s.own.second, scores(capacity))
    sign_in(page, s.own.facilitator.user)
    page.goto(f"/diagnostics/rounds/{capacity.round_id}/")
    main = page.get_by_role("main")
    main.get_by_role("link", name="Close the round").click()
    expect(main).to_contain_text(f"{s.own.third.organisation}: not begun.")
    main.get_by_role("button", name="Close the round").click()
    expect(main.get_by_role("alert").or_(main.locator(".oops")).first).to_be_visible()
    assert Round.objects.get().is_open

    main.get_by_label("I know that these members are not in it").check()
    main.get_by_role("button", name="Close the round").click()
    expect(main).to_contain_text("The round is closed")
    assert not Round.objects.get().is_open


def test_what_is_held_back_is_shown_once_the_last_of_them_agrees(s, open_page, sign_in):
    asking = Asking.objects.get(round=opened(s, "capacity"))
    seats = (s.own.core, s.own.second, s.own.third)
    for seat in seats:
        answered(s, asking, seat, scores(asking, 1, 5), Audience.ONLY_US)
    close_round(by=actor(s.own.facilitator), round=asking.round, knows_absent=False, version=1)

    for n, seat in enumerate(seats):
        page = open_page(java_script_enabled=False, viewport=NARROW)
        sign_in(page, seat.user)
        page.goto(f"/diagnostics/rounds/{asking.round_id}/picture/")
        main = page.get_by_role("main")
        expect(main).not_to_contain_text("presses for all three")
        main.get_by_role("link", name="Read what a yes would mean").click()
        fits(page)
        if n == 0:
            main.get_by_role("button", name="Yes, show it").click()
            expect(main).to_contain_text("needs another look")
        main.get_by_role("checkbox").check()
        main.get_by_role("button", name="Yes, show it").click()

    expect(main).to_contain_text("presses for all three")


def test_two_of_one_organisation_see_where_they_differ(s, capacity, page, sign_in, axe):
    answered(s, capacity, s.own.core, scores(capacity, 1, 5))
    answered(s, capacity, s.own.seats[Role.STAFF], scores(capacity, 4, 2))
    sign_in(page, s.own.core.user)
    page.goto(f"/diagnostics/rounds/{capacity.round_id}/")
    page.get_by_role("main").get_by_role("link", name="See where you differ").click()

    expect(page.get_by_role("table")).to_contain_text("1 – Weak")
    expect(page.get_by_role("table")).to_contain_text("4 – Strong")
    axe(page)


def test_on_paper_stands_what_the_screen_shows_and_what_was_folded(s, capacity, page, sign_in):
    for seat, marks in ((s.own.core, (1, 5)), (s.own.second, (5, 3)), (s.own.third, (3, 3))):
        answered(s, capacity, seat, scores(capacity, *marks))
    sign_in(page, s.own.core.user)
    page.goto(f"/diagnostics/askings/{capacity.pk}/picture/")
    folded = page.locator("details:not(.no-print) li").last
    expect(folded).to_be_hidden()

    page.emulate_media(media="print")

    expect(folded).to_be_visible()
    expect(page.locator("td.h4").first).to_have_css("print-color-adjust", "exact")
    expect(page.get_by_role("navigation", name="On this page")).to_have_count(0)
    paper = page.evaluate("[...document.querySelectorAll('.btn')].map(it => it.offsetHeight)")
    assert not any(paper)


PLACES = (
    "/diagnostics/clusters/{cluster}/",
    "/diagnostics/rounds/{round}/",
    "/diagnostics/rounds/{round}/picture/",
    "/diagnostics/askings/{asking}/",
    "/diagnostics/askings/{asking}/picture/",
    "/diagnostics/instruments/capacity/",
    "/diagnostics/crosswalk/",
)


def test_axe_finds_nothing_wrong_and_nothing_is_wider_than_the_screen(
    s, capacity, page, page_320, sign_in, axe
):
    for seat, marks in ((s.own.core, (1, 5)), (s.own.second, (4, 4))):
        answered(s, capacity, seat, scores(capacity, *marks))
    keys = {"cluster": s.cluster.pk, "round": capacity.round_id, "asking": capacity.pk}
    for opened_page in (page, page_320):
        sign_in(opened_page, s.own.core.user)
        for place in PLACES:
            opened_page.goto(place.format(**keys))
            fits(opened_page)
            axe(opened_page)
