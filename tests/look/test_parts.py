"""Filters and tags, as templates write them."""

from datetime import UTC, date, datetime

import pytest
from django.template import Context, Template

from .html import read


def written(template, **context):
    return Template(template).render(Context(context))


@pytest.mark.parametrize(
    ("template", "said"),
    [
        ("{{ 1500000|pounds }}", "£15,000"),
        ("{{ 6250|pounds }}", "£62.50"),
        ("{{ 5|pounds }}", "£0.05"),
        ("{{ 0|pounds }}", "£0"),
        ("{{ -38000|pounds }}", "-£380"),
        ("{{ 9|in_words }} {{ 10|in_words }}", "nine 10"),
        ("{{ 3|count:'date' }}", "three dates"),
        ("{{ 1|count:'person,people' }}", "one person"),
        ("{{ 2|count:'person,people' }}", "two people"),
        ("{{ 5|of:6|first_up }}", "Five of six"),
        ("{{ 8|minutes }}", "about eight minutes"),
        ("{{ 9|half_days }}", "4½"),
        ("{{ names|spell_list }}", "Bolton, Durham and London"),
        ("{{ instant|clock_time }}", "12.30am"),
        ("{{ on|day }}", '<time datetime="2026-03-17">17 March 2026</time>'),
        ("{{ on|weekday }}", '<time datetime="2026-03-17">Tuesday 17 March 2026</time>'),
        ("{{ nothing|day }}{{ nothing|weekday }}", ""),
        # Late on the 29th in UTC is early on the 30th here, as summer time has begun.
        ("{{ instant|day }}", '<time datetime="2026-03-30">30 March 2026</time>'),
    ],
)
def test_a_filter_writes_as_people_do(template, said):
    context = {
        "names": ["Bolton", "Durham", "London"],
        "on": date(2026, 3, 17),
        "instant": datetime(2026, 3, 29, 23, 30, tzinfo=UTC),
        "nothing": None,
    }
    assert written(template, **context) == said


def test_the_place_is_a_trail_that_ends_in_words():
    place = read(written("{% place 'Our cluster' '/clusters/1/' 'Its journey' %}"))

    assert place.one("nav").attributes["aria-label"] == "Where you are"
    assert [item.text for item in place.all("li")] == ["Our cluster", "Its journey"]
    assert [link.attributes["href"] for link in place.all("a")] == ["/clusters/1/"]


def test_a_step_of_the_place_that_has_no_words_is_left_out():
    place = read(written("{% place cluster url 'Every part' %}", cluster="", url=""))

    assert [item.text for item in place.all("li")] == ["Every part"]


@pytest.mark.parametrize(
    ("kind", "look", "first"),
    [
        ("note", "notice", "Note."),
        ("done", "notice done", "Done."),
        ("care", "notice care", "Take care."),
        ("needs", "notice needs", "Needs you."),
        ("refused", "notice care", "Not done."),
    ],
)
def test_the_first_word_of_a_notice_says_its_kind(kind, look, first):
    notice = read(written("{% notice kind %} Read this. {% endnotice %}", kind=kind)).inside[0]

    assert notice.attributes["class"] == look
    assert notice.text == f"{first} Read this."


def test_a_notice_of_paragraphs_has_its_word_in_the_first():
    notice = read(written("{% notice 'note' 'One idea.' %}<p>Talk.</p><p>Soon.</p>{% endnotice %}"))

    assert [p.text for p in notice.all("p")] == ["One idea. Talk.", "Soon."]


def test_only_a_refusal_is_read_out_at_once_and_takes_the_focus():
    kinds = ("note", "done", "care", "needs", "refused")
    notices = {
        kind: read(written("{% notice kind %}x{% endnotice %}", kind=kind)).inside[0].attributes
        for kind in kinds
    }
    assert [kind for kind in kinds if notices[kind].get("role") == "alert"] == ["refused"]
    assert [kind for kind in kinds if "autofocus" in notices[kind]] == ["refused"]


def test_an_entry_is_named_by_its_heading():
    template = "{% entry 'who' 'Who we are' 'Six members' wide=True %}x{% endentry %}"
    entry = read(written(template))
    section = entry.one("section")

    assert section.attributes["class"] == "entry wide"
    assert entry.by_id(section.attributes["aria-labelledby"]).text == "Who we are"
    assert entry.one(class_="head").one("p").text == "Six members"


def test_an_entry_may_stand_lower_in_the_page():
    assert read(written("{% entry 'a' 'B' level=3 %}{% endentry %}")).one("h3").text == "B"


def test_a_table_can_be_scrolled_by_keyboard_and_has_a_name():
    region = read(written("{% scroll 'Savings' %}<table></table>{% endscroll %}")).one("section")

    assert region.attributes["aria-label"] == "Table: Savings"
    assert region.attributes["tabindex"] == "0"


def test_a_number_has_its_sentence_and_its_source():
    template = "{% says '9 of 11' 'promises were kept.' 'Log, 12 March.' %}"
    said = read(written(template))

    assert said.text == "9 of 11 promises were kept. Log, 12 March."
    assert said.one(class_="src").text == "Log, 12 March."


def test_a_number_without_a_source_has_no_empty_one():
    assert "src" not in written("{% says '9 of 11' 'promises were kept.' %}")


def test_a_pair_is_two_people_and_what_they_are():
    template = "{% pair one other %}"
    pair = read(written(template, one=("Director", "Bright Start"), other="The facilitator"))

    assert pair.text == "Director Bright Start and The facilitator"


@pytest.mark.parametrize(("k", "said"), [(0, "To do"), (3, "Late")])
def test_a_state_is_told_in_words_and_its_dot_is_hidden_from_ears(k, said):
    state = read(written("{% state k said %}", k=k, said=said))

    assert state.text == said
    assert state.one("svg").attributes["aria-hidden"] == "true"
    assert state.one("use").attributes["href"].endswith(f"signs.svg#s{k}")


def test_a_journey_tells_how_many_stages_it_has_and_links_to_them():
    stages = [
        {"name": f"Stage {n}", "state": state, "when": "May", "note": "", "url": f"/{n}/"}
        for n, state in enumerate(("done", "done", "now", "next", "later", "later"), 1)
    ]
    template = "{% journey stages %}"
    journey = read(written(template, stages=[type("Line", (), line) for line in stages]))

    assert journey.one("ol").attributes["class"] == "journey of-6"
    assert [link.attributes["href"] for link in journey.all("a")] == [f"/{n}/" for n in range(1, 7)]
    signs = [use.attributes["href"].partition("#")[2] for use in journey.all("use")]
    assert signs == ["done", "done", "now", "next", "next", "next"]


def test_drawings_can_be_made_from_a_template():
    template = (
        "{% bar parts mark=50 %}{% steps 2 6 %}{% pips 3 10 %}{% trend values %}"
        "{% dot_range 0 10 points band=band middle=5 %}{% strip first last today=first %}"
        "{% strip_head first last 3 %}{% network 'Two' nodes ties 200 %}"
    )
    context = {
        "parts": [(60, "done"), (40, "left")],
        "values": [4, 5],
        "points": [(3, "you", 6)],
        "band": (2, 6),
        "first": date(2026, 1, 1),
        "last": date(2026, 6, 1),
        "nodes": {"a": ("A", 10, 10, 9, True), "b": ("B", 90, 90, 9, False)},
        "ties": [("a", "b", 1, True)],
    }
    drawn = read(written(template, **context))

    assert len([one for one in drawn.inside if one.tag == "svg"]) == 8
