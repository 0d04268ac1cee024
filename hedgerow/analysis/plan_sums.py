"""What a plan's budget comes to, each way one looks at it. Every way comes to `plan.money`."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Generic, TypeVar

from hedgerow.units import Pence

from .shares import shared_out
from .workplan import CATEGORIES, LINE_KINDS, Line, LineKind, Workplan

K = TypeVar("K")


@dataclass(frozen=True, kw_only=True)
class Sum(Generic[K]):
    """Of some lines. Money of the award and what members give in kind are never added up."""

    key: K
    n_lines: int
    money: Pence
    hours: int  # given in kind,
    in_kind: Pence  # and what they are worth


@dataclass(frozen=True, kw_only=True)
class MemberShare:
    """What one organisation has of the plan, and what it gives to it."""

    organisation: int
    has_voice: bool  # False: it is named in the plan and is no full member
    own: Pence  # of the award, in lines of its own;
    levelling_up: Pence  # of these, to bring it up to where sharing is possible
    joint: Pence  # its part of the lines for all, each member the same
    hours: int
    in_kind: Pence
    n_steps: int  # that its people hold, alone or with another

    @property
    def money(self) -> Pence:
        return Pence(self.own + self.joint)


def sum_of(key: K, lines: Iterable[Line]) -> Sum[K]:
    of = tuple(lines)
    return Sum(
        key=key,
        n_lines=len(of),
        money=Pence(sum(line.pence for line in of if line.is_money)),
        hours=sum(line.hours or 0 for line in of if not line.is_money),
        in_kind=Pence(sum(line.pence for line in of if not line.is_money)),
    )


def by_objective(plan: Workplan) -> tuple[Sum[int | None], ...]:
    """Every objective by its number, in the plan's order, those without a line too. None, for the
    whole plan, is last, and there only if it has lines."""
    of_all = any(line.objective is None for line in plan.lines)
    keys = [*(one.number for one in plan.objectives), *([None] if of_all else [])]
    return _grouped(plan, keys, lambda line: line.objective)


def by_category(plan: Workplan) -> tuple[Sum[str], ...]:
    """Those that have a line, in the order of CATEGORIES; unknown ones after them, by name."""
    used = {line.category for line in plan.lines}
    keys = [*(key for key in CATEGORIES if key in used), *sorted(used - CATEGORIES.keys())]
    return _grouped(plan, keys, lambda line: line.category)


def by_kind(plan: Workplan) -> tuple[Sum[LineKind], ...]:
    """All four, in the order of LINE_KINDS."""
    return _grouped(plan, list(LINE_KINDS), lambda line: line.kind)


def by_member(plan: Workplan) -> tuple[MemberShare, ...]:
    """Members in the plan's order, then others that it names, by key.

    With `left_with_all`, what they have comes to `plan.money`. Nobody's share depends on the order.
    """
    named = {line.member for line in plan.lines if line.member is not None}
    named |= {holder for step in plan.steps for holder in step.holders}
    joint, _ = _joint(plan)
    return tuple(
        _share(plan, key, joint if key in plan.members else Pence(0))
        for key in (*dict.fromkeys(plan.members), *sorted(named - set(plan.members)))
    )


def left_with_all(plan: Workplan) -> Pence:
    """Of the lines for all, the odd pence that cannot be shared out: fewer than there are members.
    The whole of them where a plan has no members."""
    return _joint(plan)[1]


def _joint(plan: Workplan) -> tuple[Pence, Pence]:
    """Each member's part of the lines for all, and what is left."""
    money = sum_of(None, (line for line in plan.lines if line.member is None)).money
    if not plan.members:
        return Pence(0), money
    shares = shared_out(money, dict.fromkeys(plan.members, 1))
    return shares.each[plan.members[0]], shares.left


def _share(plan: Workplan, key: int, joint: Pence) -> MemberShare:
    lines = [line for line in plan.lines if line.member == key]
    own = sum_of(key, lines)
    return MemberShare(
        organisation=key,
        has_voice=key in plan.members,
        own=own.money,
        levelling_up=sum_of(key, (line for line in lines if line.kind == "levelling_up")).money,
        joint=joint,
        hours=own.hours,
        in_kind=own.in_kind,
        n_steps=sum(key in step.holders for step in plan.steps),
    )


def _grouped(
    plan: Workplan, keys: Iterable[K], key_of: Callable[[Line], object]
) -> tuple[Sum[K], ...]:
    return tuple(sum_of(key, (line for line in plan.lines if key_of(line) == key)) for key in keys)
