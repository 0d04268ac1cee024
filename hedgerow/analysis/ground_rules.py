"""What changed between two versions of a cluster's ground rules, said in words."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

Kind = Literal["added", "removed", "changed", "moved", "essential", "not_essential"]


@dataclass(frozen=True, kw_only=True)
class RuleText:
    """One rule as it is read. The same rule has the same slug in every version."""

    slug: str
    name: str
    sentence: str
    is_essential: bool = False


@dataclass(frozen=True, kw_only=True)
class Change:
    """One thing about one rule. Places count from 1; 0 where the rule is not there."""

    kind: Kind
    before: RuleText | None
    after: RuleText | None
    from_place: int = 0
    to_place: int = 0

    @property
    def name(self) -> str:
        rule = self.after or self.before
        return rule.name if rule else ""

    @property
    def in_short(self) -> str:
        """Without the texts, which a page sets side by side."""
        match self.kind:
            case "added":
                return f"“{self.name}” is new."
            case "removed":
                return f"“{self.name}” is taken out."
            case "changed":
                was = self.before.name if self.before else ""
                return (
                    f"“{self.name}” is worded anew."
                    if was == self.name
                    else f"“{was}” is now called “{self.name}”."
                )
            case "moved":
                return f"“{self.name}” moves from place {self.from_place} to {self.to_place}."
            case "essential":
                return f"“{self.name}” is now essential."
            case "not_essential":
                return f"“{self.name}” is no longer essential."

    @property
    def sentence(self) -> str:
        """With the texts, for a letter."""
        was = self.before.sentence if self.before else ""
        now = self.after.sentence if self.after else ""
        match self.kind:
            case "added":
                return f"{self.in_short} {now}"
            case "removed":
                return f"{self.in_short} It said: {was}"
            case "changed" if was != now:
                return f"{self.in_short} It said: {was} It says now: {now}"
            case _:
                return self.in_short


def changes_between(before: Sequence[RuleText], after: Sequence[RuleText]) -> tuple[Change, ...]:
    """In the order of the later version; what was taken out comes last. Empty: nothing changed.

    As few rules as can be are said to have moved: taking one out moves none of the others.
    Raises ValueError if a slug comes twice in one version.
    """
    earlier, later = _by_slug(before), _by_slug(after)
    stayed = _in_the_same_order(
        [rule.slug for rule in before if rule.slug in later],
        [rule.slug for rule in after if rule.slug in earlier],
    )
    return tuple(
        change
        for slug in (*later, *(slug for slug in earlier if slug not in later))
        for change in _of_one(earlier.get(slug), later.get(slug), has_moved=slug not in stayed)
    )


_Placed = tuple[int, RuleText]


def _by_slug(rules: Sequence[RuleText]) -> dict[str, _Placed]:
    placed = {rule.slug: (place, rule) for place, rule in enumerate(rules, start=1)}
    if len(placed) != len(rules):
        raise ValueError("two rules have one slug")
    return placed


def _of_one(before: _Placed | None, after: _Placed | None, *, has_moved: bool) -> Iterator[Change]:
    if before is None and after is not None:
        yield Change(kind="added", before=None, after=after[1], to_place=after[0])
    elif after is None and before is not None:
        yield Change(kind="removed", before=before[1], after=None, from_place=before[0])
    elif before is not None and after is not None:
        for kind in _kinds(before[1], after[1], has_moved=has_moved):
            yield Change(
                kind=kind,
                before=before[1],
                after=after[1],
                from_place=before[0],
                to_place=after[0],
            )


def _kinds(was: RuleText, now: RuleText, *, has_moved: bool) -> Iterator[Kind]:
    if (was.name, was.sentence) != (now.name, now.sentence):
        yield "changed"
    if was.is_essential != now.is_essential:
        yield "essential" if now.is_essential else "not_essential"
    if has_moved:
        yield "moved"


def _in_the_same_order(before: Sequence[str], after: Sequence[str]) -> frozenset[str]:
    """As many as can be of what both hold, so that these follow one another alike in both.

    The longest rising run of places, kept by the last place of each length.
    """
    place = {slug: at for at, slug in enumerate(before)}
    lasts: list[int] = []  # of a run of each length, the smallest place it can end at
    ends: list[str] = []
    came_after: dict[str, str] = {}
    for slug in after:
        length = bisect_left(lasts, place[slug])
        lasts[length : length + 1] = [place[slug]]
        ends[length : length + 1] = [slug]
        came_after[slug] = ends[length - 1] if length else ""
    run, slug = set[str](), ends[-1] if ends else ""
    while slug:
        run.add(slug)
        slug = came_after[slug]
    return frozenset(run)
