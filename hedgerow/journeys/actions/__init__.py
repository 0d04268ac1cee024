"""Writes. Whatever changes a journey locks the journey first, so that two never wait for each other."""

from .dates import (
    answer_move,
    ask_to_move,
    meet_milestone,
    move_date,
    move_programme_date,
    say_it_stands,
    unmeet_milestone,
)
from .days import give_days, log_days, strike_days
from .designs import load_design, start_journey
from .stages import close_stage, drop_parts, go_back, tick, untick
from .submissions import answer, submit, take_back

__all__ = [
    "answer",
    "answer_move",
    "ask_to_move",
    "close_stage",
    "drop_parts",
    "give_days",
    "go_back",
    "load_design",
    "log_days",
    "meet_milestone",
    "move_date",
    "move_programme_date",
    "say_it_stands",
    "start_journey",
    "strike_days",
    "submit",
    "take_back",
    "tick",
    "unmeet_milestone",
    "untick",
]
