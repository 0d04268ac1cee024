"""What is different from one round to the next, for those who answered both."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, Literal, TypeVar

from hedgerow.analysis.baseline import Check, State
from hedgerow.analysis.needs import Score, pressing

K = TypeVar("K", int, str)

Turn = Literal["eased", "newly_pressing", "stronger", "weaker", "unchanged"]
TURNS: tuple[Turn, ...] = ("eased", "newly_pressing", "stronger", "weaker", "unchanged")


@dataclass(frozen=True, kw_only=True)
class Change(Generic[K]):
    """One function of one member in both rounds."""

    key: K
    function: str
    turn: Turn
    before: Score
    now: Score


@dataclass(frozen=True, kw_only=True)
class Changes(Generic[K]):
    """By function, in its order, then by key; only for who scored the function in both rounds."""

    changes: tuple[Change[K], ...]
    both: tuple[K, ...]  # who answered both rounds
    only_before: tuple[K, ...]
    only_now: tuple[K, ...]

    @property
    def counts(self) -> dict[Turn, int]:
        return {turn: sum(one.turn == turn for one in self.changes) for turn in TURNS}


@dataclass(frozen=True, kw_only=True)
class Moved(Generic[K]):
    """One member against the baseline in both rounds."""

    key: K
    before: State
    now: State
    n_yes_before: int
    n_yes_now: int


def turn(before: Score, now: Score) -> Turn:
    """Whether it presses goes before whether it is stronger: each counts in one place only.

    A change of priority alone that leaves it as pressing as it was is unchanged.
    """
    if pressing(before) != pressing(now):
        return "newly_pressing" if pressing(now) else "eased"
    if now.strength != before.strength:
        return "stronger" if now.strength > before.strength else "weaker"
    return "unchanged"


def changes(
    before: Mapping[K, Mapping[str, Score]],
    now: Mapping[K, Mapping[str, Score]],
    functions: Sequence[str],
) -> Changes[K]:
    both = sorted(before.keys() & now.keys())
    return Changes(
        changes=tuple(
            Change(
                key=key,
                function=function,
                turn=turn(before[key][function], now[key][function]),
                before=before[key][function],
                now=now[key][function],
            )
            for function in functions
            for key in both
            if function in before[key] and function in now[key]
        ),
        both=tuple(both),
        only_before=tuple(sorted(before.keys() - now.keys())),
        only_now=tuple(sorted(now.keys() - before.keys())),
    )


def moved(before: Mapping[K, Check], now: Mapping[K, Check]) -> tuple[Moved[K], ...]:
    """Whoever was reviewed both times, in order of keys."""
    return tuple(
        Moved(
            key=key,
            before=before[key].state,
            now=now[key].state,
            n_yes_before=before[key].n_yes,
            n_yes_now=now[key].n_yes,
        )
        for key in sorted(before.keys() & now.keys())
    )
