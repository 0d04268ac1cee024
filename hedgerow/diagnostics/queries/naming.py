"""Members in a picture, in words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from hedgerow.look.words import count, listed

MOST_NAMED = 6  # at once; more are counted


@dataclass(frozen=True, kw_only=True)
class Names:
    """Who is who, and which of them the reader's own are."""

    by_key: Mapping[int, str]
    own: frozenset[int] = frozenset()

    def of(self, key: int) -> str:
        return f"{self.by_key[key]} (you)" if key in self.own else self.by_key[key]

    def few(self, keys: Sequence[int], nobody: str = "nobody") -> str:
        """By name, where they are few: "Open Door (you) and Rowan House"."""
        if not keys:
            return nobody
        if len(keys) > MOST_NAMED:
            return count(len(keys), "member")
        return listed(self.of(key) for key in keys)
