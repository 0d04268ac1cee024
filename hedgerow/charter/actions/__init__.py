"""What can be done to a cluster's charter."""

from .assents import (
    assent,
    confirm_assent,
    record_assent,
    take_back_assent,
    undo_assent,
)
from .core_group import declare_competition, delegate, take_back_competition
from .profile import remove_logo, set_logo, write_profile
from .purpose import name_gatherer, say_yes, set_answers_by, write_purpose
from .readiness import answer_readiness, begin_readiness, share_readiness
from .rules import lay_down_rules, note_rule_test, take_back_rule_test

__all__ = [
    "answer_readiness",
    "assent",
    "begin_readiness",
    "confirm_assent",
    "declare_competition",
    "delegate",
    "lay_down_rules",
    "name_gatherer",
    "note_rule_test",
    "record_assent",
    "remove_logo",
    "say_yes",
    "set_answers_by",
    "set_logo",
    "share_readiness",
    "take_back_assent",
    "take_back_competition",
    "take_back_rule_test",
    "undo_assent",
    "write_profile",
    "write_purpose",
]
