from .agenda import add_item, take_off_item
from .boards import say_board
from .decisions import close, close_due, propose, reopen, withdraw
from .feeds import end_feed, make_feed
from .meetings import (
    add_note,
    answer_meeting,
    begin_meeting,
    call_meeting,
    call_off,
    change_meeting,
    end_meeting,
    note_who_came,
    strike_note,
)
from .promises import keep, let_go, move_promise, promise, take_over, take_up_again
from .remarks import remark, take_back_remark
from .voices import confirm_voice, record_voice, speak, undo_voice
from .ways import keep_way

__all__ = [
    "add_item",
    "add_note",
    "answer_meeting",
    "begin_meeting",
    "call_meeting",
    "call_off",
    "change_meeting",
    "close",
    "close_due",
    "confirm_voice",
    "end_feed",
    "end_meeting",
    "keep",
    "keep_way",
    "let_go",
    "make_feed",
    "move_promise",
    "note_who_came",
    "promise",
    "propose",
    "record_voice",
    "remark",
    "reopen",
    "say_board",
    "speak",
    "strike_note",
    "take_back_remark",
    "take_off_item",
    "take_over",
    "take_up_again",
    "undo_voice",
    "withdraw",
]
