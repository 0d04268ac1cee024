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
from .meetings import AgendaItem, Answer, Attendance, Meeting, MeetingChange, Note
from .promises import Promise, PromiseStep, StepKind

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
]
