"""What the programme's history says of its mediation log."""

from collections.abc import Mapping
from datetime import date

from hedgerow.core.rooms import Sentence, Told
from hedgerow.look.words import day


def _noted(told: Told) -> str:
    return f"{told.by} wrote in the mediation log of {_cluster(told)}{_of(told)}."


def _struck(told: Told) -> str:
    return f"{told.by} struck out a note in the mediation log of {_cluster(told)}{_of(told)}."


def _of(told: Told) -> str:
    return f", of {day(date.fromisoformat(told.detail['on']))}"


def _cluster(told: Told) -> str:
    return told.named("people.cluster", told.detail["about"])


SENTENCES: Mapping[str, Sentence] = {
    "grants.mediation_noted": _noted,
    "grants.mediation_struck": _struck,
}
