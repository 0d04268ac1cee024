"""Two ways to use a page: with a pointer, or with the keyboard alone."""

from playwright.sync_api import Locator, Page, expect

MOST_TABS = 150


class Pointer:
    def __init__(self, page: Page):
        self.page = page

    def press(self, what: Locator) -> None:
        what.click()

    def write(self, where: Locator, words: str) -> None:
        where.click()
        where.fill(words)


class Keyboard:
    """Tab until it has the focus, then Enter, or type. Fails if it cannot be reached."""

    def __init__(self, page: Page):
        self.page = page

    def press(self, what: Locator) -> None:
        self._go_to(what)
        self.page.keyboard.press("Enter")

    def write(self, where: Locator, words: str) -> None:
        self._go_to(where)
        self.page.keyboard.press("Control+A")
        self.page.keyboard.type(words)

    def _go_to(self, what: Locator) -> None:
        expect(what).to_be_visible()
        for _ in range(MOST_TABS):
            if what.evaluate("element => element === document.activeElement"):
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"{MOST_TABS} presses of Tab do not lead to {what}")


def arrive(page: Page) -> None:
    """A click waits until the next page begins; what asks the page itself waits until it is whole."""
    page.wait_for_load_state()


def fits(page: Page) -> None:
    """Nothing but tables is wider than the screen."""
    arrive(page)
    wide, screen = page.locator("html").evaluate("html => [html.scrollWidth, html.clientWidth]")
    assert wide <= screen, f"{page.url} is {wide} px wide on a screen of {screen} px"
