"""What members need most in common, and who could help whom.

Every part of the back office is scored twice by each member: how strong it is, and how high a
priority. Source: HACT, Collaborate 2, worksheet 3 (2010): the survey of priority areas for
capacity building. When a need presses is Hedgerow's own reading of the two.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar, Generic, TypeVar

K = TypeVar("K", int, str)  # a member's key, or its name where there is no database

PRESSING_GAP = 2  # steps that priority lies above strength
STRONG = 4  # the step from which others can learn from it


@dataclass(frozen=True, kw_only=True)
class Score:
    strength: int  # 1 (weak) to 5 (strong)
    priority: int  # 1 (low) to 5 (high)

    @property
    def gap(self) -> int:
        """Steps that priority lies above strength; 0 where it does not."""
        return max(0, self.priority - self.strength)


def pressing(score: Score) -> bool:
    return score.gap >= PRESSING_GAP


def strong(score: Score) -> bool:
    return score.strength >= STRONG


@dataclass(frozen=True, kw_only=True)
class Need(Generic[K]):
    """One function over all who scored it, with everything its place was decided by."""

    function: str
    rank: int  # from 1; those that tie share one
    n_answered: int
    presses: tuple[K, ...]  # for whom it does, the widest gap first
    strong: tuple[K, ...]  # who is, the strongest first
    gaps: int  # sum of all gaps, those that do not press included
    priorities: int  # sum
    strengths: int  # sum

    @property
    def n_pressing(self) -> int:
        return len(self.presses)


@dataclass(frozen=True, kw_only=True)
class Introduction(Generic[K]):
    """One function, who is strong in it, and for whom it presses. Nobody is in both."""

    function: str
    offers: tuple[K, ...]  # the strongest first
    needs: tuple[K, ...]  # the widest gap first

    @property
    def pairs(self) -> Iterator[tuple[K, K]]:
        """(who offers, who needs), the best first, each once."""
        return ((one, other) for other in self.needs for one in self.offers)


@dataclass(frozen=True, kw_only=True)
class Side:
    """What one member could offer and what it wants: functions, in the order they are asked."""

    offers: tuple[str, ...]
    wants: tuple[str, ...]


def common_needs(
    scores: Mapping[K, Mapping[str, Score]], functions: Sequence[str]
) -> tuple[Need[K], ...]:
    """All functions that anybody scored, what most have in common first.

    First those that press for most members; then by the sum of gaps; then by the sum of
    priorities. What ties shares a rank and stands in the order of `functions`; the next rank
    leaves as many out. What is not in `functions` is not counted.
    """
    found = [_need(function, of) for function in functions if (of := _of(scores, function))]
    found.sort(key=_weight, reverse=True)  # stable: what ties stays in order
    weights = [_weight(need) for need in found]
    return tuple(
        Need(**{**vars(need), "rank": weights.index(weight) + 1})
        for need, weight in zip(found, weights, strict=True)
    )


def introductions(
    scores: Mapping[K, Mapping[str, Score]], functions: Sequence[str]
) -> tuple[Introduction[K], ...]:
    """For every function that presses for somebody and in which somebody else is strong.

    In the order of the needs in common.
    """
    return tuple(
        Introduction(function=need.function, offers=need.strong, needs=need.presses)
        for need in common_needs(scores, functions)
        if need.strong and need.presses
    )


def sides(scores: Mapping[K, Mapping[str, Score]], functions: Sequence[str]) -> dict[K, Side]:
    """What each member could offer and wants; those who could do neither are there too."""
    return {
        key: Side(
            offers=tuple(slug for slug in functions if slug in of and strong(of[slug])),
            wants=tuple(slug for slug in functions if slug in of and pressing(of[slug])),
        )
        for key, of in scores.items()
    }


def both_ways(introductions: Sequence[Introduction[K]]) -> tuple[tuple[K, K], ...]:
    """Pairs of members who could each help the other, each pair once, the smaller key first."""
    helps = {pair for introduction in introductions for pair in introduction.pairs}
    return tuple(
        sorted((one, other) for one, other in helps if one < other and (other, one) in helps)
    )


def _of(scores: Mapping[K, Mapping[str, Score]], function: str) -> dict[K, Score]:
    return {key: of[function] for key, of in scores.items() if function in of}


def _need(function: str, of: Mapping[K, Score]) -> Need[K]:
    """Without its rank."""
    return Need(
        function=function,
        rank=0,
        n_answered=len(of),
        presses=tuple(
            sorted((key for key in of if pressing(of[key])), key=lambda key: (-of[key].gap, key))
        ),
        strong=tuple(
            sorted((key for key in of if strong(of[key])), key=lambda key: (-of[key].strength, key))
        ),
        gaps=sum(score.gap for score in of.values()),
        priorities=sum(score.priority for score in of.values()),
        strengths=sum(score.strength for score in of.values()),
    )


def _weight(need: Need[K]) -> tuple[int, int, int]:
    return need.n_pressing, need.gaps, need.priorities


@dataclass(frozen=True, kw_only=True)
class Pressing:
    """For how many a function presses, of how many who are counted."""

    n: int
    n_counted: int
    n_unseen: int  # of those counted, how many are in a released count only


def _without_names(
    whole: dict[str, Any], parts: dict[int, Any]
) -> tuple[dict[str, Any], dict[int, Any]]:
    """Version 1 kept none."""
    return {**whole, "names": {}}, parts


@dataclass(frozen=True, kw_only=True)
class NeedProfile:
    """What a round came to. Open scores by organisation and function; released counts of those
    for whom it presses, where their own scores stay with them."""

    SLUG: ClassVar[str] = "need-profile"
    VERSION: ClassVar[int] = 2
    UPGRADERS: ClassVar[Mapping[int, Any]] = {1: _without_names}

    instrument: str
    functions: tuple[str, ...]
    scores: dict[int, dict[str, Score]]  # by organisation's key, then function
    released: dict[str, int] = field(default_factory=dict)  # by function
    n_unseen: int = 0  # who answered and shows it to nobody here
    names: dict[str, str] = field(default_factory=dict)  # by function; {}: kept by version 1

    @property
    def pressing(self) -> dict[str, Pressing]:
        """By function, open scores and released counts together; what nobody scored is not there.

        Where no count was released for a function, those unseen are not counted in it at all.
        """
        found = {}
        for function in self.functions:
            of = _of(self.scores, function)
            n_unseen = self.n_unseen if function in self.released else 0
            if of or n_unseen:
                found[function] = Pressing(
                    n=sum(map(pressing, of.values())) + self.released.get(function, 0),
                    n_counted=len(of) + n_unseen,
                    n_unseen=n_unseen,
                )
        return found

    def to_json(self) -> tuple[dict[str, Any], dict[int, Any]]:
        whole = {
            "instrument": self.instrument,
            "functions": list(self.functions),
            "released": dict(self.released),
            "n_unseen": self.n_unseen,
            "names": dict(self.names),
        }
        parts = {
            key: {slug: [score.strength, score.priority] for slug, score in of.items()}
            for key, of in self.scores.items()
        }
        return whole, parts

    @classmethod
    def from_json(cls, whole: dict[str, Any], parts: dict[int, Any]) -> "NeedProfile":
        """`parts` may lack those who left, or show less by now."""
        return cls(
            instrument=whole["instrument"],
            functions=tuple(whole["functions"]),
            released=dict(whole["released"]),
            n_unseen=whole["n_unseen"],
            names=dict(whole["names"]),
            scores={
                key: {slug: Score(strength=s, priority=p) for slug, (s, p) in of.items()}
                for key, of in parts.items()
            },
        )
