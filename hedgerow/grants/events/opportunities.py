from collections.abc import Mapping

from hedgerow.core.rooms import Sentence, Told


def _posted(told: Told) -> str:
    return f"{told.by} posted an offer: {_offer(told)}."


def _changed(told: Told) -> str:
    return f"{told.by} changed an offer: {_offer(told)}."


def _checked(told: Told) -> str:
    return f"{told.by} looked whether an offer is still right: {_offer(told)}."


def _ended(told: Told) -> str:
    return f"{told.by} ended an offer: {_offer(told)}."


def _offer(told: Told) -> str:
    return f"“{told.thing}”" if told.thing else "one that is gone"


SENTENCES: Mapping[str, Sentence] = {
    "grants.opportunity_posted": _posted,
    "grants.opportunity_changed": _changed,
    "grants.opportunity_checked": _checked,
    "grants.opportunity_ended": _ended,
}
