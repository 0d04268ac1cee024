"""The register of what was released, in words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from hedgerow.core import clock
from hedgerow.diagnostics.models import Asking
from hedgerow.diagnostics.pictures.shells import BELOW, MONEY, SCORES, shells_of
from hedgerow.diagnostics.questions.instruments import Instrument, Scored
from hedgerow.diagnostics.questions.packs import instrument_of
from hedgerow.look.words import count, first_up, out_of
from hedgerow.units import pounds

from .registers import Released, Stand, register_of

_WHY = {
    "too_few": (
        "Nothing was shown, because among so few members each could work out what the others said."
    ),
    "too_like": (
        "Nothing was shown, because nearly the same members were in what was shown before: "
        "the difference would have told of the few."
    ),
    "unsafe": "Nothing was shown, because every figure would have told of one of them.",
}
_CALLED = {
    SCORES: "Counts",
    MONEY: "Sums of money",
    "people": "Numbers, rounded to five",
}


@dataclass(frozen=True, kw_only=True)
class ReleaseLine:
    key: int
    called: str
    on: date
    of: str  # "six members who keep theirs to themselves"
    how: str  # by rule, or by consent
    why: str  # why there is no figure at all
    figures: tuple[tuple[str, str], ...]  # what it is about, what was shown
    n_hidden: int  # figures that were not safe

    @property
    def hidden(self) -> str:
        if not self.n_hidden:
            return ""
        is_held, it = ("is", "it") if self.n_hidden == 1 else ("are", "they")
        return (
            f"{first_up(count(self.n_hidden, 'figure'))} {is_held} held back, "
            f"because {it} would have told of somebody."
        )


def releases_of(asking: Asking) -> list[ReleaseLine]:
    """Newest first. One query."""
    register = register_of(asking.round.cluster_id, [asking.slug]).get(asking.slug, [])
    rows = [row for row in register if row.asking == asking.pk]
    instrument = instrument_of(asking.text)
    return [line_of(row, instrument) for row in reversed(rows)]


def line_of(
    row: Released, instrument: Instrument, only: Sequence[str] | None = None
) -> ReleaseLine:
    """`only`: the names of the cells that are asked about."""
    words = {cell: said for shell in shells_of(instrument) for cell, said in shell.cells.items()}
    cells = {cell: n for cell, n in row.cells.items() if only is None or cell in only}
    n = len(row.contributors)
    return ReleaseLine(
        key=row.key,
        called=_CALLED.get(row.profile, row.profile),
        on=clock.day_of(row.at),
        of=f"{count(n, 'member')} who {'keeps' if n == 1 else 'keep'} theirs to themselves",
        how=(
            "With the yes of every one of them."
            if row.by_consent
            else "By rule, when the round closed."
        ),
        why=_WHY.get(row.held_back, ""),
        figures=tuple(
            (words.get(cell, cell), _figure(row, instrument, cell, figure))
            for cell, figure in cells.items()
            if figure is not None
        ),
        n_hidden=sum(figure is None for figure in cells.values()),
    )


def _figure(row: Released, instrument: Instrument, cell: str, figure: int) -> str:
    if row.profile == MONEY:
        return pounds(figure)
    if row.profile != SCORES:
        return f"about {figure:,}" if not row.by_consent else f"{figure:,}"
    n = out_of(figure, len(row.contributors))
    if instrument.scored is Scored.NEEDS:
        return f"presses for {n}"
    return f"{n} below" if cell == BELOW else f"{n} said no"


def what_it_is_about(asking: Asking, stand: Stand) -> list[str]:
    """The figures that a yes of all would show, in words."""
    found = []
    for shell in shells_of(instrument_of(asking.text)):
        row = stand.of(shell.profile)
        if row and not row.is_whole:
            shown = {cell for cell, figure in row.cells.items() if figure is not None}
            found += [words for cell, words in shell.cells.items() if cell not in shown]
    return found
