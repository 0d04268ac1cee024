"""The second factor in a real browser: a passkey by its virtual authenticator, an app without a
script."""

import re
import threading

import pytest
from playwright.sync_api import expect

from hedgerow.core import clock
from hedgerow.core.jobs import run_worker
from hedgerow.core.models import Mail
from hedgerow.people import totp
from hedgerow.people.models import Authenticator, Passkey, Role
from tests.factories import SeatFactory


@pytest.fixture
def manager():
    return SeatFactory(role=Role.MANAGER)


def holds_a_key(page):
    """The browser gets a key of its own, as a laptop with a fingerprint reader has."""
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    devtools.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasUserVerification": True,
                "isUserVerified": True,
                "automaticPresenceSimulation": True,
            }
        },
    )


def newest_code(email):
    run_worker(stop=threading.Event(), once=True)
    text = Mail.objects.filter(to=email, why="code").latest("posted_at", "pk").text
    return re.search(r"[A-Z0-9]{4}-[A-Z0-9]{4}", text)[0]


def type_a_code(page, email):
    page.goto("/sign-in/")
    page.get_by_label("Your email address").fill(email)
    page.get_by_role("button", name="Send me a code").click()
    page.get_by_label("The code from the message").fill(newest_code(email))
    page.get_by_role("button", name="Sign in").click()


def sign_out(page):
    page.get_by_role("button", name="Sign out", exact=True).click()


def test_a_passkey_is_added_and_opens_the_seat_and_signs_in_again(page, manager, axe):
    holds_a_key(page)
    type_a_code(page, manager.user.email)
    page.goto("/you/second-factor/")
    axe(page)
    page.get_by_role("link", name="Add a passkey").click()
    axe(page)
    page.get_by_label("What to call it").fill("My laptop")
    page.get_by_role("button", name="Add this passkey").click()
    expect(page.get_by_text("Your passkey is set up")).to_be_visible()
    assert Passkey.objects.get().name == "My laptop"
    page.goto(f"/programmes/{manager.programme_id}/people/")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Who works for")
    sign_out(page)

    type_a_code(page, manager.user.email)
    expect(page.get_by_role("heading", level=1)).to_have_text("Show your second factor")
    axe(page)
    page.get_by_role("button", name="Use my passkey").click()
    page.wait_for_url("**/home/")
    page.goto(f"/programmes/{manager.programme_id}/people/")

    expect(page.get_by_role("heading", level=1)).to_contain_text("Who works for")
    assert Passkey.objects.get().used_at


def test_a_browser_that_has_not_the_key_does_not_come_in(page, open_page, manager):
    holds_a_key(page)
    type_a_code(page, manager.user.email)
    page.goto("/you/second-factor/passkeys/")
    page.get_by_role("button", name="Add this passkey").click()
    expect(page.get_by_text("Your passkey is set up")).to_be_visible()

    other = open_page()
    holds_a_key(other)
    type_a_code(other, manager.user.email)
    other.get_by_role("button", name="Use my passkey").click()
    expect(other.get_by_text("did not give an answer")).to_be_visible()

    other.goto("/home/")
    expect(other.get_by_role("heading", level=1)).to_have_text("Sign in with a code")


def test_without_a_script_an_app_is_set_up_and_signs_in(page_without_javascript, manager):
    page = page_without_javascript
    type_a_code(page, manager.user.email)
    page.goto("/you/second-factor/")
    page.get_by_role("button", name="Set up an app").click()
    app = Authenticator.objects.get()
    picture = page.get_by_role("img", name="A square for your app")
    assert picture.bounding_box()["width"] >= 200
    page.get_by_label("six figures").fill(totp.figures(app.secret, totp.step_of(clock.now())))
    page.get_by_role("button", name="Set it up").click()
    expect(page.get_by_text("Your authenticator app is set up")).to_be_visible()
    page.get_by_role("button", name="Make ten new codes").click()
    expect(
        page.get_by_role("listitem").filter(has_text=re.compile(r"^[A-Z0-9]{5}-"))
    ).to_have_count(10)
    code = (
        page.get_by_role("listitem")
        .filter(has_text=re.compile(r"^[A-Z0-9]{5}-"))
        .first.inner_text()
    )
    sign_out(page)

    type_a_code(page, manager.user.email)
    page.get_by_label("six figures in your app").fill(code)
    page.get_by_role("button", name="Go on").click()
    page.goto(f"/programmes/{manager.programme_id}/people/")

    expect(page.get_by_role("heading", level=1)).to_contain_text("Who works for")


def test_without_a_script_no_passkey_is_offered(page_without_javascript, sign_in, manager):
    page = page_without_javascript
    sign_in(page, manager.user)
    page.goto("/you/second-factor/passkeys/")

    expect(page.get_by_role("button", name="Add this passkey")).to_be_hidden()
    expect(page.get_by_text("Passkeys need a script")).to_be_visible()


def test_the_page_of_the_square_has_no_faults(page, sign_in, axe, manager):
    sign_in(page, manager.user)
    page.goto("/you/second-factor/")
    page.get_by_role("button", name="Set up an app").click()
    axe(page)
    page.get_by_role("button", name="Set it up").click()
    axe(page)
