"""Who may see and do what with decisions, meetings, promises and what boards say. From access.md:
they are the cluster's, but what its board says is each organisation's own; one voice an
organisation; a facilitator has none, and may write one down for somebody."""

from .boards import SAY_BOARD, SEE_BOARDS
from .decisions import (
    ANSWER_RECORDED,
    CLOSE_DECISION,
    KEEP_WAYS,
    PROPOSE,
    RECORD_VOICE,
    REMARK,
    REOPEN,
    SEE_DECISION,
    SEE_DISSENT,
    SEE_OPTIONS,
    SEE_REMARKS,
    SEE_VOICES,
    SEE_WAYS,
    SPEAK,
    TAKE_BACK_REMARK,
)
from .feeds import END_FEED, SEE_FEEDS
from .meetings import (
    ADD_ITEM,
    ANSWER_MEETING,
    CALL_MEETING,
    RUN_MEETING,
    SEE_ATTENDANCE,
    SEE_ITEMS,
    SEE_MEETING,
    SEE_MEETING_CHANGES,
    SEE_NOTES,
    STRIKE_NOTE,
    TAKE_OFF_ITEM,
)
from .places import LEADS, SEE_AGREEMENTS
from .promises import END_PROMISE, MAKE_PROMISE, SEE_PROMISE, SEE_PROMISE_STEPS

__all__ = [
    "ADD_ITEM",
    "ANSWER_MEETING",
    "ANSWER_RECORDED",
    "CALL_MEETING",
    "CLOSE_DECISION",
    "END_FEED",
    "END_PROMISE",
    "KEEP_WAYS",
    "LEADS",
    "MAKE_PROMISE",
    "PROPOSE",
    "RECORD_VOICE",
    "REMARK",
    "REOPEN",
    "RUN_MEETING",
    "SAY_BOARD",
    "SEE_AGREEMENTS",
    "SEE_ATTENDANCE",
    "SEE_BOARDS",
    "SEE_DECISION",
    "SEE_DISSENT",
    "SEE_FEEDS",
    "SEE_ITEMS",
    "SEE_MEETING",
    "SEE_MEETING_CHANGES",
    "SEE_NOTES",
    "SEE_OPTIONS",
    "SEE_PROMISE",
    "SEE_PROMISE_STEPS",
    "SEE_REMARKS",
    "SEE_VOICES",
    "SEE_WAYS",
    "SPEAK",
    "STRIKE_NOTE",
    "TAKE_BACK_REMARK",
    "TAKE_OFF_ITEM",
]
