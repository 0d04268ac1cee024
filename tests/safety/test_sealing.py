"""What is sealed comes back as it was, or not at all."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as some

from hedgerow.core import sealing

SECRET = "five words that do not belong together"


@pytest.fixture(autouse=True, scope="module")
def small_and_cheap():
    """Pieces of 64 bytes, and guesses that cost nothing."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sealing, "PIECE", 64)
        patch.setitem(sealing._COST, "n", 2)
        yield


def sealed(text, chunk=50):
    out = io.BytesIO()
    sealer = sealing.Sealer(out, SECRET)
    for start in range(0, len(text), chunk):
        sealer.write(text[start : start + chunk])
    sealer.close()
    return out.getvalue()


def opened(text, secret=SECRET, chunk=37):
    opener, told = sealing.Opener(io.BytesIO(text), secret), b""
    while part := opener.read(chunk):
        told += part
    return told


@given(some.binary(max_size=400), some.integers(1, 200), some.integers(1, 200))
def test_what_was_sealed_comes_back_however_it_is_read(text, written, read):
    assert opened(sealed(text, written), chunk=read) == text


@given(some.binary(max_size=300), some.data())
def test_no_byte_can_be_changed(text, data):
    shut = bytearray(sealed(text))
    place = data.draw(some.integers(0, len(shut) - 1))
    shut[place] ^= data.draw(some.integers(1, 255))
    with pytest.raises(sealing.Unsealable):
        opened(bytes(shut))


@given(some.binary(max_size=300), some.data())
def test_nothing_can_be_cut_off(text, data):
    shut = sealed(text)
    with pytest.raises(sealing.Unsealable):
        opened(shut[: data.draw(some.integers(0, len(shut) - 1))])


@given(some.binary(min_size=1, max_size=100))
def test_nothing_can_be_put_behind(more):
    with pytest.raises(sealing.Unsealable):
        opened(sealed(b"text" * 30) + more)


def test_pieces_can_be_neither_moved_nor_left_out_nor_taken_from_another_file():
    text, size = b"".join(bytes([n]) * 64 for n in range(4)), 64 + 16
    shut, other = sealed(text), sealed(text)
    start = len(shut) - 4 * size
    pieces = [shut[start + n * size : start + (n + 1) * size] for n in range(4)]
    elsewhere = other[start : start + size]
    for changed in (
        [pieces[1], pieces[0], pieces[2], pieces[3]],
        [pieces[0], pieces[1], pieces[3]],
        [pieces[0], pieces[1], pieces[2]],
        [pieces[0], pieces[0], pieces[1], pieces[2], pieces[3]],
        [elsewhere, pieces[1], pieces[2], pieces[3]],
    ):
        with pytest.raises(sealing.Unsealable):
            opened(shut[:start] + b"".join(changed))
    assert opened(shut[:start] + b"".join(pieces)) == text


def test_another_passphrase_is_told_from_damage():
    with pytest.raises(sealing.Unsealable, match="passphrase is not the one"):
        opened(sealed(b"text"), secret=SECRET + "!")


def test_the_same_text_looks_different_each_time_and_tells_nothing():
    assert sealed(b"Hedgeshire" * 20) != sealed(b"Hedgeshire" * 20)
    assert b"Hedge" not in sealed(b"Hedgeshire" * 20)


def test_a_guess_costs_as_much_as_format_1_says():
    assert sealing.MAGIC == b"HEDGEROW SEALED 1\n"
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(sealing._COST, "n", 2**17)
        assert (sealing._COST["n"], sealing._COST["r"], sealing._COST["p"]) == (2**17, 8, 1)
