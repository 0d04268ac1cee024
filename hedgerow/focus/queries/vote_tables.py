"""The page of a shortlisting, put together for the eye: each idea with why it stands where it
does, and the votes as tables. No queries."""

from collections.abc import Sequence
from dataclasses import dataclass

from .shortlisting_lines import (
    BallotLine,
    CandidateLine,
    ReopeningLine,
    RoundLine,
    ShortlistingPage,
    SpotLine,
)

_DOT = {"standing": 2, "struck": 3, "dropped": 0}


@dataclass(frozen=True, kw_only=True)
class Standing:
    line: CandidateLine
    dot: int  # as `state` draws it; the red one only where it is struck out
    state: str  # "Stands", "Stood to the end", "Struck out by Open Door", "Dropped in round 2"
    spots: tuple[SpotLine, ...]  # that it was given, also where it came back
    back: tuple[ReopeningLine, ...]  # for which it came back, the first first


@dataclass(frozen=True, kw_only=True)
class Cell:
    n: int | None  # votes; None: it did not stand in this round
    said: str  # "lowest, so it dropped"; "" for most


@dataclass(frozen=True, kw_only=True)
class Row:
    line: CandidateLine
    cells: tuple[Cell, ...]


@dataclass(frozen=True, kw_only=True)
class BallotRow:
    line: BallotLine
    votes: tuple[int, ...]  # for each idea that stood in the round


@dataclass(frozen=True, kw_only=True)
class BallotTable:
    """Who gave what in one closed round of votes."""

    round: RoundLine
    titles: tuple[str, ...]  # of the ideas that stood
    rows: tuple[BallotRow, ...]
    totals: tuple[int, ...]


def standings(page: ShortlistingPage) -> list[Standing]:
    """What stands first, then what dropped, then what was struck out."""
    lines = (*page.standing, *page.dropped, *page.struck)
    return [
        Standing(
            line=line,
            dot=_DOT[line.stands],
            state=line.said.removesuffix(".")
            or ("Stood to the end" if page.ended_on else "Stands"),
            spots=tuple(spot for spot in _spots(page) if spot.candidate == line.key),
            back=tuple(
                one
                for one in reversed(page.reopenings)
                if one.state == "granted" and one.candidate == line.key
            ),
        )
        for line in lines
    ]


def no_spots(page: ShortlistingPage) -> list[SpotLine]:
    """The words of members that used no red spot, once they are shown."""
    return [spot for spot in _spots(page) if spot.candidate is None]


def rows(page: ShortlistingPage) -> list[Row]:
    """The votes of each idea in each closed round of votes."""
    return [
        Row(
            line=line,
            cells=tuple(
                _cell(round, line, n) for round, n in zip(page.vote_rounds, totals, strict=True)
            ),
        )
        for line, totals in page.table
    ]


def ballot_table(page: ShortlistingPage, round: RoundLine) -> BallotTable:
    stood = [place for place, n in enumerate(round.totals) if n is not None]
    return BallotTable(
        round=round,
        titles=tuple(page.candidates[place].title for place in stood),
        rows=tuple(
            BallotRow(line=line, votes=tuple(line.votes[place] for place in stood))
            for line in round.ballots
        ),
        totals=tuple(round.totals[place] or 0 for place in stood),
    )


def ballot_tables(page: ShortlistingPage) -> list[BallotTable]:
    """The newest round first."""
    return [ballot_table(page, round) for round in reversed(page.vote_rounds)]


def _spots(page: ShortlistingPage) -> Sequence[SpotLine]:
    shown = [spot for round in page.rounds for spot in round.spots]
    return [*shown, *(page.open.spots if page.open else ())]


def _cell(round: RoundLine, line: CandidateLine, n: int | None) -> Cell:
    """What the lowest came to, in words."""
    stood = [votes for votes in round.totals if votes is not None]
    if n is None or n != min(stood):
        return Cell(n=n, said="")
    is_level = stood.count(n) > 1
    if line.title in round.dropped:
        return Cell(
            n=n, said="level at the bottom; let go" if is_level else "lowest, so it dropped"
        )
    return Cell(n=n, said="level at the bottom; nothing dropped" if is_level else "lowest")
