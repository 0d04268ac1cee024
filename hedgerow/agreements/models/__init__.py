from .decisions import (
    ON_BEHALF,
    Channel,
    Decision,
    DecisionTemplate,
    Option,
    Outcome,
    Remark,
    Stance,
    Voice,
)
from .feeds import Feed
from .meetings import AgendaItem, Answer, Attendance, Meeting, Note
from .promises import Promise

__all__ = [
    "ON_BEHALF",
    "AgendaItem",
    "Answer",
    "Attendance",
    "Channel",
    "Decision",
    "DecisionTemplate",
    "Feed",
    "Meeting",
    "Note",
    "Option",
    "Outcome",
    "Promise",
    "Remark",
    "Stance",
    "Voice",
]
