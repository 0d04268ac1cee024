"""What can be done about questions and answers. Every action locks the round first."""

from .files import keep_file, remove_file
from .recording import record_all, record_answers
from .releases import close_round, consent, take_back_consent
from .reminders import nudge, say_why_not, take_back_why_not
from .rounds import move_round, open_round, write_talk
from .sharing import share_section
from .sheets import (
    begin_sheet,
    confirm_sheet,
    finish_sheet,
    give_answers,
    keep_section,
)

__all__ = [
    "begin_sheet",
    "close_round",
    "confirm_sheet",
    "consent",
    "finish_sheet",
    "give_answers",
    "keep_file",
    "keep_section",
    "move_round",
    "nudge",
    "open_round",
    "record_all",
    "record_answers",
    "remove_file",
    "say_why_not",
    "share_section",
    "take_back_consent",
    "take_back_why_not",
    "write_talk",
]
