"""Sharing an amount out in whole pence, so that it does not matter who is named first."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

from hedgerow.units import Pence

K = TypeVar("K", int, str)


@dataclass(frozen=True, kw_only=True)
class Shares(Generic[K]):
    """The shares and what is left add up to what was shared out."""

    each: Mapping[K, Pence]
    left: Pence  # fewer pence than there are members; they stay with all


def shared_out(amount: Pence, weights: Mapping[K, int]) -> Shares[K]:
    """In proportion to the weights, each share rounded down to a penny.

    Nobody is given an odd penny that another with the same weight is not given. Raises ValueError
    if the amount or a weight is below zero, or nobody has a weight.
    """
    whole = sum(weights.values())
    if amount < 0 or any(weight < 0 for weight in weights.values()):
        raise ValueError(
            "An amount that is shared out, and what each counts for, is not below nothing."
        )
    if whole == 0:
        raise ValueError("There is nobody to share this out between.")
    each = {key: Pence(amount * weight // whole) for key, weight in weights.items()}
    return Shares(each=each, left=Pence(amount - sum(each.values())))
