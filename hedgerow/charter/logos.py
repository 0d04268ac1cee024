"""A picture drawn anew: whatever the file that was given held besides its pixels is left behind."""

import hashlib
import struct
import zlib
from dataclasses import dataclass
from io import BytesIO

from PIL import Image, ImageOps

from hedgerow.core.actions import Refused

MOST_GIVEN = 2 * 1024 * 1024  # bytes of the file
MOST_PIXELS = 16_000_000  # of the picture in it: 4,000 by 4,000
MOST_SCANS = 64  # of a JPEG; each is read over the whole picture, and one takes 40 bytes
MOST_KEPT = 200 * 1024  # bytes of what is kept
SIDE = 512  # pixels, at most, either way
COLOURS = 256  # where all of them would be too much to keep

FORMATS = ("PNG", "JPEG", "WEBP", "GIF")
# Some telephones put a second picture behind the first in a JPEG; the first is the one that is seen.
STANDING = ("PNG", "JPEG", "WEBP", "GIF", "MPO")

NOT_A_PICTURE = (
    "This is not a picture we can read. Give a PNG, JPEG, WebP or GIF; "
    "other drawings can be saved as PNG first."
)
CUT_SHORT = "This picture is cut short or damaged. Save it again and give it once more."
TOO_MANY = (
    "This picture is too large to open: 4,000 by 4,000 pixels at most. Make it smaller first."
)
TOO_FINE = "This picture takes too long to read. Save it again, as a PNG or a plain JPEG."
MOVES = "This picture moves. Give one that stands still."

# What Pillow raises where a file is not what it says it is.
_DAMAGED = (
    OSError,
    SyntaxError,
    ValueError,
    TypeError,
    EOFError,
    IndexError,
    KeyError,
    MemoryError,
    OverflowError,
    struct.error,
    zlib.error,
)


@dataclass(frozen=True, kw_only=True)
class Drawn:
    """A PNG of our own making."""

    png: bytes
    digest: str  # SHA-256 of it, in hexadecimal
    width: int
    height: int


def draw_anew(content: bytes) -> Drawn:
    """The pixels of a picture that somebody gave, within 512 by 512 and 200 KB.

    Raises Refused with a sentence if it is none, or one that moves, is damaged or too large.
    """
    if len(content) > MOST_GIVEN:
        raise Refused("The file is larger than 2 MB. Save the picture smaller and give that.")
    picture = _pixels(content)
    png = _as_png(picture)
    while len(png) > MOST_KEPT:
        if picture.mode != "P":
            picture = picture.quantize(COLOURS, method=Image.Quantize.FASTOCTREE)
        else:
            smaller = (picture.width * 3 // 4 or 1, picture.height * 3 // 4 or 1)
            picture = picture.convert("RGBA").resize(smaller, Image.Resampling.LANCZOS)
        png = _as_png(picture)
    return Drawn(
        png=png,
        digest=hashlib.sha256(png).hexdigest(),
        width=picture.width,
        height=picture.height,
    )


def _pixels(content: bytes) -> Image.Image:
    """In red, green and blue, with or without what shines through; the right way up."""
    try:
        with Image.open(BytesIO(content), formats=FORMATS) as given:
            if given.width * given.height > MOST_PIXELS:
                raise Refused(TOO_MANY)
            if given.format not in STANDING:
                raise Refused(NOT_A_PICTURE)
            if given.format in ("JPEG", "MPO") and content.count(b"\xff\xda") > MOST_SCANS:
                raise Refused(TOO_FINE)
            if given.format != "MPO" and getattr(given, "is_animated", False):
                raise Refused(MOVES)
            given.load()
            return _plain(given)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise Refused(TOO_MANY) from None
    except Image.UnidentifiedImageError:
        raise Refused(NOT_A_PICTURE) from None
    except _DAMAGED:
        raise Refused(CUT_SHORT) from None


def _plain(given: Image.Image) -> Image.Image:
    upright = ImageOps.exif_transpose(given)
    if upright.mode.startswith("I"):  # 16 bits of grey
        upright = upright.convert("I").point(lambda value: value * (1 / 257)).convert("L")
    mode = "RGBA" if upright.has_transparency_data else "RGB"
    picture = upright.convert(mode)
    picture.thumbnail((SIDE, SIDE), Image.Resampling.LANCZOS)
    return Image.frombytes(mode, picture.size, picture.tobytes())


def _as_png(picture: Image.Image) -> bytes:
    out = BytesIO()
    picture.save(out, format="PNG", optimize=True)
    return out.getvalue()
