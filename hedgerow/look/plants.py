"""Our own pictures, as files: the mark, the hedge, the plants, the small signs.

Numbers only; nothing traced or borrowed. `python -m hedgerow.look.plants` writes them; a test holds
the files to what stands here. Their colours are the page's own, where a page takes a part out of
them with <use>; where they stand alone (the mark, the hedge) they carry their own.
"""

import math
from collections.abc import Iterable
from pathlib import Path

FOLDER = Path(__file__).parent / "static" / "look"
PLANTS = ("hawthorn", "hip", "hazel", "sloe")

LEAF = "M0 0C1.8-3.1 6-4.3 10-1.6 7.9 1.9 3.4 2.9 0 0Z"
RIB = "M0 0C3-.6 6-1.4 8.6-1.5"
STEM = ((14, 142), (40, 122), (92, 98), (114, 34))  # from low left to high right
HEDGE_TILE = 391  # no multiple of the beats of the three rows it lies on

_PETAL, _EYE, _HIP = 'fill="#fffdf7"', 'fill="#c9a24b"', 'fill="#b9301f"'
_STEM = 'fill="none" stroke="var(--bark)" stroke-width="1.4" stroke-linecap="round"'
_RIB = 'fill="none" stroke="var(--paper)" stroke-width=".5" stroke-linecap="round"'


def short(x: float, places: int = 1) -> str:
    """A number as short as SVG allows: 0.50 -> ".5"."""
    text = f"{x:.{places}f}".rstrip("0").rstrip(".") if places else f"{x:.0f}"
    text = text.replace("0.", ".", 1) if text.lstrip("-").startswith("0.") else text
    return "0" if text in ("-0", "") else text


def leaf(x: float, y: float, turn: float, size: float = 1.0, *, flip: bool = False) -> str:
    scale = ""
    if size != 1 or flip:
        scale = f" scale({short(size, 2)} {short(-size if flip else size, 2)})"
    return f'<path d="{LEAF}" transform="translate({short(x)} {short(y)}) rotate({short(turn)}){scale}"/>'


def blossom(x: float, y: float, r: float, *, edge: str = "") -> str:
    """Five petals and an eye."""
    petals = "".join(
        f'<circle cx="{short(x + r * 0.95 * math.cos(a))}" '
        f'cy="{short(y + r * 0.95 * math.sin(a))}" r="{short(r * 0.78)}"/>'
        for a in (math.radians(-90 + 72 * k) for k in range(5))
    )
    eye = f'<circle {_EYE} cx="{short(x)}" cy="{short(y)}" r="{short(r * 0.55)}"/>'
    return f"<g {_PETAL}{edge}>{petals}{eye}</g>"


# --- the mark: four fields seen from above, joined by their hedges, one hip where they meet


def mark() -> str:
    across = "M-3 14.5C7 12.5 12 21 21 22.5S34 18.5 43 20.5"
    down = "M20.4 22.5C17.5 29 23.5 34 21 43"
    up = "M27 21.6C30 15 25.5 8 29-3"
    hedges = f'd="{across}{down}{up}"'
    return _svg(
        '<clipPath id="m"><rect width="40" height="40" rx="9"/></clipPath>'
        '<g clip-path="url(#m)"><path fill="#dde4bd" d="M0 0H40V40H0Z"/>'
        '<path fill="#b7cb93" d="M-3 14.5C7 12.5 12 21 21 22.5 17.5 29 23.5 34 21 43H-3Z"/>'
        '<path fill="#efdf9d" d="M27 21.6C30 15 25.5 8 29-3H43V20.5C36 18.8 31 20 27 21.6Z"/>'
        '<g fill="none" stroke="#24503a" stroke-linecap="round">'
        f'<path stroke-width="2.4" {hedges}/>'
        f'<path stroke-width="5" stroke-dasharray="0 4.3" {hedges}/></g>'
        '<circle fill="#b3281c" stroke="#fdf8ea" stroke-width="1.1" cx="21.4" cy="22.4" r="3.5"/></g>',
        'viewBox="0 0 40 40" width="40" height="40"',
    )


# --- what grows on the hedge: a tile of leaves, hips and blossom, laid over its rows of dots


def hedge() -> str:
    leaves = "".join(
        (
            leaf(52, 20, -112, 1.15),
            leaf(57, 20, -62, 1.05, flip=True),
            leaf(168, 20, -118, 1.1),
            leaf(236, 20, -70, 1.15, flip=True),
            leaf(241, 21, -28, 0.95),
            leaf(322, 20, -100, 1.2),
            leaf(352, 21, -140, 1, flip=True),
        )
    )
    hips = "".join(
        f'<ellipse cx="{x}" cy="{y}" rx="2.6" ry="3.3"/>'
        for x, y in ((92, 19), (100, 22), (206, 20), (298, 21), (305, 18))
    )
    flowers = "".join(
        blossom(x, y, r)
        for x, y, r in (
            (22, 19, 2.8),
            (35, 22.5, 2.2),
            (137, 18, 2.9),
            (262, 21, 2.3),
            (274, 18, 2.8),
            (375, 21, 2.5),
        )
    )
    return _svg(
        f'<g fill="#4f9064">{leaves}</g><g {_HIP}>{hips}</g>{flowers}',
        f'width="{HEDGE_TILE}" height="30"',
    )


# --- plates: one plant for each room

# leaves: how far along the stem, which side, size. fruits: how far, which side, reach, lean.
_SPRIGS = {
    "hawthorn": (
        ((0.12, 1, 2.4), (0.24, -1, 2.7), (0.42, 1, 2.9), (0.58, -1, 2.8), (0.76, 1, 2.6)),
        (
            (0.34, -1, 30, 62),
            (0.34, -1, 24, 100),
            (0.34, 1, 4, 90),
            (0.86, -1, 22, 70),
            (0.88, 1, 20, 40),
            (0.84, -1, 12, 20),
            (0.66, 1, 24, 70),
        ),
    ),
    "hip": (
        (
            (0.1, -1, 2.4),
            (0.2, 1, 2.5),
            (0.36, -1, 2.8),
            (0.5, 1, 2.8),
            (0.64, -1, 2.7),
            (0.8, 1, 2.4),
        ),
        ((0.3, 1, 18, 80), (0.72, 1, 20, 95), (0.84, -1, 16, 70)),
    ),
    "sloe": (
        ((0.1, 1, 2.1), (0.26, -1, 2.4), (0.44, 1, 2.5), (0.6, -1, 2.5), (0.8, 1, 2.3)),
        (
            (0.18, -1, 11, 80),
            (0.36, 1, 11, 95),
            (0.36, -1, 12, 70),
            (0.54, 1, 12, 70),
            (0.7, -1, 11, 90),
            (0.72, 1, 12, 80),
            (0.9, -1, 11, 80),
        ),
    ),
    "hazel": (
        ((0.12, -1, 2.9), (0.28, 1, 3.2), (0.46, -1, 3.5), (0.66, 1, 3.3), (0.82, -1, 2.9)),
        ((0.4, 1, 8, 110), (0.42, 1, 9, 40), (0.74, -1, 8, 100)),
    ),
}


def plate(plant: str) -> str:
    """A twig with its leaves, and its blossom or fruit at the ends of stalks."""
    leaves, fruits = _SPRIGS[plant]
    stalks, tips = [], []
    for t, side, reach, lean in fruits:
        x, y, along = _on_stem(t)
        turn = math.radians(along + side * lean)
        tip_x, tip_y = x + reach * math.cos(turn), y + reach * math.sin(turn)
        stalks.append(f"M{short(x)} {short(y)}L{short(tip_x)} {short(tip_y)}")
        tips.append((tip_x, tip_y, math.degrees(turn)))
    curve = " ".join(f"{short(x)} {short(y)}" for x, y in STEM[1:])
    stem = f'<path {_STEM} d="M{STEM[0][0]} {STEM[0][1]}C{curve}{"".join(stalks)}"/>'
    fruit = "".join(_FRUIT[plant](*tip) for tip in tips)
    return _symbols([("plant", "0 0 150 150", stem + "".join(_leaves(leaves)) + fruit)])


def _leaves(leaves: Iterable[tuple[float, int, float]]) -> Iterable[str]:
    for t, side, size in leaves:
        x, y, along = _on_stem(t)
        yield _plate_leaf(x, y, along + side * 48, size, flip=side > 0)
    x, y, along = _on_stem(1)
    yield _plate_leaf(x, y, along + 6, 2.6, flip=False)


def _plate_leaf(x: float, y: float, turn: float, size: float, *, flip: bool) -> str:
    sizes = f"{short(size, 2)} {short(-size if flip else size, 2)}"
    place = f"translate({short(x)} {short(y)}) rotate({short(turn)}) scale({sizes})"
    shapes = f'<path fill="var(--leaf)" d="{LEAF}"/><path {_RIB} d="{RIB}"/>'
    return f'<g transform="{place}">{shapes}</g>'


def _on_stem(t: float) -> tuple[float, float, float]:
    """Point and direction (degrees) at t on the cubic curve of the stem."""
    a, b, c, d = STEM
    u = 1 - t
    x, y = (u**3 * a[i] + 3 * u * u * t * b[i] + 3 * u * t * t * c[i] + t**3 * d[i] for i in (0, 1))
    dx, dy = (
        3 * u * u * (b[i] - a[i]) + 6 * u * t * (c[i] - b[i]) + 3 * t * t * (d[i] - c[i])
        for i in (0, 1)
    )
    return x, y, math.degrees(math.atan2(dy, dx))


def _turned(x: float, y: float, turn: float, shapes: str) -> str:
    return f'<g transform="translate({short(x)} {short(y)}) rotate({short(turn)})">{shapes}</g>'


def _sloe(x: float, y: float, _turn: float) -> str:
    return (
        f'<circle fill="#46558f" cx="{short(x)}" cy="{short(y)}" r="7"/>'
        f'<path {_RIB} d="M{short(x - 3.4)} {short(y - 2)}a4 4 0 0 1 3-2.4"/>'
    )


def _rose_hip(x: float, y: float, turn: float) -> str:
    crown = f'<path {_STEM} d="M14 0l4-3M14 0l5 0M14 0l4 3"/>'
    return _turned(x, y, turn, f'<ellipse {_HIP} cx="6" rx="8" ry="6"/>{crown}')


def _hazelnut(x: float, y: float, turn: float) -> str:
    husk = "M-2 0C-1-10 5-11 9-7L5-4 8 0 5 4 9 7C5 11-1 10-2 0Z"
    nut = '<path fill="#b98a4b" d="M0 0C1-9 11-10 20 0 11 10 1 9 0 0Z"/>'
    return _turned(x, y, turn, f'{nut}<path fill="var(--leaf)" d="{husk}"/>')


_FRUIT = {
    "hawthorn": lambda x, y, _turn: blossom(x, y, 5.6, edge=' stroke="#5b4d3a" stroke-width=".35"'),
    "hip": _rose_hip,
    "hazel": _hazelnut,
    "sloe": _sloe,
}


# --- the small signs that stand beside words


def signs() -> str:
    """w1 to w5: who can see this. s0 to s3: how it stands. done, now, next: on a journey."""
    empty = '<circle fill="none" stroke="var(--edge)" stroke-width="1.5" cx="6" cy="6" r="4.8"/>'
    half = '<path fill="var(--leaf)" d="M6 1.2a4.8 4.8 0 0 0 0 9.6Z"/>'
    tick = (
        '<circle fill="var(--leaf)" cx="13" cy="13" r="12"/><path fill="none" stroke="var(--paper)" '
        'stroke-width="2.6" stroke-linecap="round" stroke-linejoin="round" d="M7.5 13.5l4 4 7.5-8.5"/>'
    )
    bud = '<circle fill="none" stroke="var(--edge)" stroke-width="1.5" cx="13" cy="13" r="7.5"/>'
    now = blossom(13, 13, 6.6, edge=' stroke="#5b4d3a" stroke-width=".6"')
    return _symbols(
        [
            *((f"w{k}", "0 0 44 10", _reach(k)) for k in range(1, 6)),
            ("s0", "0 0 12 12", empty),
            ("s1", "0 0 12 12", empty + half),
            ("s2", "0 0 12 12", '<circle fill="var(--leaf)" cx="6" cy="6" r="5.4"/>'),
            ("s3", "0 0 12 12", '<circle fill="var(--hip)" cx="6" cy="6" r="5.4"/>'),
            ("done", "0 0 26 26", tick),
            ("now", "0 0 26 26", now),
            ("next", "0 0 26 26", bud),
        ]
    )


def _reach(k: int) -> str:
    """One dot to five: how far a thing is seen."""
    dots = [f'<circle cx="{short(4.5 + 8.75 * i)}" cy="5" r="3"/>' for i in range(5)]
    full, rings = "".join(dots[:k]), "".join(dots[k:])
    return f'<g fill="var(--hedge)">{full}</g>' + (
        f'<g fill="none" stroke="var(--edge)">{rings}</g>' if rings else ""
    )


# --- files


def _svg(shapes: str, attributes: str = "") -> str:
    space = f" {attributes}" if attributes else ""
    return f'<svg xmlns="http://www.w3.org/2000/svg"{space}>{shapes}</svg>\n'


def _symbols(symbols: Iterable[tuple[str, str, str]]) -> str:
    return _svg(
        "".join(
            f'<symbol id="{key}" viewBox="{box}">{shapes}</symbol>\n'
            for key, box, shapes in symbols
        )
    )


def files() -> dict[str, str]:
    """Every picture by the name of its file."""
    return {
        "mark.svg": mark(),
        "hedge.svg": hedge(),
        "signs.svg": signs(),
        **{f"{plant}.svg": plate(plant) for plant in PLANTS},
    }


if __name__ == "__main__":
    for name, picture in files().items():
        (FOLDER / name).write_text(picture, encoding="utf-8")
