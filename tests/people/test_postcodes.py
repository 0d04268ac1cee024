"""A postcode becomes a council and a point, and nobody is asked."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hedgerow.people import postcodes


@pytest.mark.parametrize(
    ("typed", "authority", "name", "point"),
    [
        ("BL1 1RU", "E08000001", "Bolton", (371575, 409157)),
        ("bl11ru", "E08000001", "Bolton", (371575, 409157)),
        ("  b1 1aa ", "E08000025", "Birmingham", (406649, 286530)),
        ("M1 1AA", "E08000003", "Manchester", (385022, 398985)),
        ("SW1A1AA", "E09000033", "Westminster", (529090, 179645)),
        ("S70 2TA", "E08000038", "Barnsley", (434367, 406524)),
        ("BT1 1AA", "N09000003", "Belfast", None),
        ("JE1 0BD", "L99999999", "Channel Islands", None),
        ("GY1 1AA", "L99999999", "Channel Islands", None),
        ("IM1 1AA", "M99999999", "Isle of Man", None),
    ],
)
def test_where_a_postcode_is(typed, authority, name, point):
    place = postcodes.place_of(typed)

    assert (place.authority, place.name) == (authority, name)
    assert (place.easting, place.northing) == (point or (None, None))


@pytest.mark.parametrize("typed", ["BL1 8ZZ", "QV1 1AA", "ZZ99 9ZZ"])
def test_a_postcode_that_is_none_is_nowhere(typed):
    assert postcodes.place_of(typed) is None


@pytest.mark.parametrize(
    "typed", ["", "Bolton", "BL1", "BL1 1R", "1BL 1RU", "BL1 1RU 2", "SW1A 1CI"]
)
def test_what_is_not_a_whole_postcode_is_said_so(typed):
    with pytest.raises(ValueError, match="not a whole UK postcode"):
        postcodes.place_of(typed)


@given(st.text(max_size=30))
def test_anything_at_all_is_read_or_refused_in_a_sentence(typed):
    try:
        read = postcodes.normal(typed)
    except ValueError as wrong:
        assert str(wrong).endswith(".")
    else:
        assert postcodes.normal(read) == read


@pytest.mark.parametrize("letter", ["B", "J", "Z"])
def test_every_authority_of_a_postcode_has_its_name(letter):
    codes = {code for code in postcodes._letter(letter)["laua"] if isinstance(code, str)}

    assert [code for code in codes if not postcodes.authority_name(code)] == []


@pytest.mark.parametrize("letter", ["B", "J", "Z"])
def test_the_files_are_in_the_order_that_looking_up_counts_on(letter):
    written = postcodes._letter(letter)["pcd"]

    assert written == sorted(written)
    assert {len(postcode) for postcode in written} == {7}


def test_there_are_as_many_authorities_as_there_are():
    """361 of the United Kingdom, and two for the Crown dependencies."""
    nations = [code[0] for code in postcodes.authorities()]

    assert {nation: nations.count(nation) for nation in "EWSNLM"} == {
        "E": 296,
        "W": 22,
        "S": 32,
        "N": 11,
        "L": 1,
        "M": 1,
    }
