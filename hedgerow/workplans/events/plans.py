"""What the history says of a plan: its objectives, its steps, and who does them."""

from collections.abc import Mapping

from hedgerow.core.rooms import Sentence, Told
from hedgerow.look.words import count, listed


def _begun(told: Told) -> str:
    n = told.detail["n"]
    if not n:
        return f"{told.by} began the workplan."
    return f"{told.by} began the workplan, with {count(n, 'objective')} out of the focus."


def _written(told: Told) -> str:
    return f"{told.by} wrote the summary or the meetings of the workplan anew."


def _objective_added(told: Told) -> str:
    return f"{told.by} added {_objective(told)}, to the plan."


def _objective_changed(told: Told) -> str:
    return f"{told.by} changed {count(told.detail['n'], 'thing')} in {_objective(told)}."


def _came_in_behind(told: Told) -> str:
    return f"{told.by} said what we come in behind with {_objective(told)}."


def _objective_dropped(told: Told) -> str:
    n = told.detail["n"]
    steps = f", and {count(n, 'step')} with it" if n else ""
    return f"{told.by} dropped {_objective(told)}, from the plan{steps}."


def _step_added(told: Told) -> str:
    return f"{told.by} added {_step(told)}, to the plan."


def _step_changed(told: Told) -> str:
    return f"{told.by} changed {count(told.detail['n'], 'thing')} in {_step(told)}."


def _step_dropped(told: Told) -> str:
    return f"{told.by} dropped {_step(told)}, from the plan."


def _pair_named(told: Told) -> str:
    keys = [told.detail["first"], told.detail["second"]]
    holders = listed(told.named("people.seat", key) for key in keys if key is not None)
    alone = "" if told.detail["second"] is not None else ", alone"
    return f"{told.by} named who does {_step(told)}: {holders}{alone}."


def _waits_said(told: Told) -> str:
    after = told.detail["after"]
    if not after:
        return f"{told.by} said that {_step(told)}, waits for no other."
    which = f"{'step' if len(after) == 1 else 'steps'} {listed(after)}"
    return f"{told.by} said that {_step(told)}, waits for {which}."


def _objective(told: Told) -> str:
    return f"objective {told.detail['objective']}, “{told.thing}”"


def _step(told: Told) -> str:
    return f"step {told.detail['step']}, “{told.thing}”"


SENTENCES: Mapping[str, Sentence] = {
    "workplans.plan_begun": _begun,
    "workplans.plan_written": _written,
    "workplans.objective_added": _objective_added,
    "workplans.objective_changed": _objective_changed,
    "workplans.came_in_behind": _came_in_behind,
    "workplans.objective_dropped": _objective_dropped,
    "workplans.step_added": _step_added,
    "workplans.step_changed": _step_changed,
    "workplans.step_dropped": _step_dropped,
    "workplans.pair_named": _pair_named,
    "workplans.waits_said": _waits_said,
}
