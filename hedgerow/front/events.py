"""The record in sentences."""

from collections.abc import Mapping

from hedgerow.core.rooms import Sentence, Told
from hedgerow.people.models import User

from .queries import LOOKED_IN


def _looked_in(told: Told) -> str:
    return f"{told.by} looked in."


def _digest_stopped(told: Told) -> str:
    return f"{told.by} stopped the weekly letter."


def _copy_taken(told: Told) -> str:
    if told.thing is None or isinstance(told.thing, User):
        return f"{told.by} took a copy of everything they may see."
    return f"{told.by} took a copy of what belongs to {told.thing}."


SENTENCES: Mapping[str, Sentence] = {
    LOOKED_IN: _looked_in,
    "front.digest_stopped": _digest_stopped,
    "front.copy_taken": _copy_taken,
}
