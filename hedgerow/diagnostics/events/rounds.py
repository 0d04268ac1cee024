"""What the history says of rounds."""

from collections.abc import Mapping
from datetime import date

from hedgerow.core.rooms import Sentence, Told
from hedgerow.look.words import count, day


def _round_opened(told: Told) -> str:
    sets = count(told.detail["n"], "set")
    return f"{told.by} asked all members {sets} of questions, until {_day(told, 'due')}."


def _round_moved(told: Told) -> str:
    return (
        f"{told.by} moved the day for the answers from {_day(told, 'was')} to {_day(told, 'due')}."
    )


def _talk_written(told: Told) -> str:
    return f"{told.by} wrote down what came of talking the picture through on {_day(told, 'on')}."


def _why_not_said(told: Told) -> str:
    return f"{told.by} said why {_organisation(told)} does not answer."


def _why_not_taken_back(told: Told) -> str:
    return f"{told.by} said that {_organisation(told)} answers after all."


def _nudged(told: Told) -> str:
    return f"{told.by} reminded {_organisation(told)} of the questions."


def _day(told: Told, name: str) -> str:
    return day(date.fromisoformat(told.detail[name]))


def _organisation(told: Told) -> str:
    return told.named("people.organisation", told.detail["organisation"])


SENTENCES: Mapping[str, Sentence] = {
    "diagnostics.round_opened": _round_opened,
    "diagnostics.round_moved": _round_moved,
    "diagnostics.talk_written": _talk_written,
    "diagnostics.why_not_said": _why_not_said,
    "diagnostics.why_not_taken_back": _why_not_taken_back,
    "diagnostics.nudged": _nudged,
}
