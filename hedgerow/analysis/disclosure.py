"""What may be said of answers that their owners keep to themselves.

Sources: ACRO and SACRO, `acro/default.yaml` (p-ratio 10%, (n, k) = (2, 90%), rounding to 5);
Hundepool et al., Statistical Disclosure Control (Wiley, 2012), section 4.2, for the p% and the
dominance rule as seen by the second largest; NHS Digital's change of method for hospital
statistics (2018) for people: 7 and fewer hidden, the rest rounded to 5.

Totals over several cells are never released, so no total gives a hidden cell away: `protect_counts`
is handed cells that stand each for itself, and `protect_total` hides or shows one amount.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any, Literal, TypeVar

K = TypeVar("K", int, str)


@dataclass(frozen=True, kw_only=True)
class Profile:
    """One way to protect. Which of the parameters it goes by, its kind says."""

    slug: Literal["scores", "money", "people"]  # stored with every release, so for ever
    fewest: int  # contributors whose answers are unseen; else nothing is shown
    together: int = 1  # how many contributors may tell one another and learn nothing of a third
    p_percent: int = 0  # the second largest may not know the largest more closely than this
    two_percent: int = 100  # the two largest have no more than this of the total
    hidden_to: int = 0  # a total of people up to here is hidden
    rounded_to: int = 1


PROFILES: Mapping[str, Profile] = MappingProxyType(
    {
        "scores": Profile(slug="scores", fewest=5),
        "money": Profile(slug="money", fewest=5, p_percent=10, two_percent=90),
        "people": Profile(slug="people", fewest=5, hidden_to=7, rounded_to=5),
    }
)

_SMALLER_IS_TIGHTER = frozenset({"two_percent"})


def tightened(profile: Profile, **stricter: int) -> Profile:
    """The profile with some parameters stricter, as a programme may ask for.

    Raises ValueError if one would be looser, and TypeError for what is no parameter.
    """
    changed: dict[str, Any] = dict(stricter)
    for name, value in changed.items():
        was = getattr(profile, name, None)
        if type(was) is not int or type(value) is not int:
            raise TypeError(f"{name} is not a number of a profile")
        if value > was if name in _SMALLER_IS_TIGHTER else value < was:
            raise ValueError(f"{profile.slug}: {name} may only get stricter than {was}")
    if changed.get("rounded_to", profile.rounded_to) % profile.rounded_to:
        raise ValueError(f"{profile.slug}: rounding has to be to a multiple of what it was to")
    return replace(profile, **changed)


def protect_counts(
    profile: Profile,
    private: Mapping[K, Mapping[str, bool]],
    cells: Sequence[str],
    *,
    views: Collection[Collection[K]] = (),
) -> dict[str, int | None]:
    """Of contributors whose answers are unseen, for how many each cell is so; None: not safe.

    `private` has a contributor's answers by cell; who has none for a cell is not counted in it.
    `views` are groups of contributors of whom one reader sees all, as a facilitator may.

    A count is shown only if every reader has at least `fewest` before him whose answers he does not
    see, and if it leaves open, for any `together` contributors who tell one another and for every
    view, whether it is so for none or for all of the others. That is asked of the count and of how
    many there are only, whatever those in a view said: or that it is shown would itself tell.
    """
    shown: dict[str, int | None] = {}
    for cell in cells:
        said = {key: of[cell] for key, of in private.items() if cell in of}
        n: int = len(said)
        n_so: int = sum(said.values())
        rests: list[list[int]] = _unseen(said, views)
        most_known = max([profile.together, *(n - len(rest) for rest in rests)])
        is_safe = all(len(rest) >= profile.fewest for rest in rests)
        shown[cell] = n_so if is_safe and most_known < n_so < n - most_known else None
    return shown


def protect_total(
    profile: Profile, amounts: Mapping[K, int], *, views: Collection[Collection[K]] = ()
) -> int | None:
    """The sum of amounts that are unseen, or None where it is not safe.

    Safe is: at least `fewest` said more than nothing; all but the two largest together have at
    least `p_percent` of the largest, so that the second largest cannot work the largest out more
    closely; and the two largest have at most `two_percent` of it all. For every view the same has
    to hold of what it does not see. Raises ValueError for an amount below nothing.
    """
    if any(amount < 0 for amount in amounts.values()):
        raise ValueError("an amount below nothing hides others")
    is_safe = all(_is_spread(profile, rest) for rest in _unseen(amounts, views))
    return sum(amounts.values()) if is_safe and amounts else None


def protect_people(
    profile: Profile, counts: Mapping[K, int], *, views: Collection[Collection[K]] = ()
) -> int | None:
    """The sum of counts of people, rounded, or None where it is not safe.

    Safe is: at least `fewest` contributors, and more than `hidden_to` people, also without any one
    of them, as each knows its own. For every view the same has to hold of what it does not see.
    Raises ValueError for fewer than nobody.
    """
    if any(count < 0 for count in counts.values()):
        raise ValueError("there are no fewer than no people")
    if not counts or not all(_are_many(profile, rest) for rest in _unseen(counts, views)):
        return None
    to = profile.rounded_to
    return (2 * sum(counts.values()) + to) // (2 * to) * to  # half up


def may_follow(contributors: Collection[K], earlier: Sequence[Collection[K]]) -> bool:
    """Whether a release of these may stand beside earlier ones of the same table.

    Only if each of those was of the very same contributors, or of none of them. Two figures of
    groups that overlap say something of those who are in one alone, and where answers stay the
    same from round to round that can be all: five join, and a count is five higher. It is not enough
    that many are different, as a third release can leave one over.
    """
    now = frozenset(contributors)
    return all(now == before or now.isdisjoint(before) for before in map(frozenset, earlier))


def _unseen(said: Mapping[K, int], views: Collection[Collection[K]]) -> list[list[int]]:
    """What nobody is shown, and what each view does not see of it, where that is anything."""
    rests = [[value for key, value in said.items() if key not in view] for view in ((), *views)]
    return [rest for rest in rests if rest]


def _is_spread(profile: Profile, amounts: Sequence[int]) -> bool:
    largest = sorted((amount for amount in amounts if amount), reverse=True)
    if len(largest) < max(profile.fewest, 1):
        return False
    total, two = sum(largest), sum(largest[:2])
    return (
        100 * (total - two) >= profile.p_percent * largest[0]
        and 100 * two <= profile.two_percent * total
    )


def _are_many(profile: Profile, counts: Sequence[int]) -> bool:
    return len(counts) >= profile.fewest and sum(counts) - max(counts) > profile.hidden_to
