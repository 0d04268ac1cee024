"""What the history says of what was gained: never the words themselves."""

from collections.abc import Mapping

from hedgerow.core.rooms import Sentence, Told


def _logged(told: Told) -> str:
    return f"{told.by} wrote down a gain that nobody had planned."


def _taken_back(told: Told) -> str:
    return f"{told.by} took back a gain that had been written down."


def _said(told: Told) -> str:
    return f"{told.by} said what {_organisation(told)} gained."


def _changed(told: Told) -> str:
    return f"{told.by} said anew what {_organisation(told)} gained."


def _recorded(told: Told) -> str:
    return f"{told.by} wrote down what {_organisation(told)} gained."


def _confirmed(told: Told) -> str:
    return f"{told.by} confirmed what was written down as gained by {_organisation(told)}."


def _undone(told: Told) -> str:
    return f"{told.by} undid what was written down as gained by {_organisation(told)}."


def _organisation(told: Told) -> str:
    return told.named("people.organisation", told.detail["organisation"])


SENTENCES: Mapping[str, Sentence] = {
    "workplans.gain_logged": _logged,
    "workplans.gain_taken_back": _taken_back,
    "workplans.gains_said": _said,
    "workplans.gains_changed": _changed,
    "workplans.gains_recorded": _recorded,
    "workplans.gains_confirmed": _confirmed,
    "workplans.gains_undone": _undone,
}
