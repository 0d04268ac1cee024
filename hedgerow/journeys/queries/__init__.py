"""Reads: rows in, frozen lines out."""

from .board import Board, BoardLine, board, board_rows, last_steps, since_step, sums
from .dates import (
    MilestoneLine,
    MoveLine,
    VersionLine,
    answered_moves,
    kept,
    move_line,
    news,
    timetable_lines,
    timetable_number,
    version_lines,
    waiting_moves,
)
from .days import DaysLine, day_lines
from .designs import DesignPage, design_page, name_of_design, read_design, shipped_lines
from .overview import Overview, overview
from .results import result_of, standing
from .stages import (
    ExitTestLine,
    StageLine,
    Where,
    exit_test_lines,
    how_it_stands,
    stage_lines,
    where_we_are,
)

__all__ = [
    "Board",
    "BoardLine",
    "DaysLine",
    "DesignPage",
    "ExitTestLine",
    "MilestoneLine",
    "MoveLine",
    "Overview",
    "StageLine",
    "VersionLine",
    "Where",
    "answered_moves",
    "board",
    "board_rows",
    "day_lines",
    "design_page",
    "exit_test_lines",
    "how_it_stands",
    "kept",
    "last_steps",
    "move_line",
    "name_of_design",
    "news",
    "overview",
    "read_design",
    "result_of",
    "shipped_lines",
    "since_step",
    "stage_lines",
    "standing",
    "sums",
    "timetable_lines",
    "timetable_number",
    "version_lines",
    "waiting_moves",
    "where_we_are",
]
