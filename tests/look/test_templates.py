"""What holds for every template of every room, those that are not written yet included."""

import re
from pathlib import Path

import pytest
from django.template import engines

import hedgerow

from . import sheet

ROOT = Path(hedgerow.__file__).parent
TEMPLATES = sorted(
    path for path in ROOT.glob("*/templates/**/*") if path.suffix in {".html", ".txt"}
)
PAGES = [path for path in TEMPLATES if path.suffix == ".html"]

_COMMENT = re.compile(r"\{#.*?#\}|\{% comment %\}.*?\{% endcomment %\}", re.DOTALL)
_TAG = re.compile(r"\{%.*?%\}|\{\{.*?\}\}", re.DOTALL)
# In an attribute a tag of a template may hold quotes of its own.
_CLASSES = re.compile(r'\bclass="((?:[^"{]|\{%.*?%\}|\{\{.*?\}\}|\{)*)"', re.DOTALL)
_ELEMENT = re.compile(r"<[a-z](?:[^<>{]|\{%.*?%\}|\{\{.*?\}\}|\{)*>", re.DOTALL)
_LINK_OUT = re.compile(r'<a\s[^>]*\bhref="https?://[^"]*"')
# Hooks for a script or for somebody's own words; they have no look.
HOOKS = {"htmx-request"}


def name(path):
    return str(path.relative_to(ROOT))


def written(path):
    return _COMMENT.sub("", path.read_text(encoding="utf-8"))


every_page = pytest.mark.parametrize("path", PAGES, ids=name)


def test_there_are_templates_to_look_at():
    assert len(PAGES) > 20
    assert ROOT / "look/templates/base.html" in PAGES


@pytest.mark.parametrize("path", TEMPLATES, ids=name)
def test_a_template_can_be_read(path):
    inside = path.relative_to(next(above for above in path.parents if above.name == "templates"))
    assert engines["django"].get_template(str(inside)).origin.name == str(path)


@every_page
def test_a_template_brings_no_style_and_no_script_of_its_own(path):
    text = written(path)

    assert re.findall(r"<style\b", text) == []
    for element in _ELEMENT.findall(text):
        attributes = _TAG.sub("", element)
        assert re.findall(r"\s(?:style|on[a-z]+|hx-on[\w:-]*)\s*=", attributes) == [], element
    for script in re.findall(r"<script\b[^>]*>(.*?)</script>", text, re.DOTALL):
        assert script.strip() == ""
    assert re.findall(r"javascript:|\bdata:", text) == []


@every_page
def test_a_template_asks_nothing_of_another_site(path):
    text = _LINK_OUT.sub("", written(path))
    assert re.findall(r"https?://(?!www\.w3\.org/2000/svg)\S*|[\"']//\w\S*", text) == []


@every_page
def test_a_template_says_only_classes_that_the_sheet_knows(path):
    named = {
        word
        for classes in _CLASSES.findall(written(path))
        for word in _TAG.sub(" ", classes).split()
        if not word.endswith("-")
    }
    assert named - sheet.classes() - HOOKS == set()


@pytest.mark.parametrize(
    "path",
    [path for path in TEMPLATES if path.name.startswith("_") or path.parent.name == "components"],
    ids=name,
)
def test_a_part_says_first_what_it_shows_and_what_it_wants(path):
    first = path.read_text(encoding="utf-8").split("\n", 1)[0]
    assert re.fullmatch(r"\{# [A-Z].+\. Wants(?:: .+| nothing)\. #\}.*", first), first


@every_page
def test_a_page_sends_forms_with_a_token_and_says_what_its_buttons_do(path):
    text = written(path)
    for opening, form in re.findall(r"(<form\b.*?>)(.*?)</form>", text, re.DOTALL):
        if re.search(r'method="post"', opening):
            assert re.search(r"csrf_token|_(hidden|versioned)\.html", form), opening
    assert (
        re.findall(r">\s*(?:Submit|OK|Click here|More|Read more|here)\s*</(?:button|a)>", text)
        == []
    )


@every_page
def test_a_page_has_no_level_of_heading_left_out(path):
    levels = {int(level) for level in re.findall(r"<h([1-6])\b", written(path))}
    # The frame brings the first, `entry` the second.
    assert levels <= set(range(1, len(levels | {1, 2}) + 1))
