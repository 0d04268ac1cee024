"""The files under static/look are what plants.py draws, and no more than a page can carry."""

import gzip
import re
import xml.etree.ElementTree as ET

import pytest

from hedgerow.look import plants

SVG = "{http://www.w3.org/2000/svg}"
FILES = plants.files()


def test_every_picture_has_been_written_and_no_other():
    assert {path.name for path in plants.FOLDER.glob("*.svg")} == set(FILES)


@pytest.mark.parametrize("name", FILES)
def test_a_picture_is_the_one_that_is_drawn(name):
    assert (plants.FOLDER / name).read_text(encoding="utf-8") == FILES[name], (
        "write them anew: python -m hedgerow.look.plants"
    )


@pytest.mark.parametrize("name", FILES)
def test_a_picture_asks_for_nothing_and_runs_nothing(name):
    picture = ET.fromstring(FILES[name])
    for part in picture.iter():
        assert part.tag.removeprefix(SVG) not in {"script", "style", "image", "foreignObject", "a"}
        for attribute, value in part.attrib.items():
            assert attribute != "style"
            assert not attribute.startswith("on")
            assert "http" not in value


@pytest.mark.parametrize("name", FILES)
def test_a_picture_is_small(name):
    assert len(gzip.compress(FILES[name].encode())) < 900


def test_there_is_a_sign_for_each_audience_each_state_and_each_part_of_a_journey():
    keys = re.findall(r'<symbol id="(\w+)"', FILES["signs.svg"])
    assert keys == [f"w{k}" for k in range(1, 6)] + ["s0", "s1", "s2", "s3", "done", "now", "next"]


def test_each_audience_shows_one_dot_more_of_five():
    signs = {symbol.get("id"): symbol for symbol in ET.fromstring(FILES["signs.svg"])}
    for k in range(1, 6):
        groups = {
            group.get("fill"): len(list(group.iter(f"{SVG}circle"))) for group in signs[f"w{k}"]
        }
        assert groups.get("var(--hedge)") == k
        assert groups.get("none", 0) == 5 - k


@pytest.mark.parametrize("plant", plants.PLANTS)
def test_a_plant_lies_within_its_plate(plant):
    """Roughly: the places where leaves and fruit begin."""
    places = re.findall(r"translate\(([\d.-]+) ([\d.-]+)\)", FILES[f"{plant}.svg"])
    assert len(places) >= 6
    assert all(0 < float(part) < 150 for place in places for part in place)


@pytest.mark.parametrize(
    ("x", "places", "said"),
    [
        (0.5, 1, ".5"),
        (-0.5, 1, "-.5"),
        (10, 1, "10"),
        (-0.01, 1, "0"),
        (20, 0, "20"),
        (1.25, 2, "1.25"),
    ],
)
def test_numbers_are_as_short_as_they_can_be(x, places, said):
    assert plants.short(x, places) == said
