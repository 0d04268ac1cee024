"""The page of all parts."""

import gzip
import re
from collections import Counter
from itertools import pairwise

import pytest
from django.template.loader import render_to_string

from hedgerow.core.owners import Audience
from hedgerow.look import specimens

from .html import read


@pytest.fixture(scope="module")
def text():
    return render_to_string("look/components.html")


@pytest.fixture(scope="module")
def page(text):
    return read(text)


def test_no_id_stands_twice(page):
    ids = Counter(one.attributes["id"] for one in page.all() if "id" in one.attributes)

    assert [key for key, n in ids.items() if n > 1] == []


def test_every_link_within_the_page_leads_somewhere(page):
    ids = {one.attributes["id"] for one in page.all() if "id" in one.attributes}
    leads = {link.attributes["href"] for link in page.all("a")}

    assert {lead for lead in leads if lead.startswith("#")} <= {f"#{key}" for key in ids}


def test_no_level_of_headings_is_skipped(page):
    levels = [int(one.tag[1]) for one in page.all() if re.fullmatch("h[1-6]", one.tag)]

    assert levels[0] == 1
    assert all(b - a <= 1 for a, b in pairwise(levels))


def test_every_audience_every_state_and_six_stages_are_shown(page):
    signs = {use.attributes["href"].partition("#")[2] for use in page.all("use")}
    chips = {chip.text.removeprefix("Who can see this: ") for chip in page.all(class_="chip")}

    assert signs >= {"s0", "s1", "s2", "s3", "done", "now", "next", "w1", "w2", "w3", "w4", "w5"}
    assert chips >= {step.label for step in Audience}
    assert len(page.one(class_="journey of-6").all("li")) == 6


def test_every_field_has_a_label(page):
    labelled = {label.attributes["for"] for label in page.all("label") if "for" in label.attributes}
    for field in (*page.all("input"), *page.all("select"), *page.all("textarea")):
        inside_label = any(field in label.all() for label in page.all("label"))
        assert inside_label or field.attributes["id"] in labelled


def test_every_button_and_link_has_words(page):
    for one in (*page.all("a"), *page.all("button")):
        assert one.text or one.attributes.get("aria-label"), one.attributes


def test_needs_you_stands_once(page):
    assert page.one("main").text.count("Needs you.") == 1


def test_everything_on_it_is_small_enough_to_be_looked_at_from_afar(text):
    assert len(gzip.compress(text.encode(), 6)) < 15_000


def test_the_wrong_form_is_wrong_where_the_page_says(page):
    form = specimens.wrong_form()

    assert set(form.errors) == {"cost", "kind"}
    for part in page.all(name="sent-cost"):
        assert part.attributes["aria-invalid"] == "true"
        assert "is not an amount in pounds" in part.described_by(page)
