"""A plan is handed in, sent back, handed in again, agreed to and paid, by those who do it: a facilitator,
a programme manager, an assessor and a chief executive on a telephone, none of them with a script."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from hedgerow.journeys.models import Answered, Submission
from hedgerow.ledger import actions
from hedgerow.ledger.models import Award
from hedgerow.ledger.queries import money_in
from hedgerow.people.models import Role
from tests.factories import ProgrammeFactory, SeatFactory, actor, team
from tests.journeys.hands import fits
from tests.ledger.awarded import fresh_award, terms_set
from tests.workplans.budgeted import agreed
from tests.workplans.handed import ready

from .conftest import NARROW, WIDE


@pytest.fixture
def handed():
    """A plan that lacks nothing, in a programme with terms, before anybody has handed it in."""
    h = ready(own=team(ProgrammeFactory()))
    terms_set(actor(h.b.p.manager), h.own.cluster.programme)
    return h


@pytest.fixture
def at(open_page, sign_in):
    def own(seat, **options):
        page = open_page(java_script_enabled=False, **options)
        sign_in(page, seat.user, second_factor=True)
        return page

    return own


def press(page, name):
    page.get_by_role("main").get_by_role("button", name=name).click()


def follow(page, name):
    page.get_by_role("main").get_by_role("link", name=name).first.click()


def hands_in(page, handed, words=""):
    page.goto(reverse("workplans:hand_in", args=[handed.own.cluster.pk]))
    expect(page.get_by_role("main")).to_contain_text("Nothing is missing")
    if words:
        page.get_by_label("What changed since the last one?").fill(words)
    press(page, "Hand in the plan and budget")
    return Submission.objects.get(answer="")


def test_the_lines_of_a_budget_fit_a_desk_and_scroll_by_themselves_on_a_telephone(at):
    b = agreed()
    b.begins_change()
    b.adds("Four computers for two houses", 250_00, objective=b.p.adds("Everybody is reachable"))
    b.gives(b.own.organisations[0], 40, 800_00)
    page = at(b.own.core)
    table = page.get_by_role("region", name="The lines of the budget")
    widths = "table => [table.scrollWidth, table.clientWidth]"

    for path in (b.open.get_absolute_url(), reverse("workplans:budget", args=[b.p.cluster.pk])):
        page.set_viewport_size(WIDE)
        page.goto(path)
        needs, has = table.evaluate(widths)
        assert needs <= has
        page.set_viewport_size(NARROW)
        needs, has = table.evaluate(widths)
        assert needs > has
        fits(page)


def test_a_plan_goes_in_comes_back_goes_in_again_and_is_agreed_to_and_paid(handed, at):
    handed.all_boards_say()
    assessor = SeatFactory(role=Role.ASSESSOR, programme=handed.own.cluster.programme)
    facilitator, manager = at(handed.own.facilitator), at(handed.b.p.manager)
    scorer, chief = at(assessor), at(handed.own.core, viewport=NARROW)

    first = hands_in(facilitator, handed)

    manager.goto("/home/")
    follow(manager, "Open the plan")
    follow(manager, "Send it back")
    manager.get_by_label("What is missing?").fill("Who keeps the laptops?")
    press(manager, "See what will happen")
    press(manager, "Send it back")
    first.refresh_from_db()
    assert first.answer == Answered.RETURNED

    chief.goto(reverse("workplans:hand_in", args=[handed.own.cluster.pk]))
    expect(chief.get_by_role("main")).to_contain_text("Who keeps the laptops?")
    fits(chief)

    again = hands_in(facilitator, handed, "The second member keeps the laptops.")

    manager.goto(reverse("grants:assign", args=[again.pk]))
    manager.get_by_role("checkbox").first.check()
    manager.get_by_label("By when?").fill("1/1/2030")
    press(manager, "Give them the plan")
    scorer.goto("/home/")
    follow(scorer, "Say it")
    expect(scorer.get_by_role("main")).not_to_contain_text("We train together.")
    scorer.get_by_label("No: I can judge this plan freely").check()
    press(scorer, "Declare it")
    given = again.assessment.assignments.get()
    scorer.goto(reverse("grants:score", args=[given.pk]))
    expect(scorer.get_by_role("main")).to_contain_text("We train together.")
    for points in scorer.get_by_label("Points").all():
        points.select_option("4")
    for why in scorer.get_by_label("Why?").all():
        why.fill("It says how.")
    scorer.get_by_label("What do you say of the whole plan?").fill("I would agree.")
    press(scorer, "Keep it, and look at it before sending")
    press(scorer, "Send them, for good")
    given.refresh_from_db()
    assert given.sent_at

    manager.goto(reverse("grants:pack", args=[again.pk]))
    expect(manager.get_by_role("main")).to_contain_text("I would agree.")
    manager.goto(reverse("grants:agree", args=[again.pk]))
    manager.get_by_label("Who holds the money for all?").select_option(
        label=str(handed.own.organisations[0])
    )
    parts = manager.get_by_role("group", name="Later part 1")
    parts.get_by_label("Of which part?").select_option("main")
    parts.get_by_label("How much?").fill("£4,500")
    parts.get_by_label("When what is reached?").fill("The first course was held")
    press(manager, "See what will happen")
    expect(manager.get_by_role("main")).to_contain_text("£4,500 when this is reached")
    press(manager, "Agree, and make the award")
    award = Award.objects.get()
    assert money_in([award.pk])[award.pk].released == 10_500_00

    chief.goto(reverse("ledger:account", args=[award.pk]))
    follow(chief, "Say that it is reached")
    chief.get_by_label("What shows that it is reached?").fill("Twelve people came on 3 May.")
    press(chief, "Say that it is reached")
    expect(chief.get_by_role("main")).to_contain_text("Twelve people came on 3 May.")
    fits(chief)
    manager.goto("/home/")
    follow(manager, "Read what they say")
    expect(manager.get_by_role("main")).to_contain_text("Twelve people came on 3 May.")
    follow(manager, "Not yet, and why")
    manager.get_by_label("What is still missing?").fill("Say who came from each member.")
    press(manager, "Say that it is not reached yet")
    chief.goto(reverse("ledger:account", args=[award.pk]))
    expect(chief.get_by_role("main")).to_contain_text("not yet. Say who came from each member.")
    follow(chief, "Answer")
    chief.get_by_label("What shows that it is reached?").fill("Four of each member came.")
    press(chief, "Say that it is reached")
    manager.goto("/home/")
    follow(manager, "Read what they say")
    expect(manager.get_by_role("main")).to_contain_text("Four of each member came.")
    press(manager, "Release")
    assert money_in([award.pk])[award.pk].released == 15_000_00

    chief.goto(reverse("ledger:account", args=[award.pk]))
    expect(chief.get_by_role("main")).to_contain_text("£15,000")
    fits(chief)
    chief.goto(reverse("ledger:draw", args=[award.pk]))
    chief.get_by_label("How much").first.fill("1200,50")
    chief.get_by_label("Main part", exact=False).check()
    chief.get_by_role("main").locator("form button").first.click()
    expect(chief.get_by_role("main")).to_contain_text("is not an amount in pounds")
    chief.get_by_label("How much").first.fill("£1,200.50")
    chief.get_by_role("main").locator("form button").first.click()
    assert money_in([award.pk])[award.pk].drawn == 1_200_50


@pytest.mark.parametrize("viewport", [WIDE, NARROW], ids=["wide", "narrow"])
def test_the_ways_to_say_not_yet_shut_nobody_out(open_page, sign_in, axe, viewport):
    a = fresh_award()
    part, condition = a.waiting[0], a.award.conditions.get()
    part = actions.tell_instalment(by=a.second, instalment=part, told="In May.", version=1)
    condition = actions.tell_condition(by=a.holder, condition=condition, told="We.", version=1)
    page = open_page(viewport=viewport)
    sign_in(page, a.s.staff[Role.MANAGER].user)

    for _ in range(2):
        for name, thing in (
            ("release", part),
            ("doubt_instalment", part),
            ("meet_condition", condition),
            ("doubt_condition", condition),
            ("account", a.award),
        ):
            page.goto(reverse(f"ledger:{name}", args=[thing.pk]))
            axe(page)
            fits(page)
        actions.doubt_instalment(by=a.manager, instalment=part, reason="All?", version=part.version)
        part.refresh_from_db()
