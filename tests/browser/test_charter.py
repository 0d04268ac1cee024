"""A new cluster from its first day to the end of its first stage, by four people without a script;
and how little of it a leader has to do."""

import re
import sys
from datetime import time, timedelta

import pytest
from playwright.sync_api import expect

from hedgerow.agreements import actions as agreements
from hedgerow.agreements.models import Voice
from hedgerow.charter import actions
from hedgerow.charter.models import Assent, RuleSet
from hedgerow.core import clock
from hedgerow.core.days import in_words
from hedgerow.core.models import Mail
from hedgerow.journeys import actions as journeys
from hedgerow.journeys import packs
from hedgerow.journeys.models import Stage
from hedgerow.people.models import Cluster, Organisation, Role
from tests.agreements.polls import WAYS
from tests.charter.formed import forming, lay_down
from tests.factories import ProgrammeFactory, SeatFactory, actor
from tests.journeys.hands import Keyboard, Pointer, fits

from .conftest import NARROW, WIDE
from .test_chief_executive import code_sent_to

NAMES = ("Open Door", "Rowan House", "Bright Start")
MOST_CLICKS, MOST_TYPED = 12, 2


def on(days):
    return in_words(clock.today() + timedelta(days=days))


def link_sent_to(email):
    text = Mail.objects.filter(to=email, why="invitation").latest("posted_at", "pk").text
    return re.search(r"https?://\S+", text)[0]


# A new cluster, as four people


@pytest.fixture
def manager():
    """Of a programme whose design is loaded, and which has no cluster."""
    seat = SeatFactory(role=Role.MANAGER, programme=ProgrammeFactory(name="Collaborate"))
    text = packs.shipped_text("collaborate-2")
    journeys.load_design(by=actor(seat), programme=seat.programme, text=text)
    return seat


class Walker:
    """Somebody at a page of their own. They follow what they see, and never type an address."""

    def __init__(self, page):
        self.page, self.main = page, page.get_by_role("main")

    def follow(self, words):
        self.main.get_by_role("link", name=words).first.click()

    def press(self, words):
        self.main.get_by_role("button", name=words).first.click()

    def fill(self, label, words):
        self.main.get_by_label(label).fill(words)

    def go_home(self):
        self.page.get_by_role("link", name="Home", exact=True).first.click()

    def take(self, sentence, button):
        """One thing of the list at home."""
        self.go_home()
        line = self.main.get_by_role("listitem").filter(has_text=sentence)
        line.get_by_role("link", name=button).click()

    def in_our_cluster(self, words):
        self.page.get_by_role("link", name="Our cluster", exact=True).first.click()
        self.follow(words)

    def accept(self, email):
        self.page.goto(link_sent_to(email))
        self.press("Accept and sign in")
        expect(self.page.get_by_text("The seat is yours.")).to_be_visible()

    def invite(self, email, role, *, organisation=None, title=""):
        form = self.main.get_by_role("region", name="Invite somebody")
        form.get_by_label("Email address").fill(email)
        if organisation:
            form.get_by_label("Organisation").select_option(label=organisation)
        form.get_by_label("Seat").select_option(label=role)
        form.get_by_label("Title").fill(title)
        form.get_by_role("button", name="Send the invitation").click()
        self.sees(f"The invitation to {email} is on its way.")

    def sees(self, words):
        expect(self.page.get_by_text(words).first).to_be_visible()

    @property
    def heading(self):
        return self.page.get_by_role("heading", level=1)


def add_the_cluster(manager, programme):
    manager.page.goto("/")
    manager.follow("What waits for you")
    manager.follow(f"All clusters of {programme}")
    manager.follow("Add a cluster")
    manager.fill("Name", "Collaborate Hazelford")
    manager.fill("Address", "hazelford")
    manager.fill("Place", "Hazelford")
    manager.press("Add this cluster")
    expect(manager.heading).to_have_text("Start the journey of Collaborate Hazelford")
    manager.press("Start this journey")
    expect(manager.heading).to_have_text("Where Collaborate Hazelford is on its journey")

    manager.page.get_by_role("link", name="Collaborate Hazelford", exact=True).first.click()
    manager.follow("Bring in the first organisation")
    manager.invite("facilitator@example.org", "Facilitator", title="Facilitator")


def bring_in_the_members(facilitator):
    facilitator.accept("facilitator@example.org")
    facilitator.take("still wants", "Open the stage")
    facilitator.sees("A cluster begins with at least three members")
    facilitator.follow("Open the Core Group")
    facilitator.follow("Bring in the first organisation")
    for name in NAMES:
        facilitator.fill("Name of the organisation", name)
        facilitator.press("Add this organisation")
        facilitator.sees("The organisation is in.")
    for name, email in zip(NAMES, ("first@example.org", "second@example.org"), strict=False):
        facilitator.invite(email, "Core Group member", organisation=name, title="Chief executive")


def prepare(facilitator):
    """The rules, the day for answers, the next meeting, and something to vote on."""
    facilitator.take("Lay down the ground rules", "Open the rules")
    facilitator.press("Lay down these rules")
    facilitator.sees("Version 1 of the rules is laid down.")

    facilitator.take("still wants", "Open the stage")
    facilitator.follow("Set the day")
    facilitator.fill("By which day", on(28))
    facilitator.press("Set this day")
    facilitator.sees("Every member answers by")

    facilitator.take("still wants", "Open the stage")
    facilitator.follow("Open the meetings")
    facilitator.follow("Call a meeting")
    facilitator.fill("On which day?", on(14))
    facilitator.fill("At what time?", "10am")
    facilitator.fill("Where?", "Open Door, the big room")
    facilitator.press("Call this meeting")
    facilitator.sees("Called. Everybody round the table gets an invitation.")

    facilitator.in_our_cluster("Put something to the vote")
    facilitator.fill("What is to be decided?", "Open Door holds the grant")
    facilitator.press("Open it for votes")
    expect(facilitator.heading).to_have_text("Open Door holds the grant")


def say_what_the_seat_may_commit(leader):
    leader.take("may commit without asking", "Say what it may commit")
    leader.fill("What may your seat commit", "Our time, our rooms and our files.")
    leader.press("Say this to the cluster")
    leader.sees("the others can read what your seat may commit")


def agree_and_vote(leader):
    leader.take("Read the ground rules", "Read and agree")
    leader.press("We agree")
    leader.sees("version 1 holds for you")
    leader.take("Vote on “Open Door holds the grant”", "Vote")
    leader.main.get_by_label("Agree", exact=True).check()
    leader.press("Cast our vote")
    leader.sees("Your vote is in")


def name_who_gathers(facilitator):
    facilitator.take("still wants", "Open the stage")
    facilitator.follow("Name who it is")
    facilitator.main.get_by_label(re.compile(r"Chief executive, Open Door")).check()
    facilitator.press("Name this person")
    facilitator.sees("has not said yes yet")


def say_yes(leader):
    leader.take("draw everybody’s answers together", "Read and say yes")
    leader.press("Yes, I draw the answers together")
    leader.sees("Everybody here can see that you said yes.")


def third_member_does_its_part():
    """What the two leaders did on their pages."""
    cluster = Cluster.objects.get(slug="hazelford")
    seat = SeatFactory(
        cluster=cluster, organisation=Organisation.objects.get(name=NAMES[2]), role=Role.CORE
    )
    actions.delegate(by=actor(seat), seat=seat, words="Our time.", up_to=None, days=None)
    actions.assent(by=actor(seat), rule_set=RuleSet.objects.get(cluster=cluster))


def close_the_stage(facilitator):
    facilitator.take("Close “Forming the cluster”", "Open the stage")
    lines = facilitator.main.get_by_role("region", name="What ends this stage")
    expect(lines).to_contain_text("All of it is there.")
    expect(lines.get_by_text("Missing:")).to_have_count(0)
    expect(lines.get_by_text("There:")).to_have_count(5)
    facilitator.press("Close “Forming the cluster” and open “Gathering”")
    facilitator.sees("Forming the cluster is closed.")
    facilitator.follow("Gathering")
    expect(facilitator.heading).to_have_text("Gathering")


def test_a_new_cluster_forms_without_a_script_as_four_people(open_page, sign_in, manager):
    people = [Walker(open_page(java_script_enabled=False)) for _ in range(4)]
    programme_manager, facilitator, first, second = people
    sign_in(programme_manager.page, manager.user)

    add_the_cluster(programme_manager, manager.programme)
    bring_in_the_members(facilitator)
    prepare(facilitator)
    for leader, email in ((first, "first@example.org"), (second, "second@example.org")):
        leader.accept(email)
        say_what_the_seat_may_commit(leader)
        agree_and_vote(leader)
    name_who_gathers(facilitator)
    say_yes(first)
    third_member_does_its_part()
    close_the_stage(facilitator)

    stages = Stage.objects.filter(journey__cluster__slug="hazelford").order_by("position")
    assert stages[0].closed_at is not None
    assert stages[1].name == "Gathering" and stages[1].is_open


# What it takes of a leader


class Counting(Pointer):
    """A pointer that counts what it clicks, and the fields that it types in."""

    clicks = typed = 0

    def press(self, what):
        self.clicks += 1
        super().press(what)

    def write(self, where, words):
        self.typed += 1
        super().write(where, words)


class ByKey(Keyboard):
    """The keyboard, which chooses one of several with the space bar."""

    def press(self, what):
        self._go_to(what)
        is_choice = what.evaluate("element => element.matches('[type=radio]')")
        self.page.keyboard.press("Space" if is_choice else "Enter")


@pytest.fixture
def waiting():
    """A team that forms: rules to agree to, something to vote on, and a meeting called."""
    own, _ = forming()
    lay_down(own)
    by = actor(own.facilitator)
    agreements.propose(
        by=by,
        cluster=own.cluster,
        title="We share a van",
        words="It costs £90 a week.",
        options=[],
        way=WAYS["consent"],
        closes_on=clock.today() + timedelta(days=7),
    )
    agreements.call_meeting(
        by=by,
        cluster=own.cluster,
        title="Core Group meeting",
        on=clock.today() + timedelta(days=9),
        at=time(10),
        minutes=90,
        place="The Old School",
        link="",
        social="Soup",
    )
    return own


def come_in(page, hands, email):
    """From the first page to the own one, with a code."""
    page.goto("/")
    hands.press(page.get_by_role("main").get_by_role("link", name="Sign in"))
    hands.write(page.get_by_label("Your email address"), email)
    hands.press(page.get_by_role("button", name="Send me a code"))
    hands.write(page.get_by_label("The code from the message"), code_sent_to(email))
    hands.press(page.get_by_role("button", name="Sign in"))


def a_leaders_own_part(page, hands, check):
    """From their own page: agree to the rules, vote, look at the next agenda."""

    def sees(heading):
        expect(page.get_by_role("heading", level=1)).to_contain_text(heading)
        check(page)

    def take(sentence, button):
        sees("for you")
        line = page.get_by_role("listitem").filter(has_text=sentence)
        hands.press(line.get_by_role("link", name=button))

    def go_home(after):
        expect(page.get_by_role("status").filter(has_text=after)).to_be_visible()
        check(page)
        hands.press(page.get_by_role("link", name="Home", exact=True).first)

    take("Read the ground rules", "Read and agree")
    sees("Do you agree to these rules?")
    hands.press(page.get_by_role("button", name="We agree"))
    go_home("version 1 holds for you")
    take("Vote on “We share a van”", "Vote")
    sees("We share a van")
    hands.press(page.get_by_label("Agree", exact=True))
    hands.press(page.get_by_role("button", name="Cast our vote"))
    go_home("Your vote is in")
    take("say whether you come", "Say whether you come")
    sees("Core Group meeting")
    agenda = page.get_by_role("region", name="What it is about")
    expect(agenda.get_by_role("link", name=re.compile("We share a van"))).to_be_visible()


def has_done_it(own):
    organisation = own.core.organisation
    assert Assent.objects.get().organisation == organisation
    assert Voice.objects.get().organisation == organisation


@pytest.mark.parametrize("with_script", [True, False], ids=["script", "no-script"])
@pytest.mark.parametrize("viewport", [WIDE, NARROW], ids=["1280", "320"])
def test_a_leaders_own_part_takes_at_most_twelve_clicks_and_two_typed_fields(
    open_page, axe, waiting, viewport, with_script
):
    """Signing in is part of it: the two fields are the address and the code."""
    page = open_page(viewport=viewport, java_script_enabled=with_script)
    hands = Counting(page)

    come_in(page, hands, waiting.core.user.email)
    to_come_in = hands.clicks, hands.typed
    check = (lambda page: (axe(page), fits(page))) if with_script else (lambda page: None)
    a_leaders_own_part(page, hands, check)

    sys.stdout.write(f"\nto come in {to_come_in}, in all {hands.clicks, hands.typed}\n")
    assert hands.clicks <= MOST_CLICKS and hands.typed <= MOST_TYPED
    has_done_it(waiting)


@pytest.mark.parametrize("viewport", [WIDE, NARROW], ids=["1280", "320"])
def test_a_leaders_own_part_with_the_keyboard_alone(open_page, sign_in, waiting, viewport):
    page = open_page(viewport=viewport)
    sign_in(page, waiting.core.user)
    page.goto("/home/")

    a_leaders_own_part(page, ByKey(page), fits)

    has_done_it(waiting)
