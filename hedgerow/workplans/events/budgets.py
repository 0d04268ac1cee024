"""What the history says of budgets. What was spent is told where the money is."""

from collections.abc import Mapping

from hedgerow.core.rooms import Sentence, Told
from hedgerow.look.words import count
from hedgerow.units import pounds


def _begun(told: Told) -> str:
    if n := told.detail["n"]:
        return f"{told.by} began another budget, with {count(n, 'line')} of the one before."
    return f"{told.by} began the budget of the plan."


def _line_added(told: Told) -> str:
    return f"{told.by} added line {told.detail['line']} to the budget: {_amount(told)}."


def _line_changed(told: Told) -> str:
    return f"{told.by} changed line {told.detail['line']} of the budget: it is {_amount(told)} now."


def _line_dropped(told: Told) -> str:
    return f"{told.by} took line {told.detail['line']} out of the budget: it was {_amount(told)}."


def _handed_in(told: Told) -> str:
    total = pounds(told.detail["pence"])
    return f"{told.by} handed in budget {told.detail['budget']}: {total} in all."


def _change_begun(told: Told) -> str:
    return f"{told.by} began to change the budget. The one that holds stays until a decision."


def _change_put(told: Told) -> str:
    changes = count(told.detail["n"], "change")
    before, after = pounds(told.detail["before"]), pounds(told.detail["pence"])
    sums = f"{after} in all" if before == after else f"{after} in all instead of {before}"
    return (
        f"{told.by} put {changes} of the budget to the vote, as decision {told.detail['number']}: "
        f"{sums}."
    )


def _change_given_up(told: Told) -> str:
    return f"{told.by} gave up a change of the budget. The one that holds stays."


SENTENCES: Mapping[str, Sentence] = {
    "workplans.budget_begun": _begun,
    "workplans.budget_line_added": _line_added,
    "workplans.budget_line_changed": _line_changed,
    "workplans.budget_line_dropped": _line_dropped,
    "workplans.budget_handed_in": _handed_in,
    "workplans.budget_change_begun": _change_begun,
    "workplans.budget_change_put": _change_put,
    "workplans.budget_change_given_up": _change_given_up,
}


def _amount(told: Told) -> str:
    hours, pence = told.detail["hours"], told.detail["pence"]
    if not hours:
        return pounds(pence)
    return f"{count(hours, 'hour')} in kind" + (f", worth {pounds(pence)}" if pence else "")
