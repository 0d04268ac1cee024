"""What stands round every page, and what is said when there is no page."""

from types import SimpleNamespace

import pytest
from django.contrib.messages import constants
from django.contrib.messages.storage.base import Message
from django.template import Context, Template
from django.template.loader import render_to_string

from .html import read

FAULTS = ("400.html", "403.html", "403_csrf.html", "404.html", "409.html", "500.html")
FRAME = SimpleNamespace(
    who="Chief executive, Open Door",
    nav=(
        SimpleNamespace(label="Home", url="/home/", is_here=True),
        SimpleNamespace(label="Our cluster", url="/clusters/1/", is_here=False),
    ),
    feet=(SimpleNamespace(label="Help, in person", url="/about/help/"),),
    invented=False,
)
NOBODY = SimpleNamespace(who="", nav=FRAME.nav[1:], feet=(), invented=True)


def page(template="base.html", **context):
    return read(render_to_string(template, context))


def text(element):
    return element.text


def test_a_page_stands_up_with_nothing_to_say():
    bare = page()

    assert bare.one("html").attributes["lang"] == "en-GB"
    assert len(bare.all("h1")) == 1
    assert bare.one("main").attributes["id"] == "main"
    assert bare.all("form") == []


def test_a_page_brings_no_script_unless_it_asks_for_one():
    assert page().all("script") == []
    assert [one.attributes["src"] for one in page("components/htmx.html").all("script")]


def test_the_first_link_leads_past_everything_to_the_page_itself():
    first = page(frame=FRAME).all("a")[0]

    assert first.attributes["href"] == "#main"


def test_the_page_says_who_reads_it_and_signs_out_with_a_button():
    shown = page(frame=FRAME)
    form = shown.one("form")

    assert "Chief executive, Open Door" in shown.one("header").text
    assert form.attributes["method"] == "post"
    assert form.one("button").text == "Sign out"


def test_who_has_not_signed_in_is_offered_to():
    shown = page(frame=NOBODY)

    assert "Sign in" in [one.text for one in shown.all("a")]
    assert shown.all("form") == []


def test_the_room_one_is_in_is_marked():
    here = page(frame=FRAME).all("a", aria_current="page")

    assert [one.text for one in here] == ["Home"]


def test_every_page_of_the_example_says_that_it_is_invented():
    assert "everybody in it are invented" in page(frame=NOBODY).text
    assert "invented" not in page(frame=FRAME).text


@pytest.mark.parametrize(
    ("level", "first"),
    [
        (constants.SUCCESS, "Done."),
        (constants.INFO, "Note."),
        (constants.WARNING, "Take care."),
        (constants.ERROR, "Not done."),
    ],
)
def test_what_the_page_before_had_to_say_begins_with_its_kind(level, first):
    shown = page(frame=FRAME, messages=[Message(level, "Forming is closed <b>.")])
    notice = shown.one(role="status")

    assert notice.text == f"{first} Forming is closed <b>."


def test_each_room_has_its_plant():
    plates = {
        plant: read(Template(f"{{% plate '{plant}' %}}").render(Context()))
        for plant in ("hawthorn", "hip", "hazel", "sloe")
    }

    assert {one.one("svg").attributes["aria-hidden"] for one in plates.values()} == {"true"}
    assert len({one.one("use").attributes["href"] for one in plates.values()}) == 4


@pytest.mark.parametrize("template", FAULTS)
def test_a_fault_is_told_without_anybody_and_without_a_request(template):
    shown = page(template)

    assert shown.one("h1").text
    assert shown.one(class_="lead").text
    assert shown.one("main").one("a", href="/").text == "Go to the front page"


@pytest.mark.parametrize("template", ["400.html", "403.html", "409.html", "500.html"])
def test_a_fault_says_the_sentence_that_it_is_given(template):
    sentence = "Only a Core Group member can do <this>."

    assert page(template, sentence=sentence).one(class_="lead").text == sentence


def test_no_fault_is_told_in_the_words_of_another():
    told = [page(template).one("main").text for template in FAULTS]

    assert len(set(told)) == len(FAULTS)


@pytest.mark.parametrize(("step", "n"), [("only_us", 1), ("facilitator", 2), ("everyone", 5)])
def test_a_chip_says_who_can_see_this_and_repeats_it_in_dots(step, n):
    chip = read(Template("{% chip step %}").render(Context({"step": step})))

    assert chip.text.startswith("Who can see this:")
    assert chip.one("use").attributes["href"].endswith(f"#w{n}")
    assert chip.one("svg").attributes["aria-hidden"] == "true"


def test_an_audience_that_is_none_of_the_five_is_a_mistake():
    with pytest.raises(ValueError, match="all of you"):
        Template("{% chip 'all of you' %}").render(Context())


def stage(name, state):
    return SimpleNamespace(name=name, state=state, when="6 to 24 May", note="", url="")


def test_a_journey_says_in_words_where_each_stage_is():
    stages = [stage("Forming", "done"), stage("Gathering", "now"), stage("Focus", "later")]
    shown = read(Template("{% journey stages %}").render(Context({"stages": stages})))

    assert [one.text for one in shown.all("li")] == [
        "Forming Done. 6 to 24 May",
        "Gathering Now. 6 to 24 May",
        "Focus Later. 6 to 24 May",
    ]
    assert shown.one("li", aria_current="step").one("b").text == "Gathering"


def test_words_that_somebody_typed_are_escaped_wherever_they_stand():
    typed = "<script>"
    templates = (
        "{% entry 'x' typed typed %}{% endentry %}",
        "{% scroll typed %}{% endscroll %}",
        "{% notice 'note' typed %}{{ typed }}{% endnotice %}",
        "{% says typed typed typed %}",
        "{% pair typed typed %}",
        "{% state 0 typed %}",
        "{% chip 'cluster' typed %}",
        "{% journey stages %}",
    )
    stages = [SimpleNamespace(name=typed, state="now", when=typed, note=typed, url=typed)]
    for template in templates:
        shown = Template(template).render(Context({"typed": typed, "stages": stages}))
        assert "&lt;script&gt;" in shown, template
        assert "<script>" not in shown, template


def test_what_stands_in_a_block_is_escaped_once():
    context = Context({"name": "Women’s & children’s <refuge>"})
    shown = read(Template("{% entry 'x' 'Y' %}<p>{{ name }}</p>{% endentry %}").render(context))

    assert shown.one(class_="body").one("p").text == "Women’s & children’s <refuge>"


def test_a_form_carries_what_makes_it_done_once_and_the_version_that_was_read():
    context = Context({"row": SimpleNamespace(version=7)})
    shown = read(Template("{% once %}{% once %}{% version row %}").render(context))
    first, second = (one.attributes["value"] for one in shown.all(name="once"))

    assert first != second
    assert len(first) >= 16
    assert shown.one(name="version").attributes["value"] == "7"


def test_a_letter_says_why_it_comes_and_is_plain_text():
    letter = Template(
        "{% extends 'email/base.txt' %}{% block body %}{{ name }}{% endblock %}"
    ).render(Context({"name": "Women’s & children’s"}))

    assert letter.startswith("Women’s & children’s\n")
    assert "Hedgerow sends this because" in letter
