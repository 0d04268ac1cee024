"""What the history says of what moved in an award."""

from collections.abc import Mapping
from datetime import date

from hedgerow.core.rooms import Sentence, Told
from hedgerow.look.words import day
from hedgerow.units import pounds

_SAID = {
    "draw": "{sum} was drawn{part}",
    "put_back": "{sum} was not drawn{part}",
    "hand_back": "{sum} was handed back{part}",
    "draw_again": "{sum} was not handed back{part}",
    "take_back": "{sum} was not released{part}",
    "commit": "{member} committed {sum}{part}{line}",
    "free": "{member} freed {sum} that was committed{part}{line}",
    "spend": "{member} spent {sum}{part}{line}",
    "refund": "{sum} that {member} had spent came back{part}{line}",
    "hand_over": "{member} handed {sum} that it had committed over to {receiver}{part}{line}",
}
_PARTS = {"levelling_up": " of the levelling-up line", "quick_wins": " of the quick wins"}


def of_part(tranche: str) -> str:
    """ " of the quick wins"; nothing for the main part."""
    return _PARTS.get(tranche, "")


def _entered(told: Told) -> str:
    return f"{told.by} wrote down: {_moved(told)}, on {_day(told)}."


def _undone(told: Told) -> str:
    return f"{told.by} undid entry {told.detail['undoes']}: {_moved(told)}, on {_day(told)}."


def _moved(told: Told) -> str:
    line = told.detail["line"]
    return _SAID[told.detail["verb"]].format(
        sum=pounds(told.detail["pence"]),
        part=of_part(told.detail["tranche"]),
        line=f", line {line} of the budget" if line is not None else "",
        member=_name(told, "member"),
        receiver=_name(told, "receiver"),
    )


def _name(told: Told, which: str) -> str:
    key = told.detail[which]
    return told.named("people.organisation", key) if key else ""


def _day(told: Told) -> str:
    return day(date.fromisoformat(told.detail["on"]))


SENTENCES: Mapping[str, Sentence] = {"ledger.entered": _entered, "ledger.undone": _undone}
