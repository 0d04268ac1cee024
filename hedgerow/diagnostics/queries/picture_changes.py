"""What is different since the same was asked last, for those who answered both times."""

from collections.abc import Mapping
from dataclasses import dataclass

from hedgerow.diagnostics.pictures import changes_between
from hedgerow.diagnostics.questions.instruments import Answers, Instrument
from hedgerow.look.words import count, first_up, listed

from .naming import Names

_TURNS = {
    "eased": "no longer presses for",
    "newly_pressing": "newly presses for",
    "stronger": "is stronger at",
    "weaker": "is weaker at",
}
_STATES = {"below": "below", "cannot_tell": "cannot tell", "meets": "not below"}


@dataclass(frozen=True, kw_only=True)
class ChangesPart:
    both: str  # who answered both times, in words
    lines: tuple[str, ...]  # "Accounts: no longer presses for Open Door."


def changes_part(
    instrument: Instrument,
    before: Mapping[int, Answers],
    now: Mapping[int, Answers],
    names: Names,
) -> ChangesPart | None:
    """None where nobody answered both times, or where nothing of it is scored."""
    found = changes_between(instrument, before, now)
    if found.needs and found.needs.both:
        turned: dict[str, dict[str, list[int]]] = {}
        for one in found.needs.changes:
            if one.turn != "unchanged":
                turned.setdefault(one.function, {}).setdefault(one.turn, []).append(one.key)
        lines = [
            f"{found.functions[function]}: "
            + listed(f"{_TURNS[turn]} {names.few(of[turn])}" for turn in _TURNS if turn in of)
            + "."
            for function, of in turned.items()
        ]
        return ChangesPart(both=_both(len(found.needs.both)), lines=tuple(lines))
    if found.baseline:
        lines = [
            f"{names.of(one.key)}: was {_STATES[one.before]}, is {_STATES[one.now]} now."
            for one in found.baseline
            if one.before != one.now
        ]
        return ChangesPart(both=_both(len(found.baseline)), lines=tuple(lines))
    return None


def _both(n: int) -> str:
    return first_up(f"{count(n, 'member')} answered both times, and can be compared.")
