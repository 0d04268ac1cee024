"""How long a chief executive needs for the capacity questions, counted and not felt.

A keystroke-level count (Card, Moran and Newell, 1980): a real browser answers all twenty functions
twice, once by mouse and once by keyboard, from “Next for you” to the end; what the hands and the
head do is counted, and each is worth what the literature says. Read and thought about is every
button and every mark: one M each.
"""

import shutil
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from benchmarks.serving import Server

# Seconds: a key or a button pressed, pointing, making up one's mind, a hand to mouse or keyboard.
WORTH = {"K": 0.28, "P": 1.1, "M": 1.35, "H": 0.4}
LIMIT = 6 * 60
# Strength and priority, as Ground Floor gave them in the example.
SCORES = "24 24 24 35 25 13 15 32 53 25 14 25 23 14 25 43 33 24 25 23"
_CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "google-chrome"))), None)


@dataclass(kw_only=True)
class Hands:
    page: Any
    done: Counter[str] = field(default_factory=Counter)

    @property
    def seconds(self) -> float:
        return sum(WORTH[what] * n for what, n in self.done.items())

    def click(self, target: Any) -> None:
        target.click()
        self.done.update("MPK")

    def click_through(self, target: Any) -> None:
        """To the next page, which is there when this ends."""
        with self.page.expect_navigation():
            self.click(target)

    def enter(self) -> None:
        """The same, by the key."""
        with self.page.expect_navigation():
            self.press("Enter", is_thought=True)

    def press(self, key: str, *, is_thought: bool = False) -> None:
        self.page.keyboard.press(key)
        self.done.update("MK" if is_thought else "K")

    def tab_to(self, selector: str) -> None:
        """From wherever the focus is, one Tab after the other."""
        for _ in range(400):
            self.press("Tab")
            if self.page.evaluate("one => document.activeElement.matches(one)", selector):
                return
        raise SystemExit(f"No Tab leads to {selector}.")


def report(ours: "Server") -> None:
    """Ask for it in the example, answer it both ways, and print what each took."""
    if _CHROMIUM is None:
        print("The keystrokes were left out: there is no Chromium here.\n", flush=True)
        return
    from benchmarks.pages import signed_in

    cookies = [signed_in(person) for person in ask()]
    print("The capacity questions, by a keystroke-level count", flush=True)
    print("\n".join(measure(ours, cookies)) + "\n", flush=True)


def measure(ours: "Server", cookies: Sequence[str]) -> list[str]:
    """A line for each way. `cookies`: of two members who answer."""
    from playwright.sync_api import sync_playwright

    ways: tuple[tuple[str, Callable[[Hands], None]], ...] = (
        ("by mouse", _by_mouse),
        ("by keyboard", _by_keyboard),
    )
    lines = []
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=_CHROMIUM, args=["--no-sandbox"])
        for cookie, (name, answer) in zip(cookies, ways, strict=True):
            hands = Hands(page=_page(browser, ours, cookie))
            hands.done.update("H")
            answer(hands)
            assert hands.page.locator("main").inner_text().count("Not answered") == 0
            lines.append(_line(name, hands))
        browser.close()
    return lines


def ask() -> tuple[Any, Any]:
    """A round that asks for capacity alone, in a cluster of the example; two who answer it."""
    from hedgerow.core import clock
    from hedgerow.core.actors import Actor
    from hedgerow.diagnostics import actions
    from hedgerow.people.models import Role, Seat

    seats = Seat.objects.filter(cluster__slug="sloeby", ended_at=None)
    leads = seats.get(role=Role.FACILITATOR)
    actions.open_round(
        by=Actor(person=leads.user_id, seat=leads.pk),
        cluster=leads.cluster,
        asked=[("capacity", ())],
        due_on=clock.today() + timedelta(days=14),
    )
    first, second = seats.filter(role=Role.CORE).order_by("pk")[:2]
    return first.user, second.user


def _page(browser: Any, ours: "Server", cookie: str) -> Any:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    name, _, value = cookie.partition("=")
    url = f"http://localhost:{ours.port}"
    context.add_cookies([{"name": name, "value": value, "url": url}])
    page = context.new_page()
    page.goto(f"{url}/home/")
    return page


def _by_mouse(hands: Hands) -> None:
    page = hands.page
    hands.click_through(page.locator("a.btn[href*='/diagnostics/']").first)
    _through_to_the_form(hands, hands.click_through)
    for row, pair in zip(page.locator(".beside").all(), SCORES.split(), strict=True):
        for strip, mark in zip(row.locator("fieldset").all(), pair, strict=True):
            hands.click(strip.locator(f"label:has(input[value='{mark}'])"))
    hands.click_through(page.locator("button[name=finish]"))


def _by_keyboard(hands: Hands) -> None:
    hands.tab_to("a.btn[href*='/diagnostics/']")
    hands.enter()

    def press(button: Any) -> None:
        button.evaluate("one => one.setAttribute('data-wanted', '')")
        hands.tab_to("[data-wanted]")
        hands.enter()

    _through_to_the_form(hands, press)
    hands.tab_to(".beside input")
    for pair in SCORES.split():
        for mark in pair:
            _mark(hands, mark)
    hands.tab_to("button[name=finish]")
    hands.enter()


def _mark(hands: Hands, mark: str) -> None:
    """In a strip of steps: arrows to the step, then Tab to the next strip."""
    hands.done.update("M")
    value = "() => document.activeElement.value"
    for _ in range(8):
        if hands.page.evaluate(value) == mark:
            break
        hands.press("ArrowRight")
    if not hands.page.evaluate("() => document.activeElement.checked"):
        hands.press("Space")
    hands.press("Tab")


def _through_to_the_form(hands: Hands, press: Callable[[Any], None]) -> None:
    """The pages between “Next for you” and the form: one button each."""
    for _ in range(4):
        if hands.page.locator(".beside").count():
            return
        press(hands.page.locator("main .btn").first)
    raise SystemExit("The form was not reached in four pages.")


def _line(name: str, hands: Hands) -> str:
    parts = ", ".join(f"{hands.done[what]} {what}" for what in WORTH)
    reached = "kept" if hands.seconds <= LIMIT else "NOT kept"
    minutes, seconds = divmod(round(hands.seconds), 60)
    return (
        f"  {name:<12} {minutes} min {seconds:02} s: {parts} "
        f"(at most {LIMIT // 60} minutes: {reached})"
    )
