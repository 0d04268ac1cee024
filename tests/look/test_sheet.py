"""The sheet of styles stays small, and within what Chrome 109 and Firefox 115 understand."""

import gzip
import re
from pathlib import PurePosixPath

import pytest
from django.contrib.staticfiles import finders

from . import sheet

MOST_BYTES = 12 * 1024  # over the wire

TOO_NEW = {
    "a parent by its child": r":has\(",
    "the size of a container": r"@container|container-(?:type|name)|\bcq[whib]\b",
    "mixed colours": r"color-mix\(|light-dark\(|\b(?:oklch|oklab|lch|lab)\(",
    "rules by scope": r"@scope|@starting-style|@property|@position-try",
    "subgrids": r"\bsubgrid\b",
    "the start of a selector from outside": r"(?:^|[{};])\s*&",
    "nesting by ranges": r"@media[^{]*[<>]",
}
MOVES = r"@keyframes|\banimation(?:-\w+)?\s*:|\btransition(?:-\w+)?\s*:|scroll-behavior"


def rules_inside_rules(text: str) -> list[str]:
    """Selectors that open a block in the block of another selector."""
    found, above = [], []
    for opening, closing in re.findall(r"([^{}]*)\{|(\})", text):
        if closing:
            above.pop()
            continue
        selector = opening.rsplit(";", 1)[-1].strip()
        if any(not outer.startswith("@") for outer in above):
            found.append(selector)
        above.append(selector)
    assert not above, "a brace is missing"
    return found


def test_rules_inside_rules_are_found():
    assert rules_inside_rules("a { color: red; b { color: blue } }") == ["b"]
    assert rules_inside_rules("@media print { a { color: red } } b { color: blue }") == []


def test_no_rule_stands_inside_another():
    assert rules_inside_rules(sheet.CODE) == []


@pytest.mark.parametrize("feature", TOO_NEW)
def test_nothing_is_younger_than_the_oldest_browsers(feature):
    assert re.findall(TOO_NEW[feature], sheet.CODE, flags=re.MULTILINE) == []


def test_nothing_moves():
    assert re.findall(MOVES, sheet.CODE) == []


def test_the_sheet_is_small_over_the_wire():
    packed = len(gzip.compress(sheet.TEXT.encode(), 9))
    assert packed < MOST_BYTES, f"{packed:,} bytes"


def test_the_sheet_asks_only_for_our_own_pictures():
    asked = re.findall(r"url\(\s*['\"]?([^'\")]+)", sheet.CODE)
    elsewhere = [url for url in asked if ":" in url or url.startswith(("/", ".."))]
    assert elsewhere == []
    assert [
        url
        for url in asked
        if not url.startswith("#") and not finders.find(f"look/{PurePosixPath(url)}")
    ] == []
    assert "@import" not in sheet.CODE


@pytest.mark.parametrize(
    "setting",
    ["prefers-color-scheme: dark", "prefers-contrast: more", "forced-colors: active", "print"],
)
def test_the_sheet_answers_to_what_readers_set(setting):
    assert re.search(rf"@media[^{{]*{re.escape(setting)}", sheet.CODE)


def test_no_words_are_smaller_than_14_pixels():
    sizes = [float(size) * 16 for size in re.findall(r"font-size:\s*([\d.]+)rem", sheet.CODE)]
    assert sizes
    assert min(sizes) >= 14
