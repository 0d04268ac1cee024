from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hedgerow.units import pence, pounds, read_pounds

amounts = st.integers(-(10**12), 10**12)


@given(amounts)
def test_what_is_written_is_read_back(amount):
    assert read_pounds(pounds(amount)) == amount


@given(amounts)
def test_pounds_are_read_with_or_without_what_people_put_round_them(amount):
    plain = f"{Decimal(amount) / 100:.2f}"
    assert read_pounds(plain) == amount
    assert read_pounds(f"  {plain} ") == amount
    assert read_pounds(plain.replace("-", "\u2212")) == amount


@given(st.text(max_size=12))
def test_anything_typed_is_read_exactly_or_refused_in_a_sentence(text):
    try:
        amount = read_pounds(text)
    except ValueError as wrong:
        assert str(wrong).endswith(".")
        return
    digits = "".join(c for c in text.split(".")[0] if c.isdecimal())
    assert abs(amount) // 100 == int(digits)


@pytest.mark.parametrize(
    ("typed", "amount"),
    [
        ("1200", 1200_00),
        ("£1,200", 1200_00),
        ("£ 1,200.50", 1200_50),
        ("1 200.5", 1200_50),
        ("-£5", -5_00),
        ("£-5", -5_00),
        ("0.07", 7),
        ("0", 0),
    ],
)
def test_pounds_as_people_type_them(typed, amount):
    assert read_pounds(typed) == amount


@pytest.mark.parametrize(
    "typed",
    [
        "1200,50",
        "٣",
        "12,00",
        "1,200,5",
        "1.200",
        "1200.505",
        "£",
        "",
        "lots",
        "--5",
        "-£-5",
        "1e3",
        "5p",
        "9" * 5000,
    ],
)
def test_what_could_mean_two_things_is_not_guessed(typed):
    with pytest.raises(ValueError, match="not an amount in pounds"):
        read_pounds(typed)


def test_more_than_a_database_holds_is_refused():
    with pytest.raises(ValueError, match="more than Hedgerow can hold"):
        read_pounds("9" * 30)


def test_less_than_a_penny_is_not_lost():
    with pytest.raises(ValueError, match="whole number of pence"):
        pence(Decimal("0.005"))
