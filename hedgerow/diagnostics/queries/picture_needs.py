"""Strength and priority across members, in words and shades."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from hedgerow.analysis.needs import Need, Score
from hedgerow.diagnostics.pictures.parts import NeedsPicture
from hedgerow.diagnostics.pictures.shells import APART
from hedgerow.look.words import first_low, listed, out_of

from .naming import Names
from .registers import Released

FEWEST_RANKED = 2  # members who answered; of one there is nothing in common
MOST_FIRST = 3  # needs that the sentence above the table names
MOST_MET, MOST_PAIRS = 8, 5  # introductions, and pairs, that stand before all others
SHADES = (
    ("h0", "stronger than it matters"),
    ("h1", "even"),
    ("h2", "gap of 1"),
    ("h3", "gap of 2: it presses"),
    ("h4", "gap of 3 or more: it presses"),
)


@dataclass(frozen=True, kw_only=True)
class Cell:
    shade: str  # class of the sheet of styles
    words: str  # "2 to 5"


@dataclass(frozen=True, kw_only=True)
class NeedLine:
    figure: str
    name: str
    why: str  # "Presses for five of six; nobody is strong in it."
    released: str  # the same of those who keep theirs, or ""
    cells: tuple[Cell, ...]  # as `heads`


@dataclass(frozen=True, kw_only=True)
class IntroductionLine:
    figure: str
    name: str
    words: str  # "Rowan House is strong in it, and it presses for Open Door."


@dataclass(frozen=True, kw_only=True)
class NeedsPart:
    heads: tuple[str, ...] = ()
    lines: tuple[NeedLine, ...] = ()
    first: str = ""  # the news, in a sentence
    introductions: tuple[IntroductionLine, ...] = ()
    more_introductions: tuple[IntroductionLine, ...] = ()  # of what presses for fewer
    both_ways: tuple[str, ...] = ()  # the few pairs who could do most for each other
    half: tuple[str, ...] = ()  # whose marks are left out, and where
    shades: tuple[tuple[str, str], ...] = field(default=SHADES)

    @property
    def is_ranked(self) -> bool:
        return len(self.heads) >= FEWEST_RANKED


def needs_part(
    picture: NeedsPicture[int], table: str, names: Names, release: Released | None
) -> NeedsPart:
    """`table`: slug of the item that holds the scores."""
    keys = [key for key, scores in picture.scores.items() if scores]
    met = tuple(_introductions(picture, table, names))
    return NeedsPart(
        heads=tuple(names.of(key) for key in keys),
        lines=tuple(
            NeedLine(
                figure=APART.join((table, need.function)),
                name=picture.functions[need.function],
                why=_why(need, names),
                released=_released(release, need.function),
                cells=tuple(_cell(picture.scores[key], need.function) for key in keys),
            )
            for need in picture.needs
        ),
        first=_first(picture.needs, picture.functions),
        introductions=met[:MOST_MET],
        more_introductions=met[MOST_MET:],
        both_ways=tuple(_both_ways(picture, names)),
        half=tuple(
            f"{names.of(key)}: {listed(first_low(picture.functions[slug]) for slug in slugs)}."
            for key, slugs in picture.half.items()
        ),
    )


def shade_of(score: Score) -> str:
    return f"h{min(max(score.priority - score.strength, -1), 3) + 1}"


def _cell(scores: Mapping[str, Score], function: str) -> Cell:
    score = scores.get(function)
    if score is None:
        return Cell(shade="hq", words="no mark")
    return Cell(shade=shade_of(score), words=f"{score.strength} to {score.priority}")


def _introductions(
    picture: NeedsPicture[int], table: str, names: Names
) -> Iterator[IntroductionLine]:
    for one in picture.introductions:
        are = "is" if len(one.offers) == 1 else "are"
        yield IntroductionLine(
            figure=APART.join((table, one.function)),
            name=picture.functions[one.function],
            words=(
                f"{names.few(one.offers)} {are} strong in it, and it presses for "
                f"{names.few(one.needs)}."
            ),
        )


def _both_ways(picture: NeedsPicture[int], names: Names) -> Iterator[str]:
    """The reader's own pairs first, then those who could do most for each other."""
    helps: dict[tuple[int, int], list[str]] = {}
    for introduction in picture.introductions:
        for pair in introduction.pairs:
            helps.setdefault(pair, []).append(first_low(picture.functions[introduction.function]))

    def weight(pair: tuple[int, int]) -> tuple[bool, int, int]:
        given, back = len(helps[pair]), len(helps[pair[::-1]])
        return bool(names.own & {*pair}), min(given, back), given + back

    for pair in sorted(picture.both_ways, key=weight, reverse=True)[:MOST_PAIRS]:
        one, other = pair if pair[1] not in names.own else pair[::-1]
        yield (
            f"{names.of(one)}: {', '.join(helps[one, other][:MOST_FIRST])}. "
            f"{names.of(other)}: {', '.join(helps[other, one][:MOST_FIRST])}."
        )


def _why(need: Need[int], names: Names) -> str:
    presses = out_of(need.n_pressing, need.n_answered) if need.n_pressing else "nobody"
    verb = "is" if len(need.strong) == 1 else "are"
    strong = f"{names.few(need.strong)} {verb} strong in it" if need.strong else ""
    return f"Presses for {presses}; {strong or 'nobody is strong in it'}."


def _first(needs: tuple[Need[int], ...], functions: Mapping[str, str]) -> str:
    common = [need for need in needs if need.n_pressing >= FEWEST_RANKED][:MOST_FIRST]
    if not common:
        return "Nothing presses for more than one of those who answered."
    said = [
        f"{first_low(functions[need.function])} ({out_of(need.n_pressing, need.n_answered)})"
        for need in common
    ]
    return f"What we have most in common: {listed(said)}."


def _released(release: Released | None, function: str) -> str:
    figure = release.cells.get(function) if release else None
    if release is None or figure is None:
        return ""
    return f"It pressed for {out_of(figure, len(release.contributors))} members who kept theirs."
