"""Every page that links lead to, for everybody in the example and in every state: it answers, axe
finds nothing wrong with it, and nothing but a table is wider than 320 pixels.

What breaks our content policy or leaves the site fails each test by itself (conftest.py).
"""

import re
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from django.test import Client
from django.urls import resolve, reverse
from playwright.sync_api import expect

from hedgerow.core import clock
from hedgerow.core.days import in_words
from hedgerow.front import digest, example, record
from hedgerow.people import actions
from hedgerow.people.models import Cluster, Role, Seat
from tests.factories import UserFactory, actor, scene, signed_in
from tests.front.pages import crawl, main_of
from tests.journeys.hands import fits
from tests.journeys.walks import walk

from .conftest import NARROW, WIDE

# What a page looks like does not depend on the database: it is looked at with one of them. That each
# answers on the other too, tests/front/test_bytes.py asks.
pytestmark = pytest.mark.sqlite

TOKENS = re.compile(r'name="csrfmiddlewaretoken" value="[^"]*"')
LEADERS = {Role.CORE, Role.FACILITATOR}
MOST_OF_A_KIND = 2  # pages that one view makes for one of them; one for everybody else
MOST_CRAWLED = 8  # of one view, for links on; test_leaks.py and test_bytes.py ask for them all

# What links must lead the leaders of the example to. What else there is, such as the page to agree to
# the rules, stands in test_charter_pages.py.
LED_TO = {
    *("charter:forming", "charter:rules", "charter:edit_rules", "charter:core_group"),
    *("charter:purpose", "charter:gatherer", "charter:answers_by", "charter:readinesses"),
    *("charter:readiness", "charter:profile"),
    *("agreements:decisions", "agreements:decision", "agreements:propose", "agreements:ways"),
    *("agreements:meetings", "agreements:meeting", "agreements:live", "agreements:meeting_note"),
    *("agreements:call_meeting", "agreements:calendars"),
    *("agreements:promises", "agreements:promise", "agreements:promise_new"),
    *("diagnostics:rounds", "diagnostics:round", "diagnostics:picture", "diagnostics:asking"),
    *("diagnostics:asking_picture", "diagnostics:figure", "diagnostics:releases"),
    *("diagnostics:instruments", "diagnostics:instrument", "diagnostics:crosswalk"),
    *("focus:finding", "focus:focus", "focus:ideas", "focus:add_idea", "focus:idea_sources"),
    *("focus:idea", "focus:change_idea", "focus:split_idea", "focus:withdraw_idea"),
    *("focus:shortlistings", "focus:begin_shortlisting", "focus:shortlisting", "focus:reopening"),
    *("focus:write_shortlist", "focus:shortlist", "focus:plan_findings", "focus:name_pair"),
    *("focus:study", "focus:contacts", "focus:change_contact", "agreements:boards"),
    *("focus:share_outs", "focus:open_share_out", "focus:share_out", "focus:compare"),
    *("focus:propose_focus",),
    *("workplans:making", "workplans:carrying_out", "workplans:before", "workplans:plan"),
    *("workplans:objective", "workplans:step", "workplans:budget", "workplans:budget_version"),
    *("workplans:line", "workplans:budget_shares", "workplans:progress", "workplans:timeline"),
    *("workplans:gains", "workplans:log_gain", "workplans:return", "workplans:hand_in"),
    *("journeys:submission", "ledger:account", "ledger:terms", "grants:opportunities"),
    *("ledger:tell_instalment", "grants:members_have"),
}
LED_TO_AS = {
    Role.CORE: LED_TO
    | {"workplans:spending", "workplans:spend", "workplans:say_gains", "workplans:judge"}
    | {"charter:delegate", "charter:compete", "agreements:reopen"}
    | {"focus:say_gain", "agreements:say_board"},
    Role.FACILITATOR: LED_TO | {"agreements:record_voice", "focus:record_gain"},
    Role.MANAGER: {
        *("grants:programme", "grants:decide", "grants:assessment"),
        *("grants:pack", "grants:agree", "grants:send_back", "grants:redirect"),
        *("grants:mediation", "grants:add_mediation", "grants:costs", "grants:opportunities"),
        *("grants:post_opportunity", "grants:publisher", "grants:grant_files"),
        *("ledger:account", "ledger:terms", "ledger:set_terms", "journeys:submission"),
    },
    Role.ASSESSOR: {
        *("grants:assigned", "grants:assignment", "grants:declare", "grants:assigned_plan"),
        "grants:score",
    },
}


@pytest.fixture
def furnished():
    record.load()
    example.load()


def someone(role):
    return Seat.objects.filter(role=role, user__is_example=True).order_by("pk").first()


def pages_for(client, *starts, but=(), most=MOST_OF_A_KIND):
    """Paths of pages that links lead to, at most so many of each view. Each must answer with 200; a
    stage with a room of its own is shown there."""
    kinds, bad = {}, []
    for path, response in crawl(client, *starts, most=MOST_CRAWLED, follow=True):
        if response.status_code != 200 and path not in but:
            bad.append((path, response.status_code))
        if "text/html" in response.get("Content-Type", ""):
            there = response.request["PATH_INFO"]
            kinds.setdefault(resolve(there).view_name, {})[there] = True
    assert bad == []
    return [path for paths in kinds.values() for path in list(paths)[:most]]


def words_of(client, path):
    """What stands between masthead and foot; None where this one may not read."""
    response = client.get(path)
    return TOKENS.sub("", main_of(response)) if response.status_code == 200 else None


def look_at(page, axe, path, status=200):
    assert page.goto(path).status == status, path
    check(page, axe)


def check(page, axe):
    page.set_viewport_size(WIDE)
    expect(page.locator("h1")).to_have_count(1)
    axe(page)
    fits(page)
    page.set_viewport_size(NARROW)
    fits(page)


@pytest.mark.parametrize(
    "role",
    [
        Role.CORE,
        Role.DEPUTY,
        Role.STAFF,
        Role.FACILITATOR,
        Role.SUPPORTER,
        Role.SPONSOR,
        Role.MANAGER,
        Role.ASSESSOR,
        Role.VIEWER,
    ],
)
def test_every_page_for_everybody_in_the_example(furnished, open_page, sign_in, axe, role):
    seat, core = someone(role), someone(Role.CORE)
    client, other = signed_in(Client(), seat), signed_in(Client(), core)
    paths = pages_for(client, "/home/", most=MOST_OF_A_KIND if role in LEADERS else 1)
    assert len(paths) > 10
    assert LED_TO_AS.get(role, set()) <= {resolve(path).view_name for path in paths}
    page = open_page()
    sign_in(page, seat.user)

    for path in paths:
        # What reads the same for a chief executive is looked at as theirs.
        if seat != core and words_of(client, path) == words_of(other, path):
            continue
        look_at(page, axe, path)
        expect(page.get_by_text("everybody in it are invented").first).to_be_visible()


def test_every_page_for_a_stranger(furnished, open_page, axe):
    paths = pages_for(Client(), "/", "/example/", "/our/hazelford/", "/our/rowan-bay/")
    assert len(paths) > 10
    page = open_page()

    for path in paths:
        look_at(page, axe, path)


def test_every_page_where_nothing_is_yet(open_page, sign_in, axe):
    s = scene()
    seats = [s.own.core, s.own.facilitator, s.staff[Role.MANAGER], s.operator]
    page, seen = open_page(), set()
    for path in pages_for(Client(), "/"):
        seen.add(words_of(Client(), path))
        look_at(page, axe, path)

    for seat in seats:
        client = signed_in(Client(), seat)
        sign_in(page, seat.user)
        for path in pages_for(client, "/home/"):
            if (words := words_of(client, path)) not in seen:
                seen.add(words)
                look_at(page, axe, path)

    sign_in(page, UserFactory())
    for path in ("/home/", "/you/", "/clusters/", "/copy/"):
        look_at(page, axe, path)


def test_pages_that_are_refused(open_page, sign_in, axe):
    s = scene()
    page = open_page()
    look_at(page, axe, reverse("digest_off", args=["nothing"]), status=410)
    sign_in(page, s.own.facilitator.user)

    look_at(page, axe, reverse("cluster_page", args=[s.cluster.pk]), status=403)
    look_at(page, axe, reverse("cluster", args=[s.elsewhere.cluster.pk]), status=404)
    look_at(page, axe, "/nothing/like/it/", status=404)


def test_pages_that_open_from_a_letter(open_page, axe):
    w = walk(starts_on=clock.today())
    letter = digest.letter_for(w.team.core.user, digest.monday_of(clock.today()))
    paths = [urlsplit(line).path for line in letter.text.splitlines() if "://" in line]
    signed = [path for path in paths if len(path.split("/")[-2]) > 40]
    page = open_page()

    assert len(signed) == 2
    for path in signed:
        look_at(page, axe, path)
        page.get_by_role("main").get_by_role("button").first.click()
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        check(page, axe)


# Forms that are not filled in, and forms that come too late.

# Pages on which no question has to be answered.
MAY_STAY_EMPTY = {"diagnostics:answer_section"}
# What may be left empty says so in its label; the forms themselves do not ask the browser to look.
ASKED = """
form => [...form.querySelectorAll("input, textarea")].filter(field =>
  (field.matches("textarea, [type=text], [type=email], [type=number]")) &&
  field.labels.length && !field.labels[0].textContent.includes("if you like"))
"""
FORMS = f"""
() => [...document.querySelectorAll("main form[method=post]")].map((form, at) => (
  {{ at, asks: ({ASKED})(form).length }}))
"""
SEND_EMPTY = f"""
at => {{
  const form = document.querySelectorAll("main form[method=post]")[at];
  for (const field of ({ASKED})(form)) field.value = "";
  form.submit();
}}
"""


@pytest.mark.parametrize("role", [Role.CORE, Role.FACILITATOR, Role.MANAGER])
def test_every_form_that_is_sent_empty_says_what_is_missing(
    furnished, open_page, sign_in, axe, role
):
    seat = someone(role)
    paths = pages_for(signed_in(Client(), seat), "/home/", most=1)
    page = open_page()
    sign_in(page, seat.user)
    n_sent = 0

    for path in paths:
        if resolve(path).view_name in MAY_STAY_EMPTY:
            continue
        page.goto(path)
        for n, form in enumerate(form for form in page.evaluate(FORMS) if form["asks"]):
            if n:
                page.goto(path)
            with page.expect_navigation() as sent:
                page.evaluate(SEND_EMPTY, form["at"])
            assert sent.value.status == 422, f"form {form['at']} of {path}"
            expect(page.get_by_role("alert").first).to_be_visible()
            check(page, axe)
            n_sent += 1

    assert n_sent > 1


def test_a_form_that_comes_too_late_is_refused_with_its_sentence(open_page, sign_in, axe):
    w = walk(starts_on=clock.today())
    cluster = Cluster.objects.get(pk=w.team.cluster.pk)
    page = open_page()
    sign_in(page, w.team.core.user)
    page.goto(reverse("cluster_page", args=[cluster.pk]))
    actions.publish_cluster(
        by=actor(w.team.second), cluster=cluster, is_public=True, version=cluster.version
    )

    with page.expect_navigation() as sent:
        page.get_by_role("button", name="Open the page to everyone").click()

    assert sent.value.status == 409
    expect(page.get_by_role("alert")).to_contain_text("Somebody else changed this")
    check(page, axe)


def test_a_date_that_somebody_else_moved_is_refused_with_its_sentence(open_page, sign_in, axe):
    w = walk(starts_on=clock.today())
    there = reverse("journeys:move", args=[w.milestone("first-meeting").pk])
    mine, theirs = open_page(), open_page()
    for page, user in ((mine, w.team.core.user), (theirs, w.team.facilitator.user)):
        sign_in(page, user)
        page.goto(there)
    for page, days in ((theirs, 9), (mine, 11)):
        page.get_by_label("The new day").fill(in_words(clock.today() + timedelta(days=days)))
        page.get_by_label("Why does it move?").fill("The hall is taken.")
        with page.expect_navigation() as sent:
            page.get_by_role("button", name="Move this date").click()

    assert sent.value.status == 409
    expect(mine.get_by_role("alert").first).to_be_visible()
    check(mine, axe)
