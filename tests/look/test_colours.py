"""Contrast as WCAG 2.2 counts it: 4.5 for words, 3 for edges and for drawings that say something."""

import pytest

from . import sheet

GROUNDS = ("paper", "sheet", "wash", "haw-wash", "hip-wash")
WORDS = [(word, ground) for ground in GROUNDS for word in ("ink", "bark", "hedge", "sloe", "bloom")]
WORDS += [
    ("sloe-deep", "paper"),
    ("sloe-deep", "sheet"),
    ("sloe-deep", "wash"),
    ("hip", "paper"),
    ("hip", "sheet"),
    ("hip", "hip-wash"),
    ("leaf", "paper"),  # the numerals of a list
    ("on-band", "band"),
    ("paper", "hedge"),  # the solid button
    ("paper", "sloe-deep"),  # and with the pointer over it
    ("sheet", "hip"),  # the way out
    ("paper", "ink"),
    ("ink", "sep-1"),
    ("bark", "sep-1"),
    ("ink", "sep-2"),
    ("on-sep-3", "sep-3"),
    ("paper", "sep-4"),
]
SHAPES = [
    *(
        (shape, ground)
        for shape in ("edge", "leaf", "hip", "focus")
        for ground in ("paper", "sheet")
    ),
    ("edge", "wash"),
    ("edge", "haw-wash"),
    ("leaf", "wash"),
    ("sloe", "paper"),
    ("sloe", "sep-2"),
    ("hip", "sep-2"),
    ("ink", "sep-2"),
    ("haw", "haw-wash"),
    ("haw", "paper"),
    ("on-band", "band"),
    ("hedge", "paper"),
    ("hedge", "wash"),
]


def luminance(colour: str) -> float:
    channels = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    red, green, blue = (
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def test_black_on_white_is_21_to_1_and_a_colour_on_itself_is_1_to_1():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.005)
    assert contrast("#3f7a55", "#3f7a55") == 1


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("word", "ground"), WORDS)
def test_words_stand_out_from_their_ground(scheme, word, ground):
    tokens = sheet.colours()[scheme]
    assert contrast(tokens[word], tokens[ground]) >= 4.5


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("shape", "ground"), SHAPES)
def test_edges_and_drawings_stand_out_from_their_ground(scheme, shape, ground):
    tokens = sheet.colours()[scheme]
    assert contrast(tokens[shape], tokens[ground]) >= 3


def test_dark_has_an_answer_to_every_colour_of_the_page():
    light, dark = sheet.colours()["light"], sheet.colours()["dark"]
    assert [name for name in light if light[name] == dark[name]] == []


def test_every_token_is_set_and_used():
    # A colour that nothing takes up is a job that nobody does; --ground is set where it differs.
    assert sheet.names_used() - sheet.names_set() == set()
    assert sheet.names_set() - sheet.names_used() == set()
