"""How many said what, how far apart they are, and what amounts come to."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

K = TypeVar("K", int, str)
Choice = TypeVar("Choice", int, str)


@dataclass(frozen=True, kw_only=True)
class Spread(Generic[Choice]):
    """How many chose each of what there was to choose; all of it is there, in its order."""

    counts: Mapping[Choice, int]
    n_answered: int  # members; where several could be chosen, less than the sum of the counts


@dataclass(frozen=True, kw_only=True)
class Steps(Spread[int]):
    """A spread on a scale. None where nobody answered."""

    lowest: int | None
    middle: tuple[int, int] | None  # the two in the middle, as there is nothing between steps
    highest: int | None


@dataclass(frozen=True, kw_only=True)
class Difference(Generic[K]):
    """One thing that several raters of one organisation say differently."""

    item: str
    said: Mapping[K, object]  # by rater
    apart: int | None  # steps between lowest and highest; None where they are not on a scale


@dataclass(frozen=True, kw_only=True)
class Sum:
    """An amount with how many it is made of."""

    total: int  # in the unit of the amounts
    n: int  # who said an amount, nothing included


def spread(chosen: Iterable[Collection[Choice]], choices: Sequence[Choice]) -> Spread[Choice]:
    """`chosen` has for each who answered what they chose, each at most once.

    Raises ValueError if that was not there to choose.
    """
    counts = dict.fromkeys(choices, 0)
    n_answered = 0
    for of in chosen:
        n_answered += 1
        for choice in of:
            if choice not in counts:
                raise ValueError(f"{choice} is not there to choose")
            counts[choice] += 1
    return Spread(counts=counts, n_answered=n_answered)


def steps(said: Iterable[int], n_steps: int) -> Steps:
    """`said` has the step of each who answered, from 1 to `n_steps`. Raises ValueError else."""
    ordered = sorted(said)
    counts = spread(([step] for step in ordered), range(1, n_steps + 1)).counts
    n = len(ordered)
    return Steps(
        counts=counts,
        n_answered=n,
        lowest=ordered[0] if n else None,
        middle=(ordered[(n - 1) // 2], ordered[n // 2]) if n else None,
        highest=ordered[-1] if n else None,
    )


def differences(
    raters: Mapping[K, Mapping[str, object]], items: Sequence[str], scales: Collection[str] = ()
) -> tuple[Difference[K], ...]:
    """Where at least two who answered do not say the same: furthest apart on a scale first, then
    what is on none, then in the order of `items`.

    `raters` have by item what they said; `scales` are the items whose values are steps.
    """
    found = []
    for item in items:
        said = {key: raters[key][item] for key in sorted(raters) if item in raters[key]}
        values = list(said.values())
        if all(value == values[0] for value in values[1:]):
            continue
        on_scale = [value for value in values if isinstance(value, int) and item in scales]
        apart = max(on_scale) - min(on_scale) if len(on_scale) == len(values) else None
        found.append(Difference(item=item, said=said, apart=apart))
    return tuple(sorted(found, key=lambda difference: -(difference.apart or 0)))
