"""What the history says of awards, their conditions and their parts."""

from collections.abc import Mapping
from datetime import date

from hedgerow.core.rooms import Sentence, Told
from hedgerow.look.words import day
from hedgerow.units import pounds

from .entries import of_part


def _award_made(told: Told) -> str:
    holding = told.named("people.organisation", told.detail["holding"])
    released = told.detail["released"]
    then = f"; {pounds(released)} was released with it" if released else ""
    return (
        f"{told.by} awarded {pounds(told.detail['amount'])} on {_day(told)}, which {holding} holds "
        f"for all{then}."
    )


def _holding_changed(told: Told) -> str:
    before, holding = (
        told.named("people.organisation", told.detail[name]) for name in ("before", "holding")
    )
    return f"{told.by} had {holding} hold the award from then on; before, {before} did."


def _amount_changed(told: Told) -> str:
    raised = "raised" if told.detail["verb"] == "award" else "lowered"
    part = of_part(told.detail["tranche"])
    return f"{told.by} {raised} the award{part} by {pounds(told.detail['pence'])}."


def _released(told: Told) -> str:
    part = of_part(told.detail["tranche"])
    return f"{told.by} released {pounds(told.detail['pence'])}{part}, on {_day(told)}."


def _instalment_told(told: Told) -> str:
    return f"{told.by} said that what {pounds(told.detail['pence'])} of the award waits for is reached."


def _instalment_doubted(told: Told) -> str:
    return (
        f"{told.by} said that what {pounds(told.detail['pence'])} of the award waits for is not "
        "reached yet."
    )


def _award_closed(told: Told) -> str:
    return f"{told.by} closed the award, on {_day(told)}."


def _condition_told(told: Told) -> str:
    return f"{told.by} said what meets condition {told.detail['position']} of the award."


def _condition_met(told: Told) -> str:
    return f"{told.by} took condition {told.detail['position']} of the award as met."


def _condition_doubted(told: Told) -> str:
    return f"{told.by} said that condition {told.detail['position']} of the award is not met yet."


def _day(told: Told) -> str:
    return day(date.fromisoformat(told.detail["on"]))


SENTENCES: Mapping[str, Sentence] = {
    "ledger.award_made": _award_made,
    "ledger.holding_changed": _holding_changed,
    "ledger.amount_changed": _amount_changed,
    "ledger.released": _released,
    "ledger.instalment_told": _instalment_told,
    "ledger.instalment_doubted": _instalment_doubted,
    "ledger.award_closed": _award_closed,
    "ledger.condition_told": _condition_told,
    "ledger.condition_met": _condition_met,
    "ledger.condition_doubted": _condition_doubted,
}
