"""What was handed in, long and with words that try to break out, on a wide and on a narrow screen."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from hedgerow.analysis.workplan import CATEGORIES, LINE_KINDS
from hedgerow.journeys.models import Answered
from tests.factories import MemberFactory
from tests.journeys.handed_in import (
    ENDLESS,
    HOSTILE,
    HandedIn,
    a_line,
    a_return,
    a_step,
    an_objective,
)
from tests.journeys.hands import fits

from .conftest import NARROW, WIDE

pytestmark = pytest.mark.sqlite


@pytest.fixture
def s():
    """Twelve members; sixty steps; handed in, sent back, and handed in again."""
    s = HandedIn()
    for n in range(9):
        name = ENDLESS if n == 0 else f"The Hedgeshire Society for Learning Together, branch {n}"
        MemberFactory(cluster=s.cluster, organisation__name=name)
    s.answers(s.hands_in(), Answered.RETURNED, words=f"{HOSTILE}\n\n{ENDLESS}")
    s.again = s.hands_in(long_plan(s), words=HOSTILE)
    return s


def long_plan(s):
    members = tuple(
        s.cluster.members.filter(is_second_tier=False).values_list("organisation", flat=True)
    )
    assert len(members) == 12
    kinds, day = list(LINE_KINDS), date(2027, 1, 1)
    objectives = [
        an_objective(n, f"All of us train together, part {n}", found=HOSTILE, differs=ENDLESS)
        for n in range(1, 6)
    ]
    return s.plan(
        summary=f"{HOSTILE}\n\n{ENDLESS} " * 3,
        members=members,
        objectives=(replace(objectives[0], title=ENDLESS, strand="parallel"), *objectives[1:]),
        steps=tuple(
            a_step(
                n,
                title=ENDLESS if n == 3 else f"Find a trainer, part {n}",
                objective=1 + n % 5,
                starts_on=day + timedelta(n),
                due_on=day + timedelta(3 * n),
                holders=(members[n % 12], members[(n + 1) % 12]) if n % 7 else (),
                after=(n - 1,) if n % 6 == 0 else (),
                is_quick_win=n % 9 == 0,
            )
            for n in range(1, 61)
        ),
        lines=tuple(
            a_line(
                n,
                n * 1234,
                objective=n % 6 or None,
                member=members[n % 12] if n % 2 else None,
                kind=kinds[n % 3],
                category=list(CATEGORIES)[n % 12],
            )
            for n in range(1, 31)
        ),
    )


@pytest.mark.parametrize("viewport", [WIDE, NARROW], ids=["wide", "narrow"])
def test_long_plans_fit_every_screen_and_shut_nobody_out(s, open_page, sign_in, axe, viewport):
    page = open_page(viewport=viewport)
    sign_in(page, s.team.core.user)
    returned = s.hands_in(a_return(s.team))

    for name, submission in (
        ("submission", s.again),
        ("submission_changes", s.again),
        ("take_back_submission", s.again),
        ("submission", returned),
    ):
        page.goto(reverse(f"journeys:{name}", args=[submission.pk]))
        fits(page)
        axe(page)


def test_without_a_script_a_plan_is_taken_back_and_the_pdf_is_there(
    s, page_without_javascript, sign_in
):
    page = page_without_javascript
    sign_in(page, s.team.facilitator.user)
    page.goto(s.again.get_absolute_url())
    with page.expect_download() as pdf:
        page.get_by_role("link", name="Take it as a PDF").click()
    assert pdf.value.suggested_filename == f"{s.cluster.slug}-plan-2.pdf"

    page.get_by_role("link", name="Take it back").click()
    page.get_by_role("button", name="Take it back").click()

    expect(page.get_by_role("main")).to_contain_text("It is taken back.")
    s.again.refresh_from_db()
    assert s.again.answer == Answered.TAKEN_BACK
