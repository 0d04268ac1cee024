"""What the history says of a plan that is carried out."""

from collections.abc import Mapping
from datetime import date

from hedgerow.core.rooms import Sentence, Told
from hedgerow.look.words import count, day, first_low
from hedgerow.workplans.models import Result


def _taken_up(told: Told) -> str:
    holders = told.named("people.seat", told.detail["first"])
    if told.detail["second"] is None:
        holders = f"{holders}, alone"
    else:
        holders = f"{holders} and {told.named('people.seat', told.detail['second'])}"
    due = day(date.fromisoformat(told.detail["due"]))
    return f"Step {told.detail['step']} of the plan, “{told.thing}”, was taken up by {holders}, for {due}."


def _judged(told: Told) -> str:
    result = first_low(Result(told.detail["result"]).label)
    return (
        f"{told.by} said that objective {told.detail['objective']}, “{told.thing}”, was {result}."
    )


def _returned(told: Told) -> str:
    gains = count(told.detail["gains"], "gain")
    return (
        f"{told.by} made the return from the plan, the account and {gains} that nobody had planned."
    )


SENTENCES: Mapping[str, Sentence] = {
    "workplans.step_taken_up": _taken_up,
    "workplans.objective_judged": _judged,
    "workplans.return_handed_in": _returned,
}
