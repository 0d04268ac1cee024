"""What is drawn repeats the figures: nothing stands outside, nothing is lost."""

import re
import xml.etree.ElementTree as ET
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hedgerow.look import drawings

SHARES = st.lists(
    st.tuples(st.floats(0, 100), st.sampled_from(list(drawings.FILL))), min_size=1, max_size=5
)
DAYS = st.dates(date(2000, 1, 1), date(2040, 12, 31))


def shapes(drawing, tag, cls=""):
    found = ET.fromstring(drawing).iter(tag)
    return [shape for shape in found if not cls or shape.get("class") == cls]


def number(shape, name):
    return float(shape.get(name).rstrip("%"))


@given(SHARES)
def test_the_parts_of_a_bar_follow_each_other(parts):
    x = 0.0
    rects = iter(shapes(drawings.bar(parts), "rect"))
    for share, kind in parts:
        if share > 0:
            rect = next(rects)
            assert rect.get("class") == drawings.FILL[kind]
            assert number(rect, "x") == pytest.approx(x, abs=0.051)
            assert number(rect, "width") == pytest.approx(share, abs=0.051)
        x += share
    assert next(rects, None) is None


def test_a_part_may_be_called_by_its_class():
    assert drawings.bar([(50, "c-bar")]) == drawings.bar([(50, "done")])


def test_a_part_that_nobody_knows_is_our_mistake():
    with pytest.raises(AssertionError, match="no part of a drawing is called spent"):
        drawings.bar([(50, "spent")])


def test_a_bar_may_carry_a_mark():
    (line,) = shapes(drawings.bar([(80, "done")], mark=58.3), "line")
    assert number(line, "x1") == number(line, "x2") == 58.3


@pytest.mark.parametrize("done", range(7))
def test_a_journey_of_six_has_six_dots_and_one_of_them_is_now(done):
    classes = [dot.get("class") for dot in shapes(drawings.steps(done, 6), "circle")]
    assert classes == (["c-full"] * done + ["c-you"] * (done < 6) + ["c-then"] * 6)[:6]


@pytest.mark.parametrize("total", [4, 5, 6])
def test_all_dots_of_a_journey_lie_inside_its_drawing(total):
    drawing = drawings.steps(1, total)
    width = float(ET.fromstring(drawing).get("viewBox").split()[2])
    dots = shapes(drawing, "circle")
    assert all(5 < number(dot, "cx") < width - 5 for dot in dots)


def test_votes_that_are_placed_are_filled():
    classes = [pip.get("class") for pip in shapes(drawings.pips(3, 10), "circle")]
    assert classes == ["c-full"] * 3 + ["c-empty"] * 7


@given(
    low=st.floats(0, 10),
    span=st.floats(0.1, 10),
    values=st.lists(st.floats(-100, 100), min_size=1, max_size=6),
)
def test_a_dot_never_leaves_its_range(low, span, values):
    drawing = drawings.dot_range(low, low + span, [(value, "you", 6) for value in values])
    assert all(1.5 <= number(dot, "cx") <= 98.5 for dot in shapes(drawing, "circle"))


def test_a_band_lies_between_its_ends_with_the_middle_in_it():
    drawing = drawings.dot_range(0, 200, [(50, "you", 6)], band=(80, 120), middle=100)
    (band,) = shapes(drawing, "rect", "c-band")
    (middle,) = shapes(drawing, "line", "c-mid")
    assert (number(band, "x"), number(band, "width"), number(middle, "x1")) == (40, 20, 50)


@given(first=DAYS, days=st.integers(1, 1500), start=DAYS, length=st.integers(0, 900), today=DAYS)
def test_a_strip_stays_on_its_calendar(first, days, start, length, today):
    drawing = drawings.strip(
        first,
        first + timedelta(days),
        start=start,
        end=start + timedelta(length),
        kind="planned",
        today=today,
    )
    for rect in shapes(drawing, "rect"):
        assert number(rect, "x") >= 0
        assert number(rect, "x") + number(rect, "width") <= 100.11
    for line in shapes(drawing, "line"):
        assert 0 <= number(line, "x1") <= 100


def test_a_calendar_names_each_of_its_months_once():
    head = drawings.strip_head(date(2026, 11, 15), date(2027, 3, 1), letters=3)
    assert re.findall(r">(\w+)<", head) == ["Nov", "Dec", "Jan", "Feb"]


def test_a_trend_ends_in_a_dot_where_its_line_ends():
    drawing = drawings.trend([4, 5, 5, 6])
    (line,), (dot,) = shapes(drawing, "polyline"), shapes(drawing, "circle")
    assert line.get("points").split()[-1] == f"100,{dot.get('cy')}"
    assert dot.get("cy") == "4"


def test_a_trend_that_does_not_move_is_a_straight_line():
    (line,) = shapes(drawings.trend([3, 3, 3]), "polyline")
    assert {point.split(",")[1] for point in line.get("points").split()} == {"24"}


def test_a_network_names_everybody_and_says_what_it_is():
    drawing = drawings.network(
        "Who works with “whom” & how",
        {"a": ("A & B", 50, 18, 11, True), "c": ("<C>", 18, 70, 9, False)},
        [("a", "c", 1, False)],
        height=200,
    )
    svg = ET.fromstring(drawing)
    assert svg.get("role") == "img"
    assert svg.get("aria-label") == "Who works with “whom” & how"
    assert [text.text for text in svg.iter("text")] == ["A & B", "<C>"]
    assert [line.get("class") for line in svg.iter("line")] == ["n-one"]


@pytest.mark.parametrize(
    "drawing",
    [
        drawings.bar([(50, "done")]),
        drawings.steps(2),
        drawings.pips(2, 10),
        drawings.dot_range(0, 1, [(0.5, "you", 6)]),
        drawings.strip(date(2026, 1, 1), date(2026, 6, 1)),
        drawings.strip_head(date(2026, 1, 1), date(2026, 6, 1)),
        drawings.trend([1, 2]),
    ],
)
def test_what_repeats_the_figures_is_hidden_from_ears(drawing):
    assert ET.fromstring(drawing).get("aria-hidden") == "true"


def test_the_hedge_is_hidden_from_ears():
    assert ET.fromstring(drawings.hedge()).find("svg").get("aria-hidden") == "true"
