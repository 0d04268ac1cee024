"""What a pabulib file allows on one ballot, as its own META says.

A ballot beyond it is a fault: whoever counted by the file's own rule would not have counted it, so
a file that keeps it is broken, or is not about the vote that it describes.
"""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from hedgerow.focus.tallying.sums import is_sum

LIMITS = (
    *("min_length", "max_length", "min_points", "max_points"),
    *("min_sum_points", "max_sum_points", "min_sum_cost", "max_sum_cost"),
)


def limits(meta: Mapping[str, str]) -> dict[str, Decimal]:
    """Those that are said. What is no number has been told where it stands."""
    return {key: decimal(meta[key]) for key in LIMITS if is_sum(meta.get(key, ""))}


def decimal(text: str) -> Decimal:
    return Decimal(text.replace(",", "."))


def beyond(
    allowed: Mapping[str, Decimal],
    marked: Sequence[str],
    points: Sequence[str],
    costs: Mapping[str, Decimal],
) -> tuple[str, str] | None:
    """The column and a sentence, where a ballot has more or less than is allowed."""
    if not allowed:
        return None
    given = [decimal(point) for point in points]
    found = {
        "length": ("vote", [Decimal(len(marked))]),
        "points": ("points", given),
        "sum_points": ("points", [sum(given, Decimal())] if given else []),
        "sum_cost": ("vote", [sum((costs[key] for key in marked), Decimal())]),
    }
    for key, limit in allowed.items():
        end, _, what = key.partition("_")
        column, numbers = found[what]
        for n in numbers:
            if n < limit if end == "min" else n > limit:
                return column, f"{key} is {limit}, and this ballot has {n}."
    return None
