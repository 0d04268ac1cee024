"""What was done to promises, in sentences."""

from collections.abc import Mapping
from datetime import date

from hedgerow.core.rooms import Sentence, Told
from hedgerow.look.words import day


def _made(told: Told) -> str:
    return (
        f"{told.by} wrote a promise down, {_holders(told)}, for {_day(told, 'due_on')}: "
        f"“{_thing(told)}”"
    )


def _kept(told: Told) -> str:
    return f"{told.by} said that “{_thing(told)}” was done."


def _moved(told: Told) -> str:
    return (
        f"{told.by} moved “{_thing(told)}” from {_day(told, 'from_on')} to {_day(told, 'to_on')}."
    )


def _let_go(told: Told) -> str:
    return f"{told.by} let go of “{_thing(told)}”."


def _taken_up(told: Told) -> str:
    return f"{told.by} took “{_thing(told)}” up again, for {_day(told, 'due_on')}."


def _taken_over(told: Told) -> str:
    return f"{told.by} wrote down who took “{_thing(told)}” over: {_holders(told, 'now')}."


SENTENCES: Mapping[str, Sentence] = {
    "agreements.promise_made": _made,
    "agreements.promise_kept": _kept,
    "agreements.promise_moved": _moved,
    "agreements.promise_let_go": _let_go,
    "agreements.promise_taken_up": _taken_up,
    "agreements.promise_taken_over": _taken_over,
}


def _holders(told: Told, now: str = "") -> str:
    first = told.named("people.seat", told.detail["first"])
    held = f"{now} held by {first}".strip()
    if told.detail["second"] is None:
        return f"{held} alone"
    return f"{held} and {told.named('people.seat', told.detail['second'])}"


def _thing(told: Told) -> str:
    return str(told.thing) if told.thing else "a promise that is gone"


def _day(told: Told, key: str) -> str:
    return day(date.fromisoformat(told.detail[key]))
