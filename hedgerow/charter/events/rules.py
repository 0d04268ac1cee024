from collections.abc import Mapping

from hedgerow.core.rooms import Sentence, Told
from hedgerow.look.words import count


def _laid_down(told: Told) -> str:
    rules = count(told.detail["rules"], "rule")
    if told.detail["number"] == 1:
        return f"{told.by} laid down the ground rules: {rules}."
    return f"{told.by} changed the ground rules; version {told.detail['number']} has {rules}."


def _tested(told: Told) -> str:
    return f"{told.by} noted that a ground rule was put to the test: {_rule(told)}."


def _test_taken_back(told: Told) -> str:
    return f"{told.by} took back a note about a ground rule: {_rule(told)}."


def _assented(told: Told) -> str:
    return f"{told.by} agreed to {_version(told)} for {_organisation(told)}."


def _recorded(told: Told) -> str:
    return f"{told.by} wrote down that {_organisation(told)} agreed to {_version(told)}."


def _confirmed(told: Told) -> str:
    return f"{told.by} confirmed that {_organisation(told)} agreed to {_version(told)}."


def _undone(told: Told) -> str:
    return (
        f"{told.by} said that {_organisation(told)} had not agreed to {_version(told)}, "
        "as was written down for it."
    )


def _taken_back(told: Told) -> str:
    return f"{told.by} took back that {_organisation(told)} agrees to {_version(told)}."


def _organisation(told: Told) -> str:
    return told.named("people.organisation", told.detail["organisation"])


def _version(told: Told) -> str:
    return f"version {told.detail['number']} of the ground rules"


def _rule(told: Told) -> str:
    """By its slug, which every version knows it by; its words stay in the rules."""
    return f"“{str(told.detail['slug']).replace('-', ' ')}”"


SENTENCES: Mapping[str, Sentence] = {
    "charter.rules_laid_down": _laid_down,
    "charter.rule_tested": _tested,
    "charter.rule_test_taken_back": _test_taken_back,
    "charter.assented": _assented,
    "charter.assent_recorded": _recorded,
    "charter.assent_confirmed": _confirmed,
    "charter.assent_undone": _undone,
    "charter.assent_taken_back": _taken_back,
}
