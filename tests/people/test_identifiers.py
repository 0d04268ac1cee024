"""Numbers as people type them."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hedgerow.people.identifiers import local_identifier, read_identifier
from hedgerow.people.models import Scheme


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("1096829", "GB-CHC-1096829"),
        ("208231", "GB-CHC-208231"),
        ("charity no. 1096829", "GB-CHC-1096829"),
        ("Registered Charity Number: 1096829", "GB-CHC-1096829"),
        ("reg. charity no 1096829 in England and Wales", "GB-CHC-1096829"),
        (" 109 68 29 ", "GB-CHC-1096829"),
        ("GB-CHC-1096829", "GB-CHC-1096829"),
        ("gb-chc 1096829", "GB-CHC-1096829"),
        ("SC012345", "GB-SC-SC012345"),
        ("sc 012345", "GB-SC-SC012345"),
        ("Scottish charity SC012345", "GB-SC-SC012345"),
        ("GB-SC-SC012345", "GB-SC-SC012345"),
        ("NIC100123", "GB-NIC-100123"),
        ("nic 100 123", "GB-NIC-100123"),
        ("GB-NIC-100123", "GB-NIC-100123"),
        ("01234567", "GB-COH-01234567"),
        ("company 1234567", "GB-COH-01234567"),
        ("Company No. 1234567", "GB-COH-01234567"),
        ("company SC123456", "GB-COH-SC123456"),
        ("NI012345", "GB-COH-NI012345"),
        ("IP12345R", "GB-COH-IP12345R"),
        ("GB-COH-OC301234", "GB-COH-OC301234"),
        ("GB-COH-7", "GB-COH-00000007"),
    ],
)
def test_a_number_is_read_as_it_is_typed(typed, read):
    assert str(read_identifier(typed)) == read


@pytest.mark.parametrize(
    ("typed", "scheme", "read"),
    [
        ("1234567", Scheme.COH, "GB-COH-01234567"),
        ("SC123456", Scheme.COH, "GB-COH-SC123456"),
        ("12345", Scheme.SC, "GB-SC-SC012345"),
        ("100123", Scheme.NIC, "GB-NIC-100123"),
        ("7", Scheme.LOCAL, "XI-HEDGEROW-0000007"),
    ],
)
def test_a_register_that_was_chosen_says_what_a_number_is(typed, scheme, read):
    assert str(read_identifier(typed, scheme)) == read


@pytest.mark.parametrize(
    ("typed", "scheme", "words"),
    [
        ("", None, "not a number we know the form of"),
        ("hello", None, "not a number we know the form of"),
        ("12345", None, "six or seven digits"),
        ("123456789", None, "not a number we know the form of"),
        ("1096829-1", None, "subsidiary of charity 1096829"),
        ("1096829/12", None, "subsidiary of charity 1096829"),
        ("0096829", Scheme.CHC, "not a charity number of England and Wales"),
        ("SC0123456", Scheme.SC, "SC and six digits"),
        ("SC000000", Scheme.SC, "SC and six digits"),
        ("NIC099999", Scheme.NIC, "from 100001 on"),
        ("NIC100000", Scheme.NIC, "from 100001 on"),
        ("1234567890", Scheme.COH, "not a company number"),
        ("00000000", Scheme.COH, "not a company number"),
        ("ABC12345", Scheme.COH, "not a company number"),
        ("GB-CHC-1096829", Scheme.COH, "Choose that register"),
        ("x", Scheme.LOCAL, "not a number that Hedgerow gave"),
        ("１０９６８２９", None, "not a number we know the form of"),
    ],
)
def test_what_is_wrong_with_a_number_is_said(typed, scheme, words):
    with pytest.raises(ValueError, match=words):
        read_identifier(typed, scheme)


numbers = st.one_of(
    st.integers(100_000, 9_999_999).map(lambda n: (Scheme.CHC, str(n))),
    st.integers(1, 999_999).map(lambda n: (Scheme.SC, f"SC{n:06}")),
    st.integers(100_001, 999_999).map(lambda n: (Scheme.NIC, str(n))),
    st.integers(1, 99_999_999).map(lambda n: (Scheme.COH, f"{n:08}")),
    st.from_regex(r"(NI|OC|FC|LP)[0-9]{5}[1-9]", fullmatch=True).map(lambda n: (Scheme.COH, n)),
    st.integers(1, 10**9).map(lambda n: (Scheme.LOCAL, local_identifier(n).number)),
)


@given(numbers)
def test_what_is_written_is_read_back_as_the_same(number):
    scheme, digits = number
    written = f"{scheme.value}-{digits}"

    assert str(read_identifier(written)) == written
    assert read_identifier(digits, scheme) == read_identifier(written)


@given(
    numbers,
    st.sampled_from([str.lower, lambda t: f"  {t} ", lambda t: " ".join(t), lambda t: f"no. {t}"]),
)
def test_spaces_and_small_letters_change_nothing(number, spelled):
    scheme, digits = number

    assert read_identifier(spelled(digits), scheme) == read_identifier(digits, scheme)


@given(st.text(max_size=80), st.sampled_from([None, *Scheme]))
def test_anything_at_all_is_read_or_refused_in_a_sentence(typed, scheme):
    try:
        read = read_identifier(typed, scheme)
    except ValueError as wrong:
        assert str(wrong).endswith(".")
    else:
        assert re.fullmatch(r"[0-9A-Z]{1,40}", read.number, re.ASCII)
        assert read_identifier(str(read)) == read
