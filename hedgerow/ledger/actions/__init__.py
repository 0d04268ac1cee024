"""What can be done with terms, awards and their money. Nothing is paid by any of it."""

from .awards import ConditionSaid, InstalmentSaid, make_award
from .changing import change_amount, change_holding, close_award
from .conditions import doubt_condition, meet_condition, tell_condition
from .entries import enter, undo
from .instalments import doubt_instalment, release_instalment, tell_instalment
from .terms import CriterionSaid, HeadingSaid, set_terms

__all__ = [
    "ConditionSaid",
    "CriterionSaid",
    "HeadingSaid",
    "InstalmentSaid",
    "change_amount",
    "change_holding",
    "close_award",
    "doubt_condition",
    "doubt_instalment",
    "enter",
    "make_award",
    "meet_condition",
    "release_instalment",
    "set_terms",
    "tell_condition",
    "tell_instalment",
    "undo",
]
