"""What the history says of budgets that are shared out. Never what a member wants."""

from collections.abc import Mapping
from datetime import date

from hedgerow.core.rooms import Sentence, Told
from hedgerow.look.words import count, day, out_of
from hedgerow.units import pounds


def _opened(told: Told) -> str:
    budget, until = pounds(told.detail["budget"]), day(date.fromisoformat(told.detail["due"]))
    things = count(told.detail["n"], "idea")
    return f"{told.by} asked all members which of {things} {budget} should pay for, until {until}."


def _closed(told: Told) -> str:
    said = out_of(told.detail["n_marked"], told.detail["n_members"])
    return (
        f"{told.by} closed the sharing of a budget. Of the members, {said} had said what they want."
    )


def _given_up(told: Told) -> str:
    return f"{told.by} gave up the sharing of a budget, with a reason."


def _given(told: Told) -> str:
    return f"{told.by} said what {_whose(told)} wants a budget to pay for."


def _changed(told: Told) -> str:
    return f"{told.by} changed what {_whose(told)} wants a budget to pay for."


def _recorded(told: Told) -> str:
    return f"{told.by} wrote down what {_whose(told)} wants a budget to pay for."


def _confirmed(told: Told) -> str:
    return f"{told.by} confirmed what was written down that {_whose(told)} wants."


def _undone(told: Told) -> str:
    return (
        f"{told.by} undid what was written down that {_whose(told)} wants. It has said nothing "
        "there until it marks it itself."
    )


SENTENCES: Mapping[str, Sentence] = {
    "focus.share_out_opened": _opened,
    "focus.share_out_closed": _closed,
    "focus.share_out_given_up": _given_up,
    "focus.marks_given": _given,
    "focus.marks_changed": _changed,
    "focus.marks_recorded": _recorded,
    "focus.marks_confirmed": _confirmed,
    "focus.marks_undone": _undone,
}


def _whose(told: Told) -> str:
    return told.named("people.organisation", told.detail["organisation"])
