"""From a long list to a focus, as the people do it who have ten minutes, or a room full of others."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from hedgerow.core import clock
from hedgerow.core.days import in_words
from hedgerow.focus.models import Ballot, Idea, RedSpot, Round, Shortlist, Study
from hedgerow.focus.queries.focuses import focus_now
from tests.factories import scene
from tests.focus.polled import at_votes, begun, level, url
from tests.journeys.hands import Keyboard, fits

from .conftest import NARROW

TITLES = ("A van", "One rota", "A hall", "A shop", "A website")


@pytest.fixture
def s():
    return scene()


@pytest.fixture
def at(open_page, sign_in):
    """Somebody's own page, without JavaScript; a chief executive's is a telephone."""

    def own(seat, **options):
        page = open_page(java_script_enabled=False, **options)
        sign_in(page, seat.user)
        return page

    return own


def goes(page, *steps, **more):
    """To a page of the room, by its name."""
    page.goto(url(*steps, **more))


def button(page, name):
    return page.get_by_role("main").get_by_role("button", name=name)


def cast(page, votes):
    """Press plus, once for each vote; the server counts."""
    for title, n in votes.items():
        for _ in range(n):
            page.get_by_role("button", name=f"One vote more for {title}", exact=False).click()
    button(page, "Cast our ten votes").click()


def test_three_members_get_from_a_long_list_to_a_focus_without_a_script(s, at):
    leads = at(s.own.facilitator)
    chiefs = [at(seat, viewport=NARROW) for seat in (s.own.core, s.own.second, s.own.third)]

    for title in TITLES:
        goes(chiefs[0], "add_idea", s.cluster)
        chiefs[0].get_by_label("What is the idea?").fill(title)
        button(chiefs[0], "Put it on our long list").click()
    assert Idea.objects.count() == len(TITLES)

    goes(leads, "begin_shortlisting", s.cluster)
    leads.get_by_label("Nobody: they are secret", exact=False).check()
    leads.get_by_label("Live, together in a meeting", exact=False).check()
    button(leads, "Begin with the red spots").click()
    for chief, title in zip(chiefs, ("A shop", "", ""), strict=True):
        chief.goto("/home/")
        expect(chief.get_by_role("main")).to_contain_text("Use your red spot")
        chief.get_by_role("main").get_by_role("link", name="Look at the ideas").first.click()
        if title:
            chief.get_by_label(title, exact=True).check()
            chief.get_by_label("Why?").fill("We sell nothing.")
        else:
            chief.locator("input[type=radio]").first.check()
        fits(chief)
        button(chief, "Say this for us").click()
    assert RedSpot.objects.count() == 3

    goes(leads, "live_shortlisting", s.cluster.shortlistings.get())
    button(leads, "Close the red spots").click()
    button(leads, "Open round 1, live").click()
    asked = Round.objects.get(closed_at=None)
    for chief, votes in zip(
        chiefs,
        ({"A van": 6, "A hall": 4}, {"A van": 4, "One rota": 6}, {"A hall": 8, "A website": 2}),
        strict=True,
    ):
        goes(chief, "ballot", asked)
        cast(chief, votes)
        expect(chief.get_by_role("main")).to_contain_text("Your ten votes are cast")
    leads.reload()
    button(leads, "Close the round and count").click()
    expect(leads.get_by_role("main")).to_contain_text("“A website” had the fewest votes")

    leads.get_by_role("link", name="Write the shortlist down").first.click()
    leads.get_by_label("What did your talk come to?").fill("All three of us gain from each.")
    button(leads, "Write the shortlist down").click()
    kept = Shortlist.objects.get()
    assert [item.idea.title for item in kept.items.all()] == ["A van", "One rota", "A hall"]

    van = Idea.objects.get(title="A van")
    for chief in chiefs:
        goes(chief, "say_gain", van)
        chief.locator("input[type=radio]").first.check()
        chief.get_by_label("What would you gain", exact=False).fill("Two trips a week.")
        button(chief, "Say it to the others").click()
    assert van.gains.filter(would_gain=True).count() == 3

    goes(leads, "name_pair", van)
    leads.get_by_label("Who looks into it?").select_option(str(s.own.core.pk))
    leads.get_by_label("Together with whom?").select_option(str(s.own.second.pk))
    soon = in_words(clock.today() + timedelta(days=14))
    leads.get_by_label("By when do they report?").fill(soon)
    button(leads, "Ask these two").click()
    study = Study.objects.get()
    pair = study.promise.first
    writes = at(pair, viewport=NARROW)
    goes(writes, "write_study", study)
    writes.locator("textarea").first.fill("Nobody here can carry a sofa.")
    button(writes, "Keep it, and look at it").click()
    button(writes, "Hand it in").click()
    goes(chiefs[2], "study", study)
    expect(chiefs[2].get_by_role("main")).to_contain_text("Nobody here can carry a sofa.")

    goes(leads, "propose_focus", s.cluster)
    button(leads, "Open it for votes").click()
    decision = f"/agreements/decisions/{s.cluster.decisions.get().pk}/"
    for chief in chiefs:
        chief.goto(decision)
        chief.get_by_label("Agree", exact=False).first.check()
        button(chief, "Cast our vote").click()
    leads.goto(decision)
    button(leads, "Close").first.click()

    now = focus_now(s.cluster)
    assert now is not None
    goes(chiefs[1], "focus", s.cluster)
    expect(chiefs[1].get_by_role("main")).to_contain_text("We have our focus")
    fits(chiefs[1])


def test_ten_votes_are_cast_with_the_keyboard_alone(s, page, sign_in):
    row = at_votes(s)
    sign_in(page, s.own.core.user)
    asked = Round.objects.get(shortlisting=row, closed_at=None)
    page.goto(url("ballot", asked))
    hands = Keyboard(page)
    fields = page.locator("input[type=number]")

    hands.write(fields.nth(0), "7")
    hands.write(fields.nth(1), "3")
    hands.press(button(page, "Cast our ten votes"))

    expect(page.get_by_role("main")).to_contain_text("Your ten votes are cast")
    assert sorted(Ballot.objects.get().votes.values()) == [3, 7]


def test_a_ballot_that_does_not_spend_ten_says_how_many_are_left_and_keeps_what_was_typed(
    s, page_320, sign_in, axe
):
    row = at_votes(s)
    sign_in(page_320, s.own.core.user)
    page_320.goto(url("ballot", Round.objects.get(shortlisting=row, closed_at=None)))
    page_320.locator("input[type=number]").first.fill("7")

    button(page_320, "Cast our ten votes").click()

    expect(page_320.locator("input[type=number]").first).to_have_value("7")
    expect(page_320.get_by_role("main")).to_contain_text("You have three votes left")
    assert not Ballot.objects.exists()
    axe(page_320)
    fits(page_320)


def test_a_facilitator_runs_a_round_from_one_screen(s, page, sign_in, axe):
    row = at_votes(s, is_live=True)
    sign_in(page, s.own.facilitator.user)
    page.goto(url("live_shortlisting", row))
    axe(page)
    lines = page.locator("tr[id^=line-]")
    assert lines.count() == 3
    for n, votes in enumerate((("6", "4"), ("4", "6"), ("5", "5"))):
        cells = lines.nth(n).locator("input")
        cells.nth(0).fill(votes[0])
        cells.nth(1).fill(votes[1])
    button(page, "Write these votes down").click()

    expect(page.get_by_role("main")).to_contain_text("Everybody has voted")
    assert Ballot.objects.filter(recorded_by=s.own.facilitator).count() == 3
    button(page, "Close the round and count").click()

    expect(page.get_by_role("main")).to_contain_text("level at the bottom")
    axe(page)
    page.set_viewport_size(NARROW)
    fits(page)
    button(page, "Vote again").click()
    button(page, "Open round 2, live").click()
    expect(button(page, "Close the round and count")).to_be_visible()


def test_pages_of_a_shortlisting_in_the_middle_have_nothing_wrong_with_them(
    s, open_page, sign_in, axe
):
    row, other = begun(s), scene()
    tied = level(other)
    asked = Round.objects.get(shortlisting=row)

    for seat, name, thing in (
        (s.own.core, "shortlisting", row),
        (s.own.core, "red_spot", asked),
        (s.own.facilitator, "live_shortlisting", row),
        (s.own.facilitator, "give_up_shortlisting", row),
        (other.own.core, "shortlisting", tied),
        (other.own.facilitator, "live_shortlisting", tied),
    ):
        page = open_page()
        sign_in(page, seat.user)
        page.goto(url(name, thing))
        axe(page)
        page.set_viewport_size(NARROW)
        fits(page)
