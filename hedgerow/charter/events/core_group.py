"""What was said of seats and of competing, in sentences."""

from collections.abc import Mapping

from hedgerow.core.rooms import Sentence, Told


def _delegated(told: Told) -> str:
    seat = told.named("people.seat", told.detail["seat"])
    if seat == told.by:
        return f"{told.by} said what this seat may commit without going back to ask."
    return f"{told.by} said what may be committed from the seat of {seat}."


def _competition_declared(told: Told) -> str:
    organisation = told.named("people.organisation", told.detail["organisation"])
    if told.detail["is_nowhere"]:
        return f"{told.by} said that {organisation} competes with no other member."
    return f"{told.by} said where {organisation} competes with others: “{_thing(told)}”"


def _competition_taken_back(told: Told) -> str:
    organisation = told.named("people.organisation", told.detail["organisation"])
    return f"{told.by} took back what {organisation} had said about competing."


SENTENCES: Mapping[str, Sentence] = {
    "charter.delegated": _delegated,
    "charter.competition_declared": _competition_declared,
    "charter.competition_taken_back": _competition_taken_back,
}


def _thing(told: Told) -> str:
    return str(told.thing) if told.thing else "something that is gone"
