from .boards import BoardAnswer, BoardSays
from .decisions import (
    Decision,
    DecisionTemplate,
    Option,
    Outcome,
    Remark,
    Stance,
    Voice,
)
from .feeds import Feed
from .meetings import AgendaItem, Answer, Attendance, Meeting, MeetingChange, Note
from .promises import Promise, PromiseStep, StepKind
from .words import ON_BEHALF, Channel, Word, word_constraints

__all__ = [
    "ON_BEHALF",
    "AgendaItem",
    "Answer",
    "Attendance",
    "BoardAnswer",
    "BoardSays",
    "Channel",
    "Decision",
    "DecisionTemplate",
    "Feed",
    "Meeting",
    "MeetingChange",
    "Note",
    "Option",
    "Outcome",
    "Promise",
    "PromiseStep",
    "Remark",
    "Stance",
    "StepKind",
    "Voice",
    "Word",
    "word_constraints",
]
