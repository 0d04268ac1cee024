"""What the history says of pairs, reports and contacts."""

from collections.abc import Mapping
from datetime import date

from hedgerow.core.rooms import Sentence, Told
from hedgerow.look.words import day


def _pair_named(told: Told) -> str:
    first, second = (told.named("people.seat", told.detail[name]) for name in ("first", "second"))
    by = day(date.fromisoformat(told.detail["due"]))
    return f"{told.by} asked {first}, and {second}, to look into “{_idea(told)}” by {by}."


def _study_kept(told: Told) -> str:
    return f"{told.by} went on writing the report on “{_idea(told)}”."


def _study_handed_in(told: Told) -> str:
    return f"{told.by} handed in the report on “{_idea(told)}”."


def _contact_added(told: Told) -> str:
    what = "something to check" if told.detail["kind"] == "resource" else "somebody to ask"
    return f"{told.by} wrote down {what}{_for(told)}."


def _contact_noted(told: Told) -> str:
    return f"{told.by} wrote down what came of asking{_for(told)}."


def _contact_struck(told: Told) -> str:
    return f"{told.by} struck out a contact{_for(told)}."


def _idea(told: Told) -> str:
    return told.named("focus.idea", told.detail["idea"])


def _for(told: Told) -> str:
    return f" for “{_idea(told)}”" if told.detail["idea"] else ""


SENTENCES: Mapping[str, Sentence] = {
    "focus.pair_named": _pair_named,
    "focus.study_kept": _study_kept,
    "focus.study_handed_in": _study_handed_in,
    "focus.contact_added": _contact_added,
    "focus.contact_noted": _contact_noted,
    "focus.contact_struck": _contact_struck,
}
