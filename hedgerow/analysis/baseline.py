"""Who falls below a baseline of items, and what the group would have to put right together.

Source: the reviews of HACT's Collaborate 2 (2010), of which 12 in 13 fell below; which items flag is
said by the instrument. “Don't know” on one that flags is “cannot tell”, not below.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, Literal, TypeVar

K = TypeVar("K", int, str)

Word = Literal["yes", "partly", "no", "unknown"]
State = Literal["below", "cannot_tell", "meets"]


@dataclass(frozen=True, kw_only=True)
class Say:
    word: Word
    cost: int | None = None  # pence that putting it right would take, if that was said


@dataclass(frozen=True, kw_only=True)
class Check:
    """One organisation against the baseline. Items are in the order they are asked in."""

    state: State
    below_on: tuple[str, ...]  # items that flag, with “no”
    unsure_on: tuple[str, ...]  # items that flag, with “don't know” or nothing
    n_asked: int
    n_yes: int
    n_partly: int
    n_no: int
    n_unknown: int


@dataclass(frozen=True, kw_only=True)
class Fix(Generic[K]):
    """One item, who has to put it right, and what that would cost. Keys in their order."""

    item: str
    flags: bool
    no: tuple[K, ...]
    partly: tuple[K, ...]
    unknown: tuple[K, ...]
    cost: int  # pence, of those above who said what it would take
    n_costed: int
    n_not_costed: int  # of those who said no or partly


@dataclass(frozen=True, kw_only=True)
class Reviews(Generic[K]):
    """All who answered anything, together."""

    checks: Mapping[K, Check]
    fixes: tuple[Fix[K], ...]  # what most have to put right first

    @property
    def n_reviewed(self) -> int:
        return len(self.checks)

    def n_in(self, state: State) -> int:
        return sum(check.state == state for check in self.checks.values())

    @property
    def n_below(self) -> int:
        return self.n_in("below")

    @property
    def n_cannot_tell(self) -> int:
        return self.n_in("cannot_tell")

    @property
    def n_meets(self) -> int:
        return self.n_in("meets")

    @property
    def cost(self) -> int:
        """Pence, of all that was said."""
        return sum(fix.cost for fix in self.fixes)

    @property
    def n_not_costed(self) -> int:
        """How often putting right has no cost: so many times the sum says too little."""
        return sum(fix.n_not_costed for fix in self.fixes)


def check(said: Mapping[str, Say], items: Sequence[str], flags: Collection[str]) -> Check:
    """`items` are all that are asked; `flags` are those of them that flag.

    Raises ValueError if nothing is asked.
    """
    if not items:
        raise ValueError("a baseline without items cannot be met")
    words = {item: said[item].word for item in items if item in said}
    counts = list(words.values())
    below_on = tuple(item for item in items if item in flags and words.get(item) == "no")
    unsure_on = tuple(
        item for item in items if item in flags and words.get(item, "unknown") == "unknown"
    )
    return Check(
        state="below" if below_on else "cannot_tell" if unsure_on else "meets",
        below_on=below_on,
        unsure_on=unsure_on,
        n_asked=len(items),
        n_yes=counts.count("yes"),
        n_partly=counts.count("partly"),
        n_no=counts.count("no"),
        n_unknown=counts.count("unknown"),
    )


def review(
    said: Mapping[K, Mapping[str, Say]], items: Sequence[str], flags: Collection[str]
) -> Reviews[K]:
    """Whoever answered none of the items was not reviewed and counts nowhere.

    The list to put right holds every item that somebody does not have: those that flag first, then
    those most say no to, then partly, then don't know, then in the order they are asked.
    """
    asked = frozenset(items)
    reviewed = {key: said[key] for key in sorted(said) if asked & said[key].keys()}
    fixes = [_fix(item, reviewed, item in flags) for item in items]
    fixes = [fix for fix in fixes if fix.no or fix.partly or fix.unknown]
    fixes.sort(key=_weight, reverse=True)
    return Reviews(
        checks={key: check(of, items, flags) for key, of in reviewed.items()}, fixes=tuple(fixes)
    )


def _fix(item: str, reviewed: Mapping[K, Mapping[str, Say]], flags: bool) -> Fix[K]:
    said = {key: of[item] for key, of in reviewed.items() if item in of}
    by_word = {
        word: tuple(key for key, say in said.items() if say.word == word)
        for word in ("no", "partly", "unknown")
    }
    costs = [say.cost for say in said.values() if say.word != "yes" and say.cost is not None]
    sure = [say for say in said.values() if say.word in ("no", "partly")]
    return Fix(
        item=item,
        flags=flags,
        no=by_word["no"],
        partly=by_word["partly"],
        unknown=by_word["unknown"],
        cost=sum(costs),
        n_costed=len(costs),
        n_not_costed=sum(say.cost is None for say in sure),
    )


def _weight(fix: Fix[K]) -> tuple[bool, int, int, int]:
    return fix.flags, len(fix.no), len(fix.partly), len(fix.unknown)
